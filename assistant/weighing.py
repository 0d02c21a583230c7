"""What the words of a question are worth: how telling each is, and what meeting it counts for, by where it is met."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from assistant.asking import FRAME, QUALIFIERS, RELATIONS, is_frame, measured, order
from assistant.facets import FACET
from assistant.index import Index, stems_of
from assistant.lexicon import Word
from assistant.question import Question
from assistant.shares import WHOLE, named, shares, worded
from assistant.text import stem

#: What a word is worth by where it is met.  A name, and a wording, counts in full when the question says all of it.
NAME, ASK, TEXT = 1.0, 0.8, 0.5
#: The subject of the knowledge is meant on every page of it, said or not; where nothing else was asked about, less so.
SUBJECT, SUBJECT_ALONE = 0.85, 0.4
#: The part of a name's worth, and of a wording's, that does not hang on how much of it was said.
NAME_FLOOR, ASK_FLOOR = 0.3, 0.5
#: A word that turns a question round weighs at least this; the words of a name that is said whole at least that.
QUALIFIER_WEIGHT, NAMED_WEIGHT = 1.2, 0.5
#: What is asked for after "how" weighs at least that: "how fast".
MEASURED = 0.9
#: A word that nothing here uses; one that only frames the question.
STRANGER, FRAMING = 1.2, 0.1
#: A word that stands in the cue of a facet tells less of the topic, and is worth this to a passage of that facet.
CUED, IN_CUE = 0.5, 0.5
#: What it weighs, beside the telling words, that a question asks for no facet: that it is asked in these words.
PLAIN = 0.3
#: A word that weighs less is not looked for in the texts: it is in too many of them to tell.
LIGHT = 0.2
#: A word of the story around a question tells less than one of the question.
TOLD = 0.5
#: What it weighs that a question is about the page spoken of: every passage of it has that, said or not.
SPOKEN_OF = 0.5
#: What the question in a story weighs at least: "what can I do for her?" has hardly a telling word.
LEAST_ASKED = 0.6


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
    told: bool
    """whether it stands in the story around the question: what is told asks for nothing, but what meets it is liked"""

    def worth(self, named: float, number: int) -> float:
        """Return what the word is worth to a passage, 0 to 1, where it is worth `named` in the names of its page.

        What it meets adds up as independent evidence does, to 1 at most (the noisy-or of Pearl 1988).
        """
        asked = self.by_ask.get(number, 0.0)
        if self.anywhere:
            return max(named, asked, self.anywhere)
        said = self.by_text.get(number, 0.0)
        held = named if named > said else said
        return 1 - (1 - held) * (1 - asked) if asked else held


class Asked(NamedTuple):
    """A question as it is ranked by."""

    units: tuple[Unit, ...]
    facets: tuple[str, ...]
    worded: dict[int, tuple[float, int]]
    """number of a passage → how much of one of its wordings was said at most, 0 to 1, and which wording"""
    named: dict[str, float]
    """page → the weight of its most telling name that was said whole"""
    telling: float
    """what all telling words weigh, those that are only told left out"""
    told: float
    """what those weigh"""
    given: float
    """what its topic weighs, where the conversation knows it"""
    asking: float
    """what the facet weighs"""
    may: bool
    """whether it asks if something may be done"""
    bare: bool
    """whether it asks for nothing, but speaks of the subject: "gout and massage" """
    asked_for: str
    """what it asks, as a wording that asks the same has it: its facets, and may"""
    asked_plainly: str
    """the same, but for when: "should I take my rings off before a massage" without the massage"""


def weigh(question: Question, index: Index) -> Asked:
    """Return the telling words of a question, each once, with their weights and their worth where they are met."""
    words = {word.term: word for word in question.words}
    subject = set(stems_of(index.subject))
    core = [word for word in words.values() if stem(word.term) not in subject and word.term not in FRAME]
    when = order([stem(term) for term in question.said], subject)
    names, wordings = shares(question, core or list(words.values()), subject, when, index)
    called, naming = named(question, names, index)
    cued, told = dict(question.cued), set(question.told)
    if question.refers:  # "I tried a karate chop, how do you do it?"
        told -= {
            word.start for word in core if naming.issuperset(one for sense in word.senses[:1] for one in sense.stems)
        }
    measures = {start for start, is_it in zip(question.starts, measured(question.said), strict=True) if is_it}
    asks = any(word.start not in told for word in core)  # "is that a good idea?" asks about what was told
    units = []
    for word in words.values():
        facet, at_all = cued.get(word.start, ""), stem(word.term) in subject  # worth more anywhere than a mention is
        if at_all and word.start in told:  # that it was a massage tells nothing of what is asked
            continue
        weight = max(_weight(word, naming, index), MEASURED if word.start in measures else 0.0) * (
            CUED if facet and stem(word.term) not in naming else 1.0
        )
        weight *= TOLD if word.start in told and asks else 1.0
        by_text = {} if at_all or weight < LIGHT or word.term[0].isdigit() else _meet(word, index.by_text, TEXT)
        by_ask = {} if at_all and core else _in_asks(word, wordings, index)
        anywhere = at_all * (SUBJECT if core else SUBJECT_ALONE)
        by_name = _in_names(word, names, index)
        units.append(Unit(word, weight, facet, by_name, by_ask, by_text, anywhere, word.start in told))
    telling = sum(unit.weight for unit in units if not unit.told)
    if told:
        telling = max(telling, LEAST_ASKED)
    unnamed = naming.isdisjoint({stem(term) for term in words} - subject)
    facets = question.facets or (("avoid",) if question.may and unnamed and not core else ())  # "can I massage him?"
    others = (("may", question.may), ("measure", bool(measures)))
    plainly = (*question.facets, *(key for key, asked in others if asked))
    asked_for = " ".join(sorted((*plainly, *((when,) if when else ()))))
    asking = FACET[facets[0]].weight if facets else 0.0 if question.sequence else PLAIN
    return Asked(
        tuple(units),
        facets,
        worded(wordings, asked_for, index),
        called,
        telling,
        sum(unit.weight for unit in units if unit.told),
        SPOKEN_OF if question.topic else 0.0,
        asking,
        question.may,
        not (question.facets or question.may or question.topic) and any(unit.anywhere for unit in units),
        asked_for,
        " ".join(sorted(plainly)),
    )


def _in_names(word: Word, names: Mapping[int, float], index: Index) -> dict[str, float]:
    """Return page → what a word is worth in the name that suits best."""
    best: dict[str, float] = {}
    pages = index.names.page
    for number, credit in _meet(word, index.by_name, NAME, names).items():
        if word.term in RELATIONS and names[number] <= WHOLE:
            continue
        page, worth = pages[number], credit * (NAME_FLOOR + (1 - NAME_FLOOR) * names[number])
        if worth > best.get(page, 0.0):
            best[page] = worth
    return best


def _in_asks(word: Word, shares: Mapping[int, float], index: Index) -> dict[int, float]:
    """Return number of a passage → what a word is worth in the wording of it that suits best."""
    best: dict[int, float] = {}
    met = _meet(word, index.by_ask, ASK, shares)
    if not word.senses:  # of a subject that is left out, but this very question is answered
        met = {n: ASK for n in index.by_ask.get(stem(word.term), ()) if shares.get(n, 0.0) > WHOLE}
    passages = index.asks.passage
    for number, credit in met.items():
        passage, worth = passages[number], credit * (ASK_FLOOR + (1 - ASK_FLOOR) * shares[number])
        if worth > best.get(passage, 0.0):
            best[passage] = worth
    return best


def _weight(word: Word, naming: set[str], index: Index) -> float:
    """Return what a word of the question weighs."""
    if not word.senses:
        return FRAMING if is_frame(word.term) else STRANGER
    stems = word.senses[0].stems
    weight = max(index.weight(one) for one in stems)
    if naming.issuperset(stems) and word.term not in FRAME:
        weight = max(weight, NAMED_WEIGHT)
    return max(weight, QUALIFIER_WEIGHT) if word.term in QUALIFIERS else weight


def _meet(
    word: Word, postings: Mapping[str, Mapping[int, None]], worth: float, among: Mapping[int, float] | None = None
) -> dict[int, float]:
    """Return where a word is met, of some places only if any are given, with `worth` times the credit of its sense.

    Where it may mean several things, the best of them counts.
    """
    met: dict[int, float] = {}
    for sense in sorted(word.senses, key=lambda sense: sense.credit):  # the best is written last
        places: list[Mapping[int, Any]] = [postings.get(one, {}) for one in sense.stems]
        everywhere, *rest = sorted([*places, among] if among is not None else places, key=len)
        for place in rest:
            everywhere = dict.fromkeys(filter(place.__contains__, everywhere))
        met.update(dict.fromkeys(everywhere, worth * sense.credit))
    return met
