"""A page, or a part of one, as someone names it: "kneading", "back-massage#2", "kneading#how_long"."""

from typing import Any, NamedTuple

from assistant.facets import FACETS
from assistant.index import Index
from assistant.lines import texts
from assistant.model import Page, Source, Step, Text
from assistant.text import terms


class Found(NamedTuple):
    """A page, and the facet or the number of the step that is wanted of it, if one is."""

    page: Page
    facet: str = ""
    step: int = 0


def find(named: str, index: Index) -> Found:
    """Return the page of that id, title or alias, and what is wanted of it after a #.

    A facet is named by its key or its heading ("how_long", "How long"), a step by its number from 1.  Raises
    LookupError with a sentence, and what may have been meant, where there is no such page, facet or step.
    """
    wanted, _, part = named.partition("#")
    page = index.pages.get(wanted) or next((index.pages[id_] for id_ in index.called(wanted)), None)
    if page is None:
        from assistant.schema import nearest

        near = nearest(wanted, index.pages)
        raise LookupError(f"no page {wanted!r}" + (f"; did you mean {near!r}?" if near else "; see: massage list"))
    if not part:
        return Found(page)
    if part.isdecimal():
        step = int(part) if len(part) < 10 else 0
        if not 1 <= step <= len(page.steps):
            steps = f"its steps are 1 to {len(page.steps)}" if page.steps else "it has no steps"
            raise LookupError(f"{page.id} has no step {part[:9]}{'…' if len(part) > 9 else ''}; {steps}")
        return Found(page, step=step)
    said = terms(part.replace("_", " "))
    facet = next((f.key for f in FACETS if said in (terms(f.key.replace("_", " ")), terms(f.heading))), "")
    if facet not in dict(page.facets) and not (facet == "how" and page.steps):
        raise LookupError(f"{page.id} has no {part!r}; it has: " + ", ".join(key for key, _ in page.facets))
    return Found(page, facet)


def as_json(found: Found, index: Index) -> dict[str, Any]:
    """Return a page, or what is wanted of it, as a JSON object; cautions and sources are always there."""
    page, facet, step = found
    part = bool(facet or step)
    keys = dict.fromkeys((*(key for text in texts(*found) for key in text.sources), *page.sources))
    return {
        "schema": 1,
        "id": page.id,
        "title": page.title,
        "kind": page.kind,
        "aliases": list(page.aliases),
        "facets": {key: _text(text) for key, text in page.facets if not part or key == facet},
        "steps": [
            {"number": number} | _step(one)
            for number, one in enumerate(page.steps, 1)
            if not part or step == number or facet == "how"
        ],
        "faq": [] if part else [{"ask": list(item.ask)} | _text(item.say) for item in page.faq],
        "cautions": list(page.cautions),
        "level": page.level,
        "see": list(page.see),
        "sources": [source._asdict() for source in index.sources_of(keys) if isinstance(source, Source)],
    }


def _text(text: Text) -> dict[str, Any]:
    return {"say": text.say, "sources": list(text.sources)}


def _step(step: Step) -> dict[str, Any]:
    told = {key: _text(value) if isinstance(value, Text) else value for key, value in step._asdict().items()}
    return {key: list(value) if isinstance(value, tuple) else value for key, value in told.items()}
