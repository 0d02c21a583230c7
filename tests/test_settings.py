"""What can be set: the environment before the file, the file before defaults, and rubbish is told once."""

import json
import stat
from pathlib import Path

import pytest

from assistant import settings
from assistant.settings import SETTINGS, Settings


def test_the_table_and_the_values_are_of_one_kind() -> None:
    assert tuple(row.name for row in SETTINGS) == Settings._fields
    assert all(getattr(Settings(), row.name) == row.values[0] for row in SETTINGS)


def test_the_environment_comes_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"ghost": "off", "theme": "dark", "reload": false, "of a later version": 1}')
    found, fault = settings.load({"MASSAGE_THEME": "Light", "MASSAGE_PAGER": "0", "MASSAGE_GHOST": ""}, str(file))
    assert found == Settings(ghost="off", theme="light", pager="off", reload="off")
    assert not fault


def test_one_is_kept_beside_the_others_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "settings.json"
    assert settings.keep(str(file), "ghost", "off") == ""
    file.write_text('{"ghost": "off", "of a later version": 1}')
    assert settings.keep(str(file), "theme", "dark") == ""
    assert json.loads(file.read_text()) == {"ghost": "off", "of a later version": 1, "theme": "dark"}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in file.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("rubbish", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b'"on"', b"null"])
def test_rubbish_gives_the_defaults_and_one_sentence(tmp_path: Path, rubbish: bytes) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(rubbish)
    found, fault = settings.load({}, str(file))
    assert found == Settings()
    assert fault == f"the settings are not JSON and were passed over: {file}"


@pytest.mark.parametrize("value", ["maybe", 7, [], {}, "\x1b[31m"])
def test_a_value_that_cannot_be_is_told_with_what_can(tmp_path: Path, value: object) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"ghost": value, "theme": "dark"}))
    found, fault = settings.load({"MASSAGE_PAGER": "sometimes"}, str(file))
    assert found == Settings(theme="dark")
    assert "ghost cannot be" in fault
    assert "pager cannot be 'sometimes', only on or off: MASSAGE_PAGER" in fault
    assert "\x1b" not in fault


def test_what_cannot_be_read_or_kept_is_told(tmp_path: Path) -> None:
    (tmp_path / "settings.json").mkdir()
    assert "cannot be read" in settings.load({}, str(tmp_path / "settings.json"))[1]
    assert settings.keep(str(tmp_path / "settings.json"), "ghost", "off")
    (tmp_path / "file").write_text("")
    assert settings.keep(str(tmp_path / "file" / "settings.json"), "ghost", "off")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["file", "settings.json"]
