"""Which priority new issues get is learned from those whose priority nobody changed."""

import pytest

from rules.history.priorities import usual_priorities, was_chosen
from rules.model import EditField, Issue, Priority
from tests.factories import edit, issue, snapshot

MEDIUM, HIGH = Priority("Medium", 2, 5), Priority("High", 1, 5)
CHANGED = (edit(EditField.PRIORITY, before="3", after="2"),)


def issues(number: int, priority: Priority | None, project: str = "SHOP", first: int = 1) -> list[Issue]:
    return [issue(f"{project}-{n}", id=f"{project}{n}", priority=priority) for n in range(first, first + number)]


def usual(*found: Issue, changed: int = 0) -> dict[str, str]:
    """What is usual among issues of which the first ones had another priority."""
    pasts = {one.id: CHANGED if place < changed else () for place, one in enumerate(found)}
    return dict(usual_priorities(snapshot(*found, edits=pasts)))


@pytest.mark.parametrize(
    ("medium", "high", "expected"),
    [(5, 0, {"SHOP": "Medium"}), (4, 0, {}), (5, 4, {"SHOP": "Medium"}), (5, 5, {}), (4, 3, {"SHOP": "Medium"})],
)
def test_it_is_what_more_than_half_of_at_least_five_have(medium: int, high: int, expected: dict[str, str]) -> None:
    assert usual(*issues(medium, MEDIUM), *issues(high, HIGH, first=50)) == expected


def test_issues_whose_priority_was_changed_say_nothing() -> None:
    """Twenty were set to High, five were left at Medium."""
    assert usual(*issues(20, HIGH), *issues(5, MEDIUM, first=50), changed=20) == {"SHOP": "Medium"}


def test_each_project_has_its_own() -> None:
    found = usual(*issues(5, MEDIUM), *issues(6, HIGH, "APP"), *issues(9, None, "OPS"))

    assert found == {"SHOP": "Medium", "APP": "High"}


def test_issues_with_an_unknown_past_say_nothing() -> None:
    assert usual_priorities(snapshot(*issues(9, MEDIUM))) == {}


def test_any_change_by_a_person_counts_as_a_choice_and_an_apps_does_not() -> None:
    one, project = issue(priority=MEDIUM), {"SHOP": "Medium"}
    by_app = (edit(EditField.PRIORITY, by_person=False),)

    assert was_chosen(one, CHANGED, project)
    assert not was_chosen(one, (), project)
    assert not was_chosen(one, by_app, project)
    assert was_chosen(one, (), {})
    assert was_chosen(issue(priority=HIGH), (), project)
    assert was_chosen(issue(priority=None), (), project)
