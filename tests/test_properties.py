"""What holds for all texts, all slips and all orders."""

import string
import sys
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import dialogue, indexer, library
from assistant.dialogue import Assistant
from assistant.lexicon import is_english
from assistant.library import File
from assistant.schema import parse_pages
from assistant.text import fold, stem, terms, tokenise

WORDS = st.text(alphabet=string.ascii_lowercase, min_size=1, max_size=14)


def test_folding_twice_is_folding_once_over_all_of_unicode() -> None:
    for code in range(sys.maxunicode + 1):
        once = fold(chr(code))
        assert fold(once) == once


@given(st.text())
def test_tokens_keep_their_place(text: str) -> None:
    end = 0
    for token in tokenise(text):
        assert end <= token.start < token.end <= len(text)
        assert terms(text[token.start : token.end]) == [token.term]
        end = token.end


@given(WORDS)
def test_a_stem_is_never_longer_than_its_word(word: str) -> None:
    assert 0 < len(stem(word)) <= len(word)
    assert stem(word + "s") == stem(word) or len(word) < 4 or word[-1] in "sxzhuieyog"


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=200))
def test_no_text_breaks_a_turn(text: str) -> None:
    answer, context = HANDBOOK.turn(text)
    assert answer.outcome in ("answered", "ambiguous", "unknown", "stop")
    HANDBOOK.turn(text, context)


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_no_bytes_break_the_schema(data: bytes) -> None:
    parse_pages(data, "page.yaml")


def test_the_order_of_files_changes_nothing() -> None:
    files = [
        File(0, f"{n}.yaml", f"{n}.yaml", f"title: Page {word}\naliases: [{word} thing]\nwhat: About {word}.".encode())
        for n, word in enumerate(("oil", "towel", "bolster", "bowl"))
    ]
    compiled = set()
    for seed in range(10):
        Random(seed).shuffle(files)
        compiled.add(indexer.build(library.read(files)))
    assert len(compiled) == 1


def test_a_slip_in_a_long_name_is_mended(handbook: Assistant) -> None:
    for word in ("effleurage", "tapotement", "trapezius", "friction", "pregnancy", "massage", "shoulder"):
        for at in range(1, len(word) - 1):
            for slip in (
                word[:at] + word[at + 1 :],
                word[:at] + "q" + word[at:],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            ):
                (read,) = handbook.index.lexicon.read(tokenise(slip))
                assert read.term == word or read.senses or is_english(slip), slip


def test_a_word_that_is_spelt_right_is_never_mended(handbook: Assistant) -> None:
    for word in ("bread", "house", "train", "window", "computer", "dragon", "yellow", "borrow", "stoke", "nail"):
        (read,) = handbook.index.lexicon.read(tokenise(word))
        assert not read.slipped, word


HANDBOOK = dialogue.load(cached=False)
