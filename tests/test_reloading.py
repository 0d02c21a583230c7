"""A saved page is answered from; a broken save keeps the last good knowledge and says where it broke, once."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import dialogue, reloading, render
from assistant.reloading import Knowledge, fresh

GOOD = "title: Toe ring\nwhat: A ring of tin."


@pytest.fixture
def folder(shelf: Callable[..., Path]) -> Path:
    return shelf(ring=GOOD, sock="title: Sock\nwhat: A woollen tube.")


def opened(folder: Path) -> Knowledge:
    return reloading.follow(dialogue.load(folder, builtin=False))


def told(known: Knowledge) -> str:
    return render.plain(known.assistant.ask("what is a toe ring"))


def test_where_nothing_changed_nothing_is_said(folder: Path) -> None:
    known = opened(folder)
    assert fresh(known) == (known, "")
    assert fresh(known, by_hand=True) == (known, "No file has changed.")


def test_a_saved_page_is_answered_from_and_named(folder: Path) -> None:
    known = opened(folder)
    (folder / "ring.yaml").write_text("title: Toe ring\nwhat: A ring of gold.")
    known, news = fresh(known)
    assert news == f"Read anew: {folder / 'ring.yaml'}."
    assert "gold" in told(known)
    assert fresh(known) == (known, "")


def test_new_and_deleted_pages_are_named(folder: Path) -> None:
    known = opened(folder)
    (folder / "sock.yaml").unlink()
    for name in "abc":
        (folder / f"{name}.yaml").write_text(f"title: Thing {name}\nwhat: A thing.")
    known, news = fresh(known)
    first, second = folder / "a.yaml", folder / "b.yaml"
    assert news == f"Read anew: {first}, {second} and 1 more.  Gone: {folder / 'sock.yaml'}."
    assert known.assistant.ask("what is a sock").outcome == "unknown"


@pytest.mark.parametrize(
    ("file", "broken", "fault"),
    [
        ("ring.yaml", "titel: Toe ring\nwhat: Lost.", "ring.yaml:1:1: unknown key 'titel'; did you mean 'title'?"),
        ("ring.yaml", "title: [", "ring.yaml:"),
        ("ring.yaml", "title: Toe ring\nwhat: \x00", "ring.yaml:2:"),
        ("words.yaml", "synonyms: 7", "words.yaml:1:"),
        ("new.yaml", "title: New", "new.yaml:1:1: a page needs something to answer"),
    ],
)
def test_a_broken_save_keeps_the_last_good_and_says_where_once(
    folder: Path, file: str, broken: str, fault: str
) -> None:
    good = opened(folder)
    (folder / file).write_text(broken)
    known, news = fresh(good)
    assert news.startswith(f"Not read: {folder / file}"[: len("Not read: ") + len(str(folder))])
    assert fault in news
    assert "\n" not in news
    assert known.assistant is good.assistant
    assert fresh(known) == (known, "")
    assert fresh(known, by_hand=True) == (known, news)
    (folder / file).write_text("title: Toe ring\nwhat: A ring of gold." if file == "ring.yaml" else "")
    known, news = fresh(known)
    assert news.startswith("Read anew")


def test_while_one_page_is_broken_another_waits_for_it(folder: Path) -> None:
    known = opened(folder)
    (folder / "ring.yaml").write_text("titel: Toe ring")
    known, _ = fresh(known)
    (folder / "sock.yaml").write_text("title: Sock\nwhat: A cotton tube.")
    known, news = fresh(known)
    assert "ring.yaml:1:1" in news  # said again, for this save
    (folder / "ring.yaml").write_text(GOOD)
    known, news = fresh(known)
    assert news.startswith("Read anew")
    assert "cotton" in render.plain(known.assistant.ask("what is a sock"))


def test_what_was_broken_before_does_not_stop_another_page(folder: Path) -> None:
    (folder / "sock.yaml").write_text("titel: Sock")
    known = opened(folder)
    (folder / "ring.yaml").write_text("title: Toe ring\nwhat: A ring of gold.")
    known, _ = fresh(known)
    assert "gold" in told(known)


def test_what_loses_no_page_is_read_and_told(folder: Path) -> None:
    known = opened(folder)
    (folder / "ring.yaml").write_text("title: Toe ring\nwhat: A ring of gold.\nsee: [sokc]")
    known, news = fresh(known)
    assert "ring.yaml.  But " in news
    assert "unknown page 'sokc'" in news
    assert "gold" in told(known)


def test_a_folder_that_is_gone_keeps_the_last_good_and_is_told_once(folder: Path) -> None:
    known = opened(folder)
    shutil.rmtree(folder)
    known, news = fresh(known)
    assert news == f"Not read: no such folder: {folder}"
    assert "tin" in told(known)
    assert fresh(known) == (known, "")
