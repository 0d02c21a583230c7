"""Answers questions about massage technique from a handbook in YAML, offline, every sentence with its source.

Seven names are for use from Python, and are imported when first asked for:

>>> import assistant
>>> handbook = assistant.load()
>>> answer = handbook.ask("how hard should I knead?")
>>> answer.entry, answer.facet
('kneading', 'how_hard')
>>> print(assistant.render.plain(answer).splitlines()[0])
Knead at medium pressure, about 4 to 6 out of 10, as much as dough would need.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Answer", "Assistant", "Context", "KnowledgeError", "Problem", "load", "render"]

if TYPE_CHECKING:
    from assistant import render
    from assistant.dialogue import Assistant, load
    from assistant.model import Answer, Context, KnowledgeError, Problem

_ROOMS = {"load": "dialogue", "Assistant": "dialogue"} | dict.fromkeys(
    ("Answer", "Context", "KnowledgeError", "Problem"), "model"
)


def __getattr__(name: str) -> Any:
    if name == "render":
        return import_module("assistant.render")
    if name in _ROOMS:
        return getattr(import_module(f"assistant.{_ROOMS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
