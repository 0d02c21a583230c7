"""Every file in questions/ holds questions and what they should find: `unknown`, or a page, its facet and its step."""

from typing import Any

import pytest
import yaml

from assistant import render
from assistant.dialogue import Assistant
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
