"""The table of facets: the parts of a page that can be asked for, and how each is asked for.  Values only."""

from typing import NamedTuple


class Facet(NamedTuple):
    """A part of a page that can be asked for."""

    key: str
    """its YAML key and its name in JSON"""
    heading: str
    """what stands above it where a page is shown"""
    question: str
    """how it is offered after a title: "Kneading: how long?" """
    cues: tuple[str, ...]
    """phrases that ask for it, folded; `*` stands for one to three words, `$` for the end of the question, `^` for
    the opening of a clause"""
    weight: float
    """what being asked for by a cue is worth, against a telling word's 1.0"""


def _facet(key: str, heading: str, question: str, weight: float, cues: str) -> Facet:
    return Facet(key, heading, question, tuple(cues.split(", ")), weight)


#: Every facet, the graver and the narrower first: where two cues start at one word the longer wins, and of two
#: facets asked for in one question the upper is the asked one ("how hard is safe" is about what to avoid).
# fmt: off
FACETS: tuple[Facet, ...] = (
    _facet(
        "avoid", "When not", "when not", 0.6,
        "when not, not to, why not, why no, where cant, where mustnt, where shouldnt, where * never, which places * "
        "mustnt, should i not, when should * not, who cant, who cannot, who should not, who shouldnt, who must not, "
        "should not, shouldnt, must not, mustnt, should * never, must * never, never massage, where * not, which * "
        "not, where * keep off, where * stay off, what * keep off, where * stay away, never press, where not, when "
        "to avoid, avoid, safe, unsafe, dangerous, danger, harmful, harm, risk, risks, contraindication, "
        "contraindications, side effects, bad for, take care, careful, not be used, not do, should i worry",
    ),
    _facet(
        "mistakes", "Common mistakes", "what goes wrong", 0.7,
        "mistake, mistakes, wrong, do wrong, errors, go wrong, goes wrong",
    ),
    _facet(
        "how_long", "How long", "how long", 0.7,
        "how long, for how long, how many minutes, how many seconds, how much time, duration, is * long enough, "
        "minutes, length of time, what time does it take",
    ),
    _facet(
        "how_much", "How much", "how much", 0.7,
        "how much, how many, how many times, amount, quantity, what amount, how little, is * enough",
    ),
    _facet(
        "how_often", "How often", "how often", 0.7,
        "how often, how frequently, frequency, how many days between, how many weeks between, how many massages a, "
        "how many sessions a, how many times a week, how many times a month, every day $, each day $, each week $, "
        "times a week, times a month, daily $, every week $, weekly massage, daily massage, massage every day",
    ),
    _facet(
        "how_hard", "How hard", "how hard", 0.7,
        "how hard, how much * press, how deep, gentle or firm, firm or gentle, light or deep, deep or light, light "
        "or firm, hard or soft, soft or hard, gentle or hard, hard or gentle, light or hard, how firm, how firmly, "
        "how deeply, how strong, how light, how gently, how much pressure, what pressure, amount of pressure, best "
        "pressure, right pressure, which pressure, how heavy, how * hard",
    ),
    _facet(
        "which_way", "Which way", "which way", 0.7,
        "which way, which direction, what direction, direction, what way, up or down, towards or away, toward or "
        "away, path",
    ),
    _facet(
        "with_what", "With what", "with what", 0.6,
        "with what, what with, what do i * with $, what should i * with $, what do i need, what else do i need, "
        "which part of the hand, which part of my hand, what part of my hand, which part of * hand, what part of * "
        "hand, what part of the hand, which fingers, what tools, kit, equipment, what do i use, what should i use, "
        "what to use, what to put on, with which",
    ),
    _facet(
        "instead", "Instead", "what instead", 0.6,
        "instead, instead of, alternative, alternatives, alternative to, substitute, replace, in place of, easier",
    ),
    _facet(
        "pronounce", "Say it", "how do you say it", 0.9,
        "pronounce, pronounced, pronunciation, how * do i say, out loud, how s * said, how do i say, how is * said",
    ),
    _facet(
        "feel", "How it feels", "how does it feel", 0.6,
        "feel, feels, feel like, feeling, what does it feel like, hurt, hurts, painful, does it hurt, supposed to "
        "hurt, identify, recognise, recognize, how can i tell, tell if, know if, signs, symptoms, how do i know",
    ),
    _facet(
        "where", "Where", "where", 0.6,
        "^ where, where do, where does, where is, where are, where should, where can, whereabouts, which part, which "
        "parts, which area, which areas, what part, what parts, what area, what areas, location, located, find, on "
        "what part, which places, which muscles",
    ),
    _facet(
        "when", "When", "when", 0.5,
        "^ when, when to, when do, when should, when is, when can, how soon, how early, what stage, at what point, "
        "what time, who is * for $, who is it good for, when * see a doctor, when * see someone, when * call a "
        "doctor, should i see a doctor, need a doctor",
    ),
    _facet(
        "why", "What it is for", "what is it for", 0.6,
        "why, what for, purpose, how strong is the evidence, how good is the evidence, point of, the point, reason, "
        "reasons, benefit, benefits, what does * do, what do * do, is * good for, effect, effects, use of, how come, "
        "what is * for $, what it for $, what s it for $, what are * for $, advantage, advantages, help, helps, good "
        "or bad, does * do anything, evidence for, evidence that, good evidence, any evidence, any proof, proof "
        "that, proof of, does * work, do * work, does it work, how does, how do * work, how do * help, what happens, "
        "does * help, useful, is for",
    ),
    _facet(
        "how", "How", "how", 0.45,
        "how, how do i avoid, how can i avoid, how to avoid, how do i stop, how do i keep, what happens in, what "
        "happens during, what helps, what do i do, what should i do, what can i do, what to do, what * can i do, "
        "what * should i do, what can i do to help, what should i do to help, how can i help, how do i help, where "
        "do i begin, where do i start, where to begin, where to start, where should i start, where should i begin, "
        "how to, how do, how do i, how do i work, how can, how should, steps, step by step, technique, way to, ways "
        "to, best way, show me, teach me, instructions, method, perform, do it, tell me how, guide, routine, which "
        "massage is best for, what massage is best for, best massage for, what kind of massage is best for, best "
        "type of massage for, best kind of massage for",
    ),
    _facet(
        "what", "What it is", "what is it", 0.45,
        "what is, what are, what s, another name for, other name for, other names for, another word for, other word "
        "for, also known, what else is * called, when does * count as, what counts as, whats, what does * mean, what "
        "do * mean, define, definition, meaning, explain, where does * come from, where did * come from, tell me "
        "about, describe, who is, mean, means",
    ),
)
# fmt: on
FACET: dict[str, Facet] = {facet.key: facet for facet in FACETS}
