"""The values that all reports print."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from rich.console import Console

from rules.backlog.index import Backlog
from rules.capacity.model import Range
from rules.deep.model import Action, Runway, Signal
from rules.messages import owner_lines
from rules.model import Kind, Link, LinkKind, SprintState
from rules.plan.changes import PutComment
from rules.planning.model import LeftOutCode
from rules.planning.part_one import part_one
from rules.verdict import Due, State, Verdict
from sync.reports import RENDERERS, as_markdown
from sync.reports.base import RunReport
from sync.reports.horizon import by_distance, later, not_due, obstacles, place, unclaimed, unlocked
from sync.reports.overview import first_page
from sync.reports.pages import team
from sync.reports.planned_writes import written_texts
from sync.reports.proposed import proposals
from sync.reports.redact import WITHHELD
from sync.reports.terminal.summary import summary
from tests.sync.reports.page import Page
from tests.sync.reports.page import first_page as first_page_of
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


@pytest.mark.parametrize("signal", [Signal.GREEN, Signal.OVER_REFINED])
def test_the_answer_names_the_team_with_too_little_while_the_product_has_enough(signal: Signal) -> None:
    product = Runway(team="", ready_points=60.0, sprints=3.4, signal=signal)
    search = Runway(team="Search", ready_points=3.0, sprints=0.5, signal=Signal.RED)

    assert first_page(with_runways(product, search)).state == "Enough ready work, but too little for Search"


@pytest.mark.parametrize("lacking", [False, True], ids=["no team lacks work", "a team lacks work"])
def test_every_output_shows_what_an_action_adds_to_ready_work_only_where_more_is_wanted(*, lacking: bool) -> None:
    product = Runway(team="", ready_points=60.0, sprints=3.4, signal=Signal.OVER_REFINED)
    search = replace(product, team="Search", signal=Signal.RED if lacking else Signal.GREEN)
    action = Action(text="Estimate SHOP-1.", keys=(), gain=3.0, runway_gain=0.4)
    report = sample(deep=replace(sample().deep, runways=(product, search), actions=(action,)))

    in_text = io.StringIO()
    Console(file=in_text, width=200).print(summary(report))
    message = owner_lines(report.snapshot, report.judgement, report.deep, None)
    page = Page(first_page_of(report))

    for output in (in_text.getvalue(), as_markdown.render(report), "\n".join(message)):
        assert "+3 DEEP points" in output
        assert ("+0.4 sprints of ready work" in output) is lacking
    assert bool([one for one in page.all("p") if one.attributes.get("class") == "gain"]) is lacking


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

    assert written_texts(report)[quoting] == WITHHELD
    assert comment.note.headline in written_texts(hidden)[comment]


def mixed() -> RunReport:
    """The run in which something of SHOP-145 is not due yet, all of SHOP-137 is accepted, and SHOP-153 is an epic."""
    changes: dict[str, Callable[[Verdict], Verdict]] = {
        "SHOP-145": lambda one: replace(one, findings=(), due=(Due(finding=one.missing[0], within=2.0),)),
        "SHOP-137": lambda one: replace(
            one, findings=tuple(replace(finding, waived="accepted: known (Ana)") for finding in one.findings)
        ),
        "SHOP-153": lambda one: replace(one, issue=replace(one.issue, kind=Kind.EPIC)),
        "SHOP-151": lambda one: replace(
            one, findings=(), due=(Due(finding=one.missing[0], within=2.0),), in_horizon=False
        ),
    }
    base = sample()
    verdicts = tuple(
        changes[one.issue.key](one) if one.issue.key in changes else one for one in base.judgement.verdicts
    )
    return replace(base, judgement=replace(base.judgement, verdicts=verdicts))


def test_the_ready_issues_and_both_lists_are_the_whole_ready_horizon() -> None:
    report = mixed()
    page, unready, due_later = first_page(report), obstacles(report), not_due(report)

    assert "12 of 23 issues in the ready horizon are ready (52 %), 10 not ready, 1 not due yet." in page.readiness
    assert (len(unready), [one.issue.key for one in due_later]) == (10, ["SHOP-145"])
    assert "SHOP-137" in [one.issue.key for one in unready]
    assert [one.issue.key for one in later(report)] == ["SHOP-151"]


@pytest.mark.parametrize("kind", ["text", "markdown", "html"])
def test_every_report_has_both_lists_with_counts_that_add_up_and_every_issue_in_one_of_them(kind: str) -> None:
    report = mixed()
    source = RENDERERS[kind].render(report, ())[RENDERERS[kind].file]

    counts = re.findall(r"(?:Not ready(?: in the ready horizon)?|Not due yet): (\d+) of (\d+) issues", source)
    assert counts == [("10", "23"), ("1", "23")]
    start, middle = source.index("Not ready: " if kind != "html" else "Not ready in"), source.index("Not due yet: ")
    unready, rest = source[start:middle], source[middle:]
    assert [one.issue.key for one in obstacles(report) if one.issue.key not in unready] == []
    assert "SHOP-145" in rest[:400]
    assert "SHOP-145" not in unready
    assert "SHOP-153 " not in unready


def test_an_issue_in_no_sprint_is_so_far_away_and_has_no_name_of_a_sprint() -> None:
    """By rank it is so far away; the plan of the sprints after that may have it in another sprint, or in none."""
    report = sample()
    sprints = {one.name for one in report.snapshot.sprints}
    places = {one.issue.key: one.place for one in obstacles(report) if one.issue.sprint is None}

    assert (places["SHOP-113"], places["SHOP-137"]) == ("next sprint", "1.1 sprints away")
    assert not sprints & set(places.values())


def test_an_issue_in_a_sprint_has_the_name_of_the_sprint() -> None:
    report = sample()
    first = next(one for one in report.judgement.verdicts if one.issue.sprint is not None)

    assert place(report, first) == report.snapshot.sprint_by_id[first.issue.sprint or ""].name


def test_the_size_of_an_issue_in_sprints_does_not_follow_absences() -> None:
    report = sample()
    usual = report.backlog.velocities["Payments"]
    one = next(one for one in obstacles(report) if one.issue.key == "SHOP-137")
    away = tuple(
        replace(capacity, points=Range(1.0, 2.0, 3.0)) if capacity.team.name == "Payments" else capacity
        for capacity in report.capacities
    )

    assert one.sprints == (one.points or 0.0) / usual
    assert [other.sprints for other in obstacles(replace(report, capacities=away))] == [
        other.sprints for other in obstacles(report)
    ]


def test_what_is_in_a_running_sprint_is_not_counted_for_the_next_one() -> None:
    report = sample()
    running = next(one for one in report.snapshot.sprints if one.state is SprintState.ACTIVE)
    first, *others = report.judgement.verdicts
    started = replace(first, issue=replace(first.issue, sprint=running.id), distance=0.0)
    groups = by_distance(replace(report, judgement=replace(report.judgement, verdicts=(started, *others))))

    assert [(one.label, one.total) for one in groups][:1] == [("running sprint", 1)]
    assert sum(one.total for one in groups) == sum(one.total for one in by_distance(report))


def test_a_proposal_has_the_goal_of_its_sprint_and_none_where_the_sprint_has_none() -> None:
    report = sample()
    without = replace(report, goals=tuple(replace(goal, text="") for goal in report.goals))

    assert [one.goal.text for one in proposals(report) if one.goal] == [one.text for one in report.goals]
    assert [one.goal for one in proposals(without)] == [None, None, None]


def test_points_that_are_said_to_become_ready_leave_out_what_lacks_more_later() -> None:
    """An issue of 40 points that gets criteria is not ready then: it is too big, which is due nearer to its sprint."""
    report = sample()
    big = next(one for one in report.judgement.near if one.state is State.NOT_READY and one.issue.points)
    due = replace(big, due=(Due(finding=big.missing[0], within=2.0),))
    verdicts = tuple(due if one is big else one for one in report.judgement.verdicts)
    changed = replace(report, judgement=replace(report.judgement, verdicts=verdicts))

    assert unlocked(report) - unlocked(changed) == big.issue.points


def test_what_is_not_proposed_to_a_team_is_what_part_one_has_below_its_cut_line() -> None:
    """Sub-tasks are neither: they are planned with their parents."""
    base = sample()
    one, *_ = proposals(base)
    key = one.below[0].issue.key
    left_out = tuple(
        replace(left, code=LeftOutCode.SUBTASK) if left.issue.key == key else left for left in base.proposal.left_out
    )
    report = replace(base, proposal=replace(base.proposal, left_out=left_out))
    parts = {one.name: one for one in part_one(report.backlog, report.judgement, report.proposal, report.goals).teams}

    for one in proposals(report):
        assert [left.issue.key for left in one.below] == [left.issue.key for left in parts[one.team].below]
        assert key not in [left.issue.key for left in one.below]


def test_an_empty_backlog_is_said_to_be_empty_and_has_no_grade() -> None:
    base = sample()
    deep = replace(base.deep, letters=(), score=None, grade="", runways=(), actions=())
    report = replace(base, judgement=replace(base.judgement, verdicts=()), deep=deep)
    for kind in ("text", "markdown", "html"):
        text = " ".join(RENDERERS[kind].render(report, ())[RENDERERS[kind].file].split())
        assert "every issue in the ready horizon is ready" not in text
        assert "not measured" in text
        assert "of 100, grade" not in text


def test_an_epic_is_no_question_of_which_team_takes_it() -> None:
    """Its issues are: they may be of several teams."""
    base = sample()
    without = next(one for one in base.judgement.near if one.issue in unclaimed(base))
    epic = replace(without, issue=replace(without.issue, kind=Kind.EPIC))
    verdicts = tuple(epic if one is without else one for one in base.judgement.verdicts)

    assert unclaimed(replace(base, judgement=replace(base.judgement, verdicts=verdicts))) == unclaimed(base)[1:]


def test_the_most_frequent_findings_are_those_that_are_shown() -> None:
    text = " ".join(RENDERERS["text"].render(sample(), ())["readyline.txt"].split())
    frequent = text[text.index("Most frequent: ") : text.index("DEEP: ")]

    assert "no estimate (5)" in frequent
    assert "Withheld" not in frequent


def test_teams_are_not_listed_where_the_ready_work_of_none_has_a_length() -> None:
    base = sample()
    known = [runway for runway in base.deep.runways if runway.team]
    unknown = [replace(runway, sprints=None) for runway in known]

    assert first_page(with_runways(*unknown)).teams == ""
    assert "unknown" in first_page(with_runways(unknown[0], *known[1:])).teams


def test_the_page_of_a_team_says_why_it_compares_no_load_with_its_capacity() -> None:
    base = sample()
    report = replace(base, capacities=tuple(replace(one, points=None) for one in base.capacities))
    said = "There is nothing to compare with: how much the team finishes is not known yet."

    assert said in Page(team.render(report, "Payments", ())).text
    assert said not in Page(team.render(base, "Payments", ())).text
