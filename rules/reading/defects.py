"""Tells whether a text reports a defect, and reads steps, expected and actual result in it."""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rules.document import Block, BlockKind
from rules.model import Kind
from rules.reading.found import Quote
from rules.reading.languages import LANGUAGES, whole_words
from rules.reading.placeholders import says_something
from rules.reading.sections import Tree

_SYMPTOMS = whole_words(language.symptoms for language in LANGUAGES)
_SHOULD = whole_words(language.should for language in LANGUAGES)
_LOG = re.compile(
    r"^\s*(?:at\s+\S+[.(:]|File \"|#?\d+\s+\S+\s+0x|Caused by|Traceback|\[?(?:ERROR|WARN|INFO|DEBUG|TRACE)\b|E/|W/|I/|D/|\d{4}-\d\d-\d\d[ T]\d\d:)"
    r"|\b(?:[A-Z]\w*(?:Error|Exception))\b|Exception in thread|Process terminated|SIG[A-Z]{3,4}\b|panic:",
    re.MULTILINE,
)
_STATEMENT = re.compile(r";|\bfunction\b|=>|\(\)|\bvar\b")
_SENTENCE = re.compile(r"(?:[^.!?\n]|[.!?](?=\S)|\n(?!\n))+")
_CODE_SIGNS = re.compile(
    r"[;{}=]|\w\(|\bfunction\b|\b(?:var|let|const|def|class|import|return|require)\b|</?\w+|^\s*[$>#] ?\w+|\$ \w+",
    re.MULTILINE,
)
_ACTION = (
    r"(?:(?:click|tap|press|open|launch|select|scroll|install|enter|build|start|call|load|upload|download|add|send|import|export|play|plug|unplug|edit|test|attempt|sign|perform|deploy|sort|filter|search|upgrad|uninstall|insert|invit|check"
    r"|creat|delet|remov|clos|chang|updat|mov|sav|resum|paus|execut|invok|renam|past|resiz|compil|rotat|navigat|typ|fir|us|reload|refresh|restor|log)(?:e|es|s|ed|ing)?"
    r"|(?:run|swip|drag|stop|drop|plug|hit|log|put|set|get|tap|scan|zoom|swap|submit|skip)(?:s|p?p?ed|n?ning|p?ping|t?ting|g?ging|t?ted|g?ged)?|tr(?:y|ies|ied|ying)|cop(?:y|ies|ied|ying)|go(?:es|ing)?|switch(?:es|ed|ing)?|hover(?:s|ed|ing)?|writ(?:e|es|ing))"
)
# Somebody does something and then ...: a circumstance with an action in it, or the action itself.
_OPENS_SCENARIO = re.compile(
    rf"\b(?:when(?:ever)?|if|after|once|while|as soon as|every time|each time|upon)\b[^.!?\n]{{0,60}}?\b{_ACTION}\b|\bby {_ACTION}\b"
    r"|\b(?:try(?:ing)?|attempt(?:ing)?|tried|attempted) to\b"
    rf"|(?:^|[.,;:]\s*)(?:then |and |just |simply |i |we )?{_ACTION}\b",
    re.IGNORECASE,
)
_IMPERATIVE = re.compile(
    r"(?:add|support|implement|allow|enable|create|update|upgrade|document|improve|investigate|provide|expose|introduce|show|display|remove|make|use|move|check|test|port|handle|log|report|ensure|change|rename"
    r"|replace|refactor|migrate|build|set|write|define|design|ask|catch|validate|detect|extend|drop|clean|enhance|include|publish|rebuild|release|separate|need|should|spike|story|epic|feature|request)\b",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"(?:\[[^\]]*\]\s*)*(?:[^:]{1,40}:\s+)*(?:\[[^\]]*\]\s*)*")
# What a title or a text says when something does not do what it should.
_FAULT = re.compile(
    r"\b(?:crash(?:es|ed|ing)?|fail(?:s|ed|ing|ures?)|broken?|breaks|breaking|hangs?|freezes?|leaks?|aborts|throws|stuck|regression|corrupt(?:s|ed|ion)?|disappears?|flickers?|misaligned|truncated|ignored|ignores|lost|loses"
    r"|will not|would not|has no|have no|no effect|nothing happens|too (?:many|much|few|large|small|slow|long|short|big|wide|high|early|late)|twice|clipped|cropped|only (?:works?|shows?|displays?|returns?|fires?)|cannot|can't|can not|unable|impossible|won't|doesn't|does not|don't|do not|didn't|isn't|is not|aren't|are not|wasn't|haven't|hasn't|not \w+(?:ing|ed)|not (?:shown|able|correct(?:ly)?|work|sent|found|available|visible|properly|getting|being|possible)"
    r"|no longer|incorrect(?:ly)?|wrong(?:ly)?|invalid|unexpected(?:ly)?|never|stops?|stopped|bugs?|flaky|null pointer|npe|typo|locks? up|returns? (?:null|undefined|wrong|incorrect|empty|0)|duplicated?)\b|\w*Exception\b|\bEXC_|\bSIG(?:SEGV|ABRT)",
    re.IGNORECASE,
)
# Nouns that speak of a fault only together with further signs.
_MAYBE_FAULT = re.compile(
    r"\b(?:errors?|issues?|problems?|missing|slow|delays?|null|undefined|inconsistent|inconsistenc(?:y|ies)|weird|strange|warnings?|without|inaccurate|instead of|only|always|still|after|when|while|if|overlaps?|blank|empty|deadlock|race)\b",
    re.IGNORECASE,
)
_TOLD_FAULT = re.compile(
    r"\b(?:crash(?:es|ed|ing)|throws? (?:an? )?\w*(?:error|exception)|(?:does not|doesn't|do not|don't|did not|didn't|not) (?:seem to )?(?:\w+ing\b|work|fire|display|show|appear|respond|load|return|update|behave|render|trigger|happen|get)\w*"
    r"|is (?:broken|not working|wrong|incorrect|ignored|lost|never)|are (?:broken|not working|wrong|ignored|lost)|fails?|failed|failing|error is|following error|get(?:ting)? (?:an? |the )?(?:following )?(?:error|exception|crash)"
    r"|(?:was|were|is|are) (?:working|works?) (?:fine |ok |correctly |well )?(?:in|on|with|before)|works? (?:fine|ok|correctly|well|as expected) (?:in|on|with|for)|used to work|regression|stack ?trace|unable to|hangs?|freezes?|bug)\b",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(?:feature request|would (?:like|be (?:nice|great|good|helpful|useful))|add (?:support|the ability)|need(?:s)? to (?:be )?(?:support|implement|add|able)\w*|we want|we should|please add|new feature|ability to|proposal|this task|this story|the goal)\b",
    re.IGNORECASE,
)
_REPRODUCES = re.compile(r"re-?pro|re-?creat|replicat|reprodu", re.IGNORECASE)
_SNIPPET = re.compile(
    r"code|reproduc|sample|example|test|try|run|snippet|following|app\.js|index|html|alloy|usage|project|repro",
    re.IGNORECASE,
)
_REMEDY = re.compile(r"work-?around|solution|\bfix(?:es|ed)?\b|\bpatch|resolved? by|proposal", re.IGNORECASE)
_OUTPUT = re.compile(
    r"output|\blog|error|trace|thrown|response|returns?|reports?|prints?|manifest|diff|patch|console|crash|proposal|implement|instead|cause|result",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"\b(?:needs? to|should|please|let's|must|want|would like|you can|ask(?:ed|ing)? for|requests?)\b", re.IGNORECASE
)
_WORD = re.compile(r"\w{3,}")
# With fewer words of prose than this, a report is taken to stand in its code block, as mail imports leave it.
_FEW_WORDS = 25
# A scenario says more than the title does: at least so many further words.
_NEW_WORDS = 5


@dataclass(frozen=True, slots=True)
class Defect:
    """What a defect report says about itself."""

    steps: tuple[Quote, ...]
    expected: Quote | None
    actual: Quote | None


def reports_defect(title: str, tree: Tree, kind: Kind, *, is_story: bool) -> bool:
    """Whether the issue is a bug by its type, or a text of another type that plainly reports a defect.

    Signs are weighed against those of a story: its sentence, acceptance criteria, a wish.
    """
    if kind is Kind.BUG:
        return True
    if kind is Kind.EPIC:
        return False
    told_as_story = 2 * is_story + any(section.role == "acceptance" for section in tree.sections)
    return _weight_of_title(title) + _weight_of_text(tree) - told_as_story >= _PLAINLY


# How many signs make it plain; chosen on issues whose type is known: three quarters of the bugs are found with their
# type hidden, and of features and stories one in sixteen, most of them defects filed under another type.
_PLAINLY = 2
_OPENING_CHARS = 600


def _weight_of_title(title: str) -> int:
    """2 for a title that states a fault, 1 for one that hints at it, less for an order such as "Add ..."."""
    prefix = _PREFIX.match(title[:300])
    bare = title[prefix.end() :] if prefix is not None else title
    orders = _IMPERATIVE.match(bare or title) is not None
    if _FAULT.search(title):
        return 0 if orders else 2
    return -2 if orders else int(_MAYBE_FAULT.search(title) is not None)


def _weight_of_text(tree: Tree) -> int:
    headings = [section for section in tree.sections if section.heading is not None]
    roles = {section.role for section in headings}
    opening = " ".join(block.text for block in _introduction(tree) if _is_prose(block))[:_OPENING_CHARS]
    logs = any(
        block.kind is BlockKind.CODE and _LOG.search(block.text[:4000])
        for section in tree.sections
        for block in section.blocks
    )
    return (
        2 * (len(roles & {"steps", "expected", "actual"}) >= 2)
        + 2
        * any(
            section.role == "steps" and _REPRODUCES.search(section.heading.text) is not None
            for section in headings
            if section.heading
        )
        + (_TOLD_FAULT.search(opening) is not None)
        + logs
        - (_WISH.search(opening) is not None)
    )


def read_defect(title: str, tree: Tree, kind: Kind) -> Defect:
    """Steps, expected and actual result, from their sections, else from the prose."""
    blocks = [block for section in tree.sections for block in section.blocks]
    if sum(len(block.text.split()) for block in blocks if _is_prose(block)) < _FEW_WORDS:
        blocks += [replace(block, kind=BlockKind.PARAGRAPH) for block in blocks if block.kind is BlockKind.CODE]
    return Defect(
        steps=_steps(title, tree, blocks, kind), expected=_expected(tree, blocks), actual=_actual(title, tree, blocks)
    )


def _in_sections(tree: Tree, role: str, below: frozenset[str] = frozenset()) -> list[Block]:
    found: list[Block] = []
    for index, section in enumerate(tree.sections):
        if section.role == role:
            found += [block for block in tree.content(index, below) if says_something(block)]
    return found


def _steps(title: str, tree: Tree, blocks: Sequence[Block], kind: Kind) -> tuple[Quote, ...]:
    """The steps from their section, else a test case, a numbered list, code to run, or a scenario in the prose."""
    written = _in_sections(tree, "steps", frozenset(("evidence", "environment")))
    if not written and kind is Kind.BUG:
        written = _in_sections(tree, "check", frozenset(("evidence",)))
    if written:
        return tuple(_quote(block) for block in written)
    ordered = [block for block in blocks if block.kind is BlockKind.ITEM and block.ordered and says_something(block)]
    if len(ordered) >= 2:
        return tuple(_quote(block) for block in ordered)
    code = next((block for block in _code_to_run(tree)), None)
    if code is not None:
        return (_quote(code),)
    return tuple(_quote(block) for block in blocks if _tells_scenario(block, title))[:3]


def _code_to_run(tree: Tree) -> Iterator[Block]:
    """Code that makes the defect happen, told from logs and remedies by what it looks like and what leads it in."""
    for section in tree.sections:
        before = section.heading.text if section.heading is not None else ""
        for block in section.blocks:
            if block.kind is not BlockKind.CODE:
                before = block.text
                continue
            lead = before[-160:]
            if (
                is_runnable(block.text)
                and not _REMEDY.search(lead)
                and (_SNIPPET.search(lead) or not _OUTPUT.search(lead))
            ):
                yield block


def is_runnable(code: str) -> bool:
    """Whether a piece of code is something to run, rather than a log, a trace or a piece of data."""
    sample = code[:4000]
    if _LOG.search(sample) or (sample.lstrip()[:1] in "{[" and not _STATEMENT.search(sample)):
        return False
    return _CODE_SIGNS.search(sample) is not None


def _tells_scenario(block: Block, title: str) -> bool:
    """Whether a paragraph tells what somebody did and what came of it, and more than the title already says."""
    if block.kind in (BlockKind.CODE, BlockKind.QUOTE, BlockKind.HEADING):
        return False
    known = set(_WORD.findall(title.lower()))
    for sentence in _SENTENCE.findall(block.text[:3000]):
        if _OPENS_SCENARIO.search(sentence.strip()) and _SYMPTOMS.search(sentence):
            new = set(_WORD.findall(sentence.lower())) - known
            if len(new) >= _NEW_WORDS:
                return True
    return False


def _expected(tree: Tree, blocks: Sequence[Block]) -> Quote | None:
    written = _in_sections(tree, "expected")
    if written:
        return _quote(written[0])
    return next((_quote(block) for block in blocks if _is_prose(block) and _SHOULD.search(block.text[:5000])), None)


def _actual(title: str, tree: Tree, blocks: Sequence[Block]) -> Quote | None:
    written = _in_sections(tree, "actual")
    if written:
        return _quote(written[0])
    if _SYMPTOMS.search(title) or _FAULT.search(title):
        return Quote(title, 0)
    for block in blocks:
        if block.kind is BlockKind.CODE and _LOG.search(block.text[:4000]):
            return _quote(block)
        if _is_prose(block) and _shows_fault(block.text[:5000]):
            return _quote(block)
    return next((_quote(block) for block in _loose(tree) if _states_something(block)), None)


def _shows_fault(text: str) -> bool:
    return _SYMPTOMS.search(text) is not None or _FAULT.search(text) is not None


def _introduction(tree: Tree) -> Iterator[Block]:
    """What is said before any plan: prose under no heading, or under one about the matter or the goal."""
    for section in tree.sections:
        if section.role in ("", "context", "value", "actual"):
            yield from section.blocks


def _loose(tree: Tree) -> Iterator[Block]:
    """Prose under no heading, or under one that introduces the whole."""
    for section in tree.sections:
        if section.role in ("", "context"):
            yield from section.blocks


def _states_something(block: Block) -> bool:
    """Whether a paragraph is a statement long enough to be an observation, not a request."""
    return block.kind is BlockKind.PARAGRAPH and len(block.text.split()) >= 5 and not _REQUEST.search(block.text[:1000])


def _is_prose(block: Block) -> bool:
    return block.kind not in (BlockKind.CODE, BlockKind.HEADING)


def _quote(block: Block) -> Quote:
    return Quote(block.text, block.line)
