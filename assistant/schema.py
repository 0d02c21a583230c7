"""One YAML text → pages and problems, each problem with its line and column.  The only room that knows YAML.

Scalars are read as they are written and converted here, by what the key stands for: `minutes: 1:30` is a minute and a
half and never 90, `aliases: [no]` is the word "no" and never false, and what a comment swallowed is asked about.
A page with a problem is left out whole, for the slip may have hidden a caution.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, TypeVar, get_args

import yaml

from assistant.model import FACETS, Faq, Kind, Level, Page, Problem, Source, Step, Text
from assistant.text import terms

T = TypeVar("T")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DOCUMENT_END = re.compile(r"^---(?:[ \t].*)?$", re.MULTILINE)
_SOURCES_AT_END = re.compile(r"\s*\[([A-Z0-9][A-Z0-9-]*(?:\s*;\s*[A-Z0-9][A-Z0-9-]*)*)\]\s*$")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CLOCK = re.compile(r"(\d+):([0-5]?\d)")
_SECONDS = re.compile(r"(\d+(?:\.\d+)?)\s*(?:s|sec|seconds?)")
_MINUTES = re.compile(r"(\d+(?:\.\d+)?)\s*(?:m|min|minutes?)?")


class Words(NamedTuple):
    """What a shelf says about words: synonyms as (term, what people say for it), and cues as (facet, phrase)."""

    synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    cues: tuple[tuple[str, str], ...] = ()


class Placed(NamedTuple):
    """A page, and where its YAML stands, for problems that only show beside other pages."""

    page: Page
    path: str
    line: int
    places: tuple[tuple[str, int, int], ...]
    """(what, line, column) of every source key and page id that this page points at"""


class _Reader:
    """Walks the nodes of one document and collects its problems instead of stopping at the first."""

    def __init__(self, path: str, lines: list[str], offset: int) -> None:
        self.path, self.lines, self.offset = path, lines, offset
        self.problems: list[Problem] = []
        self.places: list[tuple[str, int, int]] = []

    def problem(self, node: Any, message: str, hint: str = "") -> None:
        mark = node.start_mark
        self.problems.append(Problem(self.path, mark.line + self.offset + 1, mark.column + 1, message, hint))

    def mapping(self, node: Any, known: Iterable[str], what: str) -> dict[str, tuple[Any, Any]]:
        """Return key → (key node, value node) of a mapping; unknown and doubled keys are problems."""
        found: dict[str, tuple[Any, Any]] = {}
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

    def cautions(self, node: Any) -> tuple[str, ...]:
        """Return what to mind; a sentence that its own comma cut in two inside brackets is a problem."""
        cautions = self.list(node, "cautions", self.word)
        if isinstance(node, yaml.SequenceNode) and node.flow_style:
            for child, text in zip(node.value, cautions, strict=True):
                if child is not node.value[0] and text[:1].islower():
                    self.problem(child, "a comma cut this caution in two", 'begin each on its own line with "- "')
        return cautions

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

    def step(self, node: Any, _what: str) -> Step:
        """Return one step of a guide."""
        known = Step._fields
        fields = self.mapping(node, known, "a step")
        if (
            isinstance(node, yaml.MappingNode)
            and "do" not in fields
            and not any(p.message.startswith("unknown key") for p in self.problems)
        ):
            self.problem(node, "a step needs 'do'", 'write what the hands do: "- do: Slide both palms …"')
        values: dict[str, Any] = {}
        for key, (_, value) in fields.items():
            reader = {"minutes": self.minutes, "title": self.word, "say": self.word, "caution": self.word}.get(
                key, self.text
            )
            values[key] = reader(value, key)
        return Step(**{"do": Text(""), **values})

    def faq(self, node: Any, _what: str) -> Faq:
        """Return one question in its wordings and its answer."""
        fields = self.mapping(node, Faq._fields, "a faq item")
        for key in Faq._fields:
            if key not in fields and isinstance(node, yaml.MappingNode):
                self.problem(
                    node,
                    f"a faq item needs {key!r}",
                    'write "- ask: [a question, another wording]" and "say: its answer"',
                )
        ask = self.list(fields["ask"][1], "ask", self.word) if "ask" in fields else ()
        return Faq(ask, self.text(fields["say"][1], "say") if "say" in fields else Text(""))

    def page(self, node: Any) -> Page | None:
        """Return the page of a document, or None when it has problems."""
        facet_keys = tuple(facet.key for facet in FACETS)
        plain = tuple(key for key in Page._fields if key != "facets")
        fields = self.mapping(node, (*plain, *facet_keys), "a page")
        if not isinstance(node, yaml.MappingNode):
            return None
        values: dict[str, Any] = {}
        readers: dict[str, Callable[[Any], Any]] = {
            "title": lambda n: self.word(n, "title"),
            "id": lambda n: self.word(n, "id"),
            "kind": lambda n: self.choice(n, "kind", get_args(Kind)),
            "level": lambda n: self.choice(n, "level", get_args(Level)),
            "aliases": lambda n: self.list(n, "aliases", self.word),
            "cautions": self.cautions,
            "sources": lambda n: self.list(n, "sources", self.pointer),
            "see": lambda n: self.list(n, "see", self.pointer),
            "steps": lambda n: self.list(n, "steps", self.step),
            "faq": lambda n: self.list(n, "faq", self.faq),
        }
        for key, read in readers.items():
            if key in fields:
                values[key] = read(fields[key][1])
        facets = tuple((key, self.text(fields[key][1], key)) for key in facet_keys if key in fields)
        if "title" not in fields:
            self.problem(node, "a page needs 'title'", "the smallest page is a title and one facet, such as what")
        elif not terms(values["title"]) and values["title"]:
            self.problem(fields["title"][1], "'title' holds no word")
        if not (facets or values.get("steps") or values.get("faq")) and not self.problems:
            self.problem(node, "a page needs something to answer", "add a facet, such as what: or how:")
        id_ = values.setdefault("id", "-".join(terms(values.get("title", ""))))
        if "id" in fields and not _ID.fullmatch(id_):
            self.problem(
                fields["id"][1],
                f"id {id_!r} must be small letters, digits and hyphens",
                "leave it out: it is made from the title",
            )
        values["kind"] = values.get("kind") or ("guide" if values.get("steps") else "term")
        self._belongs(fields, values)
        return None if self.problems else Page(**{**values, "facets": facets})

    def _belongs(self, fields: dict[str, tuple[Any, Any]], values: dict[str, Any]) -> None:
        """What a kind must have, and what only it may have."""
        if values["kind"] == "guide" and "steps" not in fields:
            self.problem(fields["kind"][1], "a guide needs 'steps'", 'add "steps:", each step with "- do:"')
        if values["kind"] == "condition" and "level" not in fields:
            self.problem(fields["kind"][1], "a condition needs 'level'", "one of " + ", ".join(get_args(Level)))
        if "level" in fields and values["kind"] != "condition":
            self.problem(fields["level"][0], "only a condition has a 'level'", 'add "kind: condition" or delete it')


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


def _documents(text: str, path: str) -> Iterator[tuple[_Reader, Any]]:
    """Yield each document of a text as (reader, node).  A broken one is a problem of its own and hides no other.

    A line that begins with --- ends a document wherever it stands (YAML 1.2, 9.1.2), so the text is parted there first.
    """
    starts = [0, *(found.start() for found in _DOCUMENT_END.finditer(text))]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        part = text[start:end]
        reader = _Reader(path, part.split("\n"), text.count("\n", 0, start))
        try:
            node = yaml.compose(part, Loader=_LOADER)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line, mark.column) if mark else (0, 0)
            reader.problems.append(
                Problem(path, line + reader.offset + 1, column + 1, *_syntax(error, reader.lines, line))
            )
            node = None
        except yaml.YAMLError as error:
            at = getattr(error, "position", 0) or 0
            line = part.count("\n", 0, at) + reader.offset + 1
            reader.problems.append(
                Problem(path, line, 1, "a character that YAML does not allow", "delete the control character")
            )
            node = None
        except RecursionError:
            reader.problems.append(Problem(path, reader.offset + 1, 1, "nested too deeply to read"))
            node = None
        if node is not None or reader.problems:
            yield reader, node


def _syntax(error: yaml.MarkedYAMLError, lines: list[str], line: int) -> tuple[str, str]:
    """Return a parser's message and, where the line shows it, the edit that mends it."""
    here = lines[line] if line < len(lines) else ""
    message = f"not YAML: {error.problem or error.context}"
    if "\t" in here[: len(here) - len(here.lstrip())]:
        return message, "indent with spaces, not tabs"
    if here.count(": ") > 1 or "mapping values" in message:
        return message, 'a text with ": " in it needs "quotes"'
    if "alias" in message or "anchor" in message or "token" in message:
        return message, 'a text that begins with a sign such as * & % @ needs "quotes"'
    return message, "look at the quotes, brackets and indents here and on the line above"


def parse_pages(data: bytes, path: str) -> tuple[list[Placed], list[Problem]]:
    """Read the pages of one file; returns the good ones, and all problems of the others.  Raises nothing."""
    text, problems = decode(data, path)
    placed: list[Placed] = []
    for reader, node in _documents(text, path):
        page = None if node is None else reader.page(node)
        problems += reader.problems
        if page is not None:
            line = node.start_mark.line + reader.offset + 1
            placed.append(Placed(page, path, line, tuple(reader.places)))
    return placed, problems


def parse_sources(data: bytes, path: str) -> tuple[dict[str, Source], list[Problem]]:
    """Read `sources.yaml`: key → title, or key → {title, url}."""
    text, problems = decode(data, path)
    sources: dict[str, Source] = {}
    for reader, node in _documents(text, path):
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
            for key, (_, value) in reader.mapping(node, keys, "sources").items():
                if isinstance(value, yaml.MappingNode):
                    fields = reader.mapping(value, ("title", "url"), "a source")
                    said = {name: reader.word(field, name) for name, (_, field) in fields.items()}
                    if "title" not in said:
                        reader.problem(value, f"source {key!r} needs 'title'")
                    sources[key] = Source(key, said.get("title", ""), said.get("url", ""))
                else:
                    sources[key] = Source(key, reader.word(value, key))
        elif node is not None:
            reader.problem(node, "sources must be keys with titles", 'write "KEY: title"')
        problems += reader.problems
    return sources, problems


def parse_words(data: bytes, path: str) -> tuple[Words, list[Problem]]:
    """Read `words.yaml`: `synonyms`, term → what people say for it, and `cues`, facet → more phrases that ask for it."""
    text, problems = decode(data, path)
    synonyms: list[tuple[str, tuple[str, ...]]] = []
    cues: list[tuple[str, str]] = []
    for reader, node in _documents(text, path):
        parts = reader.mapping(node, ("synonyms", "cues"), "words") if node is not None else {}
        if "synonyms" in parts:
            table = parts["synonyms"][1]
            keys = (
                [k.value for k, _ in table.value if isinstance(k, yaml.ScalarNode)]
                if isinstance(table, yaml.MappingNode)
                else []
            )
            for key, (_, value) in reader.mapping(table, keys, "synonyms").items():
                synonyms.append((key, reader.list(value, key, reader.word)))
        if "cues" in parts:
            for key, (_, value) in reader.mapping(parts["cues"][1], [f.key for f in FACETS], "cues").items():
                cues += [(key, phrase) for phrase in reader.list(value, key, reader.word)]
        problems += reader.problems
    return Words(tuple(synonyms), tuple(cues)), problems


def parse_shelf(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """Read `shelf.yaml`; returns the version of the shelf's knowledge."""
    text, problems = decode(data, path)
    version = ""
    for reader, node in _documents(text, path):
        fields = reader.mapping(node, ("version",), "shelf") if node is not None else {}
        if "version" in fields:
            version = reader.word(fields["version"][1], "version")
        problems += reader.problems
    return version, problems
