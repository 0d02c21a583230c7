"""Text as the index sees it: folded letters, tokens that keep their place, stems.  Knows no word of the handbook."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

#: Letters with the accents that follow them, or digits with their point ("1.5"): 30-second and 100ml are two tokens,
#: don't is one.
_LETTERS = r"(?:[^\W_][\u0300-\u036f]*)+"
_UNITS = r"(?=(?:ml|cl|l|oz|g|kg|cm|mm|m|min|mins|minutes?|hrs?|hours?|secs?|seconds?|days?|weeks?|months?|years?)\b)"
_WORD = re.compile(
    rf"w/(?:o|out)?(?![^\W\d_])|\d+(?:[.,]\d+)+|\d+{_UNITS}|{_LETTERS}(?:['’]{_LETTERS})*", re.IGNORECASE
)
_VOWEL = re.compile(r"[aeiouy]")


class Token(NamedTuple):
    """A word of a text: folded, and where it stands, so that text[start:end] is what was typed."""

    term: str
    start: int
    end: int


def fold(text: str) -> str:
    """Return the text without case and accents.  Folding twice is folding once.

    Decomposed first, for case folding alone is not idempotent: some letters fold to a letter and a mark that composes
    again (Unicode Standard, section 3.13).
    """
    if text.isascii():
        return text.lower()
    while True:
        bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
        if bare == text:
            return bare
        text = bare


def tokenise(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text in order; spans never overlap and never run backwards."""
    return tuple(
        Token(term, found.start(), found.end())
        for found in _WORD.finditer(text)
        if (term := _bare(fold(found.group())))
    )


#: What an apostrophe ties to a word and is a small word itself: she's, I'll, the partner's.
_TIED = re.compile(r"['’](?:s|ll|re|ve|d|m)$")


def _bare(term: str) -> str:
    """Return a folded word without its apostrophes, and without the small word that one of them ties to it."""
    if term.isalnum():  # as nearly all are
        return term
    return "".join(
        _TIED.sub("", term).replace("'", "").replace("’", "").split()
    )  # some letters fold to a space and one


def terms(text: str) -> list[str]:
    """Return the folded words of a text, without their places."""
    if text.isascii():  # where folding moves no letter
        return [term for word in _WORD.findall(text.lower()) if (term := _bare(word))]
    return [token.term for token in tokenise(text)]


#: British endings, the American ones that they share a stem with, and of how many letters a word has to be at least.
_ENDINGS = (
    ("our", "or", 6), ("oured", "ored", 8), ("ouring", "oring", 9), ("bre", "ber", 5), ("tre", "ter", 5),
    ("ise", "ize", 6), ("ised", "ized", 7), ("ising", "izing", 8), ("yse", "yze", 6), ("ysed", "yzed", 7),
)  # fmt: skip


def _american(word: str) -> str:
    for british, american, least in _ENDINGS:
        if word.endswith(british) and len(word) >= least:
            word = word[: -len(british)] + american
    if "ae" in word:
        for after in "mst":
            word = word.replace("ae" + after, "e" + after)
    return word[1:] if word.startswith(("oed", "oes")) else word


#: Forms that no ending tells, after the word they are forms of.  Left out are those with a meaning of their own (left,
#: lay, drunk) and those in which a hurt must not be taken for its verb (broken, fell).
_IRREGULAR = {
    form: row.split()[0]
    for row in """forget forgot forgotten|feel felt|sleep slept|give gave given|take took taken|go went gone|stand stood
    lie lying lain|sit sat|hold held|keep kept|bring brought|think thought|teach taught|begin began begun|eat ate eaten
    run ran|wake woke woken|bleed bled|burn burnt|stick stuck|shake shook shaken|wear wore worn|tear tore torn
    hear heard|tell told|say said|make made|mean meant|sting stung|spin spun|swell swollen|foot feet|tooth teeth
    man men|woman women|wife wives|deep deeper|hard harder|light lighter|soft softer|firm firmer|slow slower|long longer
    strong stronger|warm warmer|heavy heavier|gentle gentler gently|short shorter|tight tighter|stiff stiffer
    big bigger|simple simply|safe safer|rough rougher|quick quicker|early earlier""".replace("\n", "|").split("|")
    for form in row.split()[1:]
}


#: Words whose stem would be another word's: who is scared has no scar.
_WHOLE = frozenset("scare scared scares scaring stoned tired".split())


@lru_cache(maxsize=20_000)
def stem(term: str) -> str:
    """Return what the forms of an English word share: kneads, kneading and kneaded give knead.

    British and American spellings share one too (fibre, fiber).  Endings are taken off in three passes, as in the first
    steps of Porter's stemmer (Porter 1980, "An algorithm for suffix stripping"), and less of them: here a lost
    difference costs more than a missed form.
    """
    term = _IRREGULAR.get(term, term)
    if term in _WHOLE or len(term) < 4 or not term.isalpha():
        return term
    word = _american(_singular(term))
    if word.endswith("ness") and len(word) > 7:
        word = word[:-4]
    for ending in ("ing", "ed"):
        base = word[: -len(ending)]
        if word.endswith(ending) and len(base) > 2 and _VOWEL.search(base) and not base.endswith("e"):
            word = base[:-1] if base[-1] == base[-2] and base[-1] not in "lsz" else base
            break
    if word.endswith("est") and len(word) > 6:
        word = word[:-3]
    if word.endswith("ly") and len(word) > 5:
        word = word[:-2]
    if len(word) > 4 and word.endswith("e"):
        word = word[:-1]
    if len(word) > 3 and word.endswith("y"):
        word = word[:-1] + "i"
    return word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


#: Letters that sound alike, from the longest; what is left over of the vowels is dropped.
_SOUNDS = (
    (r"^(?:kn|gn)", "n"),
    (r"^wr", "r"),
    (r"^ps", "s"),
    (r"(?:[ts]i|sh)(?:on|un|an)", "sn"),
    (r"(?<=[aeiou])(?:h|r)?j\b|dg|g(?=[eiy])|zh", "j"),
    (r"ph|v", "f"),
    (r"gh", ""),
    (r"x", "ks"),
    (r"tch|ch|sh|tz|ts|c(?=[eiy])|z", "s"),
    (r"ck|c|q", "k"),
    (r"me?nt?$|mon[gt]?$", "mn"),
    (r"[aeiouy]|(?<!^)[hw]", ""),
    (r"(.)\1+", r"\1"),
)


@lru_cache(maxsize=20_000)
def sound(term: str) -> str:
    """Return roughly how a folded word sounds: its consonants, those that sound alike made one.

    In the manner of Metaphone (Philips 1990), with less of English and with what English ears make of French endings:
    tapotement and "tapotmon" are both tptmn.  Words of other letters have no sound: "".
    """
    if not term.isascii() or not term.isalpha():
        return ""
    for letters, like in _SOUNDS:
        term = re.sub(letters, like, term)
    return term
