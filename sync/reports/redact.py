"""A report as it may be shared: an issue with a security level is there by its key and its verdict, no more.

Every renderer starts from `shared(report)`, so none of them can leak by oversight. Only `why KEY`, asked by a person
for that very issue, tells everything.
"""

from collections.abc import Set as AbstractSet
from dataclasses import replace

from rules.commands import Commands
from rules.document import EMPTY
from rules.model import Issue, Snapshot
from rules.plan.changes import Change, ChangePlan
from rules.plan.outcome import Outcome
from rules.planning.model import SprintProposal
from rules.rule import Finding
from rules.verdict import Judgement, RuleError, Verdict
from sync.reports.base import RunReport

WITHHELD = "Withheld: the issue is restricted."
NO_TITLE = "(restricted)"
TELLTALE = 40  # letters of a title that give it away


def shared(report: RunReport) -> RunReport:
    """The report with every text of a restricted issue withheld. The plan keeps the digest it was reviewed under."""
    hidden = frozenset(issue.key for issue in report.snapshot.by_key.values() if issue.restricted)
    if not hidden:
        return report
    return replace(
        report,
        snapshot=_snapshot(report.snapshot),
        judgement=_judgement(report.judgement, hidden, _titles(report.snapshot)),
        proposal=_proposal(report.proposal),
        plan=_plan(report.plan, hidden),
        commands=_heard(report.commands, frozenset(i.id for i in report.snapshot.by_key.values() if i.restricted)),
        outcomes=tuple(_outcome(outcome, hidden) for outcome in report.outcomes),
    )


def shared_verdict(verdict: Verdict) -> Verdict:
    """The verdict with rule, severity and fingerprint of each finding, and nothing of a restricted issue's text."""
    if not verdict.issue.restricted:
        return verdict
    return replace(verdict, issue=_issue(verdict.issue), findings=tuple(map(_withheld, verdict.findings)))


def _issue(issue: Issue) -> Issue:
    if not issue.restricted:
        return issue
    # `fields` stay: they tell whose issue it is, and no report shows them.
    return replace(issue, title=NO_TITLE, document=EMPTY, acceptance=None, comments=(), attachments=())


def _snapshot(snapshot: Snapshot) -> Snapshot:
    issues = tuple(map(_issue, snapshot.issues))
    return replace(snapshot, issues=issues, history=tuple(map(_issue, snapshot.history)))


def _titles(snapshot: Snapshot) -> frozenset[str]:
    """How the titles of restricted issues begin: a rule may quote one in a finding about another issue."""
    begun = (issue.title[:TELLTALE].strip() for issue in snapshot.by_key.values() if issue.restricted)
    return frozenset(filter(None, begun))


def _discreet(verdict: Verdict, titles: AbstractSet[str]) -> Verdict:
    findings = tuple(_withheld(finding) if _quotes(finding, titles) else finding for finding in verdict.findings)
    return shared_verdict(replace(verdict, findings=findings))


def _quotes(finding: Finding, titles: AbstractSet[str]) -> bool:
    said = "\n".join((finding.message, finding.hint, finding.waived, *(quote.text for quote in finding.evidence)))
    return any(title in said for title in titles)


def _withheld(finding: Finding) -> Finding:
    return replace(finding, message=WITHHELD, hint="", evidence=(), phrase=WITHHELD, waived=finding.waived and WITHHELD)


def _judgement(judgement: Judgement, hidden: AbstractSet[str], titles: AbstractSet[str]) -> Judgement:
    errors = tuple(
        RuleError(rule=error.rule, subject=error.subject, error=WITHHELD) if error.subject in hidden else error
        for error in judgement.errors
    )
    return replace(judgement, verdicts=tuple(_discreet(one, titles) for one in judgement.verdicts), errors=errors)


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


def _heard(commands: Commands, hidden: AbstractSet[str]) -> Commands:
    fresh = (replace(answer, text=WITHHELD) if answer.issue in hidden else answer for answer in commands.fresh)
    return replace(commands, fresh=tuple(fresh))


def _change(change: Change, hidden: AbstractSet[str]) -> Change:
    return replace(change, why=WITHHELD) if change.key in hidden else change


def _outcome(outcome: Outcome, hidden: AbstractSet[str]) -> Outcome:
    if outcome.change.key not in hidden:
        return outcome
    reason = WITHHELD if outcome.reason else ""
    return replace(outcome, change=_change(outcome.change, hidden), reason=reason)
