"""Knowledge that follows its files: a page that was saved is answered from, a broken save keeps what was good."""

from typing import NamedTuple

from assistant import library
from assistant.dialogue import Assistant, reloaded
from assistant.model import KnowledgeError


class Knowledge(NamedTuple):
    """An assistant and the stamps of the files it was read from."""

    assistant: Assistant
    stamps: tuple[library.Stamp, ...]


def follow(assistant: Assistant) -> Knowledge:
    """Return an assistant with the stamps that its files have now."""
    return Knowledge(assistant, _stamps(assistant))


def fresh(known: Knowledge, anyway: bool = False) -> tuple[Knowledge, str]:
    """Return the knowledge of the files as they are now, and one line on what changed, "" where nothing did.

    Where a save has more problems than there were, the last good knowledge is kept and the line says what is wrong
    where; it is told once.  `anyway` reads them though no stamp changed.
    """
    stamps = _stamps(known.assistant)
    if stamps == known.stamps and not anyway:
        return known, ""
    try:
        assistant = reloaded(known.assistant)
    except KnowledgeError as error:
        return known._replace(stamps=stamps), f"Kept as it was: {error}"
    new = [problem for problem in assistant.problems if problem not in known.assistant.problems]
    if new:
        return known._replace(stamps=stamps), f"Kept as it was: {new[0]}"
    return Knowledge(assistant, stamps), f"Read again: {len(assistant.index.pages)} pages."


def _stamps(assistant: Assistant) -> tuple[library.Stamp, ...]:
    try:
        return tuple(library.stamps(list(assistant.folders)))
    except KnowledgeError:
        return ()
