"""Term → passages: what a library says, laid out for asking.  Built once by `build`, never changed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import log
from typing import Any, NamedTuple

from assistant import lexicon, question
from assistant.asking import FRAME, QUALIFIERS, SMALL
from assistant.lexicon import Lexicon
from assistant.library import Library
from assistant.model import FACET, FACETS, Faq, Page, Passage, Problem, Source, Step, Text
from assistant.text import stem, terms

#: A change of shape makes every compiled library an old one.
FORMAT = 3


class Name(NamedTuple):
    """A title or alias: a page is called by it."""

    page: str
    stems: tuple[str, ...]
    weight: float = 0.0
    """how telling its words are together"""


class Ask(NamedTuple):
    """One wording a passage is asked for by: a wording of a faq item, or the title of a step."""

    passage: int
    stems: tuple[str, ...]
    facets: tuple[str, ...]
    weight: float = 0.0


class Index(NamedTuple):
    """A library and every way into it."""

    library: Library
    passages: tuple[Passage, ...]
    spans: Mapping[str, tuple[int, int]]
    """page id → first passage, end"""
    names: tuple[Name, ...]
    asks: tuple[Ask, ...]
    by_name: Mapping[str, tuple[int, ...]]
    """stem → numbers of names"""
    by_ask: Mapping[str, tuple[int, ...]]
    by_text: Mapping[str, tuple[int, ...]]
    """stem → numbers of passages"""
    weights: Mapping[str, float]
    """stem → how telling it is"""
    lexicon: Lexicon
    fingerprint: str

    def weight(self, term: str) -> float:
        """Return how telling a stem is, from 0.1 to 1; one that nothing uses is the most telling."""
        return self.weights.get(term, 1.0)


#: The most that a word can tell which frames a question, or which is small.
FRAME_WEIGHT, SMALL_WEIGHT = 0.15, 0.1


def _weights(pages: int, on_page: Mapping[str, int], named: Mapping[str, int]) -> dict[str, float]:
    """Return stem → how telling it is.

    Inverse document frequency over pages (Sparck Jones 1972) as a share of what an unheard word has, so that it does
    not grow with the library.  A word that names pages is as telling as it is among the names.
    """
    top = log(2 * (pages + 1))
    rarity = {count: log((pages + 1) / (count + 0.5)) / top for count in {*on_page.values(), *named.values()}}
    weights = {
        one: max(0.1, rarity[count], 0.9 * rarity[named[one]] if one in named else 0.0)
        for one, count in on_page.items()
    }
    for words, most in ((FRAME, FRAME_WEIGHT), (SMALL, SMALL_WEIGHT)):
        for one in {stem(term) for term in words - QUALIFIERS} & weights.keys():
            weights[one] = min(weights[one], most)
    return {one: round(weight, 4) for one, weight in weights.items()}


def passages_of(page: Page) -> Iterator[Passage]:
    """Yield the passages of a page: facets in the order of the table, steps, faq items."""
    said = dict(page.facets)
    keys = [facet.key for facet in reversed(FACETS)]
    if page.steps:  # a guide is its steps before all else
        keys = ["how", *(key for key in keys if key != "how")]
        said.setdefault("how", Text(""))
    for key in keys:
        if key in said:
            yield Passage(page.id, key, 0, 0, said[key])
    for number, step in enumerate(page.steps, 1):
        yield from _passages_of_step(page.id, number, step)
    for number, item in enumerate(page.faq, 1):
        yield Passage(page.id, "faq", 0, number, item.say)


#: What of a step answers which facet, beside what the hands do.
STEP_FACETS = (
    ("why", "why"),
    ("path", "which_way"),
    ("pressure", "how_hard"),
    ("easier", "instead"),
    ("sides", "where"),
)


def _passages_of_step(page: str, number: int, step: Step) -> Iterator[Passage]:
    yield Passage(page, "how", number, 0, step.do)
    for field, facet in STEP_FACETS:
        if (text := getattr(step, field)) is not None:
            yield Passage(page, facet, number, 0, text)


#: Words that a name or wording is not known by.
_GLUE = frozenset("a an and by for from in into is of on or the to with".split())


def _stems(text: str) -> tuple[str, ...]:
    """Return the stems of a name or wording, each once, without the glue between them."""
    every = [stem(term) for term in terms(text)]
    return tuple(dict.fromkeys(one for one in every if one not in _GLUE) or dict.fromkeys(every))


def _postings(keyed: Iterable[tuple[int, Iterable[str]]]) -> dict[str, tuple[int, ...]]:
    """Return stem → the numbers whose stems hold it, rising."""
    found: dict[str, list[int]] = {}
    for number, stems in keyed:
        for one in stems:
            found.setdefault(one, []).append(number)
    return {one: tuple(numbers) for one, numbers in found.items()}


def build(library: Library, fingerprint: str = "") -> Index:
    """Return the index of a library.  The order in which its files were read changes nothing."""
    passages: list[Passage] = []
    spans: dict[str, tuple[int, int]] = {}
    names: list[Name] = []
    asks: list[Ask] = []
    on_page: Counter[str] = Counter()
    in_names: Counter[str] = Counter()
    in_prose: Counter[str] = Counter()
    cues = tuple((facet, tuple(terms(phrase))) for facet, phrase in library.cues)
    for page in library.pages.values():
        first = len(passages)
        here: set[str] = set()
        called = (page.title, *page.aliases)
        names += dict.fromkeys(Name(page.id, _stems(name)) for name in called)
        in_names.update({term for name in called for term in terms(name)})
        for passage in passages_of(page):
            for wording in _wordings(page, passage):
                asks.append(Ask(len(passages), _stems(wording), question.facets_of(wording, cues)))
                here.update(terms(wording))
            in_prose.update(set(terms(passage.text.say)))
            here.update(terms(passage.text.say))
            passages.append(passage)
        spans[page.id] = (first, len(passages))
        here.update(term for name in called for term in terms(name))
        on_page.update({stem(term) for term in here})
    synonyms = [(tuple(terms(one)), tuple(terms(term))) for term, said in library.synonyms for one in said]
    in_names.update({term for phrase, target in synonyms for term in (*phrase, *target)})
    outside = (term for word in library.outside for term in terms(word))
    named = Counter(one for _, one in {(name.page, one) for name in names for one in name.stems})
    weights = _weights(len(library.pages), on_page, named)
    return Index(
        library,
        tuple(passages),
        spans,
        tuple(name._replace(weight=_whole(name.stems, weights)) for name in names),
        tuple(ask._replace(weight=_whole(ask.stems, weights)) for ask in asks),
        _postings((n, name.stems) for n, name in enumerate(names)),
        _postings((n, ask.stems) for n, ask in enumerate(asks)),
        _postings((n, dict.fromkeys(stem(t) for t in terms(p.text.say))) for n, p in enumerate(passages)),
        weights,
        lexicon.build(dict(in_names), dict(in_prose), dict(on_page), question.UNDERSTOOD, synonyms, cues, outside),
        fingerprint,
    )


def _whole(stems: Iterable[str], weights: Mapping[str, float]) -> float:
    return round(sum(weights[one] for one in stems), 4)


def _wordings(page: Page, passage: Passage) -> tuple[str, ...]:
    """Return what a passage can be asked for by, beside the names of its page and its facet."""
    if passage.item:
        return page.faq[passage.item - 1].ask
    if passage.step and page.steps[passage.step - 1].title:
        return (page.steps[passage.step - 1].title,)
    return ()


def pack(index: Index) -> Any:
    """Return an index as plain JSON values."""
    lex = index.lexicon
    return {
        "library": index.library,
        "passages": index.passages,
        "spans": index.spans,
        "names": index.names,
        "asks": index.asks,
        "by": [index.by_name, index.by_ask, index.by_text, index.weights],
        "lexicon": [lex.names, lex.prose, lex.stems, lex.cues, sorted(lex.outside)],
        "synonyms": [[list(key), targets] for key, targets in lex.synonyms.items()],
        "fingerprint": index.fingerprint,
    }


def unpack(value: Any) -> Index:
    """Return the index that `pack` made these values from.  For others it raises ValueError, TypeError or KeyError."""
    pages, sources, synonyms, cues, outside, version, subject, problems = value["library"]
    by_name, by_ask, by_text, weights = value["by"]
    names, prose, stems, more_cues, left_out = value["lexicon"]
    library = Library(
        {key: _page(row) for key, row in pages.items()},
        {key: Source(*row) for key, row in sources.items()},
        tuple((term, tuple(said)) for term, said in synonyms),
        tuple((facet, phrase) for facet, phrase in cues),
        tuple(outside),
        version,
        subject,
        tuple(Problem(*row) for row in problems),
    )
    return Index(
        library,
        tuple(Passage(page, facet, step, item, _text(text)) for page, facet, step, item, text in value["passages"]),
        {key: (first, end) for key, (first, end) in value["spans"].items()},
        tuple(Name(page, tuple(found), weight) for page, found, weight in value["names"]),
        tuple(Ask(n, tuple(found), tuple(facets), weight) for n, found, facets, weight in value["asks"]),
        by_name,
        by_ask,
        by_text,
        weights,
        Lexicon(
            names,
            prose,
            question.UNDERSTOOD,
            stems,
            {tuple(key): tuple(tuple(target) for target in targets) for key, targets in value["synonyms"]},
            tuple((facet, tuple(phrase)) for facet, phrase in more_cues),
            frozenset(left_out),
        ),
        value["fingerprint"],
    )


def _text(row: Any) -> Text:
    return Text(row[0], tuple(row[1]))


def _maybe(row: Any) -> Text | None:
    return None if row is None else _text(row)


def _page(row: Any) -> Page:
    id_, title, kind, aliases, facets, steps, faq, cautions, see, sources, level = row
    return Page(
        id_,
        title,
        kind,
        tuple(aliases),
        tuple((key, _text(text)) for key, text in facets if key in FACET),
        tuple(
            Step(
                _text(do),
                name,
                _maybe(why),
                minutes,
                _maybe(pressure),
                _maybe(sides),
                say,
                caution,
                _maybe(easier),
                _maybe(path),
            )
            for do, name, why, minutes, pressure, sides, say, caution, easier, path in steps
        ),
        tuple(Faq(tuple(ask), _text(say)) for ask, say in faq),
        tuple(cautions),
        tuple(see),
        tuple(sources),
        level,
    )
