"""An agenda fits its time box, nothing that is left out would fit, and each line says what is wanted of whom."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.model import LinkKind
from rules.refinement.agenda import Agenda, Line, agenda, packed
from rules.refinement.layers import Layer, Routed
from rules.refinement.refinement import Refinement
from rules.refinement.sessions import Carried, PlannedItem
from rules.refinement.wants import MINUTES, Candidate, Want
from rules.rule import Effort, Finding, Role, Severity
from rules.text.model import Quote
from rules.verdict import Due, Judgement
from tests.factories import NOW, link
from tests.rules.planning.judged import judged
from tests.rules.planning.world import story
from tests.rules.refinement.world import OPTIONS, backlog, epic, refined


def line(key: str, minutes: int, worth: float, carried: Carried | None = None) -> Line:
    one = Routed(issue=story(key), layer=Layer.TEAM, teams=("Payments",), why="")
    candidate = Candidate(routed=one, wants=(Want("x", minutes, "Ana"),), size=worth, worth=worth)
    return Line(candidate=candidate, minutes=minutes, carried=carried)


def keys(lines: tuple[Line, ...]) -> list[str]:
    return [one.routed.issue.key for one in lines]


def planned(whole: Refinement, items: tuple[PlannedItem, ...] = (), **overrides: Any) -> Agenda:
    values: dict[str, Any] = {"layer": Layer.TEAM, "team": "Payments", "timebox": 60, "now": NOW}
    return agenda(whole.candidates, whole.routes, items, OPTIONS, **(values | overrides))


def test_the_most_points_for_each_minute_come_in_and_the_order_is_the_rank() -> None:
    lines = [line("A-1", 30, 3), line("A-2", 20, 8), line("A-3", 20, 1), line("A-4", 10, 5)]
    assert keys(packed(lines, 60)) == ["A-1", "A-2", "A-4"]
    assert keys(packed(lines, 30)) == ["A-2", "A-4"]


def test_what_was_left_open_comes_first_in_at_most_half_of_the_time_box() -> None:
    old, older = Carried(1, date(2026, 2, 1)), Carried(3, date(2026, 1, 1))
    lines = [line("A-1", 10, 9), line("A-2", 20, 1, old), line("A-3", 20, 1, older), line("A-4", 30, 9)]
    assert keys(packed(lines, 60)) == ["A-3", "A-1", "A-4"]


@given(
    lines=st.lists(st.tuples(st.integers(1, 40), st.floats(0.1, 20), st.booleans()), max_size=15).map(
        lambda rows: [
            line(f"A-{number}", minutes, worth, Carried(1, NOW.date()) if again else None)
            for number, (minutes, worth, again) in enumerate(rows)
        ]
    ),
    timebox=st.integers(5, 120),
)
def test_an_agenda_fits_and_nothing_that_is_left_out_would(lines: list[Line], timebox: int) -> None:
    chosen = packed(lines, timebox)
    used = sum(one.minutes for one in chosen)
    assert used <= timebox
    assert len(set(keys(chosen))) == len(chosen)
    assert all(one.minutes > timebox - used for one in lines if one not in chosen)


def test_what_is_wanted_and_who_is_asked_comes_from_the_findings() -> None:
    ready, unready = story("A-1"), story("A-2", reporter_name="Eve")
    asked = {
        "acceptance": Role.OWNER, "estimated": Role.DEVELOPERS, "expected": Role.REPORTER, "other": Role.OWNER
    }  # fmt: skip
    findings = tuple(
        Finding(
            rule=f"ready.{name}", severity=Severity.MUST, subject="A-2", message="", asks=role,
            hint=f"Fix {name}.", part_of="ready.acceptance" if name == "other" else "",
        )
        for name, role in asked.items()
    )  # fmt: skip
    first, verdict = judged([ready, unready]).verdicts
    verdict = replace(verdict, findings=findings, due=(Due(finding=replace(findings[0], hint="Later."), within=1.0),))
    (one,) = refined(backlog(ready, unready), judgement=Judgement(verdicts=(first, verdict))).candidates

    assert [(want.text, want.owner) for want in one.wants] == [
        ("Fix acceptance", "Ana"),
        ("Estimate it", "Payments"),  # not "in the next refinement": the agenda is of that
        ("Fix expected", "Eve"),
        ("Later", "Ana"),
    ]
    assert one.minutes == 4 * MINUTES[Effort.SECTION]
    assert one.owners == ("Ana", "Payments", "Eve")


def test_a_waived_finding_wants_nothing_and_a_restricted_reporter_is_not_named() -> None:
    secret = story("A-1", restricted=True, reporter_name="Eve")
    (verdict,) = judged([secret], ["A-1"]).verdicts
    (finding,) = verdict.findings
    asks = replace(verdict, findings=(replace(finding, asks=Role.REPORTER, hint=""),))
    (one,) = refined(backlog(secret), judgement=Judgement(verdicts=(asks,))).candidates
    assert [(want.text, want.owner) for want in one.wants] == [("no acceptance criteria", "Payments")]
    waived = replace(verdict, findings=(replace(finding, waived="yes"),))
    assert refined(backlog(secret), judgement=Judgement(verdicts=(waived,))).candidates == ()
    assert refined(backlog(secret), judgement=Judgement()).candidates == ()


def test_an_open_question_is_to_be_answered_whatever_it_weighs_and_only_once() -> None:
    one = story("A-1")
    (verdict,) = judged([one]).verdicts
    question = Finding(
        rule="ready.open_questions", severity=Severity.SHOULD, subject="A-1", asks=Role.OWNER,
        message='A question is open: "Which account?".', hint="Answer the question.",
    )  # fmt: skip

    def wanted(*findings: Finding, due: tuple[Due, ...] = ()) -> list[str]:
        asked = Judgement(verdicts=(replace(verdict, findings=findings, due=due),))
        return [want.text for each in refined(backlog(one), judgement=asked).candidates for want in each.wants]

    assert wanted(question) == ['A question is open: "Which account?"']
    assert wanted(replace(question, severity=Severity.MUST)) == ['A question is open: "Which account?"']
    assert wanted(question, due=(Due(finding=question, within=1.0),)) == ['A question is open: "Which account?"']
    assert wanted(replace(question, waived="yes")) == []
    several = replace(question, evidence=tuple(Quote("Which?", line) for line in range(3)))
    assert wanted(several)[1:] == ['a date for a specification workshop, and the label "workshop"']
    one = replace(one, labels=frozenset({"Workshop"}))
    (verdict,) = judged([one]).verdicts
    assert wanted(several)[1:] == []
    assert wanted(replace(question, rule="ready.titled")) == []


def test_the_layers_of_several_teams_want_decisions_and_promises() -> None:
    known = backlog(
        epic("E-1", "## Vision\nStay guests"),
        story("A-1", 3, "printing"),
        story("A-2", 3, links=(link("S-1", LinkKind.BLOCKED_BY),)),
        story("S-1", 3, "search"),
    )
    wants = {one.routed.issue.key: [want.text for want in one.wants] for one in refined(known).candidates}
    assert wants["E-1"][-3:] == ["part of Payments", "part of Search", "decision note"]
    assert "fit to the vision" not in wants["E-1"]
    assert "deliverable" in wants["E-1"]
    assert wants["A-1"] == ["the team that takes it"]
    assert wants["A-2"] == ["Search promises a sprint for S-1"]


def test_an_issue_that_waits_for_a_decision_is_named_and_has_the_room_that_is_left() -> None:
    known = backlog(epic("E-1"), story("A-1", parent="E-1"), story("A-2"), story("S-1", 3, "search", parent="E-1"))
    whole = refined(known, unready=["A-1", "A-2"])
    assert keys(planned(whole).lines) == ["A-1", "A-2"]
    assert keys(planned(whole, timebox=10).lines) == ["A-2"]
    assert [(one.issue.key, one.waits_for) for one in planned(whole).waiting] == [("A-1", "E-1")]
    assert (Layer.TEAM, known.snapshot.by_key["A-1"].id) in whole.unsettled


def test_worth_falls_with_the_distance_beyond_the_ready_horizon_and_an_epic_is_as_big_as_what_is_below() -> None:
    known = backlog(story("A-1", 240), story("A-2", 4), epic("E-1"), story("A-3", 5, parent="E-1"))
    whole = {one.routed.issue.key: one for one in refined(known, unready=["A-2"]).candidates}
    assert whole["A-2"].size == 4.0
    assert whole["A-2"].worth == pytest.approx(4.0 * 3.0 / 6.0)
    assert whole["E-1"].size == 5.0


def test_what_earlier_sessions_left_open_says_so_and_is_escalated_after_three() -> None:
    whole = refined(backlog(story("A-1"), story("A-2")), unready=["A-1", "A-2"])
    first = planned(whole, timebox=10)
    assert keys(first.lines) == ["A-1"]
    assert (first.minutes, first.points, first.sessions, first.last) == (10, 3.0, 0, None)

    items = tuple(item for weeks in (3, 2, 1) for item in first.planned(NOW - timedelta(weeks=weeks)))
    again = planned(whole, items)
    assert again.lines[0].carried == Carried(3, (NOW - timedelta(weeks=3)).date())
    assert again.lines[0].escalate
    assert not planned(whole, items[1:]).lines[0].escalate
    assert again.factor == 3.0
    assert again.lines[0].minutes == 30
    assert keys(again.left_out) == []
    assert planned(whole, items, team="Search").sessions == 0
