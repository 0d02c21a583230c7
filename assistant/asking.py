"""How English asks: words that carry no topic, words that turn a question round, numbers, moves.  Tables only."""

import re

#: Words that never tell one passage from another.  Not is none of them; what, how, why and when ask and are facets.
SMALL = frozenset(
    """a about again all also am an and any anyone anything are aren as at be because been being both but by can cant
    cannot could couldnt d did didnt do does doesnt doing done dont each else ever every everything for from get
    gets getting give gives giving given go goes going got gotten gonna had has have having he her here hers hi him
    his how however i id if im in into is isnt it its itself ive just know knows let lets like ll m made make makes
    making many may maybe me might mine more most much must my need needed needs now of oh ok okay on once one ones
    only or our ours out per please possible put puts re really s same saying see shall she should shouldnt so some
    somebody someone something sometimes still such supposed sure t take takes taking tell than thank thanks that
    thats the their theirs them then there theres these they theyre thing things think this those though through to
    too tried tries try trying u us use used uses using ve very via want wanted wants was way ways we well were what
    whats when where whether which while who whom whose why will wish with wont would wouldnt ya yes yet you youd
    youll your youre yours hello hey dear anybody exactly actually basically simply instead etc ie eg whatever
    anyway lol hmm um im shes hes whos wheres hows youve weve theyve theyll itll arent werent havent hasnt hadnt
    mustnt neednt heres ain aint wasnt""".split()
)
#: Words that frame a question more than they tell its topic.  They weigh a little where the knowledge has them and next
#: to nothing where it has not: a stranger among them ("husband", "decide", "important") is no sign of another subject.
FRAME = frozenset(
    """able absolutely accidentally achieve act active actual add adhd advantages advice advise advised afraid
    afternoon ago agree allow allowed almost alone along already alright always amazing amount annoying another
    answer anymore anywhere apart apparently appointment appropriate around ask asked asking aware away awful
    awkward bad badly barely beforehand begin beginner beginners beginning behave believe beneficial best better
    between bit book booked booking bother bought boyfriend briefly bring brother call called came carefully carry
    case casual certain certainly chance check choose clearly client clients colleague come comes comfortable common
    commonly compare compared complete completely concern concerned concerning confused cons consider considered
    constantly contain contains continue correct correctly couple couples create curious currently customer dad
    daughter daughters day days deal decent decide decided definitely depend depends describe desired detail details
    determine dident difference differences different difficult directly disadvantages doubt easier easily easy
    effective effectively effectiveness either end enjoy enjoyable enjoys enough entire entirely especially
    essential essentially evening eventually everybody everyone evidence example excellent expect expected
    experience experienced experiencing explain explanation extra extremely fact facts fail fairly family far fast
    father favorite favourite few fiance figure finally find fine finish first fix follow following forever forget
    formal forward found four fourth frequently friday friend friends fully fun further gave general generally
    gentleman genuinely girl girlfriend good great guess guide guy guys handle handy happen happened happening
    happens happy hardly hate havent hear heard help helped helpful helping helps hi highly history honestly hope
    hopefully hour hours house hubby husband husbands idea ideal ideally ideas identify ignore imagine immediately
    importance important impossible improve inform information inside instructions intend intended interested
    involve involved involves iphone issue issues job keep keeps kind kinda kinds knew knowing known lady last
    lastly lately later lead leads learn least leave less likely list little live look looking looks lot lots love
    loved loves main mainly major man manage manner many matter matters mean meaning means meant mention mentioned
    method methods mid min minor mins minute mom moment monday month months morning mother mum name names nearly
    necessarily necessary neighbor neighbour never new newbie next nice nicely night nobody noob normal normally
    nothing notice noticed now obvious obviously occasionally occur occurs offer offers often ok old opinion option
    options ordinary original otherwise ought outside overall paid pal pals part particular particularly partly
    partner partners past patient patients people perform performed performing perhaps person personally persons
    phone plan practice practise prefer preferable preferably preferred prepare pretty prevent previously probably
    problem problems process produce produced produces proper properly pros provide purely purpose question
    questions quick quickly quite rather real realise realize recently recognise recognize recommend recommendation
    recommended recommends regarding regular regularly relate related remember require required requires respond
    result results reveal routine routines safe safely said saturday say says sec second secs seem seemed seems seen
    sense serious seriously session sessions several show shown shows similar simple since single sister situation
    situations slightly small solution son soon sort sorts speak special specific specifically spend spouse start
    started starting starts state stay step steps stop story strange stuff style suddenly suggest suggested
    suggestion suggestions suitable sunday support surprise surprised talk talking teach technique techniques tend
    term terms therapist therapists they thought three thursday time times tips today together told tonight top
    topic totally toward trick tricks true truly tuesday tutorial two type types typical typically ultimately unable
    understand understanding understood unless until up upon useful usual usually valid various version wait wants
    wednesday week weekend weird went whole wife wifes within without woman women wonder wonderful wondering word
    words work worked working works worry worse worst worth write wrong year years yesterday young during while visit
    visits treatment treatments therapy therapies apply applied applies applying home received receiving""".split()
)


def is_frame(term: str) -> bool:
    """Return whether a word frames a question and tells no topic: one of FRAME, or a number in figures."""
    return term in FRAME or term.isdigit()


#: How words are typed in a hurry.
HURRIED = {
    "wat": "what", "wot": "what", "wht": "what", "hwo": "how", "hw": "how", "u": "you", "ur": "your", "r": "are",
    "pls": "please", "plz": "please", "abt": "about", "cuz": "because", "thx": "thanks", "ty": "thanks", "w": "with",
}  # fmt: skip
#: Words that turn a question round or make it another one.  They weigh more than any other and are never small.
QUALIFIERS = frozenset(
    """not never without no pregnant pregnancy baby babies infant infants child children toddler surgery operation
    operated cancer elderly swollen swelling bruise bruised bruises broken fracture fractured fever feverish numb
    numbness""".split()
)
#: Words that ask and do nothing else; what they ask is in the facets.
ASKING = frozenset(
    """what how why when where which who whom whats long often hard many much minutes mistake mistakes pronounce
    pronounced""".split()
)
#: What asks whether something may be done, or is as it should be: "can I …", "is … ok".
MAY = re.compile(
    r"\b(?:can|may|should|could|shall|do|does)"
    r" (?:i|you|we|one|she|he|they|it|someone|anyone|people|my|her|his|their|a|the)\b"
    r"|\b(?:is|are|it|thats) (?:\w+ ){0,6}?"
    r"(?:ok|okay|safe|fine|allowed|alright|all right|normal|bad|good|harmful|dangerous)\b"
    r"|\b(?:ok|okay|safe|allowed) to\b"
)
#: Openings that ask for no facet, though a shorter part of them would: "what should I wear" is no "what is it".
NO_FACET = """what should, what do, what can, what could, what would, what may, what if, what kind, what kinds,
    what type, what types, what sort, what happened, what else""".replace("\n", " ").split(", ")
#: What a word that asks can stand after and still open a clause: "and when?", but not "a sore leg when I run".
CLAUSE = frozenset("and or but so then ok okay please me know tell about exactly hi hello hey".split())
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
        ("next", "what comes next, then, then what, now what"),
        ("previous", "previous, previous one, previous step, the previous step, the step before, go back, one back"),
        ("previous", "step back, back one step, back a step"),
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
            "forget that, forget it, forget about that, never mind that, start over, new person, someone else now",
        ),
        ("more", "say more, explain more, go deeper"),
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
        ("thanks", "ok, okay, great, cool, nice, perfect, got it, good, bye, goodbye, see you, good night"),
        ("ability", "what can you do, what do you do, who are you, what are you, what is this, what can i ask, help"),
        (
            "ability",
            "what can i ask you, what do you know, how do you work, are you a bot, are you human, are you a robot",
        ),
    )
    for phrase in phrases.split(", ")
}
_BEFORE_MOVE = frozenset("and so ok okay please now then".split())
CHOICE = re.compile(rf"(?:the |number |option |choice )?(?P<n>{_NUMBER})(?: one)?")
#: A word that stands for what was spoken of: "how long can I do it there", and not "is it ok".
REFERS = re.compile(
    r"(?<!is )(?<!was )(?<!thats )\b(?:it|that|this|these|those)\b"
    r"(?! (?:ok|okay|safe|normal|fine|good|bad|true|rude|possible|better|necessary|hurts?|be|is|was|takes?|has)\b)"
)
LEANS = re.compile(r"^(?:(?:and|so|ok|okay|but) )*(?:what about|how about|and for|and|also|same for)\b")


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
