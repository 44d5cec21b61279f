from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from rules.backlog.own_edits import LastHumanEdit, last_human_edit, without_own_edits
from rules.model import Comment, Issue
from tests.factories import NOW, comment, document, issue, link, snapshot

PREFIX = "readyline-"
LONG_AGO = NOW - timedelta(days=200)
WROTE = NOW - timedelta(hours=2)
BEFORE = issue(updated=LONG_AGO, labels=frozenset({"ui"}))
KNOWN = {BEFORE.id: last_human_edit(BEFORE, PREFIX, WROTE)}


def seen(**values: Any) -> Issue:
    """The issue as it is pulled after we wrote to it."""
    (found,) = without_own_edits(snapshot(replace(BEFORE, **({"updated": WROTE} | values))), KNOWN, PREFIX).issues
    return found


@pytest.mark.parametrize(
    "ours",
    [
        {},
        {"labels": frozenset({"ui", "readyline-not-ready"})},
        {"sprint": "7", "sprints": ("7",)},
        {"updated": WROTE + timedelta(minutes=59)},
    ],
    ids=["a comment", "a label", "a sprint", "a clock that goes wrong"],
)
def test_our_own_edit_leaves_the_last_touch_where_it_was(ours: dict[str, Any]) -> None:
    assert seen(**ours).last_human_edit == LONG_AGO


NEW: Comment = comment("Done.")


@pytest.mark.parametrize(
    "theirs",
    [
        {"title": "Another"},
        {"document": document("More.")},
        {"labels": frozenset({"ui", "readyline-not-ready", "api"})},
        {"points": 5.0},
        {"assignee": "ana"},
        {"links": (link(),)},
        {"comments": (NEW,)},
        {"fields": {"Team": "Payments"}},
    ],
    ids=lambda theirs: next(iter(theirs)),
)
def test_a_persons_edit_right_after_ours_counts(theirs: dict[str, Any]) -> None:
    assert seen(**theirs).last_human_edit == WROTE


def test_a_later_date_is_somebodys_change_that_we_cannot_see() -> None:
    later = WROTE + timedelta(days=1)

    assert seen(updated=later).last_human_edit == later


def test_writing_again_and_again_does_not_make_it_fresh() -> None:
    one, known = BEFORE, KNOWN
    for day in range(1, 5):
        wrote = NOW + timedelta(days=day)
        pulled = snapshot(replace(one, updated=wrote - timedelta(days=1) if day > 1 else WROTE, human_updated=None))
        (one,) = without_own_edits(pulled, known, PREFIX).issues
        assert one.last_human_edit == LONG_AGO
        known = {one.id: last_human_edit(one, PREFIX, wrote)}


def test_a_link_to_an_issue_that_moves_on_is_no_activity() -> None:
    """The status of the other issue comes along with a link, and is not this issue's."""
    linked = replace(BEFORE, links=(link(),))
    known = {linked.id: last_human_edit(linked, PREFIX, WROTE)}
    moved = replace(linked, links=(link(title="Renamed"),), updated=WROTE)

    (found,) = without_own_edits(snapshot(moved), known, PREFIX).issues
    assert found.last_human_edit == LONG_AGO


def test_an_issue_that_we_never_wrote_to_is_left_as_it_is() -> None:
    world = snapshot(issue("SHOP-5"), history=(issue("SHOP-6"),))

    assert without_own_edits(world, KNOWN, PREFIX) == world


def test_what_is_remembered_never_makes_an_issue_younger() -> None:
    young = {BEFORE.id: LastHumanEdit(content=KNOWN[BEFORE.id].content, at=NOW, wrote=NOW)}

    (found,) = without_own_edits(snapshot(BEFORE), young, PREFIX).issues
    assert found.last_human_edit == LONG_AGO
