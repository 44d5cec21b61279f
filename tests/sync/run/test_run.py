"""One run: level and not edge, harmless by default, and nothing lost when the store is."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rules.model import OwnMarks, SprintState
from rules.plan.changes import MoveToSprint, kind_of
from rules.plan.guard import Limits
from rules.plan.outcome import Result
from rules.plan.policy import SprintMode
from sync.errors import DigestMismatch
from sync.reports.base import RunReport
from sync.run.run import execute_run, plan_run
from sync.store.journal import Journal
from sync.trackers.memory import MemoryTracker
from tests.factories import NOW, STORY, comment, document, finished, issue, snapshot, sprint
from tests.sync.run_contexts import OPEN, Clock, backlog, bad, context

READY, NOT_READY, HANDS_OFF = (f"readyline-{name}" for name in ("ready", "not-ready", "hands-off"))
ANA = frozenset({"acc-ana"})


class House:
    """A tracker, a folder for the store, and runs: each opens the store again, as each run of the program does."""

    def __init__(self, folder: Path, tracker: MemoryTracker | None = None, **values: Any) -> None:
        self.folder, self.values, self.clock = folder, values, Clock()
        self.tracker = tracker or MemoryTracker(backlog())

    def run(self, expect: str | None = None) -> RunReport:
        self.clock.move(hours=1)
        with context(self.folder, self.tracker, self.clock, **self.values) as place:
            return execute_run(place, expect=expect)

    def plan_run(self) -> RunReport:
        with context(self.folder, self.tracker, self.clock, **self.values) as place:
            return plan_run(place)

    def lose_store(self) -> None:
        for path in self.folder.glob("readyline.db*"):
            path.unlink()

    def labels(self, issue_id: str) -> frozenset[str]:
        found = self.tracker.read(issue_id)
        assert found is not None
        return found.labels

    def comments(self, issue_id: str) -> list[str]:
        return [comment for comment, (where, _) in self.tracker.comments.items() if where == issue_id]


def kinds(report: RunReport) -> list[str]:
    return [kind_of(change) for change in report.plan.changes]


def test_the_second_run_plans_nothing(tmp_path: Path) -> None:
    house = House(tmp_path)
    first, second = house.run(), house.run()
    assert {outcome.result for outcome in first.outcomes} == {Result.DONE}
    assert (second.plan.changes, second.outcomes) == ((), ())


def test_a_run_keeps_how_many_issues_of_the_ready_horizon_are_ready(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.run()
    [earlier] = house.plan_run().history
    assert (earlier.near, earlier.near_ready) == (4, 2)


def test_every_run_has_an_id_of_its_own_and_only_those_that_wrote_can_be_taken_back(tmp_path: Path) -> None:
    house = House(tmp_path)
    first, second = house.run(), house.run()
    assert first.run != second.run
    with context(tmp_path, house.tracker, house.clock) as place:
        assert place.store.journal.has_run(first.run)
        assert not place.store.journal.has_run(second.run)


def test_looking_writes_nothing_and_says_what_a_run_then_does(tmp_path: Path) -> None:
    house = House(tmp_path)
    looked = house.plan_run()
    assert house.tracker.writes == []
    done = house.run(expect=looked.plan.digest)
    assert done.plan.changes == looked.plan.changes


def test_only_the_plan_that_was_reviewed_is_written(tmp_path: Path) -> None:
    house = House(tmp_path)
    reviewed = house.plan_run().plan.digest
    house.tracker.edit("1", document=document("Soon."))
    with pytest.raises(DigestMismatch, match=reviewed):
        house.run(expect=reviewed)
    assert house.tracker.writes == []


def test_a_refused_plan_is_in_the_report_and_nothing_is_written(tmp_path: Path) -> None:
    house = House(tmp_path, policy=replace(OPEN, limits=Limits(changes=1, share=1.0)))
    report = house.run()
    assert "max_changes" in report.refused
    assert report.plan.changes
    assert (report.outcomes, house.tracker.writes) == ((), [])


def test_a_refused_plan_leaves_a_command_unanswered_until_it_is_answered(tmp_path: Path) -> None:
    asking = backlog(bad("SHOP-1", comments=(comment("/ready recheck", id="900"),)))
    house = House(tmp_path, MemoryTracker(asking), commanders=ANA, policy=replace(OPEN, limits=Limits(changes=0)))
    house.run()
    house.values["policy"] = OPEN
    assert [answer.comment for answer in house.run().commands.fresh] == ["900"]


# What people chose


def test_a_label_put_back_by_a_person_is_theirs_even_if_nothing_else_happened_in_between(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.run()
    house.tracker.edit("3", labels=frozenset())
    assert house.run().plan.changes == ()
    house.tracker.edit("3", labels=frozenset({NOT_READY}))
    house.run()
    house.tracker.edit("3", document=document(*STORY.split("\n")), points=3.0)
    house.run()
    assert NOT_READY in house.labels("3")


def test_what_a_person_took_away_is_remembered_even_where_the_guard_refuses(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.run()
    house.tracker.edit("3", labels=frozenset())
    house.values["policy"] = replace(OPEN, limits=Limits(changes=0))
    house.tracker.edit("1", document=document("Soon."))
    assert house.run().refused
    house.tracker.edit("3", labels=frozenset({NOT_READY}))
    house.values["policy"] = OPEN
    house.run()
    house.tracker.edit("3", document=document(*STORY.split("\n")), points=3.0)
    house.run()
    assert NOT_READY in house.labels("3")


def test_a_removed_ready_label_returns_once_the_issue_was_not_ready_in_between(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.run()
    house.tracker.edit("1", labels=frozenset())
    assert house.run().plan.changes == ()
    story = house.tracker.read("1")
    assert story is not None
    house.tracker.edit("1", document=document("Soon."))
    house.run()
    house.tracker.edit("1", document=story.document)
    house.run()
    assert house.labels("1") == {READY}


def test_a_removed_not_ready_label_returns_once_the_issue_was_ready_in_between(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.run()
    house.tracker.edit("3", labels=frozenset())
    assert house.run().plan.changes == ()
    house.tracker.edit("3", document=document(*STORY.split("\n")), points=3.0)
    house.run()
    house.tracker.edit("3", document=document("Soon."), points=None)
    house.run()
    assert house.labels("3") == {NOT_READY}


# The store may be lost


def test_without_its_store_a_run_that_finds_all_in_place_writes_nothing(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.run()
    writes = len(house.tracker.writes)
    house.lose_store()
    assert house.run().plan.changes == ()
    assert len(house.tracker.writes) == writes


def test_without_its_store_a_run_edits_our_comment_and_writes_no_second_one(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.run()
    (known,) = house.comments("3")
    said = house.tracker.comments[known]
    house.tracker.edit("3", document=document("Much later."), title="Another thing")
    house.lose_store()
    house.run()
    assert house.comments("3") == [known]
    house.tracker.edit("3", document=document(*STORY.split("\n")), points=3.0)
    house.lose_store()
    house.run()
    house.run()
    assert house.comments("3") == [known]
    assert house.tracker.comments[known] != said
    assert house.labels("3") == {READY}


def test_without_its_store_what_people_took_away_stays_away(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.run()
    house.tracker.delete_comment(house.comments("3")[0])
    house.tracker.edit("3", labels=frozenset())
    house.lose_store()
    house.run()
    assert house.labels("3") == frozenset()
    assert house.run().plan.changes == ()


def test_without_its_store_a_label_of_a_person_is_still_theirs(tmp_path: Path) -> None:
    house = House(tmp_path, MemoryTracker(backlog(bad("SHOP-1", labels=frozenset({READY})))))
    house.run()
    house.lose_store()
    house.run()
    assert READY in house.labels("1")


@pytest.mark.parametrize("lost", [False, True], ids=["kept", "lost"])
def test_hands_off_takes_everything_of_ours_away(tmp_path: Path, lost: bool) -> None:  # noqa: FBT001 - a table row
    house = House(tmp_path)
    house.run()
    house.tracker.edit("3", labels=frozenset({HANDS_OFF}))
    if lost:
        house.lose_store()
    house.run()
    assert house.labels("3") == {HANDS_OFF}
    assert house.comments("3") == []
    assert house.run().plan.changes == ()


def test_a_comment_deleted_together_with_a_hands_off_stays_away_when_hands_are_wanted_again(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.run()
    house.tracker.delete_comment(house.comments("3")[0])
    house.tracker.edit("3", labels=frozenset({HANDS_OFF}))
    house.run()
    house.tracker.edit("3", labels=frozenset())
    house.run()
    assert house.comments("3") == []


# The baseline


def test_an_accepted_finding_is_not_reported_until_it_was_fixed_once(tmp_path: Path) -> None:
    house = House(tmp_path, MemoryTracker(backlog(issue("SHOP-1", points=None))))
    findings = [f for v in house.plan_run().judgement.verdicts for f in v.findings]
    with context(tmp_path, house.tracker, house.clock) as place:
        place.store.baseline.accept(findings, "legacy", NOW)
    accepted = house.run().judgement.verdicts[0]
    assert (accepted.ready, accepted.blocking) == (False, ())
    house.tracker.edit("1", points=3.0)
    house.run()
    house.tracker.edit("1", points=None)
    assert house.run().judgement.verdicts[0].blocking != ()


# Commands


def asking(text: str, **values: Any) -> MemoryTracker:
    return MemoryTracker(backlog(bad("SHOP-1", comments=(comment(text, id="900", **values),))))


@pytest.mark.parametrize(
    ("text", "author", "answer"),
    [
        ("/ready recheck", "acc-ana", "Checked again"),
        ("/ready waive acceptance until 2099-01-31 because we know", "acc-ana", "waived acceptance until 2099-01-31"),
        ("/ready waive nothing until 2099-01-31 because we know", "acc-ana", "there is no rule 'nothing'"),
        ("/ready recheck", "acc-sam", ", only Ana Alvarez (Product Owner) can recheck here."),
    ],
)
def test_a_command_is_answered_once(tmp_path: Path, text: str, author: str, answer: str) -> None:
    house = House(tmp_path, asking(text, author=author), commanders=ANA)
    first = house.run()
    assert [fresh.comment for fresh in first.commands.fresh] == ["900"]
    assert answer in first.commands.fresh[0].text
    assert len(house.comments("1")) == 1
    second = house.run()
    assert (second.commands.fresh, second.plan.changes) == ((), ())


def test_a_command_is_not_answered_twice_by_a_worker_that_lost_its_store(tmp_path: Path) -> None:
    house = House(tmp_path, asking("/ready recheck"), commanders=ANA)
    house.run()
    said = dict(house.tracker.comments)
    house.lose_store()
    assert house.run().plan.changes == ()
    assert house.tracker.comments == said


def test_who_asks_gets_an_answer_even_where_our_comment_was_deleted(tmp_path: Path) -> None:
    house = House(tmp_path, MemoryTracker(backlog(bad("SHOP-1"))), commanders=ANA)
    house.run()
    house.tracker.delete_comment(house.comments("1")[0])
    house.tracker.edit("1", comments=(comment("/ready recheck", id="900"),))
    house.run()
    assert len(house.comments("1")) == 1
    assert house.run().plan.changes == ()


def test_any_other_text_is_inert(tmp_path: Path) -> None:
    house = House(tmp_path, asking("Please /ready recheck, {code}/ready accept{code}"), commanders=ANA)
    assert house.run().commands.answers == ()


# Judged again just before the write


class Hasty(MemoryTracker):
    """A tracker on which somebody acts between the pull and the first fresh look."""

    def __init__(self, *held: Any, act: Callable[["Hasty"], None], **around: Any) -> None:
        super().__init__(snapshot(*held, **around))
        self.act: Callable[[Hasty], None] | None = act

    def read(self, issue_id: str) -> Any:
        if self.act is not None:
            act, self.act = self.act, None
            act(self)
        return super().read(issue_id)


def test_an_issue_that_stops_being_ready_under_our_hands_is_not_moved(tmp_path: Path) -> None:
    boxes, done = finished(6)
    tracker = Hasty(
        issue("SHOP-1"),
        act=lambda site: site.edit("1", document=document("Soon."), points=None),
        sprints=(*boxes, sprint("2", SprintState.FUTURE)),
        history=tuple(done),
    )
    policy = replace(OPEN, sprints=SprintMode.ASSIGN)
    report = House(tmp_path, tracker, policy=policy).run()
    moves = [outcome for outcome in report.outcomes if isinstance(outcome.change, MoveToSprint)]
    assert [outcome.result for outcome in moves] == [Result.SKIPPED]
    assert READY not in tracker.read("1").labels
    assert tracker.read("1").sprint is None


def test_a_hands_off_that_comes_between_is_heeded(tmp_path: Path) -> None:
    tracker = Hasty(bad("SHOP-1"), act=lambda site: site.edit("1", labels=frozenset({HANDS_OFF})))
    report = House(tmp_path, tracker).run()
    assert {outcome.result for outcome in report.outcomes} == {Result.SKIPPED}
    assert tracker.writes == []


@pytest.mark.parametrize("keys", [("SHOP-1",), ("SHOP-1", "SHOP-2", "SHOP-3", "SHOP-4")], ids=len)
def test_an_issue_that_changed_meanwhile_costs_one_look_at_its_own_memory(
    tmp_path: Path, keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str] = []
    read_all, read_one = Journal.memory, Journal.memory_of

    def memory(journal: Journal) -> dict[str, OwnMarks]:
        looks.append("all")
        return read_all(journal)

    def memory_of(journal: Journal, one: str) -> dict[str, OwnMarks]:
        looks.append(one)
        return read_one(journal, one)

    monkeypatch.setattr(Journal, "memory", memory)
    monkeypatch.setattr(Journal, "memory_of", memory_of)
    ids = [key.rpartition("-")[2] for key in keys]

    def act(site: Hasty) -> None:
        for one in ids:
            site.edit(one, priority="Low")

    House(tmp_path, Hasty(*backlog().issues, act=act)).run()
    assert sorted({*looks} - {"all"}) == ids
    assert looks.count("all") == 2  # once to know what we left, once to plan


def test_when_a_run_began_is_read_from_the_contexts_own_clock(tmp_path: Path) -> None:
    house = House(tmp_path)
    report = house.run()
    assert report.started == house.clock.now
    assert report.run.startswith(f"{report.started:%Y%m%dT%H%M%S}-")
    assert report.snapshot.taken_at == NOW
