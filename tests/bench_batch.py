"""How many questions a second one process answers in a batch, and its peak memory: the best of some runs.

python tests/bench_batch.py [runs [lines]]

The questions are those of tests/questions and of the handbook itself, each asked once before any is asked again.
"""

import itertools
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
#: `massage ask --jsonl`, which tells at last the most memory it had, in kB, as Linux counts it for this process alone.
PROCESS = """
import re, sys
from assistant.cli import main
main(["ask", "--jsonl"])
print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1], file=sys.stderr)
"""


def asked(value: Any, below: str = "") -> Iterator[str]:
    """Yield every text that stands below a key `ask`."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from asked(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from asked(inner, below)
    elif below == "ask" and isinstance(value, str):
        yield value


def main(runs: int, count: int) -> None:
    files = [*(ROOT / "tests" / "questions").glob("*.yaml"), *(ROOT / "knowledge").rglob("*.yaml")]
    texts = (yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) for path in sorted(files))
    questions = list(dict.fromkeys(itertools.chain.from_iterable(map(asked, texts))))
    lines = "".join(json.dumps({"question": one}) + "\n" for one in itertools.islice(itertools.cycle(questions), count))
    command = [sys.executable, "-c", PROCESS]
    subprocess.run(command, input=b'{"question": "what is fascia"}', capture_output=True, check=True)  # compiles
    best, size, peak = float("inf"), 0, ""
    for _ in range(runs):
        start = time.perf_counter()
        ran = subprocess.run(command, input=lines.encode(), capture_output=True, check=True)
        best, size, peak = min(best, time.perf_counter() - start), len(ran.stdout), ran.stderr.decode().split()[-1]
    print(f"{count} lines, {len(questions)} questions: {count / best:.0f} a second, {int(peak) / 1024:.0f} MB at most")
    print(f"{size / count:.0f} bytes an answer")


if __name__ == "__main__":
    main(*(int(value) for value in (*sys.argv[1:3], *("3", "20000")[len(sys.argv) - 1 :])))
