"""Ranked passages for a question, each with the reasons that make its score.  The only room that ranks.

A score is coverage: of all that was asked (every telling word by how telling it is, words that nothing here uses by
the most, and the facet) the share that a passage accounts for, times 100.  So it is a sum of reasons, it lies between 0
and 100 whatever the size of the library, and it can be too low to answer.
"""

from typing import NamedTuple

from assistant.asking import RELATIONS
from assistant.index import Index
from assistant.model import Match, Reason
from assistant.question import Question
from assistant.shares import UNSAID, WHOLE
from assistant.weighing import IN_CUE, TEXT, Asked, weigh

#: A "yes" or "no" answers its own question: where its wording was hardly said, the name of its page tells less for it.
JUDGED = 0.75
#: The share of a wording from which, of equal passages, the one that is asked for so is the one meant: where no facet
#: was asked for, and where one was and the passage of that facet stands beside it.
WORDED, WORDED_BESIDE_FACET = 0.6, 0.85
#: How well the opening of a page fits a question that asks for no facet and no more than its name; and how well what
#: tells whether one may fits one that asks that.
UNASKED, WHETHER = 0.7, 0.85
#: How well a wording fits that asks whether one may, where that was not asked, or the other way about.
UNLIKE = 0.5
#: How much less a wording fits than the facet itself, where no more was asked than that facet of the page.
BESIDE = 0.2
#: What a wording weighs that tells by itself which question is asked: two words that do or more.
TELLING_WORDING = 1.2
#: How much of what a story tells an answer has to do with at least.
TOLD_SHARE = 0.5
#: A word that stands in more than this share of all passages finds none by its text; it counts in those others find.
COMMON = 0.1
#: How many pages are looked at closely at most, and how far below the best one the bound of the last may lie.
CLOSE_LOOK, WITHIN = 12, 10.0
#: Among so many pages those that have the facet asked for are looked at first.
CANDIDATES = 60


class _Scored(NamedTuple):
    """A passage with its score, in the order of the ranking."""

    inexact: bool
    """whether it is not asked for in these very words"""
    below: float
    """the score, negative so that the best comes first"""
    unnamed: float
    unlike: float
    place: int
    """its place on the page"""
    number: int


def search(question: Question, index: Index, limit: int = 6) -> tuple[Match, ...]:
    """Return the best passage of each of the best pages, best first.

    There is none when the question has no telling word that anything here uses.

    What is asked for in the very words of the question comes first.  Of equal scores the page whose name was said more
    fully does, then the passage that is asked for in these words, then the one that stands first on its page.
    """
    asked = weigh(question, index)
    met = _met(asked, index)
    found: list[_Scored] = []
    best = 0.0
    for bound, page in _pages(asked, met, question, index):
        if bound < best - WITHIN:
            break
        if scores := _scores(page, met, question, asked, index):
            found.append(min(scores))
            best = max(best, -found[-1].below)
    return tuple(_match(scored, asked, index) for scored in sorted(found)[:limit])


def _met(asked: Asked, index: Index) -> dict[int, float]:
    """Return number of a passage → what its wordings and text add to the names of its page, in weight."""
    met: dict[int, float] = {}
    on_page, common = index.rows.page, COMMON * len(index.rows.page)
    for unit in asked.units:
        weight, names, texts = unit.weight, unit.by_name, unit.by_text
        for number, worth in texts.items() if len(texts) <= common else ():
            gain = worth - names.get(on_page[number], 0.0)
            if gain > 0:
                met[number] = met.get(number, 0.0) + weight * gain
        for number, worth in unit.by_ask.items():
            beside = max(names.get(on_page[number], 0.0), texts.get(number, 0.0))
            met[number] = met.get(number, 0.0) + weight * worth * (1 - beside)
    return met


def _pages(asked: Asked, met: dict[int, float], question: Question, index: Index) -> list[tuple[float, str]]:
    """Return (the most it can score, page): the topic where it is known, else the pages that can score most."""
    if question.topic:
        return [(100.0, question.topic)] if question.topic in index.spans else []
    bounds: dict[str, float] = {}
    on_page = index.rows.page
    for number, worth in met.items():
        page = on_page[number]
        if worth > bounds.get(page, 0.0):
            bounds[page] = worth
    for unit in asked.units:
        for page, worth in unit.by_name.items():
            bounds[page] = bounds.get(page, 0.0) + unit.weight * max(worth - unit.anywhere, 0.0)
    if question.sequence:
        bounds = {page: bound for page, bound in bounds.items() if index.spans[page].kind == "guide"}
    same = sum(unit.weight * (unit.anywhere + (IN_CUE if unit.facet else 0.0)) for unit in asked.units)
    same += sum(unit.weight * TEXT for unit in asked.units if len(unit.by_text) > COMMON * len(on_page))
    whole = asked.telling or 1.0
    ranked = sorted((-round(bound, 9), -asked.named.get(page, 0.0), page) for page, bound in bounds.items())
    if len(ranked) > CLOSE_LOOK and asked.facets:
        ranked = ranked[:CANDIDATES]
        gain = {page: asked.asking / whole * (1.0 if index.has(page, asked.facets[0]) else 0.4) for *_, page in ranked}
        ranked.sort(key=lambda row: (row[0] - same) * (1 + gain[row[2]]))
    if any(unit.told for unit in asked.units):  # what there is to cover differs from page to page
        return [(100.0, page) for _, _, page in ranked[:CLOSE_LOOK]]
    return [(min(100.0, 100 * (same - below) / whole), page) for below, _, page in ranked[:CLOSE_LOOK]]


def _scores(page: str, met: dict[int, float], question: Question, asked: Asked, index: Index) -> list[_Scored]:
    """Return the passages of a page that may be the answer with their scores.

    They are its opening, those that have something of the question themselves, and those of a facet asked for.
    """
    span, rows, facets = index.spans[page], index.rows, asked.facets
    unnamed, names = -asked.named.get(page, 0.0), [unit.by_name.get(page, 0.0) for unit in asked.units]
    scored = []
    for number in range(span.first, span.end):
        facet = rows.facet[number]
        if question.sequence:
            if not (rows.step[number] and facet == "how"):
                continue
        elif not (
            number == span.first or number in met or facet in facets or ((asked.may or asked.bare) and facet == "avoid")
        ):
            continue
        score = _score(_worths(number, names, asked, index), number, asked, index)
        alike = _alike(number, question, asked, index)
        scored.append(
            _Scored(not _exact(number, asked, index), -round(score, 2), unnamed, -alike, number - span.first, number)
        )
    return scored


def _exact(number: int, asked: Asked, index: Index) -> bool:
    """Return whether one of the wordings of a passage is all that is asked, and asks for the same."""
    share, wording = asked.worded.get(number, UNSAID)
    if share <= WHOLE or index.asks.weight[wording] < TELLING_WORDING:
        return False
    if index.asks.facets[wording] not in (asked.asked_for, asked.asked_plainly):
        return False
    units = (unit for unit in asked.units if not (unit.told or unit.anywhere or unit.word.term in RELATIONS))
    return all(number in unit.by_ask for unit in units)


def _worths(number: int, names: list[float], asked: Asked, index: Index) -> list[float]:
    """Return what each word is worth to a passage, 0 to 1, from what each is worth in the names of its page."""
    facet, share = index.rows.facet[number], JUDGED if _unworded(number, asked, index) else 1.0
    return [
        max(unit.worth(name * share, number), IN_CUE) if unit.facet == facet else unit.worth(name * share, number)
        for unit, name in zip(asked.units, names, strict=True)
    ]


def _unworded(number: int, asked: Asked, index: Index) -> bool:
    """Return whether a passage answers a question that was hardly the one asked, where that could mislead.

    So it could with a yes or no, and where a condition is asked about, whose `avoid` says whether one may.
    """
    rows = index.rows
    graver = asked.may and index.spans[rows.page[number]].kind == "condition"
    misleads = rows.item[number] and (rows.judges[number] or graver)
    return bool(misleads) and asked.worded.get(number, UNSAID)[0] < WORDED_BESIDE_FACET


def _score(worths: list[float], number: int, asked: Asked, index: Index) -> float:
    """Return the score of a passage, 0 to 100."""
    topic, whole = _covered(worths, asked)
    fit = _fit(number, asked, index) if asked.asking else 0.0
    return 100 * (topic + asked.asking * fit * (topic / whole if whole else 1.0)) / ((whole + asked.asking) or 1.0)


def _covered(worths: list[float], asked: Asked) -> tuple[float, float]:
    """Return what of a question's words a passage covers, and what of them there is to cover.

    Of what is only told, a share is to be covered; beyond that there is as much to cover as is covered.
    """
    topic = told = 0.0
    for worth, unit in zip(worths, asked.units, strict=True):
        topic += unit.weight * worth
        told += unit.weight * worth if unit.told else 0.0
    return topic + asked.given, asked.telling + asked.given + max(told, TOLD_SHARE * asked.told)


def _fit(number: int, asked: Asked, index: Index) -> float:
    """Return how well a passage answers what of its topic is asked for, 0 to 1."""
    facet, facets = index.rows.facet[number], asked.facets
    page = index.rows.page[number]
    kind = index.spans[page].kind
    if facet == "faq":
        share, wording = asked.worded.get(number, UNSAID)
        worded = index.asks.facets[wording].split()
        share *= _of_question(number, asked)
        if not facets:
            if not asked.may:
                return share * (1 - (1 - UNLIKE) * _about(page, asked) * ("may" in worded))
            return share * share * (1.0 if "may" in worded else UNLIKE)
        if facets[0] not in worded:
            return share * (0.4 if set(facets) & set(worded) else 0.0)
        return share * (1 - BESIDE * _about(page, asked))
    if not facets:
        whether = facet == "avoid" and (asked.may or (asked.bare and kind == "condition"))
        if whether and (kind != "term" or (index.rows.judges[number] and _about(page, asked) > WORDED)):
            return WHETHER
        if number != index.spans[page].first:
            return 0.0
        return UNASKED * _about(page, asked)
    if asked.may and facets[0] == "when" and kind == "condition":
        return WHETHER if facet == "avoid" else 0.5 if facet == "when" else 0.0  # its `when` is when to see a doctor
    if facet == facets[0]:
        return 0.8 if index.rows.step[number] else 1.0
    return 0.5 if facet in facets else 0.0


def _about(page: str, asked: Asked) -> float:
    """Return how much of a question is no more than a name of the page, 0 to 1."""
    units = (unit for unit in asked.units if not unit.told)
    named = sum(unit.weight * max(unit.by_name.get(page, 0.0), unit.anywhere) for unit in units)
    return named / asked.telling if asked.telling else 0.0


def _of_question(number: int, asked: Asked) -> float:
    """Return how much of a question the wordings of a passage have, 0 to 1, the subject left out."""
    heavy = [(unit.weight, number in unit.by_ask) for unit in asked.units if not (unit.anywhere or unit.told)]
    whole = sum(weight for weight, _ in heavy)
    return sum(weight for weight, met in heavy if met) / whole if whole else 1.0


def _alike(number: int, question: Question, asked: Asked, index: Index) -> float:
    """Return how much a passage is the one that is asked for in these very words, where scores are equal."""
    rows, facets = index.rows, question.facets
    kind = index.spans[rows.page[number]].kind
    if kind == "guide" and facets[:1] == ("how",) and rows.facet[number] == "how" and not rows.step[number]:
        return 1.0  # all of its steps
    if question.topic and not facets and not question.may:  # no more than a name
        return 0.0
    alike, least = 0.0, WORDED_BESIDE_FACET if facets or rows.judges[number] else WORDED
    share, wording = asked.worded.get(number, UNSAID)
    if share >= least and index.asks.facets[wording] == asked.asked_for:
        alike = share
    if question.may and kind != "term" and rows.facet[number] == "avoid":  # it opens with whether one may
        return max(alike, WORDED)
    return alike


def _match(scored: _Scored, asked: Asked, index: Index) -> Match:
    """Return a scored passage with its words and the reasons that make its score."""
    passage, number = index.passage(scored.number), scored.number
    worths = _worths(number, [unit.by_name.get(passage.page, 0.0) for unit in asked.units], asked, index)
    topic, whole = _covered(worths, asked)
    total = (whole + asked.asking) or 1.0
    reasons = []
    for worth, unit in zip(worths, asked.units, strict=True):
        met = {
            "title": unit.by_name.get(passage.page, 0.0),
            "ask": unit.by_ask.get(number, 0.0),
            "text": unit.by_text.get(number, 0.0),
            "subject": unit.anywhere,
            "facet": IN_CUE if unit.facet == passage.facet else 0.0,
        }
        field = " and ".join(field for field, share in met.items() if share) or "nowhere"
        sense = unit.word.senses[0] if unit.word.senses else None
        read, how = (sense.read, sense.how) if sense else (unit.word.typed, "unknown")
        reasons.append(Reason(unit.word.typed, read, how, field, 100 * unit.weight * worth / total))
    if asked.given:
        reasons.append(Reason("", passage.page, "context", "topic", 100 * asked.given / total))
    if asked.asking:
        fit = _fit(number, asked, index)
        worth = 100 * asked.asking * fit * (topic / whole if whole else 1.0) / total
        reasons.append(Reason("".join(asked.facets[:1]), passage.facet, "facet", "facet" if fit else "nowhere", worth))
    share, wording = asked.worded.get(number, UNSAID)
    worded = share if wording >= 0 and index.asks.weight[wording] >= TELLING_WORDING else 0.0
    return Match(passage, -scored.below, tuple(reasons), -scored.unnamed, worded, not scored.inexact)
