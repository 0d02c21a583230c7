"""No room imports upwards; one room alone knows YAML, the prompt and spelling; each is told in one sentence."""

import ast
from pathlib import Path

import pytest

import assistant

#: From the ground up; rooms of one floor do not import each other.
FLOORS = """model facets text cache lazy asking moves console columns; schema lexicon safety settings history;
    question; library; index; shares indexer; weighing; search store glossary; telling; answer minding comparing
    lines kin; resolving screen; dialogue; render check topics pages; evaluation reloading batch verifying; slash; repl
    linewise; contract usage; manual completing; commands; cli"""
FLOOR = {room: number for number, rooms in enumerate(FLOORS.split(";")) for room in rooms.split()}
ALONE = {"yaml": "schema", "prompt_toolkit": "repl", "rapidfuzz": "lexicon"}
ROOMS = {
    path.parent.name if path.parent.name == "schema" else path.stem: path
    for path in sorted(Path(assistant.__file__).parent.rglob("*.py"))
    if path.parent.name == "schema" or not path.stem.startswith("__")
}


def imported(tree: ast.AST) -> set[str]:
    """Return what a room imports: the first name of a package, or the name of another room."""
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    for node in (n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)):
        names |= {f"assistant.{a.name}" for a in node.names} if node.module == "assistant" else {node.module or ""}
    return {name.split(".")[1] if name.startswith("assistant.") else name.split(".")[0] for name in names}


@pytest.mark.parametrize("room", ROOMS)
def test_the_house_stands(room: str) -> None:
    tree = ast.parse(ROOMS[room].read_text(encoding="utf-8"))
    assert (ast.get_docstring(tree) or "").split("\n")[0].endswith("."), "its docstring opens with what it is for"
    for name in imported(tree) - {room}:
        assert FLOOR.get(name, -1) < FLOOR[room], f"{room} imports upwards: {name}"
        assert ALONE.get(name, room) == room, f"{room} knows {name}"
