"""Shelves laid over one another: folders of YAML, the later one winning page by page.  Alone knows where files lie."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from assistant.model import Flag, KnowledgeError, Page, Problem, Source
from assistant.text import stem, terms

TYPE_CHECKING = False  # as typing has it, without its import
if TYPE_CHECKING:  # schema brings PyYAML in, and a compiled library never needs it
    from assistant.schema import Placed, Words

_HERE = os.path.dirname(os.path.abspath(__file__))
#: What is said to a flag whose own words cannot be used.
SILENT = "Stop, no massage, and ask a doctor today; in an emergency call your number (112, 911 or 999)."
#: The handbook that comes with the program: inside the package where it is installed, beside it in a checkout.
BUILTIN = next(
    (
        path
        for path in (os.path.join(_HERE, "knowledge"), os.path.join(os.path.dirname(_HERE), "knowledge"))
        if os.path.isdir(path)
    ),
    os.path.join(_HERE, "knowledge"),
)


class File(NamedTuple):
    """One YAML file of a shelf, unread by anyone but the disk."""

    shelf: int
    name: str
    """its path inside the shelf, with forward slashes"""
    shown: str
    """its path as a person would type it"""
    data: bytes


class Library(NamedTuple):
    """Everything the shelves hold together."""

    pages: dict[str, Page]
    """id → page, in the order of ids"""
    sources: dict[str, Source]
    synonyms: tuple[tuple[str, tuple[str, ...]], ...]
    """term and what people say for it"""
    cues: tuple[tuple[str, str], ...]
    """facet and a phrase that asks for it"""
    outside: tuple[str, ...]
    """words of neighbouring subjects that are left out"""
    flags: tuple[Flag, ...]
    """red flags, in the order in which they are read"""
    version: str
    subject: str
    """what a question is about that names no topic"""
    problems: tuple[Problem, ...]


class Stamp(NamedTuple):
    """A file as the folder lists it, not yet read: a change of its contents changes it, short of a deliberate fraud."""

    shelf: int
    name: str
    path: str
    size: int
    changed: int
    """nanoseconds since 1970"""


def stamps(shelves: Iterable[str]) -> list[Stamp]:
    """Return the YAML files of some folders (or a file given by itself), hidden ones left out, in one fixed order.

    Raises KnowledgeError when a folder is missing or cannot be listed.
    """
    found: list[Stamp] = []
    for number, shelf in enumerate(shelves):
        try:
            if os.path.isdir(shelf):
                found += sorted(_below(number, shelf, ""), key=lambda stamp: stamp.name)
            else:
                seen = os.stat(shelf)
                found.append(Stamp(number, os.path.basename(shelf), shelf, seen.st_size, seen.st_mtime_ns))
        except FileNotFoundError:
            raise KnowledgeError(f"no such folder: {shelf}") from None
        except OSError as error:
            raise KnowledgeError(f"cannot read {error.filename}: {error.strerror}") from None
    return found


def _below(shelf: int, folder: str, inside: str) -> Iterator[Stamp]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                yield from _below(shelf, entry.path, f"{inside}{entry.name}/")
            elif entry.name.endswith((".yaml", ".yml")) and entry.is_file():  # no pipe, and no link to nothing
                seen = entry.stat()
                yield Stamp(shelf, inside + entry.name, entry.path, seen.st_size, seen.st_mtime_ns)


def files(stamps: Iterable[Stamp]) -> list[File]:
    """Return the files with their contents.  Raises KnowledgeError when one cannot be read."""
    try:
        return [File(stamp.shelf, stamp.name, stamp.path, _contents(stamp.path)) for stamp in stamps]
    except OSError as error:
        raise KnowledgeError(f"cannot read {error.filename}: {error.strerror}") from None


def _contents(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def fingerprint(files: Iterable[File]) -> str:
    """Return 16 hex digits that stand for the contents of all files: the same on any machine."""
    import hashlib

    digest = hashlib.blake2b(digest_size=8)
    for file in files:
        digest.update(f"{file.shelf}/{file.name}\0{len(file.data)}\0".encode())
        digest.update(file.data)
    return digest.hexdigest()


def faults(file: File) -> list[Problem]:
    """Return what is wrong with one file by itself: something of it is left out for each of these."""
    return list(_parsed(file)[1])


@lru_cache(maxsize=4_000)
def _parsed(file: File) -> tuple[Any, list[Problem]]:
    """Return what a file says, by its name, and its problems; a running chat parses again only what changed."""
    from assistant import schema

    parsers: dict[str, Callable[[bytes, str], tuple[Any, list[Problem]]]] = {
        "sources.yaml": schema.parse_sources,
        "words.yaml": schema.parse_words,
        "red_flags.yaml": schema.parse_flags,
        "shelf.yaml": schema.parse_shelf,
    }
    return parsers.get(file.name, schema.parse_pages)(file.data, file.shown)


def read(files: Iterable[File]) -> Library:
    """Parse every file and lay the shelves over one another; problems are collected, nothing is raised."""
    problems: list[Problem] = []
    placed: list[tuple[int, Placed]] = []
    sources: dict[str, Source] = {}
    words: list[Words] = []
    flags: dict[str, Flag] = {}
    shelf: dict[str, str] = {}
    for file in files:
        said, found = _parsed(file)
        if file.name == "sources.yaml":
            sources.update(said)
        elif file.name == "words.yaml":
            words.append(said)
        elif file.name == "red_flags.yaml":
            for flag in said:  # a later shelf may reword a flag and add signs; it can take none away
                before = flags.get(flag.id, Flag(flag.id, SILENT, "", ()))
                say, why = (flag.say, flag.why) if flag.say else (before.say, before.why)
                flags[flag.id] = flag._replace(say=say, why=why, signs=(*before.signs, *flag.signs))
        elif file.name == "shelf.yaml":
            shelf |= said
        else:
            placed += [(file.shelf, one) for one in said]
        problems += found
    kept = _lay(placed, problems)
    _point(kept.values(), sources, problems)
    _collide(kept.values(), problems)
    return Library(
        {key: kept[key].page for key in sorted(kept)},
        dict(sorted(sources.items())),
        tuple(pair for said in words for pair in said.synonyms),
        tuple(pair for said in words for pair in said.cues),
        tuple(word for said in words for word in said.outside),
        tuple(flags.values()),
        shelf.get("version", ""),
        shelf.get("subject", ""),
        tuple(sorted(problems, key=lambda p: (p.path, p.line, p.column))),
    )


def _lay(placed: Iterable[tuple[int, Placed]], problems: list[Problem]) -> dict[str, Placed]:
    """Return id → page, the later shelf winning; two of one id on one shelf are a problem that names both places."""
    kept: dict[str, tuple[int, Placed]] = {}
    for shelf, one in placed:
        other_shelf, other = kept.get(one.page.id, (-1, None))
        if other is not None and other_shelf == shelf:
            problems.append(
                Problem(
                    one.path,
                    one.line,
                    1,
                    f"a page with the id {one.page.id!r} is there already",
                    f"it is at {other.path}:{other.line}; give one of them another title or id",
                )
            )
        else:
            kept[one.page.id] = (shelf, one)
    return {key: one for key, (_, one) in kept.items()}


def _point(kept: Iterable[Placed], sources: dict[str, Source], problems: list[Problem]) -> None:
    """Add a problem for every source key and page id that points at nothing."""
    from assistant.schema import nearest

    kept = tuple(kept)
    ids = {one.page.id for one in kept}
    for one in kept:
        for what, line, column in one.places:
            kind, _, key = what.partition(" ")
            known = sources if kind == "source" else ids
            if key and key not in known:
                near = nearest(key, known)
                hint = f"did you mean {near!r}?" if near else f"no {kind} of that name is known"
                problems.append(Problem(one.path, line, column, f"unknown {kind} {key!r}", hint))


def _collide(kept: Iterable[Placed], problems: list[Problem]) -> None:
    """Add a problem for every name that two pages claim, at the later of them: who asks for it would be asked back."""
    claimed: dict[tuple[str, ...], Placed] = {}
    for one in kept:
        for name in (one.page.title, *one.page.aliases):
            first = claimed.setdefault(tuple(map(stem, terms(name))), one)
            if first.page.id != one.page.id:
                at = f"{first.path}:{first.line}"
                message = f"the name {name!r} is one of the page {first.page.id!r} too"
                problems.append(
                    Problem(one.path, one.line, 1, message, f"that page is at {at}; keep it on one of them")
                )
