"""What lines of text say about what must hold: patterns and simple questions, for `criteria`."""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

import re
from functools import lru_cache

from rules.lazy_regex import caseless, regex
from rules.text.bug_patterns import SYMPTOMS
from rules.text.languages import LANGUAGES
from rules.text.placeholders import Content, content_of, is_scenario_word, names_a_place
from rules.text.scenario import tries
from rules.text.title_mood import orders, states


def _of_all(field: str) -> str:
    return "|".join(getattr(language, field) for language in LANGUAGES)


_MODAL = r"(?:should|must|shall|ha(?:s|ve) to|needs? to)"
_JOINED_LEADS = "|".join(language.leads for language in LANGUAGES if not language.spaced)
_LEAD_IN_SPACED_WORDS = (
    r"(?:.*\b)?(?:"
    r"(?:should|must|shall|(?:is|are) expected to|(?:is|are) required to|will be able to|needs? to be able to)"
    r"(?: (?:also|then|now|be|have|not|be able to|support|allow|at least))*(?: the following)?\s*[:…-]*"
    rf"|{_MODAL}(?: (?:not|also|only|then|now|initially|at least|all|be able to))* (?:support|allow|include|contain|show|display|have|cover|hold|feature|provide|offer|meet|satisfy|fulfil|behave|work"
    r"|be (?:possible|able|excluded|included|supported|available|true|met|satisfied|fulfilled|verified|shown|displayed))\b[^.:!?]{0,60}[:…-]*"
    rf"|{_MODAL} [^.:!?]{{3,100}}\bfollowing (?:\w+ ){{0,2}}\w+\s*[:.…-]*"
    rf"|{_MODAL} be [^:!?]{{2,60}}\b(?:to|and) (?:support|meet|satisfy|fulfil|provide) the following\s*[:…-]*"
    r"|(?:this|that|the) (?:new )?[\w -]{2,40} (?:would|will)\s*[:…-]*"
    r"|(?:users?|admins?|administrators?|customers?|guests?|visitors?|everyone|anyone|(?:an?|the) [\w-]+(?:er|or|ist|ian)s?) (?:can|could|(?:is|are) able to)(?: (?:now|also|then))?\s*[:…-]*"
    r"|(?:following|these) (?:\w+ ){0,3}(?:hold|work|apply|(?:is|are) (?:true|met|satisfied|fulfilled|given))\b[^.:!?]{0,40}[:…-]*"
    r")"
    r"|(?:please )?(?:verify|confirm|validate|ensure|make sure)(?: that)?(?: (?:all of )?(?:the following|these))?(?: (?:points|cases|conditions|things|scenarios|statements))?(?: (?:holds?|works?|(?:is|are) (?:true|met)|apply|applies))?\s*[:…-]*"
    rf"|(?:.*\s)?(?:{_of_all('leads')})\s*[:：…-]*"
)
_LEAD = caseless(rf"{_LEAD_IN_SPACED_WORDS}|.*(?:{_JOINED_LEADS})\s*[:：…]*", in_ascii=_LEAD_IN_SPACED_WORDS)
# "It should", and a list below: what goes on in the items needs no colon.
_ENDS_WITH_MODAL = (
    " should",
    " must",
    " shall",
    " needs to",
    " need to",
    " has to",
    " have to",
    " will",
    " should be able to",
)
_FOLLOWING = caseless(r"\bfollowing (?:\w+ ){0,2}\w+\.\s*$", parts="following")
_ENDS_LEAD = (":", "：", "…", "...", "-")
_SO_THAT = caseless(r"\bso that\s*[:…]*$")
_NAMES_CRITERIA = caseless(
    r"\b(?:criteri(?:a|on)|conditions of satisfaction)\b[^.]{0,60}:\s*$", parts="criteri|conditions of"
)
_DONE_WHEN = caseless(
    rf"[.!?\n]\s*+(?:{_of_all('done_when')})",
    parts="done|compl|finish|closed|accept|criteri|implemented|merged|resolved|shipped|deployed|delivered|result in|know|success"
    "|fertig|erledigt|abgeschlossen|fini|termin|hech|pront|feit|conclu|gereed|klaar|af als|af wanneer|af zodra|fatt|gotow|zrobion|hotov|dokon|rdig|klar|valmis",
)
# Requirements in the "easy approach to requirements syntax" (EARS, Mavin et al. 2009), in English and German.
_EARS = regex(
    r"^\W*(?:(?:when|while|if|where|as soon as|upon)\b.{3,250}?\b(?:the|this|our|an?) (?:(?!(?:we|i|you|they)\b)[\w/-]+ ){1,6}shall\b|(?:the|each|every|this) (?:(?!(?:we|i|you|they)\b)[\w/-]+ ){1,6}shall(?: not)?\b)"
    r"|^\W*(?:WENN|WÄHREND|FALLS|SOLANGE|SOBALD|WO)\b.{3,250}?\b(?:MUSS|SOLL)\b",
    re.IGNORECASE,
)
_SAYS_SHALL = regex(r"\b(?:MUSS|SOLL|SHALL)\b|\bshall\b")
_EARS_CHARS = 600
# Criteria that call themselves a sample belong to the template, even if well written.
_CALLS_ITSELF_SAMPLE = caseless(
    r"\b(?:samples?|examples?|placeholder|dummy) (?:\w+ )?criteri(?:a|on)\b", parts="criteri"
)
_SAMPLE = caseless(
    r"\W{0,3}(?:examples?|e\.\s?g\.|eg\.|for example|for instance|z\.\s?b\.|zum beispiel|beispiele?|exemples?|par ex(?:emple|\.)|p\.\s?ex\.|ejemplos?|p\.\s?ej\.|por ejemplo|exemplos?|esempi[o]?|ad es\.|voorbeeld(?:en)?|bijv\.|przykład|np\.|exempel|eksempel|esimerkki|например|пример|örnek|例|예)(?:\W|$)"
)
# "TBD by the product owner", "TODO: write criteria": put off, whatever follows.
_PUT_OFF = caseless(r"\W{0,3}(?:tbd|tba|tbc|todo|fixme|xxx)\b")
# "See testing considerations": a reference; "see" opens no condition.
_POINTS = caseless(
    r"\W{0,3}(?:please )?(?:see|refer to|cf\.?|siehe|voir|ver|v[eé]ase|zie|vedi|patrz|viz|se|katso|ks\.|см\.?|bkz\.?)\s"
)
_POINTING_WORDS = 5
# "Verify that", "The user can": the beginning of a sentence that nobody ended.
_BEGUN = caseless(
    r"(?:(?:please )?(?:verify|ensure|check|test|confirm|validate|make sure)(?: that| if| whether)?|(?:and |then )?(?:the |an? )?(?:users?|system|it|i|we|app|page|[\w-]{2,12})?(?: (?:should|can|must|shall|will|(?:is|are) able to|wants? to))+(?: be)?"
    r"|(?:pr[uü]fen?|sicherstellen)(?:,? dass)?|(?:der |die |das )?\w{0,14} ?(?:kann|muss|soll))\W*",
    parts="verify|ensure|check|test|confirm|validate|make sure|should|can|must|shall|will|able|want|kann|muss|soll|sicherstellen|pruf|dass",
)
# "What must hold so that the story is accepted": help of a template without brackets.
_EXPLAINS = caseless(
    r"(?:please )?(?:list|write|add|describe|define|enter|insert|provide|specify|outline|state|document|include|fill in|put|use)\b.{0,80}\b(?:criteri\w+|conditions?|here|below|this (?:story|issue|ticket|task|feature)|scenarios?|expectations?)\b.{0,160}"
    r"|(?:a |the )?(?:list of )?(?:conditions?|criteria|requirements?|things|what)\b.{0,60}\b(?:met|satisfied|fulfilled|true|hold|happen|done|accepted)\b.{0,100}\b(?:story|issue|ticket|task|feature|work|done|complete|accepted?)\b.{0,60}"
)
_NAMES = caseless(rf"(?:the |an? )?(?:users?|system|app|page|{_of_all('numbered')})")
_VAGUE = caseless(_of_all("vague"))
_EDGES = " \t\n.:;,!?*_#=~>|-–—…()[]\"'`✅☑"
# "Done when finished" is not a criterion yet.
ENOUGH_WORDS = 5
SHORT_CHARS = 300
# What the team or the author should do is a task, not a criterion.
_DOERS = caseless(
    r"\b(?:we|i|you|developers?|team|someone|to do|let's|wir|ich|ihr|du|nous|je|vous|nosotros|wij|ik|jullie|noi|io)\b|^\W*(?:before|after|when)\b"
)
# "If we find one, we should fix it" is a plan, and "we must know when it should end" is a question.
_NO_DOER = r"(?!(?:we|i|you|developers?|let's|please)\b)"
_NO_CLAUSE = r"(?!(?:currently|now|when|if|we|i|you|need|that|what|how|whether|who|which)\b)"
_MODALS = "should|must|shall"
_MUST_BE = rf"(?:{_MODALS})\b(?! (?:we|i|be (?:fixed|investigated|discussed|considered|used))\b)"
_IN_CASE = r"(?:if|when(?:ever)?|once|as soon as|unless)\b(?! (?:(?:we|i|you) can|possible|needed|necessary|appropriate|it makes)\b)"
_CASE_THEN = caseless(
    rf"\b{_IN_CASE}[^.!?\n]{{4,140}}?(?:,|\bthen\b)(?: then)? {_NO_DOER}(?:{_NO_CLAUSE}[\w'\"#()/-]+ ){{1,12}}?{_MUST_BE}",
    parts=_MODALS,
)
_THEN_IN_CASE = caseless(
    rf"(?:\A|[.!?:]\s|\n){_NO_DOER}(?:{_NO_CLAUSE}[\w'\"#()/-]+ ){{1,8}}?{_MUST_BE}[^.!?\n]{{4,140}}?\b{_IN_CASE}",
    parts=_MODALS,
)
_WHOLE_MUST_BE = caseless(
    rf"\W*{_NO_DOER}(?:{_NO_CLAUSE}\S+ ){{1,12}}?{_MUST_BE} (?!be able\b)(?!be (?:easier|better|more|faster|simpler)\b)\w+ \S",
    parts=_MODALS,
)
_OWN_MODAL = caseless(
    r"\b(?:should(?:n't)?|must(?:n't)?|shall|can(?:not|'t)?|will|won't|(?:is|are) able to|(?:has|have) to|needs? to|only)\b"
)
_STATES = caseless(
    r"^\W*(?:the |an? |all |each |every |any |no )?[\w'’/ -]{1,60}?\b(?:is|are|has|have|does|do|shows?|opens?|returns?|contains?|includes?|displays?|appears?|works?|exists?|comes?|stays?|remains?|becomes?|gets?|sees?|goes|takes?|keeps?|accepts?|refuses?|rejects?)\b"
)
_MODAL_FIRST = caseless(
    r"\W{0,3}(?:(?:it|they|this|es|sie|il|elle|ça|het|o sistema) )?"
    r"(?:should(?:n't)?|must(?:n't)?|shall|soll(?:te)?|muss|darf|doit|devrait|debe(?:r[ií]a)?|deve(?:ria|rebbe)?|moet|mag|powinno|musi|m[aå]ste|ska|skal)\b"
    r"(?! (?:we|i|you)\b)[^?\n]*(?:\n|$)"
)
_REQUIRES = caseless(r"\b(?:should|must|shall)(?:n't| not)?\b", parts=_MODALS)
# Boxes about the work and its process, and boxes that point elsewhere.
_PROCESS = caseless(
    r"^\W*(?:@\w|(?:the |all |new |unit |this )*(?:docs?|documentation|tests?|unit tests?|code|mrs?|prs?|merge requests?|pull requests?|change ?log|reviews?|release notes?|pipelines?|ci|cd|feature flag|issue|label|milestone|epic|runbook|i|i've|i'm|we|we've|my|our|you|your)\b)"
    r"|https?://|(?:^|\s)[#!&]\d+|\?\s*$"
)
_PROCESS_LEAD = caseless(
    r"\b(?:before|after|closing|close|merge|release|checklist|confirm|tasks?|steps|review(?:er)?|author|to ?do)\b"
)


def names_condition(text: str) -> bool:
    """Whether at least one line says what must hold."""
    return any(_line_names_condition(line) for line in text.split("\n"))


@lru_cache(maxsize=8192)
def _line_names_condition(text: str) -> bool:
    bare = " ".join(text.strip(_EDGES).split())
    if not bare or content_of(text) is not Content.REAL:
        return False
    if _SAMPLE.match(text) or _PUT_OFF.match(text) or is_scenario_word(text) or names_a_place(text):
        return False
    if _POINTS.match(text) and len(text.split()) <= _POINTING_WORDS:
        return False
    return not any(pattern.fullmatch(bare) for pattern in (_VAGUE, _BEGUN, _EXPLAINS, _NAMES))


def is_vague(text: str) -> bool:
    """Whether a text only wishes something that is always met: "it works", "user-friendly", "as expected"."""
    return len(text) <= SHORT_CHARS and _VAGUE.fullmatch(" ".join(text.strip(_EDGES).split())) is not None


def is_lead(text: str, *, is_heading: bool = False) -> bool:
    """Whether a text introduces what must hold, such as "The new page should:"; a heading needs no colon."""
    last = text.rsplit("\n", 1)[-1][-200:].replace("...", "…")
    if not is_heading and not last.rstrip().endswith((*_ENDS_LEAD, *_ENDS_WITH_MODAL)) and not _FOLLOWING.search(last):
        return False
    if _NAMES_CRITERIA.search(last) or says_done_when(last):
        return True
    return _LEAD.fullmatch(last) is not None and not _DOERS.search(last)


def states_condition(text: str) -> bool:
    """Whether an item says what must hold, and not what to do, to ask or to look up."""
    first = text.split("\n", 1)[0]
    if _PROCESS.search(first) or orders(first) or len(first.split()) < ENOUGH_WORDS - 1:
        return False
    if _OWN_MODAL.search(first) is not None:
        return True
    return SYMPTOMS.search(first) is None and (_STATES.match(first) is not None or states(first))


def begins_with_modal(text: str) -> bool:
    """Whether an item begins with what must be: "should refuse an expired card", "it must not expire"."""
    return _MODAL_FIRST.match(text) is not None


def requires(text: str) -> bool:
    """Whether an item says what something must do or be, and not what somebody should do."""
    first = text.split("\n", 1)[0]
    return _REQUIRES.search(first) is not None and states_condition(first) and _DOERS.search(first) is None


def says_how_to_check(text: str) -> bool:
    """Whether a line says what to do and what should then be: "Run the shop, you should see the card"."""
    return tries(text) and _REQUIRES.search(text) is not None and "?" not in text


def says_what_follows(text: str) -> bool:
    """Whether a sentence says in which case what should be: "If the card has expired, the page should say so"."""
    return "?" not in text and (_CASE_THEN.search(text) is not None or _THEN_IN_CASE.search(text) is not None)


def says_what_must_be(title: str) -> bool:
    """Whether a title says what something must do or be: "The price should be in whole cents"."""
    return "?" not in title and _WHOLE_MUST_BE.match(title) is not None


def says_done_when(text: str) -> bool:
    """Whether a sentence says when the work is done."""
    return _DONE_WHEN.search(f"\n{text}") is not None


def is_requirement(text: str) -> bool:
    """Whether a line is a requirement such as "When the month is empty, the system shall say so"."""
    return len(text) <= _EARS_CHARS and _EARS.match(text) is not None and _SAYS_SHALL.search(text) is not None


def opens_conditions(text: str) -> bool:
    """Whether a paragraph ends with "so that:"; what follows may be conditions."""
    return text.endswith(_ENDS_LEAD) and _SO_THAT.search(text[-40:]) is not None


def calls_itself_sample(text: str) -> bool:
    """Whether a text says of itself that it is a sample criterion."""
    return _CALLS_ITSELF_SAMPLE.search(text) is not None


def leads_to_tasks(text: str) -> bool:
    """Whether a heading or a line before a list says that the list is about the work and its process."""
    return _PROCESS_LEAD.search(text[-200:]) is not None
