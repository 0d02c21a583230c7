"""Lint, types and tests in one command: python -m tests.  Exits with 1 when any of them found something."""

import subprocess
import sys

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("pytest", "-q", *sys.argv[1:]),
)
sys.exit(int(sum(subprocess.run([sys.executable, "-m", *check]).returncode for check in CHECKS) > 0))
