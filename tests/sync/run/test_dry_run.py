"""Dry runs: the log says exactly what a run with writing on would have written, and nothing is written."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.evaluate import evaluate
from rules.model import Category, Snapshot
from rules.plan.changes import Change, PutComment, as_data, kind_of, mark_of, value_of
from rules.plan.outcome import Result
from rules.plan.policy import CommentZone, SprintMode
from rules.verdict import Judgement
from sync.run import dry_run, look
from sync.run.context import RunContext
from sync.run.run import execute_run, plan_run
from sync.store.dry_run_log import DryRunLog, place_of
from sync.trackers.memory import MemoryTracker
from tests.factories import NOW, comment, document, finished, issue, snapshot, sprint
from tests.sync.run_contexts import OPEN, Clock, backlog, bad, context
from tests.thorough import scaled

BUSY = replace(OPEN, sprints=SprintMode.ASSIGN, comments=CommentZone.ALL, mails_per_week=4)
KEYS = ("1", "2", "3", "4")


def told(change: Change) -> tuple[str, ...]:
    """What a change says, but for the id of a comment, which only the tracker gives."""
    said = "" if kind_of(change) == "delete-comment" else value_of(change)
    return (kind_of(change), change.issue, mark_of(change), said, change.why)


def dry_run_log_of(place: RunContext) -> list[tuple[str, ...]]:
    with closing(DryRunLog.open(place.store.place, NOW)) as dry_run_log:
        return [told(write.change) for write in dry_run_log.journal.writes() if write.result is Result.DONE]


def written_by(tracker: MemoryTracker) -> list[tuple[str, ...]]:
    return [told(change) for batch in tracker.writes for change in batch]


def test_a_dry_run_writes_nothing_and_notes_what_it_would_have_written(tmp_path: Path) -> None:
    tracker = MemoryTracker(backlog())
    with context(tmp_path, tracker, writes=False) as place:
        report = execute_run(place)
        assert tracker.writes == []
        assert report.outcomes == ()
        assert [told(change) for change in report.plan.changes] == dry_run_log_of(place)
        assert report.go_live is not None
        assert report.go_live.entries == len(report.plan.changes)


def test_a_second_run_would_write_nothing_more_while_the_plan_stays_true_to_the_tracker(tmp_path: Path) -> None:
    tracker, clock = MemoryTracker(backlog()), Clock()
    with context(tmp_path, tracker, clock, writes=False) as place:
        first = execute_run(place)
        clock.move(days=1)
        second = execute_run(place)
        assert second.plan.digest == first.plan.digest
        assert second.go_live is not None
        assert first.go_live is not None
        assert second.go_live.entries == first.go_live.entries
        assert second.go_live.since == first.go_live.since


def test_a_dry_run_judges_the_backlog_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[int] = []

    def counted(*given: Any) -> Judgement:
        judged.append(len(judged))
        return evaluate(*given)

    monkeypatch.setattr(look, "evaluate", counted)
    monkeypatch.setattr(dry_run, "evaluate", counted)
    tracker, clock = MemoryTracker(backlog(bad("SHOP-1", comments=(comment("/ready recheck", id="900"),)))), Clock()
    with context(tmp_path, tracker, clock, writes=False, commanders=frozenset({"acc-ana"})) as place:
        for number in (1, 2, 3):
            clock.move(hours=1)
            report = execute_run(place)
            assert len(judged) == number
        assert report.go_live is not None
        assert report.go_live.entries == len(report.plan.changes)


def test_commands_that_look_show_the_card_and_turn_no_page(tmp_path: Path) -> None:
    tracker = MemoryTracker(backlog())
    with context(tmp_path, tracker, writes=False) as place:
        assert plan_run(place).go_live is None
        assert not place_of(place.store.place).exists()
        kept = execute_run(place).go_live
        looked = plan_run(place).go_live
        assert kept is not None
        assert looked is not None
        assert looked.entries == kept.entries


def test_the_journal_and_the_answers_of_the_store_know_nothing_of_the_play(tmp_path: Path) -> None:
    tracker = MemoryTracker(backlog(bad("SHOP-1", comments=(comment("/ready recheck", id="900"),))))
    with context(tmp_path, tracker, writes=False, commanders=frozenset({"acc-ana"})) as place:
        execute_run(place)
        assert place.store.journal.writes() == ()
        assert place.store.journal.memory() == {}
        assert place.store.commands.answers() == ()
        assert place.store.mails.rows() == ()


def test_mails_are_reported_by_name_where_the_name_is_known(tmp_path: Path) -> None:
    tracker = MemoryTracker(backlog(bad("SHOP-1", reporter="acc-bo", assignee="acc-di")))
    with context(tmp_path, tracker, writes=False) as place:
        team = place.scope.product.teams[0]
        named = replace(team, people=(replace(team.people[0], account="acc-bo"),))
        scope = replace(place.scope, product=replace(place.scope.product, teams=(named,)))
        go_live_summary = execute_run(replace(place, scope=scope)).go_live
        assert go_live_summary is not None
        assert {post.person for post in go_live_summary.post} == {"Bo", "acc-di"}


def test_going_live_ends_the_log_and_begins_from_the_tracker_as_it_is(tmp_path: Path) -> None:
    tracker = MemoryTracker(backlog())
    with context(tmp_path, tracker, writes=False) as place:
        dry = execute_run(place)
        live = execute_run(replace(place, writes=True))
        assert [told(change) for change in live.plan.changes] == [told(change) for change in dry.plan.changes]
        assert {one.result for one in live.outcomes} == {Result.DONE}
        assert live.go_live is None
        assert not place_of(place.store.place).exists()

        again = execute_run(place)
        assert again.go_live is not None
        assert again.go_live.entries == 0


def test_what_was_written_before_writing_was_switched_off_is_ours_in_a_dry_run_too(tmp_path: Path) -> None:
    tracker = MemoryTracker(backlog(issue("SHOP-1")))
    with context(tmp_path, tracker) as place:
        execute_run(place)
        tracker.edit("1", document=document("Soon."), title="Say who handles a return", points=None)
        execute_run(replace(place, writes=False))
        kinds = [(row[0], row[2]) for row in dry_run_log_of(place)]
        assert ("remove-label", "readyline-ready") in kinds
        assert ("add-label", "readyline-not-ready") in kinds


def test_the_guard_does_not_stop_the_play_and_the_card_says_which_limits_would_do(tmp_path: Path) -> None:
    tracker = MemoryTracker(backlog())
    tight = replace(OPEN, limits=replace(OPEN.limits, changes=1))
    with context(tmp_path, tracker, writes=False, policy=tight) as place:
        report = execute_run(place)
        assert report.refused
        assert report.go_live is not None
        assert report.go_live.entries == len(report.plan.changes)
        assert report.go_live.max_changes >= report.go_live.largest


EDITS = st.sampled_from(
    ["bad", "good", "points", "hands-off", "hands-on", "label", "done", "open", "component", "ask", "accept", "watch"]
)
STEPS = st.lists(
    st.tuples(st.lists(st.tuples(st.sampled_from(KEYS), EDITS), max_size=4), st.integers(0, 80)),
    min_size=2,
    max_size=8,
)


def world() -> Snapshot:
    """Four issues of a team with a pace and a future sprint."""
    sprints, done = finished(4)
    issues = (
        issue("SHOP-1", reporter="ana"),
        bad("SHOP-2", reporter="ana"),
        issue("SHOP-3", title="Show the voucher on the receipt", reporter="bo"),
        bad("SHOP-4", title="Say on the order page who handles a return", assignee="ana", reporter="bo"),
    )
    return snapshot(*issues, history=tuple(done), sprints=(*sprints, sprint("7")))


def act(tracker: MemoryTracker, number: str, edit: str, step: int) -> None:
    """Do what a person may do to an issue, whatever we have left on it."""
    one = tracker.read(number)
    assert one is not None
    off = "readyline-hands-off"
    changes: dict[str, dict[str, Any]] = {
        "bad": {"document": document(f"Soon, said step {step}.")},
        "good": {"document": issue().document, "points": 3.0},
        "points": {"points": float(step)},
        "hands-off": {"labels": one.labels | {off}},
        "hands-on": {"labels": one.labels - {off}},
        "label": {"labels": one.labels ^ {"ui"}},
        "done": {"category": Category.DONE},
        "open": {"category": Category.TODO},
        "component": {"components": ("search",)},
        "ask": {"comments": (*one.comments, comment("/ready recheck", id=f"{number}-{step}-ask"))},
        "accept": {"comments": (*one.comments, comment("/ready accept", id=f"{number}-{step}-yes"))},
        "watch": {"watchers": 5},
    }
    tracker.edit(number, **changes[edit])


@settings(max_examples=scaled(8, 30), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
def test_replaying_the_dry_run_log_with_writing_on_gives_exactly_its_writes(
    steps: list[tuple[list[tuple[str, str]], int]],
) -> None:
    """People act on two trackers alike; on one we write, on the other we keep the dry-run log."""
    live, shown = MemoryTracker(world()), MemoryTracker(world())
    clock = Clock()
    options: dict[str, Any] = {"policy": BUSY, "commanders": frozenset({"acc-ana"})}
    with (
        TemporaryDirectory() as here,
        TemporaryDirectory() as there,
        context(Path(here), live, clock, **options) as real,
        context(Path(there), shown, clock, writes=False, **options) as dry,
    ):
        for number, (edits, hours) in enumerate(steps):
            clock.move(hours=hours)
            for key, edit in edits:
                act(live, key, edit, number)
                act(shown, key, edit, number)
            execute_run(real)
            execute_run(dry)
            assert dry_run_log_of(dry) == written_by(live)
        assert shown.writes == []
        with closing(DryRunLog.open(dry.store.place, NOW)) as dry_run_log:
            assert dry_run_log.mails.rows() == real.store.mails.rows()


def test_the_dry_run_log_holds_why_before_and_after(tmp_path: Path) -> None:
    tracker = MemoryTracker(backlog(bad("SHOP-1")))
    with context(tmp_path, tracker, writes=False) as place:
        report = execute_run(place)
        with closing(DryRunLog.open(place.store.place, NOW)) as dry_run_log:
            (said,) = (write for write in dry_run_log.journal.writes() if isinstance(write.change, PutComment))
        assert said.run == report.run
        assert said.change.why
        assert said.after is not None
        assert said.after.comment_digest == said.change.note.digest  # type: ignore[union-attr]
        assert as_data(said.change)["issue"] == "SHOP-1"
