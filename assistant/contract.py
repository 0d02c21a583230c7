"""The form of an answer that outsiders rely on, as JSON Schema (draft 2020-12)."""

from typing import Any

_TEXT: dict[str, Any] = {"type": "string"}
_MAYBE: dict[str, Any] = {"type": ["string", "null"]}


def _object(properties: dict[str, Any], about: str = "") -> dict[str, Any]:
    """Return the schema of an object that has all of these, and may have more."""
    told: dict[str, Any] = {"description": about} if about else {}
    return {"type": "object", **told, "required": list(properties), "properties": properties}


def _list(items: dict[str, Any], about: str) -> dict[str, Any]:
    return {"type": "array", "description": about, "items": items}


_CHOICE = _object({"entry": _TEXT, "facet": _TEXT, "title": _TEXT})
_ANSWER = _object(
    {
        "schema": {"const": 1},
        "id": {"description": "as it came in; null where none did"},
        "question": _TEXT,
        "status": {"enum": ["answered", "ambiguous", "unknown", "stop"]},
        "answer": {"type": "string", "minLength": 1, "description": "what a person reads, cautions included"},
        "entry": {**_MAYBE, "description": "id of the page"},
        "title": _MAYBE,
        "facet": {**_MAYBE, "description": "key of the facet told; faq for a question of the page's own"},
        "step": {"type": ["integer", "null"], "minimum": 1, "description": "number of the step told"},
        "score": {"type": "number", "minimum": 0, "maximum": 100, "description": "how much of the question is covered"},
        "cautions": _list(_TEXT, "what to mind; all of it stands in the answer too"),
        "sources": _list(_object({"key": _TEXT, "title": _TEXT, "url": _TEXT}), "where the answer comes from"),
        "read_as": {
            "type": "object",
            "description": "words as typed, and the words they were read as",
            "additionalProperties": _TEXT,
        },
        "unknown_words": _list(_TEXT, "words that no page is about"),
        "options": _list(_CHOICE, "the questions to choose from, where one is asked back or nothing was found"),
        "related": _list(_CHOICE, "what can be asked next"),
        "knowledge": _object({"version": _TEXT, "fingerprint": _TEXT}, "what answered"),
    }
)
_ANSWER["properties"]["session"] = {"type": "string", "description": "the conversation, in a batch that has any"}
_ERROR = _object(
    {
        "schema": {"const": 1},
        "id": {},
        "status": {"const": "error"},
        "answer": {"const": ""},
        "error": {"type": "string", "minLength": 1, "description": "why the line asks nothing"},
    }
)
ANSWER: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "An answer of massage",
    "description": "What massage ask --json prints, and each line of ask --jsonl.  Keys may be added.",
    "oneOf": [_ANSWER, _ERROR],
}
