"""What changed since the last planning, as the tracker's history shows it."""

from datetime import timedelta

from rules.backlog.index import Backlog
from rules.model import Edit, EditField, Sprint, SprintState
from rules.planning.since import Since, changed_since
from tests.factories import NOW, edit, product, snapshot, sprint
from tests.rules.planning.world import PAYMENTS, story

RUNNING = sprint("9", SprintState.ACTIVE, start=NOW - timedelta(days=7))
DAY = timedelta(days=1)


def since(*edits: Edit, unavailable: frozenset[str] = frozenset(), sprints: tuple[Sprint, ...] = (RUNNING,)) -> Since:
    old, new = story("A-1", 5), story("A-2", 3, created=NOW - DAY)
    world = snapshot(
        old,
        new,
        product=product(PAYMENTS),
        sprints=sprints,
        edits={"1": edits},
        unavailable=unavailable,
    )
    return changed_since(Backlog.of(world), (old, new))


def estimate(before: str, after: str, *, days_ago: float) -> Edit:
    return edit(EditField.ESTIMATE, before=before, after=after, days_ago=days_ago)


def test_a_new_estimate_is_shown_as_it_was_and_as_it_is() -> None:
    first = estimate("8", "3", days_ago=3)
    second = estimate("3", "5", days_ago=2)

    (change,) = since(first, second).estimates
    assert (change.issue, change.before, change.after) == ("A-1", "8", "5")


def test_what_changed_before_the_last_planning_and_what_changed_back_is_not_shown() -> None:
    before = estimate("8", "5", days_ago=8)
    there, back = (
        estimate("5", "3", days_ago=3),
        estimate("3", "5", days_ago=2),
    )

    assert since(before, there, back).estimates == ()


def test_moved_and_new_issues_are_named() -> None:
    changes = since(edit(EditField.RANK))

    assert (changes.moved, changes.added) == (("A-1",), ("A-2",))
    assert not changes.nothing


def test_without_a_history_or_an_earlier_sprint_it_is_not_known() -> None:
    assert since(unavailable=frozenset({"changelog"})).at is None
    assert since(sprints=()).at is None
    assert since().at == RUNNING.start
