"""A full sprint of one team for its page of part two: tasks, an approach note, changed estimates, questions."""

from dataclasses import replace
from datetime import timedelta

from rules.model import EditField, Effort, Issue, Kind, TaskMode
from rules.planning.goals import goals_of
from rules.planning.lead_time import PlanningLeadTime
from rules.rule import Finding
from rules.text import read_issue
from sync.reports.base import RunReport
from tests.factories import document, edit, finding, issue
from tests.sync.reports.sample import STARTED, sample

TEAM = "Payments"
HOURS = (4.0, 6.0, 12.0, None)
EARLIER = PlanningLeadTime(working_days=30)
"""Part one was long ago, so that changes since then can be shown."""
NOTE = document("## Approach", "", "Server session first, then the pay sheet; refunds come last, behind a switch.")


def busy(issues: int = 8, tasks: int = 4) -> RunReport:
    """The sample with so many issues in the sprint of Payments, each with so many tasks."""
    report = replace(sample(), lead_time=EARLIER)
    payments = next(one for one in report.capacities if one.team.name == TEAM)
    assert payments.sprint is not None
    planned = next(goal.planned for goal in report.goals if goal.team == TEAM)
    free = [
        one.key for one in report.snapshot.issues if one.sprint is None and one.is_counted and one.key not in planned
    ]
    chosen = {*planned, *free[: issues - len(planned)]}
    moved = tuple(
        replace(one, sprint=payments.sprint.id, points=one.points or 3.0) if one.key in chosen else one
        for one in report.snapshot.issues
    )
    noted = tuple(replace(one, document=NOTE) if one.key == planned[1] else one for one in moved)
    subtasks = tuple(task for one in moved if one.key in chosen for task in _tasks(one, tasks))
    first, second, *_ = [one for one in moved if one.key in chosen]
    edits = {
        first.id: (
            edit(EditField.ESTIMATE, first.id, before="3", after="5", name="Di", at=STARTED - timedelta(hours=2)),
        ),
        second.id: (
            edit(EditField.ESTIMATE, second.id, before="", after="2", name="Cy", at=STARTED - timedelta(days=1)),
        ),
    }
    known = report.snapshot.unavailable - {"changelog"}
    snapshot = replace(report.snapshot, issues=(*noted, *subtasks), edits=edits, unavailable=known)
    readings = {one.key: read_issue(one.title, one.document, one.kind) for one in snapshot.issues}
    asked = replace(payments, team=replace(payments.team, tasks=TaskMode.ON))
    capacities = tuple(asked if one.team.name == TEAM else one for one in report.capacities)
    proposal = replace(report.proposal, capacities=capacities)
    backlog = replace(report.backlog, snapshot=snapshot, readings=readings)
    judgement = replace(
        report.judgement,
        verdicts=tuple(
            replace(one, findings=(*one.findings, _question(one.issue.key))) if one.issue.key in planned[:2] else one
            for one in report.judgement.verdicts
        ),
    )
    goals = goals_of(backlog, judgement, proposal, report.planning)
    return replace(report, backlog=backlog, capacities=capacities, proposal=proposal, judgement=judgement, goals=goals)


def _tasks(parent: Issue, count: int) -> list[Issue]:
    titles = ("Prepare the texts and the template", "Build it behind a switch", "Test on four devices", "Release")
    return [
        issue(
            f"{parent.key}{number:02}",
            "",
            title=titles[number % len(titles)],
            kind=Kind.SUBTASK,
            parent=parent.key,
            hours=Effort(remaining=18.0 if number == 1 and parent.key.endswith("4") else HOURS[number % len(HOURS)]),
        )
        for number in range(count)
    ]


def _question(key: str) -> Finding:
    return finding(subject=key, rule="ready.open_questions", message='An open question: "Which account do we use?"')
