"""Every file in bad/ says in its first lines what is expected of it: # expect LINE:COLUMN message."""

import re
from pathlib import Path

import pytest

from assistant import library
from tests.conftest import HERE

EXPECT = re.compile(r"^# expect (\d+:\d+) (.+)$", re.MULTILINE)


@pytest.mark.parametrize("path", sorted((HERE / "bad").glob("*.yaml")), ids=lambda path: path.stem)
def test_bad_yaml_tells_its_place_and_its_mend(path: Path) -> None:
    expected = EXPECT.findall(path.read_text(encoding="utf-8", errors="replace"))
    assert expected or path.stem.startswith("fine")
    read = library.read(library.files(library.stamps([str(HERE / "shelf"), str(path)])))
    told = [str(problem).removeprefix(f"{path}:").replace(f"{path}", path.name) for problem in read.problems]
    assert told == [f"{place}: {message}" for place, message in expected]


def test_a_page_with_a_problem_is_left_out_and_the_others_answer() -> None:
    read = library.read(library.files(library.stamps([str(HERE / "bad" / "one-broken-of-three.yaml")])))
    assert sorted(read.pages) == ["kneading", "wringing"]
