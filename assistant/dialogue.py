"""One turn, and what is remembered: read → gate → resolve → search → compose → advance.  Alone knows a conversation."""

import os
from collections.abc import Iterable, Iterator
from typing import Any

from assistant import index, library, store
from assistant.answer import WORDED, compose
from assistant.asking import DENIALS, is_frame
from assistant.comparing import compare
from assistant.minding import forget, is_technique, kept, minding, none_of_them, note, still, stop
from assistant.model import Answer, Context, Flag, KnowledgeError, Problem
from assistant.question import Question, parts, read
from assistant.resolving import addressed, beside, last_told, picked, resolve
from assistant.safety import PERSONS, denied, flagged, told
from assistant.search import search
from assistant.telling import GUIDE_WORDS, tell, together
from assistant.text import stem, terms

START = Context()
#: So much of a message is listened to for red flags; of what is asked far less is read.
LONGEST = 100_000
#: How many questions of one message are answered together at most, and in how many words.
PARTS, WORDS = 3, 240
#: Facets that ask what to do, and not whether.
DOING = tuple(
    (key,) for key in ("how", "how_hard", "how_long", "how_much", "how_often", "where", "which_way", "with_what")
)
#: In how many words a guide is told where it is one of several answers and does not fit else.
BRIEF = 100


class Assistant:
    """A knowledge that can be asked.  Never changes; what a conversation remembers is handed in and out.

    So one assistant serves any number of threads.  It is made by `load`; pickled, it is no more than the names of its
    folders, and is loaded anew where it is unpickled.
    """

    def __init__(self, found: index.Index, folders: tuple[str, ...] = ()) -> None:
        self.index, self.folders = found, folders

    def __reduce__(self) -> tuple[Any, ...]:
        return _loaded, (self.folders,)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong with the YAML; the pages it stands on are left out."""
        return self.index.problems

    def ask(self, text: str) -> Answer:
        """Return the answer to one question that leans on nothing before it.  Any text will do; raises nothing.

        >>> load().ask("one calf is swollen and hot, how do I rub it out?").outcome
        'stop'
        """
        return self.turn(text)[0]

    def ask_many(self, questions: Iterable[str]) -> Iterator[Answer]:
        """Yield the answers to questions that lean on nothing, in their order; the next is asked when it is wanted.

        >>> [answer.entry for answer in load().ask_many(["what is fascia?", "what is a tendon?"])]
        ['fascia', 'tendon']
        """
        return map(self.ask, questions)

    def turn(self, text: str, context: Context = START) -> tuple[Answer, Context]:
        """Return the answer to what is said after `context`, and the context to hand in with the next turn.

        >>> handbook = load()
        >>> answer, context = handbook.turn("what is kneading?")
        >>> answer, context = handbook.turn("and how long?", context)
        >>> answer.entry, answer.facet
        ('kneading', 'how_long')
        """
        question = read(clean(text), self.index.lexicon)
        looked_up = addressed(question, self.index)  # "Chest pain: what is it?" names a page and tells of nobody
        if not looked_up and (flag := self._flag(question, text, context)):
            return stop(question, flag, self.index), context._replace(
                entry=flag.page,
                facet="",
                step=0,
                topic="",
                options=(),
                stopped=flag.id,
            )
        if said := self._of_talk(question, context):
            return said
        if number := picked(question, context):
            question = question._replace(move="choose", number=number)
        names = self.index.conditions(question.said)
        who = told(question.said, names)
        if out := denied(question.said, names):
            rest = tuple(word for word in question.words if stem(word.term) not in out | DENIALS)
            question = question._replace(words=rest) if rest else question
        context = context._replace(conditions=tuple(dict.fromkeys((*context.conditions, *who))))
        if looked_up:
            answer = self._answer(looked_up, context)
        else:
            answer = (
                self._each(question, context)
                or self._technique(question, who, context)
                or self._minded(question, who, context)
            )
        if (flag := self._stopped(context)) and is_technique(answer, question, self.index):
            return still(question, flag, self.index), context
        after = advance(context, answer, self.index)
        if context.entry and answer.entry and question.aside:
            after = after._replace(topic=context.spoken_of)
        return answer, after

    def _of_talk(self, question: Question, context: Context) -> tuple[Answer, Context] | None:
        """Return what is said to an utterance about the talk itself, and the context after it; None to any other."""
        if question.move == "forget":
            return forget(question, self.index), Context()
        if question.move == "kept":
            return kept(question, context, self._stopped(context), self.index), context
        if question.move == "none" and context.options:
            return none_of_them(question, self.index), context._replace(options=(), asked=False)
        if question.move in ("again", "shorter") and (passage := last_told(context, self.index)):
            return tell(question, passage, self.index, brief=question.move == "shorter"), context
        return None

    def _stopped(self, context: Context) -> Flag | None:
        """Return the red flag that was heard before and is not lifted, None where there is none."""
        return next((flag for flag in self.index.flags if flag.id == context.stopped), None)

    def _flag(self, question: Question, text: str, context: Context) -> Flag | None:
        """Return the first red flag heard in what was said, as it was typed or as it was read, however long it is.

        Where none is, what someone was said to have before counts where a flag is about it: "she is pregnant", then
        "she is bleeding"; but not where nobody is told of: "can massage start labour?"
        """
        flags, watch = self.index.flags, self.index.watch
        typed = tuple(terms(text[:LONGEST]))
        numbers = [flagged(words, watch) for words in dict.fromkeys((question.said, typed))]
        if not PERSONS.isdisjoint(typed) and numbers.count(None) == len(numbers):
            for condition in {flag.page for flag in flags} & set(context.conditions):
                number = flagged((*typed, *terms(self.index.pages[condition].title)), watch)
                numbers.append(number if number is not None and flags[number].page == condition else None)
        heard = [number for number in numbers if number is not None]
        return flags[min(heard)] if heard else None

    def _answer(self, question: Question, context: Context, words: int = GUIDE_WORDS) -> Answer:
        """Return the answer to one question, what it leaves out filled in from before; a guide in so many words."""
        question = question if question.topic else resolve(question, context, self.index)
        matches = search(question, self.index)
        answer = compare(question, matches, self.index) or compose(question, matches, self.index, words)
        declined = answer.outcome in ("unknown", "ambiguous") and not (answer.unknown_words or question.move)
        if declined and (again := beside(question, context, self.index)):
            return self._answer(again, context, words)
        return minding(answer, question, context.conditions, self.index)

    def _technique(self, question: Question, who: tuple[str, ...], context: Context) -> Answer | None:
        """Return the answer to what is asked to be done for someone who has something, that minded; None if nothing is.

        "My wife is pregnant, how do I rub her feet?" asks about feet, while "may I rub her?" asks about pregnancy.
        What only tells that someone has something is answered with what to mind.
        """
        if not who or self.index.called(" ".join(question.said)):
            return None
        named = {one for page, name in self.index.conditions(question.said) if page in who for one in name.split()}
        rest = tuple(word for word in question.words if stem(word.term) not in named and word.term not in PERSONS)
        subject = index.stems_of(self.index.subject)
        nothing_else = all(is_frame(word.term) or stem(word.term) in subject for word in rest)
        if nothing_else and not question.facets and not question.may:
            best = next(iter(search(question, self.index)), None)
            elsewhere = best and best.passage.item and best.worded >= WORDED and best.passage.page not in who
            return None if elsewhere else note(question, who, self.index)  # "my massage left me with bruises"
        if nothing_else or question.facets[:1] not in DOING:
            return None
        answer = self._answer(question._replace(words=rest), context)
        if answer.entry in who:  # what was asked for is not for them: perhaps there is something made for them
            whole = self._answer(question, context)
            answer = whole if whole.outcome == "answered" else answer
        return answer if answer.outcome == "answered" else None

    def _minded(self, question: Question, who: tuple[str, ...], context: Context) -> Answer:
        """Return the answer to a question; where there is none to whether one may, what to mind with what someone has.

        "My gran takes warfarin, can I massage her" has a page on either: the condition comes first.
        """
        answer = self._answer(question, context)
        if answer.outcome not in ("unknown", "ambiguous") or answer.unknown_words or question.diagnosis:
            return answer
        spans, subject = self.index.spans, set(index.stems_of(self.index.subject))
        named = any(match.named and spans[match.passage.page].kind != "condition" for match in answer.matches)
        of_massage = named or not subject.isdisjoint(map(stem, question.said))
        minded = note(question, who, self.index) if who and question.may and of_massage else None
        return minded or answer

    def _each(self, question: Question, context: Context) -> Answer | None:
        """Return the answers to all the questions that a message joins as one, or None unless each has its own.

        The first that names a topic lends it to those that name none: "how long and how hard should I knead?"
        """
        if question.move or len(joined_parts := parts(question.text)) < 2:
            return None
        asked = [read(part, self.index.lexicon) for part in joined_parts]
        asked = [one for one in asked if one.has_topic or one.facets]
        lead = next((one for one in asked if one.has_topic), None)
        if not lead or not 2 <= len(asked) <= PARTS:
            return None
        for words in (GUIDE_WORDS, BRIEF):
            told = self._answer(lead, context, words)
            after = advance(context, told, self.index)
            answers = tuple(told if one is lead else self._answer(one, after, words) for one in asked)
            if any(answer.outcome != "answered" for answer in answers) or len({a.blocks for a in answers}) < len(asked):
                return None
            joined = together(question.text, answers)
            if sum(len(block.text.split()) for block in joined.blocks) <= WORDS:
                return joined
        return None


def clean(text: str) -> str:
    """Return a text without control characters, its white space made single, cut where no question is that long."""
    return " ".join("".join(c if c.isprintable() else " " for c in text[:20_000]).split())[:2_000]


class Conversations:
    """Several conversations with one assistant, each kept by the name of its session."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self._after: dict[str, Context] = {}

    def ask(self, text: str, session: str | None) -> Answer:
        """Return the answer to what is said next in a session; with no session (None) it leans on nothing before."""
        if session is None:
            return self.assistant.ask(text)
        answer, self._after[session] = self.assistant.turn(text, self._after.get(session, START))
        return answer


def advance(context: Context, answer: Answer, found: index.Index) -> Context:
    """Return what is remembered after an answer: its place when it answered, its choices when it asked."""
    if answer.outcome != "answered" or not answer.entry:
        asked = answer.outcome == "ambiguous" or (context.asked and not answer.options)
        return context._replace(options=answer.options or context.options, asked=asked)
    guide, place = context.guide, context.place
    if found.spans[answer.entry].kind == "guide":
        place = answer.step or (place if guide == answer.entry else 0)
        guide = answer.entry
    return Context(
        answer.entry,
        answer.facet,
        answer.step,
        answer.related,
        guide,
        place,
        context.conditions,
        answer.item,
        stopped=context.stopped,
        before=context.before if answer.entry == context.spoken_of else context.spoken_of,
    )


def load(*shelves: str | os.PathLike[str], builtin: bool = True, cached: bool = True) -> Assistant:
    """Return an assistant over the built-in handbook and any folders of YAML, the later winning page by page.

    Raises KnowledgeError when a folder is missing or unreadable or when no page is left; single broken pages are
    left out and told in `Assistant.problems`.  A compiled index is kept in the user's cache folder, if it can be.

    >>> load("no/such/folder")
    Traceback (most recent call last):
    assistant.model.KnowledgeError: no such folder: no/such/folder
    """
    return _loaded((*([library.BUILTIN] if builtin else []), *(os.fspath(shelf) for shelf in shelves)), cached)


def _loaded(folders: tuple[str, ...], cached: bool = True) -> Assistant:
    """Return an assistant over some folders, the later winning; see `load`."""
    found = store.open_index(list(folders), cached)
    if not found.pages:
        told = "no page could be read" if found.problems else "no page in " + (", ".join(folders) or "no folder")
        raise KnowledgeError(told, found.problems)
    return Assistant(found, folders)


def reloaded(assistant: Assistant) -> Assistant:
    """Return an assistant over the same folders as they are now; raises KnowledgeError as `load` does."""
    return _loaded(assistant.folders)
