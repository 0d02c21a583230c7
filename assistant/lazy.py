"""Values decoded when they are asked for: one question touches a few pages and a few dozen words of a whole library."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

T = TypeVar("T")


class Lazy(Mapping[str, T]):
    """A mapping whose values are decoded when they are asked for, each once."""

    def __init__(self, raw: Mapping[str, Any], decode: Callable[[Any], T]) -> None:
        self._raw, self._decode, self._known = raw, decode, dict[str, T]()

    def __getitem__(self, key: str) -> T:
        if key not in self._known:
            self._known[key] = self._decode(self._raw[key])
        return self._known[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)

    def __contains__(self, key: object) -> bool:
        return key in self._raw


#: What parts the rows of a table of stems, and the fields of a row.
ROW, FIELD = "|", ";"


class Table:
    """Rows of text by stem, in the order of the stems, found by halving: nothing is decoded but what is asked for."""

    def __init__(self, text: str) -> None:
        self._text, self._known = text, dict[str, list[str]]()

    def row(self, one: str) -> list[str]:
        """Return the fields of a stem, none where there is no such stem."""
        if one not in self._known:
            self._known[one] = self._found(one)
        return self._known[one]

    def _found(self, one: str) -> list[str]:
        text, low, high = self._text, 0, len(self._text)
        while low < high:
            start = text.rfind(ROW, low, (low + high) // 2) + 1 or low
            end = text.find(ROW, start, high)
            end = high if end < 0 else end
            found, _, fields = text[start:end].partition(FIELD)
            if found == one:
                return fields.split(FIELD)
            low, high = (end + 1, high) if found < one else (low, start - 1)
        return []

    def stems(self) -> list[str]:
        """Return all stems."""
        return [row.partition(FIELD)[0] for row in self._text.split(ROW) if row]


class Column(Mapping[str, T]):
    """One field of a table as a mapping from stem to what it says; a stem whose field is empty is not in it."""

    def __init__(self, table: Table, field: int, decode: Callable[[str], T]) -> None:
        self._table, self._field, self._decode, self._known = table, field, decode, dict[str, T]()

    def __getitem__(self, key: str) -> T:
        if key not in self._known:
            row = self._table.row(key)
            if not row or not row[self._field]:
                raise KeyError(key)
            self._known[key] = self._decode(row[self._field])
        return self._known[key]

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and bool((row := self._table.row(key)) and row[self._field])

    def __iter__(self) -> Iterator[str]:
        return (one for one in self._table.stems() if one in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Whole(Mapping[str, T]):
    """A mapping that is decoded all at once when the first of it is asked for."""

    def __init__(self, raw: str | bytes, decode: Callable[[Any], dict[str, T]]) -> None:
        self._raw, self._decode, self._known = raw, decode, dict[str, T]()

    def _all(self) -> dict[str, T]:
        if not self._known and self._raw:
            self._known = self._decode(self._raw)
        return self._known

    def __getitem__(self, key: str) -> T:
        return self._all()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())
