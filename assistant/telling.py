"""A passage as an answer: the part that was asked, a guide as its steps, cautions always, and what to go on with."""

from collections.abc import Iterable

from assistant.asking import EXPLAINS, is_frame
from assistant.facets import FACET, FACETS
from assistant.index import Index
from assistant.model import (
    Answer,
    Block,
    Caution,
    Heading,
    Match,
    NumberedStep,
    Option,
    Page,
    Paragraph,
    Passage,
    Text,
)
from assistant.question import Question

#: A guide is told whole where that is no more words than these, cautions included; else by the first sentence of each
#: step, else by its steps' titles.
GUIDE_WORDS = 236


def tell(
    question: Question,
    passage: Passage,
    index: Index,
    matches: tuple[Match, ...] = (),
    lead: str = "",
    words: int = GUIDE_WORDS,
    brief: bool = False,
) -> Answer:
    """Return the answer that a passage is, with every caution of its page; `brief` tells its first sentence alone."""
    page = index.pages[passage.page]
    step = page.steps[passage.step - 1] if passage.step else None
    cautions = (*page.cautions, *((step.caution,) if step and step.caution else ()))
    blocks: list[Block] = []
    asked = question.facets[0] if question.facets else ""
    if asked and passage.facet not in (*question.facets, "faq") and asked not in ("what", "how") and not lead:
        blocks.append(
            Paragraph(
                f"Nothing here tells “{FACET[asked].heading.lower()}” for {called(page)}; this is what there is:",
                quiet=True,
            )
        )
    if lead:
        blocks.append(Paragraph(lead))
    if passage.facet == "how" and page.steps and not step:
        blocks += _whole_guide(page, passage.text, 0 if brief else words)
        cautions = (*cautions, *(one.caution for one in page.steps if one.caution))
    else:
        said = (
            f"{step.title}. {passage.text.say}" if step and step.title and passage.facet == "how" else passage.text.say
        )
        blocks.append(Paragraph(first_sentence(said) if brief else said))
        blocks += [Paragraph(text.say) for text in _beside(question, passage, page)]
        blocks += [Caution(text) for text in cautions]
    related = _related(page, passage, index)
    return answer_of(question, "answered", tuple(blocks), index, matches, passage, cautions, related=related)


def _beside(question: Question, told: Passage, page: Page) -> tuple[Text, ...]:
    """Return what is told beside a passage to someone who wants it explained: what it is for, or else what it is."""
    if told.facet not in ("what", "why") or not EXPLAINS.search(" ".join(question.said)):
        return ()
    return tuple(text for key, text in page.facets if key in ("what", "why") and key != told.facet)


def _whole_guide(page: Page, how: Text, words: int) -> list[Block]:
    """Return a guide as told in one answer: its cautions, then its steps as fully as so many words allow."""
    titles = [f"{step.title}. " if step.title else "" for step in page.steps]
    whole = [title + step.do.say for title, step in zip(titles, page.steps, strict=True)]
    first = [title + first_sentence(step.do.say) for title, step in zip(titles, page.steps, strict=True)]
    brief = [step.title or first_sentence(step.do.say) for step in page.steps]
    beside = [how.say, *page.cautions, *(step.caution for step in page.steps)]
    fits = next((said for said in (whole, first) if len(" ".join(said + beside).split()) <= words), brief)
    blocks: list[Block] = [Heading(page.title)]
    if how.say:
        blocks.append(Paragraph(how.say))
    blocks += [Caution(text) for text in page.cautions]
    for number, (text, step) in enumerate(zip(fits, page.steps, strict=True), 1):
        blocks.append(NumberedStep(number, text))
        if step.caution:
            blocks.append(Caution(step.caution))
    return blocks


def first_sentence(text: str) -> str:
    """Return a text up to the end of its first sentence, which is where the next one opens with a capital."""
    for at, char in enumerate(text):
        if char in ".!?" and (at + 1 == len(text) or (text[at + 1] == " " and text[at + 2 : at + 3].isupper())):
            return text[: at + 1]
    return text


def called(page: Page) -> str:
    """Return a title as it stands inside a sentence."""
    return page.title if page.title[1:2].isupper() else page.title[:1].lower() + page.title[1:]


def offer(number: int, passage: Passage, index: Index) -> Option:
    """Return a passage as a question that can be asked: asked again, it finds this passage."""
    page = index.pages[passage.page]
    if passage.item:
        text = page.faq[passage.item - 1].ask[0].rstrip("?")
        text = text[:1].upper() + text[1:] + "?"
    elif passage.step:
        text = f"{page.title}: step {passage.step}?"
    else:
        text = f"{page.title}: {FACET[passage.facet].question}?"
    return Option(number, text, passage.page, passage.facet)


def _related(page: Page, told: Passage, index: Index) -> tuple[Option, ...]:
    """Return up to three questions to go on with: the next step, other parts of the page, then pages it points to."""
    here = tuple(index.passages(page.id))
    wanted: list[Passage] = [p for p in here if told.step and p.step == told.step + 1 and p.facet == "how"][:1]
    others = {p.facet: p for p in here if not p.step and not p.item and p.facet != told.facet}
    wanted += [others[key] for key in _NEXT_ASKED if key in others][: 2 - len(wanted)]
    for other in page.see:
        if other in index.spans:
            wanted.append(index.opening(other))
            break
    return tuple(offer(n, passage, index) for n, passage in enumerate(wanted[:3], 1))


def onward(page: str, facet: str, index: Index, most: int) -> tuple[Option, ...]:
    """Return what can be asked beside one facet of a page: other facets, faq, pages it points to; some of each."""
    here = [one for one in index.passages(page) if not one.step and one.facet != facet and one.text.say]
    others = {one.facet: one for one in here if not one.item}
    see = [index.opening(other) for other in index.pages[page].see if other in index.spans]
    see = see[: most // 3]
    facets = [others[key] for key in _NEXT_ASKED if key in others][: most - len(see)]
    faq = [one for one in here if one.item][: most - len(see) - len(facets)]
    return tuple(offer(number, one, index) for number, one in enumerate((*facets, *faq, *see), 1))


#: Which part of a page people go on to, the likeliest first.
_NEXT_ASKED = tuple(
    dict.fromkeys(("how", "why", "how_hard", "how_long", "how_much", "avoid", *(f.key for f in FACETS)))
)


def answer_of(
    question: Question,
    outcome: str,
    blocks: tuple[Block, ...],
    index: Index,
    matches: Iterable[Match],
    told: Passage | None = None,
    cautions: tuple[str, ...] = (),
    options: tuple[Option, ...] = (),
    related: tuple[Option, ...] = (),
) -> Answer:
    """Return an answer with what is the same for all outcomes: how it was read, where it comes from."""
    matches = tuple(matches)
    notes = tuple(Paragraph(f"Read “{typed}” as “{read}”.", quiet=True) for typed, read in question.read_as)
    if matches and told:
        notes += tuple(
            Paragraph(f"“{typed}”: {read}.", quiet=True) for read, typed in _understood(matches[0], told, index).items()
        )
    page = index.pages[told.page] if told else None
    keys = (told.text.sources or page.sources) if told and page else ()
    if told and page:
        keys = tuple(dict.fromkeys((*keys, *(key for text in _beside(question, told, page) for key in text.sources))))
    if told and page and told.facet == "how" and page.steps and not told.step:
        keys = (
            tuple(dict.fromkeys(key for part in (keys, *(s.do.sources for s in page.steps)) for key in part))
            or page.sources
        )
    return Answer(
        question.text,
        outcome,  # type: ignore[arg-type]
        (*notes, *blocks),
        page.id if page else "",
        page.title if page else "",
        told.facet if told else "",
        told.step if told else 0,
        told.item if told else 0,
        round(matches[0].score, 1) if matches else (100.0 if told else 0.0),
        cautions,
        index.sources_of(keys),
        question.read_as,
        question.unknown_words,
        options,
        related,
        matches,
        (index.version, index.fingerprint),
    )


def together(question: str, answers: tuple[Answer, ...]) -> Answer:
    """Return two or more answers as one, in their order; what one of them says stands once."""
    first = answers[0]
    blocks = dict.fromkeys(block for answer in answers for block in answer.blocks)
    return first._replace(
        question=question,
        blocks=tuple(blocks),
        title=" and ".join(dict.fromkeys(answer.title for answer in answers)),
        score=min(answer.score for answer in answers),
        cautions=tuple(dict.fromkeys(caution for answer in answers for caution in answer.cautions)),
        sources=tuple(dict.fromkeys(source for answer in answers for source in answer.sources)),
        read_as=tuple(dict.fromkeys(pair for answer in answers for pair in answer.read_as)),
        related=answers[-1].related,
        matches=tuple(match for answer in answers for match in answer.matches[:3]),
    )


def _understood(best: Match, told: Passage, index: Index) -> dict[str, str]:
    """Return names of the page told → what was said for each and means nothing else, where the answer has it not."""
    said: dict[str, list[str]] = {}
    for reason in best.reasons:
        if reason.how == "synonym" and not is_frame(reason.word) and told.page in index.called(reason.read):
            said.setdefault(reason.read, []).append(reason.word)
    phrases = {read: " ".join(words) for read, words in said.items()}
    return {read: phrase for read, phrase in phrases.items() if phrase.lower() not in told.text.say.lower()}
