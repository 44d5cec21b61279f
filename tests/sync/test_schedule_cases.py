"""When the worker runs, played through in no time: its own scheduler with a clock that a test moves.

A case of `schedule_cases.toml` has `schedule` and `before` as the configuration writes them. It plays `from` one moment
`until` another. `sprints` are there at the beginning; `moved` gives one another start, makes or deletes it. While the
machine is `asleep` nothing runs; after `down` the program is started again. A run that `fails` raises. Expected are the
`runs`, and the runs that would send a planning's `messages`.
"""

import tomllib
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from apscheduler.executors.base import BaseExecutor, run_job
from apscheduler.schedulers.base import BaseScheduler

from rules.model import SprintState
from rules.planning.lead_time import lead_times
from rules.workdays import HolidayChanges
from sync.config.schedule import Schedule, read_before_planning, read_repeat
from sync.errors import Unreachable
from sync.worker import Worker
from tests.factories import issue, person, product, snapshot, sprint, team

CASES = tomllib.loads(Path(__file__).with_name("schedule_cases.toml").read_text(encoding="utf-8"))["case"]
CLOCKS = ("sync.turns", "sync.worker", "apscheduler.schedulers.base", "apscheduler.triggers.interval")
"""The modules that look at the clock."""
GERMANS = tuple(
    team(name, board=board, people=(person("Bo", country="DE"),)) for name, board in (("Payments", 12), ("Search", 13))
)
SECOND = timedelta(seconds=1)


class Clock(datetime):
    """A clock that stands still until it is moved."""

    at: datetime

    @classmethod
    def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
        return cls.at.astimezone(tz)


class Stepped(BaseScheduler):  # type: ignore[misc]  # the library has no types
    """A scheduler without a thread: the test processes what is due."""

    def wakeup(self) -> None: ...

    def shutdown(self, wait: bool = True) -> None:  # noqa: FBT001, FBT002 - as in the library
        super().shutdown(wait)


class Waiting(BaseExecutor):  # type: ignore[misc]
    """Runs what is due once the scheduler has looked at all of it, as its threads do."""

    def __init__(self, max_workers: int = 1) -> None:
        super().__init__()
        assert max_workers == 1
        self._due: list[tuple[Any, Any]] = []

    def _do_submit_job(self, job: Any, run_times: Any) -> None:
        self._due.append((job, run_times))

    def run(self) -> None:
        while self._due:
            job, run_times = self._due.pop(0)
            self._run_job_success(job.id, run_job(job, "default", run_times, "apscheduler"))


@dataclass
class Play:
    """One case while it is played."""

    case: dict[str, Any]
    runs: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    told: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.zone = ZoneInfo(self.case.get("zone", "Europe/Berlin"))
        self.schedule = Schedule(
            repeat=read_repeat(self.case["schedule"]),
            zone=self.zone,
            before_planning=read_before_planning(self.case.get("before", "")),
        )
        own = frozenset(map(date.fromisoformat, self.case.get("holidays", ())))
        self.lead = self.schedule.lead_time({"*": HolidayChanges(add=own)} if own else {})

    def moment(self, text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=self.zone)

    def sprints(self) -> dict[str, Any]:
        """The sprints as they are now."""
        known = {one["id"]: one for one in self.case.get("sprints", ())}
        for change in self.case.get("moved", ()):
            if self.moment(change["at"]) <= Clock.at:
                known[change["id"]] = {**known.get(change["id"], {}), "start": "", **change}
        return {name: one for name, one in known.items() if one["start"]}

    def work(self) -> tuple[datetime, ...]:
        """One run: it notes when it is, and what of `sync.run.context` and `rules.messages` looks at the clock."""
        now = Clock.at
        self.runs.append(f"{now.astimezone(self.zone):%Y-%m-%dT%H:%M}")
        if self.runs[-1] in self.case.get("fails", ()):
            raise Unreachable("the site is down")
        boxes = [
            sprint(name, SprintState.FUTURE, start=self.moment(one["start"]), board=one.get("board", 12))
            for name, one in self.sprints().items()
            if self.moment(one["start"]) > now
        ]
        seen = replace(snapshot(issue(), product=product(*GERMANS), sprints=tuple(boxes)), taken_at=now)
        for one in GERMANS:
            for box in seen.sprints_of(one, SprintState.FUTURE):
                if self.lead.is_near(one, box, now) and box.id not in self.told:
                    self.told.add(box.id)
                    self.messages.append(self.runs[-1])
        return lead_times(seen, self.lead) if self.schedule.before_planning is not None else ()

    def started(self) -> Any:
        """The scheduler of the program, started now."""
        worker = Worker()
        worker.put("Shop", self.work, self.schedule)
        worker._scheduler.start()
        return worker._scheduler

    def played(self) -> "Play":
        """The case to its end."""
        Clock.at, until = self.moment(self.case["from"]).astimezone(UTC), self.moment(self.case["until"])
        scheduler = self.started()
        downtimes = list(self.case.get("down", ()))
        while Clock.at <= until:
            self.step(scheduler, until)
            if downtimes and self.moment(downtimes[0]["from"]) <= Clock.at:
                Clock.at = self.moment(downtimes.pop(0)["to"]).astimezone(UTC)
                scheduler = self.started()
        return self

    def step(self, scheduler: Any, until: datetime) -> None:
        """What is due now, then on to the moment when something is due again."""
        waiting = scheduler._process_jobs()
        scheduler._executors["pool Shop "].run()
        due = scheduler._process_jobs() if waiting is None or waiting > 0 else waiting
        Clock.at += timedelta(seconds=due) if due is not None else until - Clock.at + SECOND
        for pause in self.case.get("asleep", ()):
            if self.moment(pause["from"]) <= Clock.at < self.moment(pause["to"]):
                Clock.at = self.moment(pause["to"]).astimezone(UTC)


@pytest.mark.parametrize("case", CASES, ids=[case["name"].replace(" ", "_") for case in CASES])
def test_the_worker_runs_when_the_case_says(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    for module in CLOCKS:
        monkeypatch.setattr(f"{module}.datetime", Clock)
    monkeypatch.setattr("sync.worker.BackgroundScheduler", Stepped)
    monkeypatch.setattr("sync.worker.ThreadPoolExecutor", Waiting)
    play = Play(case).played()
    assert (play.runs, play.messages) == (case["runs"], case.get("messages", []))


def test_there_are_thirty_cases_and_more() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES) >= 30
