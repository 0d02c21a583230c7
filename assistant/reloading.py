"""Knowledge that follows its files: a page that was saved is answered from, a broken save keeps what was good."""

from typing import NamedTuple

from assistant import library
from assistant.dialogue import Assistant, reloaded
from assistant.library import Stamp
from assistant.model import KnowledgeError

#: How many files are named at most.
NAMED = 2


class Knowledge(NamedTuple):
    """An assistant, and its files."""

    assistant: Assistant
    stamps: tuple[Stamp, ...]
    """as they were when it was made"""
    seen: tuple[Stamp, ...]
    """as they were when they were last looked at: what is wrong with them is told once"""


def follow(assistant: Assistant) -> Knowledge:
    """Return an assistant with the stamps that its files have now."""
    stamps = _stamps(assistant)
    return Knowledge(assistant, stamps, stamps)


def fresh(known: Knowledge, by_hand: bool = False) -> tuple[Knowledge, str]:
    """Return the knowledge of the files as they are now, and one line on what changed, "" where nothing did.

    Where a file that was saved since has a fault of its own, or there is no page left, the last good knowledge is kept
    and the line says what is wrong where: once for a save, and whenever it is asked for by hand.
    """
    stamps = _stamps(known.assistant)
    if stamps == known.seen and not by_hand:
        return known, ""
    if stamps == known.stamps:
        return known._replace(seen=stamps), "No file has changed." if by_hand else ""
    known = known._replace(seen=stamps)
    before = set(known.stamps)
    saved = [stamp for stamp in stamps if stamp not in before]
    try:
        found = [fault for file in library.files(saved) for fault in library.faults(file)]
        if found:
            more = f"; and {len(found) - 1} more" if len(found) > 1 else ""
            waiting = len({stamp.path for stamp in saved} - {fault.path for fault in found})
            waits = f"; {waiting} more saved file{'s' if waiting > 1 else ''} will be read with it" if waiting else ""
            return known, f"Not read: {found[0]}{more}{waits}"
        assistant = reloaded(known.assistant)
    except KnowledgeError as error:
        return known, f"Not read: {error}"
    paths = {stamp.path for stamp in stamps}
    news = f"Read anew: {_named([stamp.path for stamp in saved])}." if saved else "Read anew."
    if gone := [stamp.path for stamp in known.stamps if stamp.path not in paths]:
        news += f"  Gone: {_named(gone)}."
    if doubts := [problem for problem in assistant.problems if problem not in known.assistant.problems]:
        news += f"  But {doubts[0]}" + (f"; and {len(doubts) - 1} more" if len(doubts) > 1 else "")
    return Knowledge(assistant, stamps, stamps), news


def _named(paths: list[str]) -> str:
    more = len(paths) - NAMED
    return ", ".join(paths[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _stamps(assistant: Assistant) -> tuple[Stamp, ...]:
    """Return the files of an assistant as they are now; none where a folder cannot be listed."""
    try:
        return tuple(library.stamps(assistant.folders))
    except KnowledgeError:
        return ()
