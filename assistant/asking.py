"""How English asks: words that carry no topic, words that turn a question round, ages.  Tables only."""

import re
from collections.abc import Container, Sequence

#: Words that never tell one passage from another.  Not is none of them; what, how, why and when ask and are facets.
SMALL = frozenset(
    """a about actually again ain aint all also am an and any anybody anyone anything anyway are aren arent as asap at
    basically be because been being both btw but by can cannot cant could couldnt d damn dear did didnt do does
    doesnt doing done dont dunno each eg else etc ever every everything exactly for from fyi get gets getting give
    given gives giving go goes going gonna gosh got gotten had hadnt haha has hasnt have havent having he hell hello
    her here heres hers hes hey hi him his hmm how however hows i id idk ie if im imho imo in instead into is isnt
    it itll its itself ive just know knows let lets like literally ll lol m made make makes making many may maybe me
    might mine more most much must mustnt my need needed neednt needs now of oh ok okay omg on once one ones only or
    our ours out people per person persons please possible put puts re really s said same say saying says see shall
    she shes should shouldnt simply so some somebody somebodys someone someones something sometimes still such
    supposed sure t take takes taking tbh tell than thank thanks that thats the their theirs them then there theres
    these they theyll theyre theyve thing things think this those though through to too tried tries try trying u um
    us use used uses using ve very via wanna want wanted wants was wasnt way ways we well were werent weve what
    whatever whats when where wheres whether which while who whom whos whose why will wish with wont would wouldnt
    ya yes yet you youd youll your youre yours youve""".split()
)
#: Words that frame a question more than they tell its topic.  They weigh a little where the knowledge has them and next
#: to nothing where it has not: a stranger among them ("husband", "decide", "important") is no sign of another subject.
FRAME = frozenset(
    """able absolutely accept accidentally accompany accomplish accurate achieve acknowledge act active actual add
    adequate adhd admit adopt advanced advantages advice advisable advise advised affect affects afraid afternoon
    ago agree alive allow allowed almost alone along already alright always amazing amount announce annoying another
    answer anticipate anymore anywhere apart apparent apparently applied applies apply applying appointment
    appreciate appropriate approve approximately around arrange arrive arrives aside ask asked asking associate
    associated assume assure attempt attend average await aware away awful awkward bad badly barely becomes
    beforehand begin beginner beginners beginning behave believe beneficial besides best better between bf bfs bit
    book booked booking bother bought boyfriend brief briefly bring brother call called came capable carefully carry
    case casual certain certainly chance check choose claimed claims clearly client clients colleague combine come
    comes comfortable comment common commonly communicate compare compared complain complained complaining complains
    complete completely concern concerned concerning conclude conduct confirm confused cons consider considerable
    considered constant constantly contain contains contemplate continue contribute convenient convince correct
    correctly couple couples crazy create curious current currently customer dad daughter daughters day days deal
    decent decide decided declare define definitely deliver demand demonstrate depend depends describe desire
    desired desperate detail details detect determine develop develops dident difference differences different
    difficult directly disadvantages discover discuss display distinguish doubt during eager earlier easier easily
    easy effective effectively effectiveness either emphasise emphasize employ enable encounter encourage end engage
    enjoy enjoyable enjoys enough ensure entire entirely especially essential essentially establish evening
    eventually everybody everyday everyone everytime evidence evidently examine example excellent exciting expect
    expected experience experienced experiencing explain explanation extend extra extreme extremely fact facts fail
    fairly familiar family famous fantastic far fast father favorite favourite few fiance figure final finally find
    fine finish first fix follow following forever forget formal former fortunately forward found four fourth
    frequently friday friend friends fully fun further furthermore future gave general generally gentleman genuine
    genuinely gf gfs girl girlfriend good gradually grant great greatest greatly guess guide guy guys handle handy
    happen happened happening happens happy hardly hate havent hear heard help helped helpful helping helps hesitate
    hi highly history home honestly hope hopefully hour hours house hubby husband husbands idea ideal ideally ideas
    identical identify ignore imagine immediately importance important impossible improve indeed indicate indicates
    individual induce inform information initial initially inside insist instructions intend intended interested
    interesting interpret introduce investigate invite involve involved involves iphone issue issues job justify
    keep keeps kilos kind kinda kinds knew knowing known lady last lastly lately later latest latter lead leads
    learn least leave less likely list little live look looking looks lot lots love loved loves lucky main mainly
    major man manage manner many matter matters mean meaning means meant mention mentioned mentions merely method
    methods mid min minor mins minute mom moment monday month months moreover morning mother movie movies mum name
    names nearby nearly necessarily necessary neighbor neighbour never new newbie newly next nice nicely night
    nobody noob normal normally nothing notice noticed now nowadays observe obtain obvious obviously occasional
    occasionally occur occurs odd offer offers often ok old opinion option options ordinary original otherwise ought
    outside overall overcome paid pal pals part participate particular particularly partly partner partners past
    patient patients perfect perfectly perform performed performing perhaps personally phone plan possibly practical
    practically practice practise precise precisely predict prefer preferable preferably preferred prepare
    presumably pretty prevent previously probably problem problems proceed process produce produced produces
    professional professionally professionals promote proper properly propose pros prove provide purely purpose
    question questions quick quickly quite rarely rather real realise realistic realize reasonable recall received
    receiving recently reckon reckons recognise recognize recommend recommendation recommended recommends refuse
    regard regarding regular regularly relate related relative relatively relevant reliable remain remains remember
    remind reported reports represent request require required requires resemble respond result results reveal
    roughly routine routines safe safely said satisfy saturday say says sec second secs seem seemed seems seen
    select sense serious seriously serve serves session sessions several show shown shows significant significantly
    similar simple since single sister situation situations slightly small solution solve somehow somewhat son soon
    sorry sort sorts speak special specific specifically spend spouse start started starting starts state stay step
    steps stop story strange struggle stuff style succeed suddenly suffer suffering suffers sufficient suggest
    suggested suggestion suggestions suitable sunday support suppose supposedly surely surprise surprised suspect
    teach technique techniques tend term terms therapies therapist therapists therapy therefore they
    thought three thursday thus time times tips today together told tonight top topic totally toward treatment
    treatments trick tricks true truly tuesday tutorial two type types typical typically ultimately unable undergo
    understand understanding understood undertake unfortunately unless until up upon useful usual usually valid
    valuable various version visit visits wait wants wednesday week weekend weird went while whole wife wifes wise
    within without woman women wonder wonderful wondering word words work worked working works worry worse worst
    worth write wrong year years yesterday young law january february march april june july august september october
    november december spring summer autumn winter coach teacher trainer instructor sufferer sufferers truth sensible
    relation kg literally english clue primary nutshell dummies lol smth ppl plain""".split()
)


def is_frame(term: str) -> bool:
    """Return whether a word frames a question and tells no topic: one of FRAME, or one that begins with a figure."""
    return term in FRAME or term[:1].isdigit()


def tells_little(term: str) -> bool:
    """Return whether a word by itself tells next to nothing of a topic: a small one, or one that frames."""
    return term in SMALL or is_frame(term)


ARTICLES = frozenset(("a", "an", "the"))
#: Words of English that no article can stand before: "a know" is a slip, though "know" is spelt right.
NEVER_AFTER_ARTICLE = frozenset(
    """because been being could does from gives have into just know knew make should than that their them these they
    those were what when where which whom whose with would your""".split()
)
#: How words are typed in a hurry.
HURRIED = {
    "temp": "temperature",
    "wat": "what", "wot": "what", "wht": "what", "wats": "whats", "wots": "whats",
    "hwo": "how", "hw": "how", "u": "you", "ur": "your", "r": "are",
    "pls": "please", "plz": "please", "abt": "about", "cuz": "because", "thx": "thanks", "ty": "thanks", "w": "with",
    "w/": "with", "w/o": "without", "w/out": "without", "tmrw": "tomorrow", "nite": "night",
    "bc": "because", "b4": "before",
    "shud": "should", "shld": "should", "cud": "could", "wud": "would", "wen": "when", "wich": "which", "wer": "where",
    "coz": "because", "cos": "because", "tho": "though", "thru": "through", "dat": "that", "dis": "this",
}  # fmt: skip
#: Words that turn a question round or make it another one.  They weigh more than any other and are never small.
QUALIFIERS = frozenset(
    """not never without no pregnant pregnancy baby babies infant infants child children toddler surgery operation
    operated cancer elderly swollen swelling bruise bruised bruises broken fracture fractured fever feverish numb
    numbness""".split()
)
#: One of these just before a word takes it away: "no fever", "not swollen".
DENIALS = frozenset("no not never without neither nor isnt arent wasnt".split())
#: Words that ask and do nothing else; what they ask is in the facets.
ASKING = frozenset(
    """what how why when where which who whom whats long often hard many much minutes mistake mistakes pronounce
    pronounced""".split()
)
#: What asks whether something may be done: "can I …", "ok to …", "… or not".
_MAY = re.compile(
    r"\b(?:can|may|should|could|shall|do|does)"
    r" (?:i|you|we|one|she|he|they|it|someone|anyone|people|my|her|his|their|a|the)\b"
    r"|\b(?:ok|okay|safe|allowed) to\b"
    r"|\b(?:good|safe|ok|okay) or (?:not|bad|unsafe|harmful)\b|\b(?:or not|or no|yes no)$"
)
#: What asks whether something is as it should be: "is … ok"; which of several is so is another question.
_FINE = re.compile(
    r"^(?!which\b|what (?:kind|sort|type|\w+) (?:is|are)\b).*\b(?:is|are|it|thats) (?:\w+ ){0,6}?"
    r"(?:ok|okay|safe|fine|allowed|alright|all right|normal|bad|good|harmful|dangerous|appropriate|suitable|advisable"
    r"|risky|wise|healthy)\b"
)


def asks_whether(whole: str) -> bool:
    """Return whether a folded question asks if something may be done, or is as it should be."""
    return bool(_MAY.search(whole) or _FINE.search(whole))


_COMPLAINT = (
    r"(?:pains?|aches?|aching|hurts?|hurting|kills?|killing|clicks?|clicking|crack(?:ing|s)?|cramps?|spasms?|numb"
    r"|numbness|tingling|stiff|dizzy|\w*aches?|sore)"
)
#: What asks for a diagnosis: what someone has, or where a pain comes from.
DIAGNOSES = re.compile(
    r"\b(?:do|does|could|might|may) (?:i|he|she|they|we) have (?!to\b)|\b(?:could|might|may) (?:it|this|that) be\b"
    r"|\bwhat(?: is| could be| might be|s|s wrong| is wrong) (?:wrong )?with (?:me|my|him|his|her|them|their|it)\b"
    r"|\bwhat (?:have i|has he|has she|have they|could i have) (?:done|got)\b"
    rf"|\bwhat(?: is causing| causes?| could be causing|s causing) (?:\w+ ){{0,4}}{_COMPLAINT}\b"
    rf"|\bwhy (?:does|do|is|are) my (?:\w+ ){{1,3}}{_COMPLAINT}\b"
    r"|\b(?:know|tell) if (?:i|he|she|they) (?:have|has) .*\bor\b"
    rf"|\b{_COMPLAINT}\b.*\b(?:why|causes?|reasons?)$|\bsymptoms\b.*\bhow to tell$"
)
#: Ends of a question that ask no more than whether.
WHETHER = (" or not", " or without", " or no", " yes or no", " yes no")
#: What asks for more than one facet: what something is, and what for.
EXPLAINS = re.compile(r"\bhow (?:does|do|did) .*\bworks?\b|\b(?:explain|tell me about|describe)\b")
#: Openings that ask for no facet, though a shorter part of them would: "what should I wear" is no "what is it".
NO_FACET = [
    " ".join(cue.split())
    for cue in """what should, what do, what can, what could, what would, what may, what if, what kind, what kinds, what
    type, what types, what sort, what happened, what else, how fast, how slow, how slowly, how quick, how
    quickly, how big, how high, how wide, how old, how hot, how warm, how cold, how far, how many kinds, how
    many types, how many styles, how many strokes, how many sorts, who is more, who is most, who gets, who
    has, feel better, feel good, feel so good, feels better, feels good, feels so good, why is * called, why
    are * called""".split(",")
]
#: What is asked for after "how", where no facet is: such a word tells what is asked, however little it tells elsewhere.
MEASURES = frozenset("fast slow slowly quick quickly big high wide old hot warm cold far tight thick".split())
#: A word of a question that asks for something in the place of another.
REPLACES = re.compile(r"\b(?:what|which|how|anything|something|substitutes?|alternatives?)\b")
#: Words that say how two things stand to each other: by themselves they are no name's.
RELATIONS = frozenset("before after during between without".split())
#: How near after "before" or "after" the subject stands where it is what that is said of: "after a long massage".
OBJECT = 3
#: What a word that asks can stand after and still open a clause: "and when?", but not "a sore leg when I run".
CLAUSE = frozenset("and or but so then ok okay please me know tell about exactly hi hello hey".split())
#: Who does something makes no other question of it, nor does how well: "what should he do" asks what "what should I do"
#: does, and how to do something safely is no question about what to leave.
PERSON = {**dict.fromkeys("you we he she they".split(), "i"), "safely": "well"}
#: What follows a number of years that someone has lived, as "85 year old" or "6 yrs old".
YEARS = frozenset("year years yr yrs yo".split())
#: Whom an age stands for: up to it (in years), and the terms.
AGES = ((2, "baby"), (12, "child"), (17, "teenager"), (64, ""), (120, "older people"))


def measured(said: Sequence[str]) -> list[bool]:
    """Return of each word whether it is what is asked for after "how": fast in "how fast"."""
    return [before == "how" and term in MEASURES for before, term in zip(("", *said), said, strict=False)]


def order(said: Sequence[str], subject: Container[str]) -> str:
    """Return whether the subject comes "earlier" or "later" than what it is set beside, "" where nothing tells.

    "Massage after eating" and "eating before a massage" have it later, "eating after a massage" has it earlier.  Words
    and subject are stems.
    """
    at = next((at for at, one in enumerate(said) if one in ("befor", "after")), -1)
    if at < 0 or not any(one in subject for one in said):
        return ""
    is_object = any(one in subject for one in said[at + 1 : at + 1 + OBJECT])
    return "earlier" if is_object == (said[at] == "after") else "later"


#: Between these a bare number from OLD on is an age: "she is 82 and frail", but not "is 70 minutes too long".
AGED, AFTER_AGE, OLD = (
    frozenset("is she he shes hes im aged turned".split()),
    frozenset("and with so but who can now".split()),
    65,
)


def aged(years: int) -> str:
    """Return whom someone of so many years is one of, as terms, or "" for whom no word is needed."""
    return next((whom for most, whom in AGES if years <= most), "")
