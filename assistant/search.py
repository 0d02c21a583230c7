"""Ranked passages for a question, each with the reasons that make its score.  The only room that ranks.

A score is coverage: of all that was asked (every telling word by how telling it is, words that nothing here uses by
the most, and the facet) the share that a passage accounts for, times 100.  So it is a sum of reasons, it lies between 0
and 100 whatever the size of the library, and it can be too low to answer.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from assistant.index import Index
from assistant.lexicon import Word
from assistant.model import FACET, Match, Passage, Reason
from assistant.question import QUALIFIERS, Question

#: What a word is worth by where it is met.  A name counts in full when the question says all of it, and so does a wording.
NAME, ASK, TEXT, PAGE = 1.0, 1.0, 0.75, 0.4
#: The part of a name's or wording's worth that does not hang on how much of it was said.
FLOOR = 0.6
#: A word that turns a question round weighs at least this.
QUALIFIER_WEIGHT = 1.2
#: How many pages are looked at closely; the bound that orders them is never below what a page can score.
CLOSE_LOOK = 24


class _Unit(NamedTuple):
    """A telling word with its weight, and where it is met."""

    word: Word
    weight: float
    names: dict[int, float]
    """number of a name → credit of the sense met there"""
    asks: dict[int, float]
    texts: dict[int, float]
    facet: str
    """the facet whose cue it is a part of, if any"""


def _meet(word: Word, postings: Mapping[str, tuple[int, ...]]) -> dict[int, float]:
    """Return where a word is met, with the credit of the best sense."""
    met: dict[int, float] = {}
    for sense in word.senses:
        places = [postings.get(one, ()) for one in sense.stems]
        for number in places[0] if len(places) == 1 else set(places[0]).intersection(*places[1:]):
            if sense.credit > met.get(number, 0.0):
                met[number] = sense.credit
    return met


def _units(question: Question, index: Index) -> list[_Unit]:
    """Return the telling words of a question, each once, with their weights and places."""
    cued = dict(question.cued)
    units: dict[str, _Unit] = {}
    for word in question.words:
        if word.term in units:
            continue
        weight = max((index.weight(one) for sense in word.senses[:1] for one in sense.stems), default=1.0)
        if word.term in QUALIFIERS:
            weight = max(weight, QUALIFIER_WEIGHT)
        facet = cued.get(word.start, "")
        if facet:
            weight *= 0.5
        units[word.term] = _Unit(
            word,
            weight,
            _meet(word, index.by_name),
            _meet(word, index.by_ask),
            _meet(word, index.by_text),
            facet,
        )
    return list(units.values())


def _said(
    units: Iterable[_Unit], numbers: Iterable[int], kind: str, stems: dict[int, tuple[str, ...]], index: Index
) -> dict[int, float]:
    """Return for every name (or wording) how much of it the question says, 0 to 1, by how telling its words are."""
    shares: dict[int, float] = {}
    for number in numbers:
        met = {
            one for unit in units if number in getattr(unit, kind) for sense in unit.word.senses for one in sense.stems
        }
        whole = sum(index.weight(one) for one in stems[number])
        shares[number] = sum(index.weight(one) for one in stems[number] if one in met) / whole if whole else 0.0
    return shares


def search(question: Question, index: Index, limit: int = 10) -> tuple[Match, ...]:
    """Return the best matches, best first; none when the question has no telling word that anything here uses."""
    units = _units(question, index)
    if question.topic:
        candidates: list[str] = [question.topic] if question.topic in index.spans else []
    else:
        candidates = _candidates(units, index)
    asked = question.facets[0] if question.facets else ""
    found: list[tuple[float, int, int, tuple[Reason, ...]]] = []
    for page in candidates:
        for rank, (number, reasons) in enumerate(_page_matches(page, units, question.facets, asked, question, index)):
            score = sum(reason.worth for reason in reasons)
            found.append((-score, rank, number, reasons))
    found.sort(key=lambda row: (round(row[0], 6), row[1], index.passages[row[2]]))
    return tuple(
        Match(index.passages[number], min(100.0, -score), reasons) for score, _, number, reasons in found[:limit]
    )


def _candidates(units: list[_Unit], index: Index) -> list[str]:
    """Return the ids of the pages that can score most, by the sum of the weights of the words met anywhere on them."""
    bound: dict[str, float] = {}
    for unit in units:
        pages = {index.names[n].page for n in unit.names}
        pages |= {index.passages[index.asks[n].passage].page for n in unit.asks}
        on_page = {index.passages[n].page for n in unit.texts} - pages
        for page in pages:
            bound[page] = bound.get(page, 0.0) + unit.weight * NAME
        for page in on_page:
            bound[page] = bound.get(page, 0.0) + unit.weight * TEXT
    return sorted(bound, key=lambda page: (-round(bound[page], 9), page))[:CLOSE_LOOK]


def _page_matches(
    page: str, units: list[_Unit], facets: tuple[str, ...], asked: str, question: Question, index: Index
) -> Iterator[tuple[int, tuple[Reason, ...]]]:
    """Yield the passages of a page, in reading order, with the reasons of their scores."""
    first, end = index.spans[page]
    names = {n for unit in units for n in unit.names if index.names[n].page == page}
    name_share = _said(units, names, "names", {n: index.names[n].stems for n in names}, index)
    asks = {n for unit in units for n in unit.asks if first <= index.asks[n].passage < end}
    ask_share = _said(units, asks, "asks", {n: index.asks[n].stems for n in asks}, index)
    in_texts = [max((c for n, c in unit.texts.items() if first <= n < end), default=0.0) for unit in units]
    facet_weight = FACET[asked].weight if asked else 0.0
    total = (sum(unit.weight for unit in units) + facet_weight) or 1.0
    named = [
        max(
            ((NAME * c * (FLOOR + (1 - FLOOR) * name_share[n])) for n, c in unit.names.items() if n in names),
            default=0.0,
        )
        for unit in units
    ]
    for number in range(first, end):
        passage = index.passages[number]
        wordings = [n for n in asks if index.asks[n].passage == number]
        best: tuple[Reason, ...] = ()
        for wording in wordings or [-1]:
            reasons = []
            for at, unit in enumerate(units):
                met = [
                    (named[at], "title"),
                    (ASK * unit.asks.get(wording, 0.0) * (FLOOR + (1 - FLOOR) * ask_share.get(wording, 0.0)), "ask"),
                    (TEXT * unit.texts.get(number, 0.0), "text"),
                    (PAGE * in_texts[at], "page"),
                    (1.0 if unit.facet and unit.facet == passage.facet else 0.0, "facet"),
                ]
                credit, field = max(met, key=lambda pair: pair[0])
                reasons.append(_reason(unit, credit, field, 100 * unit.weight * credit / total))
            if asked:
                fit = _fit(passage, asked, facets, index.asks[wording].facets if wording >= 0 else ())
                reasons.append(
                    Reason(
                        asked, passage.facet, "facet", "facet" if fit else "nowhere", 100 * facet_weight * fit / total
                    )
                )
            best = max(best, tuple(reasons), key=lambda rs: sum(r.worth for r in rs))
        yield number, best


def _fit(passage: Passage, asked: str, facets: tuple[str, ...], wording: tuple[str, ...]) -> float:
    """Return how well a passage answers the facet asked for, 0 to 1."""
    if passage.facet == "faq":
        return 1.0 if asked in wording else 0.5 if set(facets) & set(wording) else 0.0
    if passage.facet == asked:
        return 0.9 if passage.step else 1.0
    return 0.5 if passage.facet in facets else 0.0


def _reason(unit: _Unit, credit: float, field: str, worth: float) -> Reason:
    senses = unit.word.senses
    if not senses:
        return Reason(unit.word.typed, unit.word.typed, "unknown", "nowhere", 0.0)
    sense = senses[0]
    return Reason(unit.word.typed, sense.read, sense.how, field if credit else "nowhere", worth)
