"""Choose one match, or ask which, or own up; what is told of the one chosen is for `telling` to say."""

from assistant.asking import is_frame
from assistant.index import Index
from assistant.model import (
    Answer,
    Block,
    Match,
    Page,
    Paragraph,
    Passage,
)
from assistant.question import Question
from assistant.telling import GUIDE_WORDS, answer_of, called, offer, tell

#: Coverage, in points of 100, from which a passage answers, and from which it is worth offering.
ANSWERS, OFFERS = 55.0, 20.0
#: No passage accounts for all of a story: each telling word beyond so many asks for so much less, down to that.
STORY_WORDS, STORY_POINTS, STORY_LEAST = 6, 2.5, 42.0
#: From so much on a passage answers where the question stands in a story.
STORY_ANSWERS = 45.0
#: Where so much of a wording was said, that very question is among what was said: so little of the rest will do.
WORDED, WORDED_LEAST = 0.75, 26.0
#: By how many points the best page is clearly ahead of the next, and how much less, or more, it has to cover for that.
CLEAR, CLEARLY = 8.0, 5.0
#: Two pages less than this many points apart are too close to call.
CLOSE = 2.0
#: Of two so close the one whose name was said more fully by this much is the one meant.
NAMED = 0.05
#: A word that nobody knows is told back in so many letters at most.
LONGEST_WORD = 40
#: What is said to what asks nothing.
MANNERS = {
    "greeting": "Hello. Ask about massage, such as “how do I massage a back?” or “how much oil?”.",
    "thanks": "You are welcome.",
    "fine": "Ask on when you like.",
    "ability": "I answer questions about massage technique from a handbook: strokes, oils, the body, what to mind. "
    "I know nothing else, and I do not diagnose. Ask in your own words.",
}


def compose(question: Question, matches: tuple[Match, ...], index: Index, words: int = GUIDE_WORDS) -> Answer:
    """Return the answer to a question that was searched for, a guide in so many words.

    A question whose topic is known from the conversation needs no coverage; any other is answered from ANSWERS on.
    """
    if told := MANNERS.get(question.move):
        return answer_of(question, "answered", (Paragraph(told),), index, ())
    if question.move == "step":
        return _step(question, matches, index)
    if question.sequence:
        return _sequence(question, matches, index)
    if not matches:
        return _unknown(question, matches, index)
    rivals = _rivals(question, matches)
    best, worded = matches[0], matches[0].worded >= WORDED
    if question.diagnosis and not question.topic and not (worded and best.score >= STORY_ANSWERS):
        return _unknown(question, matches, index)
    least = _enough(question) - _clearly(question, matches, index)
    if worded and not question.unknown_words:
        least = WORDED_LEAST
    enough = question.topic or (best.score >= least and not (_outside(question, index) and not best.exact))
    if len(rivals) > 1 and (enough or _in_names(best)):
        options = tuple(offer(n, match.passage, index) for n, match in enumerate(rivals, 1))
        return answer_of(
            question, "ambiguous", (Paragraph("Which do you mean?"), *options), index, matches, options=options
        )
    if not enough:
        return _unknown(question, matches, index)
    return tell(question, _whole(question, rivals[0].passage, index), index, matches, words=words)


def _outside(question: Question, index: Index) -> bool:
    """Return whether a word that asks is of a neighbouring subject, which this knowledge leaves out."""
    out = index.lexicon.outside
    return any(tuple(word.term.split()) in out and word.start not in question.told for word in question.words)


def _in_names(best: Match) -> bool:
    """Return whether all that was asked about is in names of the page: "towel" where there are hot and cold ones."""
    return all("title" in reason.field for reason in best.reasons if reason.how != "facet")


def _whole(question: Question, told: Passage, index: Index) -> Passage:
    """Return the passage to tell: the guide, to a story that one step of it fits best, and its facet, not a step's."""
    if told.step and (told.facet != "how" or _enough(question) < ANSWERS):
        return next((one for one in index.passages(told.page) if one.facet == told.facet and not one.step), told)
    return told


def _enough(question: Question) -> float:
    """Return the coverage from which a passage answers a question of this length, less where it stands in a story."""
    if question.told:
        return STORY_ANSWERS
    beyond = len({word.term for word in question.words}) - STORY_WORDS
    return ANSWERS if beyond <= 0 else max(STORY_LEAST, ANSWERS - STORY_POINTS * beyond)


def _clearly(question: Question, matches: tuple[Match, ...], index: Index) -> float:
    """Return how much less a match has to cover because it is clearly the one meant, in points; negative for more.

    It is where all of a name of its page was said, no other page comes near and no word is a stranger; where the page
    is neither named nor ahead it is rather not.
    """
    best = matches[0]
    other = next((match.score for match in matches if match.passage.page != best.passage.page), 0.0)
    clear = CLEARLY * ((best.named > 0) + (best.score - other >= CLEAR) - 1)
    return min(clear, 0.0) if _strangers(question, index) else clear


def _step(question: Question, matches: tuple[Match, ...], index: Index) -> Answer:
    """Answer "step 3 of the back massage", "last step", "next" in the middle of a guide."""
    guides = [m for m in matches if index.pages[m.passage.page].steps]
    page = index.pages.get(question.topic)
    if page is None and guides and guides[0].score >= ANSWERS:
        page = index.pages[guides[0].passage.page]
    if page is None or not page.steps:
        return _unknown(question, matches, index)
    number = len(page.steps) if question.number == -1 else question.number
    if not 1 <= number <= len(page.steps):
        told = f"{page.title} has {len(page.steps)} steps; there is no step {number}."
        if number > len(page.steps) and number == len(page.steps) + 1:
            told = f"That was the last step of {called(page)}."
        return answer_of(question, "unknown", (Paragraph(told),), index, matches)
    return tell(
        question, _passage(index, page, number, question), index, matches, f"Step {number} of {len(page.steps)}."
    )


def _passage(index: Index, page: Page, step: int, question: Question) -> Passage:
    """Return what a step says of the facet asked for, or what the hands do in it."""
    of_step = [passage for passage in index.passages(page.id) if passage.step == step]
    return next(
        (p for facet in question.facets for p in of_step if p.facet == facet and facet not in ("what", "how")),
        of_step[0],
    )


def _sequence(question: Question, matches: tuple[Match, ...], index: Index) -> Answer:
    """Answer "what comes after effleurage?" from the steps of the guide that has it."""
    if not matches or matches[0].score < ANSWERS:
        return _unknown(question, matches, index)
    at = matches[0].passage
    page = index.pages[at.page]
    number = at.step + (1 if question.sequence == "after" else -1)
    here = page.steps[at.step - 1].title or f"step {at.step}"
    if not 1 <= number <= len(page.steps):
        edge = "last" if number else "first"
        return tell(question, at, index, matches, f"“{here}” is the {edge} step of {called(page)}.")
    lead = f"In “{page.title}”, step {number} comes {question.sequence} step {at.step}, “{here}”."
    told = next(passage for passage in index.passages(page.id) if passage.step == number)
    return tell(question._replace(facets=()), told, index, matches, lead)


def _rivals(question: Question, matches: tuple[Match, ...]) -> list[Match]:
    """Return the best match and those of other pages that are too close to it to choose between, each page once."""
    if question.topic or matches[0].exact:
        return [matches[0]]
    close: dict[str, Match] = {}
    for match in matches:
        if match.score > matches[0].score - CLOSE:
            close.setdefault(match.passage.page, match)
    most = max(match.named for match in close.values())
    return [match for match in close.values() if match.named > most - NAMED][:4]


def _unknown(question: Question, matches: tuple[Match, ...], index: Index) -> Answer:
    """Own up: name the words that no page has, and offer the nearest pages as questions."""
    nearest: dict[str, Match] = {}
    for match in matches:
        if match.score >= OFFERS:
            nearest.setdefault(match.passage.page, match)
    options = tuple(offer(n, match.passage, index) for n, match in enumerate(list(nearest.values())[:3], 1))
    strangers = _strangers(question, index)
    if strangers:
        told = "This handbook has no page on " + " or ".join(f"“{shortened(word)}”" for word in strangers[:3]) + "."
    elif question.diagnosis:
        told = "This handbook does not tell what someone has or where a pain comes from: a doctor can."
    elif question.words:
        told = "This handbook does not answer that."
    else:
        told = "Ask about massage in a few words, such as “how do I knead?” or “how much oil?”."
    blocks: tuple[Block, ...] = (Paragraph(told),)
    if options:
        blocks = (*blocks, Paragraph("The nearest it has:", quiet=True), *options)
    return answer_of(question, "unknown", blocks, index, matches, options=options)._replace(unknown_words=strangers)


def shortened(word: str) -> str:
    """Return a word as it is told back, no longer than a row."""
    return word if len(word) <= LONGEST_WORD else word[:LONGEST_WORD] + "…"


def _strangers(question: Question, index: Index) -> tuple[str, ...]:
    """Return the words of a question that no page has in a name or a wording, whatever its prose may mention."""
    known = (
        is_frame(word.term)
        or any(one in index.by_name or one in index.by_ask for sense in word.senses for one in sense.stems)
        for word in question.words
    )
    return tuple(dict.fromkeys(word.typed for word, met in zip(question.words, known, strict=True) if not met))
