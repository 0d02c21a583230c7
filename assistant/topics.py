"""The names that pages go by, found by how they begin or, with slips forgiven, by what they are like."""

from collections.abc import Iterator
from functools import cached_property
from itertools import takewhile

from assistant.asking import ASKING, SMALL
from assistant.index import Index
from assistant.lexicon import likest

#: A name is looked for in so many last words of a line at most, in so many letters at least.
WORDS, LETTERS = 4, 2
#: So many are told at most.
MOST = 8
#: From so many letters on the rest of a name is offered unasked.
UNASKED = 3
#: Words that are the beginning of no name yet, and no slip for one.
_NO_NAME = SMALL | ASKING


class Topics:
    """The names of all pages of an index, small letters throughout; read when the first is asked for."""

    def __init__(self, index: Index) -> None:
        self._index = index

    @cached_property
    def _titles(self) -> frozenset[str]:
        return frozenset(page.title.lower() for page in self._index.pages.values())

    @cached_property
    def _names(self) -> list[str]:
        return sorted(self._titles | {name.lower() for page in self._index.pages.values() for name in page.aliases})

    def titles(self, kind: str) -> list[str]:
        """Return the titles of all pages of a kind, in small letters."""
        return [page.title.lower() for page in self._index.pages.values() if page.kind == kind]

    def rest(self, line: str) -> str:
        """Return how the name goes on that a line ends in, the shortest where several do, or ""."""
        for tail in _tails(line):
            last = tail.split(" ")[-1]
            if (len(last) >= UNASKED or last != tail) and last not in _NO_NAME and (found := self._opening(tail)):
                return min(found, key=lambda name: (len(name), name))[len(tail) :]
        return ""

    def completing(self, line: str) -> list[tuple[int, str]]:
        """Return (how many last letters of a line to replace, the name to put there), the likeliest first."""
        for tail in (tail for tail in _tails(line) if len(tail) >= LETTERS):
            names = sorted(self._opening(tail), key=lambda name: (name not in self._titles, len(name), name))[:MOST]
            if not names and _NO_NAME.isdisjoint(tail.split(" ")):
                names = likest(tail, self._names, MOST)
            if names:
                return [(len(tail), name) for name in names]
        return []

    def _opening(self, tail: str) -> list[str]:
        """Return the names that open with some letters, and are longer."""
        from bisect import bisect_left

        at = bisect_left(self._names, tail)
        names = takewhile(lambda name: name.startswith(tail), self._names[at:])
        return [name for name in names if name != tail]


def _tails(line: str) -> Iterator[str]:
    """Yield the last words of a line in small letters, the most first."""
    words = line.lower().split(" ")
    return (" ".join(words[-count:]) for count in range(min(WORDS, len(words)), 0, -1) if words[-count])
