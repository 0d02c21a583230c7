"""Every file in questions/ holds questions and what they should find: `unknown`, or a page, its facet and its step."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant import render
from assistant.asking import FRAME
from assistant.dialogue import Assistant, load
from tests.conftest import HERE

CASES = [
    pytest.param(question, row["expect"], id=f"{path.stem}: {question}")
    for path in sorted((HERE / "questions").glob("*.yaml"))
    for row in yaml.safe_load(path.read_text(encoding="utf-8"))
    for question in row["ask"]
]


def found(answer: Any, depth: int) -> str:
    """Return what an answer is, in the words of `expect`, as exactly as was asked for."""
    if answer.outcome != "answered":
        return str(answer.outcome)
    if not answer.entry:
        return "answered"
    parts = [answer.entry, answer.facet, *([f"step {answer.step}"] if answer.step else [])]
    return " ".join(parts[:depth])


@pytest.mark.parametrize(("question", "expect"), CASES)
def test_a_question_finds_its_answer(handbook: Assistant, question: str, expect: str) -> None:
    answer = handbook.ask(question)
    depth = 1 if " " not in expect else 2 if "step" not in expect and not answer.step else 3
    assert found(answer, depth) == expect, "\n" + render.explained(answer)


def test_a_page_nobody_asked_about_changes_no_answer(handbook: Assistant, shelf: Callable[..., Path]) -> None:
    folder = shelf(
        other="title: Zither\naliases: [zithers]\nwhat: A zither has strings over a flat box, plucked with a ring."
    )
    larger = load(folder, cached=False)
    for case in CASES:
        question = str(case.values[0])
        before, after = handbook.ask(question), larger.ask(question)
        assert (after.outcome, after.entry, after.facet, after.step) == found_at(before), question
        assert after.score == pytest.approx(before.score, abs=0.5)


def found_at(answer: Any) -> tuple[Any, ...]:
    return answer.outcome, answer.entry, answer.facet, answer.step


def test_exact_beats_synonym_beats_slip(shelf: Callable[..., Path]) -> None:
    folder = shelf(
        words="synonyms:\n  towel: [cloth]\n",
        page="title: Towel\naliases: [bath sheet]\nwhat: A towel is soft.",
    )
    assistant = load(folder, builtin=False, cached=False)
    exact, synonym, slip = (assistant.ask(f"what is a {word}").score for word in ("towel", "cloth", "towle"))
    assert exact > synonym > slip > 0


def test_a_word_of_a_neighbouring_subject_only_frames_no_question(handbook: Assistant) -> None:
    words = {phrase[0] for phrase in handbook.index.lexicon.outside if len(phrase) == 1}
    assert not words & FRAME, "as one that frames it would weigh nothing, and not be declined"
