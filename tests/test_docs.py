"""The worked examples of the documentation, recomputed by the code from the numbers in the text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from math import sqrt
from pathlib import Path

import pytest

from rules.backlog.index import Backlog
from rules.capacity.day_parts import MENTORED
from rules.capacity.days import TeamDays, Window, team_days
from rules.capacity.forecast import chance_of, forecast, guessed
from rules.capacity.hours import meeting_hours, planning_timebox, team_hours
from rules.capacity.levels import Levels
from rules.capacity.meetings import refinements
from rules.capacity.model import Range, SprintOutlook, WarningCode, order_statistic, split_capacity
from rules.capacity.options import REFINEMENT_HIGH, REFINEMENT_LOW, CapacityOptions
from rules.capacity.person_load import PERSON_OVER, person_loads
from rules.capacity.points import Delivered, Velocity
from rules.capacity.warnings import MODES_APART, NOTABLE_LOSS
from rules.deep.churn import Movement
from rules.deep.measure import DeepLetter, ScoredMeasure
from rules.deep.measures import DEFAULTS
from rules.deep.measures.missing_detail import MissingDetail
from rules.deep.measures.priority_inversions import inversion_share
from rules.deep.model import Letter
from rules.deep.runway import runways
from rules.deep.scorecard import build_view, grade, overall
from rules.deep.scoring import band, clip, letter_score, weighted
from rules.learning import exact_test
from rules.learning.exact_test import Group, corrected
from rules.learning.late_debate import late_debates
from rules.learning.options import LearningOptions
from rules.learning.reactions import Reaction, ShownFinding, reactions
from rules.learning.reader import PastReader
from rules.model import EditField, Meeting, MeetingKind, Priority, SprintState
from rules.plan.changes import MOVES_A_REQUEST
from rules.planning.model import LeftOutCode
from rules.planning.plan_warnings import FILLED, TOLERANCE
from rules.planning.planners.model import BoxName, Problem, with_worths
from rules.planning.planners.score import EPIC_TEAM, FURTHER_CHANGE, HAND_OFF, SPRINT_CHANGE, TEAM_CHANGE
from rules.planning.planners.score import score as score_of
from rules.planning.reasons import HORIZON
from rules.ready.estimated import Estimated
from rules.verdict import Ruleset
from sync.absences.half_days import Piece, timed_part
from sync.absences.options import AbsenceOptions
from sync.cli.exit_codes import FAULT, FINDINGS, PARTLY_FAILED, REFUSED
from sync.cli.usage_errors import KEYBOARD, WRONG_USAGE
from sync.config.settings import Capacity, MessageSettings, ScheduleSettings
from sync.config.write_back_settings import LimitSettings, WriteBackSettings
from sync.errors import ReadylineError
from sync.run import health
from sync.trackers.jira.fetch import MOST_HIDDEN
from sync.trackers.jira.issue_ids import LONG, OVERLAP, SWEEP_EVERY
from sync.trackers.jira.settings import CloudSettings
from sync.trackers.jira.site_answers import ASK_EVERY
from tests.factories import NOW, absence, edit, issue, person, snapshot, sprint, team
from tests.rules.deep.backlog import capacity, judge_by, judged, stories, view
from tests.rules.planning.planners.problems import boxes, item
from tests.rules.planning.test_look_ahead import ahead_of as coming
from tests.rules.planning.test_look_ahead import places, planned
from tests.rules.planning.test_take_out import relieved
from tests.rules.planning.world import PAYMENTS, story
from tests.sync.reports.sample import sample

DOCS = Path(__file__).parents[1] / "docs"
TWO_WEEKS = Window(date(2026, 3, 9), date(2026, 3, 22))
ROOT = DOCS.parent

Row = dict[str, str]


@cache
def section(page: str, heading: str) -> str:
    """The text under a heading, up to the next one."""
    text = (DOCS / page).read_text(encoding="utf-8")
    found = re.search(rf"^#+ {re.escape(heading)}$(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found is not None, f"{page} has no heading {heading!r}"
    return found[1]


def tables(page: str, heading: str) -> list[list[Row]]:
    """The tables under a heading, each a list of rows by column name."""
    found: list[list[Row]] = []
    for block in re.findall(r"(?:^\|.*\n)+", section(page, heading), re.MULTILINE):
        rows = [[cell.strip(" `") for cell in line.strip("|\n").split("|")] for line in block.splitlines()]
        found.append([dict(zip(rows[0], row, strict=True)) for row in rows[2:]])
    return found


def table(page: str, heading: str) -> list[Row]:
    """The first table under a heading."""
    return tables(page, heading)[0]


def prose(heading: str) -> str:
    """The text under a heading of the page about capacity, in one line."""
    return " ".join(section("capacity.md", heading).split())


def number(cell: str) -> float:
    """A cell's number; a percentage as a part of one."""
    value = float(cell.removesuffix("%").strip())
    return value / 100 if cell.endswith("%") else value


def numbers(heading: str, *columns: str, page: str = "capacity.md") -> Iterator[tuple[float, ...]]:
    for row in table(page, heading):
        yield tuple(number(row[column]) for column in columns)


def test_who_joins_does_more_each_sprint_and_takes_time_of_the_mentor() -> None:
    usual = Capacity()
    begin = date(2026, 3, 9)
    new = person("Di", joins=begin, ramp_up=usual.ramp_up, mentor="Bo", mentoring=usual.mentoring)
    for number, gross, ramp_up, mentoring, net in numbers(
        "Example: somebody joins", "sprint", "gross", "ramp-up", "mentoring", "net"
    ):
        first = begin + timedelta(days=14 * int(number - 1))
        days = team_days(team(people=(person("Bo"), new)), Window(first, first + timedelta(days=13)), {})

        assert (days.gross, sum(one.ramp_up for one in days.people)) == (gross, ramp_up)
        assert sum(one.mentoring for one in days.people) == pytest.approx(mentoring)
        assert days.net == pytest.approx(net)
    assert (usual.handover, MENTORED) == (0.5, 0.5)


def test_absences_with_times_count_for_each_half_of_the_working_day() -> None:
    day, options = date(2026, 3, 10), AbsenceOptions()
    for row in table("capacity.md", "Example: absences with times"):
        begin, end = (datetime.combine(day, time.fromisoformat(row[column])) for column in ("from", "to"))
        piece = Piece(("one",), day, begin=begin, end=end)

        assert timed_part([piece], day, options) == float(row["part of the day"])
    assert (str(options.working_day), options.half_day_hours) == ("09:00-17:00", 3)


@pytest.fixture
def five() -> TeamDays:
    """The team of the first example: each of the two who are away loses seven and a half days."""
    half = (absence(date(2026, 3, 9), date(2026, 3, 17)), absence(date(2026, 3, 18), fraction=0.5))
    people = (*(person(f"P{n}") for n in range(3)), person("Di", absences=half), person("Ed", absences=half))
    return team_days(team(people=people), TWO_WEEKS, {})


def test_five_people_of_whom_two_are_away(five: TeamDays) -> None:
    ((people, each, gross, away, net, lost),) = numbers(
        "Example: five people, two of them away", "people", "days each", "gross", "away", "net", "lost"
    )
    assert (len(five.people), TWO_WEEKS.weekdays) == (people, each)
    assert (five.gross, sum(p.away for p in five.people), five.net) == (gross, away, net)
    assert 1 - five.availability == pytest.approx(lost)


def test_holidays_of_three_countries() -> None:
    window = Window(date(2026, 12, 21), date(2027, 1, 1))
    people, expected = [], 0.0
    for row in table("capacity.md", "Example: holidays of three countries"):
        mine = [person(f"{row['country']} {n}", country=row["country"], region=row["region"]) for n in range(9)]
        people += mine[: int(row["people"])]
        one = team_days(team(people=tuple(mine[:1])), window, {})
        assert one.net == number(row["working days"])
        expected += one.net * int(row["people"])
    found = re.search(
        r"(\d+) of (\d+) person-days, ([\d.]+) % less.*it is ([\d.]+)\.", prose("Example: holidays of three countries")
    )
    assert found is not None
    net, gross, less, part_time = map(float, found.groups())
    days = team_days(team(people=tuple(people)), window, {})
    assert (days.net, days.gross) == (net, gross) == (expected, gross)
    assert 100 * (1 - days.availability) == pytest.approx(less, abs=0.05)
    people[-1] = person("part-time", country="DE", region="BY", share=0.6)
    assert team_days(team(people=tuple(people)), window, {}).net == pytest.approx(part_time)


def test_hours_of_35_person_days(five: TeamDays) -> None:
    top, bottom = table("capacity.md", "Example: hours of 35 person-days")
    down, up = team_hours(five, CapacityOptions()), team_hours(five, CapacityOptions(hours_mode="bottom-up"))
    assert down.available == number(top["available"]) == number(bottom["available"])
    assert down.plannable == number(top["plannable"])
    assert CapacityOptions().focus == number(top["focus"])
    assert up.plannable == pytest.approx(number(bottom["plannable"]))
    present = sum(p.net / p.gross for p in five.people)
    assert present * meeting_hours(TWO_WEEKS) == pytest.approx(number(bottom["meetings"]))
    assert up.refinement == number(bottom["refinement"])
    assert CapacityOptions().unplanned_share == number(bottom["unplanned"])


def test_hours_of_a_sprint_with_nobody_away() -> None:
    text = prose("Example: hours of 35 person-days")
    everybody = team_days(team(people=tuple(person(f"P{n}") for n in range(5))), TWO_WEEKS, {})
    assert f"top-down gives {team_hours(everybody, CapacityOptions()).plannable:g} hours" in text
    assert f"at most {planning_timebox(TWO_WEEKS):g} hours" in text
    assert f"spends {meeting_hours(TWO_WEEKS):g} hours in meetings" in text


@pytest.fixture
def past() -> Velocity:
    """The five closed sprints of the example."""
    rows = numbers("Example: from five closed sprints to the next one", "finished", "net days")
    return Velocity(tuple(Delivered(sprint(str(n), SprintState.CLOSED), *row) for n, row in enumerate(rows)))


def test_points_of_the_next_sprint(past: Velocity) -> None:
    heading = "Example: from five closed sprints to the next one"
    rates = [rate for (rate,) in numbers(heading, "rate")]
    (next_one,) = tables("capacity.md", heading)[1]
    assert [round(d.points / (d.net_days or 1), 3) for d in past.used] == rates
    assert past.rate is not None
    assert round(past.rate, 3) == number(next_one["usual rate"])
    assert forecast(past, 35) == Range(*(number(next_one[name]) for name in ("P15", "P50", "P85")))


def test_the_chance_to_finish_a_plan(past: Velocity) -> None:
    expected = forecast(past, 35)
    assert expected is not None
    for points, chance in numbers("Example: the chance to finish a plan", "points planned", "chance"):
        assert round(chance_of(points, expected), 2) == chance


def test_levels_after_a_sprint() -> None:
    for row in table("capacity.md", "Example: a sprint below the low end"):
        before = Levels(number(row["low level before"]), number(row["high level before"]))
        after = before.after(below=row["what came"] == "below P15", reached=row["what came"] == "P85 or more")
        assert (round(after.low, 4), round(after.high, 4)) == (
            number(row["low level after"]),
            number(row["high level after"]),
        )


def test_the_running_sprint() -> None:
    for row in table("capacity.md", "Example: a running sprint"):
        usual, planned, kept = (number(row[name]) for name in ("usual", "planned", "kept"))
        assert round(sqrt(usual * planned * kept), 1) == number(row["P50"])


def test_the_buffer_by_category(five: TeamDays) -> None:
    rows = table("capacity.md", "Example: the buffer of 35 person-days")
    options = CapacityOptions(buffer={row["category"]: number(row["share"]) for row in rows})

    assert dict(team_hours(five, options).buffer) == {row["category"]: float(row["hours"]) for row in rows}


def test_refinement_against_the_reserve() -> None:
    for meetings, minutes, people, taken, share, reserve, low, high in numbers(
        "Example: one hour of refinement",
        "meetings", "minutes each", "people", "person-hours", "of the hours", "reserve", "usual from", "usual to",
    ):  # fmt: skip
        when = [datetime.combine(date(2026, 3, 10), time(9 + number)) for number in range(int(meetings))]
        held = tuple(Meeting(kind=MeetingKind.REFINEMENT, begin=begin, hours=minutes / 60) for begin in when)
        crew = team(people=tuple(person(f"P{n}") for n in range(int(people))), meetings=held)
        hours = team_hours(team_days(crew, TWO_WEEKS, {}), CapacityOptions())
        found = refinements(crew, TWO_WEEKS, {})

        assert (hours.available, hours.refinement) == (400, reserve)
        assert (found.person_hours, found.person_hours / hours.available) == (taken, share)
        assert (hours.available * REFINEMENT_LOW, hours.available * REFINEMENT_HIGH) == (low, high)


def test_a_week_of_a_team_without_sprints_is_an_order_statistic() -> None:
    (row,) = table("capacity.md", "Example: eight weeks")
    weeks = [float(one) for one in row["finished in each week"].split(",")]
    columns = {0.15: "85 of 100 weeks reach", 0.5: "usual", 0.85: "15 of 100 weeks reach"}

    assert {chance: round(order_statistic(weeks, chance), 1) for chance in columns} == {
        chance: float(row[column]) for chance, column in columns.items()
    }


def test_the_part_of_each_person_matches_the_days() -> None:
    rows = table("capacity.md", "Example: two people")
    people = (person("Bo", account="bo"), person("Cy", account="cy", share=0.5))
    ours = team(people=people)
    loads = person_loads(snapshot(), None, ours, team_days(ours, TWO_WEEKS, {}), 12, 90)

    assert "usually finishes 12 points and can plan 90 hours" in prose("Example: two people")
    for row, one in zip(rows, loads, strict=True):
        assert (one.name, one.days) == (row["person"], float(row["net days"]))
        assert (one.part, one.plannable) == (float(row["part"]), float(row["plannable"]))


def test_what_to_take_out() -> None:
    rows = table("capacity.md", "Example: what to take out")
    sizes = {row["issue"]: number(row["points"]) for row in sorted(rows, key=lambda row: number(row["rank"]))}
    goal = {row["issue"]: row["serves the goal"] for row in rows}
    out = relieved(
        sizes,
        serving=tuple(key for key, serves in goal.items() if serves == "yes"),
        key=next(key for key, serves in goal.items() if serves == "key issue"),
    ).take_out
    assert [key for key, _ in out] == [row["issue"] for row in rows if row["taken out"] != "no"]
    left = sum(sizes.values())
    for (_, points), row in zip(out, rows, strict=False):
        left -= points
        assert left == number(row["left"])


def test_points_without_a_closed_sprint() -> None:
    ((per_day, days, *expected),) = numbers(
        "Example: no closed sprint", "points_per_day", "net days", "low", "usual", "high"
    )
    assert guessed(per_day, days) == Range(*expected)


def test_the_split_by_kind_of_work() -> None:
    rows = table("capacity.md", "Example: 8.4 points")
    options = CapacityOptions()
    assert [(row["work"], number(row["share"])) for row in rows] == [
        (name, work.share) for name, work in options.work.items()
    ]
    shares = split_capacity(8.4, "points", options.work).shares
    assert [(share.name, share.amount) for share in shares] == [(row["work"], number(row["points"])) for row in rows]


def test_every_warning_is_explained() -> None:
    explained = {row["code"] for row in table("capacity.md", "5 Warnings")}
    assert explained == {code.value for code in WarningCode}


def test_every_reason_for_leaving_an_issue_out_is_explained() -> None:
    explained = {row["code"] for row in table("planning.md", "2 Reason codes")}
    assert explained == {code.value for code in LeftOutCode}


def test_thresholds_in_the_text_are_those_of_the_code() -> None:
    warnings = {row["code"]: row["when"] for row in table("capacity.md", "5 Warnings")}
    assert f"{PERSON_OVER:g} times" in warnings["PERSON-LOAD"]
    assert f"{NOTABLE_LOSS:.0%}".replace("%", " %") in warnings["AVAILABILITY"]
    assert f"{MODES_APART:.0%}".replace("%", " %") in warnings["HOURS-APART"]
    assert f"{FILLED:.0%}".replace("%", " %") in warnings["UNDER-COMMITTED"]
    assert f"{TOLERANCE:.0%}".replace("%", " %") in warnings["WORK-MIX"]
    reasons = {row["code"]: row["the issue stays out because"] for row in table("planning.md", "2 Reason codes")}
    assert f"{HORIZON:g} times" in reasons["BELOW_HORIZON"]


def page(name: str) -> str:
    """A page in one line."""
    return " ".join((DOCS / name).read_text(encoding="utf-8").split())


def test_the_numbers_of_the_data_flow_are_those_of_the_code() -> None:
    text, minutes = page("data-flow.md"), OVERLAP // timedelta(minutes=1)
    words = {3: "three", 6: "six", 50: "fifty"}
    hours = SWEEP_EVERY // timedelta(hours=1)
    assert f"A long one (more than {words[LONG]} pages) is read in full every {words[hours]} hours" in text
    assert f"An overlap of {minutes} minutes" in text
    assert "closed sprints in the mirror, for an hour" in text
    assert timedelta(hours=1) == ASK_EVERY
    assert f"more than {100 * MOST_HIDDEN:.0f} % of the known issues" in text
    assert f"`[schedule] pass`, {str(ScheduleSettings().pass_).removeprefix('every ')} by default" in text
    assert f"moves {words[MOVES_A_REQUEST]} at a time" in text


def test_the_defaults_of_the_limits_are_those_of_the_code() -> None:
    limits, writing = LimitSettings(), WriteBackSettings()
    jira = CloudSettings(kind="jira-cloud", url="https://example.atlassian.net", email="bot@example.com")
    assert {row["option"]: row["default"] for row in table("operations.md", "6 Limits")} == {
        "[write_back] enabled": str(writing.enabled).lower(),
        "[write_back.limits] max_changes": str(limits.max_changes),
        "[write_back.limits] max_share": f"{limits.max_share:.2f}",
        "[write_back] mails_per_week": str(writing.mails_per_week),
        "[write_back] quiet_hours": str(writing.quiet_hours).lower(),
        "[messages] per_week": str(MessageSettings().per_week),
        "[tracker] parallel": str(jira.parallel),
        "[tracker] patience": f"{jira.patience:.0f}",
    }


def test_every_field_of_the_health_file_is_explained() -> None:
    fields = {name for row in table("operations.md", "7 Watching") for name in re.findall(r"\w+", row["field"])}
    assert fields | {"schema"} == set(health.document(sample()))


def test_the_exit_codes_are_the_same_on_both_pages_and_in_the_code() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8").partition("Exit codes:")[2].partition("##")[0]
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", readme, re.MULTILINE)}
    operations = page("operations.md").partition("Exit codes: ")[2].partition("## 4")[0]
    assert codes == {int(code) for code in re.findall(r"(?:^|; )(\d+) ", operations)}
    used = {one.exit_code for one in _errors(ReadylineError)} | {REFUSED, PARTLY_FAILED, FINDINGS, FAULT}
    assert codes == used | {0, WRONG_USAGE, KEYBOARD}


def _errors(error: type[ReadylineError]) -> Iterator[type[ReadylineError]]:
    yield error
    for sub in error.__subclasses__():
        yield from _errors(sub)


def deep(heading: str, *columns: str) -> Iterator[tuple[float, ...]]:
    return numbers(heading, *columns, page="deep.md")


RUNWAY = (0.0, 1.5, 3.0, 6.0)


def test_the_band_of_the_ready_runway() -> None:
    for value, score in deep("Example: the band of the ready runway", "x", "score"):
        assert band(value, RUNWAY, floor=0.5) == pytest.approx(score)


def test_the_score_and_grade_of_four_letters() -> None:
    for row in table("deep.md", "Example: four letters"):
        score = overall(tuple(Letter(name, number(row[name]), ()) for name in ("D", "E", "Em", "P")))
        assert score == pytest.approx(number(row["score"]), abs=0.05)
        assert grade(score) == row["grade"]


def test_eleven_ready_points() -> None:
    (row,) = table("deep.md", "Example: 11 ready points")
    points, velocity, in_next = (number(row[name]) for name in ("ready points", "V", "next sprint"))
    monday = date(2026, 3, 9)
    taken = Range(0.75 * in_next, in_next, 1.25 * in_next)
    ahead = SprintOutlook(sprint=None, first=monday, last=monday + timedelta(13), net_days=35, points=taken)
    issues = stories(points)
    seen = build_view(
        Backlog.of(snapshot(*issues), (capacity(velocity, outlook=(ahead,)),)), judged(issues), judge_by()
    )
    whole = runways(seen)[0]
    assert whole.sprints == pytest.approx(number(row["R"]), abs=0.005)
    assert whole.usual_on == date.fromisoformat(row["usual day"])


def test_the_target_of_detail() -> None:
    for away, detail in deep("Example: the target of detail", "d", "target"):
        assert MissingDetail().target(away) == pytest.approx(detail)


@pytest.mark.parametrize(
    ("heading", "letter"),
    [
        ("2 D: detailed appropriately", DeepLetter.DETAILED),
        ("3 E: estimated", DeepLetter.ESTIMATED),
        ("4 Em: emergent", DeepLetter.EMERGENT),
        ("5 P: prioritised", DeepLetter.PRIORITISED),
    ],
)
def test_the_weights_in_the_text_are_those_of_the_measures(heading: str, letter: DeepLetter) -> None:
    formula = re.findall(r"```\n(.*?)```", section("deep.md", heading), re.DOTALL)[0]
    assert [float(weight) for weight in re.findall(r"0\.\d+(?= × )", formula)] == weights_of(letter)


def weights_of(letter: DeepLetter) -> list[float]:
    """The weights of a letter's measures, in their order."""
    return [measure.weight for measure in DEFAULTS.of(letter) if isinstance(measure, ScoredMeasure)]


def test_d_of_a_backlog() -> None:
    weights = weights_of(DeepLetter.DETAILED)
    for runway, under, over, slope, score in deep("Example: D of a backlog", "R", "U", "O", "G", "D"):
        parts = (band(runway, RUNWAY, floor=0.5), 1 - under, 1 - min(1.0, 2 * over), clip((slope + 0.1) / 0.5))
        assert letter_score(tuple(zip(weights, parts, strict=True))) == pytest.approx(score)


def test_coverage_of_estimates() -> None:
    for near, mid, far, coverage in deep("Example: coverage of estimates", "near", "mid", "far", "coverage"):
        assert weighted(((0.60, near), (0.25, mid / 0.7), (0.15, far / 0.3))) == pytest.approx(coverage)


def test_churn_of_a_sprint() -> None:
    ((size, *changes, churn),) = deep(
        "Example: churn of a sprint", "issues at the start", "added", "removed", "re-estimated", "moved", "churn"
    )
    added, removed, resized, moved = map(int, changes)
    found = Movement(size=int(size), added=added, removed=removed, resized=resized, moved=moved)
    assert found.share == pytest.approx(churn)


def test_inversions_of_three_issues() -> None:
    heading = "Example: inversions of three issues"
    rows = list(deep(heading, "rank", "points", "priority level", "d", "w"))
    issues = [
        issue(f"SHOP-{rank:g}", points=points, title=f"Story {rank:g}", priority=Priority(f"P{level:g}", int(level), 5))
        for rank, points, level, _, _ in rows
    ]
    found = view(issues, pace=5.0)
    for one, (_, _, _, away, weight) in zip(issues, rows, strict=True):
        assert found.away[one.key] == pytest.approx(away)
        assert found.weight(one.key) == pytest.approx(weight, abs=0.0005)
    stated = re.search(r"I = .* = ([\d.]+)\.", " ".join(section("deep.md", heading).split()))
    assert stated is not None
    assert inversion_share(found) == pytest.approx(float(stated[1]), abs=0.005)


LINKING = sorted((*ROOT.glob("*.md"), *DOCS.glob("*.md"), *DOCS.glob("deploy/*.md")))


def links() -> Sequence[tuple[str, str]]:
    """Every link of a page to another file, or to a heading, of the repository."""
    return [
        (page.relative_to(ROOT).as_posix(), target)
        for page in LINKING
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
        if "://" not in target
    ]


@pytest.mark.parametrize(("page", "target"), links())
def test_every_link_leads_somewhere(page: str, target: str) -> None:
    name, _, anchor = target.partition("#")
    file = (ROOT / page).parent / name if name else ROOT / page
    assert file.exists()
    if not anchor:
        return
    headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert anchor in anchors


@pytest.mark.parametrize("page", sorted(path.name for path in DOCS.glob("*.md")))
def test_every_file_that_a_page_names_exists(page: str) -> None:
    named = re.findall(r"`((?:rules|sync|tests)/[\w/.]*)`", (DOCS / page).read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_late_changes() -> None:
    fields = {"description": EditField.TITLE, "estimate": EditField.ESTIMATE, "criteria": EditField.ACCEPTANCE}
    start = datetime(2026, 2, 23, 8, tzinfo=UTC)
    running = sprint("42", SprintState.ACTIVE, start=start, end=start + timedelta(days=14))
    for row in table("learning.md", "Example: three late changes"):
        change = replace(edit(fields[row["change"]]), at=datetime.fromisoformat(f"{row['at']}+00:00"))
        seen = snapshot(issue(sprint="42", sprints=("42",)), sprints=(running,), edits={"1": (change,)})
        [debate] = late_debates(seen, CapacityOptions(timezone="UTC"), PastReader())
        assert debate.latest.total == int(row["counts"]), row


def test_chances() -> None:
    for row in table("learning.md", "Example: chances"):
        failed_hit, failed, passed_hit, passed = (int(cell) for cell in list(row.values())[:4])
        assert f"{exact_test.chance([Group(failed_hit, failed, passed_hit, passed)]):.4f}" == row["chance"]


def test_corrected_chances() -> None:
    rows = table("learning.md", "Example: four corrected chances")
    made = corrected([float(row["chance"]) for row in rows])
    assert made == pytest.approx([float(row["corrected"]) for row in rows])


def test_overridden_findings() -> None:
    rules = Ruleset(product=(Estimated(),))
    for row in table("learning.md", "Example: overridden findings"):
        shown = [
            ShownFinding(issue=f"{name}{n}", rule="ready.estimated", first=NOW, reaction=reaction, at=NOW)
            for name, reaction in zip(list(row)[:4], Reaction, strict=False)
            for n in range(int(row[name]))
        ]
        [one] = reactions(shown, rules, LearningOptions())
        assert f"{one.overridden} of {one.total}" == row["overridden"]
        assert (one.severity or "nothing") == row["proposed"]


def test_the_sprints_after_the_next_one() -> None:
    *_, rows = tables("planning.md", "13 The sprints after the next one")
    issues = [story(row["issue"], number(row["points"])) for row in rows]
    unready = [row["issue"] for row in rows if row["ready"] == "no"]

    team = [coming(PAYMENTS, 10.0, 10.0, 10.0)]
    later = places(planned(*issues, capacities=team, unready=unready))

    assert later == places(planned(*issues, capacities=team, unready=unready, planner="exact"))
    assert later == {row["issue"]: f"Payments {row['sprint']}" for row in rows if row["sprint"] != "1"}


def test_the_value_of_a_plan() -> None:
    every = boxes({"A": [10.0, 10.0]})
    items = (item(every, "A", 5.0), item(every, "B", 5.0), item(every, "C", 10.0))
    asked = with_worths(Problem(boxes=every, items=items))
    text = " ".join(section("planning.md", "13 The sprints after the next one").split())
    value = score_of(asked, {"A": BoxName("A", 0), "B": BoxName("A", 0), "C": BoxName("A", 1)}).value

    assert [one.worth for one in asked.items] == [1000, 707, 500]
    assert f"15000 + 10605 + 10000 = {value}" in text


def test_the_penalties_of_a_plan() -> None:
    penalties = {
        row["what"]: number(row["penalties"]) for row in tables("planning.md", "13 The sprints after the next one")[1]
    }

    assert list(penalties.values()) == [EPIC_TEAM, HAND_OFF, TEAM_CHANGE, SPRINT_CHANGE, FURTHER_CHANGE]
