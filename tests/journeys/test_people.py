"""People, another bot, faults and the worker act in random order, and nobody has reason to complain.

    READYLINE_THOROUGH=1 pytest tests/journeys/test_people.py

takes thousands of steps instead of hundreds, by a random seed that is printed (READYLINE_SEED fixes it,
READYLINE_SHRINK=1 looks for the shortest journey that fails).
"""

import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import ClassVar

import pytest
import structlog
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from rules.plan.changes import as_data
from rules.plan.outcome import Result
from sync.errors import TrackerError
from sync.fake_jira.faults import (
    Asked,
    Fault,
    Truncate,
    broken,
    logged_out,
    reset_after,
    reset_before,
    too_many,
    unavailable,
)
from sync.fake_jira.records import Record
from tests.journeys import model
from tests.journeys.model import (
    ANA,
    BO,
    BOT,
    HANDS_OFF,
    OURS,
    ROBOT,
    STRANGER,
    TEXTS,
    Died,
    Meddle,
    Workplace,
    is_fresh_read,
    is_write,
)
from tests.thorough import SEED, scaled, share

pytestmark = [pytest.mark.journey, pytest.mark.uncovered]  # many runs over the same lines

ANYBODY = st.sampled_from([ANA, BO, STRANGER, ROBOT]).map(lambda who: who.id)
ANY_ISSUE = st.integers(0, 2) | st.integers(0, 12)
COMMANDS = (
    "/ready recheck",
    "/ready accept",
    "/ready waive acceptance until 2099-01-31 because we know",
    "/ready waive nonsense",
    "/ready approve",
    "/ready hands-off",
    "/ready hands-on",
    "/ready waive story_form until 2020-01-31 because it is over",
    "I am /ready to recheck",
)
DOINGS = ("edits", "takes off", "flips", "hands off", "deletes comment", "moves", "goes on", "finishes", "deletes")
TROUBLE: dict[str, Fault] = {
    "reset before": reset_before(),
    "reset after": reset_after(),
    "429": too_many(retry_after=1),
    "500": broken(500),
    "503": unavailable(1),
    "401": logged_out(),
    "cut short": Truncate(clean=False),
    "cut short, and looks whole": Truncate(clean=True),
}


class Journey(RuleBasedStateMachine):
    """One site, and whatever may happen to it."""

    dialect: ClassVar[str]
    database: ClassVar[str] = ""
    steps: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.place = Workplace(self.dialect, self.database)
        self.state, self.witness = self.place.state, self.place.witness
        self.created = model.BACKLOG
        self.unsettled = 1
        """How many quiet passes it may take until nothing is left to do."""
        self.clean: tuple[str, tuple[object, ...]] | None = None
        """The last pass that wrote all it wanted, and how the site stood then."""

    def teardown(self) -> None:
        self.place.close()

    def _issue(self, number: int) -> Record | None:
        open_ones = sorted(
            (record for record in self.state.issues.values() if record.summary.startswith("Pay")),
            key=lambda record: record.number,
        )
        return open_ones[number % len(open_ones)] if open_ones else None

    # people: what cannot be done is not done

    @rule(number=ANY_ISSUE, text=st.sampled_from(sorted(TEXTS)))
    def edits_text(self, number: int, text: str) -> None:
        if (issue := self._issue(number)) is not None:
            self.witness.edited.add(issue.id)
            self.state.edit(issue.key, description=model.body(text, issue.number), by=ANA.id)

    @rule(number=ANY_ISSUE, who=ANYBODY, label=st.sampled_from((*OURS, "readyline-later", "urgent")))
    def flips_label(self, number: int, who: str, label: str) -> None:
        if (issue := self._issue(number)) is not None:
            flip = self.state.remove_label if label in issue.labels else self.state.add_label
            flip(issue.key, label, by=who)

    @rule(number=ANY_ISSUE, who=ANYBODY)
    def takes_our_label_off(self, number: int, who: str) -> None:
        if (issue := self._issue(number)) is not None:
            for label in sorted(set(OURS) & set(issue.labels)):
                self.state.remove_label(issue.key, label, by=who)

    @rule(number=ANY_ISSUE, who=ANYBODY)
    def wants_hands_off_or_on_again(self, number: int, who: str) -> None:
        self.flips_label(number, who, HANDS_OFF)

    @rule(number=ANY_ISSUE)
    def deletes_our_comment(self, number: int) -> None:
        if (issue := self._issue(number)) is not None:
            for ours in [remark.id for remark in issue.remarks if remark.author.id == BOT.id]:
                self.state.delete_comment(ours, by=ANA.id)
                self.witness.deleted.add(ours)

    @rule(number=ANY_ISSUE, answers=st.booleans())
    def edits_or_answers_our_comment(self, number: int, *, answers: bool) -> None:
        issue = self._issue(number)
        ours = [remark for remark in issue.remarks if remark.author.id == BOT.id] if issue is not None else []
        if issue is None or not ours:
            return
        if answers:
            self.state.comment(issue.key, model.answer(self.place.jira.dialect), by=BO.id)
        else:
            for remark in ours:
                self.state.edit_comment(remark.id, "I disagree.", by=BO.id)
        self.witness.heard(issue)

    @rule(number=ANY_ISSUE, who=ANYBODY, text=st.sampled_from(COMMANDS))
    def writes_comment(self, number: int, who: str, text: str) -> None:
        if (issue := self._issue(number)) is not None:
            self.state.comment(issue.key, text, by=who)

    @rule(number=ANY_ISSUE, place=st.integers(0, 3))
    def moves_between_sprints(self, number: int, place: int) -> None:
        there = [None, *(sprint.id for sprint in self.state.sprints.values() if sprint.state != "closed")]
        if (issue := self._issue(number)) is not None:
            self.state.move_to_sprint(issue.key, there[place % len(there)], by=BO.id)

    @rule(on=st.booleans())
    def starts_or_closes_sprint(self, *, on: bool) -> None:
        running = [sprint.id for sprint in self.state.sprints.values() if sprint.state == "active"]
        coming = [sprint.id for sprint in self.state.sprints.values() if sprint.state == "future"]
        if running:
            self.state.close_sprint(running[0], move_to=coming[0] if on and coming else None, by=BO.id)
        elif len(coming) > 1:
            self.state.start_sprint(coming[0])

    @rule(number=ANY_ISSUE, what=st.sampled_from(["done", "open", "deleted", "new", "first"]))
    def works_on(self, number: int, what: str) -> None:
        issue, first = self._issue(number), self._issue(0)
        if what == "new" and self.created < 12:
            self.created += 1
            model.new_issue(self.state, self.place.now(), self.created, "no criteria")
        elif issue is not None and what in ("done", "open"):
            self.state.transition(issue.key, "Done" if what == "done" else "To Do", by=BO.id)
        elif issue is not None and what == "deleted":
            self.state.delete(issue.key)
        elif issue is not None and first is not None and issue is not first and what == "first":
            self._ranked(issue.key, first.key)

    def _ranked(self, issue: str, before: str) -> None:
        with self.state.lock:  # the site ranks in the name of whoever is logged in
            self.state.me = ANA
            try:
                self.state.rank([issue], before=before)
            finally:
                self.state.me = BOT

    @rule(hours=st.sampled_from([1, 20, 24 * 8]))
    def time_passes(self, hours: int) -> None:
        self.place.later += timedelta(hours=hours)

    # the worker

    @rule()
    def passes(self) -> None:
        report = self.place.run()
        failed = [outcome for outcome in report.outcomes if outcome.result is Result.FAILED]
        assert not failed
        assert not report.refused
        self._nothing_of_ours_where_hands_are_off()
        self.unsettled -= 1
        if self.unsettled > 0:
            return
        self.unsettled = 0
        again = self.place.plan().plan
        assert not again.changes, [as_data(change) for change in again.changes]
        self.clean = (report.run, self._moment()) if report.outcomes else None

    @rule()
    def passes_on_schedule(self) -> None:
        self.place.later += timedelta(minutes=15)
        self.passes()

    @rule()
    def passes_the_next_day(self) -> None:
        self.place.later += timedelta(hours=25)
        self.passes()

    @rule(nth=st.integers(0, 12), trouble=st.sampled_from(sorted(TROUBLE)), stays=st.booleans())
    def passes_in_trouble(self, nth: int, trouble: str, *, stays: bool) -> None:
        """From its nth write on the site fails, once or until the run gives up."""
        left = iter(range(nth, -1, -1))
        struck = False

        def strike(asked: Asked) -> Fault | None:
            nonlocal struck
            if not is_write_asked(asked):
                return None
            if (struck and stays) or next(left, -1) == 0:
                struck = True
                return TROUBLE[trouble]
            return None

        self.place.jira.faults.hook = strike
        with suppress(TrackerError):
            self.place.run(disturbed=True)
        self.place.jira.faults.clear()

    @rule(nth=st.integers(0, 12), after=st.booleans())
    def dies(self, nth: int, *, after: bool) -> None:
        """The worker is killed just before or just after its nth write."""

        def die() -> None:
            raise Died

        meddle = Meddle(nth, die, is_write, after=after)
        with suppress(Died):
            self.place.run(meddle)

    @rule(nth=st.integers(0, 6), doing=st.sampled_from(DOINGS), number=ANY_ISSUE, place=st.integers(0, 3))
    def passes_among_people(self, nth: int, doing: str, number: int, place: int) -> None:
        """Somebody acts just before an issue is read for the last time."""

        def act() -> None:
            self.witness.look_around()
            self._somebody(doing, number, place)

        with suppress(TrackerError):
            self.place.run(Meddle(nth, act, is_fresh_read))

    def _somebody(self, doing: str, number: int, place: int) -> None:
        match doing:
            case "edits":
                self.edits_text(number, sorted(TEXTS)[place])
            case "takes off":
                self.takes_our_label_off(number, ANA.id)
            case "flips":
                self.flips_label(number, ROBOT.id, OURS[place % 2])
            case "hands off":
                self.wants_hands_off_or_on_again(number, ANA.id)
            case "deletes comment":
                self.deletes_our_comment(number)
            case "moves":
                self.moves_between_sprints(number, place)
            case "goes on":
                self.starts_or_closes_sprint(on=True)
            case "finishes":
                self.works_on(number, "done")
            case "deletes":
                self.works_on(number, "deleted")

    @rule()
    def loses_its_store(self) -> None:
        self.place.lose_store()
        self.unsettled = 2

    @rule()
    def is_resumed(self) -> None:
        self.place.resume()
        self.unsettled = 1

    @rule(back=st.integers(1, 3))
    def is_taken_back(self, back: int) -> None:
        """Somebody takes a run back; if it was the last thing that happened, nothing of it is wanted again."""
        with self.place.context() as context:
            runs = context.store.journal.last_runs(back)
        if len(runs) < back:
            return
        untouched = self.clean == (runs[-1], self._moment())
        taken = self.place.undo(runs[-1])
        if untouched:
            allowed = ("hands-off", "is no longer stored")  # the second where the store was lost
            assert all(any(word in one.why for word in allowed) for one in taken.plan.left_as_is), taken.plan.left_as_is
            again = self.place.plan().plan
            assert not again.changes, [as_data(change) for change in again.changes]

    def _moment(self) -> tuple[object, ...]:
        return (self.state.version, *(sprint.state for sprint in self.state.sprints.values()))

    def _nothing_of_ours_where_hands_are_off(self) -> None:
        for record in self.state.issues.values():
            if _wants_nothing(record) and record.status.category != "done":
                ours = {remark.id for remark in record.remarks if remark.author.id == BOT.id}
                assert ours <= self.witness.given_up.keys(), record.key
                labels = [label for label in OURS if self.witness.labels.get((record.id, label)) == "us"]
                assert not labels, (record.key, labels)

    @invariant()
    def nobody_has_reason_to_complain(self) -> None:
        Journey.steps += 1
        self.witness.look_around()


def _wants_nothing(record: Record) -> bool:
    """Whether people want nothing to be written: by the label, or by what somebody who may command wrote last."""
    said = [
        remark.body.wiki for remark in record.remarks if remark.author in (ANA, BO) and "hands-" in remark.body.wiki
    ]
    return HANDS_OFF in record.labels or said[-1:] == ["/ready hands-off"]


def is_write_asked(asked: Asked) -> bool:
    """Whether a request changes something on the site, as faults see it."""
    looks = asked.path.endswith(("/search", "/search/jql", "/bulkfetch", "/comment/list"))
    return asked.method != "GET" and not looks


class CloudJourney(Journey):
    dialect = "cloud"


class DatacenterJourney(Journey):
    dialect = "datacenter"


def _settings() -> settings:
    """Deterministic and short for every day, random and long where asked; a failure is shrunk only where asked too."""
    examples, steps = scaled(10, 150), scaled(30, 60)
    shrinks = (Phase.shrink,) if os.environ.get("READYLINE_SHRINK") else ()
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        derandomize=not share(),
        database=None,
        deadline=None,
        print_blob=True,
        phases=(Phase.generate, *shrinks),
        suppress_health_check=list(HealthCheck),
    )


@pytest.fixture(autouse=True)
def _quiet_logs() -> Iterator[None]:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    yield
    structlog.reset_defaults()


def _journey(machine: type[Journey]) -> None:
    if share():
        seed(int(os.environ[SEED]))(machine)
    Journey.steps = 0
    run_state_machine_as_test(machine, settings=_settings())
    print(f"{Journey.steps} steps on {machine.dialect}")


def test_journeys_on_cloud() -> None:
    _journey(CloudJourney)


def test_journeys_on_datacenter() -> None:
    _journey(DatacenterJourney)


@pytest.mark.thorough
def test_journeys_with_the_store_in_a_database(postgresql: str) -> None:
    class DatabaseJourney(CloudJourney):
        database = postgresql

    _journey(DatabaseJourney)
