"""A folder of one's own may add conditions and reword a flag, and nothing in it hides a red flag or its caution."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.dialogue import load
from tests.conftest import Massage

RED = "one calf is swollen and hot since the flight, how do I knead it out?"
SHELVES = {
    "its own page on the calf": {"calf": "title: Swollen calf\naliases: [hot calf]\nhow: Knead the calf hard."},
    "words that read signs away": {
        "words": "synonyms:\n  kneading: [swollen, hot, flight]\noutside: [calf, swollen]\n"
    },
    "a reworded flag": {
        "red_flags": "clot:\n  say: Stop and see a doctor.\n  why: It may be a clot.\n  signs: [blue toe]\n"
    },
    "a flag without its voice": {"red_flags": "clot:\n  say: Carry on.\n  why: All is well.\n  signs: [blue toe]\n"},
    "the page of the flag": {
        "clot": "id: blood-clot\ntitle: Blood clot\nkind: condition\nlevel: local\navoid: Rub it out."
    },
}


@pytest.mark.parametrize("pages", SHELVES.values(), ids=SHELVES)
def test_no_overlay_silences_a_red_flag(massage: Massage, shelf: Callable[..., Path], pages: dict[str, str]) -> None:
    folder = str(shelf(**pages))
    batch = json.dumps({"id": 1, "question": RED}) + "\n"
    assert massage("ask", "--knowledge", folder, RED).code == 4
    for ran in (
        massage("ask", "--knowledge", folder, RED),
        massage("ask", "--knowledge", folder, "--json", RED),
        massage("ask", "--knowledge", folder, "--jsonl", stdin=batch),
        massage("chat", "--knowledge", folder, stdin=RED + "\n"),
    ):
        assert "Stop" in ran.out
        assert "Knead" not in ran.out
        assert "Rub it out" not in ran.out


def test_check_says_loudly_that_a_flag_has_lost_its_voice(massage: Massage, shelf: Callable[..., Path]) -> None:
    ran = massage("check", str(shelf(**SHELVES["a flag without its voice"])))
    assert ran.code == 5
    assert "red flag 'clot' must open with what to do" in ran.out


def test_eval_tells_a_stop_as_a_stop(massage: Massage, tmp_path: Path) -> None:
    path = tmp_path / "red.yaml"
    path.write_text(
        f"- expect: stop\n  ask: ['{RED}']\n- expect: calf-massage\n  ask: ['{RED} and then?']\n", encoding="utf-8"
    )
    ran = massage("eval", str(path))
    assert ran.code == 1
    assert "Knead" not in ran.out


def test_a_shelf_adds_a_condition_that_is_minded(shelf: Callable[..., Path]) -> None:
    folder = shelf(
        page="title: Stone man syndrome\nkind: condition\nlevel: stop\navoid: No massage with stone man syndrome."
    )
    answer, context = load(folder, cached=False).turn("my son has stone man syndrome")
    assert answer.entry == "stone-man-syndrome"
    answer, _ = load(folder, cached=False).turn("how do I massage his feet?", context)
    assert "No massage with stone man syndrome." in answer.blocks[0].text
