"""Whole answers as a person reads them (answers/*.txt), and what holds for every answer whatever the question."""

import json
import re
from itertools import product
from pathlib import Path

import pytest

from assistant import render
from assistant.console import Look
from assistant.dialogue import Assistant
from tests.conftest import HERE

ANSI = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("path", sorted((HERE / "answers").glob("*.txt")), ids=lambda path: path.stem)
def test_a_whole_answer_reads_as_written(handbook: Assistant, path: Path) -> None:
    """The first line tells how it was asked; write the rest anew with: python -m tests.test_answers."""
    first, _, expected = path.read_text(encoding="utf-8").partition("\n")
    assert asked(first, handbook) == expected


def asked(first: str, book: Assistant) -> str:
    """Return what a person reads after `massage WIDTH QUESTION`, or `ACCESSIBLE=1 massage WIDTH QUESTION`."""
    accessible = first.startswith("ACCESSIBLE=1 ")
    _, width, question = first.removeprefix("ACCESSIBLE=1 ").split(" ", 2)
    return render.terminal(book.ask(question), Look(int(width), accessible=accessible)) + "\n"


def test_no_facet_and_no_renderer_loses_a_caution(handbook: Assistant) -> None:
    index = handbook.index
    for id_, page in index.pages.items():
        for passage in index.passages(id_):
            option = f"{page.title}: step {passage.step}?" if passage.step else f"{page.title}: {passage.facet}?"
            if passage.item or not page.cautions:
                continue
            answer = handbook.ask(option)
            if answer.entry != id_ or answer.outcome == "stop":
                continue
            texts = [
                render.plain(answer),
                ANSI.sub("", render.terminal(answer, Look(10_000, True))),
                render.as_json(answer)["answer"],
            ]
            for caution, text in product(page.cautions, texts):
                assert caution in " ".join(text.split())


def test_a_score_is_the_sum_of_its_reasons(handbook: Assistant) -> None:
    for question in ("how much oil for deeper pressure?", "what is efflurage", "does it hurt my sholder", "oil bread"):
        matches = handbook.ask(question).matches
        assert matches
        for match in matches:
            assert match.score == pytest.approx(sum(reason.worth for reason in match.reasons), abs=0.01)
            assert 0 <= match.score <= 100


def test_every_offered_question_finds_what_it_offers(handbook: Assistant) -> None:
    missed = []
    for page in handbook.index.pages.values():
        for option in handbook.ask(page.title).related:
            answer = handbook.ask(option.text)
            if (answer.entry, answer.facet) != (option.entry, option.facet):
                missed.append(f"{option.text} -> {answer.outcome} {answer.entry} {answer.facet}")
    assert not missed, "\n".join(missed)


def test_the_same_question_gives_the_same_bytes(handbook: Assistant) -> None:
    once, again = (json.dumps(render.as_json(handbook.ask("how hard do I press?"))) for _ in range(2))
    assert once == again


if __name__ == "__main__":
    from assistant.dialogue import load

    book = load()
    for file in sorted((HERE / "answers").glob("*.txt")):
        head = file.read_text(encoding="utf-8").split("\n", 1)[0]
        file.write_text(f"{head}\n{asked(head, book)}", encoding="utf-8")
