"""Undo of a run: the inverse of each of its writes, where the value has not changed since.

Undo is a person's decision, so what it removes counts as refused: it is not written again before the pause ends.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from rules.model import NO_MARKS, UNDONE, Issue, OwnMarks
from rules.plan.changes import (
    COMMENT,
    PAGE,
    SPRINT,
    AddLabel,
    Change,
    ChangePlan,
    DeleteComment,
    LeftAsIs,
    MoveToBacklog,
    MoveToSprint,
    PutComment,
    PutPage,
    RemoveLabel,
    mark_of,
)
from rules.plan.comment import CommentBody
from rules.plan.grounds import UNDO, Ground
from rules.plan.marks import COMMENT_REASON, PUT_BACK
from rules.plan.page_body import NO_PAGE, PageBody

NO_PAGES: Mapping[str, PageBody] = MappingProxyType({})
NONE_LATER: Mapping[tuple[str, str], str] = MappingProxyType({})
_LEAVES_SOMETHING = (AddLabel, PutComment, MoveToSprint)


@dataclass(frozen=True, slots=True)
class Written:
    """One successful write, and our marks on the issue before it."""

    change: Change
    before: OwnMarks


def plan_undo(  # noqa: PLR0913 - a run, the issues as they are, and what the journal knows
    run: str,
    written: Sequence[Written],
    issues: Mapping[str, Issue],
    memory: Mapping[str, OwnMarks],
    notes: Mapping[str, CommentBody],
    *,
    pages: Mapping[str, PageBody] = NO_PAGES,
    unwanted: Callable[[Issue], str] = lambda _: "",
    later: Mapping[tuple[str, str], str] = NONE_LATER,
) -> ChangePlan:
    """The plan with the inverse of what `run` wrote, last write first.

    `issues` are the issues as they are now, by id (a missing one no longer exists); `memory` is what is ours now;
    `notes` and `pages` hold the earlier texts of comments and of the living page by digest; `later` names, by issue id
    and mark, the newest later run that wrote it. What cannot be undone is in the plan's `left_as_is` with who changed
    it, and so is what would be added to an issue to which people want nothing to be written: `unwanted` says why.
    """
    changes: list[Change] = []
    conflicts: list[LeftAsIs] = []
    marks = dict(memory)
    for one in reversed(written):
        issue = issues.get(one.change.issue)
        inverse = "the issue no longer exists" if issue is None else _inverse(one, issue, run, (notes, pages), later)
        if isinstance(inverse, _LEAVES_SOMETHING) and issue is not None and (why := unwanted(issue)):
            inverse = why
        if isinstance(inverse, str):
            conflicts.append(LeftAsIs(key=one.change.key, what=mark_of(one.change), why=inverse))
            continue
        changes.append(replace(inverse, grounds=(Ground(rule=UNDO, says=inverse.why),)))
        marks[inverse.issue] = _refused(marks.get(inverse.issue, NO_MARKS), one)
    touched = {change.issue: marks[change.issue] for change in changes}
    ordered = sorted(changes, key=lambda change: (isinstance(change, MoveToBacklog | MoveToSprint), change.issue))
    return ChangePlan(changes=tuple(ordered), left_as_is=tuple(conflicts), in_scope=len(issues), marks=touched)


def _inverse(
    one: Written,
    issue: Issue,
    run: str,
    earlier: tuple[Mapping[str, CommentBody], Mapping[str, PageBody]],
    later: Mapping[tuple[str, str], str],
) -> Change | str:
    """The change that undoes one write, or the reason why it is left as it is."""
    mark = mark_of(one.change)
    other_run = later.get((issue.id, mark), "")
    by_run = _by_run(other_run)
    why = f"undo of run {run}"
    if isinstance(one.change, PutComment | DeleteComment):
        return _inverse_comment(one, issue, why, earlier[0], by_run)
    if isinstance(one.change, PutPage):
        page = replace(one.change, key=issue.key)
        return inverse_of_page(page, one.before.page, issue.marks.page, run, earlier[1], other_run)
    person, changed = issue.changed_by.get(mark, ""), _changed_since(one.change, issue)
    if person or changed:
        return f"{person} since" if person else by_run or changed
    return _opposite(one.change, issue, why, dict(one.before.reasons))


def _changed_since(change: AddLabel | RemoveLabel | MoveToSprint | MoveToBacklog, issue: Issue) -> str:
    """What a person did where what a write left is no longer so, "" where it is."""
    match change:
        case AddLabel(label=label):
            return "" if label in issue.labels else "a person removed it since"
        case RemoveLabel(label=label):
            return "a person added it again since" if label in issue.labels else ""
        case MoveToSprint(sprint=sprint):
            return "" if issue.sprint == sprint else "a person moved the issue since"
        case MoveToBacklog():
            return "a person moved the issue since" if issue.sprint is not None else ""


def _opposite(
    change: AddLabel | RemoveLabel | MoveToSprint | MoveToBacklog, issue: Issue, why: str, reasons: Mapping[str, str]
) -> Change:
    """The inverse of a write; `reasons` are those of the labels that were there before it."""
    where: dict[str, Any] = {"issue": issue.id, "key": issue.key, "why": why}
    match change:
        case AddLabel(label=label):
            return RemoveLabel(label=label, **where)
        case RemoveLabel(label=label):
            return AddLabel(label=label, reason=reasons.get(label, ""), **where)
        case MoveToSprint(sprint=sprint):
            return MoveToBacklog(sprint=sprint, **where)
        case MoveToBacklog(sprint=sprint):
            return MoveToSprint(sprint=sprint, **where)


def _inverse_comment(
    one: Written, issue: Issue, why: str, notes: Mapping[str, CommentBody], by_run: str
) -> Change | str:
    comment = issue.marks.comment
    if conflict := _comment_conflict(one, issue, by_run):
        return conflict
    if not one.before.comment_digest:
        if comment is None:
            return "a person deleted it since"
        return DeleteComment(issue=issue.id, key=issue.key, comment=comment, why=why)
    earlier = notes.get(one.before.comment_digest)
    if earlier is None:
        return "its earlier text is no longer stored"
    # A comment that was deleted is ours again, with its reason.
    reason = COMMENT_REASON if isinstance(one.change, DeleteComment) else ""
    return PutComment(issue=issue.id, key=issue.key, note=earlier, why=why, comment=comment, reason=reason)


def inverse_of_page(
    change: PutPage, before: str, there: str, run: str, pages: Mapping[str, PageBody], later: str
) -> PutPage | str:
    """The change that restores our part of a page as it was before `run`, or the reason why it is left as it is.

    `before` and `there` are the digests of our part before the run and now, `pages` the texts by digest, and `later`
    the newest later run that wrote the page, "" for none.
    """
    if there != change.page.digest:
        return _by_run(later) or "the page has changed since"
    earlier = pages.get(before) if before else NO_PAGE
    if earlier is None:
        return "its earlier text is no longer stored"
    return replace(change, page=earlier, why=f"undo of run {run}", grounds=())


def _by_run(run: str) -> str:
    return f"a later run of readyline ({run}) changed it" if run else ""


def _comment_conflict(one: Written, issue: Issue, by_run: str) -> str:
    """Why our comment is left as it is, "" where it still says what was written and nobody took it over."""
    deed = issue.changed_by.get(issue.marks.comment or "", "")
    wrote = one.change.note.digest if isinstance(one.change, PutComment) else ""
    if deed or issue.marks.comment_digest == wrote:
        return deed
    return by_run or ("the comment has changed since" if issue.marks.comment else "a person deleted it since")


def _refused(marks: OwnMarks, one: Written) -> OwnMarks:
    """The marks after undoing a write: what it wrote counts as refused until somebody resumes.

    What an undo wrote is taken back together with what that undo refused, or ended refusing.
    """
    change = one.change
    if any(ground.rule == UNDO for ground in change.grounds):
        mark = f"{UNDONE}{mark_of(change)}"
        before = (entry for entry in one.before.refused if entry[0] == mark)
        return replace(marks, refused=(*(entry for entry in marks.refused if entry[0] != mark), *before))
    entries: tuple[tuple[str, str], ...]
    match change:
        case AddLabel(label=label, reason=reason):
            entries = ((label, dict(marks.reasons).get(label, reason)),)
        case PutComment(note=note, comment=None, reason=reason):
            entries = ((COMMENT, reason or COMMENT_REASON), (COMMENT, note.digest))
        case PutComment(note=note):
            entries = ((COMMENT, note.digest),)
        case MoveToSprint(sprint=sprint):
            entries = ((SPRINT, sprint),)
        case PutPage():
            entries = ((PAGE, PAGE),)
        case RemoveLabel(label=label):
            entries = ((label, PUT_BACK),)
        case DeleteComment():
            entries = ((COMMENT, PUT_BACK),)
        case _:
            return marks
    undone = ((f"{UNDONE}{mark}", reason) for mark, reason in entries)
    return replace(marks, refused=tuple(dict.fromkeys((*marks.refused, *undone))))
