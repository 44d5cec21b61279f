"""A report as it may be shared: an issue with a security level is there by its key and its verdict, no more.

Every renderer starts from `shared(report)`, so none of them can leak by oversight. Only `why KEY`, asked by a person
for that very issue, tells everything.
"""

from collections.abc import Set as AbstractSet
from dataclasses import replace

from rules.changes import Change, ChangePlan
from rules.commands import Heard
from rules.document import EMPTY
from rules.model import Issue, Snapshot
from rules.planning.model import SprintProposal
from rules.verdict import Judgement, RuleError, Verdict
from sync.reports.base import RunReport
from sync.trackers.base import Outcome

WITHHELD = "Withheld: this issue is restricted."
NO_TITLE = "(restricted)"


def shared(report: RunReport) -> RunReport:
    """The report with every text of a restricted issue withheld. The plan keeps the digest it was reviewed under."""
    hidden = frozenset(issue.key for issue in report.snapshot.by_key.values() if issue.restricted)
    if not hidden:
        return report
    return replace(
        report,
        snapshot=_snapshot(report.snapshot),
        judgement=_judgement(report.judgement, hidden),
        proposal=_proposal(report.proposal),
        plan=_plan(report.plan, hidden),
        heard=_heard(report.heard, frozenset(i.id for i in report.snapshot.by_key.values() if i.restricted)),
        outcomes=tuple(_outcome(outcome, hidden) for outcome in report.outcomes),
    )


def shared_verdict(verdict: Verdict) -> Verdict:
    """The verdict with rule, severity and fingerprint of each finding, and nothing of a restricted issue's text."""
    if not verdict.issue.restricted:
        return verdict
    findings = tuple(replace(finding, message=WITHHELD, hint="", evidence=()) for finding in verdict.findings)
    return replace(verdict, issue=_issue(verdict.issue), findings=findings)


def _issue(issue: Issue) -> Issue:
    if not issue.restricted:
        return issue
    # `fields` stay: they tell whose issue it is, and no report shows them.
    return replace(issue, title=NO_TITLE, document=EMPTY, acceptance=None, comments=(), attachments=())


def _snapshot(snapshot: Snapshot) -> Snapshot:
    issues = tuple(map(_issue, snapshot.issues))
    return replace(snapshot, issues=issues, history=tuple(map(_issue, snapshot.history)))


def _judgement(judgement: Judgement, hidden: AbstractSet[str]) -> Judgement:
    errors = tuple(
        RuleError(rule=error.rule, subject=error.subject, error=WITHHELD) if error.subject in hidden else error
        for error in judgement.errors
    )
    return replace(judgement, verdicts=tuple(map(shared_verdict, judgement.verdicts)), errors=errors)


def _proposal(proposal: SprintProposal) -> SprintProposal:
    placements = tuple(
        replace(placed, issue=_issue(placed.issue), why=WITHHELD) if placed.issue.restricted else placed
        for placed in proposal.placements
    )
    left_out = tuple(
        replace(left, issue=_issue(left.issue), why=WITHHELD) if left.issue.restricted else left
        for left in proposal.left_out
    )
    return replace(proposal, placements=placements, left_out=left_out)


def _plan(plan: ChangePlan, hidden: AbstractSet[str]) -> ChangePlan:
    changes = tuple(_change(change, hidden) for change in plan.changes)
    standing = tuple(replace(one, why=WITHHELD) if one.key in hidden else one for one in plan.standing)
    return replace(plan, changes=changes, standing=standing)


def _heard(heard: Heard, hidden: AbstractSet[str]) -> Heard:
    fresh = (replace(answer, text=WITHHELD) if answer.issue in hidden else answer for answer in heard.fresh)
    return replace(heard, fresh=tuple(fresh))


def _change(change: Change, hidden: AbstractSet[str]) -> Change:
    return replace(change, why=WITHHELD) if change.key in hidden else change


def _outcome(outcome: Outcome, hidden: AbstractSet[str]) -> Outcome:
    if outcome.change.key not in hidden:
        return outcome
    reason = WITHHELD if outcome.reason else ""
    return replace(outcome, change=_change(outcome.change, hidden), reason=reason)
