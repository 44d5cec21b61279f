"""Finds open questions: questions about the wish, and decisions still to be made.

A question is not open where it is a request ("Can we have a button?"), is answered, belongs to a form or a quotation,
is about a person or about what happened, or is the subject of the work (a spike, a list of things to find out).
"""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from rules.document import CODE, HEADING, ITEM, PARAGRAPH, QUOTE, ROW, TICK, Block
from rules.lazy_regex import caseless, regex
from rules.text.languages import LANGUAGES, whole_words
from rules.text.model import Quote, Section
from rules.text.placeholders import is_help, is_instruction, says_something

_UNDECIDED = whole_words(
    (language.undecided for language in LANGUAGES),
    parts="tbd|discuss|debate|deci|agree|determin|conf|clar|defin|figure out|find out|work out|sure|clear|cert|question|let's see|one of |we m|klar|noch |frage|cheid|pas |valider|segur|nog te |duidelijk|onbekend of|chiar|sicur",
)
_SENTENCE_END = regex(r"(?<=[.!?])[)\]\"']?\s+|(?<=[.!?][)\]\"'])\s+")
_LINE_CHARS = 5000
# A question about the work asks what, which, how or whether "we" should; a request ("could you add ...?") does not.
_ASKS = caseless(
    r"^\W*(?:should|shall|do|does|must|may|is|are)\b|\b(?:should|shall|do|must|would|may|might|could|can) (?:we|it|this|they|there|the|these)\b|\b(?:what|which|how|where|when|who|why|whether)\b"
    r"|\bor (?:should|not|do)\b|\bis (?:it|this|there|that)\b|\bare (?:we(?! sure)|there|they|these)\b|\bdoes\b|\bmaybe\b(?! (?:it|this|that|they)(?:'s| is| are)\b)|\bwe (?:may|might|could|should)\b"
)
_REQUESTS = caseless(
    r"\W*(?:(?:so|and|but|also|or|then|if [^,?]{3,80}),? )?(?:please\b|(?:can|could|couldn't|will) \w+|would (?:you|it be|it possible|someone|anyone|the [\w ]{1,30} be able)|is (?:it|this) possible\b"
    r"|(?:is|are) there (?:possibly |perhaps |maybe )?(?:an? |any )?(?:quick|simple|easy|special|better|good|way|chance|plans?|possibility|news|updates?|work-?around|fix|eta|timeline|reason)\b"
    r"|any (?:ideas?|thoughts?|news|updates?|chance|plans?|help|suggestions?|reason)\b|maybe something like\b|(?:i'm |just )?(?:curious|wondering) (?:if|whether)\b|i wonder (?:if|whether)\b)"
)
# These ask for a cause, or for nothing.
_RHETORICAL = caseless(
    r"\W*(?:q: )?(?:(?:so|but|and),? )?(?:why\b(?! not\b)|who (?:is|are|would)\b|.{0,40}\bwho (?:thought|knows)\b|does (?:that|this) make sense|(?:does|has|is) any(?:one|body)\b)"
)
# "Guests have it; could we get it?", "others have it, so can you add it?": the request comes behind other words.
_LATE_REQUEST = caseless(
    r"(?:[,;:]|\bso)\s+(?:please )?(?:(?:can|could|couldn't|will) \w+|would (?:you|it be possible)|is there a way)\b[^,;:?]*\?"
)
# With these a request asks for a choice all the same.
_CHOOSES = caseless(r"\b(?:or|whether|instead(?! of))\b")
_PAST = caseless(
    r"\b(?:was|were|did|had|happened|occurred|tried|affected|impacted|have been|could have|would have|transferred|compiled|built|released|reported|intended|caused|recently)\b"
)
# "What are you working on?" asks a person.
_ASKS_PERSON = caseless(r"\b(?:are|do|did|have|were|can) you\b|\byours?\b|\bhow can i\b")
# In a defect report, "not sure whether it happens elsewhere" is a doubt about a fact, not an open decision.
_DOUBTS = regex(r"\b(?:not|\w+n't)\s(?:\w+%?\s){0,2}(?:sure|clear|certain)\b|\b(?:unsure|unclear)\b", re.IGNORECASE)
# A doubt about what to do, not about a fact.
_DOUBTS_WISH = caseless(
    r"\b(?:should|shall|best|better|want|wanted|need|needed|makes? sense|possible|approach|ways?|options?|scope|support\w*|required|allowed|supposed|we|whether|expected|desired|benefit)\b"
)
# "allows issues to be discussed", "helps it decide whether": what somebody does with it, not what is still open.
_MADE_FOR = caseless(
    r"\b(?:allow\w*|enable\w*|ability|able|lets|for|use[ds]?|using|helps?|ask|users?|they|them|customers?|clients?|i need to|it can|app|system|seems?|appears?)\b[^.?!]{0,60}\b(?:discuss|decid|agree|determin|confirm|clarif|defin|find out)\w*"
    r"|\bto be \w+ (?:as|over|during|at|via|through)\b|\b(?:needs?|have|has) to be defined\b|\blet's see\b|\bin question\b|^\W*to \w+(?::|\W*$)|\b(?:figure|find) out why\b|\bwe (?:decide|agree) (?:on|whether|if|how|what|which)\b|\bto be defined\b(?!\W*$)|\bclarify (?:that |this |it )?in\b|\bdecide whether (?:or not )?you\b|\b(?:following|related|forum|q&a) (?:[\w&]+ )?questions?\b",
    parts="discuss|decid|agree|determin|confirm|clarif|defin|find out|figure out|let's see|question|to ",
)
# A question there is open only where the team asks itself what to do.
_ASKS_TEAM = caseless(r"\b(?:should|shall|can|could|do|would|must) we\b")
_ANSWERS = caseless(
    r"\W*(?:answer|a|decision|decided|resolution|resolved|update|edit)\s*[:=>-]|\W*(?:yes|no|nope|yep)\b[,.!:]|\W*(?:→|->|=>|--)|\W*(?:probably|not (?:that|really|much|sure)|exactly|of course|i (?:think|guess|believe)|because)\b"
)
_HOLDS_ANSWER = caseless(r"\banswer(?:ed)?:\s*\S")
_SUGGESTS = caseless(
    r"\b(?:i|we)(?:'d| would)? (?:suggest|propose|recommend|decided|chose)\b|\bi think we should\b",
    parts="suggest|propose|recommend|decided|chose|i think we",
)
# After a question: "We should write a guide."
_CONCLUDES = caseless(r"\W*(?:so |therefore |then )?(?:we (?:should|need to|will|can)|let's)\b")
_WH_QUESTION = caseless(r"\W*(?:what|why|how|where|who|which|when)\b")
_SHORT_WORDS, _ASKED_WORDS = 8, 3
_QUESTIONNAIRE = 4  # so many questions in a list are a form
# "They should cover:", and then the questions to ask.
_LEADS_TO_ANSWERS = caseless(
    r"\b(?:edge cases?|use cases?|inputs?|considerations?|cover|answers?|ask(?:ing)?|address|find out|questions? to (?:ask|answer)|write|document\w*|docs|describe|include|report)\b[^\n]{0,60}:?\s*$"
)
# The work is to find the answers.
_INVESTIGATES = caseless(
    r"\b(?:investigat\w+|spike|poc|proof of concept|research|explor\w+|evaluat\w+|audit|rca|root cause|post-?mortem|retro\w*|stand-?ups?|define|determine|decide|devise|identify|analy[sz]e|questionnaire|survey)\b"
)
_ABOUT_TEMPLATE = caseless(r"\b(?:template|comments|contact|faq)\b")
_NAMES_OPEN = caseless(r"\b(?:open|outstanding|unresolved|remaining|unanswered|unknowns?|tbds?)\b|\bquestions\b")
_FINDS_OUT = caseless(r"decide|determin|figure|find out|confirm|agree|clarif|work out|define")
_LABELS_QUESTIONS = caseless(r"\W*(?:open |other )?questions?\b[^.?!]{0,40}:")
# A question among the criteria is part of the work; a question in a paragraph next to their list is open.
_MUST_HOLD = frozenset(("acceptance", "check"))
_LISTED = (ITEM, TICK)


def find_questions(
    title: str, sections: Sequence[Section], *, is_bug: bool, story: Quote | None = None
) -> tuple[Quote, ...]:
    """All open questions, in reading order; "before I decide whether I buy" in the `story` sentence is not one."""
    questions: list[Quote] = []
    for section in sections:
        if section.role == "questions":
            questions += _left_open(section)
        elif section.role not in ("ready-checklist", "evidence"):
            questions += _open_in(title, section, is_bug=is_bug)
    return tuple(dict.fromkeys(one for one in questions if story is None or not _is_of_story(one, story)))


def _is_of_story(question: Quote, story: Quote) -> bool:
    return "?" not in question.text and (question.text in story.text or story.text in question.text)


def _left_open(section: Section) -> Iterator[Quote]:
    """The entries under "Open questions" without an answer; under "To discuss" and the like, those that ask."""
    heading = section.heading.text if section.heading is not None else ""
    if _ABOUT_TEMPLATE.search(heading):
        return
    all_open = _NAMES_OPEN.search(heading) is not None
    for block, following in zip_longest(section.blocks, section.blocks[1:]):
        _, asked, answer = block.text.partition("?")
        if not says_something(block) or block.ticked or not (asked or all_open or _UNDECIDED.search(block.text)):
            continue
        if not (asked and (_answers(answer) or _is_answered_below(block, following))):
            yield Quote(block.text, block.line)


def _answers(text: str) -> bool:
    return _ANSWERS.match(text) is not None or _HOLDS_ANSWER.search(text) is not None


def _is_answered_below(block: Block, following: Block | None) -> bool:
    """Whether a question is followed by an answer: a deeper item, a list, or a line that says so."""
    if following is None or following.kind is HEADING or following.text.rstrip().endswith("?"):
        return False
    if following.kind is ITEM and (block.kind is PARAGRAPH or following.level > block.level):
        return True
    return _ANSWERS.match(following.text) is not None


def _open_in(title: str, section: Section, *, is_bug: bool) -> Iterator[Quote]:
    candidates = [place for place, block in enumerate(section.blocks) if not _is_closed(block)]
    if not candidates or _is_template(section):
        return
    finding_out = _INVESTIGATES.search(title) is not None
    listed = any(block.kind in _LISTED for block in section.blocks)
    content = _places_of_content(section, finding_out=finding_out)
    settled = _last_suggestion(section.blocks)
    for place in candidates:
        block, following = section.blocks[place], next(iter(section.blocks[place + 1 : place + 2]), None)
        may_ask = section.role not in _MUST_HOLD or (listed and block.kind is PARAGRAPH)
        for quote in _open_lines(block, following, may_ask=may_ask and place not in content):
            if is_bug and not _leaves_fix_open(quote.text):
                continue
            if place >= settled and not (finding_out and _is_the_work(quote.text)):
                yield quote


def _places_of_content(section: Section, *, finding_out: bool) -> frozenset[int]:
    """The places of list items whose questions are the subject of the work, or a form that is filled in."""
    all_items = finding_out or _answers_template(section) or _is_questionnaire(section)
    places, introduced = set(), False
    for place, block in enumerate(section.blocks):
        if block.kind not in _LISTED:
            introduced = block.kind is PARAGRAPH and _LEADS_TO_ANSWERS.search(block.text[-200:]) is not None
        elif all_items or (introduced and block.kind is ITEM):
            places.add(place)
    return frozenset(places)


def _last_suggestion(blocks: Sequence[Block]) -> int:
    """The last place where somebody suggests an answer to what is above it; -1 for none."""
    return next(
        (place for place in range(len(blocks) - 1, -1, -1) if _SUGGESTS.search(blocks[place].text[:_LINE_CHARS])), -1
    )


def _is_template(section: Section) -> bool:
    """Whether the questions of a section are the template's, not the author's."""
    if section.heading is None:
        return False
    return all(map(is_help, section.blocks)) or _ABOUT_TEMPLATE.search(section.heading.text) is not None


def _is_the_work(sentence: str) -> bool:
    """Whether a sentence only says what an investigation has to find out."""
    match = _UNDECIDED.search(sentence)
    return not sentence.endswith("?") and match is not None and _FINDS_OUT.search(match[0]) is not None


def _is_closed(block: Block) -> bool:
    """Whether a block cannot leave anything open: code, a table, a ticked box, help of the template."""
    if block.kind in (CODE, QUOTE, ROW) or block.ticked:
        return True
    if "?" not in block.text and not any(map(_UNDECIDED.search, _lines(block))):
        return True
    return (block.text[:1] == "(" and block.text.rstrip(" .")[-1:] == ")") or is_instruction(block.text)


def _lines(block: Block) -> list[str]:
    """The lines of a block that are no longer than sentences are."""
    if len(block.text) <= _LINE_CHARS:
        return [block.text]
    return [line for line in block.text.split("\n") if len(line) <= _LINE_CHARS]


def _answers_template(section: Section) -> bool:
    """Whether the section is a template's list of questions with answers; the others are unfilled, not open."""
    answered = sum(
        above.kind is ITEM and above.text.endswith("?") and _is_answered_below(above, below)
        for above, below in pairwise(section.blocks)
    )
    return answered >= 2


def _is_questionnaire(section: Section) -> bool:
    """Whether a list is mostly questions: what a review asks or a page has to answer, under no heading about questions."""
    items = [block for block in section.blocks if block.kind in _LISTED]
    asking = sum(block.text.rstrip().endswith("?") and not _ASKS_TEAM.search(block.text) for block in items)
    return asking >= _QUESTIONNAIRE and 2 * asking >= len(items)


def _open_lines(block: Block, following: Block | None, *, may_ask: bool) -> Iterator[Quote]:
    lines = block.text.split("\n")
    below = "" if following is None or following.kind is HEADING else following.text.partition("\n")[0]
    for offset, (line, after) in enumerate(pairwise((*lines, below))):
        if len(line) > _LINE_CHARS or line.startswith("|"):
            continue
        asking = may_ask and (block.kind is not TICK or _ASKS_TEAM.search(line) is not None)
        if asking and block.kind is not ITEM and _is_headline(line) and after and not after.endswith("?"):
            continue  # "Where are we now?", and the answer below
        if offset == len(lines) - 1 and line.endswith("?") and _is_answered_below(block, following):
            asking = False
        for sentence in _open_sentences(line, after, may_ask=asking):
            yield Quote(sentence, block.line + offset)


def _is_headline(line: str) -> bool:
    """Whether a line is nothing but a short question with what, where or why, as a template asks it."""
    return (
        line.endswith("?")
        and len(line.split()) <= _SHORT_WORDS
        and _WH_QUESTION.match(line) is not None
        and line.count("?") == 1
    )


def _leaves_fix_open(sentence: str) -> bool:
    """Whether a sentence of a defect report asks for a decision rather than for the cause."""
    if sentence.endswith("?"):
        return _ASKS_TEAM.search(sentence) is not None
    return _UNDECIDED.search(_DOUBTS.sub(" ", sentence)) is not None


def _open_sentences(line: str, after: str, *, may_ask: bool) -> Iterator[str]:
    """The open sentences of a line; `after` is the line below it."""
    sentences = _SENTENCE_END.split(line)
    for index, (raw, following) in enumerate(pairwise((*sentences, after))):
        aside = raw.count("(") > raw.count(")") and raw.endswith("?")
        sentence = (raw[raw.rfind("(") :] if aside else raw).strip(" ()[]\"'")
        if (may_ask and _asks(raw, sentence)) or _is_undecided(raw, sentence):
            if (
                _is_answered(sentence, following)
                or _HOLDS_ANSWER.search(raw)
                or _SUGGESTS.search(" ".join(sentences[index + 1 :]))
            ):
                continue
            yield sentence


def _is_undecided(raw: str, sentence: str) -> bool:
    """Whether a sentence says that something is still to be decided."""
    match = _UNDECIDED.search(sentence)
    if match is None or _LABELS_QUESTIONS.fullmatch(sentence) or _MADE_FOR.search(sentence):
        return False
    doubt = _DOUBTS.search(sentence)
    if doubt is None or doubt.start() > match.start() + 3:
        return True
    aside = raw[: raw.find(doubt[0])].rstrip()[-1:] == "("
    about_wish = _DOUBTS_WISH.search(sentence, doubt.end()) is not None
    return about_wish and not aside and _PAST.search(sentence) is None


def _is_answered(sentence: str, following: str) -> bool:
    if not sentence.endswith("?"):
        return False
    return _ANSWERS.match(following) is not None or (
        not following.rstrip().endswith("?") and _CONCLUDES.match(following) is not None
    )


def _asks(raw: str, sentence: str) -> bool:
    """Whether a sentence asks about the wish; a question about the past asks what happened."""
    if not sentence.endswith("?") or len(sentence.split()) < _ASKED_WORDS or _is_quoted(raw):
        return False
    if any(pattern.search(sentence) for pattern in (_PAST, _ASKS_PERSON)) or _RHETORICAL.match(sentence):
        return False
    request = _REQUESTS.match(sentence) or _LATE_REQUEST.search(sentence)
    if request is not None and _CHOOSES.search(sentence, request.end()) is None:
        return False
    return _ASKS.search(sentence) is not None


# "... has '/' or '?'" names the sign; "Who needs 'Pay later'?" asks.
_NAMES_SIGN = regex(r"(?:^|[\s(])[\"'`“‘«]\?[ )]*$")


def _is_quoted(raw: str) -> bool:
    """Whether a question is in quotation marks, so that it is not the author's."""
    if _NAMES_SIGN.search(raw) is not None:
        return True
    return raw.count('"') % 2 == 1 or raw.rstrip(" )").endswith(('"', "”", "'"))
