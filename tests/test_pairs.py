"""pairs.yaml: two sentences that one word tells apart get different answers, each the right one."""

import pytest
import yaml

from assistant import render
from assistant.dialogue import Assistant
from tests.conftest import HERE
from tests.test_questions import found

PAIRS = yaml.safe_load((HERE / "pairs.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: next(iter(pair)))
def test_one_word_makes_another_answer(handbook: Assistant, pair: dict[str, str]) -> None:
    answers = [handbook.ask(said) for said in pair]
    for answer, expect in zip(answers, pair.values(), strict=True):
        assert found(answer, len(expect.split())) == expect, render.plain(answer)
    assert len({answer.blocks for answer in answers}) == len(pair)
