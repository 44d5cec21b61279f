"""Whether a text of another type plainly reports a defect: the signs of a report and their weights.

An issue typed as a bug is one. Elsewhere (GitLab issues, a CSV export) only the text shows it, and no single sign is
enough. The form of the title counts (a statement or a command), the wording of the first sentences, and what else the
text contains (a log, a list of versions, a section on reproduction).
"""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum

from rules.document import CODE, ITEM, PARAGRAPH, TICK, Block
from rules.lazy_regex import caseless, regex
from rules.model import Kind
from rules.text.bug_patterns import (
    DESCRIBED_FAULT,
    FAULT,
    MAYBE_FAULT,
    NAMES_BUG,
    PREFIX,
    REPRODUCES,
    SENTENCE,
    SITUATION,
    SYMPTOMS,
    shows_log,
)
from rules.text.doubt import is_form_for_defects
from rules.text.placeholders import is_help, says_something
from rules.text.scenario import begins_with_action, sentences_of
from rules.text.sections import Tree, with_code_as_prose
from rules.text.title_mood import orders, states


class Sign(StrEnum):
    """A sign that a text reports a defect, or that it does not."""

    TITLE_IS_ORDER = "title_is_order"  # the title begins with a verb of command
    TITLE_NAMES_FAULT = "title_names_fault"  # the title names a fault and is not a command
    TITLE_ORDERS_ABOUT_FAULT = "title_orders_about_fault"  # the title is a command and names a fault
    TITLE_HINTS_AT_FAULT = "title_hints_at_fault"  # the title has a word that often goes with a fault
    TITLE_NAMES_SITUATION = "title_names_situation"  # the title has "when", "after", "only" and the like
    TITLE_IS_STATEMENT = "title_is_statement"  # the title says what something is or does
    TITLE_SAYS_WRONG = "title_says_wrong"  # the title has "wrong", "did not", "ends up" and the like
    TITLE_SAYS_FIX = "title_says_fix"  # the title begins with a form of "fix"
    TITLE_SAYS_BUG = "title_says_bug"  # the title contains "bug", "defect" or "regression"
    TITLE_SAYS_FEATURE = "title_says_feature"  # the title is marked as a feature, a chore or a look back
    TITLE_WISHES = "title_wishes"  # the title says what should be
    TITLE_NAMES_WORK = "title_names_work"  # the title has "improvement", "support for" and the like
    TITLE_DENIES = "title_denies"  # the title says what should not be
    ACTIONS = "actions"  # at least three sentences are actions of a user
    OBSERVED = "observed"  # somebody saw it happen
    CAUSES_FAULT = "causes_fault"  # something leads to a fault
    DEVIATES = "deviates"  # it is not as a design or a document says that it should be
    FAULT_IN_CIRCUMSTANCE = "fault_in_circumstance"  # something goes wrong in a circumstance
    FAULT_DESCRIBED = "fault_described"  # the first sentences describe a fault
    PRESENT_STATE = "present_state"  # the present state is described
    SAYS_BUG = "says_bug"  # the first sentences name a bug or its fix
    IMPORTED = "imported"  # the text was taken over from a bug tracker
    LOG = "log"  # a log or trace is shown
    REPORT_SECTIONS = "report_sections"  # at least two of steps, expected and actual have sections
    FORM = "form"  # headings ask for two of them, whether filled or not, and none for acceptance criteria
    REPRODUCTION_SECTION = "reproduction_section"  # a section is about reproduction
    BUG_SECTION = "bug_section"  # a section describes the bug
    ENVIRONMENT = "environment"  # the environment is given
    VERSION = "version"  # a version is named
    WISH = "wish"  # something is needed or wanted
    STORY_SENTENCE = "story_sentence"  # the text has a story sentence
    TICK_BOXES = "tick_boxes"  # boxes to tick outside a form
    ACCEPTANCE_SECTION = "acceptance_section"  # acceptance criteria have a section
    PROPOSAL_SECTION = "proposal_section"  # a section proposes something new


# Weights in rounded halves. Most come from a logistic model on issues of known type, those of marks in the title and of
# headings from labelled issues. Of labelled issues that are not bugs by type, 9 of 10 reports are recognised; of the
# others, 1 in 35 is taken for a report.
WEIGHTS: Mapping[Sign, int] = {
    Sign.TITLE_IS_ORDER: -3,
    Sign.TITLE_NAMES_FAULT: 3,
    Sign.TITLE_ORDERS_ABOUT_FAULT: 2,
    Sign.TITLE_HINTS_AT_FAULT: 2,
    Sign.TITLE_NAMES_SITUATION: 1,
    Sign.TITLE_IS_STATEMENT: 2,
    Sign.TITLE_SAYS_WRONG: 3,
    Sign.TITLE_SAYS_FIX: 2,
    Sign.TITLE_SAYS_BUG: 2,
    Sign.TITLE_SAYS_FEATURE: -5,
    Sign.TITLE_WISHES: -3,
    Sign.TITLE_NAMES_WORK: -2,
    Sign.TITLE_DENIES: 3,
    Sign.ACTIONS: 1,
    Sign.OBSERVED: 2,
    Sign.CAUSES_FAULT: 2,
    Sign.DEVIATES: 3,
    Sign.FAULT_IN_CIRCUMSTANCE: 1,
    Sign.FAULT_DESCRIBED: 1,
    Sign.PRESENT_STATE: -1,
    Sign.SAYS_BUG: 2,
    Sign.IMPORTED: 1,
    Sign.LOG: 2,
    Sign.REPORT_SECTIONS: 4,
    Sign.FORM: 1,
    Sign.REPRODUCTION_SECTION: 3,
    Sign.BUG_SECTION: 3,
    Sign.ENVIRONMENT: 1,
    Sign.VERSION: 1,
    Sign.WISH: -2,
    Sign.STORY_SENTENCE: -4,
    Sign.TICK_BOXES: -1,
    Sign.ACCEPTANCE_SECTION: -1,
    Sign.PROPOSAL_SECTION: -3,
}
POSSIBLY, LIKELY, PLAINLY = 1, 3, 5
"""From the first weight on, a text is not asked for what only a wish needs; from the second, it is read as a report;
from the third, it is also asked for what a report lacks."""

_TITLE_CHARS = 300
_OPENING_CHARS = 800
# Boxes in these sections belong to the template; elsewhere they are a list of tasks.
_FORMS = frozenset(("acceptance", "check", "ready-checklist"))
_LOG_CHARS = 4000

_WRONG = caseless(
    r"\b(?:did not|incorrect(?:ly)?|wrong(?:ly)?|inaccurate|overflows?|warns?|complains?|leads? to|ends? up|gives|behaves|remains)\b"
)
_ACTIONS = 3
_FIX = caseless(r"\W*(?:(?:bug|hot)?[\s-]?fix(?:up|es|ing)?|repairs?)\b")
_BUG = caseless(r"\b(?:bugs?|regression|defect)\b")
# "(feat): ...", "[Polish] ...", "Feature request: ...", "Post-mortem: ..." in front of a title.
_FEATURE = caseless(
    r"^\W*(?:feat(?:ure)?(?: request)?|chore|refactor(?:ing)?|polish|enhancement|improvement|spike|docs?|story|epic|proposal|idea|rfc|rca|root cause analysis|post-?mortem|incident review|retro(?:spective)?)\b\W*[\])}:]"
)
# "TypeError: total is null", "Error: Call to a member of null": the title is the message of an error.
_MESSAGE = regex(r"\W*(?:\w+\.)*(?:[A-Z]\w*)?(?:Error|Exception|Panic|Fatal error): ?\w")
_DENIES = caseless(r"\b(?:should not|shouldn't|must not)\b")
_WISHES = caseless(r"\bshould\b(?! not\b)")
_WORK = caseless(
    r"\b(?:improvements?|enhancements?|documentation|tutorial|blog|workaround for|support for|ability to|options? (?:to|for)|proposal|review)\b"
)
_PROPOSES = caseless(
    r"\W*(?:proposal|problem to solve|intended users?|further details|feature(?: description| request)?)\W*"
)
_SEEN = caseless(
    r"\b(?:i|we|users?|customers?|clients?|they)(?:(?:'ve|'m| have| am| are| has| just| also) ?){0,3}"
    r"\s*(?:observ(?:e|ed)|saw|see(?:ing)?|seen|notic(?:e|ed)|encounter(?:ed|ing)?|gets?|got|getting|receiv(?:e|ed|ing)|experienc\w+|report(?:ed|ing)|found|hit|ran into|discovered)\b"
    r"|\byou(?:'ll| will)? (?:see|get|notice|find|receive)\b|\b(?:i am|you are|is) presented with\b|\bit (?:appears|seems|looks like)\b|\breported by\b|\balert(?:s|ed)? (?:in|on|from|fired|for)\b|\bstarted (?:getting|seeing|failing|happening)\b"
    r"|\b(?:happen(?:s|ing|ed)|occur(?:s|ring|red))\b|\breproduc",
    parts="observ|saw|see|notic|encounter|get|got|receiv|experienc|report|found|find|hit|ran into|discovered|presented with|appears|looks like|alert|started|happen|occur|reproduc",
)
_CIRCUMSTANCE = caseless(
    r"\b(?:when(?:ever)?|if|after|while|upon|every time)\b", parts="when|if|after|while|upon|every"
)
_SAYS_BUG = caseless(
    r"\b(?:this|the) (?:bug|defect|regression)\b(?! ?\?| template| report)|\bis a (?:bug|regression)\b(?! ?\?)"
    r"|\b(?:should|must|needs? to|has to) be (?:fixed|corrected|repaired)\b|\b(?:to|please|we should|need to) fix (?:this|it|that|the)\b|\bthe fix\b",
    parts="bug|defect|regression|fix|be corrected|be repaired",
)
# "The call is missing, which leads to a leak", "this causes the page to crash".
_CAUSES = caseless(
    r"\b(?:results? (?:in|to)|resulting in|leads? to|leading to|causes?|causing|which makes?) (?:[\w'-]+ ){0,5}(?:crash\w*|fail(?:s|ed|ing|ures?)?|hangs?|freez\w+|leaks?|\w*errors?|\w*exceptions?|corrupt\w*|deadlocks?|loss|lost|not (?:be|to|being|work|show)|never)\b",
    parts="result|lead|caus|which make",
)
# "According to the design, the gap should be 8 pixels".
_DEVIATES = caseless(
    r"\b(?:according to|as per|per) (?:the |our )?[^.!?\n]{3,80}\bshould (?:be|have|show|return|use)\b"
    r"|\b(?:(?:does|do)(?: not|n't)|not) (?:match(?:ing)?|follow(?:ing)?|conform(?:ing)? to|comply(?:ing)? with) (?:the |our )?(?:\w+ )?(?:designs?|mock-?ups?|spec\w*|documentation|docs?|standard|guidelines?|figma)\b",
    parts="according to|per |match|follow|conform|comply",
)
_IMPORTED = caseless(
    r"\b(?:original(?:ly)? report(?:ed|er)?|migrated from (?:bugzilla|mantis|launchpad|trac)|(?:bugzilla|mantis|launchpad|trac) (?:id|bug|issue|ticket))\b",
    parts="report|migrated|bugzilla|mantis|launchpad|trac",
)
_PRESENT_STATE = caseless(r"\b(?:currently|right now|at the moment)\b", parts="currently|right now|moment")
_ENVIRONMENT = caseless(
    r"^[^\w\n]*(?:os|os build|platform|version|browser|device|sdk|environment|product version|build|java|python|operating system|affected version|package|architecture)\b[^\n:]{0,20}:",
    re.MULTILINE,
    parts=":",
)
_VERSION = caseless(
    r"\b(?:v|version |sdk )?\d+\.\d+(?:\.\d+)+\b|\b(?:windows|android|ios|chrome|safari|firefox|ubuntu|iphone|ipad|macos|os x|galaxy|nexus|pixel)\b ?\d",
    parts="0|1|2|3|4|5|6|7|8|9",
)
_WANTED = caseless(
    r"\b(?:we|this|task|issue|story) (?!should be (?:fixed|investigated|looked)\b)(?:needs?|should|must|want|have to|will|is to)\b|\bneeds? to be\b|\bgoal\b|\bin order to\b|\bproposal\b|\blet's\b|\bwould (?:like|help)\b|\bwould be\b(?! (?:then |now )?(?:\w{2,}(?:ed|en)|read|sent|shown|lost)\b)|\bit'd be\b",
    parts="need|should|must|want|have to|will|is to|goal|in order|proposal|let's|would|it'd",
)


class Report(StrEnum):
    """How plainly a text reports a defect.

    One that possibly does is read as a wish, one that likely does as a report; both are asked for nothing.
    """

    NONE = "none"
    POSSIBLE = "possible"
    LIKELY = "likely"
    PLAIN = "plain"


def reports_defect(title: str, tree: Tree, kind: Kind, *, is_story: bool) -> Report:
    """Whether the issue is a bug by its type, or a text of another type that reports a defect."""
    if kind is Kind.BUG:
        return Report.PLAIN
    if kind is Kind.EPIC:
        return Report.NONE
    signs = set(_signs_of_title(title[:_TITLE_CHARS])) | set(_signs_of_text(tree))
    if is_story:
        signs.add(Sign.STORY_SENTENCE)
    weight = sum(WEIGHTS[sign] for sign in signs)
    return next((report for report, least in _LEAST if weight >= least), Report.NONE)


_LEAST = ((Report.PLAIN, PLAINLY), (Report.LIKELY, LIKELY), (Report.POSSIBLE, POSSIBLY))


def _signs_of_title(title: str) -> Iterator[Sign]:
    prefix = PREFIX.match(title)
    bare = (title[prefix.end() :] if prefix is not None else title).lstrip(" :–-") or title
    message = _MESSAGE.match(title) is not None
    fault = message or FAULT.search(title) is not None
    if orders(bare) and not message:
        yield Sign.TITLE_IS_ORDER
        if fault:
            yield Sign.TITLE_ORDERS_ABOUT_FAULT
    else:
        if fault:
            yield Sign.TITLE_NAMES_FAULT
        if states(bare):
            yield Sign.TITLE_IS_STATEMENT
        if _WRONG.search(title):
            yield Sign.TITLE_SAYS_WRONG
    if _FIX.match(bare) or _FIX.match(title):
        yield Sign.TITLE_SAYS_FIX
    for sign, pattern in _IN_TITLE:
        if pattern.search(title):
            yield sign


_IN_TITLE = (
    (Sign.TITLE_HINTS_AT_FAULT, MAYBE_FAULT),
    (Sign.TITLE_NAMES_SITUATION, SITUATION),
    (Sign.TITLE_SAYS_BUG, _BUG),
    (Sign.TITLE_SAYS_FEATURE, _FEATURE),
    (Sign.TITLE_DENIES, _DENIES),
    (Sign.TITLE_WISHES, _WISHES),
    (Sign.TITLE_NAMES_WORK, _WORK),
)


def _signs_of_text(tree: Tree) -> Iterator[Sign]:
    blocks = [block for section in tree.sections for block in section.blocks]
    opening = _opening(tree)
    for sign, pattern in _IN_OPENING:
        if pattern.search(opening):
            yield sign
    sentences = SENTENCE.findall(opening)
    if any(_CIRCUMSTANCE.search(sentence) and _goes_wrong(sentence) for sentence in sentences):
        yield Sign.FAULT_IN_CIRCUMSTANCE
    if any(block.kind is CODE and shows_log(block.text[:_LOG_CHARS]) for block in blocks):
        yield Sign.LOG
    if _has_boxes(tree):
        yield Sign.TICK_BOXES
    if sum(map(_actions_in, blocks)) >= _ACTIONS:
        yield Sign.ACTIONS
    yield from _signs_of_headings(tree)


def _has_boxes(tree: Tree) -> bool:
    """Whether there are boxes to tick outside a form; those of a form for defects belong to it."""
    return not is_form_for_defects(tree.sections) and any(
        block.kind is TICK for section in tree.sections if section.role not in _FORMS for block in section.blocks
    )


def _actions_in(block: Block) -> int:
    """The number of sentences of a list or a paragraph that begin with an action of a user."""
    if block.kind not in (ITEM, PARAGRAPH):
        return 0
    lines = block.text[:_LOG_CHARS].split("\n")
    return sum(begins_with_action(sentence) for line in lines for sentence in sentences_of(line))


_IN_OPENING = (
    (Sign.OBSERVED, _SEEN),
    (Sign.CAUSES_FAULT, _CAUSES),
    (Sign.DEVIATES, _DEVIATES),
    (Sign.FAULT_DESCRIBED, DESCRIBED_FAULT),
    (Sign.SAYS_BUG, _SAYS_BUG),
    (Sign.IMPORTED, _IMPORTED),
    (Sign.PRESENT_STATE, _PRESENT_STATE),
    (Sign.VERSION, _VERSION),
    (Sign.WISH, _WANTED),
)


def _signs_of_headings(tree: Tree) -> Iterator[Sign]:
    headed = [
        (section.role, section.heading.text)
        for section in tree.sections
        if section.heading is not None and any(map(_is_written, section.blocks))
    ]
    roles = {role for role, _ in headed}
    if len(roles & {"steps", "expected", "actual"}) >= 2:
        yield Sign.REPORT_SECTIONS
    if is_form_for_defects(tree.sections):
        yield Sign.FORM
    if any(REPRODUCES.search(heading) for _, heading in headed):
        yield Sign.REPRODUCTION_SECTION
    if any(NAMES_BUG.search(heading) for _, heading in headed):
        yield Sign.BUG_SECTION
    if "environment" in roles or any(
        _ENVIRONMENT.search(block.text[:_LOG_CHARS]) for section in tree.sections for block in section.blocks
    ):
        yield Sign.ENVIRONMENT
    if any(section.role == "acceptance" and section.blocks for section in tree.sections):
        yield Sign.ACCEPTANCE_SECTION
    if any(_PROPOSES.fullmatch(heading) for _, heading in headed):
        yield Sign.PROPOSAL_SECTION


def _is_written(block: Block) -> bool:
    """Whether a block is content of the author rather than help of the template."""
    return says_something(block) and not is_help(block)


def _goes_wrong(sentence: str) -> bool:
    return SYMPTOMS.search(sentence) is not None or FAULT.search(sentence) is not None


def _opening(tree: Tree) -> str:
    """The beginning of the text, before any plan: prose under no heading, or under one about the problem or the goal."""
    introduced = [
        block
        for section in tree.sections
        if section.role in ("", "context", "value", "actual")
        for block in section.blocks
        if not is_help(block)
    ]
    texts: list[str] = []
    room = _OPENING_CHARS
    for block in with_code_as_prose(introduced):
        if block.kind is not CODE and room > 0:
            texts.append(block.text[:room])
            room -= len(block.text) + 1
    return " ".join(texts)
