"""Which page a turn means that lies near the one spoken of: titled so, pointed to, akin, or where the reason stands."""

import re

from assistant.index import Index, stems_of
from assistant.model import Context
from assistant.question import Question, read
from assistant.search import search

#: How an answer opens that says not to.
_NOT_TO = re.compile(r"(?:No|Not|Never|Do not|Leave|Keep (?:\w+ ){0,4}off)\b")


def reason(question: Question, context: Context, found: Index) -> Question | None:
    """Return "why?" after an answer that says not to as what to avoid of the place it was asked of, or None.

    The reason not to press the front of the neck is told on the page of that place, not on that of neck massage.  Where
    no such page is, the answer itself says why, if it says more than not to.
    """
    if question.facets[0] not in ("why", "avoid") or not context.item:
        return None
    item = found.pages[context.entry].faq[context.item - 1]
    if not _NOT_TO.match(item.say.say):
        return None
    for wording in item.ask:
        asked = read(wording, found.lexicon)._replace(text=question.text, facets=("avoid", "why"), may=False)
        best = next(iter(search(asked, found)), None)
        if best and best.named and best.passage.page != context.entry and best.passage.facet in asked.facets:
            return asked._replace(topic=best.passage.page)
    again = read(item.ask[0], found.lexicon)._replace(text=question.text, topic=context.entry)
    return again if ". " in item.say.say else None  # what it says beside not to is why


def near(question: Question, context: Context, found: Index) -> str:
    """Return the page that the one spoken of points to, and no other, whose title has all that was said, or "".

    "And cupping?" after hacking is the cupping stroke, not the therapy with cups.
    """
    said = {one for word in question.words for one in stems_of(word.term)}
    pages = [one for one in found.pages[context.spoken_of].see if said <= set(stems_of(found.pages[one].title))]
    return pages[0] if said and len(pages) == 1 else ""


def titled(question: Question, context: Context, found: Index, unnamed: bool) -> str:
    """Return the page whose very title the telling words of a question are, or "".

    They may be so with the last word of the page spoken of: "and coconut?" after olive oil is coconut oil.  Words that
    name no page by themselves (`unnamed`) may be so with the subject: "the hand" is hand massage.
    """
    said = " ".join(word.term for word in question.words)
    last = found.pages[context.spoken_of].title.split()[-1]
    for name in (said, f"{said} {last}", *((f"{said} {found.subject}",) if unnamed else ())) if said else ():
        for page in found.called(name):
            if stems_of(found.pages[page].title) == stems_of(name):
                return page
    return ""


def having(facet: str, context: Context, found: Index) -> str:
    """Return the page of those spoken of that has a facet, the main topic before what was asked beside it.

    Where none has, one does that the main topic points to and whose title is akin: headache relief after headache.
    """
    pages = [page for page in (context.spoken_of, context.entry, context.before) if page in found.spans]
    return next((page for page in (*pages, *akin(pages[0], found)) if found.has(page, facet)), pages[0])


def akin(page: str, found: Index) -> list[str]:
    """Return the pages that a page points to whose titles share a word with its own, the subject aside."""
    named = set(stems_of(found.pages[page].title)).difference(stems_of(found.subject))
    return [one for one in found.pages[page].see if named.intersection(stems_of(found.pages[one].title))]
