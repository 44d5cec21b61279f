"""When people last changed an issue, and since when it is done: neither apps nor we count, a new rank does."""

from datetime import datetime, timedelta
from typing import Any

from rules.history.touches import with_touches
from rules.model import Category, Edit, EditField
from tests.factories import NOW, comment, edit, issue, snapshot

CREATED = NOW - timedelta(days=50)


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def touched(*edits: Edit, **values: Any) -> float:
    """Days since the last touch of an issue that was updated with its last edit."""
    last = max((one.at for one in edits if one.field is not EditField.RANK), default=CREATED)
    one = issue(**({"created": CREATED, "updated": last} | values))
    (seen,) = with_touches(snapshot(one, edits={one.id: edits})).issues
    return (NOW - seen.last_human_edit) / timedelta(days=1)


def test_what_an_app_did_last_is_no_touch() -> None:
    by_app = edit(EditField.LABELS, days_ago=1, by_person=False)

    assert touched(edit(EditField.TITLE, days_ago=20), by_app) == 20
    assert touched(by_app) == 50
    assert touched(by_app, edit(EditField.TITLE, days_ago=0.5)) == 0.5


def test_a_comment_of_a_person_is_a_touch() -> None:
    by_app = edit(EditField.OTHER, days_ago=1, by_person=False)

    assert touched(by_app, comments=(comment(created=ago(7)),)) == 7


def test_a_change_that_no_history_shows_is_a_persons() -> None:
    """A comment, an attachment: the date moved and no entry says why."""
    assert touched(edit(EditField.LABELS, days_ago=9, by_person=False), updated=ago(3)) == 3


def test_a_new_rank_is_a_touch_though_the_date_does_not_move() -> None:
    assert touched(edit(EditField.TITLE, days_ago=20), edit(EditField.RANK, days_ago=2)) == 2


def test_what_an_app_did_before_it_moved_the_issue_is_no_touch_either() -> None:
    by_app = edit(EditField.LABELS, days_ago=10, by_person=False)

    assert touched(edit(EditField.TITLE, days_ago=20), by_app, edit(EditField.RANK, days_ago=5, by_person=False)) == 20


def test_what_we_know_of_our_own_last_write_is_not_lost() -> None:
    """Our label came yesterday; before that a person wrote 20 days ago, and an app 30 days ago."""
    edits = (edit(EditField.LABELS, days_ago=30, by_person=False), edit(EditField.TITLE, days_ago=20))

    assert touched(*edits, updated=ago(1), human_updated=ago(20)) == 20


def test_an_issue_with_an_unknown_past_stays_as_it_is() -> None:
    one = issue(updated=ago(3))

    assert with_touches(snapshot(one)).issues == (one,)


def finished(*edits: Edit, **values: Any) -> float:
    """Days since a done issue was finished that was updated yesterday, by us."""
    done: dict[str, Any] = {"category": Category.DONE, "created": CREATED, "updated": ago(1), "human_updated": ago(12)}
    one = issue(**(done | values))
    (seen,) = with_touches(snapshot(one, edits={one.id: edits})).issues
    return (NOW - seen.finished_at) / timedelta(days=1)


def test_a_done_issue_is_finished_since_its_resolution_or_its_status_and_never_since_our_last_write() -> None:
    """Many workflows set no resolution; we take our labels away from a done issue."""
    began, ended = (edit(EditField.STATUS, days_ago=days) for days in (30, 20))
    moved = (began, ended, edit(EditField.TITLE, days_ago=12))

    assert finished(*moved, resolved=ago(25)) == 25
    assert finished(*moved) == 20
    assert finished(edit(EditField.TITLE, days_ago=12)) == 12
    assert finished() == 12
