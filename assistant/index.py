"""Term → passages: what a library says, laid out for asking.  Made once by `indexer`, read here, never changed.

A compiled index is bytes, a line of JSON each: what ranking needs, the sources, the table of stems, then page by page.
Most of it is decoded when it is first asked for.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from assistant.lazy import FIELD, ROW, Column, Lazy, Table, Whole
from assistant.lexicon import Lexicon
from assistant.model import Faq, Flag, Page, Passage, Problem, Source, Step, Text
from assistant.question import UNDERSTOOD
from assistant.safety import Watch
from assistant.text import stem, terms


class Span(NamedTuple):
    """Where the passages of a page stand, and what kind of page it is."""

    first: int
    end: int
    kind: str
    level: str


class Names(NamedTuple):
    """Titles and aliases by number: the page, the stems parted by spaces, and how telling they are together."""

    page: list[str]
    stems: list[str]
    weight: list[float]


class Asks(NamedTuple):
    """Wordings that passages are asked for by, by number: the passage, the facets they ask for, their weight."""

    passage: list[int]
    facets: list[str]
    weight: list[float]


class Rows(NamedTuple):
    """Passages by number: the page, the facet, the step and the faq item, 0 where there is none."""

    page: list[str]
    facet: list[str]
    step: list[int]
    item: list[int]
    judges: list[int]
    """1 where a faq answer opens with yes or no, and where what to avoid opens with never or not"""


class Index(NamedTuple):
    """A library and every way into it."""

    pages: Mapping[str, Page]
    """id → page, in the order of ids"""
    sources: Mapping[str, Source]
    spans: Mapping[str, Span]
    rows: Rows
    names: Names
    asks: Asks
    by_name: Mapping[str, Mapping[int, None]]
    """stem → numbers of names, rising"""
    by_condition: Mapping[str, Mapping[int, None]]
    """first stem → numbers of names of conditions"""
    by_ask: Mapping[str, Mapping[int, None]]
    by_text: Mapping[str, Mapping[int, None]]
    weights: Mapping[str, float]
    """stem → how telling it is"""
    lexicon: Lexicon
    flags: tuple[Flag, ...]
    """red flags, in the order in which they are read"""
    watch: Watch
    """their signs"""
    subject: str
    """what a question is about that names no topic"""
    version: str
    fingerprint: str
    problems: tuple[Problem, ...]

    def weight(self, term: str) -> float:
        """Return how telling a stem is, from 0.1 to 1; one that nothing uses is the most telling."""
        return self.weights.get(term, 1.0)

    def called(self, name: str) -> list[str]:
        """Return the page that has this title, or else the pages that have this alias, in any form of its words."""
        stems = stems_of(name)
        held: list[Mapping[int, None]] = [self.by_name.get(one, {}) for one in stems]
        fewest = min(held, key=len, default={})
        numbers = [number for number in fewest if self.names.stems[number] == " ".join(stems)]
        pages = self.names.page
        titled = [pages[number] for number in numbers if not number or pages[number - 1] != pages[number]]
        return titled or [pages[number] for number in numbers]

    def conditions(self, said: Iterable[str]) -> list[tuple[str, str]]:
        """Return (condition, name as stems) of the conditions whose name opens with one of these words."""
        numbers = {number for one in map(stem, said) for number in self.by_condition.get(one, ())}
        return [(self.names.page[number], self.names.stems[number]) for number in sorted(numbers)]

    def sources_of(self, keys: Iterable[str]) -> tuple[Source, ...]:
        """Return the sources of these keys, in their order; a key that no shelf explains is passed over."""
        return tuple(self.sources[key] for key in keys if key in self.sources)

    def passage(self, number: int) -> Passage:
        """Return a passage with its words."""
        rows = self.rows
        page, facet, step, item = rows.page[number], rows.facet[number], rows.step[number], rows.item[number]
        return Passage(page, facet, step, item, text_of(self.pages[page], facet, step, item))

    def opening(self, page: str) -> Passage:
        """Return what a page opens with."""
        return self.passage(self.spans[page].first)

    def has(self, page: str, facet: str) -> bool:
        """Return whether a page, or a step of it, tells a facet."""
        span = self.spans[page]
        return facet in self.rows.facet[span.first : span.end]

    def passages(self, page: str) -> Iterator[Passage]:
        """Yield the passages of a page in reading order."""
        span = self.spans[page]
        return (self.passage(number) for number in range(span.first, span.end))


#: Words that a name or wording is not known by.
GLUE = frozenset(("a", "an", "of", "the"))


def stems_of(text: str) -> tuple[str, ...]:
    """Return the stems that a name or wording is known by, each once."""
    every = [stem(term) for term in terms(text)]
    return tuple(dict.fromkeys(one for one in every if one not in GLUE) or dict.fromkeys(every))


#: What of a step answers which facet, beside what the hands do.
STEP_FACETS = {"why": "why", "which_way": "path", "how_hard": "pressure", "instead": "easier"}


def text_of(page: Page, facet: str, step: int, item: int) -> Text:
    """Return the words of a passage: a faq answer, a part of a step, a facet; no words for a guide without `how`."""
    if item:
        return page.faq[item - 1].say
    if not step:
        return dict(page.facets).get(facet, Text(""))
    told = page.steps[step - 1]
    if facet == "how_long":
        return Text(f"About {told.minutes:g} minute{'' if told.minutes == 1 else 's'}.", told.do.sources)
    part: Text | None = getattr(told, STEP_FACETS.get(facet, "do"))
    return part or Text("")


def read(compiled: bytes) -> Index:
    """Return the index that `indexer.build` compiled; other bytes raise ValueError, TypeError or KeyError."""
    ranking, sources, stems, *lines = compiled.split(b"\n")
    value = json.loads(ranking)
    table = Table(stems[1:-1].decode())  # JSON as well, but nothing in it needs an escape
    weights = Column(table, 0, float)
    lexicon = value["lexicon"]
    spans = list(zip(value["pages"], value["spans"], strict=True))
    return Index(
        Lazy(dict(zip(value["pages"], lines, strict=True)), lambda line: _page(json.loads(line))),
        Whole(sources, _sources),
        {page: Span(*span) for page, span in spans},
        Rows([page for page, (first, end, *_) in spans for _ in range(first, end)], *map(_column, value["rows"])),
        Names(*map(_column, value["names"])),
        Asks(*map(_column, value["asks"])),
        Column(table, 1, _numbers),
        Column(table, 2, _numbers),
        Column(table, 3, _numbers),
        Column(table, 4, _numbers),
        weights,
        Lexicon(
            lexicon["names"],
            Whole(lexicon["prose"], _counts),  # only a slip asks
            UNDERSTOOD,
            weights,
            {
                tuple(phrase.split()): tuple(tuple(said.split()) for said in terms)
                for phrase, terms in lexicon["synonyms"]
            },
            max((len(phrase.split()) for phrase, _ in lexicon["synonyms"]), default=0),
            tuple((facet, tuple(phrase.split())) for facet, phrase in lexicon["cues"]),
            frozenset(tuple(phrase.split()) for phrase in lexicon["outside"]),
        ),
        tuple(_flag(row) for row in value["flags"]),
        Watch(*value["watch"]),
        value["subject"],
        value["version"],
        value["fingerprint"],
        tuple(Problem(*row) for row in value["problems"]),
    )


def _sources(raw: bytes) -> dict[str, Source]:
    return {key: Source(*row) for key, row in json.loads(raw).items()}


def _counts(raw: str) -> dict[str, int]:
    rows = (row.split(FIELD) for row in raw.split(ROW))
    return {word: int(count) for word, count in rows}


def _flag(row: Any) -> Flag:
    id_, say, why, signs, sources, page = row
    return Flag(id_, say, why, tuple(tuple(map(tuple, sign)) for sign in signs), tuple(sources), page)


def _column(raw: str | list[Any]) -> list[Any]:
    return raw.split(ROW) if isinstance(raw, str) else raw


def _numbers(raw: str) -> Mapping[int, None]:
    return dict.fromkeys(map(int, raw.split()))


def _text(row: Any) -> Text:
    return Text(row[0], tuple(row[1]))


def _maybe(row: Any) -> Text | None:
    return None if row is None else _text(row)


def _page(row: Any) -> Page:
    id_, title, kind, aliases, facets, steps, faq, cautions, see, sources, level, not_with = row
    return Page(
        id_,
        title,
        kind,
        tuple(aliases),
        tuple((key, _text(text)) for key, text in facets),
        tuple(_step(step) for step in steps),
        tuple(Faq(tuple(ask), _text(say)) for ask, say in faq),
        tuple(cautions),
        tuple(see),
        tuple(sources),
        level,
        tuple(not_with),
    )


def _step(row: Any) -> Step:
    do, title, why, minutes, pressure, sides, say, caution, easier, path, avoid = row
    return Step(
        _text(do),
        title,
        _maybe(why),
        minutes,
        _maybe(pressure),
        _maybe(sides),
        say,
        caution,
        _maybe(easier),
        _maybe(path),
        tuple(avoid),
    )
