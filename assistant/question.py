"""A question as typed → its facet, its move and its telling words.  Knows how English asks, not what about."""

import re
from typing import NamedTuple

from assistant.lexicon import Lexicon, Sense, Word
from assistant.model import FACETS
from assistant.text import terms, tokenise

#: Words that never tell one passage from another.  What, how, why, when and not are none of them: they ask.
SMALL = frozenset(
    """a about again all also am an and any anyone anything are as at be because been being both but by can cant could
    did do does doing done dont each else ever every few for from get gets getting give gives giving given go going got
    had has have having he hello help helps her here hers herself hey hi him himself his how i id if ill im in into is
    isnt it its itself ive just know let lets like ll make makes making many may maybe me might mine more most much must my
    myself need needs now of off ok okay on one ones or our ours out over own please possible put re really s same say
    see shall she should shouldnt so some someone somebody something still such supposed sure t take tell than thank thanks that
    the their theirs them then there these they theyre thing things think this those to too try us use used using ve very
    want wants was way we well were what whats when where whether which while who whom whose why will with would wont
    wondering yes you your youre yours yourself able actually always another around before after during between best better
    good great nice proper properly right correct correctly kind kinds type types sort sorts only mean means different
    happen happens happened work works working come comes start lot bit""".split()
)
#: Words that turn a question round or make it another one.  They weigh more than a telling word and are never small.
QUALIFIERS = frozenset(
    """not never without no pregnant pregnancy baby babies infant child children toddler surgery operation cancer
    elderly blood swollen swelling bruise bruised broken fracture fever numb numbness""".split()
)
_NUMBERS = {
    w: n
    for n, ws in enumerate(
        (
            "first one",
            "second two",
            "third three",
            "fourth four",
            "fifth five",
            "sixth six",
            "seventh seven",
            "eighth eight",
            "ninth nine",
            "tenth ten",
        ),
        1,
    )
    for w in ws.split()
}
_NUMBER = r"\d{1,2}|" + "|".join(_NUMBERS) + "|last"
_STEP = re.compile(rf"\b(?:step (?:number )?(?P<after>{_NUMBER})|(?P<before>{_NUMBER}) step)\b")
_SEQUENCE = re.compile(
    r"\b(?:(?:comes?|comes? next|do i do|do you do|to do|is|happens?|follows?|what|next|step|stroke) (?P<rel>after|before|following)"
    r"|what (?P<follows>follows))\b"
)
#: What may be all of an utterance and then moves the conversation.  Never a part of one: "back" is a part of the body.
_MOVES = tuple(
    (move, re.compile(rf"(?:(?:and|so|ok|okay|please|now|then) )*(?:{pattern})(?: please)?"))
    for move, pattern in (
        (
            "next",
            "next|next one|next step|the next step|go on|continue|what next|whats next|what is next|what comes next|and then|then|then what|what now|now what",
        ),
        (
            "previous",
            "previous|previous one|previous step|the previous step|go back|one back|step back|back one step|the step before",
        ),
        ("again", "again|repeat|repeat that|repeat it|once more|say that again|say it again|what was that|pardon"),
        (
            "more",
            "more|tell me more|more detail|more details|in more detail|more about it|more about that|details|say more|explain more|go deeper",
        ),
    )
)
_CHOICE = re.compile(rf"(?:the |number |option |choice )?(?P<n>{_NUMBER})(?: one)?")
_LEAN = re.compile(r"^(?:(?:and|so|ok|okay|but) )*(?:what about|how about|and for|and|also|same for)\b")


class Question(NamedTuple):
    """A question, read.  What it leans on from before is filled in by the conversation, not here."""

    text: str
    words: tuple[Word, ...]
    """the telling words in order, small words left out"""
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
    leans: bool = False
    """whether it opens as one that goes on from the turn before: "what about", "and" """
    topic: str = ""
    """id of the page it is about, when the conversation knows"""

    @property
    def unknown_words(self) -> tuple[str, ...]:
        """The words that nothing in the knowledge uses, as typed and folded, in order, each once."""
        return tuple(dict.fromkeys(word.typed for word in self.words if not word.senses))

    @property
    def read_as(self) -> tuple[tuple[str, str], ...]:
        """Every mended word and what it was read as."""
        return tuple(dict.fromkeys((word.typed, word.senses[0].read) for word in self.words if word.slipped))


def _cue_table(extra: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return first word → cues that begin with it, longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for key, phrase in (*((f.key, tuple(cue.split())) for f in FACETS for cue in f.cues), *extra):
        table.setdefault(phrase[0], []).append((phrase, key))
    for cues in table.values():
        cues.sort(key=lambda cue: -len(cue[0]))
    return table


_TABLE = _cue_table(())
#: Every word that questions are made of: what a slip may be corrected to beside the knowledge's own words.
UNDERSTOOD = frozenset(
    SMALL
    | {w for cues in _TABLE.values() for phrase, _ in cues for w in phrase if w != "*"}
    | set(_NUMBERS)
    | {"step", "next"}
)


def _match(phrase: tuple[str, ...], said: list[str], at: int) -> int:
    """Return the end of a cue that begins at `at`, or -1.  A * stands for one to three words."""
    for n, part in enumerate(phrase):
        if part == "*":
            for skip in (1, 2, 3):
                if (end := _match(phrase[n + 1 :], said, at + skip)) > 0:
                    return end
            return -1
        if at >= len(said) or said[at] != part:
            return -1
        at += 1
    return at


def _cues(said: list[str], table: dict[str, list[tuple[tuple[str, ...], str]]]) -> list[tuple[int, int, str]]:
    """Return (first, end, facet) of every cue heard; of those that begin at one word the longest."""
    heard, at = [], 0
    while at < len(said):
        for phrase, key in table.get(said[at], ()):
            if (end := _match(phrase, said, at)) > 0:
                heard.append((at, end, key))
                if "*" not in phrase:
                    at = end - 1
                break
        at += 1
    return heard


def read(text: str, lexicon: Lexicon) -> Question:
    """Return what a text asks: its facets, its telling words with all they may mean, and its move if it is one.

    Any text will do; one without a letter or digit has no words, no facet and no move.
    """
    words = lexicon.read(tokenise(text))
    said = [word.term for word in words]
    whole = " ".join(said)
    for move, pattern in _MOVES:
        if pattern.fullmatch(whole):
            return Question(text, (), move=move)
    if found := _CHOICE.fullmatch(whole):
        return Question(text, (), move="choose", number=_number(found["n"]))
    table = _cue_table(lexicon.cues) if lexicon.cues else _TABLE
    heard = _cues(said, table)
    facets = {key for _, _, key in heard}
    step = _STEP.search(whole)
    sequence = None if step else _SEQUENCE.search(whole)
    dropped: set[str] = set()
    if step:
        dropped |= set(step.group().split())
    if sequence:
        dropped |= set(sequence.group().split()) | {"next", "step", "stroke"}
    telling = tuple(
        word for word in words if word.term not in dropped and (word.term not in SMALL or word.term in QUALIFIERS)
    )
    cued = tuple((words[at].start, key) for first, end, key in heard for at in range(first, end))
    return Question(
        text,
        tuple(word for word in telling if word.term not in _ASKING),
        tuple(f.key for f in FACETS if f.key in facets),
        cued,
        "step" if step else "",
        _number(step["after"] or step["before"]) if step else 0,
        ("before" if sequence["rel"] == "before" else "after") if sequence else "",
        bool(_LEAN.match(whole)),
    )


#: Words that ask and do nothing else; what they ask is in the facets.
_ASKING = frozenset(
    "what how why when where which who long often hard many much minutes whats mistake mistakes pronounce pronounced".split()
)


def _number(word: str) -> int:
    return -1 if word == "last" else _NUMBERS.get(word) or int(word)


def facets_of(text: str, cues: tuple[tuple[str, tuple[str, ...]], ...] = ()) -> tuple[str, ...]:
    """Return the facets a text asks for, without reading its words: what a faq wording asks."""
    heard = {key for _, _, key in _cues(terms(text), _cue_table(cues) if cues else _TABLE)}
    return tuple(f.key for f in FACETS if f.key in heard)


__all__ = ["QUALIFIERS", "SMALL", "UNDERSTOOD", "Question", "Sense", "facets_of", "read"]
