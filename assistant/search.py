"""Ranked passages for a question, each with the reasons that make its score.  The only room that ranks.

A score is coverage: of all that was asked (every telling word by how telling it is, words that nothing here uses by
the most, and the facet) the share that a passage accounts for, times 100.  So it is a sum of reasons, it lies between 0
and 100 whatever the size of the library, and it can be too low to answer.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from assistant.asking import ASKING, FRAME, QUALIFIERS
from assistant.index import Index, stems_of
from assistant.lexicon import Word
from assistant.model import FACET, Match, Reason
from assistant.question import Question
from assistant.text import stem

#: What a word is worth by where it is met.  A name, and a wording, counts in full when the question says all of it.
NAME, ASK, TEXT, ITEM, PAGE = 1.0, 1.0, 0.5, 0.75, 0.3
#: A "yes" or "no" answers its own question: where its wording was hardly said, the name of its page tells less for it.
JUDGED = 0.75
#: The subject of the knowledge is meant on every page of it, said or not.
SUBJECT = 0.85
#: The part of a name's worth, and of a wording's, that does not hang on how much of it was said.
NAME_FLOOR, ASK_FLOOR = 0.5, 0.35
#: The share from which a name counts as said whole (rounding apart).
WHOLE = 0.999
#: A word that turns a question round weighs at least this; the words of a name that is said whole at least that.
QUALIFIER_WEIGHT, NAMED_WEIGHT = 1.2, 0.5
#: A word that nothing here uses; one that only frames the question.
STRANGER, FRAMING = 1.2, 0.08
#: A word that stands in the cue of a facet tells less of the topic, and is worth this to a passage of that facet.
CUED, IN_CUE = 0.5, 0.5
#: The share of a wording from which, of equal passages, the one that is asked for so is the one meant: where no facet
#: was asked for, and where one was and the passage of that facet stands beside it.
WORDED, WORDED_BESIDE_FACET = 0.6, 0.85
#: How many pages are looked at closely at most, and how far below the best one the bound of the last may lie.
CLOSE_LOOK, WITHIN = 24, 10.0


class _Unit(NamedTuple):
    """A telling word with its weight, and what it is worth where it is met, 0 to 1."""

    word: Word
    weight: float
    facet: str
    """the facet whose cue it is a part of, if any"""
    by_name: dict[str, float]
    """page → the worth in the name that suits best"""
    by_ask: dict[int, float]
    """number of a wording → worth"""
    by_text: dict[int, float]
    """number of a passage → worth"""
    by_item: dict[int, float]
    """number of a passage → worth in another wording of it than the one that suits best"""
    by_page: dict[str, float]
    """page → worth anywhere in its texts and wordings"""
    anywhere: float
    """worth on every page"""


class _Asked(NamedTuple):
    """A question as it is ranked by."""

    units: tuple[_Unit, ...]
    facets: tuple[str, ...]
    wordings: dict[int, list[int]]
    """number of a passage → those of its wordings that the question touches"""
    shares: dict[int, float]
    """number of a wording → how much of it was said"""
    named: dict[str, float]
    """page → the weight of its most telling name that was said whole"""
    telling: float
    """what all telling words weigh"""
    asking: float
    """what the facet weighs"""


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
    asked = _asked(question, index)
    found: list[_Scored] = []
    best = 0.0
    for bound, page in _pages(asked, question, index):
        if bound < best - WITHIN:
            break
        found += _scores(page, question, asked, index)
        best = max(best, max((-scored.below for scored in found), default=0.0))
    return tuple(_match(scored, asked, index) for scored in sorted(found)[:limit])


def _asked(question: Question, index: Index) -> _Asked:
    """Return the telling words of a question, each once, with their weights and their worth where they are met."""
    words = {word.term: word for word in question.words}
    said = {stem(term) for term in question.said}
    said.update(one for word in words.values() for sense in word.senses for one in sense.stems)
    names = _shares(said, index.names.weight, index.by_name, index)
    shares = _shares(said, index.asks.weight, index.by_ask, index)
    named: dict[str, float] = {}
    naming: set[str] = set()
    wh_words = {stem(term) for term in question.said if term in ASKING}
    for number, share in names.items():
        stems = index.names.stems[number].split()
        if share > WHOLE and (
            "how" in stems or wh_words.isdisjoint(stems)
        ):  # "how long" says nothing of a long massage
            page = index.names.page[number]
            named[page] = max(named.get(page, 0.0), index.names.weight[number])
            naming.update(stems)
    cued = dict(question.cued)
    units = tuple(_unit(word, cued.get(word.start, ""), names, shares, naming, index) for word in words.values())
    wordings: dict[int, list[int]] = {}
    for number in sorted({number for unit in units for number in unit.by_ask}):
        wordings.setdefault(index.asks.passage[number], []).append(number)
    telling = sum(unit.weight for unit in units)
    asking = FACET[question.facets[0]].weight if question.facets else 0.0
    return _Asked(units, question.facets, wordings, shares, named, telling, asking)


def _shares(said: set[str], wholes: list[float], postings: Mapping[str, list[int]], index: Index) -> dict[int, float]:
    """Return for every name or wording touched how much of it was said, 0 to 1, by how telling its words are."""
    touched: dict[int, float] = {}
    for one in said:
        weight = index.weight(one)
        for number in postings.get(one, ()):
            touched[number] = touched.get(number, 0.0) + weight
    return {number: part / wholes[number] for number, part in touched.items()}


def _unit(
    word: Word, facet: str, names: Mapping[int, float], shares: Mapping[int, float], naming: set[str], index: Index
) -> _Unit:
    """Return a word with its weight and where it is met."""
    weight = _weight(word, naming, index) * (CUED if facet and stem(word.term) not in naming else 1.0)
    by_name: dict[str, float] = {}
    for number, credit in _meet(word, index.by_name).items():
        page = index.names.page[number]
        by_name[page] = max(by_name.get(page, 0.0), NAME * credit * (NAME_FLOOR + (1 - NAME_FLOOR) * names[number]))
    asks = _meet(word, index.by_ask)
    by_ask = {number: ASK * credit * (ASK_FLOOR + (1 - ASK_FLOOR) * shares[number]) for number, credit in asks.items()}
    by_item: dict[int, float] = {}
    for number, credit in asks.items():
        passage = index.asks.passage[number]
        by_item[passage] = max(by_item.get(passage, 0.0), ITEM * credit)
    texts = _meet(word, index.by_text)
    by_text = {number: TEXT * credit for number, credit in texts.items()}
    by_page: dict[str, float] = {}
    for met, most in ((texts, PAGE), (by_item, PAGE / ITEM)):
        for number, credit in met.items():
            page = index.rows.page[number]
            if most * credit > by_page.get(page, 0.0):
                by_page[page] = most * credit
    anywhere = SUBJECT if stem(word.term) in subject_of(index) else 0.0
    return _Unit(word, weight, facet, by_name, by_ask, by_text, by_item, by_page, anywhere)


def subject_of(index: Index) -> tuple[str, ...]:
    """Return the stems of what all of the knowledge is about; none when it does not say."""
    return stems_of(index.subject)


def _weight(word: Word, naming: set[str], index: Index) -> float:
    """Return what a word of the question weighs."""
    if not word.senses:
        return FRAMING if word.term in FRAME or word.term.isdigit() else STRANGER
    stems = word.senses[0].stems
    weight = max(index.weight(one) for one in stems)
    if naming.issuperset(stems) and word.term not in FRAME:
        weight = max(weight, NAMED_WEIGHT)
    return max(weight, QUALIFIER_WEIGHT) if word.term in QUALIFIERS else weight


def _meet(word: Word, postings: Mapping[str, list[int]]) -> dict[int, float]:
    """Return where a word is met, with the credit of the best sense."""
    met: dict[int, float] = {}
    for sense in word.senses:
        places: list[Iterable[int]] = [postings.get(one, ()) for one in sense.stems]
        for number in places[0] if len(places) == 1 else set(places[0]).intersection(*places[1:]):
            if sense.credit > met.get(number, 0.0):
                met[number] = sense.credit
    return met


def _pages(asked: _Asked, question: Question, index: Index) -> list[tuple[float, str]]:
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


def _scores(page: str, question: Question, asked: _Asked, index: Index) -> list[_Scored]:
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


def _everywhere(page: str, named: float, asked: _Asked) -> list[float]:
    """Return what each word is worth on all of a page; `named` is the share of its worth in a name that counts."""
    return [max(u.by_name.get(page, 0.0) * named, u.by_page.get(page, 0.0), u.anywhere) for u in asked.units]


def _unworded(number: int, wording: int, asked: _Asked, index: Index) -> bool:
    """Return whether a passage says yes or no to a question that was hardly the one asked."""
    return bool(index.rows.judges[number]) and asked.shares.get(wording, 0.0) < WORDED_BESIDE_FACET


_NO_WORDING = [-1]


def _score(worths: list[float], number: int, wording: int, asked: _Asked, index: Index) -> float:
    """Return the score of a passage, 0 to 100, asked for by one of its wordings, or by none where that is -1."""
    topic = 0.0
    for worth, unit in zip(worths, asked.units, strict=True):
        topic += unit.weight * worth
    if asked.asking and (fit := _fit(number, wording, asked, index)):
        topic += asked.asking * fit * (topic / asked.telling if asked.telling else 1.0)
    return 100 * topic / ((asked.telling + asked.asking) or 1.0)


def _fit(number: int, wording: int, asked: _Asked, index: Index) -> float:
    """Return how well a passage answers what of its topic is asked for, 0 to 1."""
    facet, facets = index.rows.facet[number], asked.facets
    if facet == "faq":
        worded = index.asks.facets[wording].split() if wording >= 0 else []
        return 1.0 if facets[0] in worded else 0.5 if set(facets) & set(worded) else 0.0
    if facet == facets[0]:
        return 0.8 if index.rows.step[number] else 1.0
    return 0.5 if facet in facets else 0.0


def _alike(number: int, question: Question, asked: _Asked, index: Index) -> float:
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


def _match(scored: _Scored, asked: _Asked, index: Index) -> Match:
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
