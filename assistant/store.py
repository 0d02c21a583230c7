"""The compiled index of some folders: the one that is kept where it is still theirs, else made anew and kept."""

import json
import os
import time
import zlib

from assistant import cache, index, library


def open_index(folders: list[str], cached: bool) -> index.Index:
    """Return the index of some folders of YAML, the later winning page by page; `cached` lets one be kept and found.

    Raises KnowledgeError when a folder is missing or unreadable.
    """
    stamps = library.stamps(folders)
    return (_kept(stamps, folders) if cached else None) or _compiled(stamps, folders, cached)


def _place(folders: list[str]) -> str:
    """Return where the compiled index of some folders is kept."""
    key = zlib.crc32("\0".join(os.path.abspath(folder) for folder in folders).encode("utf-8", "surrogateescape"))
    return os.path.join(cache.folder("cache"), f"{key:08x}.index")


#: A file changed so shortly before it was read may have been changed again under the same stamp.
RACY = 2_000_000_000


def _kept(stamps: list[library.Stamp], folders: list[str]) -> index.Index | None:
    """Return the compiled index of these very files, or None when there is none, or an older or damaged one.

    Files are the same when their stamps are, or else when their contents are.
    """
    if (kept := cache.read(_place(folders))) is None:
        return None
    try:
        by, made, mark, old = json.loads(kept[0])
        if by != _maker():
            return None
        same = old == [list(stamp) for stamp in stamps] and all(stamp.changed < made - RACY for stamp in stamps)
        if not same and mark != library.fingerprint(library.files(stamps)):
            return None
        found = index.read(kept[1])
        if not same:
            cache.write(_place(folders), _mark(mark, stamps), kept[1])
        return found
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return None


def _compiled(stamps: list[library.Stamp], folders: list[str], cached: bool) -> index.Index:
    """Return the index made from the YAML, and keep it compiled."""
    from assistant import indexer

    files = library.files(stamps)
    mark = library.fingerprint(files)
    compiled = indexer.build(library.read(files), mark)
    if cached:
        cache.write(_place(folders), _mark(mark, stamps), compiled)
    return index.read(compiled)


def _mark(fingerprint: str, stamps: list[library.Stamp]) -> bytes:
    """Return what a compiled index is kept under: who made it, when, from which contents and files."""
    return json.dumps([_maker(), time.time_ns(), fingerprint, stamps]).encode()


def _maker() -> list[list[str | int]]:
    """Return name, size and time of every room of the program: another program compiles another index."""
    with os.scandir(os.path.dirname(__file__)) as rooms:
        found = ((room.name, room.stat()) for room in rooms if room.name.endswith(".py"))
        return sorted([name, stat.st_size, stat.st_mtime_ns] for name, stat in found)
