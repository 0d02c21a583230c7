"""What was typed comes back, the latest first, whatever else the file holds."""

import stat
from pathlib import Path

import pytest

from assistant import history


def test_what_is_kept_comes_back_the_latest_first(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "history"
    for typed in ("one", "two\nlines", "three – “…”"):
        history.keep(str(file), typed)
    assert history.earlier(str(file)) == ["three – “…”", "two\nlines", "one"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_an_older_file_is_made_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "history"
    file.write_text("\n# then\n+before\n")
    file.chmod(0o644)
    history.keep(str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert history.earlier(str(file)) == ["before"]


@pytest.mark.parametrize(
    ("rubbish", "found"),
    [
        (b"", []),
        (b"\xff\xfe\x00\x1b[31m", []),
        (b"+\n+  \n", []),
        (b"+\x1b[31mred\x07\n", [" [31mred "]),
        (b"rubbish\n+good\nrubbish\n+\xff\n", ["\ufffd", "good"]),
        (b"+x" * 10, ["x+x+x+x+x+x+x+x+x+x"]),
    ],
)
def test_rubbish_is_passed_over(tmp_path: Path, rubbish: bytes, found: list[str]) -> None:
    (tmp_path / "history").write_bytes(rubbish)
    assert history.earlier(str(tmp_path / "history")) == found


def test_of_a_long_one_the_end_is_read(tmp_path: Path) -> None:
    (tmp_path / "history").write_text("+old\n\n" * 500_000 + "+new\n")
    assert history.earlier(str(tmp_path / "history"))[0] == "new"


def test_one_that_cannot_be_read_is_empty(tmp_path: Path) -> None:
    assert history.earlier(str(tmp_path)) == history.earlier(str(tmp_path / "none")) == []
