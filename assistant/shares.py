"""How much of each name and of each wording a question says, and which names it says whole."""

from collections.abc import Mapping

from assistant.asking import ASKING, order
from assistant.index import Index
from assistant.lexicon import Word
from assistant.question import Question
from assistant.text import stem

#: The share of a wording from which it is heard at all.
HARDLY = 0.25
#: The share from which a name counts as said whole (rounding apart).
WHOLE = 0.999
#: What a wording that asks for another facet counts beside one that asks for the same.
OTHERWISE = 0.9
#: What a name or wording counts that has it the other way about: eating after a massage, and a massage after eating.
CONTRARY = 0.25
#: How far from a word of a name the subject may stand to be said of it.
BY = 3
#: No wording, and nothing said of it.
UNSAID = (0.0, -1)


def shares(
    question: Question, core: list[Word], subject: set[str], when: str, index: Index
) -> tuple[dict[int, float], dict[int, float]]:
    """Return how much a question says of every name, and of every wording, that it touches: number → 0 to 1.

    `core` are the words that touch one; `when` tells whether the subject comes earlier or later than what is beside it.
    """
    said, touching, meant = _stems(question, core, subject)
    names = _shares(touching, said, index.names.weight, index.by_name, index)
    names = _joined(names, question, subject, index)
    wordings = _shares(meant, said, index.asks.weight, index.by_ask, index)
    if when:
        names = {n: share * _agrees(when, order(index.names.stems[n].split(), subject)) for n, share in names.items()}
        wordings = {n: share * _agrees(when, index.asks.facets[n]) for n, share in wordings.items()}
    return names, {number: share for number, share in wordings.items() if share >= HARDLY}


def _agrees(when: str, other: str) -> float:
    """Return how much a name or wording counts that has the subject earlier or later, where that was told."""
    return CONTRARY if {"earlier": "later", "later": "earlier"}[when] in other.split() else 1.0


def _stems(question: Question, core: list[Word], subject: set[str]) -> tuple[set[str], set[str], set[str]]:
    """Return the stems of all that was said, of them those that touch a name, and those that touch a wording.

    The subject, which is in every other name and wording, touches one only where nothing else was asked about; words
    that frame a question touch a wording only there.
    """
    meant = {one for word in core for sense in word.senses for one in sense.stems}
    common = set() if any(stem(word.term) in subject for word in core) else subject
    said = {stem(term) for term in question.said}
    said.update(one for word in question.words for sense in word.senses for one in sense.stems)
    return said, said - common, meant - common


def _shares(
    meant: set[str], said: set[str], wholes: list[float], postings: Mapping[str, Mapping[int, None]], index: Index
) -> dict[int, float]:
    """Return for every name or wording that is touched how much of it was said, 0 to 1, by how telling its words are.

    The stems that are `meant` touch it; the others that were said count where one of those does.
    """
    parts: dict[int, float] = {}
    for one in sorted(meant):
        weight = index.weight(one)
        for number in postings.get(one, ()):
            parts[number] = parts.get(number, 0.0) + weight
    for one in sorted(said - meant):
        if holders := postings.get(one):
            weight = index.weight(one)
            for number in parts if len(parts) < len(holders) else holders:
                if number in holders and number in parts:
                    parts[number] += weight
    return {number: part / wholes[number] for number, part in parts.items()}


def _joined(names: dict[int, float], question: Question, subject: set[str], index: Index) -> dict[int, float]:
    """Return the shares of names, of those that have the subject only where it stands by another of their words.

    "Massage for her head" says head massage, "does a massage of the head help sleep" says nothing of sleep massage.
    """
    senses = {word.start: {one for sense in word.senses for one in sense.stems} for word in question.words}
    stems = [
        senses.get(start, set()) | {stem(term)} for start, term in zip(question.starts, question.said, strict=True)
    ]
    places = [at for at, ones in enumerate(stems) if ones & subject]
    if not places:
        return names
    by = {one for at in places for ones in stems[max(0, at - BY) : at + BY + 1] for one in ones} - subject
    held = {number for one in subject for number in index.by_name.get(one, ())} & names.keys()
    apart = {
        number
        for number in held
        if by.isdisjoint(others := set(index.names.stems[number].split()) - subject) and others
    }
    if not apart:
        return names
    lost = sum(index.weight(one) for one in subject)
    return {
        number: share - (lost / index.names.weight[number] if number in apart else 0.0)
        for number, share in names.items()
    }


def worded(wordings: Mapping[int, float], asked_for: str, index: Index) -> dict[int, tuple[float, int]]:
    """Return number of a passage → how much of one of its wordings was said at most, and which wording.

    Of wordings said nearly alike the one counts that asks for the same facets.
    """
    worded: dict[int, tuple[float, int]] = {}
    best: dict[int, float] = {}
    passages, facets = index.asks.passage, index.asks.facets
    for number, share in wordings.items():
        passage = passages[number]
        alike = share if facets[number] == asked_for else share * OTHERWISE
        if alike > best.get(passage, 0.0):
            best[passage], worded[passage] = alike, (share, number)
    return worded


def named(question: Question, names: Mapping[int, float], index: Index) -> tuple[dict[str, float], set[str]]:
    """Return page → the weight of its most telling name that was said whole, and the stems of all such names.

    "How long" says nothing of a long massage: the words that ask name a page only together with how.
    """
    called: dict[str, float] = {}
    naming: set[str] = set()
    asking = {stem(term) for term in question.said if term in ASKING}
    for number, share in names.items():
        if share > WHOLE:
            stems = index.names.stems[number].split()
            if "how" in stems or asking.isdisjoint(stems):
                page = index.names.page[number]
                called[page] = max(called.get(page, 0.0), index.names.weight[number])
                naming.update(stems)
    return called, naming
