"""An answer, or a page, as lines that each know what they are for.  Decides nothing, and loses no caution."""

from collections.abc import Callable, Iterator, Mapping
from typing import Literal, NamedTuple

from assistant.facets import FACETS
from assistant.model import (
    Alarm,
    Answer,
    Block,
    Caution,
    Heading,
    NumberedStep,
    Option,
    Page,
    Paragraph,
    Source,
    Step,
    Text,
)
from assistant.telling import first_sentence

Role = Literal["heading", "alarm", "text", "quiet", "step", "caution", "option", "source", "related"]
#: What a line of each role opens with, and what it opens with where it is heard and not seen.
_LABELS: dict[Role, tuple[str, str]] = {
    "heading": ("", ""),
    "alarm": ("", "Warning: "),
    "text": ("", ""),
    "quiet": ("", "Note: "),
    "step": ("{}. ", "Step {}: "),
    "caution": ("Caution: ", "Caution: "),
    "option": ("{}. ", "Question {}: "),
    "source": ("From: ", "Source: "),
    "related": ("{}. ", "Question {}: "),
}


class Line(NamedTuple):
    """One paragraph of output, and what it is for."""

    role: Role
    text: str
    label: str = ""
    """what its text opens with, and its later rows stand behind: "Caution: ", "2. " """
    lead: int = 0
    """how many characters after the label are what was asked for, before what is only told with it"""


def line(role: Role, text: str, number: int = 0, spoken: bool = False, lead: int = 0) -> Line:
    """Return a line that opens with the label of its role; `spoken` has it in words."""
    label = _LABELS[role][spoken].format(number)
    return Line(role, label + text, label, lead)


def lines(answer: Answer, spoken: bool = False) -> Iterator[Line]:
    """Yield what a person reads as the answer, cautions included, without its source and what to ask next."""
    before: Block | None = None
    for block in answer.blocks:
        shown = _line(block, spoken)
        named = isinstance(before, Heading) or answer.outcome == "stop"
        yield shown._replace(lead=0) if named and shown.role == "text" else shown
        before = block


def _line(block: Block, spoken: bool) -> Line:
    match block:
        case Heading(text):
            return line("heading", text)
        case Paragraph(text, True):
            return line("quiet", text, spoken=spoken)
        case Paragraph(text):
            return line("text", text, lead=len(first_sentence(text)))
        case NumberedStep(number, text):
            name = len(first_sentence(text))
            return line("step", text, number, spoken, name if name < len(text) else 0)
        case Alarm(text):
            return line("alarm", text, spoken=spoken)
        case Caution(text):
            return line("caution", text)
        case Option(number, text):
            return line("option", text, number, spoken)


def whole(answer: Answer, spoken: bool = False, fits: Callable[[str], bool] = bool) -> Iterator[Line]:
    """Yield all of an answer: what it says, where it comes from, what can be asked next.

    Two sources are named, or one, or the opening of its title, whichever `fits` first; the others are told by number.
    """
    yield from lines(answer, spoken)
    if answer.sources:
        told = [line("source", text, spoken=spoken) for text in _named(answer.sources)][: 2 if spoken else 3]
        yield next((one for one in told if fits(one.text)), told[-1])
    for option in answer.related:
        yield line("related", option.text, option.number, spoken)


def _named(sources: tuple[Source, ...]) -> Iterator[str]:
    """Yield ways to tell where an answer comes from, each shorter than the one before."""
    first, *others = (source.title for source in sources)
    opening, comma, _ = first.partition(", ")
    for named in ((first, *others[:1]), (first,), (opening + "…" if comma else first,)):
        more = len(sources) - len(named)
        told = "; ".join(named)
        yield told + (f"{'' if told.endswith('…') else ';'} and {more} more" if more else "")


def page(
    shown: Page, sources: Mapping[str, Source], spoken: bool = False, facet: str = "", step: int = 0
) -> Iterator[Line]:
    """Yield a whole page, cautions first; of one facet or step no more than that, its cautions and its sources."""
    part = bool(facet or step)
    yield line("heading", shown.title)
    if shown.aliases and not part:
        yield line("quiet", "Also: " + ", ".join(shown.aliases))
    yield from (line("caution", text) for text in shown.cautions)
    said = dict(shown.facets)
    for one in FACETS[::-1]:
        if one.key in said and (not part or one.key == facet):
            yield line("heading", one.heading)
            yield line("text", said[one.key].say)
    for number, told in enumerate(shown.steps, 1):
        if not part or step == number or facet == "how":
            yield from _step(number, told)
    for item in shown.faq if not part else ():
        yield line("heading", item.ask[0].rstrip("?") + "?")
        yield line("text", item.say.say)
    keys = dict.fromkeys(key for text in texts(shown, facet, step) for key in text.sources)
    titles = [sources[key].title for key in (*keys, *(k for k in shown.sources if k not in keys)) if key in sources]
    if titles:
        yield line("source", "; ".join(titles), spoken=spoken)


def _step(number: int, step: Step) -> Iterator[Line]:
    yield line("heading", f"Step {number}" + (f": {step.title}" if step.title else ""))
    yield line("text", step.do.say)
    if step.caution:
        yield line("caution", step.caution)
    told: tuple[tuple[str, Text | None], ...] = (
        ("What it is for", step.why),
        ("Which way", step.path),
        ("How hard", step.pressure),
        ("Sides", step.sides),
        ("Easier", step.easier),
    )
    yield from (line("text", f"{name}: {text.say}") for name, text in told if text)
    if step.minutes:
        yield line("text", f"Time: {step.minutes:g} min")
    if step.say:
        yield line("text", f"Say: “{step.say}”")


def texts(shown: Page, facet: str = "", step: int = 0) -> Iterator[Text]:
    """Yield the texts of a page, or of one facet or step of it."""
    part = bool(facet or step)
    yield from (text for key, text in shown.facets if not part or key == facet)
    for number, told in enumerate(shown.steps, 1):
        if not part or step == number or facet == "how":
            parts = (told.do, told.why, told.path, told.pressure, told.sides, told.easier)
            yield from (text for text in parts if text)
    yield from (item.say for item in shown.faq if not part)
