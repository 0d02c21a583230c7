"""What README.md shows is what happens: every transcript is run, every promise about commands is kept."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.facets import FACETS
from assistant.model import Faq, Page, Step
from assistant.usage import COMMANDS
from tests.conftest import HERE

ROOT = HERE.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
TRANSCRIPTS = re.findall(r"```console\n\$ (.+)\n((?:.*\n)*?)```", README)
PAGE = re.search(r"```yaml\n(.*?)```", README, re.DOTALL)
BROKEN = "title: Bamboo massage\nalias: [bamboo sticks]\nhow_long: Two minutes.\nhow_long: Five minutes.\n"


@pytest.mark.parametrize(("command", "shown"), TRANSCRIPTS, ids=[command for command, _ in TRANSCRIPTS])
def test_a_transcript_is_what_happens(command: str, shown: str, tmp_path: Path) -> None:
    """Where a transcript breaks off, what is shown is how the output begins."""
    assert PAGE
    (tmp_path / "my-pages").mkdir()
    (tmp_path / "my-pages" / "bamboo-massage.yaml").write_text(
        BROKEN if " check " in command else PAGE[1], encoding="utf-8"
    )
    python = f"{shlex.quote(sys.executable)} -m assistant"
    line = re.sub(r"(^|\| )massage\b", lambda found: f"{found[1]}{python}", command)
    ran = subprocess.run(["sh", "-c", line], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert ran.stderr == ""
    assert ran.stdout.startswith(shown)


def test_every_command_flag_and_exit_code_is_told() -> None:
    for name in COMMANDS:
        assert f"massage {name}" in README
    for flag in ("--knowledge", "--no-builtin", "--json", "--jsonl", "--explain", "--private"):
        assert flag in README


def test_every_key_of_a_page_is_told() -> None:
    told = (ROOT / "knowledge" / "README.md").read_text(encoding="utf-8")
    keys = [facet.key for facet in FACETS] + [key for key in Page._fields if key != "facets"]
    for key in (*keys, *Step._fields, *Faq._fields):
        assert f"`{key}`" in told, key
