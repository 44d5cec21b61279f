"""Finds the user-story sentence: a role, its wish and the reason.

People write it in many ways ("As a shopper, I'd like to ...", "In order to pay, as shopper I can ...", in bold, split
over lines), so only the three openings are searched for, near each other and in order.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rules.document import CODE, Block
from rules.lazy_regex import regex
from rules.text.languages import LANGUAGES, Language
from rules.text.model import Quote, Story
from rules.text.placeholders import has_slot

# The maximum distance between the parts, in characters.
_ROLE_CHARS, _BRIDGE_CHARS, _TAIL_CHARS = 100, 160, 600
_MAX_CANDIDATES = 40

_QUOTES = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("`", "'"))
# What may precede the opening: a line's start, a sign that ends or opens a clause, "and", "that", two spaces.
_CLAUSE_BEFORE = regex(
    r"(?:^|\n|[.:;,!?>(\[|\"–—-]\s?|\s\s|\band\s|\bthat\s|\b(?:я|io|yo),?\s)[\s\"'*_(-]{0,6}$", re.IGNORECASE
)
_BEFORE_CHARS = 12
_PERSONS = r"(?:i|we|he|she|they|you|je|j'|nous|ich|wir|ik|wij|we|yo|eu|io|jag|jeg|vi|я|мы)\b"
_ROLE_END = regex(rf"[,;:.!?\n–—(，、。：；]|\s-\s|\s(?={_PERSONS})", re.IGNORECASE)
_PERSON_NEXT = regex(r"[\s,;:*_\"'–-]{0,8}" + _PERSONS, re.IGNORECASE)
_WISH_NEXT = regex(r"\s*(?:would like|wants?|needs?|wishes|can|should be able)\b", re.IGNORECASE)
_SOMEBODY = regex(
    r"(?:er|or|ist|ian|ant|ee|man|woman|men|person|people|admin|member|staff|team|lead|dev|student|agent|client|guest|host|analyst|patient|parent|public|family|nurse|chef|pilot|head|chief|expert"
    r"|persona|company|organi[sz]ation|business|product owner|board|officer|pro|ops|QA|PO|PM|[A-Z]{2,5})s?$",
)
_FINITE = regex(
    r"\b(?:is|are|was|were|seems?|has|have|had|does|did|will|would|should|can|could|may|might|said|becomes?|\w+n't)\b"
)
_RELATIVE = regex(r"\b(?:who|that|which|with|whose)\b", re.IGNORECASE)
_HEAD_END = regex(
    r"\s(?:of|for|in|on|to|with|from|upon|that|which|who|whose|using|by|at|and|or|not|responsible|trying)\b"
)
_PARTICIPLE = regex(r"\w+(?:ed|ing)\b|found|shown|seen|\w+ly\b", re.IGNORECASE)
_SENTENCE_END = regex(r"[.!?](?=\s|$)")
_WANT_END = regex(r"[.!?](?=\s|$)|\n\n")
_FIRST_PERSON = regex(r"\b(?:i|we|i'd|we'd|i'm|we're)\b", re.IGNORECASE)
_INDEFINITE = regex(r"as\s+(?:an?|any|either|one)\b", re.IGNORECASE)
_TO = regex(r"^(?:(?:ich|wir|ik|wij|we|yo|eu|je|nous) )?(?:to )?(?:be able to )?", re.IGNORECASE)
_NO_ARTICLE = regex(r"as\s+(?!an?\b|the\b|any\b|either\b|one\b)", re.IGNORECASE)
_NO_WISH = regex(
    r"\s*(?:get|got|noticed|found|tried|had|encountered|faced|ran|saw|was|were|been|received|am getting|am seeing)\b"
)
_LINES = regex(r"[^\n]+")
_WORD = regex(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class _Form:
    keywords: tuple[str, ...]
    opener: re.Pattern[str]
    wants: re.Pattern[str]
    benefits: re.Pattern[str]
    not_role: re.Pattern[str]
    first_person: bool
    spaced: bool
    whole: re.Pattern[str] | None


def _form(language: Language) -> _Form:
    story = language.story
    before, after = (r"(?<!\w)", r"(?!\w)") if language.spaced else ("", "")
    return _Form(
        keywords=story.keywords,
        opener=regex(story.role, re.IGNORECASE),
        wants=regex(rf"{before}(?:{story.wants}){after}", re.IGNORECASE),
        benefits=regex(rf"{before}(?:{story.benefits}){after}", re.IGNORECASE),
        not_role=regex(rf"(?:.*[\s-])?{story.not_roles}s?|{story.not_openers}", re.IGNORECASE),
        first_person=language.code == "en",
        spaced=language.spaced,
        whole=regex(story.whole, re.IGNORECASE | re.MULTILINE) if story.whole else None,
    )


# Languages that open the sentence alike share one form.
_FORMS = tuple(_form(language) for language in {language.story: language for language in LANGUAGES}.values())
_KEYWORDS = tuple((keyword, form) for form in _FORMS for keyword in form.keywords)
_IN_ASCII = tuple((keyword, form) for keyword, form in _KEYWORDS if keyword.isascii())


def find_story(title: str, blocks: Sequence[Block]) -> Story | None:
    """The first story sentence of the text, otherwise of the title."""
    prose = [block for block in blocks if block.kind is not CODE]
    return _first_story(_running_text(prose), prose) or _first_story(_with_plain_quotes(title), ())


def _first_story(text: str, blocks: Sequence[Block]) -> Story | None:
    """The first story sentence in the running text of blocks, or in a title, which is the text of none."""
    low = text.lower()
    if len(low) != len(text):
        low = text  # a few letters become longer in lower case, which would shift the offsets
    tried = None
    for form in [form for keyword, form in (_IN_ASCII if low.isascii() else _KEYWORDS) if keyword in low]:
        if form is not tried and (story := _search(form, text, low, blocks)) is not None:
            return story
        tried = form
    return None


_BETWEEN = "\n\n"  # an empty line ends the block


def _running_text(blocks: Iterable[Block]) -> str:
    return _with_plain_quotes("".join([f"{block.text}{_BETWEEN}" for block in blocks]))


def _with_plain_quotes(text: str) -> str:
    for sign, plain in _QUOTES:
        text = text.replace(sign, plain)
    return text


def _search(form: _Form, text: str, low: str, blocks: Sequence[Block]) -> Story | None:
    if form.whole is not None:
        return _whole(form, form.whole, text, blocks)
    tried = 0
    for at in sorted(_places(form, low)):
        opener = form.opener.match(text, at)
        if opener is None or not _CLAUSE_BEFORE.search(text[max(0, at - _BEFORE_CHARS) : at]):
            continue
        story = _parse(form, text, opener, blocks)
        if story is not None:
            return story
        tried += 1
        if tried >= _MAX_CANDIDATES:
            return None
    return None


def _whole(form: _Form, sentence: re.Pattern[str], text: str, blocks: Sequence[Block]) -> Story | None:
    """The story of a language whose sentence names the role before the word that marks it as one."""
    for line in _LINES.finditer(text):
        if not any(keyword in line[0].lower() for keyword in form.keywords):
            continue
        whole = sentence.search(text, line.start(), min(line.end(), line.start() + _TAIL_CHARS))
        if whole is None or has_slot(whole[0]):
            continue
        reason = form.benefits.search(text, whole.start(), min(len(text), whole.end() + _TAIL_CHARS))
        benefit = _reason_in(text, whole, reason) if reason is not None else ""
        place = Quote(" ".join(whole[0].split()), _line_at(blocks, whole.start("role")))
        return Story(role=whole["role"].strip(), want=whole["want"].strip(), benefit=benefit, quote=place)
    return None


def _reason_in(text: str, whole: re.Match[str], reason: re.Match[str]) -> str:
    """The reason by its word: the part before it inside the sentence, what follows it behind the sentence."""
    if reason.start() < whole.end():
        return text[whole.start("want") : reason.start()].strip()
    if "\n\n" in text[whole.end() : reason.end()]:
        return ""
    return _first_sentence(text[reason.end() : reason.end() + _TAIL_CHARS])


def _places(form: _Form, low: str) -> Iterator[int]:
    """The places of a keyword as a word of its own."""
    for keyword in form.keywords:
        at = low.find(keyword)
        while at >= 0:
            if not form.spaced or not low[at - 1 : at].isalnum():
                yield at
            at = low.find(keyword, at + 1)


def _parse(form: _Form, text: str, opener: re.Match[str], blocks: Sequence[Block]) -> Story | None:
    """The story that opens here, if a role and a want follow."""
    begin, role_at = opener.start(), opener.end()
    role_end = _role_end(form, text, role_at)
    if role_end is None:
        return None
    role = text[role_at:role_end].strip(" \"'*_")
    if not _is_role(form, role) or not _opens_well(form, opener[0], role, text, role_end):
        return None
    want_at = _want(form, text, role_end)
    if want_at is None:
        return None
    tail = text[want_at : want_at + _TAIL_CHARS].lstrip(" \n:*_")
    reason = form.benefits.search(tail, 1)
    want = _TO.sub("", _first_sentence(tail[: reason.start()] if reason else tail))
    benefit = _first_sentence(tail[reason.end() :]) if reason and _belongs(tail[: reason.start()]) else ""
    if not want or has_slot(f"as a {role} i want {want}"):
        return None
    quote = " ".join(text[begin : min(want_at + 200, len(text))].split("\n\n", maxsplit=1)[0].split())
    place = Quote(quote, _line_at(blocks, begin))
    return Story(role=role, want=want, benefit=benefit or _reason_before(form, text, begin), quote=place)


def _role_end(form: _Form, text: str, at: int) -> int | None:
    """Where the role ends: at a comma, a line end, a pronoun, or else at the wish itself ("As a user want to ...")."""
    end = _ROLE_END.search(text, at, at + _ROLE_CHARS)
    wish = form.wants.search(text, at, end.start() if end is not None else at + _ROLE_CHARS)
    if wish is not None and (end is None or not form.first_person or _WISH_NEXT.match(text, wish.start() - 1)):
        return wish.start()
    return end.start() if end is not None else None


def _opens_well(form: _Form, opener: str, role: str, text: str, role_end: int) -> bool:
    """Whether it opens a story: "as the load grows, ..." and "as discussed, ..." open other sentences."""
    if not form.first_person:
        return True
    if _INDEFINITE.match(opener):
        return _is_somebody(role) or _PERSON_NEXT.match(text, role_end) is not None or _wishes(text, role_end)
    followed = _PERSON_NEXT.match(text, role_end) is not None
    if not _is_somebody(role):
        return False
    if _NO_ARTICLE.match(opener):
        return followed and opener[0].isupper() and len(role.split()) <= 4 and not _PARTICIPLE.match(role)
    return (followed or _wishes(text, role_end)) and len(role.split()) <= 6


def _is_somebody(role: str) -> bool:
    """Whether a role's noun looks like a person or a group."""
    return _SOMEBODY.search(_HEAD_END.split(role, maxsplit=1)[0]) is not None


def _wishes(text: str, at: int) -> bool:
    return _WISH_NEXT.match(text, at) is not None


def _is_role(form: _Form, role: str) -> bool:
    words = role.lower().split()
    if not 1 <= len(words) <= 14 or not _WORD.match(role):
        return False
    head = _HEAD_END.split(role.lower(), maxsplit=1)[0]
    if form.not_role.fullmatch(head):
        return False
    return _FINITE.search(role.lower()) is None or _RELATIVE.search(role) is not None


def _want(form: _Form, text: str, at: int) -> int | None:
    """The start of the wish, after its verb; `None` if there is no wish near enough."""
    sentence = _SENTENCE_END.search(text, at + 1, at + _BRIDGE_CHARS)
    limit = sentence.start() if sentence is not None else at + _BRIDGE_CHARS
    wish = form.wants.search(text, at, limit)
    if wish is not None:
        return wish.end()
    person = _FIRST_PERSON.search(text, at, limit) if form.first_person else None
    if person is None or _NO_WISH.match(text, person.end()):
        return None
    return person.end()


def _first_sentence(text: str) -> str:
    end = _WANT_END.search(text)
    return " ".join((text[: end.start()] if end else text).split()).strip(" ,;:*_\"'，、。")


def _belongs(between: str) -> bool:
    """Whether a reason still belongs to the sentence: at most one full stop and a line end are between."""
    return _WANT_END.search(between.rstrip(" \n.,*_-")) is None


def _reason_before(form: _Form, text: str, begin: int) -> str:
    """The reason in front of the story: "In order to pay, as a shopper I ..."."""
    before = text[max(0, begin - 250) : begin]
    start = max(before.rfind("."), before.rfind("\n\n")) + 1
    match = form.benefits.search(before, start)
    return " ".join(before[match.end() :].split()).strip(" ,;:") if match is not None else ""


def _line_at(blocks: Sequence[Block], offset: int) -> int:
    """The line of the source at a place in the running text of blocks; 0 in a title."""
    line = start = 0
    for block in blocks:
        if start > offset:
            break
        line = block.line + block.text.count("\n", 0, offset - start)
        start += len(block.text) + len(_BETWEEN)
    return line
