"""Two things in one question: which pages they are, and both told side by side."""

import re

from assistant.facets import FACET
from assistant.index import Index, stems_of
from assistant.model import Answer, Block, Caution, Match, Paragraph
from assistant.question import Question
from assistant.telling import answer_of, called
from assistant.text import stem

_JOINS = re.compile(r"\b(?:vs|versus|or|compared to|compared with|different from|differ from)\b")
_BETWEEN = re.compile(r"\bdifferences? between (?P<one>.+?) and (?P<other>.+)")
#: A passage that covers so much of the question compares the two itself.
ITSELF = 85.0
#: So does one of which so much of a wording was said.
WORDED, HALF = 0.9, 0.5


def compare(question: Question, matches: tuple[Match, ...], index: Index) -> Answer | None:
    """Return an answer that tells both things that a question compares, or None where it compares no two pages.

    A faq item that was written for the comparison goes first: then there is nothing to do here.
    """
    pages = _pages(" ".join(question.said), index)
    best = matches[0] if matches else None
    if (
        not pages
        or question.topic
        or question.diagnosis
        or (best and best.passage.facet == "faq" and _compares(best, pages, index))
    ):
        return None
    facet = next(
        (key for key in question.facets if all(key in dict(index.pages[page].facets) for page in pages)), "what"
    )
    told = [dict(index.pages[page].facets).get(facet) for page in pages]
    if None in told:
        return None
    texts = [text for text in told if text]
    cautions = tuple(dict.fromkeys(caution for page in pages for caution in index.pages[page].cautions))
    blocks: tuple[Block, ...] = (*(Paragraph(text.say) for text in texts), *(Caution(text) for text in cautions))
    keys = dict.fromkeys(key for text in texts for key in text.sources)
    page = index.pages[pages[0]]
    return answer_of(question, "answered", blocks, index, matches)._replace(
        entry=page.id,
        title=" and ".join(called(index.pages[one]) for one in pages).capitalize(),
        facet=FACET[facet].key,
        cautions=cautions,
        sources=index.sources_of(keys),
    )


def _compares(best: Match, pages: tuple[str, ...], index: Index) -> bool:
    """Return whether a faq item is asked for by what the question compares: by most of it, or by both names."""
    if best.score >= ITSELF or best.worded >= WORDED:
        return True
    if best.worded < HALF:
        return False
    asked = {stem(reason.word) for reason in best.reasons if "ask" in reason.field}
    names = [[stems_of(name) for name in (index.pages[one].title, *index.pages[one].aliases)] for one in pages]
    return all(any(asked.issuperset(name) for name in of_page) for of_page in names)


def _pages(said: str, index: Index) -> tuple[str, ...]:
    """Return the two pages that a question sets side by side, or none."""
    sides = [found.group("one", "other") for found in _BETWEEN.finditer(said)]
    sides += [(said[: found.start()], said[found.end() :]) for found in _JOINS.finditer(said)]
    for one, other in sides:
        if one.split() and other.split() and index.called(f"{one.split()[-1]} or {other.split()[0]}"):
            continue  # a page of that very name: "ice or heat"
        left, right = _last_name(one.split(), index), _first_name(other.split(), index)
        if left and right and left != right:
            return left, right
    return ()


def _last_name(words: list[str], index: Index) -> str:
    """Return the page that the longest possible end of some words names."""
    names = (index.called(" ".join(words[start:])) for start in range(max(0, len(words) - 4), len(words)))
    return next((pages[0] for pages in names if len(pages) == 1), "")


def _first_name(words: list[str], index: Index) -> str:
    """Return the page that the longest possible opening of some words names."""
    names = (index.called(" ".join(words[:end])) for end in range(min(4, len(words)), 0, -1))
    return next((pages[0] for pages in names if len(pages) == 1), "")
