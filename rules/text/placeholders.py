"""Placeholders of a template: what counts as content and what only holds its place."""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache

from rules.document import CODE, HEADING, ITEM, QUOTE, Block
from rules.lazy_regex import caseless, holds_one, regex
from rules.text.by_beginning import ByBeginning
from rules.text.languages import LANGUAGES
from rules.text.model import Quote
from rules.text.title_mood import orders, states

_SIGN_OF_WORD = regex(r"[^\W_]")
_EDGES = " \t\n.:;,!*_#=~>|-–—…()[]{}'\"`"
_EDGES_OR_ASKS = f"{_EDGES}?"
_SLOT_WORDS = (
    r"roles?|user|user role|persona|type of user|goal|some goal|benefit|reason|some reason|feature|action|describe|description|insert|your name"
    r"|capability|functionality|desire|criterion|criteria|expected result|actual result|tbd|todo|rolle|ziel|nutzen|but|acci[oó]n|usuario|rol|fonctionnalit[eé]"
)
# <type of user>, [insert link]: words in brackets to be replaced by other words. Several words are a placeholder only
# where a value is due (at the line's start, after a colon, in a story sentence): "run <app id>" shows a syntax.
_SLOT = caseless(
    rf"<(?:{_SLOT_WORDS})>"
    r"|(?:^|[:|]\s*|\b(?:an?|the|want(?: to)?|that|can|to)\s+)(<(?:[a-z/'’_-]+ ){1,8}[a-z/'’_.?-]+>)(?!</)"
    r"|\[(?:(?:insert|describe|enter|fill in|put your|replace|type of|name of|some|ins[eé]rer|d[eé]crire|compl[eé]ter|insertar|describir|inserir|invullen|beschrijf)\b[^\[\]\n]{0,80}|[^\[\]\n]{1,60} (?:einfügen|eintragen|ergänzen|ausfüllen|invullen)|e\.? ?g\.?[^\[\]\n]{0,80}|role|user|persona|feature|goal|benefit|reason|action)\](?![(\w])"
    # "Go to '...'" and "frustrated when [...]" in the default templates of GitHub and GitLab.
    r"|\b(?:to|on)\s+['\"“‘]\.{3,4}['\"”’]$|\b(?:when|that|because|to|is|if|want)\s+\[\.{3}\]$",
)
# Words that stand around the slots of a template and say nothing alone.
_STUB_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "as",
        "i",
        "we",
        "you",
        "it",
        "is",
        "be",
        "to",
        "in",
        "of",
        "for",
        "on",
        "and",
        "or",
        "but",
        "so",
        "that",
        "want",
        "wants",
        "can",
        "could",
        "should",
        "must",
        "will",
        "shall",
        "given",
        "when",
        "then",
        "if",
        "user",
        "verify",
        "ensure",
        "check",
        "ein",
        "eine",
        "einen",
        "als",
        "ich",
        "und",
        "wenn",
        "dann",
        "möchte",
        "will",
        "damit",
        "angenommen",
        "gegeben",
        "etant",
        "étant",
        "donné",
        "quand",
        "alors",
        "dado",
        "cuando",
        "entonces",
        "quando",
        "então",
    ]
)
# Words alone in brackets; "{ifdef x}", "<b-row>" and "[cloud!8]" are code or names.
_IN_WORDS = r"[^\W\d_](?:[^\W\d_]|[ '’,/?-]){0,80}"
_BRACKETED = regex(rf"\[{_IN_WORDS}\]|<{_IN_WORDS}>|\{{{{1,2}}{_IN_WORDS}\}}{{1,2}}|_{{3,}}|\.{{3}}|…")
_MAY_BE_SLOT = ("[", "<", "{", "___", "…", "...")
_NAME_CHARS = 60
_OPENS_STUB = frozenset(
    [
        "as",
        "given",
        "when",
        "then",
        "and",
        "if",
        "als",
        "angenommen",
        "gegeben",
        "wenn",
        "dann",
        "und",
        "étant",
        "etant",
        "quand",
        "alors",
        "en",
        "dado",
        "cuando",
        "entonces",
        "como",
        "quando",
        "então",
    ]
)
_WORDS = regex(r"[^\W\d_]+")
_COUNTED = "|".join(language.numbered for language in LANGUAGES)
_NUMBERED_NAME = caseless(
    rf"(?:(?:first|second|third|fourth|another|next|any|some|erste[rs]?|zweite[rs]?|dritte[rs]?|weitere[rs]?) (?:{_COUNTED})|(?:{_COUNTED})\s*(?:#|nr\.?|no\.?|n°)?\s*(?:\d{{1,2}}|[a-cnx]))"
)
# The words of some languages are English nouns ("data") or articles.
_SCENARIO_WORDS = "|".join(words for language in LANGUAGES[:6] for words in language.scenario)
_BARE_SCENARIO_WORD = caseless(rf"(?:(?:and|und|et|y|e|en|but|aber)\s+)?(?:{_SCENARIO_WORDS}|and|und|but)\W*")
# Signs that hold a place for words; other signs are left over from code.
_KEEPS_PLACE = regex(r"(?!_{1,2}$)[.…?_*~\s–—-]{1,30}")
# Hooks may be "allowed to be defined": put off is only what "is to be defined", or a line that says nothing else.
_TBD = regex(
    r"\b(?:TBD|T\.B\.D\.|tbd)\b"
    r"|(?:^|[:(–-]\s*|\b(?:is|are|still|yet|remains?) )to be (?:defined|determined|filled in)\b(?! (?:by|in|as|for|with)\b)"
)
# Without one of these no such sign is there; to look for them is fast.
_PARTS_OF_TBD = ("TBD", "T.B.D.", "tbd", "to be ")
_INSTRUCTION = caseless(
    r"\b(?:(?:this|these) (?:(?:section|template|check ?list|field)s? (?:should|must|needs? to|is to|can|will|has to|have to)\b"
    r"|(?:list|part)s? (?:should|must|needs? to|is to|can|has to|have to) (?:be (?:filled|completed|replaced|removed|deleted|checked)|contain|describe|include|list)\b)"
    r"|should be filled\b|(?<!needs )(?<!need )to be (?:filled|completed|checked) (?:in|out|off|by)\b"
    r"|please (?:describe\.?$|(?:fill|describe|replace|delete|remove|explain|specify|list|read this|do not pass|use (?:this|the) template|provide (?:a|the|as|any)|add (?:a|the|any|your) (?:description|screenshots?|details?))\b)"
    r"|(?:delete|remove|replace) this (?:line|text|section|comment|part|template)\b|template (?:above|below)\b|be as detailed\b)",
    parts="section|template|check|field|list|part|be filled|to be completed|please |this line|this text|this comment|as detailed",
)
_BEGINS_INSTRUCTION = caseless(
    r"a clear and concise description\b|add any other context\b|if applicable, add\b|steps to reproduce the behavior:?$"
    r"|(?:please )?(?:briefly )?(?:describe|explain|summari[sz]e|tell us) (?:in detail |briefly |here )?(?:the (?:bug|issue|problem|feature|change|solution|steps|(?:expected|actual|current|proposed) \w+)|what|why|how|your)\b.{0,200}$"
    r"|(?:any|some)(?: (?:other|additional|related|relevant|further|more|extra|useful))+ (?:information|info|details?|context|notes?|comments?|links?|remarks?)(?: (?:that|which|about|regarding|you|here|for)\b.{0,80})?\.?$"
)
# A request of a template in a quotation: a command to write, or a question.
_ASKS_AUTHOR = caseless(
    r"(?:please|add|describe|define|explain|give|list|provide|include|outline|paste|insert|summari[sz]e|write|fill|tell|mention|attach|link|replace|enter|note down|what|why|how|who|which|where|when|is there|are there|if)\b"
)
# "(If you can, link to the line of code ...)": help of a template that was not replaced.
_ASIDE = caseless(
    r"[(\[{<（]{1,3}\s*(?:(?:if (?:you|any|applicable|possible|needed)|please|optional|describe|summari[sz]e|what|how|why|who|when|where|paste|list|add|include|link|provide|insert|explain|write|mention|your|fill|give|for example,|attach|e\.g\.|examples?:|share|specify|state|outline|enter|replace|define|any (?:other|additional|relevant|further|more|related|special|useful)|these|this section|use this"
    r"|bitte|beschreib\w*|erkl[aä]r\w*|was|wie|wer|welche\w*|warum|liste|nenne|hier|z\.\s?b\.|beispiele?:|d[eé]cri\w+|quel\w*|comment|listez|indiqu\w+|ajoute\w*|par ex\w*|describ\w+|qu[eé]|c[oó]mo|lista|a[nñ]ad\w+|p\. ?ej\.|descrev\w+|o que|adicion\w+|exemplo:|beschrijf|wat|hoe|welke|vul|geef|descriv\w+|cosa|elenca|inserisc\w+"
    r"|opisz|opisać|podaj|wymień|popiš\w*|popsat|uveď\w*|beskriv\w*|vad|ange|hvad|hva|angi|kuvaa|luettele|опиш\w+|укаж\w+|что|перечисл\w+|açıkla\w*|listele\w*|yazın)\b|ここに|請|请|在此|여기에)"
    r"[^()（）]{3,300}(?:\([^()]*\)[^()]*)*[)\]}>）]{1,3}\.?"
    r"|\((?:which|can|has|have|does|do|did|is|are|should|will)\b[^()]{10,300}\?[^()]{0,200}\)\.?"
)
_OPENS_ASIDE = ("(", "[", "{", "<", "（")
_FIELD_WORDS = 5
_FIELD = regex(r"[^\W\d][\w /()&'-]{1,50}\s*:(?:\s|$)")
_UNFILLED_FIELD = regex(r"[^\W\d][\w /()&'-]{1,50}\s*:")


class Content(Enum):
    """What a piece of text is where content is due: content, a placeholder, "none", or a reference to elsewhere."""

    REAL = "real"
    SLOT = "slot"
    NOTHING = "nothing"
    POINTER = "pointer"


_FILLERS = ByBeginning(language.fillers for language in LANGUAGES)
_NOTHING = ByBeginning(language.nothing for language in LANGUAGES)
_POINTERS = ByBeginning(language.pointers for language in LANGUAGES)


# "Related to #139, https://...": links, mentions and issue keys with at most a word about their relation.
_REFERENCE = r"(?:https?://\S+|[#!&@~][\w.%&/-]+|[A-Z][A-Z0-9]+-\d+)"
_REFERENCES = regex(
    rf"(?:(?:related?|relates|see|cc|/cc|part|depends|blocked|closes|fixes|parent|epic|link|ref|refs)(?: (?:to|of|on|by|issue|also))?\W{{1,3}})?{_REFERENCE}(?:(?:[\s,;]|\band\b){{1,8}}{_REFERENCE}){{0,20}}\.?",
    re.IGNORECASE,
)
# Without one of these no reference is there; to look for them is fast.
_PARTS_OF_REFERENCES = ("/", "#", "!", "&", "@", "~", "-")


def content_of(text: str) -> Content:
    """Whether a text is content, a placeholder, "none", or a reference to elsewhere."""
    return _content_of(text) if len(text) <= 200 else Content.REAL


@lru_cache(maxsize=8192)
def _content_of(text: str) -> Content:
    if not text[:1].isalnum() and _SIGN_OF_WORD.search(text) is None:
        return Content.SLOT if not text or _KEEPS_PLACE.fullmatch(text) else Content.NOTHING
    if text.rstrip().endswith(":"):
        return Content.REAL  # "TODO:" introduces something
    bare = " ".join(text.lower().strip(_EDGES_OR_ASKS).split())
    if not bare or _FILLERS.fullmatch(bare) or _is_slot(text.strip(" .:")) or _is_stub(text, bare):
        return Content.SLOT
    if _NOTHING.fullmatch(bare):
        return Content.NOTHING
    if _POINTERS.fullmatch(bare) or (holds_one(text, _PARTS_OF_REFERENCES) and _REFERENCES.fullmatch(text.strip())):
        return Content.POINTER
    return Content.REAL


def _may_hold_slot(text: str) -> bool:
    return "<" in text or "[" in text or "..." in text


def _is_slot(text: str) -> bool:
    return _may_hold_slot(text) and _SLOT.fullmatch(text) is not None


def _is_stub(text: str, bare: str) -> bool:
    """Whether only a template's words are there: "Given [context]", "Criterion 1", "When ...", "As a ___"."""
    if len(bare) <= _NAME_CHARS and (_NUMBERED_NAME.fullmatch(bare) or _BARE_SCENARIO_WORD.fullmatch(bare)):
        return True
    if not holds_one(text, _MAY_BE_SLOT):
        return False
    left, slots = _BRACKETED.subn(" ", text)
    if not slots or "->" in text:
        return False
    around = [word.lower() for word in _WORDS.findall(left)]
    if not _STUB_WORDS.issuperset(around):
        return False
    if not around:  # "[login page]" may be one, "[Steps to reproduce]" is a heading
        return text[1:2].islower() and " " in text.strip("<>[]{} ")
    return around[0] in _OPENS_STUB or around[:2] in (["and", word] for word in _OPENS_STUB)


def is_scenario_word(text: str) -> bool:
    """Whether a text is only the word that opens a step of a scenario, such as "Given:"."""
    return len(text) <= 40 and _BARE_SCENARIO_WORD.fullmatch(text.strip(_EDGES)) is not None


def names_a_place(text: str) -> bool:
    """Whether a text is only a counted name, such as "Step 1": a placeholder, or the label of what follows."""
    return len(text) <= _NAME_CHARS and _NUMBERED_NAME.fullmatch(text.lower().strip(_EDGES)) is not None


def says_something(block: Block) -> bool:
    """Whether a block is content: neither a placeholder, "none", a reference, nor help text of a template."""
    if block.kind is HEADING:
        return False
    if block.kind is CODE:
        return bool(block.text.strip())
    return content_of(block.text) is Content.REAL and not is_instruction(block.text)


def is_instruction(text: str) -> bool:
    """Whether a text is an instruction for the author of the issue, not for the team."""
    return len(text) <= _HELP_CHARS and _is_instruction(text)


@lru_cache(maxsize=8192)
def _is_instruction(text: str) -> bool:
    return _BEGINS_INSTRUCTION.match(text) is not None or _INSTRUCTION.search(text) is not None or is_aside(text)


# Help of a template is short.
_HELP_CHARS = 600
_ASKED_CHARS, _ASKED_WORDS, _ASKED_IN_PASSING = 100, 9, 2
_WH_QUESTION = caseless(r"(?:what|why|how|where|who)\b")


def is_help(block: Block) -> bool:
    """Whether a block under a heading is the template's help: an instruction, or a quotation that asks for text."""
    if block.kind is QUOTE:
        return len(block.text) <= _HELP_CHARS and (not block.text or _ASKS_AUTHOR.match(block.text) is not None)
    return block.kind is not CODE and len(block.text) <= _HELP_CHARS and _is_help(block.text)


@lru_cache(maxsize=8192)
def _is_help(text: str) -> bool:
    return _is_instruction(text) or asks_author(text)


def asks_author(text: str) -> bool:
    """Whether a text is only a short question to the author, such as "How to fix it?" or "Pictures?"."""
    if not text.endswith("?") or len(text) > _ASKED_CHARS:
        return False
    words = len(text.split())
    return words <= _ASKED_IN_PASSING or (words <= _ASKED_WORDS and _WH_QUESTION.match(text) is not None)


def is_aside(text: str) -> bool:
    """Whether a text is a request of a template in brackets that was not replaced by an answer."""
    return text[:1] in _OPENS_ASIDE and len(text) <= _HELP_CHARS and _ASIDE.fullmatch(text) is not None


def may_hold_slots(text: str) -> bool:
    """Whether `slots_in` may find a placeholder in a line of the text: a quick look."""
    return _may_hold_slot(text) or holds_one(text, _PARTS_OF_TBD)


def slots_in(text: str, line: int) -> Iterator[Quote]:
    """The placeholders in a line: `<role>`, `[describe ...]`, TBD."""
    if _may_hold_slot(text):
        for match in _SLOT.finditer(text):
            begin, end = match.span(1 if match[1] else 0)
            yield Quote(text[begin:end], line)
    if holds_one(text, _PARTS_OF_TBD):
        yield from (Quote(match[0], line) for match in _TBD.finditer(text))


def has_slot(text: str) -> bool:
    """Whether a text contains a placeholder such as `<role>` or `[describe ...]`."""
    return ("<" in text or "[" in text) and _SLOT.search(text) is not None


def is_field(block: Block) -> bool:
    """Whether an item is a field of a form, filled in or not: "Team: Kestrel"."""
    return block.kind is ITEM and ":" in block.text and _FIELD.match(block.text) is not None


def is_unfilled_field(block: Block, following: Block | None) -> bool:
    """Whether an item such as "- Team:" has no answer, neither after the colon nor below it.

    "- Run the app:" is a command and "- The page shows:" a statement; both introduce what follows.
    """
    if block.kind is not ITEM or not _UNFILLED_FIELD.fullmatch(block.text):
        return False
    if len(block.text.split()) > _FIELD_WORDS or orders(block.text) or states(block.text):
        return False
    return following is None or (following.kind is ITEM and following.level <= block.level)
