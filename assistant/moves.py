"""How a turn goes on from the one before: moves, choices, manners, what leans on what was said.  Tables only."""

import re

NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "first one", "second two", "third three", "fourth four", "fifth five",
            "sixth six", "seventh seven", "eighth eight", "ninth nine", "tenth ten",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip
_NUMBER = r"\d{1,2}|" + "|".join(NUMBERS) + "|last"
STEP = re.compile(rf"\b(?:step (?:number )?(?P<after>{_NUMBER})|(?P<before>{_NUMBER}) step)\b")
SEQUENCE = re.compile(
    r"\b(?:(?:comes?|comes? next|do i do|do you do|to do|what|next|step|stroke)"
    r" (?P<rel>after|before|following)|what (?P<follows>follows))\b"
)
#: What may be all of an utterance and then moves the conversation.  Never a part of one: "back" is a part of the body.
MOVES = {
    phrase: move
    for move, phrases in (
        (
            "next",
            "next, next one, next step, the next step, go on, continue, what next, whats next, what is next, what now",
        ),
        ("next", "what comes next, then, then what, now what, n, skip this step, skip it"),
        ("first", "start over, restart, from the start, from the beginning, begin again, start again, the beginning"),
        ("previous", "previous, previous one, previous step, the previous step, the step before, go back, one back"),
        ("previous", "step back, back one step, back a step, go back one step, go back a step, one step back"),
        (
            "again",
            "again, repeat, repeat that, repeat it, once more, say that again, say it again, what was that, pardon",
        ),
        (
            "more",
            "more, tell me more, more detail, more details, in more detail, more about it, details, more about that",
        ),
        (
            "forget",
            "forget that, forget it, forget about that, never mind that, new person, someone else now",
        ),
        ("more", "say more, explain more, go deeper, what else, anything else"),
        (
            "shorter",
            "shorter, in short, briefly, short version, the short version, too long, tldr, sum it up, keep it short",
        ),
        ("shorter", "make it shorter, summarise, summarize, summarise that, summarize that, just the gist"),
        (
            "example",
            "for example, for instance, an example, example, give me an example, such as, like what, like",
        ),
        ("example", "examples, some examples, give me some examples, can you give me an example"),
        ("none", "none of these, none of those, none of them, none, neither, neither of them, no none of these"),
        ("none", "no, nope, no thanks, no thank you, not that, none of that"),
        ("kept", "what do you keep in mind, what do you have in mind, what is kept in mind, what have i told you"),
    )
    for phrase in phrases.split(", ")
}
#: What may be all of an utterance and asks nothing.
MANNERS = {
    phrase: kind
    for kind, phrases in (
        (
            "greeting",
            "hi, hello, hey, hi there, hello there, hey there, good morning, good afternoon, good evening, good day",
        ),
        (
            "thanks",
            "thanks, thank you, thank you very much, thanks a lot, many thanks, cheers, ta, great thanks, ok thanks",
        ),
        ("thanks", "bye, goodbye, see you, good night, thank you bye, thanks bye, ok bye, bye bye"),
        ("fine", "ok, okay, great, cool, nice, perfect, got it, good, yes, yeah, yep, sure, fine, i see, understood"),
        ("ability", "what can you do, what do you do, who are you, what are you, what is this, what can i ask, help"),
        (
            "ability",
            "what is your name, what your name, who made you, are you real, can you massage me, what can you tell me",
        ),
        (
            "ability",
            "what can i ask you, what do you know, how do you work, are you a bot, are you human, are you a robot",
        ),
    )
    for phrase in phrases.split(", ")
}
_BEFORE_MOVE = frozenset("and so ok okay please now then".split())
CHOICE = re.compile(rf"(?:the |number |option |choice )?(?P<n>{_NUMBER})(?: one)?")
#: Nouns that with "that" stand for what was spoken of: "where is that muscle?"
GENERIC = frozenset(
    """muscle muscles stroke strokes area areas place places part parts spot spots move technique oil thing condition
    one massage kind style position""".split()
)
#: Words that by themselves name no topic where one is spoken of: "how hard do I press" after the calf.
TOUCHING = frozenset("press pressing push pushing rub rubbing touch touching hold holding body".split())
#: A word that stands for what was spoken of: "how long can I do it there", "where is that muscle", and not "is it ok".
REFERS = re.compile(
    r"(?<!is )(?<!was )(?<!thats )\b(?:it|that|this|these|those)\b"
    r"(?! (?:ok|okay|safe|normal|fine|good|bad|true|rude|possible|better|necessary|hurts?|be|is|was|takes?|has)\b)"
    r"|\bit(?= (?:used|done|called|made|given|like)\b)"
    r"|\bthere$"
    rf"|\b(?:that|this|these|those)(?= (?:{'|'.join(sorted(GENERIC))})\b)"
)
#: What parts a clause from the one before it: "can I press a knot until it lets go?" says what "it" is.
CLAUSE_BREAKS = frozenset("and but if when because so until while or since before after".split())
_BESIDE = r"for|with|without|on|in|behind|under|at|near|around|over|through|between"
#: What opens a question beside the topic, which stays: "with oil?", "and for a child?".
ASIDE = re.compile(rf"^(?:(?:and|so|ok|okay|but) )*(?:{_BESIDE})\b")
#: How a turn opens that goes on from the one before, or puts it right.
LEANS = re.compile(
    r"^(?:(?:and|so|ok|okay|but|no|sorry|actually) )*"
    r"(?:what about|how about|and for|and|also|same for|i mean|i meant|no not"
    rf"|(?:{_BESIDE})(?= (?:\S+ ?){{1,4}}$)"
    r"(?!.*\b(?:how|what|why|when|where|which|who|should|can|is|are|do|does|much|long|often|hard)\b))\b"
)
#: What asks for means to what is spoken of: "can I use my elbow?", "do I need oil?"
MEANS = re.compile(
    r"^(?:(?:and|but|so|ok) )*(?:can|could|should|may|do|does|must) (?:i|you|we|they|he|she)"
    r" (?:use|need|have to|want|take)\b(?: \S+){1,4}$"
)
#: What asks which of the two pages spoken of: "which is better?", "which one is best for a beginner".
WHICH_OF_TWO = re.compile(
    r"^(?:(?:and|but|so|ok) )*(?:which|what)(?: one| of them| of the two| of these)?(?: is|s)? (?:better|best)\b"
)
#: A turn that says what it is about and leaves out what is asked of it: "tapping ok?", "the elbow too?"
ELLIPSIS = re.compile(
    r"^(?!(?:is|are|can|may|should|do|does|would|could|what|how|when|where|why)\b)(?:\S+ ){1,5}(?:ok|okay|allowed|too)$"
)


def number(word: str) -> int:
    """Return the number that a word of `_NUMBER` stands for; -1 for last."""
    return -1 if word == "last" else NUMBERS.get(word) or int(word)


def move(words: list[str]) -> str:
    """Return the move that all of an utterance is, or ""; "and" or "ok" before and "please" after do not count."""
    words = words[:-1] if words[-1:] == ["please"] else words
    while words:
        if found := MOVES.get(" ".join(words)):
            return found
        if words[0] not in _BEFORE_MOVE:
            break
        words = words[1:]
    return ""
