"""The values that all reports print."""

from dataclasses import replace
from datetime import date

import pytest

from rules.backlog.index import Backlog
from rules.deep.model import Runway, Signal
from rules.model import Kind, Link, LinkKind
from rules.plan.changes import PutComment
from sync.reports import as_html, as_markdown
from sync.reports.base import RunReport
from sync.reports.redact import WITHHELD
from sync.reports.view_model import comment_texts, first_page, obstacles, proposals
from tests.sync.reports.sample import sample


def with_runways(*runways: Runway) -> RunReport:
    return sample(deep=replace(sample().deep, runways=runways))


@pytest.mark.parametrize(
    ("signal", "state"),
    [
        (Signal.RED, "Not enough ready work"),
        (Signal.AMBER, "Not enough ready work"),
        (Signal.GREEN, "Enough ready work"),
        (Signal.OVER_REFINED, "More ready work than needed"),
    ],
)
def test_the_first_page_answers_whether_there_is_enough_ready_work(signal: Signal, state: str) -> None:
    runway = Runway(team="", ready_points=30.0, sprints=1.4, usual_on=date(2026, 3, 27), signal=signal)

    page = first_page(with_runways(runway))

    assert page.state == state
    assert page.lasts == (
        "It lasts 1.4 sprints at the usual velocity, to about 27 March (27 March if fast, more than ten years if slow)."
    )


def test_the_first_page_says_why_no_duration_is_known() -> None:
    page = first_page(with_runways(Runway(team="", ready_points=30.0, sprints=None)))

    assert page.state == "Ready work: velocity unknown"
    assert page.lasts == "30 points are ready. How long they last is unknown until a sprint with estimates is closed."


def test_the_team_that_runs_out_first_is_named_with_the_last_planning_before_that() -> None:
    search = Runway(team="Search", ready_points=9.0, sprints=1.5, usual_on=date(2026, 3, 16))
    payments = Runway(team="Payments", ready_points=30.0, sprints=1.4, usual_on=date(2026, 3, 27))

    page = first_page(with_runways(payments, search))

    assert page.first_out == "First to run out: Search, about 16 March. The planning before that: Monday 9 March."


def test_no_planning_is_named_beyond_the_planned_sprints() -> None:
    page = first_page(with_runways(Runway(team="Search", ready_points=90.0, sprints=9.0, usual_on=date(2026, 9, 16))))

    assert page.first_out == "First to run out: Search, about 16 September."


def test_without_runways_no_team_is_named() -> None:
    page = first_page(with_runways())

    assert page.first_out == ""
    assert page.lasts == "How long ready work lasts is unknown."


def test_a_proposal_has_a_running_total_and_what_is_left_after_each_issue() -> None:
    payments = proposals(sample())[0]
    capacity = payments.capacity
    assert capacity is not None
    assert capacity.points is not None

    totals = [capacity.load]
    for one in payments.issues:
        totals.append(totals[-1] + one.points)
        assert one.total == pytest.approx(totals[-1])
        assert one.left == pytest.approx(capacity.points.p50 - totals[-1])
    assert len(totals) > 2


def test_a_proposed_issue_names_what_it_comes_after() -> None:
    base = sample()
    key = base.proposal.placements[0].issue.key
    blocker = next(issue for issue in base.snapshot.issues if issue.key != key)
    issues = tuple(
        replace(issue, links=(Link(kind=LinkKind.BLOCKED_BY, key=blocker.key),)) if issue.key == key else issue
        for issue in base.snapshot.issues
    )
    report = replace(base, backlog=Backlog.of(replace(base.snapshot, issues=issues), base.capacities))

    notes = {one.issue.key: one.note for proposal in proposals(report) for one in proposal.issues}
    assert notes.pop(key) == f"after {blocker.key}"
    assert set(notes.values()) == {""}


def test_the_text_of_a_comment_never_quotes_a_restricted_issue() -> None:
    hidden = replace(sample(), withheld=frozenset({"Payment data of"}))
    (comment,) = (one for one in hidden.plan.changes if isinstance(one, PutComment) and one.key == "SHOP-113")
    quoting = replace(comment, note=replace(comment.note, summary="Compare with Payment data of SHOP-134."))
    changes = tuple(quoting if one == comment else one for one in hidden.plan.changes)
    report = replace(hidden, plan=replace(hidden.plan, changes=changes))

    assert comment_texts(report)[quoting] == WITHHELD
    assert comment.note.headline in comment_texts(hidden)[comment]


def test_the_number_of_ready_issues_is_followed_by_all_others() -> None:
    """What is not ready is in the table, or counted as accepted; epics are in neither number."""
    base = sample()
    verdicts = {verdict.issue.key: verdict for verdict in base.judgement.verdicts}
    accepted = verdicts["SHOP-116"]
    verdicts["SHOP-116"] = replace(
        accepted, findings=tuple(replace(finding, waived="accepted") for finding in accepted.findings)
    )
    epic = verdicts["SHOP-128"]
    verdicts["SHOP-128"] = replace(epic, issue=replace(epic.issue, kind=Kind.EPIC))
    report = sample(judgement=replace(base.judgement, verdicts=tuple(verdicts.values())))

    page, rows = first_page(report), obstacles(report)
    assert page.readiness.startswith("12 of 24 issues in the ready horizon are ready (50 %), 12 not ready")
    assert len(rows) == 11
    assert "SHOP-128" not in {row.issue.key for row in rows}
    for text in (as_markdown.render(report), as_html.render(report)):
        assert "11 issues in rank order." in text
        assert "1 more issue is not ready, but accepted: see Decisions." in text


def test_a_proposal_has_the_goal_of_its_sprint_and_none_where_the_sprint_has_none() -> None:
    report = sample()
    without = replace(report, goals=tuple(replace(goal, text="") for goal in report.goals))

    assert [one.goal.text for one in proposals(report) if one.goal] == [one.text for one in report.goals]
    assert [one.goal for one in proposals(without)] == [None, None, None]
