"""An answer as text: plain, for a terminal, JSON.  Decides nothing, and loses no caution."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from assistant.console import Look
from assistant.lines import Line, lines, whole
from assistant.model import Answer, Match, Option

#: No term is marked.
UNMARKED: Mapping[str, str] = {}


def plain(answer: Answer) -> str:
    """Return an answer as text, one paragraph a line."""
    return "\n".join(line.text for line in whole(answer))


def terminal(answer: Answer, look: Look, names: Mapping[str, str] = UNMARKED) -> str:
    """Return an answer for a terminal of that look; without its colours it is the same words as plain.

    `names` (folded → id of a page) are marked once each, those of the answer's own page not at all.  Where not all
    sources that plain names fit one row, the first is named and the others are told by their number.
    """
    from assistant import screen  # a pipe has no use for it, nor for what measures a text
    from assistant.columns import columns

    room = screen.width(look)
    told = whole(answer, look.accessible, lambda text: columns(text) <= room)
    return "\n".join(screen.shown(told, look, names, answer.entry))


#: How a line of each role is written in Markdown, after the first heading.
_MARKDOWN = {
    "heading": "## {}",
    "alarm": "> **{}**",
    "caution": "> {}",
    "quiet": "*{}*",
    "source": "*{}*",
    "option": "{}",
    "step": "{}",
    "related": "- {}",
    "text": "{}",
}


def markdown(answer: Answer) -> str:
    """Return an answer as Markdown; no caution is lost."""
    return as_markdown(whole(answer))


def as_markdown(told: Iterable[Line]) -> str:
    """Return lines as Markdown, a blank line between two that are no rows of one list."""
    rows: list[str] = []
    before = ""
    for line in told:
        text = line.text.removeprefix(line.label) if line.role == "related" else line.text
        opening = _MARKDOWN[line.role] if before or line.role != "heading" else "# {}"
        if before and not (line.role == before and before in ("step", "option", "related")):
            rows.append("")
        rows.append(opening.format(text))
        before = line.role
    return "\n".join(rows)


def wrapped(shown: Iterable[Line], look: Look) -> Iterator[str]:
    """Yield lines as the rows of a terminal of that look."""
    from assistant import screen

    return screen.shown(shown, look, UNMARKED)


def fits(text: str, height: int) -> bool:
    """Return whether a text, broken into rows as it is, can be seen whole on so many rows of a terminal."""
    return text.count("\n") < height


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
