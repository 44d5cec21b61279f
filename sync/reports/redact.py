"""Redaction of shared reports: an issue with a security level is shown with its key and verdict only.

Every renderer starts from `shared(report)`. Only `why KEY` shows everything, because a person asked for that issue.
"""

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import lru_cache

from rules.commands.answers import Commands
from rules.document import EMPTY
from rules.inventory.old_issues import OldIssues
from rules.model import Issue, Snapshot
from rules.plan.changes import Change, ChangePlan
from rules.plan.outcome import Outcome
from rules.planning.model import SprintProposal, as_is
from rules.planning.running import RunningSprint
from rules.rule import Finding
from rules.verdict import Judgement, RuleError, Verdict
from sync.reports.base import RunReport
from sync.reports.quoted_titles import QuotedTitles

WITHHELD = "Withheld: the issue is restricted."
NO_TITLE = "(restricted)"
TITLE_START = 40  # characters of a title that identify it
SAME = 1_000  # texts of findings whose answer is kept: many issues have the same finding


def shared(report: RunReport) -> RunReport:
    """The report without the texts of restricted issues. The plan keeps its digest."""
    hidden = frozenset(issue.key for issue in report.snapshot.by_key.values() if issue.restricted)
    if not hidden:
        return report
    titles = _titles(report.snapshot)
    return replace(
        report,
        backlog=replace(report.backlog, snapshot=_snapshot(report.snapshot), readings={}),  # no report reads texts
        judgement=_judgement(report.judgement, hidden, lru_cache(SAME)(QuotedTitles(titles).any_in)),
        proposal=_proposal(report.proposal),
        running=tuple(map(_running, report.running)),
        plan=_plan(report.plan, hidden),
        old_issues=_old_issues(report.old_issues),
        commands=_commands(report.commands, frozenset(i.id for i in report.snapshot.by_key.values() if i.restricted)),
        outcomes=tuple(_outcome(outcome, hidden) for outcome in report.outcomes),
        withheld=report.withheld or titles,
    )


def shared_verdict(verdict: Verdict) -> Verdict:
    """The verdict without the texts of a restricted issue; rule, severity and fingerprint of findings stay."""
    if not verdict.issue.restricted:
        return verdict
    return replace(_with_findings(verdict, _withheld), issue=_issue(verdict.issue))


def _with_findings(verdict: Verdict, made: Callable[[Finding], Finding]) -> Verdict:
    """The verdict with other findings in each place that holds some."""
    agent = verdict.agent
    return replace(
        verdict,
        findings=tuple(map(made, verdict.findings)),
        due=tuple(replace(one, finding=made(one.finding)) for one in verdict.due),
        agent=None if agent is None else replace(agent, findings=tuple(map(made, agent.findings))),
    )


def _issue(issue: Issue) -> Issue:
    if not issue.restricted:
        return issue
    # `fields` stay: they decide the team of the issue, and no report shows them.
    return replace(issue, title=NO_TITLE, document=EMPTY, acceptance=None, comments=(), attachments=())


def _snapshot(snapshot: Snapshot) -> Snapshot:
    issues = tuple(map(_issue, snapshot.issues))
    return replace(snapshot, issues=issues, history=tuple(map(_issue, snapshot.history)))


def _titles(snapshot: Snapshot) -> frozenset[str]:
    """The starts of restricted titles: a finding about another issue may quote one."""
    starts = (issue.title[:TITLE_START].strip() for issue in snapshot.by_key.values() if issue.restricted)
    return frozenset(filter(None, starts))


def _redacted(verdict: Verdict, quotes: Callable[[str], bool]) -> Verdict:
    if verdict.issue.restricted:
        return shared_verdict(verdict)
    quoting = [finding for finding in _findings(verdict) if quotes(_text(finding))]
    return _with_findings(verdict, lambda one: _withheld(one) if one in quoting else one) if quoting else verdict


def _findings(verdict: Verdict) -> Iterator[Finding]:
    yield from verdict.findings
    yield from (one.finding for one in verdict.due)
    yield from verdict.agent.findings if verdict.agent is not None else ()


def _text(finding: Finding) -> str:
    return "\n".join((finding.message, finding.hint, finding.waived, *(quote.text for quote in finding.evidence)))


def _withheld(finding: Finding) -> Finding:
    return replace(finding, message=WITHHELD, hint="", evidence=(), phrase=WITHHELD, waived=finding.waived and WITHHELD)


def _judgement(judgement: Judgement, hidden: AbstractSet[str], quotes: Callable[[str], bool]) -> Judgement:
    errors = tuple(
        RuleError(rule=error.rule, subject=error.subject, error=WITHHELD) if error.subject in hidden else error
        for error in judgement.errors
    )
    return replace(judgement, verdicts=tuple(_redacted(one, quotes) for one in judgement.verdicts), errors=errors)


def _proposal(proposal: SprintProposal) -> SprintProposal:
    placements = tuple(
        replace(placed, issue=_issue(placed.issue), why=WITHHELD) if placed.issue.restricted else placed
        for placed in proposal.placements
    )
    left_out = tuple(
        replace(left, issue=_issue(left.issue), say=as_is(WITHHELD)) if left.issue.restricted else left
        for left in proposal.left_out
    )
    return replace(proposal, placements=placements, left_out=left_out)


def _old_issues(old: OldIssues | None) -> OldIssues | None:
    if old is None:
        return None
    released = tuple(
        replace(one, issue=_issue(one.issue), because=one.because and WITHHELD) if one.issue.restricted else one
        for one in old.released
    )
    return replace(
        old,
        offers=tuple(replace(one, issue=_issue(one.issue)) for one in old.offers),
        coming=tuple(replace(one, issue=_issue(one.issue)) for one in old.coming),
        kept=tuple(replace(one, issue=_issue(one.issue)) for one in old.kept),
        released=released,
    )


def _running(one: RunningSprint) -> RunningSprint:
    """A running sprint names issues; its changes of scope have keys only."""
    return replace(
        one,
        open=tuple(replace(entry, issue=_issue(entry.issue)) for entry in one.open),
        renegotiate=tuple(replace(entry, issue=_issue(entry.issue)) for entry in one.renegotiate),
        obstacles=tuple(replace(entry, issue=_issue(entry.issue)) for entry in one.obstacles),
    )


def _plan(plan: ChangePlan, hidden: AbstractSet[str]) -> ChangePlan:
    changes = tuple(_change(change, hidden) for change in plan.changes)
    left_as_is = tuple(replace(one, why=WITHHELD) if one.key in hidden else one for one in plan.left_as_is)
    unwanted = {key: WITHHELD if key in hidden else why for key, why in plan.unwanted.items()}  # it may name a person
    left_alone = {key: unwanted.get(key, why) if key in hidden else why for key, why in plan.left_alone.items()}
    return replace(plan, changes=changes, left_as_is=left_as_is, unwanted=unwanted, left_alone=left_alone)


def _commands(commands: Commands, hidden: AbstractSet[str]) -> Commands:
    fresh = (replace(answer, text=WITHHELD) if answer.issue in hidden else answer for answer in commands.fresh)
    return replace(commands, fresh=tuple(fresh))


def _change(change: Change, hidden: AbstractSet[str]) -> Change:
    return replace(change, why=WITHHELD) if change.key in hidden else change


def _outcome(outcome: Outcome, hidden: AbstractSet[str]) -> Outcome:
    if outcome.change.key not in hidden:
        return outcome
    reason = WITHHELD if outcome.reason else ""
    return replace(outcome, change=_change(outcome.change, hidden), reason=reason)
