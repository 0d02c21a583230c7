"""Walks the shipped handbook: what holds for every page, whoever wrote it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from random import Random

import pytest
import yaml

from assistant.dialogue import Assistant
from assistant.index import Index, stems_of
from assistant.model import Page, Text
from tests.conftest import HERE

NOT_YET = yaml.safe_load((HERE / "not_yet.yaml").read_text(encoding="utf-8"))
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")


def texts(page: Page) -> Iterator[Text]:
    yield from (text for _, text in page.facets)
    for step in page.steps:
        yield from (text for text in (step.do, step.why, step.path, step.pressure, step.sides, step.easier) if text)
    yield from (item.say for item in page.faq)


def names(page: Page) -> tuple[str, ...]:
    return (page.title, *page.aliases)


def test_it_is_a_handbook(handbook: Assistant) -> None:
    pages = handbook.index.pages.values()
    kinds = [page.kind for page in pages]
    assert len(kinds) >= 250
    assert len(handbook.index.rows.facet) >= 1500
    assert kinds.count("guide") >= 20
    assert kinds.count("condition") >= 35


def test_no_two_pages_claim_one_name(handbook: Assistant) -> None:
    claimed = defaultdict(set)
    for page in handbook.index.pages.values():
        for name in names(page):
            claimed[stems_of(name)].add(page.id)
    assert not {name: pages for name, pages in claimed.items() if len(pages) > 1}


def test_every_source_is_used(handbook: Assistant) -> None:
    used = {key for page in handbook.index.pages.values() for text in texts(page) for key in text.sources}
    used |= {key for page in handbook.index.pages.values() for key in page.sources}
    used |= {key for flag in handbook.index.flags for key in flag.sources}
    assert len(handbook.index.sources) > 400
    assert not sorted(set(handbook.index.sources) - used)


def test_every_text_has_a_source(handbook: Assistant) -> None:
    bare = [
        page.id for page in handbook.index.pages.values() for text in texts(page) if not (text.sources or page.sources)
    ]
    assert not bare


def test_every_page_has_something_related(handbook: Assistant) -> None:
    assert not [page.id for page in handbook.index.pages.values() if not page.see]


def test_every_faq_has_three_wordings(handbook: Assistant) -> None:
    items = [(page.id, item.ask) for page in handbook.index.pages.values() for item in page.faq]
    assert not [(id_, ask) for id_, ask in items if len(ask) < 3]
    wordings = [stems_of(wording) for _, ask in items for wording in ask]
    assert len(wordings) - len(set(wordings)) <= 3


def test_every_page_is_found_by_every_name(handbook: Assistant) -> None:
    missed = []
    for page in handbook.index.pages.values():
        for name in names(page):
            answer = handbook.ask(name)
            if answer.entry != page.id and answer.outcome != "stop":
                missed.append(f"{name} -> {answer.outcome} {answer.entry}, not {page.id}")
    assert sorted(missed) == sorted(NOT_YET["names"])


def slips(name: str, random: Random) -> Iterator[str]:
    """Yield a name with one slip in one of its words of six letters or more: a letter less, doubled, or swapped."""
    words = name.split()
    for at, word in enumerate(words):
        if len(word) < 6 or not word.isalpha():
            continue
        place = random.randrange(1, len(word) - 1)
        slip = random.choice(
            (
                word[:place] + word[place + 1 :],
                word[:place] + word[place] + word[place:],
                word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            )
        )
        yield " ".join([*words[:at], slip, *words[at + 1 :]])


def test_every_page_is_found_by_every_name_with_a_slip(handbook: Assistant) -> None:
    random, asked, missed = Random(1), 0, []
    for page in handbook.index.pages.values():
        for name in names(page):
            for slip in slips(name, random):
                asked += 1
                answer = handbook.ask(slip)
                if (
                    page.id not in (answer.entry, *(option.entry for option in answer.options))
                    and answer.outcome != "stop"
                ):
                    missed.append(f"{slip} -> {answer.outcome} {answer.entry}, not {page.id}")
    assert len(missed) <= 0.03 * asked, f"{len(missed)} of {asked}\n" + "\n".join(missed)


class Without(Mapping[str, Mapping[int, None]]):
    """The postings of wordings with one wording left out."""

    def __init__(self, whole: Mapping[str, Mapping[int, None]], number: int) -> None:
        self.whole, self.number = whole, number

    def __getitem__(self, key: str) -> Mapping[int, None]:
        return {number: None for number in self.whole[key] if number != self.number}

    def __iter__(self) -> Iterator[str]:
        return iter(self.whole)

    def __len__(self) -> int:
        return len(self.whole)


def wordings(index: Index) -> Iterator[tuple[int, str, int]]:
    """Yield (number, wording, passage) of every wording of a faq item."""
    first = before = -1
    for number, passage in enumerate(index.asks.passage):
        if item := index.rows.item[passage]:
            first, before = (first, before) if passage == before else (number, passage)
            yield number, index.pages[index.rows.page[passage]].faq[item - 1].ask[number - first], passage


def missed_wordings(handbook: Assistant) -> set[str]:
    """Return the wordings that, left out of the index themselves, do not bring up their own page."""
    index, missed = handbook.index, set()
    for number, wording, passage in wordings(index):
        answer = Assistant(index._replace(by_ask=Without(index.by_ask, number))).ask(wording)
        if answer.outcome != "stop" and index.rows.page[passage] not in (
            answer.entry,
            *(o.entry for o in answer.options),
        ):
            missed.add(wording)
    return missed


def test_every_wording_finds_its_page_without_itself_or_is_listed(handbook: Assistant) -> None:
    missed, listed = missed_wordings(handbook), set(NOT_YET["wordings"])
    assert not missed - listed, "write the list anew with: python -m tests.test_knowledge"
    assert len(listed - missed) <= 0.05 * len(listed), "many of the list are found by now: write it anew"


def test_every_step_can_be_asked_for(handbook: Assistant) -> None:
    for page in handbook.index.pages.values():
        for number in range(1, len(page.steps) + 1):
            answer = handbook.ask(f"step {number} of {page.title}")
            assert (answer.entry, answer.step) == (page.id, number)


def test_minutes_add_up_to_what_is_said(handbook: Assistant) -> None:
    for page in handbook.index.pages.values():
        total = sum(step.minutes for step in page.steps)
        if total:
            said = dict(page.facets)["how_long"].say
            assert f"{total:g}" in re.findall(r"\d+(?:\.\d+)?", said), f"{page.id}: {total:g} minutes, but: {said}"


def syllables(word: str) -> int:
    return max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower()))))


def test_it_reads_easily(handbook: Assistant) -> None:
    """Page by page: 25 words a sentence on the average, Flesch-Kincaid grade 8 at most (Kincaid et al. 1975)."""
    hard = []
    for page in handbook.index.pages.values():
        said = " ".join(text.say for text in texts(page))
        sentences, words = len(SENTENCE.split(said)), re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", said)
        length = len(words) / sentences
        grade = 0.39 * length + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
        if length > 25 or grade > 8:
            hard.append(f"{page.id}: {length:.0f} words a sentence, grade {grade:.1f}")
    assert not hard


@pytest.mark.parametrize("place", ["on the spine itself", "front of the neck", "behind the knee", "armpit", "groin"])
def test_no_guide_presses_where_it_may_not(handbook: Assistant, place: str) -> None:
    """Where a step names such a place, the same sentence tells to keep off it."""
    warn = re.compile(
        r"\b(never|not|no|off|out|avoid|clear|without|light\w*|skip|before|stop|beside|leave|below|miss|instead|away)\b",
        re.IGNORECASE,
    )
    for page in handbook.index.pages.values():
        for step in page.steps:
            for sentence in SENTENCE.split(f"{step.do.say} {step.path.say if step.path else ''}"):
                assert place not in sentence.lower() or warn.search(sentence), f"{page.id}: {sentence}"


def test_every_guide_warns_before_its_first_step(handbook: Assistant) -> None:
    assert not [page.id for page in handbook.index.pages.values() if page.steps and not page.cautions]


if __name__ == "__main__":
    from assistant.dialogue import load

    place = HERE / "not_yet.yaml"
    head = "".join(line for line in place.read_text(encoding="utf-8").splitlines(True) if line.startswith("#"))
    rows = {"names": NOT_YET["names"], "wordings": sorted(missed_wordings(load()))}
    place.write_text(head + yaml.safe_dump(rows, allow_unicode=True, width=200), encoding="utf-8")
