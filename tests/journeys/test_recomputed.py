"""The demo's figures, computed a second time from the simulator's records and the configuration, without the product.

Nothing of `rules` is used: days from the calendar, hours, points from what was finished, runway from what is ready, and
the day on which ready work is used up. The formulas are those of docs/capacity.md and docs/deep.md.
"""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import exp, log, sqrt
from pathlib import Path
from statistics import NormalDist, fmean, median
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from holidays import country_holidays

from sync.demo.company import fill
from sync.fake_jira.records import Record, Sprint
from sync.fake_jira.state import State
from tests.journeys.app_harness import Office, office

pytestmark = [pytest.mark.journey, pytest.mark.uncovered]  # many runs over the same lines

MONDAY_MORNING = datetime(2026, 11, 30, 8, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri")
Z85 = NormalDist().inv_cdf(0.85)


@dataclass(frozen=True)
class Site:
    """What the figures are made from."""

    state: State
    config: Mapping[str, Any]
    away: tuple[Mapping[str, str], ...]
    capacity: Mapping[str, Any]
    check: Mapping[str, Any]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The whole invented company on Jira Cloud, and what two commands say of it."""
    folder: Path = tmp_path_factory.mktemp("recomputed")
    with office(folder, "cloud", company=fill, clock=lambda: MONDAY_MORNING) as app:
        yield _site(app, folder)


def _site(app: Office, folder: Path) -> Site:
    with (folder / "absences.csv").open(encoding="utf-8") as file:
        away = tuple(csv.DictReader(file))
    return Site(
        state=app.jira.state,
        config=tomllib.loads(app.config.read_text(encoding="utf-8")),
        away=away,
        capacity=app.run("capacity", "--format", "json").document,
        check=app.run("check", "--format", "json").document,
    )


def days_between(first: date, last: date) -> list[date]:
    """Every day, both ends included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def local(moment: datetime) -> date:
    """The day of a moment in the company's time zone."""
    return moment.astimezone(BERLIN).date()


def person_days(site: Site, team: Mapping[str, Any], days: list[date]) -> tuple[float, float]:
    """A team's person-days in these days, without and with holidays and absences taken off."""
    gross = net = 0.0
    for person in team["people"]:
        first, _, last = person.get("days", "Mon-Fri").partition("-")
        works = WEEK[WEEK.index(first) : WEEK.index(last) + 1]
        free = country_holidays(person["country"], subdiv=person["region"], years=sorted({day.year for day in days}))
        for day in days:
            if day.weekday() < 5 and WEEK[day.weekday()] in works:
                gross += person["share"]
                if day not in free:
                    net += person["share"] * (1 - absent(site, person["name"], day))
    return gross, net


def absent(site: Site, name: str, day: date) -> float:
    """The part of a day a person is away by the absence file."""
    parts = [
        float(row["fraction"] or 1)
        for row in site.away
        if row["name"] == name and date.fromisoformat(row["from"]) <= day <= date.fromisoformat(row["to"])
    ]
    return min(1.0, max(parts, default=0.0))


def sprint_days(sprint: Sprint, end: datetime | None = None) -> list[date]:
    """The days of a sprint; one that ends at the hour it began has not gained a day."""
    assert sprint.start is not None
    last = end or sprint.end
    assert last is not None
    begun, ended = sprint.start.astimezone(BERLIN), last.astimezone(BERLIN)
    same_hour = ended.time() <= begun.time()
    return days_between(begun.date(), ended.date() - timedelta(days=1) if same_hour else ended.date())


def boxes(site: Site, board: int, state: str) -> list[Sprint]:
    """A board's sprints in one state, by start."""
    mine = [s for s in site.state.sprints.values() if s.board == board and s.state == state]
    return sorted(mine, key=lambda s: (s.start is None, s.start, s.id))


def finished(site: Site, sprint: Sprint) -> float:
    """Points of the work that was done while a sprint ran."""
    assert sprint.start is not None
    assert sprint.completed is not None
    return sum(size(one, sprint) for one in work(site) if sprint.id in one.sprints and _done_in(one, sprint))


def size(record: Record, sprint: Sprint) -> float:
    """The estimate when the sprint started or the issue joined it, read forwards through the issue's history."""
    assert sprint.start is not None
    rows = [(entry.created, item) for entry in record.history for item in entry.items]
    joined = max([at for at, item in rows if item.field == "Sprint" and str(sprint.id) in (item.after or "")][:1])
    estimates = [(at, item.after_text) for at, item in rows if item.field == "Story Points"]
    known = [text for at, text in estimates if at <= max(joined, sprint.start)]
    return float((known or [text for _, text in estimates] or ["0"])[-1] or 0)


def _done_in(record: Record, sprint: Sprint) -> bool:
    done, start, end = record.resolved, sprint.start, sprint.completed
    assert start is not None
    assert end is not None
    return record.status.category == "done" and done is not None and start <= done <= end + timedelta(days=1)


def work(site: Site) -> list[Record]:
    """Every issue that is neither an epic nor a sub-task."""
    return [one for one in site.state.issues.values() if one.type.level == 0]


def points(record: Record) -> float:
    """An issue's estimate, 0 without one."""
    return record.points or 0.0


def teams(site: Site) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Each team of the configuration with what `capacity` says of it."""
    shown = {team["name"]: team for team in site.capacity["teams"]}
    return [(team, shown[team["name"]]) for team in site.config["teams"]]


def past(site: Site, team: Mapping[str, Any]) -> list[tuple[float, float]]:
    """Points finished and person-days of each closed sprint that finished something."""
    rows = []
    for sprint in boxes(site, team["board"], "closed"):
        _, net = person_days(site, team, sprint_days(sprint, sprint.completed))
        rows.append((finished(site, sprint), net))
    return [row for row in rows if row[0] > 0][-8:]


def spread(rates: list[float]) -> float:
    """The standard deviation of ln(points) of the next sprint, drawn to 0.8 with the weight of four sprints."""
    logs = [log(rate) for rate in rates]
    own = fmean((value - fmean(logs)) ** 2 for value in logs)
    return sqrt((len(rates) * own + 4 * 0.8**2) / (len(rates) + 4) * (1 + 1 / len(rates)))


def test_person_days_and_hours(site: Site) -> None:
    for team, shown in teams(site):
        sprint = boxes(site, team["board"], "future")[0]
        gross, net = person_days(site, team, sprint_days(sprint))
        assert shown["sprint"] == sprint.name
        assert (shown["gross_days"], shown["net_days"]) == pytest.approx((gross, net))
        assert shown["hours"] == pytest.approx(net * 8 * 0.75)


def middle_of(rates: list[float]) -> float:
    """The median of the geometric means of all pairs, each rate with itself, too."""
    return median([sqrt(rates[i] * rates[j]) for i in range(len(rates)) for j in range(i + 1)])


def test_points(site: Site) -> None:
    for team, shown in teams(site):
        rates = [done / net for done, net in past(site, team)]
        _, net = person_days(site, team, sprint_days(boxes(site, team["board"], "future")[0]))
        middle = middle_of(rates) * net
        expected = [round(middle * exp(z * spread(rates)), 1) for z in (-Z85, 0.0, Z85)]
        assert [shown["points"][name] for name in ("p15", "p50", "p85")] == pytest.approx(expected)


def size_of(site: Site, record: Record) -> float:
    """The estimate; without one the median of the type: of the latest 100 finished issues, of the open ones, of all."""
    if record.points:
        return record.points
    finished = sorted((one for one in work(site) if one.resolved), key=lambda one: str(one.resolved))[-100:]
    unfinished = [one for one in work(site) if not one.resolved]
    alike = [[one for one in some if one.type.name == record.type.name] for some in (finished, unfinished)]
    return next(median(values) for some in (*alike, finished) if (values := [one.points for one in some if one.points]))


def ready(site: Site, component: str) -> float:
    """Points of the ready work of a team that is in no running sprint."""
    running = {sprint.id for sprint in site.state.sprints.values() if sprint.state == "active"}
    records = {one.key: one for one in work(site)}
    verdicts = {issue["key"]: issue["verdict"] for issue in site.check["issues"]}
    return sum(
        size_of(site, record)
        for key, record in records.items()
        if verdicts.get(key) == "ready" and component in record.components and not running & set(record.sprints)
    )


def test_runway_in_sprints_and_its_sum(site: Site) -> None:
    runway = site.check["deep"]["runway"]
    shown = {team["team"]: team for team in runway["teams"]}
    velocities = []
    for team, _ in teams(site):
        velocity = median(done for done, _ in past(site, team))
        velocities.append(velocity)
        mine = shown[team["name"]]
        assert mine["ready_points"] == pytest.approx(ready(site, team["takes"]["components"][0]))
        assert mine["sprints"] == pytest.approx(mine["ready_points"] / velocity, abs=1e-4)
    whole = runway["product"]
    assert whole["ready_points"] == pytest.approx(sum(team["ready_points"] for team in runway["teams"]))
    assert whole["sprints"] == pytest.approx(whole["ready_points"] / sum(velocities), abs=1e-4)


@dataclass(frozen=True)
class Pace:
    """What a team finishes of ready work on a day: in its planned sprints, and in the ones after them."""

    sprints: tuple[tuple[date, date, float], ...]
    later: float

    def on(self, day: date) -> float:
        """The points of a day; work is spread evenly over the calendar days of a sprint."""
        inside = [points for first, last, points in self.sprints if first <= day <= last]
        return inside[0] if inside else self.later if day > self.sprints[-1][1] else 0.0


def pace(site: Site, team: Mapping[str, Any], z: float) -> Pace:
    """At the usual pace for z = 0; 85 and 15 of 100 sprints are faster with the two other values."""
    history = past(site, team)
    rates = [done / net for done, net in history]
    planned = boxes(site, team["board"], "future")
    verdicts = {issue["key"]: issue["verdict"] for issue in site.check["issues"]}
    in_next = sum(points(one) for one in work(site) if planned[0].id in one.sprints and one.status.category != "done")
    carried = next(one for one in site.capacity["teams"] if one["name"] == team["name"])["load"] - in_next
    rows, usual = [], 0.0
    for number, sprint in enumerate(planned):
        days = sprint_days(sprint)
        middle = middle_of(rates) * person_days(site, team, days)[1]
        finished_in = round(middle * exp(z * spread(rates)), 1)
        if number == 0:
            usual = median(done for done, _ in history) * finished_in / round(middle, 1)
        inside = [one for one in work(site) if sprint.id in one.sprints and one.status.category != "done"]
        taken = sum(points(one) for one in inside if verdicts.get(one.key) != "ready") + (
            carried if not number else 0.0
        )
        rows.append((days[0], days[-1], max(0.0, finished_in - taken) / len(days)))
    return Pace(tuple(rows), usual / 14)


def used_up(paces: list[Pace], left: float) -> date:
    """The day on which so many points are finished, walked day by day from the first planned sprint on."""
    day = min(one.sprints[0][0] for one in paces)
    while True:
        left -= sum(one.on(day) for one in paces)
        if left <= 1e-9:
            return day
        day += timedelta(days=1)


@pytest.mark.parametrize(("shown", "z"), [("earliest_on", Z85), ("usual_on", 0.0), ("latest_on", -Z85)])
def test_the_days_on_which_ready_work_is_used_up(site: Site, shown: str, z: float) -> None:
    """Each team's at its own pace, and the product's at that of all teams together."""
    runway = site.check["deep"]["runway"]
    by_team = {team["team"]: team for team in runway["teams"]}
    paces = {team["name"]: pace(site, team, z) for team, _ in teams(site)}
    work_of = {team["name"]: ready(site, team["takes"]["components"][0]) for team, _ in teams(site)}
    for name, own in paces.items():
        assert date.fromisoformat(by_team[name][shown]) == used_up([own], work_of[name])
        assert by_team[name]["dry_on"] == by_team[name]["usual_on"]
    assert date.fromisoformat(runway["product"][shown]) == used_up([*paces.values()], sum(work_of.values()))
