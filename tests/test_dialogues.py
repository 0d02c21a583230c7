"""Every file in dialogues/ is a play: what is said after `> `, then what is answered: page, facet and step."""

from pathlib import Path

import pytest

from assistant import render
from assistant.dialogue import Assistant
from assistant.model import Context
from tests.conftest import HERE
from tests.test_questions import found


def turns(path: Path) -> list[tuple[str, str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [(said.removeprefix("> "), answered) for said, answered in zip(lines[::2], lines[1::2], strict=True)]


@pytest.mark.parametrize("path", sorted((HERE / "dialogues").glob("*.txt")), ids=lambda path: path.stem)
def test_a_dialogue_goes_as_written(handbook: Assistant, path: Path) -> None:
    context = Context()
    for said, answered in turns(path):
        answer, context = handbook.turn(said, context)
        depth = len(answered.split()) if "step" not in answered else 3
        assert found(answer, min(depth, 3)) == answered, f"{said}\n{render.plain(answer)}"


def test_a_fresh_question_is_read_the_same_after_any_other(handbook: Assistant) -> None:
    fresh = ["what is fascia", "how much oil for deeper pressure?", "how do I bake bread", "where is the sacrum"]
    for before in ("how do I massage a back?", "what is tapotement", "can I massage someone with a fever"):
        for question in fresh:
            _, context = handbook.turn(before)
            after, _ = handbook.turn(question, context)
            assert after == handbook.ask(question)
