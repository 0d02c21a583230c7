"""What a question leaves out, filled in from what was said before: topic, facet, step, choice, and what "it" is."""

import re

from assistant.answer import ANSWERS
from assistant.asking import is_frame
from assistant.facets import FACETS
from assistant.index import Index, stems_of
from assistant.kin import akin, having, near, reason, titled
from assistant.model import Context, Match, Passage
from assistant.moves import CLAUSE_BREAKS, ELLIPSIS, GENERIC, MANNERS, MEANS, REFERS, TOUCHING, WHICH_OF_TWO
from assistant.question import Question, read
from assistant.search import search
from assistant.text import stem, terms, tokenise

#: How many points better another page may fit a question that says "it" and still mean the page spoken of.
REFERRED = 25.0
#: What "what then?" asks of a page without steps, the first that it has.
_THEN = ("how", "instead", "when", "how_long")
#: What a passage of the page spoken of scores at least that tells of what is asked beside it.
ON_PAGE = 45.0
#: How a turn opens that asks beside what was asked: "with oil?" after "how hard?" asks nothing of hardness.
WITH = (("with",), ("without",))
#: What is asked of one thing and then of another: "and the neck?" after "how hard?", but not after "why?".
CARRIED = frozenset(facet.key for facet in FACETS) - {"why", "what", "pronounce"}


def resolve(question: Question, context: Context, found: Index) -> Question:
    """Return the question with what it leaves out filled in from before; one that leaves nothing out is not touched.

    One that addresses a page outright ("Kneading: how long?") needs none of this.
    """
    if question.move in MANNERS.values():
        return question
    if of_two := _of_two(question, context, found):
        return of_two
    if (question.aside or _asks_for_means(question, found)) and (both := beside(question, context, found)):
        return both
    if named := _named(question, context, found):
        return named
    if question.sequence and context.step and not question.has_topic:  # "what comes before that?"
        question = question._replace(move="next" if question.sequence == "after" else "previous", sequence="")
    if question.sequence and {word.term for word in question.words} <= set(terms(found.subject)):
        question = read(question.text, found.lexicon, sequences=False)  # "what to do after a massage" is no step
    if question.move == "choose":
        return _chosen(question, context, found)
    if question.move and not question.has_topic and (context.guide or context.entry) in found.spans:
        return _moved(question, context, found)
    if context.entry not in found.spans:
        return _implied(question if question.move == "step" else question._replace(move=""), found)
    return _leaning(question, context, found)


def _of_two(question: Question, context: Context, found: Index) -> Question | None:
    """Return "which is better?" as asked of the page spoken of and the one before it, or None to another question."""
    pages = (context.before, context.spoken_of)
    asks = WHICH_OF_TWO.match(" ".join(question.said)) and not context.asked
    if not asks or not all(page in found.spans for page in pages):
        return None
    one, other = (found.pages[page].title for page in pages)
    return read(f"{one} or {other}, {question.text}", found.lexicon)._replace(text=question.text)


def _asks_for_means(question: Question, found: Index) -> bool:
    """Return whether a question asks for means to what is spoken of: "can I use my elbow?", no "massage table"."""
    subject = stems_of(found.subject)
    return bool(MEANS.match(" ".join(question.said))) and not any(stem(term) in subject for term in question.said)


def _leaning(question: Question, context: Context, found: Index) -> Question:
    """Return a question that names no topic, or goes on from the one before, with what it leaves out filled in."""
    if about := _of_facet(question, context, found):
        return about
    if question.refers or "them" in question.said:
        meant = _referring(question, context, found)
        if meant is not question or not question.leans:  # "and the front of it?" goes on as "and the front?" does
            return meant
    goes_on = question.leans or ELLIPSIS.match(" ".join(question.said))
    return _going_on(question, context, found) if goes_on else question


def _of_facet(question: Question, context: Context, found: Index) -> Question | None:
    """Return a question that names a facet and no topic as one about the page spoken of, or None where it does not.

    "How hard do I press" names no topic either, where the page has that facet.
    """
    facet = "".join(question.facets[:1])
    if not question.has_topic and facet and not question.sequence:
        if context.step:
            return question._replace(move="step", number=context.step, topic=context.entry)
        if because := reason(question, context, found):
            return because
        if question.said == ("why", "not") and context.facet in ("avoid", "faq"):  # it was said not to
            question = question._replace(facets=("why", "avoid") if context.facet == "avoid" else ("avoid", "why"))
        return question._replace(topic=having(question.facets[0], context, found))
    if facet and {word.term for word in question.words if not is_frame(word.term)} <= TOUCHING:
        page = having(facet, context, found)
        return question._replace(topic=page, words=()) if found.has(page, facet) else None
    return None


def _going_on(question: Question, context: Context, found: Index) -> Question:
    """Return a question that goes on from the one before: of another topic, of another facet, or beside it."""
    carries = context.facet in CARRIED and question.said[question.opening - 1 : question.opening] not in WITH
    carried = question.facets or ((context.facet,) if carries else ())
    same = question._replace(facets=carried)
    if (page := near(question, context, found)) and carried and found.has(page, carried[0]):
        return same._replace(topic=page)
    matches = search(same, found)
    if matches and carried and matches[0].named and matches[0].passage.facet == carried[0]:
        return same  # "and the calf?" after "how hard?"
    other = "" if question.aside else titled(question, context, found, not matches or not matches[0].named)
    if other not in ("", context.spoken_of):  # "what about kneading?" goes on to it, wherever else it is mentioned
        facets = carried or (found.opening(other).facet,)
        return same._replace(topic=other, facets=facets) if found.has(other, facets[0]) else same
    return beside(same, context, found) or same


def beside(question: Question, context: Context, found: Index) -> Question | None:
    """Return a question as one about the page spoken of as well, where a passage has to do with both, or None.

    "With oil?" after skin rolling is told on its page; "and the front?" after the neck means the front of the neck.
    """
    page = context.spoken_of
    new = {word.typed for word in question.words if not is_frame(word.term)}
    if page not in found.spans or not new or question.topic:
        return None
    if here := _there(question, page, new, found):
        return here
    both = read(" ".join((*question.said[question.opening :], found.pages[page].title)), found.lexicon)
    if (matches := search(both, found)) and matches[0].score >= ANSWERS:
        fields = _fields(matches[0])
        old = {word.typed for word in both.words} - new
        if all("title" in fields.get(word, "") for word in new) and any(
            "title" in fields.get(word, "") for word in old
        ):
            return both._replace(text=question.text)
    return next((there for one in akin(page, found) if (there := _there(question, one, new, found))), None)


def _there(question: Question, page: str, new: set[str], found: Index) -> Question | None:
    """Return a question as one about a page, where a passage of it has all that is new in the question, or None."""
    there = question._replace(topic=page)
    matches = search(there, found)
    return there if matches and matches[0].score >= ON_PAGE and new <= _fields(matches[0]).keys() else None


def _fields(match: Match) -> dict[str, str]:
    """Return the words that a passage meets → where."""
    return {reason.word: reason.field for reason in match.reasons if reason.worth}


def _referring(question: Question, context: Context, found: Index) -> Question:
    """Return a question that says "it" with the title of the page spoken of there, where that fits nearly as well.

    It does not where "it" stands for something in the question itself: "can I press a knot until it lets go?"
    """
    page = found.pages[context.spoken_of]
    at = _pronoun(question, page.title.endswith("s"))
    if at is None:
        return question
    noun = next((word for word in question.said[at + 1 : at + 2] if word in GENERIC), "")
    title = page.title
    if noun in ("muscle", "muscles"):  # that of "Jaw massage" is in the jaw
        title = " ".join(word for word in terms(title) if word not in terms(found.subject)) or title
    words = [*question.said[:at], title, *question.said[at + 1 + bool(noun) :]]
    meant = read(" ".join(words), found.lexicon)._replace(text=question.text)
    matches, others = search(meant, found), search(question, found)
    named = set(stems_of(page.title))
    if not matches or named.isdisjoint(map(stem, _fields(matches[0]))):
        return question
    close = not others or matches[0].score >= others[0].score - REFERRED
    return meant if close or (matches[0].score >= ANSWERS and question.said[at] == "it") else question


def _pronoun(question: Question, several: bool) -> int | None:
    """Return the place of the word that stands for what was spoken of, None where it stands for what was said here."""
    whole = " ".join(question.said)
    found = REFERS.search(whole) or (several and re.search(r"\bthem\b", whole))
    if not found:
        return None
    at = len(whole[: found.start()].split())
    named = any(word.start < question.starts[at] and not is_frame(word.term) for word in question.words)
    return None if named and not CLAUSE_BREAKS.isdisjoint(question.said[:at]) else at


def _named(question: Question, context: Context, found: Index) -> Question | None:
    """Return a question that is no more than the name of a page as one about that page."""
    if context.entry and not question.has_topic:  # "how long?" goes on with what was said
        return None
    if not (said := " ".join(question.said)):
        return None
    pages = found.called(said) or found.called(f"{said} {found.subject}")  # "bamboo" is bamboo massage
    if len(pages) != 1:
        return None
    return question._replace(topic=pages[0], facets=(found.opening(pages[0]).facet,), move="", sequence="")


def _chosen(question: Question, context: Context, found: Index) -> Question:
    """Return the question that a number chooses among those offered."""
    number = len(context.options) if question.number == -1 else question.number
    if not 1 <= number <= len(context.options):
        return question._replace(move="")
    option = context.options[number - 1]
    asked = read(option.text, found.lexicon)
    return (addressed(asked, found) or asked._replace(topic=option.entry))._replace(text=question.text)


#: "The neck one", "the one about oil": a choice by a word of it.
_ONE = re.compile(r"^(?:the )?(?:one (?:about|on|with|for) (?P<after>.+)|(?P<before>.+) one)$")


def picked(question: Question, context: Context) -> int:
    """Return the number of the choice that an utterance picks by a word of it, 0 where it picks none.

    A bare word picks only where a choice was asked for.
    """
    said = " ".join(question.said)
    one = _ONE.match(said)
    wanted = {stem(word) for word in ((one["after"] or one["before"]) if one else said).split()} - {"the", "a"}
    if not wanted or not (one or (context.asked and len(wanted) <= 2)):
        return 0
    fits = [n for n, option in enumerate(context.options, 1) if wanted <= {stem(word) for word in terms(option.text)}]
    return fits[0] if len(fits) == 1 else 0


def _moved(question: Question, context: Context, found: Index) -> Question:
    """Return a move as what it asks for: another step of the guide, the same again, or more of the page.

    A guide keeps its place while something else is asked: "next" goes on with it.
    """
    if question.move in ("more", "example"):
        example = question.move == "example" and found.has(context.entry, "how") and context.facet != "how"
        return question._replace(move="", topic=context.entry, facets=("how" if example else _more(context, found),))
    if question.move == "again" and not context.step:
        return question._replace(move="", topic=context.entry, facets=(context.facet,))
    page, step = (context.guide, context.place) if context.guide else (context.entry, context.step)
    number = {"next": step + 1, "previous": step - 1, "again": step, "first": 1}.get(question.move, question.number)
    if found.pages[page].steps:
        return question._replace(move="step", number=number, topic=page)
    then = _THEN if question.move == "next" else ()
    told = (key for key in then if key != context.facet and found.has(context.entry, key))
    facet = next(told, "") or _more(context, found)
    return question._replace(move="", topic=context.entry, facets=(facet,))


def addressed(question: Question, found: Index) -> Question | None:
    """Return "Kneading: how long?" as the question it is: a name of a page, a colon, then a facet or a step."""
    name, colon, part = question.text.rpartition(":")
    if not colon or len(pages := found.called(name)) != 1:
        return None
    asked = " ".join(terms(part))
    if question.move == "step" and asked.startswith("step "):
        return question._replace(words=(), facets=(), topic=pages[0])
    facets = tuple(facet.key for facet in FACETS if " ".join(terms(facet.question)) == asked)
    return question._replace(words=(), facets=facets, move="", sequence="", topic=pages[0]) if facets else None


def _implied(question: Question, found: Index) -> Question:
    """Return a question that asks for a facet and names no topic as one about the subject of the knowledge."""
    if question.has_topic or not question.facets or not found.subject:
        return question
    implied = (word._replace(start=-1, end=-1) for word in found.lexicon.read(tokenise(found.subject)))
    return question._replace(words=(*question.words, *implied))


def _more(context: Context, found: Index) -> str:
    """Return the facet that comes after the last one told, in the order in which the page is read."""
    facets = [passage.facet for passage in found.passages(context.entry) if not passage.step and not passage.item]
    at = facets.index(context.facet) + 1 if context.facet in facets else 0
    return facets[at % len(facets)] if facets else ""


def last_told(context: Context, found: Index) -> Passage | None:
    """Return the passage that was told last."""
    place = (context.facet, context.step, context.item)
    here = found.passages(context.entry) if context.entry in found.spans else ()
    return next((one for one in here if (one.facet, one.step, one.item) == place), None)
