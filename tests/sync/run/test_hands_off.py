"""`/ready hands-off` and what people accepted or waived, over whole runs: kept, also when the store is lost."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rules.model import SprintState, TeamFilter
from rules.plan.changes import MoveToSprint, PutComment
from rules.plan.policy import OptOut, SprintMode
from rules.verdict import Waiver
from sync.config import default_ruleset
from sync.run.run import execute_run
from sync.run.undo import undo_run
from sync.trackers.base import Scope
from sync.trackers.memory import MemoryTracker
from tests.factories import NOW, comment, finished, issue, product, snapshot, sprint, team
from tests.sync.run.test_run import ANA, NOT_READY, House
from tests.sync.run_contexts import OPEN, backlog, bad, context


def speaks(house: House, issue_id: str, *texts: str) -> None:
    """Add comments by somebody who may command, after those that are there."""
    present = house.tracker.read(issue_id)
    assert present is not None
    first = 900 + len(present.comments)
    added = tuple(comment(text, id=f"{issue_id}{first + n}") for n, text in enumerate(texts))
    house.tracker.edit(issue_id, comments=(*present.comments, *added))


def house_of(folder: Path, tracker: MemoryTracker | None = None, **values: Any) -> House:
    return House(folder, tracker, commanders=ANA, **values)


@pytest.mark.parametrize("lost", [False, True], ids=["kept", "lost"])
def test_hands_off_in_a_comment_works_like_the_label(tmp_path: Path, *, lost: bool) -> None:
    house = house_of(tmp_path)
    house.run()
    assert NOT_READY in house.labels("3")
    speaks(house, "3", "/ready hands-off")
    house.run()
    assert (house.labels("3"), house.comments("3")) == (frozenset(), [])
    if lost:
        house.lose_store()
        house.tracker.edit("3", comments=())  # many later comments: the command is no longer among the newest
    assert house.run().plan.changes == ()
    assert (house.labels("3"), house.comments("3")) == (frozenset(), [])


def test_hands_on_is_the_way_back_and_is_answered(tmp_path: Path) -> None:
    house = house_of(tmp_path)
    speaks(house, "3", "/ready hands-off")
    house.run()
    assert house.labels("3") == frozenset()
    speaks(house, "3", "/ready hands-on")
    (put,) = (change for change in house.run().plan.changes if isinstance(change, PutComment))
    assert "Ana Alvarez lets readyline write here again." in put.note.answers
    assert house.labels("3") == {NOT_READY}
    assert house.run().plan.changes == ()


def test_hands_on_says_that_the_label_is_still_there(tmp_path: Path) -> None:
    house = house_of(tmp_path)
    house.tracker.edit("3", labels=frozenset({"readyline-hands-off"}))
    speaks(house, "3", "/ready hands-on")
    report = house.run()
    assert [change for change in report.plan.changes if change.issue == "3"] == []
    assert report.commands.fresh[0].text.endswith("The label readyline-hands-off is still there: remove it, too.")


def test_undo_puts_nothing_back_where_people_want_nothing(tmp_path: Path) -> None:
    house = house_of(tmp_path)
    house.run()
    speaks(house, "3", "/ready hands-off")
    removal = house.run()
    with context(tmp_path, house.tracker, house.clock, commanders=ANA) as place:
        undone = undo_run(place, removal.run)
    assert undone.plan.changes == ()
    assert {one.why for one in undone.plan.left_as_is} == {"a person commented /ready hands-off"}
    assert house.labels("3") == frozenset()


def test_an_opt_out_in_the_configuration_takes_our_marks_away_and_its_end_brings_them_back(tmp_path: Path) -> None:
    house = house_of(tmp_path)
    house.run()
    before = (house.labels("1"), house.labels("3"))
    house.values["policy"] = replace(OPEN, opt_out=OptOut(projects=frozenset({"SHOP"})))
    report = house.run()
    assert [house.labels(number) for number in "1234"] == [frozenset()] * 4
    assert house.tracker.comments == {}
    assert set(report.plan.unwanted) == {"SHOP-1", "SHOP-2", "SHOP-3", "SHOP-4"}
    assert house.run().plan.changes == ()
    house.values["policy"] = OPEN
    house.run()
    assert (house.labels("1"), house.labels("3")) == before


def test_marks_whose_removal_would_mail_somebody_who_opted_out_stay_and_the_plan_says_so(tmp_path: Path) -> None:
    tracker = MemoryTracker(backlog(bad("SHOP-1", assignee="acc-bo", assignee_name="Bo Berg")), may_silence=False)
    house = house_of(tmp_path, tracker)
    house.run()
    writes = len(tracker.writes)
    house.values["policy"] = replace(OPEN, opt_out=OptOut(people=frozenset({"acc-bo"})))
    report = house.run()
    assert (report.plan.changes, len(tracker.writes)) == ((), writes)
    assert {one.what for one in report.plan.left_as_is} == {NOT_READY, "comment"}
    assert all(one.why.startswith("Bo Berg would get mail") for one in report.plan.left_as_is)


def test_silent_removals_reach_nobody_and_are_made(tmp_path: Path) -> None:
    house = house_of(tmp_path, MemoryTracker(backlog(bad("SHOP-1", assignee="acc-bo"))))
    house.run()
    house.values["policy"] = replace(OPEN, opt_out=OptOut(people=frozenset({"acc-bo"})))
    house.run()
    assert house.labels("1") == frozenset()
    assert len(house.comments("1")) == 1


# Waivers


def test_a_waiver_of_a_rule_that_does_not_fail_is_answered_and_waives_nothing(tmp_path: Path) -> None:
    house = house_of(tmp_path)
    speaks(house, "1", "/ready waive estimated until 2027-01-31 because it is small")
    report = house.run()
    (put,) = (change for change in report.plan.changes if isinstance(change, PutComment) and change.issue == "1")
    answer = "Ana Alvarez, estimated does not fail on this issue, so nothing was waived."
    assert put.note.answers == (answer,)
    assert report.judgement.unused_waivers == ()
    assert report.commands.waivers == ()
    assert house.run().plan.changes == ()


def test_a_waiver_of_a_rule_that_fails_holds(tmp_path: Path) -> None:
    house = house_of(tmp_path)
    speaks(house, "3", "/ready waive estimated until 2027-01-31 because it is small")
    report = house.run()
    (waiver,) = report.commands.waivers
    findings = report.judgement.by_key["SHOP-3"].findings
    assert [one.rule for one in findings if one.waived] == [waiver.rule]


def test_a_waiver_holds_after_its_issue_moved_to_another_key(tmp_path: Path) -> None:
    house = house_of(tmp_path)
    speaks(house, "3", "/ready waive estimated until 2027-01-31 because it is small")
    house.run()
    house.tracker.edit("3", key="PAY-3")
    judgement = house.run().judgement
    assert [one.rule for one in judgement.by_key["PAY-3"].findings if one.waived] == ["ready.estimated"]
    assert judgement.unused_waivers == ()


def test_a_waiver_of_the_configuration_follows_its_issue_to_another_key(tmp_path: Path) -> None:
    waiver = Waiver(rule="estimated", issue="OLD-3", reason="small", owner="Ana", until=None)
    rules = replace(default_ruleset(), waivers=(waiver,))
    house = house_of(tmp_path, MemoryTracker(replace(backlog(), renamed={"OLD-3": "SHOP-3"})), ruleset=rules)
    judgement = house.run().judgement
    assert [one.rule for one in judgement.by_key["SHOP-3"].findings if one.waived] == ["ready.estimated"]
    assert judgement.unused_waivers == ()


# Acceptances


def planning_world(*sprints: Any) -> MemoryTracker:
    boxes, done = finished(5)
    return MemoryTracker(
        snapshot(
            issue("SHOP-1"),
            product=product(team(takes=TeamFilter())),
            sprints=(*boxes, *sprints),
            history=tuple(done),
        )
    )


def test_an_acceptance_without_a_sprint_is_for_the_next_one_and_ends_with_it(tmp_path: Path) -> None:
    house = house_of(tmp_path, planning_world(), policy=replace(OPEN, sprints=SprintMode.PROPOSE))
    speaks(house, "1", "/ready accept")
    first = house.run()
    assert "which is not in the tracker yet" in first.commands.fresh[0].text
    assert first.commands.accepted == {"1"}

    coming = sprint("5", start=NOW + timedelta(days=7))
    house.tracker = _with_sprints(house.tracker, coming)
    assert house.run().commands.accepted == {"1"}
    with context(tmp_path, house.tracker, house.clock) as place:
        assert [answer.sprint for answer in place.store.commands.answers()] == ["5"]

    started = replace(coming, state=SprintState.ACTIVE)
    house.tracker = _with_sprints(house.tracker, started, sprint("6", start=NOW + timedelta(days=21)))
    assert house.run().commands.accepted == frozenset()


def test_an_accepted_issue_is_not_moved_into_a_later_sprint(tmp_path: Path) -> None:
    coming = sprint("5", start=NOW + timedelta(days=7))
    house = house_of(tmp_path, planning_world(coming), policy=replace(OPEN, sprints=SprintMode.ACCEPTED))
    speaks(house, "1", "/ready accept")
    assert [type(change) for change in house.run().plan.changes if isinstance(change, MoveToSprint)] == [MoveToSprint]
    started = replace(coming, state=SprintState.ACTIVE)
    house.tracker = _with_sprints(house.tracker, started, sprint("6", start=NOW + timedelta(days=21)))
    house.tracker.edit("1", sprint=None)  # a person takes it out of the running sprint
    with context(tmp_path, house.tracker, house.clock, **house.values) as place:
        report = execute_run(place)
    assert [change for change in report.plan.changes if isinstance(change, MoveToSprint)] == []


def _with_sprints(tracker: MemoryTracker, *sprints: Any) -> MemoryTracker:
    """The same issues and comments of ours, with other sprints that are not closed."""
    taken = tracker.pull(Scope(backlog="", product=product(team(takes=TeamFilter()))))
    closed = tuple(one for one in taken.sprints if one.state is SprintState.CLOSED)
    changed = MemoryTracker(replace(taken, sprints=(*closed, *sprints)))
    changed.comments = tracker.comments
    return changed
