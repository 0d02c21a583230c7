"""Ranked passages for a question, each with the reasons that make its score.  The only room that ranks.

A score is coverage: of all that was asked (every telling word by how telling it is, words that nothing here uses by
the most, and the facet) the share that a passage accounts for, times 100.  So it is a sum of reasons, it lies between 0
and 100 whatever the size of the library, and it can be too low to answer.
"""

from typing import NamedTuple

from assistant.index import Index
from assistant.model import Match, Reason
from assistant.question import Question
from assistant.weighing import IN_CUE, PAGE, TEXT, Asked, weigh

#: A "yes" or "no" answers its own question: where its wording was hardly said, the name of its page tells less for it.
JUDGED = 0.75
#: The share of a wording from which, of equal passages, the one that is asked for so is the one meant: where no facet
#: was asked for, and where one was and the passage of that facet stands beside it.
WORDED, WORDED_BESIDE_FACET = 0.6, 0.85
#: How many pages are looked at closely at most, and how far below the best one the bound of the last may lie.
CLOSE_LOOK, WITHIN = 24, 10.0


class _Scored(NamedTuple):
    """A passage with its score, in the order of the ranking."""

    below: float
    """the score, negative so that the best comes first"""
    unnamed: float
    unlike: float
    place: int
    """its place on the page"""
    number: int
    wording: int
    """the wording that suits it best, -1 for none"""


def search(question: Question, index: Index, limit: int = 10) -> tuple[Match, ...]:
    """Return the best matches, best first; none when the question has no telling word that anything here uses.

    Of equal scores the page whose name was said more fully comes first, then the passage that is asked for in these
    words, then the one that stands first on its page.
    """
    asked = weigh(question, index)
    found: list[_Scored] = []
    best = 0.0
    for bound, page in _pages(asked, question, index):
        if bound < best - WITHIN:
            break
        scores = _scores(page, question, asked, index)
        best = max(best, max((-scored.below for scored in scores), default=0.0))
        found += scores
    return tuple(_match(scored, asked, index) for scored in sorted(found)[:limit])


def _pages(asked: Asked, question: Question, index: Index) -> list[tuple[float, str]]:
    """Return (the most it can score, page): the topic where it is known, else the pages that can score most."""
    if question.topic:
        return [(100.0, question.topic)] if question.topic in index.spans else []
    bounds: dict[str, float] = {}
    for unit in sorted(asked.units, key=lambda unit: unit.anywhere):
        best = dict(unit.by_name)
        for number, worth in unit.by_ask.items():
            page = index.rows.page[index.asks.passage[number]]
            if worth > best.get(page, 0.0):
                best[page] = worth
        for page, worth in unit.by_page.items():
            if worth * TEXT / PAGE > best.get(page, 0.0):
                best[page] = worth * TEXT / PAGE
        for page in bounds.keys() - best.keys() if unit.anywhere else ():
            best[page] = unit.anywhere
        for page, worth in best.items():
            worth = max(worth, unit.anywhere)
            bounds[page] = bounds.get(page, 0.0) + unit.weight * worth
    if question.sequence:
        bounds = {page: bound for page, bound in bounds.items() if index.spans[page].kind == "guide"}
    cued = sum(unit.weight * IN_CUE for unit in asked.units if unit.facet)
    whole = asked.telling or 1.0
    ranked = sorted((-round(bound, 9), -asked.named.get(page, 0.0), page) for page, bound in bounds.items())
    return [(min(100.0, 100 * (cued - below) / whole), page) for below, _, page in ranked[:CLOSE_LOOK]]


def _scores(page: str, question: Question, asked: Asked, index: Index) -> list[_Scored]:
    """Return the passages of a page with their scores."""
    span, rows = index.spans[page], index.rows
    in_full, as_faq = _everywhere(page, 1.0, asked), _everywhere(page, JUDGED, asked)
    unnamed = -asked.named.get(page, 0.0)
    scored = []
    for number in range(span.first, span.end):
        facet = rows.facet[number]
        if question.sequence and not (rows.step[number] and facet == "how"):
            continue
        here = [max(unit.by_text.get(number, 0.0), unit.by_item.get(number, 0.0)) for unit in asked.units]
        for at, unit in enumerate(asked.units):
            if unit.facet == facet and here[at] < IN_CUE:
                here[at] = IN_CUE
        best = (-1.0, -1)
        for wording in asked.wordings.get(number, _NO_WORDING):
            least = as_faq if _unworded(number, wording, asked, index) else in_full
            worths = [max(pair) for pair in zip(least, here, strict=True)]
            if wording >= 0:
                worths = [max(w, u.by_ask.get(wording, 0.0)) for w, u in zip(worths, asked.units, strict=True)]
            best = max(best, (_score(worths, number, wording, asked, index), wording))
        alike = _alike(number, question, asked, index)
        scored.append(_Scored(-round(best[0], 2), unnamed, -alike, number - span.first, number, best[1]))
    return scored


def _everywhere(page: str, named: float, asked: Asked) -> list[float]:
    """Return what each word is worth on all of a page; `named` is the share of its worth in a name that counts."""
    return [max(u.by_name.get(page, 0.0) * named, u.by_page.get(page, 0.0), u.anywhere) for u in asked.units]


def _unworded(number: int, wording: int, asked: Asked, index: Index) -> bool:
    """Return whether a passage answers a question that was hardly the one asked, where that could mislead.

    So it could with a yes or no, and where a condition is asked about, whose `avoid` says whether one may.
    """
    rows = index.rows
    graver = asked.may and rows.item[number] and index.spans[rows.page[number]].kind == "condition"
    return bool(rows.judges[number] or graver) and asked.shares.get(wording, 0.0) < WORDED_BESIDE_FACET


_NO_WORDING = [-1]


def _score(worths: list[float], number: int, wording: int, asked: Asked, index: Index) -> float:
    """Return the score of a passage, 0 to 100, asked for by one of its wordings, or by none where that is -1."""
    topic = 0.0
    for worth, unit in zip(worths, asked.units, strict=True):
        topic += unit.weight * worth
    if asked.asking and (fit := _fit(number, wording, asked, index)):
        topic += asked.asking * fit * (topic / asked.telling if asked.telling else 1.0)
    return 100 * topic / ((asked.telling + asked.asking) or 1.0)


def _fit(number: int, wording: int, asked: Asked, index: Index) -> float:
    """Return how well a passage answers what of its topic is asked for, 0 to 1."""
    facet, facets = index.rows.facet[number], asked.facets
    if facet == "faq":
        worded = index.asks.facets[wording].split() if wording >= 0 else []
        return 1.0 if facets[0] in worded else 0.5 if set(facets) & set(worded) else 0.0
    if facet == facets[0]:
        return 0.8 if index.rows.step[number] else 1.0
    return 0.5 if facet in facets else 0.0


def _alike(number: int, question: Question, asked: Asked, index: Index) -> float:
    """Return how much a passage is the one that is asked for in these very words, where scores are equal."""
    rows, facets = index.rows, question.facets
    kind = index.spans[rows.page[number]].kind
    if kind == "guide" and facets[:1] == ("how",) and rows.facet[number] == "how" and not rows.step[number]:
        return 1.0  # all of its steps
    if question.topic and not facets and not question.may:  # no more than a name
        return 0.0
    alike, least = 0.0, WORDED_BESIDE_FACET if facets or rows.judges[number] else WORDED
    asked_for = {*facets, *(("may",) if question.may else ())}
    for wording in asked.wordings.get(number, ()):
        share = asked.shares[wording]
        if share >= least and share > alike and set(index.asks.facets[wording].split()) == asked_for:
            alike = share
    if question.may and kind != "term" and rows.facet[number] == "avoid":  # it opens with whether one may
        return max(alike, WORDED)
    return alike


def _match(scored: _Scored, asked: Asked, index: Index) -> Match:
    """Return a scored passage with its words and the reasons that make its score."""
    passage = index.passage(scored.number)
    total = (asked.telling + asked.asking) or 1.0
    named = JUDGED if _unworded(scored.number, scored.wording, asked, index) else 1.0
    reasons = []
    for unit in asked.units:
        worth, field = max(
            (unit.by_name.get(passage.page, 0.0) * named, "title"),
            (unit.by_ask.get(scored.wording, 0.0), "ask"),
            (unit.by_text.get(scored.number, 0.0), "text"),
            (unit.by_item.get(scored.number, 0.0), "item"),
            (unit.by_page.get(passage.page, 0.0), "page"),
            (unit.anywhere, "subject"),
            (IN_CUE if unit.facet and unit.facet == passage.facet else 0.0, "facet"),
            key=lambda pair: pair[0],
        )
        sense = unit.word.senses[0] if unit.word.senses else None
        read, how = (sense.read, sense.how) if sense else (unit.word.typed, "unknown")
        reasons.append(
            Reason(unit.word.typed, read, how, field if worth else "nowhere", 100 * unit.weight * worth / total)
        )
    if asked.asking:
        fit = _fit(scored.number, scored.wording, asked, index)
        topic = sum(reason.worth for reason in reasons) * total / (100 * asked.telling) if asked.telling else 1.0
        worth = 100 * asked.asking * fit * topic / total
        reasons.append(Reason(asked.facets[0], passage.facet, "facet", "facet" if fit else "nowhere", worth))
    return Match(passage, -scored.below, tuple(reasons), -scored.unnamed)
