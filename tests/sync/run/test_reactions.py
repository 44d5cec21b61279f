"""What runs keep of how people react to findings: only of what was on the tracker, and only from whole runs."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from rules.learning.reactions import Reaction, RuleReactions
from rules.model import Issue, Snapshot
from rules.plan.guard import Limits
from sync.run.run import execute_run, plan_run, with_learned
from sync.trackers.base import Scope
from sync.trackers.memory import MemoryTracker
from tests.factories import NOW, STORY, document, issue
from tests.sync.run.test_run import NOT_READY
from tests.sync.run_contexts import OPEN, Clock, backlog, context

RULE = "ready.acceptance"
BARE = document("As a returning shopper, I want to pay with a saved card so that checkout takes seconds.")


class Dated(MemoryTracker):
    """A tracker that is read on another day each time."""

    day = 0

    def pull(self, scope: Scope) -> Snapshot:
        return replace(super().pull(scope), taken_at=NOW + timedelta(days=self.day))


def unready(**overrides: Any) -> Issue:
    """A story without acceptance criteria."""
    return issue("SHOP-3", document=BARE, **overrides)


class Days:
    """Runs on several days."""

    def __init__(self, folder: Path, **values: Any) -> None:
        self.folder, self.values = folder, values
        self.tracker, self.clock = Dated(backlog(unready())), Clock()

    def run(self, day: int, **values: Any) -> RuleReactions | None:
        """A whole run on that day, and what its report says of the rule."""
        self.tracker.day, self.clock.now = day, NOW + timedelta(days=day)
        with context(self.folder, self.tracker, self.clock, **self.values | values) as place:
            learned = execute_run(place).learned
        assert learned is not None
        return next((one for one in learned.reactions if one.rule == RULE), None)

    def kept(self) -> list[Reaction | None]:
        with context(self.folder, self.tracker, self.clock, **self.values) as place:
            return [one.reaction for one in place.store.reactions.all() if one.rule == RULE]


def test_a_finding_waits_until_a_person_fixes_it(tmp_path: Path) -> None:
    days = Days(tmp_path)
    first, second = days.run(0), days.run(1)
    days.tracker.edit("3", document=document(*STORY.split("\n")), updated=NOW + timedelta(days=2))
    third = days.run(3)

    assert first is not None
    assert (first.waiting, first.total) == (1, 0)
    assert first == second
    assert third is not None
    assert (third.waiting, third.fixed_in_time) == (0, 1)


def test_a_person_who_removes_our_label_overrides_the_finding_once(tmp_path: Path) -> None:
    days = Days(tmp_path)
    days.run(0)
    days.tracker.edit("3", labels=frozenset(), updated=NOW)
    days.run(1)
    days.run(2)

    assert NOT_READY not in next(iter(days.tracker.pull(Scope(backlog="", product=backlog().product)).issues)).labels
    assert days.kept() == [Reaction.LABEL_REMOVED]


def test_what_was_never_on_the_tracker_is_not_followed(tmp_path: Path) -> None:
    """A dry run, a plan that the limits refuse, and an issue that people want to be left alone."""
    days = Days(tmp_path)
    days.run(0, writes=False)
    days.run(1, policy=replace(OPEN, limits=Limits(changes=0, share=0.0)))
    days.tracker.edit("3", labels=frozenset({"readyline-hands-off"}), updated=NOW)
    days.run(2)

    assert days.kept() == []


def test_commands_that_look_keep_nothing(tmp_path: Path) -> None:
    days = Days(tmp_path)
    days.run(0)
    days.tracker.edit("3", document=document(*STORY.split("\n")), updated=NOW)
    with context(tmp_path, days.tracker, days.clock) as place:
        learned = with_learned(plan_run(place), place).learned

    assert learned is not None
    assert [one.waiting for one in learned.reactions if one.rule == RULE] == [1]
    assert days.kept() == [None]
