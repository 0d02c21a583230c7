"""The words the knowledge uses, and what else a typed word may mean.  The only room that corrects spelling."""

import os
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from assistant.asking import AFTER_AGE, AGED, ARTICLES, HURRIED, NEVER_AFTER_ARTICLE, OLD, YEARS, aged, tells_little
from assistant.text import Token, sound, stem

#: One slip in a short word is another word (hip, lip), unless its letters only changed places.
MIN_TYPO_LENGTH = 3
#: What a word costs, in slips, for not being one of a name: one that questions are made of, one of the prose.
RANKS = (0.0, 0.15, 0.75)
#: What it costs to be a word of a red flag alone.
SIGN = 0.2
#: What it costs less for sounding alike; what another first letter costs, and where it sounds alike.
ALIKE, FIRST = 0.2, (0.25, 0.05)
#: A word of so many letters is hardly a slip of another; what it costs less to write a letter twice for once.
LONG, DOUBLED = 7, 0.1
#: What it costs less for each of the first three pages that have it in a name.
NAMED = 0.01
#: How many letters, of all, a word has to share with one that sounds alike, by how many consonants are heard.
SOUNDS_LIKE = {2: 0.7, 3: 0.5}
#: A word that two make together, and each of two that one is made of, has so many letters at least.
JOINED, APART = 6, 3
#: What a reading is worth beside the word itself: exact beats synonym beats slip.
EXACT, SYNONYM, SLIP = 1.0, 0.95, 0.92


_NONE = Token("", 0, 0)


class Sense(NamedTuple):
    """One thing a typed word may mean."""

    stems: tuple[str, ...]
    """all of them have to be met"""
    how: str
    """exact, synonym or slip"""
    credit: float
    """0 to 1, what meeting it is worth"""
    read: str
    """the word it is read as, as a person would write it"""


class Word(NamedTuple):
    """A typed word with all it may mean; no senses when nothing here uses it."""

    typed: str
    term: str
    """folded, and mended where it was a slip"""
    start: int
    end: int
    senses: tuple[Sense, ...]

    @property
    def slipped(self) -> bool:
        """Whether it was read as another word for the sake of its spelling."""
        return bool(self.senses) and self.senses[0].how == "slip"


class Lexicon(NamedTuple):
    """What the knowledge makes of words.  Never changed."""

    names: Mapping[str, int]
    """what a slip is corrected to first: words of names and how many pages use them in one, and words of red flags"""
    prose: Mapping[str, int]
    """words of all other texts and how many passages use them: a slip needs more evidence to be one of these"""
    understood: frozenset[str]
    """words that questions are made of: how, should, minutes"""
    stems: Container[str]
    """the stems of all words that the knowledge uses"""
    synonyms: Mapping[tuple[str, ...], tuple[tuple[str, ...], ...]]
    """stems of a phrase → the terms (as words) it is said for"""
    longest: int
    """how many words the longest of these phrases has"""
    cues: tuple[tuple[str, tuple[str, ...]], ...]
    """facet and folded phrase, beside those of the facet table"""
    outside: frozenset[tuple[str, ...]]
    """words and phrases of neighbouring subjects: they mean nothing here even where the pages use them"""

    def read(self, tokens: Iterable[Token]) -> tuple[Word, ...]:
        """Return every token with what it may mean: as it stands, as a synonym, or mended.

        A word that the knowledge uses is never mended, nor is one that is spelt right in English, for "bread" is not
        a slip for "broad".
        """
        tokens = self._set_apart(tuple(self._parted(self._joined(tuple(tokens)))))
        words = [self._word(token, before.term) for before, token in zip((_NONE, *tokens), tokens, strict=False)]
        stems = [stem(word.term) for word in words]
        for start in range(len(words)):
            for end in range(min(start + self.longest, len(words)), start, -1):
                if said_for := self.synonyms.get(tuple(stems[start:end])):
                    senses = tuple(
                        Sense(tuple(stem(term) for term in target), "synonym", SYNONYM, " ".join(target))
                        for target in said_for
                    )
                    whole = range(start, end)
                    for at in [at for at in whole if not tells_little(words[at].term)] or whole:
                        words[at] = words[at]._replace(senses=words[at].senses + senses)
                    break
        said = [word.term for word in words]
        for at, word in enumerate(words):
            if word.term.isdigit() and (whom := _whom(said, at)):
                sense = Sense(tuple(stem(term) for term in whom.split()), "synonym", SYNONYM, whom)
                words[at] = word._replace(senses=(sense,))
        return tuple(words)

    def _set_apart(self, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
        """Return the tokens, those that together name a neighbouring subject as one: "massage chair"."""
        longest = _longest(self.outside)
        found: list[Token] = []
        at = 0
        while at < len(tokens):
            ends = range(min(at + longest, len(tokens)), at + 1, -1)
            said = tuple(token.term for token in tokens[at : at + longest])
            end = next((end for end in ends if said[: end - at] in self.outside), at + 1)
            found.append(Token(" ".join(said[: end - at] or (tokens[at].term,)), tokens[at].start, tokens[end - 1].end))
            at = end
        return tuple(found)

    def _word(self, token: Token, before: str) -> Word:
        term = HURRIED.get(token.term, token.term)
        if tuple(term.split()) in self.outside:
            return Word(token.term, term, token.start, token.end, ())
        if before in ARTICLES and term in NEVER_AFTER_ARTICLE and (mended := self._name_near(term)):
            return _word_of(token, mended, "slip", SLIP)
        if self._used(term):
            return _word_of(token, term, "exact", EXACT)
        if not term.isalpha() or len(term) < MIN_TYPO_LENGTH or term in self.understood or is_english(term):
            return Word(token.term, term, token.start, token.end, ())
        if not (mended := self.mend(term)):
            return Word(token.term, term, token.start, token.end, ())
        return _word_of(token, mended, "slip", SLIP)

    def _joined(self, tokens: tuple[Token, ...]) -> Iterator[Token]:
        """Yield the tokens, two of which one means nothing here and both make a word of a name as that: ham strings."""
        at = 0
        while at < len(tokens):
            token = tokens[at]
            after = tokens[at + 1] if at + 1 < len(tokens) and tokens[at + 1].start == token.end + 1 else None
            strange = after and not (self._used(token.term) and self._used(after.term))
            if after and strange and len(both := token.term + after.term) >= JOINED and both in self.names:
                token = Token(both, token.start, after.end)
                at += 1
            yield token
            at += 1

    def _parted(self, tokens: Iterable[Token]) -> Iterator[Token]:
        """Yield the tokens, one that nothing knows and that two known words make as those two: backmassage, aswell."""
        for token in tokens:
            term, length = token.term, token.end - token.start
            if len(term) == length >= 2 * APART - 1 and not self._known(term):
                cuts = range(2, length - APART + 1)
                parts = ((term[:cut], term[cut:]) for cut in cuts)
                found = [p for p in parts if all(part in self.names or part in self.understood for part in p)]
                if found and not self._one_slip(term):
                    first, last = max(found, key=lambda pair: min(map(len, pair)))
                    yield Token(first, token.start, token.start + len(first))
                    yield Token(last, token.start + len(first), token.end)
                    continue
            yield token

    def _one_slip(self, term: str) -> bool:
        return bool(self._name_near(term)) or bool(_near(term, self.understood))

    def _name_near(self, term: str) -> str:
        """Return the word of a name that is one slip from this one, the one that most names have, or ""."""
        found = _near(term, [name for name, pages in self.names.items() if pages])
        return max(found, key=lambda name: (self.names[name], name), default="")

    def _known(self, term: str) -> bool:
        """Return whether a word is used here, asks, or is spelt right in English."""
        return self._used(HURRIED.get(term, term)) or term in self.understood or is_english(term)

    def _used(self, term: str) -> bool:
        """Return whether the knowledge uses a word, in some form; "bak" is no word for being what is left of baking."""
        root = stem(term)
        return (root,) in self.synonyms or (root in self.stems and self._is_word(term))

    def _is_word(self, term: str) -> bool:
        return (
            not term.isalpha()
            or term in self.names
            or is_english(term)
            or term in self.understood
            or term in self.prose
        )

    def mend(self, term: str) -> str:
        """Return the known word of which this one is most likely a slip, or "".

        Slips are counted as optimal string alignment distance (Damerau 1964: a letter too many, too few, another, or
        two that changed places).  One is allowed up to six letters, two up to nine, three beyond.  Names come first,
        then the words that questions are made of; a word of the prose must be one slip away, and in use twice unless
        it is long.
        """
        from rapidfuzz import process
        from rapidfuzz.distance import OSA, Indel

        allowed = _allowed(term)
        best: tuple[float, int, str] | None = None
        for rank, vocabulary in enumerate((self.names, self.understood, self.prose)):
            for candidate, slips, _ in process.extract(
                term, list(vocabulary), scorer=OSA.distance, score_cutoff=allowed if rank < 2 else 1, limit=None
            ):
                if len(candidate) < MIN_TYPO_LENGTH or (rank == 2 and self.prose[candidate] < 2 and len(term) < LONG):
                    continue
                swapped = sorted(term) == sorted(candidate)
                known = self.names.get(candidate, 0) if rank == 0 else rank == 1
                alike = bool(known) and sound(term) == sound(candidate) != ""
                if not (swapped or alike) and (len(term) == 3 or (len(term) == 4 and rank == 1)):
                    continue  # aloe is no slip of alone, but wehn is one of when, and oyl and oli are of oil
                if slips > 1 and candidate[0] != term[0] and slips * 3 > len(term):
                    continue
                shared = Indel.normalized_similarity(term, candidate)  # of equal slips the one that keeps more letters
                cost = slips + RANKS[rank] + FIRST[alike] * (candidate[0] != term[0]) - shared
                cost += (0.0 if rank or self.names[candidate] else SIGN) - (ALIKE if alike else 0.0)
                cost -= DOUBLED if _single(term) == _single(candidate) else 0.0
                cost -= NAMED * min(self.names.get(candidate, 0), 3)
                best = min(best or (99.0, 0, ""), (cost, -self.names.get(candidate, 0), candidate))
        return best[2] if best else self.heard(term)

    def heard(self, term: str) -> str:
        """Return the word of a name that sounds like this one and looks most like it, or ""."""
        from rapidfuzz.distance import Indel

        like = sound(term)
        if len(like) < min(SOUNDS_LIKE):
            return ""
        enough = SOUNDS_LIKE[min(len(like), max(SOUNDS_LIKE))]
        found = [(Indel.normalized_similarity(term, name), name) for name in self.names if sound(name) == like]
        return max((pair for pair in found if pair[0] >= enough), default=(0.0, ""))[1]


def _word_of(token: Token, term: str, how: str, credit: float) -> Word:
    """Return a token as a word that is read as no more than this term."""
    return Word(token.term, term, token.start, token.end, (Sense((stem(term),), how, credit, term),))


def _single(term: str) -> str:
    """Return a word with every letter that stands twice in a row once."""
    return "".join(letter for letter, before in zip(term, " " + term, strict=False) if letter != before)


def _whom(said: list[str], at: int) -> str:
    """Return whom a number stands for that is somebody's age, as a term, or ""."""
    years, after = int(said[at]), said[at + 1 : at + 3]
    told = after[:1] and after[0] in YEARS and after[-1] == "old"
    bare = years >= OLD and said[max(0, at - 1)] in AGED and (not after or after[0] in AFTER_AGE)
    return aged(years) if told or bare else ""


def _allowed(term: str) -> int:
    """Return how many slips a word of this length may have."""
    return 1 if len(term) < 6 else 2 if len(term) < 10 else 3


def likest(typed: str, names: Iterable[str], most: int = 8) -> list[str]:
    """Return the names that open with what is typed, the shortest first, or else those that do with slips forgiven."""
    known = list(dict.fromkeys(names))
    if opening := [name for name in known if name.startswith(typed)]:
        return sorted(opening, key=lambda name: (len(name), name))[:most]
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    allowed = 0 if len(typed) < MIN_TYPO_LENGTH else _allowed(typed)
    slips: dict[str, int] = {}
    for end in (len(typed) - 1, len(typed), len(typed) + 1) if allowed else ():
        cut = [name[:end] for name in known]
        for _, count, at in process.extract(typed, cut, scorer=OSA.distance, score_cutoff=allowed, limit=None):
            slips[known[at]] = min(int(count), slips.get(known[at], allowed))
    return sorted(slips, key=lambda name: (slips[name], len(name), name))[:most]


@lru_cache(maxsize=8)
def _longest(phrases: frozenset[tuple[str, ...]]) -> int:
    return max(map(len, phrases), default=0)


def _near(term: str, words: Iterable[str]) -> list[str]:
    """Return the words that are one slip away."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract(term, list(words), scorer=OSA.distance, score_cutoff=1, limit=None)
    return [word for word, _, _ in found]


_english: list[str] = []


@lru_cache(maxsize=20_000)
def is_english(term: str) -> bool:
    """Return whether a folded word is an English word of every day, by a list of 40,000 (read when first asked)."""
    if not _english:
        with open(os.path.join(os.path.dirname(__file__), "english.txt"), encoding="utf-8") as file:
            _english.append(file.read())
    return f"\n{term}\n" in _english[0]
