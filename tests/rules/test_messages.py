from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.backlog.index import Backlog
from rules.capacity.compute import capacities
from rules.capacity.model import Level, TeamCapacity, Warning, WarningCode  # noqa: A004 - the core's own word
from rules.capacity.options import CapacityOptions
from rules.deep.score import score
from rules.inventory.old_issues import Offer, OldIssues
from rules.inventory.size import BacklogSize
from rules.messages import Audience, Message, Sent, in_one_mail, messages, sent, within_budget
from rules.model import Edit, EditField, Issue, Kind
from rules.planning.model import Placement, SprintProposal
from tests.factories import NOW, edit, product, snapshot, sprint, team
from tests.rules.deep.backlog import capacity, judge_by, judged, stories

WEDNESDAY = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
MONDAY = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)


def messages_of(
    issues: list[Issue],
    *capacities: TeamCapacity,
    at: datetime = NOW,
    unready: tuple[str, ...] = (),
    proposal: SprintProposal | None = None,
    past: Mapping[str, tuple[Edit, ...]] | None = None,
    **options: Any,
) -> tuple[Message, ...]:
    seen = snapshot(*issues, taken_at=at, product=product(*(one.team for one in capacities)), edits=past or {})
    judgement = judged(issues, dict.fromkeys(unready, ("ready.acceptance",)))
    deep = score(Backlog.of(seen, capacities), judgement, judge_by())
    return messages(seen, judgement, deep, capacities, proposal or SprintProposal(), **options)


def message(level: Level = Level.INFO, occasion: str = "a", **overrides: Any) -> Message:
    values: dict[str, Any] = {
        "audience": Audience.SM,
        "team": "Payments",
        "title": f"About {occasion}",
        "lines": ("One.", "Two."),
        "occasions": (occasion,),
        "at": NOW,
        "level": level,
    }
    return Message(**(values | overrides))


def test_the_product_owner_gets_the_runway_its_end_and_what_to_do_first() -> None:
    found, *_ = messages_of(stories(3, 3, 3, 3), capacity(12.0), unready=("SHOP-3", "SHOP-4"))

    assert (found.audience, found.team, found.level) == (Audience.PO, "", Level.RED)
    assert found.title == "Shop: 0.5 sprints of ready work, to about 8 March"
    assert found.lines[0] == "2 of 4 issues in the ready horizon are ready."
    assert found.lines[1] == (
        "All teams: 6 ready points, 0.5 sprints at the usual velocity, to about 8 March (11 March if slow)."
    )
    assert "What to do first:" in found.lines
    assert any("SHOP-3, SHOP-4" in line and "+0.5 sprints of ready work" in line for line in found.lines)


def test_the_ready_work_of_every_team_is_next_to_that_of_the_product() -> None:
    issues = [replace(one, components=("payments",)) for one in stories(*[6] * 5)]

    found, *_ = messages_of(issues, capacity(12.0), capacity(12.0, team("Search", board=13)))

    assert found.lines[1].startswith("All teams: 30 ready points, 1.2 sprints")
    assert found.lines[2].startswith("Payments: 30 ready points, 2.5 sprints")
    assert found.lines[3].startswith("Search: 0 ready points, 0.0 sprints")


def test_epics_and_sub_tasks_are_not_counted_for_the_product_owner() -> None:
    below = [replace(story, kind=kind) for kind, story in zip((Kind.EPIC, Kind.SUBTASK), stories(3, 3), strict=True)]
    issues = [*stories(6), *(replace(one, key=f"B-{n}", id=f"b{n}") for n, one in enumerate(below))]

    found, *_ = messages_of(issues, capacity(12.0))

    assert found.lines[0] == "1 of 1 issue in the ready horizon is ready."


def test_the_product_owner_learns_that_the_backlog_is_big_and_that_old_issues_wait() -> None:
    offers = tuple(Offer(issue=one, rank=9, last_touch=NOW) for one in stories(3, 3))
    size = BacklogSize(open=260, per_month=20.0, limit=12.0)
    old = OldIssues(offers=offers, in_all=34, size=size, days=180)
    owner, *_ = messages_of(stories(3), capacity(12.0), old=old)
    assert owner.lines[-2:] == (
        "The backlog is big: 260 open issues last 13 months at the usual pace (limit 12 months).",
        "34 old issues wait for your answer, keep or release. The report shows the first 2.",
    )
    small = OldIssues(size=BacklogSize(open=1, per_month=None, limit=12.0), days=180)
    assert messages_of(stories(3), capacity(12.0), old=small) == messages_of(stories(3), capacity(12.0))


def test_the_same_week_is_one_occasion_and_a_worse_runway_another() -> None:
    monday, *_ = messages_of(stories(*[6] * 5), capacity(12.0))
    tuesday, *_ = messages_of(stories(*[6] * 5), capacity(12.0), at=NOW + timedelta(days=1))
    dry, *_ = messages_of(stories(6), capacity(12.0))
    later, *_ = messages_of(stories(*[6] * 5), capacity(12.0), at=NOW + timedelta(days=7))

    assert monday.occasions == tuesday.occasions
    assert len({monday.occasions, dry.occasions, later.occasions}) == 3


@pytest.mark.parametrize(
    ("at", "near"),
    [
        (WEDNESDAY, False),
        (datetime(2026, 3, 5, 7, 0, tzinfo=UTC), True),
        (datetime(2026, 3, 8, 9, 0, tzinfo=UTC), True),
        (MONDAY, False),
    ],
    ids=["three working days before", "two, however early", "on the Sunday", "when it has begun"],
)
def test_a_scrum_master_gets_a_message_two_working_days_before_the_sprint(
    at: datetime,
    near: bool,  # noqa: FBT001 - a row of the table
) -> None:
    found = messages_of(stories(3), capacity(12.0, sprint=sprint("7", start=MONDAY)), at=at)

    assert [one.audience for one in found] == ([Audience.PO, Audience.SM] if near else [Audience.PO])


def test_a_team_without_people_has_neither_days_nor_hours() -> None:
    empty = capacity(12.0, team(people=()), sprint=sprint("7", start=MONDAY), gross_days=0.0, net_days=0.0, hours=0.0)

    _, found = messages_of(stories(3), empty, at=datetime(2026, 3, 6, 9, 0, tzinfo=UTC))

    assert found.lines[0] == "Availability: no people configured."
    assert found.lines[1] == "Capacity: 12 points (9 if slow, 15 if fast)."
    assert not any("0 of 0" in line or "0 hours" in line for line in found.lines)


def test_a_scrum_master_gets_availability_capacity_the_time_box_and_the_warnings() -> None:
    warning = Warning(WarningCode.OVER_COMMITTED, Level.RED, "Sprint 7 holds 20 points, Payments takes 12.")
    fed = capacity(
        12.0, sprint=sprint("7", start=MONDAY), gross_days=20.0, net_days=15.0, load=4.0, warnings=(warning,)
    )
    issues = stories(3, 5)
    placements = tuple(
        Placement(issue=one, team="Payments", sprint="7", points=one.points or 0, why="") for one in issues
    )

    _, found = messages_of(
        issues,
        fed,
        at=MONDAY - timedelta(days=3),
        proposal=SprintProposal(placements=placements),
        link="https://x.test",
    )

    assert found.lines == (
        "Availability: 15 of 20 person-days, 5 fewer.",
        "Capacity: 12 points (9 if slow, 15 if fast), 120 hours.",
        "Already planned: 4 points.",
        "Sprint Planning: at most 4 hours.",
        "Proposed, by rank: SHOP-1, SHOP-2 (2 issues, 8 points).",
        "red: Sprint 7 holds 20 points, Payments takes 12.",
    )
    assert found.title == "Payments: Sprint 7 starts on Monday 9 March"
    assert (found.team, found.level, found.link) == ("Payments", Level.RED, "https://x.test")
    assert found.occasions == ("planning Shop Payments 7",)


@pytest.mark.parametrize(
    ("days", "hours"), [(7, 2), (14, 4), (21, 6), (28, 8), (31, 8)], ids=["week", "two", "three", "four", "month"]
)
def test_the_time_box_of_planning_follows_the_real_sprint_and_is_the_same_everywhere(days: int, hours: int) -> None:
    box = sprint("7", start=MONDAY, end=MONDAY + timedelta(days=days))
    (of_team,) = capacities(snapshot(sprints=(box,)), CapacityOptions())

    _, found = messages_of(stories(3), of_team, at=MONDAY - timedelta(days=1))

    assert f"Sprint Planning: at most {hours} hours." in found.lines
    assert f"Sprint Planning: at most {hours} h, both parts together." in of_team.explanation


def test_a_team_without_a_velocity_gets_its_hours() -> None:
    _, found = messages_of(stories(3), capacity(None, sprint=sprint("7", start=MONDAY)), at=MONDAY - timedelta(days=1))

    assert "Capacity: 120 hours; the velocity in points is unknown." in found.lines
    assert "Proposed: no ready issue fits into the sprint." in found.lines


def test_each_team_gets_a_message_about_its_own_sprint() -> None:
    other = capacity(10.0, team("Search", board=13), sprint("8", start=MONDAY, board=13))

    found = messages_of(
        stories(3), capacity(12.0, sprint=sprint("7", start=MONDAY)), other, at=MONDAY - timedelta(days=1)
    )

    assert [one.recipient for one in found] == ["po:", "sm:Payments", "sm:Search"]


def test_nobody_gets_the_same_message_twice() -> None:
    log = [sent(message(occasion="a"), NOW - timedelta(days=30))]

    found = within_budget([message(occasion="a"), message(occasion="b")], log, now=NOW, per_week=3)

    assert [one.occasions for one in found.send] == [("b",)]


def test_a_message_to_one_recipient_may_still_go_to_another() -> None:
    log = [sent(message(occasion="a"), NOW)]

    found = within_budget([message(occasion="a", team="Search")], log, now=NOW, per_week=3)

    assert len(found.send) == 1


def test_several_messages_to_one_recipient_are_one_digest_with_the_most_urgent_first() -> None:
    waiting = [message(Level.INFO, "a"), message(Level.AMBER, "b"), message(Level.RED, "c"), message(Level.AMBER, "d")]

    found = within_budget(waiting, [], now=NOW, per_week=2)

    assert [one.occasions for one in found.send] == [("c", "b", "d", "a")]
    assert found.send[0].title == "About c, and 3 more messages"
    assert found.send[0].lines[3:6] == ("About b:", "- One.", "- Two.")
    assert found.held == ()


def test_messages_that_reach_the_same_people_by_mail_go_out_together_the_most_urgent_first() -> None:
    first, second, other = message(Level.INFO, "a"), message(Level.RED, "b", team="Search"), message(team="Storefront")
    readers = {first.recipient: {"ana"}, second.recipient: ["ana"], other.recipient: {"ana", "bo"}}

    assert in_one_mail([first, second, other], readers) == ((second, first), (other,))
    assert in_one_mail([first, second, other], {}) == ((first,), (second,), (other,))


@pytest.mark.parametrize(("hours", "is_sent"), [(0, False), (5, False), (15, True)])
def test_a_recipient_gets_one_message_a_day_by_the_clock_of_the_schedule(hours: int, *, is_sent: bool) -> None:
    morning = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # 17:00 in Tokyo, where the day ends at 15:00 UTC
    log = [Sent(at=morning, recipient="sm:Payments", occasions=("a",))]
    now = morning + timedelta(hours=hours)

    found = within_budget([message(occasion="b")], log, now=now, per_week=3, zone=ZoneInfo("Asia/Tokyo"))

    assert (len(found.send), len(found.held)) == ((1, 0) if is_sent else (0, 1))


def test_a_message_that_nobody_got_does_not_count_for_the_day() -> None:
    log = [Sent(at=NOW, recipient="sm:Payments", occasions=("a",), is_reached=False)]

    assert len(within_budget([message(occasion="b")], log, now=NOW, per_week=3).send) == 1


def test_at_the_limit_messages_are_held() -> None:
    log = [Sent(at=NOW - timedelta(days=day), recipient="sm:Payments", occasions=(str(day),)) for day in (1, 2, 6)]

    found = within_budget([message(occasion="x")], log, now=NOW, per_week=3)

    assert (found.send, [one.occasions for one in found.held]) == ((), [("x",)])


def test_a_message_a_week_ago_counts_no_more() -> None:
    log = [Sent(at=NOW - timedelta(days=7), recipient="sm:Payments", occasions=("old",))]

    assert len(within_budget([message(occasion="x")], log, now=NOW, per_week=1).send) == 1


@given(
    runs=st.lists(
        st.tuples(
            st.integers(0, 100),  # hours since the run before
            st.lists(
                st.tuples(st.sampled_from("abcdefghij"), st.sampled_from(Level), st.sampled_from("XY")), max_size=6
            ),
        ),
        max_size=15,
    ),
    per_week=st.integers(0, 4),
)
def test_no_schedule_of_runs_exceeds_the_limit_or_repeats_a_message(
    runs: list[tuple[int, list[tuple[str, Level, str]]]], per_week: int
) -> None:
    log: list[Sent] = []
    now = NOW
    for hours, found in runs:
        now += timedelta(hours=hours)
        waiting = {(name, to): message(level, name, team=to) for name, level, to in found}
        log += [sent(one, now) for one in within_budget(waiting.values(), log, now=now, per_week=per_week).send]

    for row in log:
        week = [r for r in log if r.recipient == row.recipient and timedelta() <= r.at - row.at < timedelta(days=7)]
        commands = [occasion for r in log if r.recipient == row.recipient for occasion in r.occasions]
        assert len(week) <= per_week
        assert len([r for r in week if r.at.date() == row.at.date()]) == 1
        assert len(commands) == len(set(commands))


def test_the_product_owner_hears_what_others_changed_in_the_order() -> None:
    """And nothing where nobody did."""
    issues = stories(3, 3)
    by_owner = edit(EditField.RANK, "1", days_ago=2, name="Ana Alvarez", account="acc-ana")
    by_bo = edit(EditField.RANK, "2", days_ago=1)

    moved, *_ = messages_of(issues, capacity(12.0), past={"1": (by_owner,), "2": (by_bo,)})
    quiet, *_ = messages_of(issues, capacity(12.0), past={"1": (by_owner,), "2": ()})

    assert moved.lines[-1] == ("1 issue was moved by others than the Product Owner in 14 days: SHOP-2 (Bo, 1 March).")
    assert not any("was moved by others" in line for line in quiet.lines)
