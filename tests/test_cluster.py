"""The six lines of README.md for more than one machine give the bytes of one process, on a cluster of several."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import HERE, Massage

distributed = pytest.importorskip("distributed")  # the extra "cluster"

SIX = re.search(r"```python\n(import dask.*?)```", (HERE.parent / "README.md").read_text(encoding="utf-8"), re.DOTALL)
FILES = 11  # so many that their numbers have two digits


def lines(number: int) -> list[str]:
    """Return the lines of one file: all that a batch may hold, a conversation that leans on what was said too."""
    asked = ["how much oil for deeper presure?", "bread?", "one calf is hot", "Füße “massieren”\u2028?", "the neck"]
    rows = [{"id": [number, at], "question": question} for at, question in enumerate(asked)]
    talk = [{"question": text, "session": f"talk {number}"} for text in ("what is kneading", "and how long?", "why?")]
    told = [json.dumps(row, ensure_ascii=False) for row in (*rows[:3], *talk, *rows[3:])]
    return [*told[:4], "", "not JSON", '{"id": 1}', *told[4:]]


def test_the_six_lines_give_the_bytes_of_one_process(massage: Massage, tmp_path: Path) -> None:
    assert SIX
    assert len([line for line in SIX[1].splitlines() if line]) == 6
    texts = ["\n".join(lines(number)) + "\n" for number in range(FILES)]
    (tmp_path / "questions").mkdir()
    for number, text in enumerate(texts):
        (tmp_path / "questions" / f"{number:02}.jsonl").write_text(text, encoding="utf-8", newline="\n")
    (tmp_path / "six.py").write_text(SIX[1], encoding="utf-8")
    settings = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with distributed.LocalCluster(**settings) as cluster, distributed.Client(cluster) as client:
        assert len({os.getpid(), *client.run(os.getpid).values()}) == 3
        environ = os.environ | {"DASK_SCHEDULER_ADDRESS": cluster.scheduler_address}
        command = [sys.executable, "six.py"]
        ran = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, timeout=60)
        assert ran.returncode == 0, ran.stderr
    files = sorted((tmp_path / "answers").iterdir())
    assert len(files) == FILES
    together = "".join(file.read_bytes().decode("ascii") for file in files)
    assert together == massage("ask", "--jsonl", stdin="".join(texts)).out
