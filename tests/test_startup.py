"""What a one-shot question pays for: no prompt, no YAML once compiled, and a compiled library that cannot lie."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant import dialogue
from tests.conftest import Massage

LOADED = """
import sys
from assistant.cli import main
main(sys.argv[1:])
print(*sys.modules, file=sys.stderr)
"""


def modules(*argv: str) -> set[str]:
    ran = subprocess.run([sys.executable, "-c", LOADED, *argv], capture_output=True, text=True, check=True)
    return set(ran.stderr.split())


def test_a_one_shot_question_brings_in_no_more_than_it_needs(massage: Massage) -> None:
    massage("what is effleurage")  # compiles
    loaded = modules("what is effleurage")
    for name in (
        "prompt_toolkit",
        "argparse",
        "yaml",
        "rapidfuzz",
        "difflib",
        "shutil",
        "dataclasses",
        "asyncio",
        "assistant.schema",
    ):
        assert name not in loaded
    assert "rapidfuzz" in modules("what is efflurage")


@pytest.mark.parametrize("chat", ["what is fascia\n/help\n/set\n/steps\n/quit\n", "", "quit\n"])
def test_a_chat_on_a_pipe_builds_no_prompt(chat: str) -> None:
    ran = subprocess.run([sys.executable, "-c", LOADED, "chat"], input=chat, capture_output=True, text=True, check=True)
    assert "assistant.slash" in ran.stderr.split()
    assert "prompt_toolkit" not in ran.stderr.split()


def compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    dialogue.load()
    (kept,) = (tmp_path / "massage-assistant").iterdir()
    return kept


def test_the_compiled_library_answers_like_the_yaml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled(tmp_path, monkeypatch)
    fresh, kept = dialogue.load(cached=False), dialogue.load()
    assert dict(kept.index.pages) == dict(fresh.index.pages)
    for question in (
        "what is efflurage",
        "how do I massage a back",
        "what comes after effleurage?",
        "how do I bake bread",
    ):
        assert kept.ask(question) == fresh.ask(question)


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff\xfe", b'["a"]', b"[" * 100_000, b'{"library": []}'])
def test_a_damaged_compiled_library_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes
) -> None:
    kept = compiled(tmp_path, monkeypatch)
    mark, whole = kept.read_bytes().split(b"\n", 1)
    kept.write_bytes(mark + b"\n" + damage)
    assert dialogue.load().ask("what is fascia").entry == "fascia"
    assert kept.read_bytes().split(b"\n", 1)[1] == whole


def test_a_changed_page_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    page = tmp_path / "towel.yaml"
    for text in ("A warm one.", "A cold one."):
        page.write_text(f"title: Towel\nwhat: {text}\n")
        answer = dialogue.load(page, builtin=False).ask("what is a towel")
        assert text in str(answer.blocks)


def test_it_is_no_pickle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(json.loads(line) for line in compiled(tmp_path, monkeypatch).read_bytes().split(b"\n"))
