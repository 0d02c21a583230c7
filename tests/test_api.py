"""The seven names for use from Python do what their docstrings show, between threads and processes too."""

import doctest
import pickle
from concurrent.futures import ThreadPoolExecutor

import assistant
from assistant import dialogue

ASKED = ["what is fascia?", "how long should I knead?", "one calf is swollen and hot, can I rub it?", "bread?"] * 5


def test_the_examples_are_true() -> None:
    for room in (assistant, dialogue):
        assert doctest.testmod(room, optionflags=doctest.ELLIPSIS).failed == 0


def test_every_name_is_there_and_tells_what_it_is() -> None:
    for name in assistant.__all__:
        assert getattr(assistant, name).__doc__, name


def test_threads_get_what_one_gets(handbook: dialogue.Assistant) -> None:
    alone = [handbook.ask(question) for question in ASKED]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(dialogue.load().ask, ASKED)) == alone


def test_a_pickle_is_small_and_answers_the_same() -> None:
    first = dialogue.load()
    raw = pickle.dumps(first)
    assert len(raw) < 1000
    assert pickle.loads(raw).ask(ASKED[0]) == first.ask(ASKED[0])


def test_many_are_asked_one_by_one(handbook: dialogue.Assistant) -> None:
    asked: list[str] = []
    answers = handbook.ask_many(asked.append(one) or one for one in ASKED)  # type: ignore[func-returns-value]
    assert asked == []
    assert next(answers).entry == "fascia"
    assert asked == ASKED[:1]
