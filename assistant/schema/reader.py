"""One YAML text → nodes, each with its place.  Here and nowhere else stands what YAML does to a text."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias, TypeVar

import yaml

from assistant.model import Problem, Text

T = TypeVar("T")
#: key → (key node, value node)
Fields: TypeAlias = dict[str, tuple[Any, Any]]
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DOCUMENT_END = re.compile(r"^---(?:[ \t].*)?$", re.MULTILINE)
_SOURCES_AT_END = re.compile(r"\s*\[([A-Z0-9][A-Z0-9-]*(?:\s*;\s*[A-Z0-9][A-Z0-9-]*)*)\]\s*$")
_CLOCK = re.compile(r"(\d+):([0-5]?\d)")
_SECONDS = re.compile(r"(\d+(?:\.\d+)?)\s*(?:s|sec|seconds?)")
_MINUTES = re.compile(r"(\d+(?:\.\d+)?)\s*(?:m|min|minutes?)?")


class Reader:
    """Walks the nodes of one document and collects its problems instead of stopping at the first."""

    def __init__(self, path: str, lines: list[str], offset: int) -> None:
        self.path, self.lines, self.offset = path, lines, offset
        self.problems: list[Problem] = []
        self.places: list[tuple[str, int, int]] = []

    def at(self, line: int, column: int, message: str, hint: str = "") -> None:
        """Add a problem at a place counted from 0 in this document."""
        self.problems.append(Problem(self.path, line + self.offset + 1, column + 1, message, hint))

    def problem(self, node: Any, message: str, hint: str = "") -> None:
        """Add a problem at the start of a node."""
        self.at(node.start_mark.line, node.start_mark.column, message, hint)

    def meant(self, key: str) -> bool:
        """Return whether a missing key is there and misspelt, which is one slip and one problem."""
        return any(problem.hint == f"did you mean {key!r}?" for problem in self.problems)

    def mapping(self, node: Any, known: Iterable[str], what: str) -> Fields:
        """Return key → (key node, value node) of a mapping; unknown and doubled keys are problems."""
        found: Fields = {}
        if not isinstance(node, yaml.MappingNode):
            self.problem(node, f"{what} must be keys with values", 'write "key: value", a key on each line')
            return found
        known = tuple(known)
        for key_node, value in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.problem(key_node, "a key must be a word")
                continue
            key = key_node.value
            if key not in known:
                near = nearest(key, known)
                self.problem(
                    key_node,
                    f"unknown key {key!r}",
                    f"did you mean {near!r}?" if near else "known here: " + ", ".join(known),
                )
            elif key in found:
                first = found[key][0].start_mark
                at = f"{first.line + self.offset + 1}:{first.column + 1}"
                self.problem(key_node, f"key {key!r} stands twice", f"the first is at {at}; keep one of them")
            else:
                found[key] = (key_node, value)
        return found

    def word(self, node: Any, what: str) -> str:
        """Return a scalar as written, its white space made single; "" with a problem when it is none."""
        if not isinstance(node, yaml.ScalarNode):
            self.problem(node, f"{what!r} must be a text", 'one that begins with [ or { or * needs "quotes"')
            return ""
        text = " ".join(node.value.split())
        if not text or (text in ("~", "null") and not node.style):
            commented = "#" in self.lines[node.start_mark.line]
            hint = (
                'what follows # is a comment; put the text in "quotes"' if commented else "write it or delete the key"
            )
            self.problem(node, f"{what!r} is empty", hint)
            return ""
        self._swallowed(node, what)
        return text

    def _swallowed(self, node: Any, what: str) -> None:
        """A plain text that ends before ` #` on its line lost its rest to a comment, most often unmeant."""
        if not node.style and node.start_mark.line == node.end_mark.line:
            rest = self.lines[node.end_mark.line][node.end_mark.column :]
            if re.match(r"\s+#\d", rest):
                self.problem(node, f"{what!r} lost {rest.strip()!r}: it reads as a comment", 'put the text in "quotes"')

    def text(self, node: Any, what: str) -> Text:
        """Return a text and the source keys in brackets at its end: "Warm the oil. [FHR; DRDOT]"."""
        said = self.word(node, what)
        if not (found := _SOURCES_AT_END.search(said)):
            return Text(said)
        keys = tuple(key.strip() for key in found.group(1).split(";"))
        self.places += [
            (f"source {key}", node.start_mark.line + self.offset + 1, node.start_mark.column + 1) for key in keys
        ]
        return Text(said[: found.start()], keys)

    def list(self, node: Any, what: str, item: Callable[[Any, str], T]) -> tuple[T, ...]:
        """Return the items of a list, each read by `item`."""
        if not isinstance(node, yaml.SequenceNode):
            self.problem(node, f"{what!r} must be a list", 'begin each item on its own line with "- "')
            return ()
        return tuple(item(child, what) for child in node.value)

    def sentences(self, node: Any, what: str) -> tuple[str, ...]:
        """Return a list of sentences; one that its own comma cut in two inside brackets is a problem."""
        said = self.list(node, what, self.word)
        if isinstance(node, yaml.SequenceNode) and node.flow_style:
            for child, text in zip(node.value, said, strict=True):
                if child is not node.value[0] and text[:1].islower():
                    self.problem(
                        child, f"a comma cut this sentence of {what!r} in two", 'begin each on its own line with "- "'
                    )
        return said

    def pointer(self, node: Any, what: str) -> str:
        """Return a key of a source or id of a page, and remember where it stands."""
        key = self.word(node, what)
        kind = "source" if what == "sources" else "page"
        self.places.append((f"{kind} {key}", node.start_mark.line + self.offset + 1, node.start_mark.column + 1))
        return key

    def choice(self, node: Any, what: str, of: tuple[str, ...]) -> str:
        """Return a scalar that must be one of a few words."""
        word = self.word(node, what)
        if word and word not in of:
            near = nearest(word, of)
            self.problem(
                node, f"{what!r} is one of {', '.join(of)}", f"did you mean {near!r}?" if near else f"not {word!r}"
            )
            return ""
        return word

    def minutes(self, node: Any, what: str) -> float:
        """Return minutes: 2, 1.5, 1:30, 90 s."""
        word = self.word(node, what).lower()
        if found := _CLOCK.fullmatch(word):
            return round(int(found[1]) + int(found[2]) / 60, 3)
        if found := _SECONDS.fullmatch(word):
            return round(float(found[1]) / 60, 3)
        if (found := _MINUTES.fullmatch(word)) and 0 < float(found[1]) <= 600:
            return float(found[1])
        if word:
            self.problem(node, f"{what!r} must be minutes, not {word!r}", "write 2, 1.5, 1:30 or 90 s")
        return 0.0

    def is_mapping(self, node: Any) -> bool:
        """Return whether a node is keys with values."""
        return isinstance(node, yaml.MappingNode)

    def pairs(self, node: Any, what: str) -> dict[str, Any]:
        """Return key → value node of a mapping whose keys are the writer's own."""
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)] if self.is_mapping(node) else []
        return {key: value for key, (_, value) in self.mapping(node, keys, what).items()}


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like this one, or "" when none is like it."""
    import difflib

    by_lower = {name.lower(): name for name in known}
    near = difflib.get_close_matches(word.lower(), tuple(by_lower), 1, 0.6)
    return by_lower[near[0]] if near else ""


def decode(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """Return the text of a file, and a problem at the first byte that is not UTF-8."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"), []
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return "", [
            Problem(path, line, column, f"byte 0x{data[error.start]:02x} is not UTF-8", "save the file as UTF-8")
        ]


def documents(text: str, path: str) -> Iterator[tuple[Reader, Any]]:
    """Yield each document of a text as (reader, node).  A broken one is a problem of its own and hides no other.

    A line that begins with --- ends a document wherever it stands (YAML 1.2, 9.1.2), so the text is parted there first.
    """
    starts = [0, *(found.start() for found in _DOCUMENT_END.finditer(text))]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        part = text[start:end]
        reader = Reader(path, part.split("\n"), text.count("\n", 0, start))
        node = _compose(part, reader)
        if node is not None or reader.problems:
            yield reader, node


#: So many lists or mappings inside one another are mischief; what a parser says to them differs from one to the next.
_NESTED = re.compile(r"[\[{]{50}")
_TOO_DEEP = "nested too deeply to read", "a page needs three levels at most"


def _compose(part: str, reader: Reader) -> Any:
    """Return the root node of one document, or None when it is empty or, with a problem, when it is no YAML."""
    if found := yaml.reader.Reader.NON_PRINTABLE.search(part):
        line, column = part.count("\n", 0, found.start()), found.start() - part.rfind("\n", 0, found.start())
        code = f"U+{ord(found.group()):04X}"
        reader.at(line, column - 1, f"the control character {code}, which YAML does not allow", "delete it")
        return None
    if found := _NESTED.search(part):
        line, column = part.count("\n", 0, found.start()), found.start() - part.rfind("\n", 0, found.start())
        reader.at(line, column - 1, *_TOO_DEEP)
        return None
    try:
        return yaml.compose(part, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        reader.at(line, column, *_syntax(error, reader.lines, line))
    except RecursionError:
        reader.at(0, 0, *_TOO_DEEP)
    return None


def _syntax(error: yaml.MarkedYAMLError, lines: list[str], line: int) -> tuple[str, str]:
    """Return a parser's message and, where the line shows it, the edit that mends it."""
    here = lines[line] if line < len(lines) else ""
    message = f"not YAML: {error.problem or error.context}"
    if "\t" in here[: len(here) - len(here.lstrip())]:
        return message, "indent with spaces, not tabs"
    if here.count(": ") > 1 or "mapping values" in message:
        return message, 'a text with ": " in it needs "quotes"'
    if re.search(r"(?::|-)\s+[*&%@`!|>{\[]", here):
        return message, 'a text that begins with a sign such as * & % @ [ { needs "quotes"'
    return message, "look at the quotes, brackets and indents here and on the line above"
