"""Placeholders of a template: what counts as content and what only holds its place."""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache

from rules.document import Block, BlockKind
from rules.text.languages import LANGUAGES
from rules.text.model import Quote
from rules.text.title_mood import orders, states

_MARKS = re.compile(r"[\W_]+")
_EDGES = " \t\n.:;,!*_#=~>|-–—…()[]{}'\"`"
_SLOT_WORDS = (
    r"roles?|user|user role|persona|type of user|goal|some goal|benefit|reason|some reason|feature|action|describe|description|insert|your name"
    r"|capability|functionality|desire|criterion|criteria|expected result|actual result|tbd|todo|rolle|ziel|nutzen|but|acci[oó]n|usuario|rol|fonctionnalit[eé]"
)
# <type of user>, [insert link]: words in brackets to be replaced by other words. Several words are a placeholder only
# where a value is due (at the line's start, after a colon, in a story sentence): "run <app id>" shows a syntax.
_SLOT = re.compile(
    rf"<(?:{_SLOT_WORDS})>"
    r"|(?:^|[:|]\s*|\b(?:an?|the|want(?: to)?|that|can|to)\s+)(<(?:[a-z/'’_-]+ ){1,8}[a-z/'’_.?-]+>)"
    r"|\[(?:(?:insert|describe|enter|fill in|put your|replace|type of|name of|some)\b[^\[\]\n]{0,80}|e\.? ?g\.?[^\[\]\n]{0,80}|role|user|persona|feature|goal|benefit|reason|action)\](?![(\w])"
    # "Go to '...'" and "frustrated when [...]" in the default templates of GitHub and GitLab.
    r"|\b(?:to|on)\s+['\"“‘]\.{3,4}['\"”’]$|\b(?:when|that|because|to|is|if|want)\s+\[\.{3}\]$",
    re.IGNORECASE,
)
# Signs that hold a place for words; other signs are left over from code.
_KEEPS_PLACE = re.compile(r"[.…?_*~\s–—-]{1,30}")
_TBD = re.compile(r"\b(?:TBD|T\.B\.D\.|tbd)\b|\bto be (?:defined|determined|filled in)\b(?! (?:by|in|as|for|with)\b)")
_INSTRUCTION = re.compile(
    r"\b(?:this|these) (?:section|list|template|check ?list|part|field)s? (?:should|must|needs? to|is to|can|will|has to|have to)\b"
    r"|\bshould be filled\b|\bto be (?:filled|completed|checked) (?:in|out|off|by)\b"
    r"|\bplease (?:fill|describe|replace|delete|remove|explain|specify|list|read this|do not pass|use (?:this|the) template|provide (?:a|the|as|any)|add (?:a|the|any|your) (?:description|screenshots?|details?))\b"
    r"|\b(?:delete|remove|replace) this (?:line|text|section|comment|part|template)\b|\b(?:bug|issue|story|feature|mr|pr)? ?template (?:above|below)\b|\bbe as detailed\b"
    r"|^a clear and concise description\b|^add any other context\b|^if applicable, add\b|^steps to reproduce the behavior:?$|\bplease describe\.?$"
    r"|^(?:please )?(?:briefly )?(?:describe|explain|summari[sz]e|tell us) (?:in detail |briefly |here )?(?:the (?:bug|issue|problem|feature|change|solution|steps|(?:expected|actual|current|proposed) \w+)|what|why|how|your)\b.{0,200}$"
    r"|^(?:any|some)(?: (?:other|additional|related|relevant|further|more|extra|useful))+ (?:information|info|details?|context|notes?|comments?|links?|remarks?)(?: (?:that|which|about|regarding|you|here|for)\b.{0,80})?\.?$",
    re.IGNORECASE,
)
# A request of a template in a quotation: a command to write, or a question.
_ASKS_AUTHOR = re.compile(
    r"(?:please|add|describe|define|explain|give|list|provide|include|outline|paste|insert|summari[sz]e|write|fill|tell|mention|attach|link|replace|enter|note down|what|why|how|who|which|where|when|is there|are there|if)\b",
    re.IGNORECASE,
)
# "(If you can, link to the line of code ...)": help of a template that was not replaced.
_ASIDE = re.compile(
    r"\((?:if (?:you|any|applicable|possible|needed)|please|optional|describe|summari[sz]e|what|how|why|who|when|where|paste|list|add|include|link|provide|insert|explain|write|mention|your|fill|give|for example,|attach|e\.g\.)"
    r"\b[^()]{10,300}(?:\([^()]*\)[^()]*)*\)\.?",
    re.IGNORECASE,
)
_FIELD_WORDS = 5
_UNFILLED_FIELD = re.compile(r"[^\W\d][\w /()&'-]{1,50}\s*:")


class Content(Enum):
    """What a piece of text is where content is due: content, a placeholder, "none", or a reference to elsewhere."""

    REAL = "real"
    SLOT = "slot"
    NOTHING = "nothing"
    POINTER = "pointer"


_FILLERS = re.compile("|".join(language.fillers for language in LANGUAGES))
_NOTHING = re.compile("|".join(language.nothing for language in LANGUAGES))
_POINTERS = re.compile("|".join(language.pointers for language in LANGUAGES))


# "Related to #139, https://...": links, mentions and issue keys with at most a word about their relation.
_REFERENCE = r"(?:https?://\S+|[#!&@~][\w.%&/-]+|[A-Z][A-Z0-9]+-\d+)"
_REFERENCES = re.compile(
    rf"(?:(?:related?|relates|see|cc|/cc|part|depends|blocked|closes|fixes|parent|epic|link|ref|refs)(?: (?:to|of|on|by|issue|also))?\W{{1,3}})?{_REFERENCE}(?:(?:[\s,;]|\band\b){{1,8}}{_REFERENCE}){{0,20}}\.?",
    re.IGNORECASE,
)


def content_of(text: str) -> Content:
    """Whether a text is content, a placeholder, "none", or a reference to elsewhere."""
    return _content_of(text) if len(text) <= 200 else Content.REAL


@lru_cache(maxsize=8192)
def _content_of(text: str) -> Content:
    if not _MARKS.sub("", text):
        return Content.SLOT if not text or _KEEPS_PLACE.fullmatch(text) else Content.NOTHING
    if text.rstrip().endswith(":") and _MARKS.sub("", text):
        return Content.REAL  # "TODO:" introduces something
    bare = " ".join(text.lower().strip(_EDGES + "?").split())
    if not bare or _FILLERS.fullmatch(bare) or _SLOT.fullmatch(text.strip(" .:")):
        return Content.SLOT
    if _NOTHING.fullmatch(bare):
        return Content.NOTHING
    if _POINTERS.fullmatch(bare) or _REFERENCES.fullmatch(text.strip()):
        return Content.POINTER
    return Content.REAL


def says_something(block: Block) -> bool:
    """Whether a block is content: neither a placeholder, "none", a reference, nor help text of a template."""
    if block.kind is BlockKind.HEADING:
        return False
    if block.kind is BlockKind.CODE:
        return bool(block.text.strip())
    return content_of(block.text) is Content.REAL and not is_instruction(block.text)


def is_instruction(text: str) -> bool:
    """Whether a text is an instruction for the author of the issue, not for the team."""
    return len(text) <= _HELP_CHARS and _is_instruction(text)


@lru_cache(maxsize=8192)
def _is_instruction(text: str) -> bool:
    return _INSTRUCTION.search(text) is not None or is_aside(text)


# Help of a template is short.
_HELP_CHARS = 600
_ASKED_CHARS, _ASKED_WORDS, _ASKED_IN_PASSING = 100, 9, 2
_WH_QUESTION = re.compile(r"(?:what|why|how|where|who)\b", re.IGNORECASE)


def is_help(block: Block) -> bool:
    """Whether a block under a heading is the template's help: an instruction, or a quotation that asks for text."""
    if block.kind is BlockKind.QUOTE:
        return len(block.text) <= _HELP_CHARS and (not block.text or _ASKS_AUTHOR.match(block.text) is not None)
    return block.kind is not BlockKind.CODE and (is_instruction(block.text) or asks_author(block.text))


def asks_author(text: str) -> bool:
    """Whether a text is only a short question to the author, such as "How to fix it?" or "Pictures?"."""
    if not text.endswith("?") or len(text) > _ASKED_CHARS:
        return False
    words = len(text.split())
    return words <= _ASKED_IN_PASSING or (words <= _ASKED_WORDS and _WH_QUESTION.match(text) is not None)


def is_aside(text: str) -> bool:
    """Whether a text is a request of a template in brackets that was not replaced by an answer."""
    return text[:1] == "(" and len(text) <= _HELP_CHARS and _ASIDE.fullmatch(text) is not None


def slots_in(text: str, line: int) -> Iterator[Quote]:
    """The placeholders in a line: `<role>`, `[describe ...]`, TBD."""
    if "<" in text or "[" in text or "..." in text:
        yield from (Quote(match[1] or match[0], line) for match in _SLOT.finditer(text))
    yield from (Quote(match[0], line) for match in _TBD.finditer(text))


def has_slot(text: str) -> bool:
    """Whether a text contains a placeholder such as `<role>` or `[describe ...]`."""
    return ("<" in text or "[" in text) and _SLOT.search(text) is not None


def is_unfilled_field(block: Block, following: Block | None) -> bool:
    """Whether an item such as "- Team:" has no answer, neither after the colon nor below it.

    "- Run the app:" is a command and "- The page shows:" a statement; both introduce what follows.
    """
    if block.kind is not BlockKind.ITEM or not _UNFILLED_FIELD.fullmatch(block.text):
        return False
    if len(block.text.split()) > _FIELD_WORDS or orders(block.text) or states(block.text):
        return False
    return following is None or (following.kind is BlockKind.ITEM and following.level <= block.level)
