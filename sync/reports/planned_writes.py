"""What a run writes, as people read it: texts of comments and pages, properties, outcomes, and what is left alone."""

from collections.abc import Callable

from rules.model import NO_MARKS, OwnMarks
from rules.plan.changes import Change, PutComment, PutPage, identity_of
from rules.plan.comment import CommentBody
from rules.plan.marks import after
from rules.plan.outcome import Outcome
from rules.plan.page_body import PageBody
from sync.reports.base import RunReport
from sync.reports.redact import WITHHELD

NOT_GIVEN = "Nothing of this is written, because [write_back] enabled is false."


def outcome_of(report: RunReport) -> Callable[[Change], Outcome | None]:
    """The outcome of a planned change, found by what it writes: its reason may have changed until it was written."""
    outcomes = {identity_of(one.change): one for one in report.outcomes}
    return lambda change: outcomes.get(identity_of(change))


def written_texts(report: RunReport) -> dict[Change, str]:
    """The text of each planned comment and page, as it will be read; nothing of it for a restricted issue."""
    texts: dict[Change, str] = {}
    for change in report.plan.changes:
        match change:
            case PutComment(note=note):
                texts[change] = _shown(change, comment_text(note), report)
            case PutPage(page=page):
                texts[change] = _shown(change, page_text(page), report)
            case _:
                pass
    return texts


def _shown(change: Change, text: str, report: RunReport) -> str:
    issue = report.snapshot.by_id.get(change.issue)
    is_restricted = issue is not None and issue.restricted
    return WITHHELD if is_restricted or any(title in text for title in report.withheld) else text


def comment_text(note: CommentBody) -> str:
    """What a comment says, line by line, as it is read."""
    fixes = (f"- {fix.message} {fix.hint}".rstrip() + (f" [{fix.name}]" if fix.name else "") for fix in note.fixes)
    passed = f"Passed: {', '.join(note.passed)}" if note.passed else ""
    return "\n".join(filter(None, (note.headline, note.summary, *fixes, passed, *note.answers, note.footer)))


def page_text(page: PageBody) -> str:
    """What our part of the living page says, line by line, as it is read."""
    return "\n".join(filter(None, (page.title, *page.lines, *(box.text for box in page.boxes), page.link)))


def properties(report: RunReport) -> dict[str, OwnMarks]:
    """By issue key, the issue property that the plan leaves there: written together with labels, else after the change.

    The id of a comment that is not written yet is unknown.
    """
    marks: dict[str, OwnMarks] = {}
    for change in report.plan.changes:
        marks[change.key] = after(marks.get(change.key, report.plan.marks.get(change.issue, NO_MARKS)), change)
    return marks


def left_alone(report: RunReport) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Why people want nothing to be written to issues of the backlog, each reason with the keys, in rank order."""
    reasons: dict[str, list[str]] = {}
    for key, why in report.plan.unwanted.items():
        reasons.setdefault(why, []).append(key)
    return tuple((why, tuple(keys)) for why, keys in reasons.items())


def answers(report: RunReport) -> tuple[tuple[str, str], ...]:
    """The answers of this run to commands in comments: the issue's key and the answer, and whether it is given."""
    keys = {issue.id: issue.key for issue in report.snapshot.by_key.values()}
    note = "" if report.writes else f" {NOT_GIVEN}"
    return tuple((keys[one.issue], f"{one.text}{note}") for one in report.commands.fresh if one.issue in keys)
