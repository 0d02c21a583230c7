"""Lines as a person sees them at a terminal: wrapped, coloured by a theme, terms marked, cautions set apart."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from assistant.columns import columns, harmless, rows
from assistant.console import Look
from assistant.lines import Line, Role
from assistant.text import tokenise

#: Never wider than a line that is easy to read, never so narrow that hardly a word fits.
WIDEST, NARROWEST = 100, 8
#: Of how many words at most a term is looked for.
LONGEST = 4
_PARTS = "heading lead quiet caution minded alarm number term"
#: Of the sixteen colours that every terminal has.  The first row is for a background that is not known: it has no
#: colour but where it sets the background as well.  Bold and black do not meet: some terminals make grey of it.
THEMES: dict[str, dict[str, str]] = {
    name: dict(zip(_PARTS.split(), row.replace("-", "").split(","), strict=True))
    for name, row in {
        "any": "1,1,-,30;43,-,1;97;41,1,4",
        "dark": "1;36,1,36,30;43,33,1;97;41,1;36,4",
        "light": "1;34,1,90,30;43,-,1;97;41,1;34,4",
        "contrast": "1;4,1,-,30;103,1,1;97;41,1,4",
    }.items()
}
#: How the label, the part that was asked and the rest of a line are shown.
_SHOWN: dict[Role, tuple[str, str, str]] = {
    "heading": ("heading", "heading", "heading"),
    "alarm": ("alarm", "alarm", "alarm"),
    "text": ("", "lead", ""),
    "quiet": ("quiet", "quiet", "quiet"),
    "step": ("number", "lead", ""),
    "caution": ("caution", "", "minded"),
    "option": ("number", "", ""),
    "source": ("quiet", "quiet", "quiet"),
    "related": ("number", "", ""),
}
#: Where terms are marked.
_MARKED: frozenset[Role] = frozenset(("text", "step"))


def width(look: Look) -> int:
    """Return how many columns are written at most."""
    return max(NARROWEST, min(look.width, WIDEST))


def shown(lines: Iterable[Line], look: Look, names: Mapping[str, str], here: str = "") -> Iterator[str]:
    """Yield lines as rows, a blank one between parts of different kinds; `here` is the page that they tell.

    Each page of which a name (folded → id) occurs is marked once.
    """
    before: Role | None = None
    told = {here}
    for line in lines:
        if before is not None and _apart(before, line.role):
            yield ""
        before = line.role
        label, lead = harmless(line.label), len(harmless(line.text[len(line.label) :][: line.lead]))
        line = Line(line.role, label + harmless(line.text[len(line.label) :]), label, lead)
        marks = list(_marks(line, names, told)) if look.colour and line.role in _MARKED else []
        yield from _rows(line, look, marks)


def _apart(before: Role, role: Role) -> bool:
    """Return whether a blank row stands between two lines: a heading stands by its text, a caution by no other kind."""
    if before == role:
        return role in ("text", "alarm")
    return before != "heading" or role in ("caution", "alarm")


def _rows(line: Line, look: Look, marks: list[tuple[int, int]]) -> Iterator[str]:
    room = width(look)
    hanging = columns(line.label)
    indent = 0 if look.accessible else hanging if hanging <= room // 4 else min(2, hanging)
    spans = rows(line.text, room, indent)
    alarmed = line.role == "alarm" and not look.accessible
    block = max((columns(line.text[start:end]) for start, end in spans), default=0) if alarmed else 0
    style = THEMES.get(look.theme, THEMES["any"]) if look.colour else {}
    rule = [_painted("!" * block, style.get("alarm", ""))] if alarmed else []
    yield from rule
    for number, (start, end) in enumerate(spans):
        row = "".join(_parts(line, start, end, marks, style)) if style else line.text[start:end]
        if alarmed and style:
            row += _painted(" " * (block - columns(line.text[start:end])), style["alarm"])
        yield (" " * indent if number else "") + row
    yield from rule


def _parts(line: Line, start: int, end: int, marks: list[tuple[int, int]], style: Mapping[str, str]) -> Iterator[str]:
    """Yield a row of a line in pieces, each in its style, none of which goes on into the next row."""
    label = len(line.label)
    ends = (len(line.label.rstrip()), label, label + line.lead, len(line.text))
    kinds = (_SHOWN[line.role][0], "", *_SHOWN[line.role][1:])
    cuts = sorted({start, end, *(cut for cut in (*ends, *(c for mark in marks for c in mark)) if start < cut < end)})
    for a, b in pairwise(cuts):
        kind = next(kind for kind, stop in zip(kinds, ends, strict=True) if a < stop)
        codes = [style.get(kind, ""), style["term"] if any(one <= a < stop for one, stop in marks) else ""]
        yield _painted(line.text[a:b], ";".join(filter(None, codes)))


def _painted(text: str, codes: str) -> str:
    return f"\x1b[{codes}m{text}\x1b[0m" if codes and text else text


def _marks(line: Line, names: Mapping[str, str], told: set[str]) -> Iterator[tuple[int, int]]:
    """Yield where terms stand, the longest first where several do; pages in `told` are passed over, others put in."""
    tokens = tokenise(line.text)
    at = 0
    while at < len(tokens):
        for words in range(min(LONGEST, len(tokens) - at), 0, -1):
            said = tokens[at : at + words]
            page = names.get(" ".join(token.term for token in said))
            if page and page not in told:
                told.add(page)
                yield said[0].start, said[-1].end
                at += words - 1
                break
        at += 1
