"""spelling.yaml: what is typed, and the words it is read as: slips, sounds, words split and joined."""

import pytest
import yaml

from assistant.dialogue import Assistant
from assistant.text import sound, stem, tokenise
from tests.conftest import HERE

ROWS = yaml.safe_load((HERE / "spelling.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("typed", "read"), ROWS.items())
def test_a_word_is_read_as_it_is_meant(handbook: Assistant, typed: str, read: str) -> None:
    words = handbook.index.lexicon.read(tokenise(typed))
    assert " ".join(word.term for word in words) == read
    assert "".join(typed[word.start : word.end] for word in words) == typed.replace(" ", "") or len(words) == 1


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("fibre", "fiber"),
        ("colour", "color"),
        ("oedema", "edema"),
        ("haematoma", "hematoma"),
        ("realise", "realize"),
        ("moisturised", "moisturize"),
    ],
)
def test_british_and_american_spellings_are_one_word(british: str, american: str) -> None:
    assert stem(british) == stem(american)
    assert stem(british + "s") == stem(british)


def test_words_that_sound_alike() -> None:
    for one, other in (("tapotement", "tapotmon"), ("knead", "need"), ("friction", "fricshun"), ("psoas", "soas")):
        assert sound(one) == sound(other)
    assert sound("effleurage") != sound("petrissage")
    assert sound("größe") == sound("1st") == ""
