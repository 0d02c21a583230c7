"""`massage eval`: the project's own questions run through it, and every verdict is met."""

import json
from pathlib import Path

import pytest

from tests.conftest import HERE, Massage

CASES = """
- expect: fascia what
  ask: [what is fascia, what is facsia]
- expect: unknown
  ask: [what is bread]
- expect: kneading why
  ask: [what is fascia]
"""


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(CASES, encoding="utf-8")
    return path


def test_the_projects_own_questions_are_all_right(massage: Massage) -> None:
    ran = massage("eval", *(str(path) for path in sorted((HERE / "questions").glob("*.yaml"))))
    assert ran.code == 0, ran.out
    assert "100.0%" in ran.out


def test_misses_are_told_with_how_they_were_read(massage: Massage, questions: Path) -> None:
    ran = massage("eval", str(questions))
    assert ran.code == 1
    assert "75.0%" in ran.out
    assert "wrong    mine.3.1  what is fascia" in ran.out
    assert "wanted kneading why" in ran.out
    assert massage("eval", "--at-least", "75", str(questions)).code == 0


def test_a_baseline_tells_what_moved(massage: Massage, questions: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    massage("eval", "--save", str(kept), str(questions))
    assert "moved" not in massage("eval", "--baseline", str(kept), str(questions)).out
    before = json.loads(kept.read_text(encoding="utf-8"))
    kept.write_text(json.dumps({**before, "mine.1.1": "wrong"}), encoding="utf-8")
    assert "moved     wrong -> right" in massage("eval", "--baseline", str(kept), str(questions)).out


def test_json_lines_with_patterns_scopes_and_turns(massage: Massage, tmp_path: Path) -> None:
    path = tmp_path / "real.jsonl"
    rows = [
        {"id": 1, "question": "what is fascia", "scope": "in", "must": [["connective", "tissue"]], "never": ["bread"]},
        {"id": 2, "question": "what does a massage cost", "scope": "near"},
        {
            "id": 3,
            "turns": [{"ask": "what is kneading", "must": [["squeez"]]}, {"ask": "where?", "must": [["shoulder"]]}],
        },
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    ran = massage("eval", str(path))
    assert ran.code == 0, ran.out
    assert "real, later turns" in ran.out


def test_what_is_no_case_is_told_with_its_place(massage: Massage, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"id": 1}', encoding="utf-8")
    (tmp_path / "bad.yaml").write_text("- expct: a\n  ask: [b]\n", encoding="utf-8")
    for name, place in (("bad.jsonl", "bad.jsonl:1:1"), ("bad.yaml", "bad.yaml:1:3"), ("none.yaml", "no such")):
        ran = massage("eval", str(tmp_path / name))
        assert ran.code == 5
        assert place in ran.err


def test_a_facet_that_is_none_is_told_with_its_place(massage: Massage, tmp_path: Path) -> None:
    file = tmp_path / "questions.yaml"
    file.write_text("- expect: kneading how_lnog\n  ask: [how long should I knead]\n")
    ran = massage("eval", str(file))
    assert ran.code == 5
    assert "questions.yaml:1:11: unknown facet 'how_lnog'; did you mean 'how_long'?" in ran.err
