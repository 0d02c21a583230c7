"""Red flags and conditions in what was said, read before anything is matched.  Pure; their table is YAML."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from assistant.asking import DENIALS
from assistant.model import Flag
from assistant.text import stem, terms

#: How many words before a sign a denial reaches.
REACH = 2


def flagged(said: Sequence[str], flags: Iterable[Flag]) -> Flag | None:
    """Return the first flag of which a sign is heard among the folded (and mended) words of an utterance, or None.

    Flags are read in their order, the order of the file.  Words meet in any form; phrases in their order, unbroken.
    """
    said = _bare(said)
    stems = [stem(word) for word in said]
    heard = frozenset(stems)
    return next(
        (
            flag
            for flag in flags
            if any(not heard.isdisjoint(_openings(sign[0])) and _heard(sign, said, stems) for sign in flag.signs)
        ),
        None,
    )


@lru_cache(maxsize=4096)
def _openings(part: Iterable[str]) -> frozenset[str]:
    """Return the stems that the phrases of one part of a sign open with: no other utterance can have it."""
    return frozenset(_read(phrase)[0][0] for phrase in part)


#: Words by which someone is said to have a condition, and not asked about it in general.
PERSONS = frozenset(
    """im me my he his him she her they their them has have had having got takes taking take suffers wife
    husband mum mom mother dad father gran grandma nan partner friend girlfriend boyfriend son daughter client weeks
    pregnant diabetic epileptic""".split()
)
#: A name that is an everyday word too is one only after these: someone has a cold, but is cold.
ONLY_AFTER = {"cold": frozenset(("a", "bad", "heavy", "has", "have", "had", "got"))}


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


#: What opens a part of a sign that must not be heard: "fell + back + unless asleep".
UNLESS = "unless "


def _heard(sign: Iterable[Sequence[str]], said: Sequence[str], stems: list[str]) -> bool:
    return all(
        not any(_tells(phrase.removeprefix(UNLESS), said, stems) for phrase in part)
        if part[0].startswith(UNLESS)
        else any(_tells(phrase, said, stems) for phrase in part)
        for part in sign
    )


@lru_cache(maxsize=4096)
def _read(phrase: str) -> tuple[list[str], bool]:
    """Return the stems of a phrase, and whether it denies something itself."""
    words = _bare(terms(phrase))
    return [stem(word) for word in words], not DENIALS.isdisjoint(words)


def _tells(phrase: str, said: Sequence[str], stems: list[str]) -> bool:
    """Return whether a phrase stands somewhere in the words and is not denied there."""
    wanted, denies = _read(phrase)
    return any(denies or DENIALS.isdisjoint(before) for before in _stands(wanted, said, stems))


def _stands(wanted: list[str], said: Sequence[str], stems: list[str]) -> Iterator[Sequence[str]]:
    """Yield, for each place where these stems stand unbroken, the words just before it, as far as a denial reaches."""
    if wanted[0] not in stems:
        return
    for at in range(len(stems) - len(wanted) + 1):
        if stems[at : at + len(wanted)] == wanted:
            yield said[max(0, at - REACH) : at]


def _bare(words: Iterable[str]) -> list[str]:
    """Return words with "cannot" as "cant", so that it meets "can't"."""
    return ["cant" if word == "cannot" else word for word in words]
