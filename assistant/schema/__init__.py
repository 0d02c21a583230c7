"""One YAML text → pages and problems, each problem with its line and column.  The only room that knows YAML.

Scalars are read as they are written and converted here, by what the key stands for: `minutes: 1:30` is a minute and a
half and never 90, `aliases: [no]` is the word "no" and never false, and what a comment swallowed is asked about.
A page with a problem is left out whole, for the slip may have hidden a caution.
"""

import re
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any, NamedTuple, TypeAlias, get_args

from assistant.facets import FACETS
from assistant.model import NEAR, OPENINGS, UNLESS, Faq, Flag, Kind, Level, Page, Problem, Source, Step, Text
from assistant.schema.reader import Fields, Reader, decode, documents, nearest
from assistant.text import terms

__all__ = [
    "Placed",
    "Words",
    "nearest",
    "parse_flags",
    "parse_pages",
    "parse_questions",
    "parse_shelf",
    "parse_sources",
    "parse_words",
]
#: How the words of a red flag open, so that nobody can take them for leave to go on.
_STOPS = re.compile(r"^(?:Stop|Do not|Please get help)\b")
#: What of a page a question can be expected to find.
_PARTS = (*(facet.key for facet in FACETS), "faq")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Words(NamedTuple):
    """What a shelf says about words."""

    synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """term and what people say for it"""
    cues: tuple[tuple[str, str], ...] = ()
    """facet and a phrase that asks for it"""
    outside: tuple[str, ...] = ()
    """words of neighbouring subjects that are left out"""


class Placed(NamedTuple):
    """A page, and where its YAML stands, for problems that only show beside other pages."""

    page: Page
    path: str
    line: int
    places: tuple[tuple[str, int, int], ...]
    """(what, line, column) of every source key and page id that this page points at"""


#: How the value of each key of a page is read, beside the facets, which are texts.
_PAGE: dict[str, Callable[[Reader, Any, str], Any]] = {
    "title": Reader.word,
    "id": Reader.word,
    "kind": lambda r, node, key: r.choice(node, key, get_args(Kind)),
    "level": lambda r, node, key: r.choice(node, key, get_args(Level)),
    "aliases": lambda r, node, key: r.list(node, key, r.word),
    "cautions": Reader.sentences,
    "sources": lambda r, node, key: r.list(node, key, r.pointer),
    "see": lambda r, node, key: r.list(node, key, r.pointer),
    "not_with": lambda r, node, key: r.list(node, key, r.pointer),
    "steps": lambda r, node, key: r.list(node, key, lambda one, _: _step(r, one)),
    "faq": lambda r, node, key: r.list(node, key, lambda one, _: _faq(r, one)),
}
_STEP: dict[str, Callable[[Reader, Any, str], Any]] = dict.fromkeys(Step._fields, Reader.text) | {
    "minutes": Reader.minutes,
    "title": Reader.word,
    "say": Reader.word,
    "caution": Reader.word,
    "avoid": lambda r, node, key: r.list(node, key, r.pointer),
}


def _step(r: Reader, node: Any) -> Step:
    """Return one step of a guide."""
    fields = r.mapping(node, _STEP, "a step")
    if fields and "do" not in fields and not r.meant("do"):
        r.problem(node, "a step needs 'do'", 'write what the hands do: "- do: Slide both palms …"')
    values = {key: _STEP[key](r, value, key) for key, (_, value) in fields.items()}
    return Step(**{"do": Text(""), **values})


def _faq(r: Reader, node: Any) -> Faq:
    """Return one question in its wordings and its answer."""
    fields = r.mapping(node, Faq._fields, "a faq item")
    for key in Faq._fields:
        if fields and key not in fields:
            hint = 'write "- ask: [a question, another wording]" and "say: its answer"'
            r.problem(node, f"a faq item needs {key!r}", hint)
    ask = r.list(fields["ask"][1], "ask", r.word) if "ask" in fields else ()
    return Faq(ask, r.text(fields["say"][1], "say") if "say" in fields else Text(""))


def _page(r: Reader, node: Any) -> Page | None:
    """Return the page of a document, or None when it has problems."""
    facet_keys = tuple(facet.key for facet in FACETS)
    fields = r.mapping(node, (*_PAGE, *facet_keys), "a page")
    values = {key: read(r, fields[key][1], key) for key, read in _PAGE.items() if key in fields}
    facets = tuple((key, r.text(fields[key][1], key)) for key in facet_keys if key in fields)
    if not fields:
        return None
    title = values.get("title", "")
    if "title" not in fields and not r.meant("title"):
        r.problem(node, "a page needs 'title'", "the smallest page is a title and one facet, such as what")
    elif title and not terms(title):
        r.problem(fields["title"][1], "'title' needs a letter or a digit", "name what the page is about")
    if not (facets or values.get("steps") or values.get("faq")) and not r.problems:
        r.problem(node, "a page needs something to answer", "add a facet, such as what: or how:")
    values.setdefault("id", "-".join(terms(title)))
    if "id" in fields and not _ID.fullmatch(values["id"]):
        hint = "leave it out: it is made from the title"
        r.problem(fields["id"][1], f"id {values['id']!r} must be small letters, digits and hyphens", hint)
    values["kind"] = values.get("kind") or ("guide" if values.get("steps") else "term")
    _belongs(r, fields, values["kind"])
    return None if r.problems else Page(**values, facets=facets)


def _belongs(r: Reader, fields: Fields, kind: str) -> None:
    """Add a problem for what a kind must have, and for what only another kind may have."""
    if kind == "guide" and "steps" not in fields:
        r.problem(fields["kind"][1], "a guide needs 'steps'", 'add "steps:", each step with "- do:"')
    if kind == "condition" and "level" not in fields:
        r.problem(fields["kind"][1], "a condition needs 'level'", "one of " + ", ".join(get_args(Level)))
    if "level" in fields and kind != "condition":
        r.problem(fields["level"][0], "only a condition has a 'level'", 'add "kind: condition" or delete it')


def parse_pages(data: bytes, path: str) -> tuple[list[Placed], list[Problem]]:
    """Read the pages of one file; returns the good ones, and all problems of the others.  Raises nothing."""
    text, problems = decode(data, path)
    placed: list[Placed] = []
    for r, node in documents(text, path):
        page = None if node is None else _page(r, node)
        problems += r.problems
        if page is not None:
            placed.append(Placed(page, path, node.start_mark.line + r.offset + 1, tuple(r.places)))
    return placed, problems


def parse_sources(data: bytes, path: str) -> tuple[dict[str, Source], list[Problem]]:
    """Read `sources.yaml`: key → title, or key → {title, url}."""
    text, problems = decode(data, path)
    sources: dict[str, Source] = {}
    for r, node in documents(text, path):
        for key, value in ({} if node is None else r.pairs(node, "sources")).items():
            if not r.is_mapping(value):
                sources[key] = Source(key, r.word(value, key))
                continue
            said = {
                name: r.word(field, name) for name, (_, field) in r.mapping(value, ("title", "url"), "a source").items()
            }
            if "title" not in said:
                r.problem(value, f"source {key!r} needs 'title'", 'write "KEY: {title: …, url: …}"')
            sources[key] = Source(key, said.get("title", ""), said.get("url", ""))
        problems += r.problems
    return sources, problems


def parse_words(data: bytes, path: str) -> tuple[Words, list[Problem]]:
    """Read `words.yaml`: synonyms by term, cues by facet, and words outside of what the handbook is about."""
    text, problems = decode(data, path)
    synonyms: list[tuple[str, tuple[str, ...]]] = []
    cues: list[tuple[str, str]] = []
    outside: list[str] = []
    for r, node in documents(text, path):
        parts = r.mapping(node, ("synonyms", "cues", "outside"), "words") if node is not None else {}
        if "synonyms" in parts:
            table = r.pairs(parts["synonyms"][1], "synonyms")
            synonyms += [(key, r.list(value, key, r.word)) for key, value in table.items()]
        if "cues" in parts:
            for key, (_, value) in r.mapping(parts["cues"][1], [f.key for f in FACETS], "cues").items():
                cues += [(key, phrase) for phrase in r.list(value, key, r.word)]
        if "outside" in parts:
            outside += r.list(parts["outside"][1], "outside", r.word)
        problems += r.problems
    return Words(tuple(synonyms), tuple(cues), tuple(outside)), problems


def parse_flags(data: bytes, path: str) -> tuple[list[Flag], list[Problem]]:
    """Read `red_flags.yaml`: flags by id, and under `ways` ways to say one thing, which a sign names as <group>.

    A flag with a problem is kept as far as it can be read.
    """
    text, problems = decode(data, path)
    flags: list[Flag] = []
    for r, node in documents(text, path):
        rows = {} if node is None else r.pairs(node, "red flags")
        ways = _ways(r, rows.pop("ways", None))
        for key, value in rows.items():
            fields = r.mapping(value, ("say", "why", "sources", "page", "unless", "signs"), "a red flag")
            for needed in ("say", "why", "signs"):
                if fields and needed not in fields and not r.meant(needed):
                    r.problem(value, f"red flag {key!r} needs {needed!r}")
            said = {name: r.word(fields[name][1], name) for name in ("say", "why", "page") if name in fields}
            if said.get("say") and not _STOPS.search(said["say"]):
                hint = 'such as "Stop, no massage, and see a doctor today."'
                r.problem(
                    fields["say"][1],
                    f"red flag {key!r} must open with what to do: Stop, Do not or Please get help",
                    hint,
                )
                said["say"] = said["why"] = ""
            sources, signs, unless = (
                r.list(fields[name][1], name, r.word) if name in fields else ()
                for name in ("sources", "signs", "unless")
            )
            always = [said for part in unless for said in _parts(r, value, f"{UNLESS}{part}", ways)]
            heard = tuple((*_parts(r, value, sign, ways), *always) for one in signs for sign in _each_of(one))
            flags.append(Flag(key, said.get("say", ""), said.get("why", ""), heard, sources, said.get("page", "")))
        problems += r.problems
    return flags, problems


#: Name → ways to say it.
_Ways: TypeAlias = dict[str, tuple[str, ...]]


def _ways(r: Reader, node: Any) -> _Ways:
    """Return the groups of ways to say one thing; a group may name those above it."""
    ways: _Ways = {}
    for name, value in ({} if node is None else r.pairs(node, "ways")).items():
        ways[name] = _said(r, value, r.word(value, name), ways)
    return ways


def _parts(r: Reader, node: Any, sign: str, ways: _Ways) -> list[tuple[str, ...]]:
    """Return the parts of a sign, each as its phrases."""
    return [_said(r, node, part, ways) for part in sign.replace(" ~ ", f" + {NEAR}").split(" + ")]


_HOW_MANY = {"two": 2, "three": 3}


def _each_of(sign: str) -> Iterator[str]:
    """Yield the signs that one stands for: "two of <a> <b> <c> + <d>" for <a> + <b> + <d> and two more."""
    found = re.match(r"(two|three) of ((?:<[\w-]+> ?)+)", sign)
    for groups in combinations(found[2].split(), _HOW_MANY[found[1]]) if found else [()]:
        yield " + ".join((*groups, sign[found.end() :].removeprefix("+ "))).removesuffix(" + ") if found else sign


def _said(r: Reader, node: Any, part: str, ways: _Ways) -> tuple[str, ...]:
    """Return the phrases of a part of a sign, groups written out; one inside a phrase makes a phrase of each of its."""
    phrases = []
    for phrase in part.strip().split(" / "):
        if "<" not in phrase:
            phrases.append(phrase.strip())
            continue
        written = [""]
        for n, piece in enumerate(re.split(r"<([\w-]+)>", phrase.strip())):
            if n % 2 and piece not in ways:
                near = nearest(piece, ways)
                r.problem(node, f"unknown group <{piece}>", f"did you mean <{near}>?" if near else "add it under ways:")
            others = ways.get(piece, (f"<{piece}>",)) if n % 2 else (piece,)
            written = [one + other for one in written for other in others]
        phrases += written
    opens = next((one for one in OPENINGS if phrases[0].startswith(one)), "")
    return (phrases[0], *(phrase.removeprefix(opens) for phrase in phrases[1:])) if opens else tuple(phrases)


def parse_questions(data: bytes, path: str) -> tuple[list[tuple[str, tuple[str, ...]]], list[Problem]]:
    """Read questions as tests: a list of `expect` (what is to be found) and `ask` (the questions)."""
    text, problems = decode(data, path)
    rows: list[tuple[str, tuple[str, ...]]] = []
    for r, node in documents(text, path):
        for case in () if node is None else r.list(node, "questions", _itself):
            fields = r.mapping(case, ("expect", "ask"), "a case")
            if fields.keys() >= {"expect", "ask"}:
                expect = r.word(fields["expect"][1], "expect")
                words = [word for word in expect.split()[1:2] if word not in (*_PARTS, "step")]
                if words:
                    near = nearest(words[0], _PARTS)
                    hint = (
                        f"did you mean {near!r}?"
                        if near
                        else "write a page, a facet, and step N, as far as they matter"
                    )
                    r.problem(fields["expect"][1], f"unknown facet {words[0]!r}", hint)
                rows.append((expect, r.list(fields["ask"][1], "ask", r.word)))
            elif not r.problems:
                r.problem(
                    case, "a case needs 'expect' and 'ask'", 'write "- expect: kneading why" and "ask: [a question]"'
                )
        problems += r.problems
    return rows, problems


def _itself(node: Any, _what: str) -> Any:
    return node


def parse_shelf(data: bytes, path: str) -> tuple[dict[str, str], list[Problem]]:
    """Read `shelf.yaml`: the version of the shelf's knowledge, and the subject that it is all about."""
    text, problems = decode(data, path)
    said: dict[str, str] = {}
    for r, node in documents(text, path):
        fields = r.mapping(node, ("version", "subject"), "shelf") if node is not None else {}
        said.update({key: r.word(value, key) for key, (_, value) in fields.items()})
        problems += r.problems
    return said, problems
