"""An answer as text: plain, for a terminal, JSON.  Decides nothing, and loses no caution."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from assistant.model import (
    FACETS,
    Alarm,
    Answer,
    Block,
    Caution,
    Heading,
    Match,
    NumberedStep,
    Option,
    Page,
    Paragraph,
    Source,
    Text,
)

Role = Literal["heading", "alarm", "text", "quiet", "step", "caution", "option", "source", "related"]
#: Never wider than a line that is easy to read, never so narrow that words break.
WIDEST, NARROWEST = 100, 20
_STYLES: dict[Role, str] = {
    "heading": "1",
    "text": "",
    "quiet": "2",
    "step": "",
    "caution": "1;33",
    "alarm": "1;31",
    "option": "36",
    "source": "2",
    "related": "36",
}


class Line(NamedTuple):
    """One paragraph of output, and what it is for."""

    role: Role
    text: str
    indent: int = 0
    """columns that its second and later rows stand in from the left"""


def lines(answer: Answer) -> Iterator[Line]:
    """Yield what a person reads as the answer, cautions included, without its source and what to ask next."""
    yield from (_line(block) for block in answer.blocks)


def _line(block: Block) -> Line:
    match block:
        case Heading(text):
            return Line("heading", text)
        case Paragraph(text, quiet):
            return Line("quiet" if quiet else "text", text)
        case NumberedStep(number, text):
            return Line("step", f"{number}. {text}", 3)
        case Alarm(text):
            return Line("alarm", text)
        case Caution(text):
            return Line("caution", f"Caution: {text}", 9)
        case Option(number, text):
            return Line("option", f"{number}. {text}", 3)


def whole(answer: Answer) -> Iterator[Line]:
    """Yield all of an answer: what it says, where it comes from, what can be asked next."""
    yield from lines(answer)
    if answer.sources:
        yield Line("source", _from(answer.sources))
    for option in answer.related:
        yield Line("related", f"{option.number}. {option.text}", 3)


def _from(sources: tuple[Source, ...]) -> str:
    """Return the line that tells where an answer comes from: two sources by name, the others by number."""
    more = len(sources) - 2
    return "From: " + "; ".join(source.title for source in sources[:2]) + (f"; and {more} more" if more > 0 else "")


def plain(answer: Answer) -> str:
    """Return an answer as text, one paragraph a line."""
    return "\n".join(line.text for line in whole(answer))


def terminal(answer: Answer, width: int, colour: bool) -> str:
    """Return an answer for a terminal `width` columns wide; without its colours it is the same words as plain."""
    return "\n".join(wrapped(whole(answer), width, colour))


def wrapped(shown: Iterable[Line], width: int, colour: bool) -> Iterator[str]:
    """Yield lines broken at white space to a width, a blank line between parts of different kinds."""
    import textwrap

    before: Role | None = None
    for line in shown:
        if before is not None and (line.role != before or line.role == "text"):
            yield ""
        before = line.role
        rows = textwrap.wrap(
            line.text,
            max(NARROWEST, min(width, WIDEST)),
            subsequent_indent=" " * line.indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        style = _STYLES[line.role] if colour else ""
        yield from (f"\x1b[{style}m{row}\x1b[0m" if style else row for row in rows)


def as_json(answer: Answer, id: Any = None) -> dict[str, Any]:  # noqa: A002 - the contract's own name
    """Return an answer as the JSON object of the contract."""
    return {
        "schema": 1,
        "id": id,
        "question": answer.question,
        "status": answer.outcome,
        "answer": "\n".join(line.text for line in lines(answer)),
        "entry": answer.entry or None,
        "title": answer.title or None,
        "facet": answer.facet or None,
        "step": answer.step or None,
        "score": answer.score,
        "cautions": list(answer.cautions),
        "sources": [source._asdict() for source in answer.sources],
        "read_as": dict(answer.read_as),
        "unknown_words": list(answer.unknown_words),
        "options": [_choice(option) for option in answer.options],
        "related": [_choice(option) for option in answer.related],
        "knowledge": {"version": answer.knowledge[0], "fingerprint": answer.knowledge[1]},
    }


def _choice(option: Option) -> dict[str, str]:
    return {"entry": option.entry, "facet": option.facet, "title": option.text}


def explained(answer: Answer) -> str:
    """Return why the best passages rank as they do: every word, how it was read, where met, what that was worth.

    The runner-up is the best passage of another page; the gap between the two is told in points of 100.
    """
    if not answer.matches:
        return "nothing of it was looked for" if answer.outcome != "unknown" else "no page has a word of it"
    best = answer.matches[0]
    rivals = [match for match in answer.matches if match.passage.page != best.passage.page][:1]
    rows = _explained(best)
    for rival in rivals:
        rows += [f"runner-up, {best.score - rival.score:.1f} points behind:", *_explained(rival)]
    if not rivals:
        rows.append("no other page comes near")
    return "\n".join(rows)


def _explained(match: Match) -> list[str]:
    """Return a passage with its score, and a line for each of the reasons that add up to it."""
    passage = match.passage
    place = f"step {passage.step} " if passage.step else f"{passage.item} " if passage.item else ""
    return [f"{match.score:5.1f}  {passage.page}  {place}{passage.facet}"] + [
        f"       {reason.worth:5.1f}  {reason.word}"
        + (f" as {reason.read}" if reason.read != reason.word else "")
        + f"  {reason.how}, {reason.field}"
        for reason in match.reasons
    ]


def page(shown: Page, sources: Mapping[str, Source]) -> Iterator[Line]:
    """Yield a whole page, cautions first."""
    yield Line("heading", shown.title)
    if shown.aliases:
        yield Line("quiet", "Also: " + ", ".join(shown.aliases))
    yield from (Line("caution", f"Caution: {text}", 9) for text in shown.cautions)
    said = dict(shown.facets)
    for facet in FACETS[::-1]:
        if facet.key in said:
            yield Line("heading", facet.heading)
            yield Line("text", said[facet.key].say)
    for number, step in enumerate(shown.steps, 1):
        yield Line("heading", f"Step {number}" + (f": {step.title}" if step.title else ""))
        yield Line("text", step.do.say)
        if step.caution:
            yield Line("caution", f"Caution: {step.caution}", 9)
        told: tuple[tuple[str, Text | None], ...] = (
            ("What it is for", step.why),
            ("Which way", step.path),
            ("How hard", step.pressure),
            ("Sides", step.sides),
            ("Easier", step.easier),
        )
        yield from (Line("text", f"{name}: {text.say}") for name, text in told if text)
        if step.minutes:
            yield Line("text", f"Time: {step.minutes:g} min")
        if step.say:
            yield Line("text", f"Say: “{step.say}”")
    for item in shown.faq:
        yield Line("heading", item.ask[0].rstrip("?") + "?")
        yield Line("text", item.say.say)
    keys = dict.fromkeys(key for text in _texts(shown) for key in text.sources)
    titles = [sources[key].title for key in (*keys, *(k for k in shown.sources if k not in keys)) if key in sources]
    if titles:
        yield Line("source", "From: " + "; ".join(titles))


def _texts(shown: Page) -> Iterator[Text]:
    yield from (text for _, text in shown.facets)
    for step in shown.steps:
        yield from (text for text in (step.do, step.why, step.path, step.pressure, step.sides, step.easier) if text)
    yield from (item.say for item in shown.faq)
