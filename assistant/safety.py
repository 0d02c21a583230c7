"""Red flags and conditions in what was said, read before anything is matched.  Pure; their table is YAML."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from assistant.asking import DENIALS
from assistant.model import Flag
from assistant.text import stem, terms

#: How many words before a sign a denial reaches.
REACH = 2


#: Words that change no sign: "cant get her breath" and "cant get a breath" are one.
DROPPED = frozenset("my his her their your our its the a an really very so quite totally completely".split())
#: What opens a part of a sign that must not be heard: "fell + back + unless asleep".
UNLESS = "unless "
#: What stands in a phrase for so many other words at most: "swallowed * tablets".
ANY, GAP = "*", 3


class Watch(NamedTuple):
    """The signs of red flags, laid out for hearing: words as stems, those that change nothing left out."""

    signs: Sequence[tuple[int, Sequence[Sequence[str]]]]
    """number of the flag, and the parts of a sign that all have to be heard, each the phrases that say it"""
    by_opening: Mapping[str, Sequence[int]]
    """first stem of a phrase of the first part → numbers of the signs, rising"""


def watch(flags: Iterable[Flag]) -> Watch:
    """Return the signs of some flags, in the order of the flags."""
    signs = [
        (number, [list(map(_phrase, part)) for part in sign])
        for number, flag in enumerate(flags)
        for sign in flag.signs
    ]
    by_opening: dict[str, list[int]] = {}
    for number, (_, parts) in enumerate(signs):
        for one in sorted({phrase.split()[0] for phrase in parts[0]}):
            by_opening.setdefault(one, []).append(number)
    return Watch(signs, by_opening)


def _phrase(phrase: str) -> str:
    """Return a phrase of a sign as stems; one that must not be heard keeps its mark."""
    unless = UNLESS if phrase.startswith(UNLESS) else ""
    words = [
        ANY if word == ANY else " ".join(_stems(_bare(terms(word)))) for word in phrase.removeprefix(UNLESS).split()
    ]
    return unless + " ".join(word for word in words if word)


def flagged(said: Sequence[str], watched: Watch) -> int | None:
    """Return the number of the first flag of which a sign is heard among the folded words of an utterance, or None.

    Words meet in any form; phrases in their order, unbroken but for what changes nothing.
    """
    words = _bare(said)
    stems = _stems(words)
    numbers = {number for one in {*stems} for number in watched.by_opening.get(one, ())}
    return next((watched.signs[n][0] for n in sorted(numbers) if _heard(watched.signs[n][1], words, stems)), None)


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


def _heard(sign: Iterable[Sequence[str]], said: Sequence[str], stems: list[str]) -> bool:
    return all(
        not any(_tells(phrase.removeprefix(UNLESS), said, stems) for phrase in part)
        if part[0].startswith(UNLESS)
        else any(_tells(phrase, said, stems) for phrase in part)
        for part in sign
    )


def _tells(phrase: str, said: Sequence[str], stems: list[str]) -> bool:
    """Return whether a phrase stands somewhere in the words and is not denied there."""
    wanted = phrase.split()
    denies = not DENIALS.isdisjoint(wanted)
    return any(denies or DENIALS.isdisjoint(before) for before in _stands(wanted, said, stems))


def _stands(wanted: list[str], said: Sequence[str], stems: list[str]) -> Iterator[Sequence[str]]:
    """Yield, for each place where these stems stand, the words just before it, as far as a denial reaches."""
    for at, one in enumerate(stems):
        if one == wanted[0] and _goes_on(wanted[1:], stems, at + 1):
            yield said[max(0, at - REACH) : at]


def _goes_on(wanted: list[str], stems: list[str], at: int) -> bool:
    """Return whether these stems stand from a place on, unbroken; ANY among them stands for up to GAP others."""
    if not wanted:
        return True
    if wanted[0] == ANY:
        return any(_goes_on(wanted[1:], stems, at + skip) for skip in range(GAP + 1))
    return at < len(stems) and stems[at] == wanted[0] and _goes_on(wanted[1:], stems, at + 1)


def _stems(words: Iterable[str]) -> list[str]:
    return [stem(word) for word in words]


#: Ways to write that something cannot be done that are heard as "cant".
_CANT = frozenset(("cannot", "couldnt", "cant"))


def _bare(words: Iterable[str]) -> list[str]:
    """Return words without those that change no sign, "cannot" as "cant", so that it meets "can't"."""
    return ["cant" if word in _CANT else word for word in words if word not in DROPPED]
