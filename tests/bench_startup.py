"""How long a one-shot question takes, as a multiple of a bare interpreter, both measured in one run.

python tests/bench_startup.py [runs]
"""

import subprocess
import sys
import time
from statistics import median


def seconds(*command: str) -> float:
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main(runs: int) -> None:
    bare = (sys.executable, "-c", "pass")
    asks = {
        "one question": (sys.executable, "-m", "assistant", "ask", "what is fascia"),
        "one with a slip": (sys.executable, "-m", "assistant", "ask", "what is facsia"),
    }
    seconds(*asks["one question"])  # compiles the library
    rows: dict[str, list[float]] = {"bare interpreter": [], **{name: [] for name in asks}}
    for _ in range(runs):  # in turns, so that a busy moment falls on all of them
        rows["bare interpreter"].append(seconds(*bare))
        for name, command in asks.items():
            rows[name].append(seconds(*command))
    base = median(rows["bare interpreter"])
    for name, times in rows.items():
        print(f"{name:20} {median(times) * 1000:7.1f} ms  {median(times) / base:5.1f} x")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
