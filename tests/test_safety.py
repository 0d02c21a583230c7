"""Red flags stop everything (safety/red.yaml), ordinary questions do not (safety/ordinary.yaml)."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import perf_counter

import pytest
import yaml

from assistant import render
from assistant.console import Look
from assistant.dialogue import Assistant, load
from assistant.model import Alarm, Context, Flag, Paragraph
from assistant.safety import flagged, watch
from assistant.schema import parse_flags
from assistant.text import terms
from tests.conftest import HERE, Massage
from tests.test_answers import ANSI

RED = [
    (flag, said)
    for row in yaml.safe_load((HERE / "safety" / "red.yaml").read_text(encoding="utf-8"))
    for flag, lines in row.items()
    for said in lines
]
ORDINARY = yaml.safe_load((HERE / "safety" / "ordinary.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("flag", "said"), RED, ids=[said for _, said in RED])
def test_a_red_flag_stops(handbook: Assistant, flag: str, said: str) -> None:
    for context in (Context(), handbook.turn("how do I massage a back?")[1]):
        answer, after = handbook.turn(said, context)
        assert answer.outcome == "stop"
        assert (after.guide, after.place, after.conditions) == (context.guide, context.place, context.conditions)
        assert handbook.index.spans[after.entry].kind != "guide" or after.entry == answer.entry
        say, why = answer.blocks[-2:]
        assert isinstance(say, Alarm)
        assert isinstance(why, Paragraph)
        assert not answer.related
        for shown in (render.plain(answer), render.terminal(answer, Look(400, True)), render.as_json(answer)["answer"]):
            assert say.text in " ".join(ANSI.sub("", shown).split())
    by_id = {one.id: one for one in handbook.index.flags}
    assert flag in by_id, "a flag of that name"


def slipped(said: str, random: Random) -> str:
    """Return a sentence with one letter of one word of five or more left out, doubled, or changed for the next."""
    words = said.split()
    long = [at for at, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    if long:
        at = random.choice(long)
        word, cut = words[at], random.randrange(1, len(words[at]) - 2)
        swapped = word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
        words[at] = random.choice((word[:cut] + word[cut + 1 :], swapped, word[:cut] + word[cut] + word[cut:]))
    return " ".join(words)


def test_red_flags_stop_with_a_slip_too(handbook: Assistant) -> None:
    random = Random(2)
    asked = [slipped(said, random) for _, said in RED for _ in range(3)]
    missed = [said for said in asked if handbook.ask(said).outcome != "stop"]
    assert len(missed) <= 0.05 * len(asked), "\n".join(missed)
    stopped = [said for said in (slipped(said, random) for said in ORDINARY) if handbook.ask(said).outcome == "stop"]
    assert len(stopped) <= 0.02 * len(ORDINARY), "\n".join(stopped)


@pytest.mark.parametrize("said", ORDINARY)
def test_an_ordinary_question_does_not_stop(handbook: Assistant, said: str) -> None:
    assert handbook.ask(said).outcome != "stop"


def test_every_flag_says_first_what_to_do(handbook: Assistant) -> None:
    for flag in handbook.index.flags:
        first = re.split(r"(?<=[.!?;:]) (?=[A-Z])", flag.say)[0]
        assert len(first.split()) <= 25, f"{flag.id}: {first}"
        assert re.match(r"Stop|Do not|Please get help", flag.say), flag.id
        assert re.search(r"emergency|doctor|medical|hospital|midwife", flag.say), flag.id
        assert flag.sources, flag.id
        assert all(key in handbook.index.sources for key in flag.sources), flag.id
        assert flag.page in handbook.index.pages, flag.id


def test_the_command_tells_it_with_its_exit_code(massage: Massage) -> None:
    ran = massage("ask", "--json", "my calf is red, hot and swollen")
    answer = json.loads(ran.out)
    assert (ran.code, answer["status"], answer["entry"]) == (4, "stop", "blood-clot")
    assert answer["cautions"] == [answer["answer"].split("\n")[0]]


def test_a_shelf_may_add_a_flag_and_reword_one_but_silence_none(shelf: Callable[..., Path]) -> None:
    folder = shelf(
        red_flags="clot:\n  say: Stop. See a doctor today.\n  why: Our own words.\n  signs: [purple toe]\n"
        "bee:\n  say: Stop. Call a doctor.\n  why: Stings.\n  signs: [bee sting + swelling]\n",
        page="title: Toe\nwhat: A toe.",
    )
    assistant = load(folder, cached=False)
    for said in ("my calf is red, hot and swollen", "I have a purple toe", "bee sting with swelling"):
        assert assistant.ask(said).outcome == "stop"
    assert "Our own words." in render.plain(assistant.ask("my calf is red, hot and swollen"))


def test_check_says_loudly_that_nothing_would_stop_an_emergency(massage: Massage, shelf: Callable[..., Path]) -> None:
    folder = str(shelf(page="title: Toe\nwhat: A toe."))
    assert massage("check", folder).code == 0
    ran = massage("check", "--no-builtin", folder)
    assert ran.code == 5
    assert "no red flag is read: nothing would stop an emergency" in ran.out


@pytest.mark.parametrize("said", [said for _, said in RED[:12]])
def test_no_way_in_shows_a_technique_to_a_red_flag(massage: Massage, said: str) -> None:
    """Not by words, lines, JSON, JSON lines in the middle of a guide, the chat on a pipe, or --explain."""
    batch = "".join(
        json.dumps({"id": n, "question": text, "session": "s"}) + "\n"
        for n, text in enumerate(("how do I massage a back?", said))
    )
    outs = [
        massage("ask", said).out,
        massage("ask", "--explain", said).out,
        massage("ask", "--json", said).out,
        massage("ask", "-", stdin=said + "\n").out,
        massage("ask", "--jsonl", stdin=batch).out.splitlines()[1],
        massage("chat", stdin=f"how do I massage a back?\n{said}\n").out.split("\n\n")[-1],
    ]
    for out in outs:
        assert re.search(r"Stop|Do not|Please get help", out)
        assert "Knead" not in out
        assert "1. " not in out


def test_a_red_flag_at_the_end_of_a_long_message_and_over_two_turns_stops(handbook: Assistant) -> None:
    assert handbook.ask("blah " * 2000 + "and he has crushing chest pain").outcome == "stop"
    _, context = handbook.turn("my wife is 3 months pregnant")
    assert handbook.turn("she's bleeding", context)[0].outcome == "stop"
    assert handbook.turn("how do I rub her feet?", context)[0].outcome == "answered"


def test_a_denied_sign_is_no_sign() -> None:
    watched = watch([Flag("fever", "Stop.", "", ((("fever",), ("back pain",)),))])
    assert flagged(terms("back pain and a fever"), watched) == 0
    for said in (
        "back pain without fever",
        "no fever but back pain",
        "back pain, not a fever",
        "back pain never a fever",
    ):
        assert flagged(terms(said), watched) is None


def test_a_sign_is_heard_whoever_it_is_said_of_and_across_a_gap() -> None:
    sign = (("cant get breath", "swallowed * tablets"), ("unless years ago",))
    watched = watch([Flag("breath", "Stop.", "", (sign,))])
    for said in ("she cannot get her breath", "I can't get my breath", "he swallowed a whole lot of tablets"):
        assert flagged(terms(said), watched) == 0
    for said in ("years ago I could not get my breath", "swallowed a lot of water and then took two tablets", "breath"):
        assert flagged(terms(said), watched) is None


@pytest.mark.parametrize(
    ("said", "stops"),
    [
        ("her leg is swollen", True),
        ("swelling of the left leg", True),
        ("the leg of the table broke and then we all went out to dinner and my eyes are swollen", False),
        ("leg swollen years ago", False),
        ("leg swollen years ago and again today", True),
        ("leg swollen, and by the way and only so that you know it all, my dog died years ago", True),
        ("he can not breathe", True),
        ("she was never able to breathe through her mouth", False),
        ("no cough or swelling in the leg", False),
        ("no sign of swelling in the leg", False),
        ("he is not well, and his leg is swelling", True),
        ("numb and cold", True),
        ("cold and pale", True),
        ("pale", False),
    ],
)
def test_what_the_table_of_signs_can_say(said: str, stops: bool) -> None:
    """Near, unless and but, a group in a phrase, two of many: and who reads them is the schema."""
    flags, problems = parse_flags(
        b"ways:\n  cant: cant / unable to\n  a: numb\n  b: cold\n  c: pale\n"
        b"x:\n  say: Stop.\n  why: Because.\n  unless: [years ago + but today]\n"
        b"  signs: [leg ~ swollen, <cant> breathe, two of <a> <b> <c>]\n",
        "red_flags.yaml",
    )
    assert not problems
    assert (flagged(terms(said), watch(flags)) == 0) is stops


def test_an_unknown_group_is_told_with_its_place() -> None:
    _, problems = parse_flags(
        b"ways:\n  cant: cant\nx:\n  say: Stop.\n  why: Because.\n  signs: [<cnt> breathe]\n", "red_flags.yaml"
    )
    assert [str(problem) for problem in problems] == [
        "red_flags.yaml:4:3: unknown group <cnt>; did you mean <cant>?",
    ]


def test_the_gate_costs_next_to_nothing(handbook: Assistant) -> None:
    asked = [tuple(terms(said)) for said in (*(said for _, said in RED), *ORDINARY)]
    began = perf_counter()
    for words in asked:
        flagged(words, handbook.index.watch)
    assert perf_counter() - began < 0.001 * len(asked)  # measured: 0.05 ms each; a busy machine is slower


def test_what_someone_has_is_minded_in_one_message_and_after(handbook: Assistant) -> None:
    answer = handbook.ask("My mum has osteoporosis. How do I massage her upper back?")
    assert answer.entry == "upper-back-massage"
    assert answer.cautions[0].startswith("Osteoporosis: ")
    _, context = handbook.turn("my dad takes warfarin")
    answer, context = handbook.turn("can I rub his feet?", context)
    assert any(caution.startswith("Blood thinners: ") for caution in answer.cautions)
    assert all(caution in render.plain(answer) for caution in answer.cautions)


@pytest.mark.parametrize(
    ("said", "conditions"),
    [
        ("she is pregnant", ("pregnancy",)),
        ("she is not pregnant", ()),
        ("he has no fever", ()),
        ("what is a fever", ()),
        ("he has a cold", ("cold-and-flu",)),
        ("her hands are cold", ()),
        ("my dad takes warfarin", ("blood-thinners",)),
    ],
)
def test_who_has_what(handbook: Assistant, said: str, conditions: tuple[str, ...]) -> None:
    assert handbook.turn(said)[1].conditions == conditions


def test_steps_to_avoid_are_left_out_and_named(handbook: Assistant) -> None:
    answer = handbook.ask("my dad takes warfarin, how do I give a leg massage")
    told = render.plain(answer)
    assert answer.entry == "leg-massage"
    assert "Step 2, Squeeze the calf, is left out: blood thinners." in answer.cautions
    assert "\n2. " not in told.split("\nFrom:")[0]
    assert "\n1. Long strokes" in told
    _, context = handbook.turn("she has varicose veins")
    answer, _ = handbook.turn("step 2 of the calf massage", context)
    assert any("is left out: varicose veins" in caution for caution in answer.cautions)
    assert "Put both hands round the calf" not in render.plain(answer)


@pytest.mark.parametrize(
    ("said", "page"),
    [
        ("I'm 6 months pregnant. My husband offered to massage my hips. How should I lie?", "pregnancy"),
        ("my wife is pregnant, how do I give her a back massage", "pregnancy-massage"),
        ("she takes blood thinners. how do I use a massage gun on her", "blood-thinners"),
        ("my gran has osteoporosis, how do I do hacking", "osteoporosis"),
        ("she is not pregnant, how do I massage her back", "back-massage"),
    ],
)
def test_what_is_not_for_a_condition_is_not_told(handbook: Assistant, said: str, page: str) -> None:
    assert handbook.ask(said).entry == page


def test_every_answer_of_two_minds_what_someone_has(handbook: Assistant) -> None:
    _, context = handbook.turn("she is pregnant")
    answer, _ = handbook.turn("what is petrissage and how do I do it?", context)
    assert any(caution.startswith("Pregnancy: ") for caution in answer.cautions)


def test_what_someone_has_is_answered_with_what_to_mind(handbook: Assistant) -> None:
    for said, page in (("she is pregnant", "pregnancy"), ("my son has eczema", "eczema")):
        answer = handbook.ask(said)
        assert (answer.entry, answer.facet) == (page, "avoid")
        assert "forget that" in render.plain(answer)
