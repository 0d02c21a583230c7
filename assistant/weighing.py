"""What the words of a question are worth: how telling each is, and what meeting it counts for, by where it is met."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from assistant.asking import ASKING, FRAME, QUALIFIERS, is_frame
from assistant.index import Index, stems_of
from assistant.lexicon import Word
from assistant.model import FACET
from assistant.question import Question
from assistant.text import stem

#: What a word is worth by where it is met.  A name, and a wording, counts in full when the question says all of it.
NAME, ASK, TEXT = 1.0, 0.9, 0.5
#: The subject of the knowledge is meant on every page of it, said or not.
SUBJECT = 0.85
#: The part of a name's worth, and of a wording's, that does not hang on how much of it was said.
NAME_FLOOR, ASK_FLOOR = 0.3, 0.5
#: The share from which a name counts as said whole (rounding apart).
WHOLE = 0.999
#: A word that turns a question round weighs at least this; the words of a name that is said whole at least that.
QUALIFIER_WEIGHT, NAMED_WEIGHT = 1.2, 0.5
#: A word that nothing here uses; one that only frames the question.
STRANGER, FRAMING = 1.2, 0.08
#: A word that stands in the cue of a facet tells less of the topic, and is worth this to a passage of that facet.
CUED, IN_CUE = 0.5, 0.5
PLAIN = 0.3
#: A word of the story around a question tells less than one of the question.
TOLD = 0.5


class Unit(NamedTuple):
    """A telling word with its weight, and what it is worth where it is met, 0 to 1."""

    word: Word
    weight: float
    facet: str
    """the facet whose cue it is a part of, if any"""
    by_name: dict[str, float]
    """page → the worth in the name that suits best"""
    by_ask: dict[int, float]
    """number of a passage → the worth in the wording of it that suits best"""
    by_text: dict[int, float]
    """number of a passage → worth"""
    anywhere: float
    """worth on every page"""

    def worth(self, named: float, number: int) -> float:
        """Return what the word is worth to a passage, 0 to 1, where it is worth `named` in the names of its page.

        What it meets adds up as independent evidence does, to 1 at most (the noisy-or of Pearl 1988).
        """
        asked, said = self.by_ask.get(number, 0.0), self.by_text.get(number, 0.0)
        if self.anywhere:
            return max(named, asked, self.anywhere)
        return 1 - (1 - max(named, said)) * (1 - asked)


class Asked(NamedTuple):
    """A question as it is ranked by."""

    units: tuple[Unit, ...]
    facets: tuple[str, ...]
    worded: dict[int, tuple[float, int]]
    """number of a passage → how much of one of its wordings was said at most, 0 to 1, and which wording"""
    named: dict[str, float]
    """page → the weight of its most telling name that was said whole"""
    telling: float
    """what all telling words weigh"""
    asking: float
    """what the facet weighs"""
    may: bool
    """whether it asks if something may be done"""


def weigh(question: Question, index: Index) -> Asked:
    """Return the telling words of a question, each once, with their weights and their worth where they are met."""
    words = {word.term: word for word in question.words}
    subject = stems_of(index.subject)
    said = {stem(term) for term in question.said}
    said.update(one for word in words.values() for sense in word.senses for one in sense.stems)
    names = _shares(
        said, {n for one in said for n in index.by_name.get(one, ())}, index.names.weight, index.by_name, index
    )
    in_asks = {term: _meet(word, index.by_ask) for term, word in words.items()}
    telling_words = [term for term in words if stem(term) not in subject] or list(words)
    touched = {number for term in telling_words for number in in_asks[term]}  # the subject is in every other wording
    shares = _shares(said, touched, index.asks.weight, index.by_ask, index)
    worded: dict[int, tuple[float, int]] = {}
    for number, share in shares.items():
        passage = index.asks.passage[number]
        worded[passage] = max(worded.get(passage, (0.0, -1)), (share, number))
    named, naming = _named(question, names, index)
    cued = dict(question.cued)
    units = tuple(
        _unit(word, cued.get(word.start, ""), in_asks[term], names, shares, naming, subject, index)
        for term, word in words.items()
    )
    told = set(question.told)
    units = tuple(unit._replace(weight=unit.weight * TOLD) if unit.word.start in told else unit for unit in units)
    telling = sum(unit.weight for unit in units)
    asking = FACET[question.facets[0]].weight if question.facets else 0.0 if question.sequence else PLAIN
    return Asked(units, question.facets, worded, named, telling, asking, question.may)


def _shares(
    said: set[str], touched: set[int], wholes: list[float], postings: Mapping[str, Mapping[int, None]], index: Index
) -> dict[int, float]:
    """Return for every name or wording touched how much of it was said, 0 to 1, by how telling its words are."""
    parts = dict.fromkeys(touched, 0.0)
    for one in said:
        holders, weight = postings.get(one), index.weight(one)
        if holders is None:
            continue
        for number in touched if len(touched) < len(holders) else holders:
            if number in holders and number in parts:
                parts[number] += weight
    return {number: part / wholes[number] for number, part in parts.items()}


def _named(question: Question, names: Mapping[int, float], index: Index) -> tuple[dict[str, float], set[str]]:
    """Return page → the weight of its most telling name that was said whole, and the stems of all such names.

    "How long" says nothing of a long massage: the words that ask name a page only together with how.
    """
    named: dict[str, float] = {}
    naming: set[str] = set()
    asking = {stem(term) for term in question.said if term in ASKING}
    for number, share in names.items():
        if share > WHOLE:
            stems = index.names.stems[number].split()
            if "how" in stems or asking.isdisjoint(stems):
                page = index.names.page[number]
                named[page] = max(named.get(page, 0.0), index.names.weight[number])
                naming.update(stems)
    return named, naming


def _unit(
    word: Word,
    facet: str,
    in_asks: Mapping[int, float],
    names: Mapping[int, float],
    shares: Mapping[int, float],
    naming: set[str],
    subject: tuple[str, ...],
    index: Index,
) -> Unit:
    """Return a word with its weight and where it is met."""
    weight = _weight(word, naming, index) * (CUED if facet and stem(word.term) not in naming else 1.0)
    by_name: dict[str, float] = {}
    for number, credit in _meet(word, index.by_name).items():
        page = index.names.page[number]
        by_name[page] = max(by_name.get(page, 0.0), NAME * credit * (NAME_FLOOR + (1 - NAME_FLOOR) * names[number]))
    by_ask: dict[int, float] = {}
    for number, credit in in_asks.items():
        if number in shares:
            passage, worth = index.asks.passage[number], ASK * credit * (ASK_FLOOR + (1 - ASK_FLOOR) * shares[number])
            if worth > by_ask.get(passage, 0.0):
                by_ask[passage] = worth
    if stem(word.term) in subject:  # worth more anywhere than a mention is
        return Unit(word, weight, facet, by_name, by_ask, {}, SUBJECT)
    by_text = {number: TEXT * credit for number, credit in _meet(word, index.by_text).items()}
    return Unit(word, weight, facet, by_name, by_ask, by_text, 0.0)


def _weight(word: Word, naming: set[str], index: Index) -> float:
    """Return what a word of the question weighs."""
    if not word.senses:
        return FRAMING if is_frame(word.term) else STRANGER
    stems = word.senses[0].stems
    weight = max(index.weight(one) for one in stems)
    if naming.issuperset(stems) and word.term not in FRAME:
        weight = max(weight, NAMED_WEIGHT)
    return max(weight, QUALIFIER_WEIGHT) if word.term in QUALIFIERS else weight


def _meet(word: Word, postings: Mapping[str, Mapping[int, None]]) -> dict[int, float]:
    """Return where a word is met, with the credit of the best sense."""
    met: dict[int, float] = {}
    for sense in word.senses:
        places: list[Iterable[int]] = [postings.get(one, ()) for one in sense.stems]
        for number in places[0] if len(places) == 1 else set(places[0]).intersection(*places[1:]):
            if sense.credit > met.get(number, 0.0):
                met[number] = sense.credit
    return met
