"""What people's safety adds to an answer: stop at a red flag, and mind what someone was said to have."""

from assistant.index import Index, stems_of
from assistant.model import Alarm, Answer, Caution, Context, Flag, NumberedStep, Page, Paragraph, Text
from assistant.question import Question
from assistant.telling import answer_of, called, first_sentence, tell
from assistant.text import stem, terms


def stop(question: Question, flag: Flag, index: Index) -> Answer:
    """Return what is said to a red flag: stop and whom to call, then why; nothing else, and no technique."""
    page = index.pages.get(flag.page)
    return answer_of(question, "stop", (Alarm(flag.say), Paragraph(flag.why)), index, ())._replace(
        entry=page.id if page else "",
        title=page.title if page else "",
        score=100.0,
        cautions=(flag.say,),
        sources=index.sources_of(flag.sources),
    )


#: How long it is minded what someone was said to have.
KEPT = "Kept in mind until “forget that”."
#: Questions that ask for no technique: they are answered whatever someone has.
_HARMLESS = ("what", "why", "pronounce")
#: What of a condition tells what it is, how to know it and what to leave.
_OF_CONDITION = (*_HARMLESS, "avoid", "when", "feel", "mistakes")


def _harmless(answer: Answer, question: Question) -> bool:
    """Return whether it is only told what something is or is for, and that was asked."""
    asked = question.facets[:1] in (*((key,) for key in _HARMLESS), ())
    return not question.may and answer.facet in _HARMLESS and asked


def is_technique(answer: Answer, question: Question, index: Index) -> bool:
    """Return whether an answer tells what to do with the hands, and not what something is, or what to mind with it."""
    if answer.outcome != "answered" or not answer.entry or _harmless(answer, question):
        return False
    span = index.spans[answer.entry]
    return span.kind != "condition" or (span.level != "stop" and answer.facet not in _OF_CONDITION)


def still(question: Question, flag: Flag, index: Index) -> Answer:
    """Return what is said to a technique that is asked for after a red flag: the same again, and how it is lifted."""
    answer = stop(question, flag, index)
    return answer._replace(blocks=(*answer.blocks, Paragraph(KEPT, quiet=True)))


def kept(question: Question, context: Context, flag: Flag | None, index: Index) -> Answer:
    """Return what is kept in mind of what was told: the red flag that stands, and what someone was said to have."""
    named = [index.pages[one].title for one in context.conditions if one in index.pages]
    stopped = (flag.say,) if flag else ()
    told = f"Kept in mind: {', '.join(named)}." if named else "Nothing is kept in mind."
    blocks = (
        *(Alarm(say) for say in stopped),
        Paragraph(told),
        *((Paragraph(KEPT, True),) if named or stopped else ()),
    )
    return answer_of(question, "answered", blocks, index, ())._replace(cautions=stopped)


def minding(answer: Answer, question: Question, conditions: tuple[str, ...], index: Index) -> Answer:
    """Return an answer with what to mind first for the conditions someone was said to have.

    A condition that stops takes the place of a technique; any other stands before it as a caution.
    """
    if answer.outcome != "answered" or not answer.entry or _harmless(answer, question):
        return answer
    if index.spans[answer.entry].kind == "condition":
        return answer
    known = (answer.entry, *index.pages[answer.entry].see)  # a page that points to the condition has it in mind
    minded = [
        one for one in conditions if one in index.pages and (one not in known or index.spans[one].level == "stop")
    ]
    answer = _without(answer, conditions, index)
    for one in conditions:
        page = index.pages[answer.entry]
        instead = one in page.not_with and not _speaks_of(answer, one, index)
        if not (instead or (one in minded and index.spans[one].level == "stop")):
            continue
        wanted = ("how", "avoid") if instead and index.spans[one].level != "stop" else ("avoid",)
        rules = {passage.facet: passage for passage in index.passages(one) if not (passage.step or passage.item)}
        if rule := next((rules[facet] for facet in wanted if facet in rules), None):
            left_out = f"Left out with {called(index.pages[one])}: {called(page)}." if instead else ""
            told = tell(Question(answer.question, (), topic=one), rule, index, lead=left_out)
            return told._replace(matches=answer.matches)
    cautions = tuple(_rule(index.pages[one]) for one in minded[:2])
    blocks = (*(Caution(text) for text in cautions), *answer.blocks)
    return answer._replace(blocks=blocks, cautions=(*cautions, *answer.cautions))


def _speaks_of(answer: Answer, condition: str, index: Index) -> bool:
    """Return whether what is told is about a condition itself: "may I use essential oils when pregnant?" """
    if not answer.item:
        return False
    item = index.pages[answer.entry].faq[answer.item - 1]
    page = index.pages[condition]
    names = [set(stems_of(name)) for name in (page.title, *page.aliases)]
    return any(name <= {stem(term) for term in terms(said)} for said in (*item.ask, item.say.say) for name in names)


def _without(answer: Answer, conditions: tuple[str, ...], index: Index) -> Answer:
    """Return an answer without the steps that are to be left out with these conditions, each named with its reason."""
    steps = index.pages[answer.entry].steps
    out = {
        number: [index.pages[one].title.lower() for one in step.avoid if one in conditions]
        for number, step in enumerate(steps, 1)
        if answer.step in (0, number) and not set(step.avoid).isdisjoint(conditions)
    }
    if answer.facet != "how" or not out:
        return answer
    named = [f"Step {n}, {steps[n - 1].title or 'this one'}, is left out: {', '.join(why)}." for n, why in out.items()]
    said = {steps[number - 1].caution for number in out}
    blocks = tuple(
        block
        for block in answer.blocks
        if not answer.step
        and not (isinstance(block, NumberedStep) and block.number in out)
        and not (isinstance(block, Caution) and block.text in said)
    )
    cautions = (*named, *(text for text in answer.cautions if text not in said))
    kept = tuple(Caution(text) for text in cautions) if answer.step else tuple(Caution(text) for text in named)
    return answer._replace(blocks=(*kept, *blocks), cautions=cautions)


def _rule(page: Page) -> str:
    """Return what to mind with a condition, in a sentence that names it."""
    return f"{page.title}: {first_sentence(dict(page.facets).get('avoid', Text(' '.join(page.cautions))).say)}"


def forget(question: Question, index: Index) -> Answer:
    """Return the answer to "forget that"."""
    return answer_of(question, "answered", (Paragraph("Forgotten. Ask about massage for anyone."),), index, ())


def none_of_them(question: Question, index: Index) -> Answer:
    """Return the answer to "none of these"."""
    return answer_of(question, "answered", (Paragraph("Then ask it in other words, please."),), index, ())


def note(question: Question, conditions: tuple[str, ...], index: Index) -> Answer | None:
    """Return what to mind with a condition that someone is only said to have, and that it is kept in mind."""
    rules = (p for one in conditions for p in index.passages(one) if p.facet == "avoid" and not p.step)
    if not (rule := next(rules, None)):
        return None
    answer = tell(question._replace(topic=rule.page), rule, index)
    return answer._replace(blocks=(*answer.blocks, Paragraph(KEPT, quiet=True)))
