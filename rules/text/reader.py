"""Reads the text of one issue: story sentence, criteria, bug report, questions and placeholders."""

from collections.abc import Sequence
from dataclasses import replace

from rules.document import EMPTY, Document
from rules.model import Kind
from rules.text.bug_detection import Report, reports_defect
from rules.text.bug_report import Defect, fails_plainly, read_defect
from rules.text.content import repeats_title, words_of_content
from rules.text.criteria import AcceptanceCriteria, find_criteria, says_case
from rules.text.doubt import is_wish
from rules.text.model import Facts, Quote, Reading, Story, YesNo, YesNoNa
from rules.text.questions import find_questions
from rules.text.scenario import is_surely_scenario
from rules.text.sections import Tree
from rules.text.slots import find_empty_slots, find_slots
from rules.text.story import find_story
from rules.text.vocabulary import STANDARD, Vocabulary

# Jira allows 255; the rest of a longer title is not read.
_TITLE_CHARS = 1000


def read_issue(
    title: str,
    document: Document,
    kind: Kind,
    acceptance: Document | None = None,
    vocabulary: Vocabulary = STANDARD,
) -> Reading:
    """Everything that the rules use of one issue's text.

    `acceptance` is the text of a field of its own for acceptance criteria, `None` where the site has none. `vocabulary`
    is what the site taught. Any document gives a reading, and always the same one.
    """
    whole, title = title, title[:_TITLE_CHARS]
    tree = Tree(vocabulary.sections(document))
    story = find_story(title, vocabulary.written(document.blocks))
    accepted = find_criteria(tree, acceptance.blocks if acceptance is not None else None, vocabulary.written)
    report = reports_defect(title, tree, kind, is_story=story is not None)
    defect = read_defect(title, tree, kind) if report in (Report.LIKELY, Report.PLAIN) else None
    if (
        defect is not None
        and report is Report.LIKELY
        and len(defect.steps) == 1
        and not _is_sure(defect.steps[0], tree)
    ):
        defect = replace(defect, steps=())  # a single sentence that looks like a scenario is as likely a wish
    questions = find_questions(title, tree.sections, is_bug=defect is not None, story=story.quote if story else None)
    empty, slots = tuple(find_empty_slots(tree, vocabulary.is_help)), (*find_slots(tree), *accepted.samples)
    facts = _facts(
        story,
        accepted,
        defect,
        missing="no" if report is Report.PLAIN else "na",
        slots=(*empty, *slots),
        questions=questions,
    )
    actual = defect.actual if defect else None
    empty_slots = tuple(dict.fromkeys((*accepted.empty, *empty)))
    content = words_of_content(tree.sections, (*empty_slots, *slots), acceptance)
    return Reading(
        facts=facts,
        sections=tree.sections,
        story=story,
        criteria=accepted.criteria,
        empty_slots=empty_slots,
        placeholders=slots,
        questions=questions,
        steps=defect.steps if defect else (),
        expected=defect.expected if defect else None,
        actual=actual,
        may_be_defect=report is not Report.NONE,
        words=document.words + (acceptance or EMPTY).words,
        content=len(content),
        repeats_title=repeats_title(whole, content),
        is_wish=defect is not None and is_wish(whole, document),
        fails_plainly=facts.expected == "no" and fails_plainly(whole, actual, tree.sections),
        says_case=facts.acceptance == "absent" and says_case(title, document.blocks, tree.sections),
    )


def _is_sure(step: Quote, tree: Tree) -> bool:
    """Whether the only step is one, though the text may be a wish: by its heading, or by much that speaks for it."""
    return any(section.role == "steps" for section in tree.sections) or is_surely_scenario(step.text)


def _facts(
    story: Story | None,
    accepted: AcceptanceCriteria,
    defect: Defect | None,
    *,
    missing: YesNoNa,
    slots: Sequence[Quote],
    questions: Sequence[Quote],
) -> Facts:
    return Facts(
        story_form=_yes(story is not None),
        story_benefit=_yes(bool(story.benefit)) if story is not None else "na",
        acceptance="na" if defect is not None else accepted.presence,
        steps="yes" if defect is not None and defect.steps else missing,
        expected="yes" if defect is not None and defect.expected else missing,
        actual="yes" if defect is not None and defect.actual else missing,
        placeholder=_yes(bool(slots)),
        open_question=_yes(bool(questions)),
        criteria=0 if defect is not None else len(accepted.criteria),
    )


def _yes(claim: bool) -> YesNo:  # noqa: FBT001 - the function only turns it into a word
    return "yes" if claim else "no"
