"""Shelves laid over one another: folders of YAML, the later one winning page by page.  Alone knows where files lie."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from assistant.model import KnowledgeError, Page, Problem, Source

TYPE_CHECKING = False  # as typing has it, without its import
if TYPE_CHECKING:  # schema brings PyYAML in, and a compiled library never needs it
    from assistant.schema import Placed, Words

#: Files at the top of a shelf that are no pages.
SPECIAL = ("sources.yaml", "words.yaml", "shelf.yaml")
BUILTIN = next(
    (p for p in (Path(__file__).parent / "knowledge", Path(__file__).parent.parent / "knowledge") if p.is_dir()),
    Path(__file__).parent / "knowledge",
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
    version: str
    subject: str
    """what a question is about that names no topic"""
    problems: tuple[Problem, ...]


def files(shelves: Iterable[Path]) -> list[File]:
    """Return every YAML file of some folders (or a file given by itself), in one order on every machine.

    Raises KnowledgeError when a folder is missing or something in it cannot be read.
    """
    found: list[File] = []
    for number, shelf in enumerate(shelves):
        if not shelf.exists():
            raise KnowledgeError(f"no such folder: {shelf}")
        root, paths = (shelf, _walk(shelf)) if shelf.is_dir() else (shelf.parent, [shelf])
        try:
            found += [File(number, p.relative_to(root).as_posix(), str(p), p.read_bytes()) for p in paths]
        except OSError as error:
            raise KnowledgeError(f"cannot read {error.filename}: {error.strerror}") from None
    return found


def _walk(shelf: Path) -> list[Path]:
    """Return the YAML files below a folder, hidden ones left out."""
    import os

    def stop(error: OSError) -> None:
        raise KnowledgeError(f"cannot read {error.filename}: {error.strerror}")

    paths: list[Path] = []
    for folder, inner, names in os.walk(shelf, onerror=stop):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        paths += [Path(folder, name) for name in names if name.endswith((".yaml", ".yml")) and not name.startswith(".")]
    return sorted(paths, key=lambda p: p.relative_to(shelf).as_posix())


def fingerprint(files: Iterable[File]) -> str:
    """Return 16 hex digits that stand for the contents of all files: the same on any machine."""
    import hashlib

    digest = hashlib.blake2b(digest_size=8)
    for file in files:
        digest.update(f"{file.shelf}/{file.name}\0{len(file.data)}\0".encode())
        digest.update(file.data)
    return digest.hexdigest()


def read(files: Iterable[File]) -> Library:
    """Parse every file and lay the shelves over one another; problems are collected, nothing is raised."""
    from assistant import schema

    problems: list[Problem] = []
    placed: list[tuple[int, Placed]] = []
    sources: dict[str, Source] = {}
    words: list[Words] = []
    shelf: dict[str, str] = {}
    for file in files:
        found: list[Problem]
        if file.name == "sources.yaml":
            more, found = schema.parse_sources(file.data, file.shown)
            sources.update(more)
        elif file.name == "words.yaml":
            said, found = schema.parse_words(file.data, file.shown)
            words.append(said)
        elif file.name == "shelf.yaml":
            said_here, found = schema.parse_shelf(file.data, file.shown)
            shelf |= said_here
        else:
            good, found = schema.parse_pages(file.data, file.shown)
            placed += [(file.shelf, one) for one in good]
        problems += found
    kept = _lay(placed, problems)
    _point(kept.values(), sources, problems)
    return Library(
        {key: kept[key].page for key in sorted(kept)},
        dict(sorted(sources.items())),
        tuple(pair for said in words for pair in said.synonyms),
        tuple(pair for said in words for pair in said.cues),
        tuple(word for said in words for word in said.outside),
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
