"""What the issues of the latest sprints show of each team."""

import pytest

from rules.model import TeamFilter
from sync.init.habits import MOST_PEOPLE, PersonFound, estimated_of, own_filters, people_of, unknown_types
from sync.trackers.jira.sprint_work import SprintIssue


def issues(number: int = 1, person: str = "", component: str = "", label: str = "") -> list[SprintIssue]:
    return number * [
        SprintIssue(
            person=person,
            account=person.casefold(),
            components=frozenset(filter(None, [component])),
            labels=frozenset(filter(None, [label])),
        )
    ]


def test_people_are_named_with_the_busiest_first_and_seldom_ones_are_not() -> None:
    team = [*issues(2, "Bo"), *issues(5, "Cy"), *issues(1, "Guest"), *issues(3), *issues(2, " ")]
    assert people_of([team]) == ((PersonFound("Cy", "cy", 5), PersonFound("Bo", "bo", 2)),)


def test_a_person_of_two_teams_is_proposed_where_most_of_their_issues_are() -> None:
    found = people_of([[*issues(3, "Bo"), *issues(2, "Cy")], issues(4, "Bo")])
    assert [[one.name for one in team] for team in found] == [["Cy"], ["Bo"]]


def test_a_team_is_no_crowd() -> None:
    crowd = [one for number in range(20) for one in issues(2, f"P{number:02}")]
    assert len(people_of([crowd])[0]) == MOST_PEOPLE


@pytest.mark.parametrize(
    ("own", "other", "found"),
    [
        (issues(9, component="pay") + issues(1), issues(9, component="web"), TeamFilter(components=frozenset({"pay"}))),
        (issues(9, label="pay"), issues(9, component="web"), TeamFilter(labels=frozenset({"pay"}))),
        (issues(9, component="all"), issues(9, component="all"), TeamFilter()),
        (issues(6, component="pay") + issues(4), issues(9), TeamFilter()),
        ([], issues(9, component="web"), TeamFilter()),
    ],
)
def test_what_tells_a_team_from_the_others(own: list[SprintIssue], other: list[SprintIssue], found: TeamFilter) -> None:
    assert own_filters([own, other])[0] == found


def test_estimates_are_counted_without_subtasks_and_epics() -> None:
    read = [
        SprintIssue(estimated=True),
        SprintIssue(level=0),
        SprintIssue(level=1),
        SprintIssue(level=-1, estimated=True),
    ]
    assert estimated_of(read) == (1, 2)


def test_a_type_whose_kind_its_name_does_not_say_is_named_once() -> None:
    types = ["Story", "Change", "Task", "Bug", "Change", "Ritual"]
    read = [*(SprintIssue(type=name) for name in types), SprintIssue(type="Initiative", level=2)]
    assert unknown_types(read) == ("Change", "Ritual")
