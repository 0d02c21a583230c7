"""What a writer needs: every problem of some folders at once, each with its place and the next edit."""

import os
from collections.abc import Sequence

from assistant import library
from assistant.model import Problem


def problems(paths: Sequence[str], builtin: bool = True) -> tuple[Problem, ...]:
    """Return the problems of folders or files, in the order of their places; with none given, of the built-in handbook.

    A page may point at pages and sources of the built-in handbook unless that is left out.  Raises KnowledgeError when
    a path is missing or unreadable.
    """
    own = not paths or any(os.path.realpath(path) == os.path.realpath(library.BUILTIN) for path in paths)
    below = [library.BUILTIN] if own and not paths else [library.BUILTIN] if builtin and not own else []
    files = library.files(library.stamps([*below, *paths]))
    mine = {file.shown for file in files if not paths or file.shelf >= len(below)}
    read = library.read(files)
    found = [problem for problem in read.problems if problem.path in mine]
    if not read.flags:
        hint = "leave out --no-builtin, or give the folder a red_flags.yaml of its own"
        found.append(Problem(os.fspath(paths[0]), 1, 1, "no red flag is read: nothing would stop an emergency", hint))
    return tuple(found)
