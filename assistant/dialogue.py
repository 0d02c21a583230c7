"""One turn, and what is remembered: read → resolve → search → compose → advance.  Alone knows a conversation."""

from pathlib import Path

from assistant import cache, index, library
from assistant.answer import compose
from assistant.model import FACET, Answer, Context, KnowledgeError, Problem
from assistant.question import Question, read
from assistant.search import search
from assistant.text import tokenise

START = Context()


class Assistant:
    """A knowledge that can be asked.  Never changes; what a conversation remembers is handed in and out."""

    def __init__(self, found: index.Index) -> None:
        self.index = found

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong with the YAML; the pages it stands on are left out."""
        return self.index.library.problems

    def ask(self, text: str) -> Answer:
        """Return the answer to one question that leans on nothing before it.  Any text will do; raises nothing."""
        return self.turn(text)[0]

    def turn(self, text: str, context: Context = START) -> tuple[Answer, Context]:
        """Return the answer to what is said after `context`, and the context to hand in with the next turn."""
        question = resolve(read(clean(text), self.index.lexicon), context, self.index)
        answer = compose(question, search(question, self.index), self.index)
        return answer, advance(context, answer)


def clean(text: str) -> str:
    """Return a text without control characters, its white space made single, cut where no question is that long."""
    return " ".join("".join(c if c.isprintable() else " " for c in text[:20_000]).split())[:2_000]


def resolve(question: Question, context: Context, found: index.Index) -> Question:
    """Return the question with what it leaves out filled in from before; one that leaves nothing out is not touched."""
    if question.move == "choose":
        number = len(context.options) if question.number == -1 else question.number
        if 1 <= number <= len(context.options):
            chosen = context.options[number - 1]
            return read(chosen.text, found.lexicon)._replace(text=question.text, topic=chosen.entry)
        return question._replace(move="")
    if context.entry not in found.spans:
        return _implied(question if question.move == "step" else question._replace(move=""), found)
    if question.move in ("next", "previous", "again") or (question.move == "step" and not question.has_topic):
        number = {"next": context.step + 1, "previous": context.step - 1, "again": context.step}.get(
            question.move, question.number
        )
        if found.library.pages[context.entry].steps and (number or question.move != "again"):
            return question._replace(move="step", number=number, topic=context.entry)
        return question._replace(
            move="", topic=context.entry, facets=(context.facet,) if question.move == "again" else ()
        )
    if question.move == "more":
        return question._replace(move="", topic=context.entry, facets=(_more(context, found),))
    if not question.has_topic and question.facets and not question.sequence:
        if context.step:
            return question._replace(move="step", number=context.step, topic=context.entry)
        return question._replace(topic=context.entry)
    if question.leans and not question.facets and context.facet in FACET:
        return question._replace(facets=(context.facet,))
    return question


def _implied(question: Question, found: index.Index) -> Question:
    """Return a question that asks for a facet and names no topic as one about the subject of the knowledge."""
    if question.has_topic or not question.facets or not found.library.subject:
        return question
    subject = found.lexicon.read(tokenise(found.library.subject))
    said = (*question.said, *(word.term for word in subject))
    return question._replace(words=(*question.words, *subject), said=said)


def _more(context: Context, found: index.Index) -> str:
    """Return the facet that comes after the last one told, in the order in which the page is read."""
    first, end = found.spans[context.entry]
    facets = [p.facet for p in found.passages[first:end] if not p.step and not p.item]
    at = facets.index(context.facet) + 1 if context.facet in facets else 0
    return facets[at % len(facets)] if facets else ""


def advance(context: Context, answer: Answer) -> Context:
    """Return what is remembered after an answer: its place when it answered, its choices when it asked."""
    if answer.outcome == "answered":
        return Context(answer.entry, answer.facet, answer.step, answer.related)
    return context._replace(options=answer.options or context.options)


def load(*shelves: str | Path, builtin: bool = True, cached: bool = True) -> Assistant:
    """Return an assistant over the built-in handbook and any folders of YAML, the later winning page by page.

    Raises KnowledgeError when a folder is missing or unreadable or when no page is left; single broken pages are
    left out and told in `Assistant.problems`.  A compiled library is kept in the user's cache folder, if it can be.
    """
    folders = [*([library.BUILTIN] if builtin else []), *(Path(shelf) for shelf in shelves)]
    files = library.files(folders)
    mark = f"{index.FORMAT}-{library.fingerprint(files)}"
    place = cache.folder("cache") / f"{library.fingerprint(f._replace(data=f.shown.encode()) for f in files)}.json"
    found = _kept(place, mark) if cached else None
    if found is None:
        found = index.build(library.read(files), mark.partition("-")[2])
        if cached:
            cache.write(place, mark, index.pack(found))
    if not found.library.pages:
        told = "no page could be read" if found.library.problems else "no page in " + ", ".join(map(str, folders))
        raise KnowledgeError(told, found.library.problems)
    return Assistant(found)


def _kept(place: Path, mark: str) -> index.Index | None:
    """Return the compiled library at a place, or None when it is another's, an older one or damaged."""
    value = cache.read(place, mark)
    try:
        return None if value is None else index.unpack(value)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return None
