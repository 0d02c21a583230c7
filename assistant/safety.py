"""Red flags and conditions in what was said, read before anything is matched.  Pure; their table is YAML."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.asking import DENIALS
from assistant.model import BUT, NEAR, OPENINGS, UNLESS, Flag
from assistant.text import stem, terms

#: Words that change no sign: "cant get her breath" and "cant get a breath" are one, "leg is swollen" and "leg swollen".
DROPPED = frozenset(
    """my his her their your our its the a an really very so quite totally completely is are was were am be been being
    just absolutely extremely also even""".split()
)
#: How many words from the part before it one that has to stand near may stand.
REACH = 6
#: How many words from a sign an "unless" is heard at most: what is told in another sentence of a long story is not it.
AROUND = 9
#: What stands in a phrase for so many other words at most: "swallowed * tablets".
ANY, GAP = "*", 3
#: So many words before a sign, and before the name of a condition, a denial is looked for.
DENIED, DENIED_NAME = 3, 2
#: What may stand between a denial and the sign it takes away: "no sign of a fever".
BETWEEN = frozenset("any sign signs of real have has had got more much such longer feel feeling for".split())


class Watch(NamedTuple):
    """The signs of red flags, laid out for hearing: words as stems, those that change nothing left out."""

    signs: Sequence[str]
    """number of the flag, then the parts of a sign by number, each after what opens it, if anything does: "3 7 u12" """
    by_part: Mapping[str, Sequence[int]]
    """number of a part → numbers of the signs that it begins"""
    by_opening: Mapping[str, str]
    """first stem of a phrase → the rest of each, and the parts that it says: "get breath:3 8;breath:3" """


def watch(flags: Iterable[Flag]) -> Watch:
    """Return the signs of some flags, in the order of the flags."""
    numbers: dict[tuple[str, ...], int] = {}
    signs: list[str] = []
    for number, flag in enumerate(flags):
        for sign in flag.signs:
            parts = (f"{opens[:1]}{numbers.setdefault(said, len(numbers))}" for opens, said in map(_opened, sign))
            signs.append(" ".join((str(number), *parts)))
    by_part: dict[str, list[int]] = {}
    for n, row in enumerate(signs):
        by_part.setdefault(row.split()[1], []).append(n)
    by_phrase: dict[str, dict[int, None]] = {}
    for said, part in numbers.items():
        for phrase in filter(None, map(_phrase, said)):
            by_phrase.setdefault(phrase, {})[part] = None
    by_opening: dict[str, list[str]] = {}
    for phrase in sorted(by_phrase):
        opening, _, rest = phrase.partition(" ")
        by_opening.setdefault(opening, []).append(f"{rest}:{' '.join(map(str, by_phrase[phrase]))}")
    return Watch(signs, by_part, {opening: ";".join(rests) for opening, rests in by_opening.items()})


@lru_cache(maxsize=4096)
def _sign(raw: str) -> tuple[int, list[tuple[str, int]]]:
    """Return the number of the flag of a sign, and its parts: what opens each, its number."""
    flag, *parts = raw.split()
    openings = {one[0]: one for one in OPENINGS}
    return int(flag), [(openings.get(part[0], ""), int(part.lstrip("ubn"))) for part in parts]


@lru_cache(maxsize=4096)
def _rests(raw: str) -> tuple[tuple[list[str], list[int]], ...]:
    """Return the rests of the phrases of one opening, and the parts that each says."""
    pairs = (one.split(":") for one in raw.split(";")) if raw else ()
    return tuple((rest.split(), [int(part) for part in parts.split()]) for rest, parts in pairs)


def _opened(part: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return what opens a part of a sign, and the phrases that say it."""
    opens = next((one for one in OPENINGS if part[0].startswith(one)), "")
    return opens, (part[0].removeprefix(opens), *part[1:])


@lru_cache(maxsize=20_000)
def _phrase(phrase: str) -> str:
    """Return a phrase of a sign as stems parted by spaces."""
    words = [[ANY] if word == ANY else terms(word) for word in phrase.split()]
    return " ".join(_stems(_bare([one for word in words for one in word])))


def flagged(said: Sequence[str], watched: Watch) -> int | None:
    """Return the number of the first flag of which a sign is heard among the folded words of an utterance, or None.

    Words meet in any form; phrases in their order, unbroken but for what changes nothing.
    """
    heard = _parts(_bare(said), watched)
    numbers = {n for part in heard for n in watched.by_part.get(str(part), ())}
    signs = (_sign(watched.signs[n]) for n in numbers)
    return min((flag for flag, parts in signs if _tells(parts, heard)), default=None)


def _parts(words: Sequence[str], watched: Watch) -> dict[int, list[int]]:
    """Return the parts of signs that are heard in some words and not denied there, and at which words."""
    stems = _stems(words)
    heard: dict[int, list[int]] = {}
    for at, one in enumerate(stems):
        for wanted, parts in _rests(watched.by_opening.get(one, "")):
            if _goes_on(wanted, stems, at + 1) and not (
                DENIALS.isdisjoint((one, *wanted)) and _is_denied(words[max(0, at - DENIED) : at])
            ):
                for part in parts:
                    heard.setdefault(part, []).append(at)
    return heard


def _is_denied(before: Sequence[str]) -> bool:
    """Return whether the words just before a sign take it away: "no fever", "no sign of fever", "no cough or fever"."""
    for at in range(len(before)):
        between = before[at + 1 :]
        if before[at] in DENIALS and (between[1:] == ["or"] or BETWEEN.issuperset(between)):
            return True
    return False


def _tells(parts: Sequence[tuple[str, int]], heard: Mapping[int, Sequence[int]]) -> bool:
    """Return whether the parts of a sign are heard as they have to be."""
    last: Sequence[int] = ()
    places: list[int] = []
    silenced = False
    for opens, part in parts:
        there = heard.get(part, ())
        if opens == UNLESS:
            if silenced:
                return False
            silenced = _near(there, places, AROUND)
        elif opens == BUT:
            silenced = silenced and not there
        else:
            last = [at for at in there if opens != NEAR or _near((at,), last, REACH)]
            if not last:
                return False
            places += last
    return not silenced


def _near(some: Sequence[int], others: Sequence[int], most: int) -> bool:
    """Return whether one of some places is at most so many words from one of others."""
    return any(abs(one - other) <= most for one in some for other in others)


#: Words by which someone is said to have a condition, and not asked about it in general.
PERSONS = frozenset(
    """im me my he his him she her they their them has have had having got takes taking take suffers wife
    husband mum mom mother dad father gran grandma nan partner friend girlfriend boyfriend son daughter client weeks
    pregnant diabetic epileptic""".split()
)
#: A name that is an everyday word too is one only after these: someone has a cold, but is cold.
ONLY_AFTER = {
    "cold": frozenset(("a", "bad", "heavy", "has", "have", "had", "got")),
    "burn": frozenset(("a", "bad", "fresh", "the", "has", "have", "had", "got", "old", "healed")),
}


def told(said: Sequence[str], names: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return the conditions that someone is said to have, from (condition, one of its names as stems parted by spaces).

    "She is not pregnant" and "what is a fever" tell of nobody who has it.
    """
    if PERSONS.isdisjoint(said):
        return ()
    return tuple(dict.fromkeys(condition for condition, _, denied in _named(said, names) if not denied))


def denied(said: Sequence[str], names: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return the stems of the names of conditions that someone is said not to have: "she is not pregnant"."""
    return frozenset(one for _, name, is_denied in _named(said, names) if is_denied for one in name.split())


def _named(said: Sequence[str], names: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, bool]]:
    """Yield condition, name and whether it is denied, for each place where a name stands in the words."""
    stems = [stem(word) for word in said]
    for condition, name in names:
        for before in _stands(name.split(), said, stems):
            if name not in ONLY_AFTER or not ONLY_AFTER[name].isdisjoint(before):
                yield condition, name, not DENIALS.isdisjoint(before)


def _stands(wanted: list[str], said: Sequence[str], stems: list[str]) -> Iterator[Sequence[str]]:
    """Yield, for each place where these stems stand, the words just before it, as far as a denial reaches."""
    for at, one in enumerate(stems):
        if one == wanted[0] and _goes_on(wanted[1:], stems, at + 1):
            yield said[max(0, at - DENIED_NAME) : at]


def _goes_on(wanted: list[str], stems: list[str], at: int) -> bool:
    """Return whether these stems stand from a place on, unbroken; ANY among them stands for up to GAP others."""
    if ANY not in wanted:
        return stems[at : at + len(wanted)] == wanted
    if wanted[0] == ANY:
        return any(_goes_on(wanted[1:], stems, at + skip) for skip in range(GAP + 1))
    return at < len(stems) and stems[at] == wanted[0] and _goes_on(wanted[1:], stems, at + 1)


def _stems(words: Iterable[str]) -> list[str]:
    return [stem(word) for word in words]


#: Ways to write that something cannot be done that are heard as "cant".
_CANT = frozenset(("cannot", "couldnt", "cant"))


def _bare(words: Sequence[str]) -> list[str]:
    """Return words without those that change no sign, "cannot" and "can not" as "cant", so that they meet "can't"."""
    return [
        "cant" if word in _CANT or (word == "not" and before in ("can", "could")) else word
        for before, word, after in zip(("", *words), words, (*words[1:], ""), strict=False)
        if word not in DROPPED and not (after == "not" and word in ("can", "could"))
    ]
