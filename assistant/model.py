"""The nouns that all rooms share.  Values only: nothing here reads, ranks or prints."""

from typing import Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["term", "guide", "condition"]
Level: TypeAlias = Literal["stop", "ask", "local"]
Outcome: TypeAlias = Literal["answered", "ambiguous", "unknown", "stop"]


class Source(NamedTuple):
    """Where a statement comes from."""

    key: str
    title: str
    url: str = ""


class Text(NamedTuple):
    """A passage's own words and the keys of the sources that stand behind just these words, if any are given."""

    say: str
    sources: tuple[str, ...] = ()


class Step(NamedTuple):
    """One step of a guide.  Only `do` is always there; minutes are minutes, 0 when not given."""

    do: Text
    title: str = ""
    why: Text | None = None
    minutes: float = 0.0
    pressure: Text | None = None
    sides: Text | None = None
    say: str = ""
    caution: str = ""
    easier: Text | None = None
    path: Text | None = None
    avoid: tuple[str, ...] = ()
    """ids of conditions with which this step is left out"""


class Faq(NamedTuple):
    """A question people ask, in their wordings, that no facet fits, and its answer."""

    ask: tuple[str, ...]
    say: Text


class Page(NamedTuple):
    """A topic of the handbook: a term, a guide with ordered steps, or a condition with what to mind."""

    id: str
    title: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    facets: tuple[tuple[str, Text], ...] = ()
    """facet key and text, in the order of FACETS"""
    steps: tuple[Step, ...] = ()
    faq: tuple[Faq, ...] = ()
    cautions: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
    """ids of pages to go on with, nearest first"""
    sources: tuple[str, ...] = ()
    level: Level | None = None
    not_with: tuple[str, ...] = ()
    """ids of conditions with which nothing of this page is done"""


#: What opens a part of a sign that must not be heard, one after it that lifts that again ("+ unless years ago + but
#: today"), and one that has to stand near the one before it, on either side.
UNLESS, BUT, NEAR = "unless ", "but ", "near "
OPENINGS = (UNLESS, BUT, NEAR)


class Flag(NamedTuple):
    """A red flag: signs that stop everything, and what to say to them."""

    id: str
    say: str
    """what to do, first: stop, and whom to call"""
    why: str
    signs: tuple[tuple[tuple[str, ...], ...], ...]
    """each sign is parts that all have to be heard, each part the phrases that say it"""
    sources: tuple[str, ...] = ()
    page: str = ""
    """the page to read on"""


class Passage(NamedTuple):
    """One answerable piece of a page: a facet, a step (or what a step says of a facet), or a `faq` item."""

    page: str
    """id of its page"""
    facet: str
    """key of the facet it answers; `faq` for a faq item"""
    step: int
    """number of the step from 1, 0 when it belongs to no step"""
    item: int
    """number of the faq item from 1, 0 for any other"""
    text: Text


class Problem(NamedTuple):
    """What is wrong at one place of a YAML file, and the next edit.  Lines and columns count from 1."""

    path: str
    line: int
    column: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        tail = f"; {self.hint}" if self.hint else ""
        return f"{self.path}:{self.line}:{self.column}: {self.message}{tail}"


class KnowledgeError(Exception):
    """The knowledge cannot be used at all: a folder is missing or unreadable, or holds no good page."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


class Heading(NamedTuple):
    """The title of what follows."""

    text: str


class Paragraph(NamedTuple):
    """Running text; `quiet` for what stands beside the answer (how a word was read, where it comes from)."""

    text: str
    quiet: bool = False


class NumberedStep(NamedTuple):
    """One step of a guide in a list."""

    number: int
    text: str


class Alarm(NamedTuple):
    """What to do at once.  No renderer may lose it."""

    text: str


class Caution(NamedTuple):
    """What to mind.  No renderer may lose it."""

    text: str


class Option(NamedTuple):
    """A question that can be asked next, or one of the readings to choose from."""

    number: int
    text: str
    entry: str
    facet: str


Block: TypeAlias = Heading | Alarm | Paragraph | NumberedStep | Caution | Option


class Reason(NamedTuple):
    """Why a passage got a part of its score: which word of the question met what in it."""

    word: str
    """the word as typed"""
    read: str
    """what it was read as"""
    how: str
    """exact, form, synonym, slip, facet or unknown"""
    field: str
    """where it was met: title, ask (a wording), item (another wording of it), text, page, subject, facet, or nowhere"""
    worth: float
    """points of the score, of 100 in all"""


class Match(NamedTuple):
    """A passage found for a question, its score from 0 to 100, and the reasons that add up to it."""

    passage: Passage
    score: float
    reasons: tuple[Reason, ...]
    named: float = 0.0
    """how telling the longest name of its page is that the question says whole: what parts two equal scores"""
    worded: float = 0.0
    """how much of one of its wordings the question says, 0 to 1"""
    exact: bool = False
    """whether the question is one of its wordings: then it is the answer, whatever else scores"""


class Answer(NamedTuple):
    """What the assistant says to one question, as blocks; `render` turns it into text or JSON."""

    question: str
    outcome: Outcome
    blocks: tuple[Block, ...]
    entry: str = ""
    title: str = ""
    facet: str = ""
    step: int = 0
    item: int = 0
    """number of the faq item told, 0 for any other passage"""
    score: float = 0.0
    cautions: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    read_as: tuple[tuple[str, str], ...] = ()
    unknown_words: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    related: tuple[Option, ...] = ()
    matches: tuple[Match, ...] = ()
    knowledge: tuple[str, str] = ("", "")
    """version and fingerprint of the knowledge that answered"""


class Context(NamedTuple):
    """What a conversation remembers between two turns: its place, the choices offered, and who has what."""

    entry: str = ""
    facet: str = ""
    step: int = 0
    options: tuple[Option, ...] = ()
    guide: str = ""
    """the guide that was opened last, kept while something else is asked"""
    place: int = 0
    """the step of it that was told last"""
    conditions: tuple[str, ...] = ()
    """conditions that someone was said to have; kept until "forget that" """
    item: int = 0
    """number of the faq item that was told last"""
    asked: bool = False
    """whether the last turn asked which of the options is meant"""
    topic: str = ""
    """the page that is spoken of, where the last answer came from another, asked beside it: "with oil?" """
    stopped: str = ""
    """id of the red flag that was heard; no technique is told after it until "forget that" """
    before: str = ""
    """the page that was spoken of before this one: what this one does not tell, that may"""

    @property
    def spoken_of(self) -> str:
        """The page that what comes next leans on."""
        return self.topic or self.entry
