"""Choose one match, or ask which, or own up; then say the part that was asked, cautions always."""

from collections.abc import Iterable

from assistant.asking import EXPLAINS, is_frame
from assistant.index import Index
from assistant.model import (
    FACET,
    FACETS,
    Answer,
    Block,
    Caution,
    Heading,
    Match,
    NumberedStep,
    Option,
    Page,
    Paragraph,
    Passage,
    Text,
)
from assistant.question import Question

#: Coverage, in points of 100, from which a passage answers, and from which it is worth offering.
ANSWERS, OFFERS = 55.0, 25.0
#: No passage accounts for all of a story: each telling word beyond so many asks for so much less, down to that.
STORY_WORDS, STORY_POINTS, STORY_LEAST = 6, 2.5, 42.0
#: By how many points the best page is clearly ahead of the next, and how much less, or more, it has to cover for that.
CLEAR, CLEARLY = 8.0, 5.0
#: Two pages less than this many points apart are too close to call.
CLOSE = 2.0
#: Of two so close the one whose name was said more fully by this much is the one meant.
NAMED = 0.05
#: What is said to what asks nothing.
MANNERS = {
    "greeting": "Hello. Ask about massage, such as “how do I massage a back?” or “how much oil?”.",
    "thanks": "You are welcome.",
    "ability": "I answer questions about massage technique from a handbook: strokes, oils, the body, what to mind. "
    "I know nothing else, and I do not diagnose. Ask in your own words.",
}
#: A guide is told whole where that is no more words than these, cautions included; else by the first sentence of each
#: step, else by its steps' titles.
GUIDE_WORDS = 236


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
    enough = question.topic or matches[0].score >= _enough(question) - _clearly(question, matches)
    if len(rivals) > 1 and (enough or _in_names(matches[0])):
        options = tuple(offer(n, match.passage, index) for n, match in enumerate(rivals, 1))
        return answer_of(
            question, "ambiguous", (Paragraph("Which do you mean?"), *options), index, matches, options=options
        )
    if not enough:
        return _unknown(question, matches, index)
    return tell(question, _whole(question, rivals[0].passage, index), index, matches, words=words)


def _in_names(best: Match) -> bool:
    """Return whether all that was asked about is in names of the page: "towel" where there are hot and cold ones."""
    return all("title" in reason.field for reason in best.reasons if reason.how != "facet")


def _whole(question: Question, told: Passage, index: Index) -> Passage:
    """Return the passage to tell: the guide, to a story that one step of it fits best, and its facet, not a step's."""
    if told.step and (told.facet != "how" or _enough(question) < ANSWERS):
        return next((one for one in index.passages(told.page) if one.facet == told.facet and not one.step), told)
    return told


def _enough(question: Question) -> float:
    """Return the coverage from which a passage answers a question of this length."""
    beyond = len({word.term for word in question.words}) - STORY_WORDS
    return ANSWERS if beyond <= 0 else max(STORY_LEAST, ANSWERS - STORY_POINTS * beyond)


def _clearly(question: Question, matches: tuple[Match, ...]) -> float:
    """Return how much less a match has to cover because it is clearly the one meant, in points; negative for more.

    It is where all of a name of its page was said, no other page comes near and no word is a stranger; where the page
    is neither named nor ahead it is rather not.
    """
    best = matches[0]
    other = next((match.score for match in matches if match.passage.page != best.passage.page), 0.0)
    clear = CLEARLY * ((best.named > 0) + (best.score - other >= CLEAR) - 1)
    return min(clear, 0.0) if question.unknown_words else clear


def tell(
    question: Question,
    passage: Passage,
    index: Index,
    matches: tuple[Match, ...] = (),
    lead: str = "",
    words: int = GUIDE_WORDS,
) -> Answer:
    """Return the answer that a passage is, with every caution of its page."""
    page = index.pages[passage.page]
    step = page.steps[passage.step - 1] if passage.step else None
    cautions = (*page.cautions, *((step.caution,) if step and step.caution else ()))
    blocks: list[Block] = []
    asked = question.facets[0] if question.facets else ""
    if asked and passage.facet not in (*question.facets, "faq") and asked not in ("what", "how") and not lead:
        blocks.append(
            Paragraph(
                f"Nothing here tells “{FACET[asked].heading.lower()}” for {called(page)}; this is what there is:",
                quiet=True,
            )
        )
    if lead:
        blocks.append(Paragraph(lead))
    if passage.facet == "how" and page.steps and not step:
        blocks += _whole_guide(page, passage.text, words)
        cautions = (*cautions, *(one.caution for one in page.steps if one.caution))
    else:
        said = (
            f"{step.title}. {passage.text.say}" if step and step.title and passage.facet == "how" else passage.text.say
        )
        blocks.append(Paragraph(said))
        blocks += [Paragraph(text.say) for text in _beside(question, passage, page)]
        blocks += [Caution(text) for text in cautions]
    related = _related(page, passage, index)
    return answer_of(question, "answered", tuple(blocks), index, matches, passage, cautions, related=related)


def _beside(question: Question, told: Passage, page: Page) -> tuple[Text, ...]:
    """Return what is told beside a passage to someone who wants it explained: what it is for, or else what it is."""
    if told.facet not in ("what", "why") or not EXPLAINS.search(" ".join(question.said)):
        return ()
    return tuple(text for key, text in page.facets if key in ("what", "why") and key != told.facet)


def _whole_guide(page: Page, how: Text, words: int) -> list[Block]:
    """Return a guide as told in one answer: its cautions, then its steps as fully as so many words allow."""
    titles = [f"{step.title}. " if step.title else "" for step in page.steps]
    whole = [title + step.do.say for title, step in zip(titles, page.steps, strict=True)]
    first = [title + first_sentence(step.do.say) for title, step in zip(titles, page.steps, strict=True)]
    brief = [step.title or first_sentence(step.do.say) for step in page.steps]
    beside = [how.say, *page.cautions, *(step.caution for step in page.steps)]
    fits = next((said for said in (whole, first) if len(" ".join(said + beside).split()) <= words), brief)
    blocks: list[Block] = [Heading(page.title)]
    if how.say:
        blocks.append(Paragraph(how.say))
    blocks += [Caution(text) for text in page.cautions]
    for number, (text, step) in enumerate(zip(fits, page.steps, strict=True), 1):
        blocks.append(NumberedStep(number, text))
        if step.caution:
            blocks.append(Caution(step.caution))
    return blocks


def first_sentence(text: str) -> str:
    """Return a text up to the end of its first sentence, which is where the next one opens with a capital."""
    for at, char in enumerate(text):
        if char in ".!?" and (at + 1 == len(text) or (text[at + 1] == " " and text[at + 2 : at + 3].isupper())):
            return text[: at + 1]
    return text


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


def called(page: Page) -> str:
    """Return a title as it stands inside a sentence."""
    return page.title if page.title[1:2].isupper() else page.title[:1].lower() + page.title[1:]


def _rivals(question: Question, matches: tuple[Match, ...]) -> list[Match]:
    """Return the best match and those of other pages that are too close to it to choose between, each page once."""
    if question.topic:
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
        told = "This handbook has no page on " + " or ".join(f"“{word}”" for word in strangers[:3]) + "."
    elif question.words:
        told = "This handbook does not answer that."
    else:
        told = "Ask about massage in a few words, such as “how do I knead?” or “how much oil?”."
    blocks: tuple[Block, ...] = (Paragraph(told),)
    if options:
        blocks = (*blocks, Paragraph("The nearest it has:", quiet=True), *options)
    return answer_of(question, "unknown", blocks, index, matches, options=options)._replace(unknown_words=strangers)


def _strangers(question: Question, index: Index) -> tuple[str, ...]:
    """Return the words of a question that no page has in a name or a wording, whatever its prose may mention."""
    known = (
        is_frame(word.term)
        or any(one in index.by_name or one in index.by_ask for sense in word.senses for one in sense.stems)
        for word in question.words
    )
    return tuple(dict.fromkeys(word.typed for word, met in zip(question.words, known, strict=True) if not met))


def offer(number: int, passage: Passage, index: Index) -> Option:
    """Return a passage as a question that can be asked: asked again, it finds this passage."""
    page = index.pages[passage.page]
    if passage.item:
        text = page.faq[passage.item - 1].ask[0].rstrip("?")
        text = text[:1].upper() + text[1:] + "?"
    elif passage.step:
        text = f"{page.title}: step {passage.step}?"
    else:
        text = f"{page.title}: {FACET[passage.facet].question}?"
    return Option(number, text, passage.page, passage.facet)


def _related(page: Page, told: Passage, index: Index) -> tuple[Option, ...]:
    """Return up to three questions to go on with: the next step, other parts of the page, then pages it points to."""
    here = tuple(index.passages(page.id))
    wanted: list[Passage] = [p for p in here if told.step and p.step == told.step + 1 and p.facet == "how"][:1]
    others = {p.facet: p for p in here if not p.step and not p.item and p.facet != told.facet}
    wanted += [others[key] for key in _NEXT_ASKED if key in others][: 2 - len(wanted)]
    for other in page.see:
        if other in index.spans:
            wanted.append(index.passage(index.spans[other].first))
            break
    return tuple(offer(n, passage, index) for n, passage in enumerate(wanted[:3], 1))


#: Which part of a page people go on to, the likeliest first.
_NEXT_ASKED = ("how", "why", "how_hard", "how_long", "how_much", "avoid", *(f.key for f in FACETS))


def answer_of(
    question: Question,
    outcome: str,
    blocks: tuple[Block, ...],
    index: Index,
    matches: Iterable[Match],
    told: Passage | None = None,
    cautions: tuple[str, ...] = (),
    options: tuple[Option, ...] = (),
    related: tuple[Option, ...] = (),
) -> Answer:
    """Return an answer with what is the same for all outcomes: how it was read, where it comes from."""
    matches = tuple(matches)
    notes = tuple(Paragraph(f"Read “{typed}” as “{read}”.", quiet=True) for typed, read in question.read_as)
    if matches and told:
        notes += tuple(
            Paragraph(f"“{typed}”: {read}.", quiet=True) for read, typed in _understood(matches[0], told, index).items()
        )
    page = index.pages[told.page] if told else None
    keys = (told.text.sources or page.sources) if told and page else ()
    if told and page:
        keys = tuple(dict.fromkeys((*keys, *(key for text in _beside(question, told, page) for key in text.sources))))
    if told and page and told.facet == "how" and page.steps and not told.step:
        keys = (
            tuple(dict.fromkeys(key for part in (keys, *(s.do.sources for s in page.steps)) for key in part))
            or page.sources
        )
    return Answer(
        question.text,
        outcome,  # type: ignore[arg-type]
        (*notes, *blocks),
        page.id if page else "",
        page.title if page else "",
        told.facet if told else "",
        told.step if told else 0,
        round(matches[0].score, 1) if matches else (100.0 if told else 0.0),
        cautions,
        index.sources_of(keys),
        question.read_as,
        question.unknown_words,
        options,
        related,
        matches,
        (index.version, index.fingerprint),
    )


def together(question: str, answers: tuple[Answer, ...]) -> Answer:
    """Return two or more answers as one, in their order; what one of them says stands once."""
    first = answers[0]
    blocks = dict.fromkeys(block for answer in answers for block in answer.blocks)
    return first._replace(
        question=question,
        blocks=tuple(blocks),
        title=" and ".join(dict.fromkeys(answer.title for answer in answers)),
        score=min(answer.score for answer in answers),
        cautions=tuple(dict.fromkeys(caution for answer in answers for caution in answer.cautions)),
        sources=tuple(dict.fromkeys(source for answer in answers for source in answer.sources)),
        read_as=tuple(dict.fromkeys(pair for answer in answers for pair in answer.read_as)),
        related=answers[-1].related,
        matches=tuple(match for answer in answers for match in answer.matches[:3]),
    )


def _understood(best: Match, told: Passage, index: Index) -> dict[str, str]:
    """Return names of the page told → what was said for each and means nothing else, where the answer has it not."""
    said: dict[str, list[str]] = {}
    for reason in best.reasons:
        if reason.how == "synonym" and told.page in index.called(reason.read):
            said.setdefault(reason.read, []).append(reason.word)
    phrases = {read: " ".join(words) for read, words in said.items()}
    return {read: phrase for read, phrase in phrases.items() if phrase.lower() not in told.text.say.lower()}
