"""Late changes: golden histories with the days in the test, and what never counts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.backlog.index import Backlog
from rules.capacity.options import CapacityOptions
from rules.learning.late_debate import DebateKind, TeamDebate, late_debates, planning_time
from rules.learning.learn import learn
from rules.learning.reader import PastReader
from rules.model import Edit, EditField, Issue, Kind, Snapshot, Sprint, SprintState
from rules.verdict import Ruleset
from tests.factories import comment, document, edit, issue, product, snapshot, sprint, team

START = datetime(2026, 2, 23, 8, 0, tzinfo=UTC)
"""A Monday. The working day before is Friday, 20 February; the planning of two weeks takes four hours, until 12:00."""
RUNNING = sprint("42", SprintState.ACTIVE, start=START)
UTC_OPTIONS = CapacityOptions(timezone="UTC")


def boxes(earlier: int) -> list[Sprint]:
    """The running sprint, and so many before it."""
    past = [
        sprint(str(41 - back), SprintState.CLOSED, start=START - timedelta(days=14 * (back + 1)))
        for back in range(earlier)
    ]
    return [RUNNING, *past]


def at(moment: datetime, field: EditField, issue_id: str = "1", **overrides: Any) -> Edit:
    return replace(edit(field, issue_id), at=moment, **overrides)


def seen(issues: Sequence[Issue], edits: Sequence[Edit], *, earlier: int = 0) -> Snapshot:
    """The running sprint holds these issues, with the past that is given."""
    pasts = {one.id: tuple(sorted((e for e in edits if e.issue == one.id), key=lambda e: e.at)) for one in issues}
    return snapshot(*issues, sprints=tuple(boxes(earlier)), edits=pasts)


def planned(number: int = 1, **overrides: Any) -> Issue:
    return issue(f"SHOP-{number}", sprint="42", sprints=("42",), **overrides)


def debate(of: Snapshot) -> TeamDebate:
    [one] = late_debates(of, UTC_OPTIONS, PastReader())
    return one


THREE = (
    (timedelta(hours=-60), EditField.DESCRIPTION),  # Friday 20:00
    (timedelta(hours=1), EditField.ESTIMATE),
    (timedelta(hours=4), EditField.ACCEPTANCE),  # at 12:00, the last moment
)


def test_three_changes_while_the_sprint_is_planned_score_three_and_the_same_a_week_earlier_none() -> None:
    edits = [at(START + after, field, former=document("Old words.")) for after, field in THREE]
    earlier = [replace(one, at=one.at - timedelta(days=7)) for one in edits]

    assert debate(seen([planned()], edits)).latest.total == 3
    assert debate(seen([planned()], earlier)).latest.total == 0


@pytest.mark.parametrize(
    ("moment", "counts"),
    [
        (datetime(2026, 2, 20, 0, 0, tzinfo=UTC), 1),  # the first moment of Friday
        (datetime(2026, 2, 19, 23, 59, tzinfo=UTC), 0),
        (datetime(2026, 2, 23, 12, 0, tzinfo=UTC), 1),  # the planning is over
        (datetime(2026, 2, 23, 12, 1, tzinfo=UTC), 0),
    ],
)
def test_the_time_of_planning_is_from_the_working_day_before_to_the_end_of_the_time_box(
    moment: datetime, counts: int
) -> None:
    assert debate(seen([planned()], [at(moment, EditField.ESTIMATE)])).latest.total == counts


def test_a_day_off_of_the_whole_team_is_no_working_day() -> None:
    """Friday is free, so that the working day before is Thursday, 19 February."""
    free = team(days_off=frozenset({datetime(2026, 2, 20, tzinfo=UTC).date()}))

    times = planning_time(free, RUNNING, UTC_OPTIONS)

    assert times == (datetime(2026, 2, 19, tzinfo=UTC), datetime(2026, 2, 23, 12, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    "field", [EditField.RANK, EditField.SPRINT, EditField.LABELS, EditField.STATUS, EditField.OTHER]
)
def test_what_an_issue_does_not_ask_for_is_no_debate(field: EditField) -> None:
    assert debate(seen([planned()], [at(START, field, before="42", after="42")])).latest.total == 0


def test_what_an_app_changes_is_no_debate() -> None:
    assert debate(seen([planned()], [at(START, EditField.ESTIMATE, by_person=False)])).latest.total == 0


def test_comments_of_people_count_and_commands_do_not() -> None:
    """Only possible commands have a text."""
    said = comment("", created=START)
    commanded = comment("/ready recheck", created=START)
    old = comment("", created=START - timedelta(days=7))

    latest = debate(seen([planned(comments=(old, said, commanded))], [])).latest

    assert latest.counts == {DebateKind.COMMENTS: 1}


def test_a_description_with_other_criteria_is_a_change_of_criteria() -> None:
    """The first change adds a criterion, the second changes the sentence above the criteria."""
    one, two, three = (
        document("Shoppers pay by card.", "## Acceptance criteria", "- The card is charged once"),
        document("Shoppers pay by card.", "## Acceptance criteria", "- The card is charged once", "- A mail is sent"),
        document("Guests pay by card.", "## Acceptance criteria", "- The card is charged once", "- A mail is sent"),
    )
    edits = [
        at(START, EditField.DESCRIPTION, former=one),
        at(START + timedelta(hours=1), EditField.DESCRIPTION, former=two),
    ]

    latest = debate(seen([planned(document=three)], edits)).latest

    assert latest.counts == {DebateKind.CRITERIA: 1, DebateKind.TEXT: 1}


def test_issues_with_an_open_question_before_the_planning_are_counted() -> None:
    """The first was answered on Friday evening, the second on Thursday; the third came on Friday."""
    asked = document("Shoppers pay by card.", "## Open questions", "- Which cards do we accept?")
    friday, thursday = START - timedelta(hours=60), START - timedelta(hours=86)
    edits = [
        at(friday, EditField.DESCRIPTION, "1", former=asked),
        at(thursday, EditField.DESCRIPTION, "2", former=asked),
    ]
    issues = [planned(1), planned(2), planned(3, document=asked, created=friday)]

    latest = debate(seen(issues, edits)).latest

    assert (latest.unclear, latest.issues) == (1, 3)


def test_an_issue_that_was_taken_out_in_the_planning_was_discussed() -> None:
    """It was in the sprint until an hour after its start."""
    out = issue("SHOP-1")
    edits = [
        at(START - timedelta(days=5), EditField.SPRINT, after="42"),
        at(START, EditField.ESTIMATE),
        at(START + timedelta(hours=1), EditField.SPRINT, before="42"),
    ]

    latest = debate(seen([out], edits)).latest

    assert (latest.total, latest.changed, latest.issues) == (1, 1, 1)


def test_issues_that_came_after_the_planning_are_not_of_it() -> None:
    edits = [at(START, EditField.ESTIMATE), at(START + timedelta(days=2), EditField.SPRINT, after="42")]

    assert debate(seen([planned()], edits)).latest.issues == 0


def test_sub_tasks_of_the_planning_are_not_counted() -> None:
    assert debate(seen([planned(kind=Kind.SUBTASK)], [at(START, EditField.ESTIMATE)])).latest.total == 0


def test_the_sprints_before_are_compared_from_three_on() -> None:
    """Sprints 39, 40 and 41 had 2, 0 and 1 late changes: the middle one is 1."""
    issues = [planned(), *(issue(f"SHOP-{n}", sprints=(str(n),)) for n in (39, 40, 41))]
    starts = {n: START - timedelta(days=14 * (42 - n)) for n in (39, 40, 41)}
    edits = [
        at(START, EditField.ESTIMATE),
        at(starts[39], EditField.ESTIMATE, "39"),
        at(starts[39], EditField.TITLE, "39"),
        at(starts[41], EditField.TITLE, "41"),
    ]

    known, too_few = debate(seen(issues, edits, earlier=3)), debate(seen(issues, edits, earlier=2))

    assert [one.total for one in known.before] == [2, 0, 1]
    assert (known.latest.total, known.usual) == (1, 1)
    assert too_few.usual is None


def test_a_sprint_with_an_issue_of_unknown_past_is_left_out() -> None:
    whole = seen([planned(1), planned(2)], [])

    assert late_debates(replace(whole, edits={"1": ()}), UTC_OPTIONS, PastReader()) == ()


def test_a_planning_that_is_not_over_is_not_measured() -> None:
    whole = replace(seen([planned()], []), taken_at=START + timedelta(hours=3))

    assert late_debates(whole, UTC_OPTIONS, PastReader()) == ()


def test_without_a_changelog_nothing_is_known() -> None:
    blind = Backlog.of(snapshot(unavailable=frozenset({"changelog"})))

    assert not learn(blind, Ruleset(), UTC_OPTIONS).known


def test_teams_that_share_a_board_count_their_own_issues() -> None:
    shared = product(team("Payments"), team("Search"))
    issues = [planned(1, components=("payments",)), planned(2, components=("search",))]
    whole = replace(seen(issues, [at(START, EditField.ESTIMATE, "2")]), product=shared)

    assert {one.team: one.latest.total for one in late_debates(whole, UTC_OPTIONS, PastReader())} == {
        "Payments": 0,
        "Search": 1,
    }


FIELDS = st.sampled_from([EditField.DESCRIPTION, EditField.ESTIMATE, EditField.STATUS, EditField.SPRINT])


@given(st.lists(st.tuples(st.floats(-200, 20), FIELDS), max_size=6))
def test_renaming_a_person_a_status_a_sprint_or_a_project_changes_nothing(past: list[tuple[float, EditField]]) -> None:
    edits = [at(START + timedelta(hours=hours), field, before="42", after="42") for hours, field in past]
    one = seen([planned()], edits)
    other = replace(
        one,
        issues=tuple(replace(each, key="STORE-7", status="Offen", assignee_name="Bea") for each in one.issues),
        sprints=tuple(replace(box, name="Iteration") for box in one.sprints),
        edits={number: tuple(replace(each, name="Bea") for each in mine) for number, mine in one.edits.items()},
    )

    assert late_debates(one, UTC_OPTIONS, PastReader()) == late_debates(other, UTC_OPTIONS, PastReader())


def test_a_sprint_without_dates_has_no_time_of_planning() -> None:
    assert planning_time(team(), sprint("9", start=None, end=None), UTC_OPTIONS) is None
