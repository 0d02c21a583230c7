"""A question as typed → its facet, its move and its telling words.  Knows how English asks, not what about."""

import re
from functools import cache
from typing import NamedTuple

from assistant.asking import (
    ASKING,
    CLAUSE,
    DENIALS,
    DIAGNOSES,
    FRAME,
    NO_FACET,
    PERSON,
    QUALIFIERS,
    REPLACES,
    SMALL,
    WHETHER,
    asks_whether,
    is_frame,
    measured,
)
from assistant.facets import FACETS
from assistant.lexicon import Lexicon, Word
from assistant.moves import ASIDE, CHOICE, LEANS, MANNERS, NUMBERS, REFERS, SEQUENCE, STEP, move, number
from assistant.text import fold, stem, terms, tokenise


class Question(NamedTuple):
    """A question, read.  What it leans on from before is filled in by the conversation, not here."""

    text: str
    words: tuple[Word, ...]
    """the telling words in order, small words left out"""
    said: tuple[str, ...] = ()
    """every word, folded and mended"""
    starts: tuple[int, ...] = ()
    """where each of these starts"""
    facets: tuple[str, ...] = ()
    """keys of the facets asked for, the graver and narrower first"""
    cued: tuple[tuple[int, str], ...] = ()
    """start of a telling word that stands in a cue, and the facet of the cue"""
    move: str = ""
    """next, previous, again, more, step, choose; empty when it asks for something"""
    number: int = 0
    """number of the step or choice meant; -1 the last"""
    sequence: str = ""
    """after or before, when it asks what comes next to a step"""
    may: bool = False
    """whether it asks if something may be done: "can I", "is it ok to" """
    diagnosis: bool = False
    """whether it asks what someone has, or where a pain comes from"""
    opening: int = 0
    """how many words open it as one that goes on from the turn before: "what about", "and" """
    aside: bool = False
    """whether it asks beside the topic, which stays: "with oil?" """
    refers: bool = False
    """whether a word in it stands for what was spoken of: "it", "that" """
    told: tuple[int, ...] = ()
    """starts of the words that tell what happened, beside the sentence that asks"""
    topic: str = ""
    """id of the page it is about, when the conversation knows"""

    @property
    def leans(self) -> bool:
        """Whether it goes on from the turn before."""
        return bool(self.opening)

    @property
    def unknown_words(self) -> tuple[str, ...]:
        """The words that nothing in the knowledge uses, as typed and folded, in order, each once; none of a story's."""
        asked = (word for word in self.words if not word.senses and word.start not in self.told)
        return tuple(dict.fromkeys(word.typed for word in asked if not is_frame(word.term)))

    @property
    def has_topic(self) -> bool:
        """Whether a word tells what it is about, beside those that tell what of it is asked."""
        cued = {start for start, _ in self.cued}
        return any(word.start not in cued and word.term not in FRAME | DENIALS for word in self.words)

    @property
    def read_as(self) -> tuple[tuple[str, str], ...]:
        """Every mended word and what it was read as."""
        return tuple(dict.fromkeys((word.typed, word.senses[0].read) for word in self.words if word.slipped))


@cache
def _cue_table(extra: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return first stem → cues that begin with it, longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    ours = [(f.key, tuple(cue.split())) for f in FACETS for cue in f.cues]
    ours += [("", tuple(cue.split())) for cue in NO_FACET]
    for key, phrase in (*ours, *extra):
        stems = tuple(stem(PERSON.get(part, part)) for part in phrase)
        table.setdefault(stems[stems[0] == "^"], []).append((stems, key))
    for cues in table.values():
        cues.sort(key=lambda cue: (-len(cue[0]), cue[0].count("*")))
    return table


#: Every word that questions are made of: what a slip may be corrected to beside the knowledge's own words.
_IN_CUES = {word for facet in FACETS for cue in facet.cues for word in cue.split() if word not in "*$^"}
UNDERSTOOD = frozenset(SMALL | FRAME | _IN_CUES | set(NUMBERS) | {"step", "next"})


def _match(phrase: tuple[str, ...], said: list[str], at: int) -> list[int] | None:
    """Return where the words of a cue stand that begins at `at`, or None.

    A * stands for one to three words, which are not the cue's own; $ for the end; ^ for the opening of a clause.
    """
    if not phrase or phrase == ("$",):
        return [] if not phrase or at == len(said) else None
    if phrase[0] == "^":
        return _match(phrase[1:], said, at) if not at or said[at - 1] in CLAUSE else None
    if phrase[0] == "*":
        rests = (_match(phrase[1:], said, at + skip) for skip in (1, 2, 3))
        return next((rest for rest in rests if rest is not None), None)
    if at >= len(said) or said[at] != phrase[0]:
        return None
    rest = _match(phrase[1:], said, at + 1)
    return None if rest is None else [at, *rest]


def _cues(said: list[str], table: dict[str, list[tuple[tuple[str, ...], str]]]) -> list[tuple[list[int], str]]:
    """Return (places of its words, facet) of every cue heard; of those that begin at one word the longest."""
    said = [stem(PERSON.get(term, term)) for term in said]
    heard: list[tuple[list[int], str]] = []
    at = 0
    while at < len(said):
        for phrase, key in table.get(said[at], ()):
            if (places := _match(phrase, said, at)) is not None:
                heard.append((places, key))
                if "*" not in phrase:
                    at = places[-1]
                break
        at += 1
    return [cue for cue in heard if cue[1]]


def read(text: str, lexicon: Lexicon, sequences: bool = True) -> Question:
    """Return what a text asks: its facets, its telling words with all they may mean, and its move if it is one.

    Any text will do; one without a letter or digit has no words, no facet and no move.  "What comes after …" is heard
    only where `sequences` allows it.
    """
    words = lexicon.read(tokenise(text))
    said = [word.term for word in words]
    whole = " ".join(said)
    if manners := MANNERS.get(whole):
        return Question(text, (), move=manners)
    if moved := move(said):
        return Question(text, (), move=moved)
    if found := CHOICE.fullmatch(whole):
        return Question(text, (), move="choose", number=number(found["n"]))
    table = _cue_table(lexicon.cues)
    opens = LEANS.match(whole)
    asides = _asides(text, words)
    opening = len(opens.group().split()) if opens else 0
    heard = [cue for cue in _cues(said, table) if cue[0][0] >= opening and words[cue[0][0]].start not in asides]
    may = asks_whether(whole)
    if may and not REPLACES.search(whole):  # "can I use lotion instead of oil" asks of the lotion
        heard = [cue for cue in heard if cue[1] != "instead"]
    facets = {key for _, key in heard}
    step = STEP.search(whole)
    sequence = SEQUENCE.search(whole) if sequences and not step else None
    dropped: set[str] = set()
    if step:
        dropped |= set(step.group().split())
    if sequence:
        dropped |= set(sequence.group().split()) | {"next", "step", "stroke"}
    asks_only = {w.start for w, before in zip(words, ("", *said), strict=False) if w.term in ASKING and before != "too"}
    telling = tuple(
        word
        for word in map(_meant, words[opening:])
        if word.term not in dropped and word.start not in asks_only and (_said_for(word) or not _small(word))
    )
    if whole.endswith(WHETHER):  # the "no" in it denies nothing
        telling = tuple(word for word in telling if word is not words[-1])
    cued = tuple((words[at].start, key) for places, key in heard for at in places)
    in_cue = dict(cued)
    return Question(
        text,
        tuple(word for word in telling if word.start not in in_cue or _tells(word, in_cue[word.start])),
        tuple(said),
        tuple(word.start for word in words),
        () if sequence else tuple(f.key for f in FACETS if f.key in facets),
        cued,
        "step" if step else "",
        number(step["after"] or step["before"]) if step else 0,
        ("before" if sequence["rel"] == "before" else "after") if sequence else "",
        may,
        bool(DIAGNOSES.search(whole)),
        opening,
        bool(ASIDE.match(whole)),
        bool(REFERS.search(whole)),
        asides,
    )


#: From so many words on a message is a story with a question in it.
STORY = 14
_OPENS = re.compile(
    r"(?:so |and |but |please )?(?:how|what|why|when|where|which|who|can|should|is|are|do|does|may|could)\b"
)
_SENTENCE = (
    r"(?i:(?!,\s*(?:so |and |but )?(?:how|what|why|which|can|should|is it|do|does|may|could)\b)[^.!?\n])+[.!?,\n]*"
)


def _asides(text: str, words: tuple[Word, ...]) -> tuple[int, ...]:
    """Return the starts of the words of a story that stand outside the sentences that ask, if any sentence asks.

    A sentence asks that ends in a question mark, or opens with a word that asks; where none does, the last.
    """
    if len(words) < STORY:
        return ()
    spans = [(found.start(), found.end(), found.group()) for found in re.finditer(_SENTENCE, text)]
    if len(spans) < 2:
        return ()
    asking = [(first, end) for first, end, said in spans if "?" in said or _OPENS.match(fold(said.strip()))]
    asking = asking or [spans[-1][:2]]
    return tuple(word.start for word in words if not any(first <= word.start < end for first, end in asking))


def _said_for(word: Word) -> bool:
    """Return whether a word, or the phrase it stands in, is said for another."""
    return any(sense.how == "synonym" for sense in word.senses)


def _small(word: Word) -> bool:
    return word.term in SMALL and word.term not in QUALIFIERS


def _meant(word: Word) -> Word:
    """Return a word that by itself tells little as what it is said for, if it is: "every day" is daily."""
    if not _said_for(word) or not (_small(word) or word.term in FRAME):
        return word
    return word._replace(senses=tuple(sense for sense in word.senses if sense.how == "synonym"))


def _tells(word: Word, facet: str) -> bool:
    """Return whether a word of a cue tells the topic as well, as pressure does in "how much pressure".

    The "not" of "where not" is all in what is asked.
    """
    if facet == "avoid" and word.term in DENIALS:
        return False
    return _said_for(word) or (bool(word.senses) and word.term not in FRAME and facet not in ("what", "how"))


def facets_of(text: str, cues: tuple[tuple[str, tuple[str, ...]], ...] = ()) -> tuple[str, ...]:
    """Return the facets a faq wording asks for, without reading its words, and `may` when it asks whether one may."""
    said = terms(text)
    heard = {key for _, key in _cues(said, _cue_table(cues))}
    told = (*(f.key for f in FACETS if f.key in heard), *(("may",) if asks_whether(" ".join(said)) else ()))
    return (*told, *(("measure",) if any(measured(said)) else ()))


def asks(text: str) -> bool:
    """Return whether a text is a question by its mark or its opening word."""
    return text.endswith("?") or bool(_OPENS.match(fold(text)))


#: Where a second question begins: after a mark, or after a joining word with a word that asks.
_PARTS = (
    r"[?!.]+\s+|[,;]?\s+(?i:and|or)\s+(?i:also\s+)?(?i:for\s+)?"
    r"(?=(?i:how|what|why|when|where|which|who|can|should|is|are|do|does)\b)"
)


def parts(text: str) -> tuple[str, ...]:
    """Return the questions that a message joins, as typed: sentences, or clauses, that each open with a word that asks.

    A message that joins none, or in which more is told than asked, is returned whole.
    """
    if " and " not in text and " or " not in text and not any(mark in text[:-1] for mark in "?!."):
        return (text,)
    found = tuple(part for part in re.split(_PARTS, text) if part.strip())
    every = all(_OPENS.match(fold(part.strip())) for part in found)
    return found if every and len(found) > 1 else (text,)
