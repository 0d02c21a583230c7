"""What people's safety adds to an answer: stop at a red flag, and mind what someone was said to have."""

from assistant.answer import answer_of, first_sentence, tell
from assistant.index import Index
from assistant.model import Alarm, Answer, Caution, Flag, Page, Paragraph, Text
from assistant.question import Question


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


#: Parts of a page that are no technique: they are told whatever someone has.
_HARMLESS = ("what", "why", "pronounce")


def minding(answer: Answer, conditions: tuple[str, ...], index: Index) -> Answer:
    """Return an answer with what to mind first for the conditions someone was said to have.

    A condition that stops takes the place of a technique; any other stands before it as a caution.
    """
    if answer.outcome != "answered" or not answer.entry or answer.facet in _HARMLESS:
        return answer
    known = (answer.entry, *index.pages[answer.entry].see)  # a page that points to the condition has it in mind
    minded = [
        one for one in conditions if one in index.pages and (one not in known or index.spans[one].level == "stop")
    ]
    if index.spans[answer.entry].kind == "condition":
        return answer
    for one in (one for one in minded if index.spans[one].level == "stop"):
        rule = next((passage for passage in index.passages(one) if passage.facet == "avoid"), None)
        if rule:
            return tell(Question(answer.question, (), topic=one), rule, index)._replace(matches=answer.matches)
    cautions = tuple(_rule(index.pages[one]) for one in minded[:2])
    blocks = (*(Caution(text) for text in cautions), *answer.blocks)
    return answer._replace(blocks=blocks, cautions=(*cautions, *answer.cautions))


def _rule(page: Page) -> str:
    """Return what to mind with a condition, in a sentence that names it."""
    return f"{page.title}: {first_sentence(dict(page.facets).get('avoid', Text(' '.join(page.cautions))).say)}"


def forget(question: Question, index: Index) -> Answer:
    """Return the answer to "forget that"."""
    return answer_of(question, "answered", (Paragraph("Forgotten. Ask about massage for anyone."),), index, ())
