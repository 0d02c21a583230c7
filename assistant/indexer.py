"""A library → its compiled index: passages, postings, and how telling every word is."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import log
from typing import Any, NamedTuple

from assistant.asking import FRAME, QUALIFIERS, SMALL, order
from assistant.facets import FACETS
from assistant.index import STEP_FACETS, stems_of, text_of
from assistant.lazy import FIELD, ROW
from assistant.lexicon import is_english
from assistant.library import Library
from assistant.model import Page
from assistant.question import asks, facets_of
from assistant.safety import watch
from assistant.text import stem, terms

#: The most that a word can tell which frames a question, or which is small.
FRAME_WEIGHT, SMALL_WEIGHT = 0.2, 0.1


_SMALL = frozenset(stem(term) for term in SMALL - QUALIFIERS)


#: How what to avoid opens where it is the answer to whether one may: not, for such a page.
FORBIDS = ("Never press", "Never massage", "Do not massage", "Do not press", "Do not rub", "No massage", "No pressure")


class _Row(NamedTuple):
    """A passage without its words."""

    page: str
    facet: str
    step: int
    item: int
    judges: int = 0


def build(library: Library, fingerprint: str = "") -> bytes:
    """Return the compiled index of a library.  The order in which its files were read changes nothing."""
    rows: list[_Row] = []
    spans: list[tuple[int, int, str, str]] = []
    names: list[tuple[str, tuple[str, ...]]] = []
    wordings: list[tuple[int, tuple[str, ...], tuple[str, ...]]] = []
    texts: list[set[str]] = []
    on_page, in_names, in_prose = Counter[str](), Counter[str](), Counter[str]()
    cues = tuple((facet, tuple(terms(phrase))) for facet, phrase in library.cues)
    subject = frozenset(stems_of(library.subject)) if library.subject else frozenset()
    for page in library.pages.values():
        called = (page.title, *page.aliases)
        names += dict.fromkeys((page.id, stems_of(name)) for name in called)
        in_names.update({term for name in called for term in terms(name)})
        here = {term for name in called for term in terms(name)}
        first = len(rows)
        for row in _rows(page):
            for wording in _wordings(page, row, len(rows) == first):
                when = order([stem(term) for term in terms(wording)], subject)
                asked_for = (*facets_of(wording, cues), *((when,) if when else ()))
                wordings.append((len(rows), _telling(stems_of(wording)), asked_for))
                here.update(terms(wording))
            words = set(terms(_said(page, row)))
            in_prose.update(words)
            here |= words
            texts.append({stem(word) for word in words})
            rows.append(row)
        spans.append((first, len(rows), page.kind, page.level or ""))
        on_page.update({stem(word) for word in here})
    synonyms = _synonyms(library)
    in_names.update({term for phrase, said in synonyms for term in (*phrase, *said)})
    named = Counter(one for _, one in {(page, one) for page, stems in names for one in stems})
    weights = _weights(len(library.pages), on_page, named)
    ranking = {
        "pages": list(library.pages),
        "spans": spans,
        "rows": [ROW.join(row.facet for row in rows), *([row[column] for row in rows] for column in (2, 3, 4))],
        "names": [
            ROW.join(page for page, _ in names),
            ROW.join(" ".join(stems) for _, stems in names),
            [_whole(stems, weights) for _, stems in names],
        ],
        "asks": [
            [row for row, _, _ in wordings],
            ROW.join(" ".join(sorted(facets)) for _, _, facets in wordings),
            [_whole(stems, weights) for _, stems, _ in wordings],
        ],
        "lexicon": {
            "names": dict(sorted((dict.fromkeys(_signs(library), 0) | in_names).items())),
            "prose": ROW.join(f"{word}{FIELD}{count}" for word, count in sorted(in_prose.items())),
            "synonyms": _said_for(synonyms),
            "cues": [(facet, " ".join(phrase)) for facet, phrase in cues],
            "outside": sorted({" ".join(terms(phrase)) for phrase in library.outside}),
        },
        "flags": [flag._replace(signs=()) for flag in library.flags],
        "watch": watch(library.flags),
        "subject": library.subject,
        "version": library.version,
        "fingerprint": fingerprint,
        "problems": library.problems,
    }
    postings = (
        _postings(stems for _, stems in names),
        _postings(stems[:1] if library.pages[page].level else () for page, stems in names),
        _postings(stems for _, stems, _ in wordings),
        _postings(sorted(stems) for stems in texts),
    )
    table = (FIELD.join((one, str(weight), *(by.get(one, "") for by in postings))) for one, weight in weights.items())
    lines = (_json(ranking), _json(library.sources), _json(ROW.join(table)), *map(_json, library.pages.values()))
    return "\n".join(lines).encode()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _rows(page: Page) -> Iterator[_Row]:
    """Yield the passages of a page in reading order: facets, steps, faq items.  A guide opens with all its steps."""
    keys = [facet.key for facet in reversed(FACETS) if facet.key in dict(page.facets)]
    if page.steps:
        keys = ["how", *(key for key in keys if key != "how")]
    for key in keys:
        forbids = key == "avoid" and dict(page.facets)[key].say.startswith(FORBIDS)
        yield _Row(page.id, key, 0, 0, int(forbids))
    for number, step in enumerate(page.steps, 1):
        yield _Row(page.id, "how", number, 0)
        for facet, field in STEP_FACETS.items():
            if getattr(step, field) is not None:
                yield _Row(page.id, facet, number, 0)
        if step.minutes:
            yield _Row(page.id, "how_long", number, 0)
    for number in range(1, len(page.faq) + 1):
        opening = page.faq[number - 1].say.say.split(" ", 1)[0].rstrip(",.:;").lower()
        yield _Row(page.id, "faq", 0, number, int(opening in ("yes", "no")))


def _wordings(page: Page, row: _Row, opens: bool) -> tuple[str, ...]:
    """Return what a passage can be asked for by, beside the names of its page and its facet.

    Where the title of a page is a question, what the page opens with is its answer.
    """
    if opens and asks(page.title):
        return (page.title,)
    if row.item:
        return page.faq[row.item - 1].ask
    if row.step and page.steps[row.step - 1].title:
        return (page.steps[row.step - 1].title,)
    return ()


def _said(page: Page, row: _Row) -> str:
    """Return the words of a passage; those of a guide's opening are the words of all its steps as well."""
    said = text_of(page, row.facet, row.step, row.item).say
    return " ".join((said, *(step.do.say for step in page.steps))) if row[1:] == ("how", 0, 0, 0) else said


def _telling(stems: tuple[str, ...]) -> tuple[str, ...]:
    """Return the stems of a wording without those of small words, unless it has no others."""
    return tuple(one for one in stems if one not in _SMALL) or stems


def _postings(stems_of: Iterable[Iterable[str]]) -> dict[str, str]:
    """Return stem → the numbers of those that hold it, rising, parted by spaces."""
    found: dict[str, list[str]] = {}
    for number, stems in enumerate(stems_of):
        for one in stems:
            found.setdefault(one, []).append(str(number))
    return {one: " ".join(found[one]) for one in sorted(found)}


def _weights(pages: int, on_page: Mapping[str, int], named: Mapping[str, int]) -> dict[str, float]:
    """Return stem → how telling it is.

    Inverse document frequency over pages (Sparck Jones 1972) as a share of what an unheard word has, so that it does
    not grow with the library.  A word that names pages is as telling as it is among the names.
    """
    top = log(2 * (pages + 1))
    rarity = {count: log((pages + 1) / (count + 0.5)) / top for count in {*on_page.values(), *named.values()}}
    weights = {
        one: max(0.1, rarity[on_page[one]], 0.9 * rarity[named[one]] if one in named else 0.0)
        for one in sorted(on_page)
    }
    for words, most in ((FRAME, FRAME_WEIGHT), (SMALL, SMALL_WEIGHT)):
        for one in {stem(term) for term in words - QUALIFIERS} & weights.keys():
            weights[one] = min(weights[one], most)
    return {one: round(weight, 4) for one, weight in weights.items()}


def _whole(stems: Iterable[str], weights: Mapping[str, float]) -> float:
    return round(sum(weights[one] for one in stems), 4)


def _signs(library: Library) -> set[str]:
    """Return the English words of the signs of red flags: a slip in one of them is mended as one in a name is."""
    phrases = {
        phrase for part in {part for flag in library.flags for sign in flag.signs for part in sign} for phrase in part
    }
    return {
        term for phrase in phrases for term in terms(phrase) if len(term) > 3 and term not in SMALL and is_english(term)
    }


def _synonyms(library: Library) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return (words of what people say, words of the term it is said for)."""
    return [(tuple(terms(one)), tuple(terms(term))) for term, said in library.synonyms for one in said]


def _said_for(synonyms: Iterable[tuple[tuple[str, ...], tuple[str, ...]]]) -> list[tuple[str, list[str]]]:
    """Return (stems of a phrase, the terms it is said for), each phrase once, no term for itself."""
    found: dict[str, dict[str, None]] = {}
    for phrase, term in synonyms:
        key = " ".join(stem(word) for word in phrase)
        if key != " ".join(stem(word) for word in term):
            found.setdefault(key, {})[" ".join(term)] = None
    return [(key, list(said)) for key, said in found.items()]
