"""A snapshot of an earlier moment: golden histories, and what is not known of them."""

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rules.history.rebuild import ALWAYS, rebuilt
from rules.model import Category, EditField, LinkKind, Priority, SprintState
from tests.factories import NOW, comment, document, edit, issue, link, snapshot, sprint

THEN = NOW - timedelta(days=10)


def test_every_value_is_what_the_next_edit_says_it_was() -> None:
    """Ten days ago: 5 points, another title and text, in sprint 1, "To Do", Low, without the link or the comment."""
    now = issue(
        points=8.0,
        title="New",
        document=document("New text."),
        labels=frozenset({"web", "late"}),
        status="In Progress",
        category=Category.DOING,
        priority=Priority("High", 1, 5),
        sprint="2",
        sprints=("1", "2"),
        links=(link("SHOP-7", LinkKind.BLOCKED_BY), link("SHOP-8", LinkKind.BLOCKS)),
        comments=(comment("Old", created=NOW - timedelta(days=20)), comment("New", created=NOW - timedelta(days=1))),
    )
    other = issue("SHOP-2", status="To Do", priority=Priority("Low", 4, 5))
    former = document("Old text.")
    edits = {
        "1": (
            edit(EditField.STATUS, days_ago=15, before="9", after="10"),
            edit(EditField.ESTIMATE, days_ago=8, before="5", after="8"),
            edit(EditField.TITLE, days_ago=7, before="Old", after="New"),
            edit(EditField.DESCRIPTION, days_ago=6, former=former),
            edit(EditField.LABELS, days_ago=5, before="web", after="late web"),
            edit(EditField.STATUS, days_ago=4, before="10", after="3"),
            edit(EditField.PRIORITY, days_ago=3, before="4", after="2"),
            edit(EditField.SPRINT, days_ago=2, before="1", after="1, 2"),
            edit(EditField.LINKS, days_ago=2, after="SHOP-8"),
        ),
        "2": (
            edit(EditField.STATUS, "2", days_ago=40, before="9", after="10"),
            edit(EditField.PRIORITY, "2", days_ago=40, before="3", after="4"),
        ),
    }
    boxes = (sprint("1", SprintState.CLOSED, completed=NOW - timedelta(days=7)), sprint("2", SprintState.ACTIVE))
    then = rebuilt(snapshot(now, other, sprints=boxes, edits=edits), THEN)
    was = then.snapshot.by_key["SHOP-1"]
    assert (was.points, was.title, was.document, was.labels) == (5.0, "Old", former, frozenset({"web"}))
    assert (was.status, was.category, was.priority) == ("To Do", Category.TODO, Priority("Low", 4, 5))
    assert (was.sprint, was.sprints, [one.key for one in was.links]) == ("1", ("1",), ["SHOP-7"])
    assert [one.created for one in was.comments] == [NOW - timedelta(days=20)]
    assert was.updated == NOW - timedelta(days=15)
    assert [box.state for box in then.snapshot.sprints] == [SprintState.ACTIVE, SprintState.FUTURE]
    assert [one.at for one in then.snapshot.edits["1"]] == [NOW - timedelta(days=15)]
    assert then.unknown == ALWAYS


def test_what_was_created_later_is_left_out_and_what_was_finished_later_comes_first() -> None:
    new = issue("SHOP-2", created=NOW - timedelta(days=3))
    ended: dict[str, Any] = {"category": Category.DONE, "status": "Done", "sprints": ("1",)}
    done = issue("SHOP-3", resolved=NOW - timedelta(days=2), **ended)
    older = issue("SHOP-4", resolved=NOW - timedelta(days=12), **ended)
    box = sprint("1", SprintState.CLOSED, completed=NOW - timedelta(days=1))
    then = rebuilt(snapshot(issue(), new, history=(done, older), sprints=(box,)), THEN).snapshot
    assert [one.key for one in then.issues] == ["SHOP-3", "SHOP-1"]
    assert [(one.key, one.is_open, one.resolved is None) for one in then.history] == [
        ("SHOP-3", True, True),
        ("SHOP-4", False, False),
    ]


def test_what_the_past_does_not_say_is_named_with_its_number() -> None:
    """The ids of a status and a priority that no issue has now, and a text that was too long to be kept."""
    edits = (
        edit(EditField.STATUS, days_ago=1, before="77"),
        edit(EditField.PRIORITY, days_ago=1, before="77"),
        edit(EditField.DESCRIPTION, days_ago=1),
        edit(EditField.PARENT, days_ago=1, before="77"),
        edit(EditField.LINKS, days_ago=1, before="SHOP-5"),
    )
    then = rebuilt(snapshot(issue(), issue("SHOP-2"), edits={"1": edits}), THEN)
    assert set(then.unknown[len(ALWAYS) :]) == {
        *(f"{what} of 1 issue" for what in ("the status", "the priority", "the text", "the parent", "a removed link")),
        "the past of 1 issue",
    }


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 13)), max_size=6, unique_by=lambda one: one[0]))
def test_a_moment_after_the_last_edit_is_as_it_is_now(edits: list[tuple[int, int]]) -> None:
    past = tuple(
        edit(EditField.ESTIMATE, days_ago=day, before=str(size), after="3") for day, size in sorted(edits, reverse=True)
    )
    now = snapshot(issue(points=3.0), edits={"1": past})
    then = rebuilt(now, NOW - timedelta(hours=1)).snapshot
    assert (then.issues[0].points, then.edits, [one.key for one in then.issues]) == (3.0, now.edits, ["SHOP-1"])
