"""Answers questions about massage technique from a handbook in YAML, offline, every sentence with its source."""

__version__ = "0.1.0"
