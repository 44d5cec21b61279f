"""The commands `accept`, `reject` and `promise`: decisions of people, kept next to those from comments."""

import getpass
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rules.commands.answers import Answer, Commands
from rules.commands.grammar import COMMAND, LONGEST_REASON
from rules.model import Issue, Sprint, Team
from rules.plan.decisions import acceptance, choices_of, next_sprint, rejection, team_asked
from rules.plan.promises import open_sprints, promise_text, sprint_named
from rules.planning.model import Placement, SprintProposal
from rules.planning.proposal import propose
from rules.promise import Promise
from sync.cli.keys import key_of
from sync.cli.looking import planned, team_named
from sync.cli.terminal import Terminal
from sync.errors import UsageError
from sync.reports.base import RunReport
from sync.reports.json_models.results import AcceptancePart, DecisionsDocument, PromisePart, PromisesDocument

if TYPE_CHECKING:
    from sync.run.context import RunContext

BY_HAND = "cli:"
"""The prefix of the ids of decisions that are in no comment."""


def named(by: str) -> str:
    """The name that `--by` gives, else the login of the person at the terminal. Raises `UsageError` without either."""
    if by.strip():
        return by.strip()
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise UsageError("your login is not known; say who decides with --by NAME") from error


def accept(terminal: Terminal, keys: Sequence[str], *, team: str, by: str) -> None:
    """Record that the proposal is accepted for these issues; all of them or none. Raises `UsageError`."""
    with terminal.context() as context:
        report = planned(context)
        if team:
            team_named(report, team)
        issues = [open_issue(report, key) for key in keys]
        wanted = [Answer(comment=fresh_id(), issue=issue.id, text="", accepts=True, team=team) for issue in issues]
        proposal = _proposal(report, wanted)
        placements = [_placement(issue, team, proposal) for issue in issues]
        mode = context.policy.sprints if context.writes else None
        answers = [
            replace(answer, sprint=place.sprint or "", text=acceptance(by, place, report.snapshot, mode))
            for answer, place in zip(wanted, placements, strict=True)
        ]
        _record(terminal, context, issues, answers)


def reject(terminal: Terminal, key: str, *, because: str, team: str, by: str) -> None:
    """Record that a team does not take an issue into its next sprint, and why. Raises `UsageError`."""
    if not because.strip():
        raise UsageError('a rejection needs a reason: add --because "TEXT"')
    with terminal.context() as context:
        report = planned(context)
        issue = open_issue(report, key)
        chosen = team_named(report, team or _proposed_team(issue, report))
        sprint = _next_sprint(report, chosen)
        text = rejection(by, sprint.name, chosen.name, " ".join(because.split())[:LONGEST_REASON])
        answer = Answer(comment=fresh_id(), issue=issue.id, text=text, rejects=True, sprint=sprint.id, team=chosen.name)
        _record(terminal, context, [issue], [answer])


def promise(terminal: Terminal, key: str, name: str, *, by: str) -> None:
    """Record that the team of an issue promises it for one of its open sprints. Raises `UsageError`."""
    with terminal.context() as context:
        report = planned(context)
        issue = open_issue(report, key)
        team, sprint = _promised(report, issue, name)
        given = Promise(at=report.snapshot.taken_at, sprint=sprint.id, name=sprint.name, team=team.name)
        answer = Answer(comment=fresh_id(), issue=issue.id, text=promise_text(by, sprint), promise=given)
        context.store.commands.add([answer])
    text = str(answer.text)
    decided = PromisePart(issue=issue.key, team=team.name, sprint=sprint.id, text=text)
    terminal.print_result(f"{issue.key}: {text}", lambda: PromisesDocument(promises=(decided,)))


def _promised(report: RunReport, issue: Issue, name: str) -> tuple[Team, Sprint]:
    """The team that takes an issue and has an open sprint of this name, and that sprint. Raises `UsageError`."""
    snapshot, teams = report.snapshot, report.snapshot.teams_of(issue)
    if not teams:
        raise UsageError(
            f"no team takes {issue.key}, and nothing was recorded; comment `{COMMAND} team TEAM` there first"
        )
    for team in teams:
        if (sprint := sprint_named(name, team, snapshot)) is not None:
            return team, sprint
    known = [sprint.name for team in teams for sprint in open_sprints(team, snapshot)]
    raise UsageError(
        f'"{name}" is not an open sprint of a team that takes {issue.key}, and nothing was recorded; '
        f"the sprints are {', '.join(known) or 'none yet'}"
    )


def fresh_id() -> str:
    """An id for a decision that no comment has."""
    return f"{BY_HAND}{uuid.uuid4().hex}"


def open_issue(report: RunReport, key: str) -> Issue:
    """An open issue of the backlog. Raises `UsageError`."""
    known = {issue.key: issue for issue in report.snapshot.issues if issue.is_open}
    issue = known.get(key_of(key, report.snapshot))
    if issue is None:
        raise UsageError(f'"{key}" is not an open issue of {report.snapshot.product.name}; nothing was recorded')
    return issue


def _proposal(report: RunReport, wanted: Sequence[Answer]) -> SprintProposal:
    """The proposal as it is once these are accepted."""
    decided = Commands(answers=(*report.commands.answers, *wanted))
    backlog = replace(report.backlog, snapshot=replace(report.snapshot, takers=decided.takers))
    return propose(backlog, report.judgement, choices_of(decided))


def _placement(issue: Issue, team: str, proposal: SprintProposal) -> Placement:
    for placement in proposal.placements:
        if placement.issue.id == issue.id and team in {"", placement.team}:
            return placement
    why = next((str(left.why) for left in proposal.left_out if left.issue.id == issue.id), "")
    raise UsageError(f"{issue.key} is not proposed for a sprint, and nothing was recorded. {why}".rstrip())


def _proposed_team(issue: Issue, report: RunReport) -> str:
    """The team an issue is proposed for, else the only one that may take it. Raises `UsageError` where that is open."""
    team = team_asked(issue, report.backlog, report.proposal)
    if not team:
        raise UsageError(f"{issue.key} is not proposed for one team; name the team with --team")
    return team


def _next_sprint(report: RunReport, team: Team) -> Sprint:
    sprint = next_sprint(team.name, report.proposal)
    if sprint is None:
        raise UsageError(f"{team.name} has no future sprint, so there is nothing to reject yet")
    return sprint


def _record(terminal: Terminal, context: "RunContext", issues: Sequence[Issue], answers: Sequence[Answer]) -> None:
    context.store.commands.add(answers)
    lines = [f"{issue.key}: {answer.text}" for issue, answer in zip(issues, answers, strict=True)]
    decisions = tuple(
        AcceptancePart(
            issue=issue.key,
            accepted=answer.accepts,
            team=answer.team,
            sprint=answer.sprint,
            text=str(answer.text),
        )
        for issue, answer in zip(issues, answers, strict=True)
    )
    terminal.print_result("\n".join(lines), lambda: DecisionsDocument(decisions=decisions))
