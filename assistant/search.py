"""Ranked passages for a question, each with the reasons that make its score.  The only room that ranks.

A score is coverage: of all that was asked (every telling word by how telling it is, words that nothing here uses by
the most, and the facet) the share that a passage accounts for, times 100.  So it is a sum of reasons, it lies between 0
and 100 whatever the size of the library, and it can be too low to answer.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from assistant.asking import FRAME, QUALIFIERS
from assistant.index import Ask, Index, Name
from assistant.lexicon import Word
from assistant.model import FACET, Match, Passage, Reason
from assistant.question import Question
from assistant.text import stem

#: What a word is worth by where it is met.  A name, and a wording, counts in full when the question says all of it.
NAME, ASK, TEXT, PAGE = 1.0, 1.0, 0.6, 0.3
#: The part of a name's worth, and of a wording's, that does not hang on how much of it was said.
NAME_FLOOR, ASK_FLOOR = 0.5, 0.35
#: A word that turns a question round weighs at least this; the words of a name that is said whole at least that.
QUALIFIER_WEIGHT, NAMED_WEIGHT = 1.2, 0.5
#: A word that nothing here uses; one that only frames the question.
STRANGER, FRAMING = 1.2, 0.08
#: A word that stands in the cue of a facet tells less of the topic.
CUED = 0.5
#: What such a word is worth to a passage of that facet, if it is met nowhere better.
IN_CUE = 0.5
#: The share from which a name counts as said whole (rounding apart).
WHOLE = 0.999
#: The share of a wording from which, of equal passages, the one that is asked for so is the one meant.
WORDED = 0.6
#: How many pages are looked at closely; the bound that orders them is never below what a page can score.
CLOSE_LOOK = 24


class _Unit(NamedTuple):
    """A telling word with its weight, and where it is met."""

    word: Word
    weight: float
    facet: str
    """the facet whose cue it is a part of, if any"""
    names: Mapping[int, float]
    """number of a name → what meeting it there is worth, 0 to 1"""
    asks: Mapping[int, float]
    texts: Mapping[int, float]


def _meet(word: Word, postings: Mapping[str, tuple[int, ...]]) -> dict[int, float]:
    """Return where a word is met, with the credit of the best sense."""
    met: dict[int, float] = {}
    for sense in word.senses:
        places = [postings.get(one, ()) for one in sense.stems]
        for number in places[0] if len(places) == 1 else set(places[0]).intersection(*places[1:]):
            if sense.credit > met.get(number, 0.0):
                met[number] = sense.credit
    return met


def _shares(
    said: set[str], called: Sequence[Name] | Sequence[Ask], postings: Mapping[str, tuple[int, ...]], index: Index
) -> dict[int, float]:
    """Return for every name or wording touched how much of it was said, 0 to 1, by how telling its words are."""
    touched: dict[int, float] = {}
    for one in said:
        weight = index.weight(one)
        for number in postings.get(one, ()):
            touched[number] = touched.get(number, 0.0) + weight
    return {number: part / called[number].weight for number, part in touched.items()}


class _Asked(NamedTuple):
    """A question as it is ranked by."""

    units: tuple[_Unit, ...]
    facets: tuple[str, ...]
    wordings: Mapping[int, float]
    """number of a wording → how much of it was said"""
    named: Mapping[str, float]
    """page → the weight of its most telling name that was said whole"""
    telling: float
    """what all telling words weigh"""
    total: float
    """what they and the facet weigh"""


def _asked(question: Question, index: Index) -> _Asked:
    """Return the telling words of a question, each once, with their weights and their worth where they are met."""
    words = {word.term: word for word in question.words}
    meant = {one for word in words.values() for sense in word.senses for one in sense.stems}
    said = meant | {stem(term) for term in question.said}
    names = _shares(said, index.names, index.by_name, index)
    wordings = _shares(said, index.asks, index.by_ask, index)
    whole = [index.names[number] for number, share in names.items() if share > WHOLE]
    naming = {one for name in whole for one in name.stems}
    cued = dict(question.cued)
    units = []
    for word in words.values():
        facet = cued.get(word.start, "")
        discount = CUED if facet and stem(word.term) not in naming else 1.0
        in_names, in_asks = _meet(word, index.by_name), _meet(word, index.by_ask)
        units.append(
            _Unit(
                word,
                _weight(word, naming, index) * discount,
                facet,
                {n: NAME * credit * (NAME_FLOOR + (1 - NAME_FLOOR) * names[n]) for n, credit in in_names.items()},
                {n: ASK * credit * (ASK_FLOOR + (1 - ASK_FLOOR) * wordings[n]) for n, credit in in_asks.items()},
                {n: TEXT * credit for n, credit in _meet(word, index.by_text).items()},
            )
        )
    telling = sum(unit.weight for unit in units)
    total = telling + (FACET[question.facets[0]].weight if question.facets else 0.0)
    named: dict[str, float] = {}
    for name in whole:
        named[name.page] = max(named.get(name.page, 0.0), name.weight)
    return _Asked(tuple(units), question.facets, wordings, named, telling, total or 1.0)


def _weight(word: Word, naming: set[str], index: Index) -> float:
    """Return what a word of the question weighs."""
    if not word.senses:
        return FRAMING if word.term in FRAME else STRANGER
    stems = word.senses[0].stems
    weight = max(index.weight(one) for one in stems)
    if naming.issuperset(stems) and word.term not in FRAME:
        weight = max(weight, NAMED_WEIGHT)
    return max(weight, QUALIFIER_WEIGHT) if word.term in QUALIFIERS else weight


def search(question: Question, index: Index, limit: int = 10) -> tuple[Match, ...]:
    """Return the best matches, best first; none when the question has no telling word that anything here uses.

    Of equal scores the page whose name was said more fully comes first, then the passage that is asked for in these
    words, then the one that stands first on its page.
    """
    asked = _asked(question, index)
    found: list[tuple[float, float, float, int, Passage, tuple[Reason, ...]]] = []
    for page in _pages(asked, question, index):
        guide = bool(index.library.pages[page].steps)
        may = question.may and index.library.pages[page].kind == "condition"
        first, end = index.spans[page]
        wordings = _wordings(page, asked, index)
        ranked = _ranked(page, wordings, asked, index)
        for number in range(first, end):
            passage = index.passages[number]
            if question.sequence and not (passage.step and passage.facet == "how"):
                continue
            reasons = ranked(number)
            score = min(100.0, round(sum(reason.worth for reason in reasons), 2))
            same = (n for n in wordings.get(number, ()) if set(index.asks[n].facets) == set(question.facets))
            alike = max((asked.wordings[n] for n in same if asked.wordings[n] >= WORDED), default=0.0)
            if may and passage.facet == "avoid":  # it opens with whether massage is all right
                alike = max(alike, WORDED)
            if asked.facets[:1] == (passage.facet,) == ("how",) and not passage.step and guide:  # all of its steps
                alike = 1.0
            found.append(
                (
                    -score,
                    -asked.named.get(page, 0.0),
                    -alike,
                    number - first,
                    passage,
                    reasons,
                )
            )
    found.sort()
    return tuple(Match(passage, -score, reasons, -named) for score, named, _, _, passage, reasons in found[:limit])


def _pages(asked: _Asked, question: Question, index: Index) -> list[str]:
    """Return the ids of the pages to look at: the topic when it is known, else those that can score most."""
    if question.topic:
        return [question.topic] if question.topic in index.spans else []
    bound: dict[str, float] = {}
    for unit in asked.units:
        best: dict[str, float] = {}
        met = [(index.names[n].page, credit) for n, credit in unit.names.items()]
        met += [(index.passages[index.asks[n].passage].page, credit) for n, credit in unit.asks.items()]
        met += [(index.passages[n].page, credit) for n, credit in unit.texts.items()]
        for page, credit in met:
            if credit > best.get(page, 0.0):
                best[page] = credit
        for page, credit in best.items():
            bound[page] = bound.get(page, 0.0) + unit.weight * credit
    found = [page for page in bound if not question.sequence or index.library.pages[page].steps]
    return sorted(found, key=lambda page: (-round(bound[page], 9), page))[:CLOSE_LOOK]


def _wordings(page: str, asked: _Asked, index: Index) -> dict[int, list[int]]:
    """Return passage → those of its wordings that the question touches."""
    first, end = index.spans[page]
    touched = {n for unit in asked.units for n in unit.asks if first <= index.asks[n].passage < end}
    found: dict[int, list[int]] = {}
    for n in sorted(touched):
        found.setdefault(index.asks[n].passage, []).append(n)
    return found


def _ranked(
    page: str, wordings: Mapping[int, list[int]], asked: _Asked, index: Index
) -> Callable[[int], tuple[Reason, ...]]:
    """Return what tells the reasons of a passage of this page, from the wording that suits it best."""
    first, end = index.spans[page]
    named = [max((c for n, c in u.names.items() if index.names[n].page == page), default=0.0) for u in asked.units]
    beside = [PAGE / TEXT * max((c for n, c in u.texts.items() if first <= n < end), default=0.0) for u in asked.units]

    def reasons(number: int, wording: int) -> tuple[Reason, ...]:
        passage = index.passages[number]
        told = []
        for at, unit in enumerate(asked.units):
            worth, field = max(
                (named[at], "title"),
                (unit.asks.get(wording, 0.0), "ask"),
                (unit.texts.get(number, 0.0), "text"),
                (beside[at], "page"),
                (IN_CUE if unit.facet and unit.facet == passage.facet else 0.0, "facet"),
                key=lambda pair: pair[0],
            )
            told.append(_reason(unit, field if worth else "nowhere", 100 * unit.weight * worth / asked.total))
        if asked.facets:
            fit = _fit(passage, asked.facets, index.asks[wording].facets if wording >= 0 else ())
            topic = sum(reason.worth for reason in told) / (100 * asked.telling / asked.total) if asked.telling else 1.0
            worth = 100 * FACET[asked.facets[0]].weight * fit * topic / asked.total
            told.append(Reason(asked.facets[0], passage.facet, "facet", "facet" if fit else "nowhere", worth))
        return tuple(told)

    def best(number: int) -> tuple[Reason, ...]:
        every = (reasons(number, wording) for wording in wordings.get(number, (-1,)))
        return max(every, key=lambda told: sum(reason.worth for reason in told))

    return best


def _fit(passage: Passage, facets: tuple[str, ...], wording: tuple[str, ...]) -> float:
    """Return how well a passage answers what of its topic is asked for, 0 to 1."""
    if passage.facet == "faq":
        return 1.0 if facets[0] in wording else 0.5 if set(facets) & set(wording) else 0.0
    if passage.facet == facets[0]:
        return 0.9 if passage.step else 1.0
    return 0.5 if passage.facet in facets else 0.0


def _reason(unit: _Unit, field: str, worth: float) -> Reason:
    if not unit.word.senses:
        return Reason(unit.word.typed, unit.word.typed, "unknown", "nowhere", 0.0)
    sense = unit.word.senses[0]
    return Reason(unit.word.typed, sense.read, sense.how, field, worth)
