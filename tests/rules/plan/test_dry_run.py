from datetime import datetime, timedelta

import pytest

from rules.model import NO_MARKS, OwnMarks
from rules.plan.dry_run import Page, Post, go_live, overlay
from rules.plan.mail_budget import UNNAMED
from tests.factories import NOW, issue, snapshot

OURS, OTHER = "readyline-ready", "readyline-not-ready"


def marks(*labels: str, sprint: str | None = None) -> OwnMarks:
    return OwnMarks(labels=frozenset(labels), sprint=sprint)


@pytest.mark.parametrize(
    ("there", "real", "virtual", "seen"),
    [
        ({"ui"}, NO_MARKS, marks(OURS), {"ui", OURS}),
        ({"ui", OURS}, marks(OURS), marks(OTHER), {"ui", OTHER}),
        ({"ui"}, marks(OURS), marks(OURS), {"ui"}),
        ({"ui", OURS}, NO_MARKS, NO_MARKS, {"ui", OURS}),
        ({OURS}, marks(OURS), NO_MARKS, set()),
    ],
    ids=["we would have put it", "we would have changed it", "a person took it", "a person put it", "taken off"],
)
def test_labels_are_as_they_would_be(there: set[str], real: OwnMarks, virtual: OwnMarks, seen: set[str]) -> None:
    one = issue(labels=frozenset(there))

    (laid,) = overlay(snapshot(one), {one.id: real}, {one.id: virtual}).issues

    assert (laid.labels, laid.marks) == (frozenset(seen), virtual)


@pytest.mark.parametrize(
    ("there", "real", "seen"),
    [(None, None, "7"), ("8", None, "8"), (None, "7", None)],
    ids=["we would have moved it", "a person placed it elsewhere", "a person took it out"],
)
def test_a_persons_choice_of_sprint_wins(there: str | None, real: str | None, seen: str | None) -> None:
    one = issue(sprint=there, sprints=("5",))

    (laid,) = overlay(snapshot(one), {one.id: marks(sprint=real)}, {one.id: marks(sprint="7")}).issues

    assert laid.sprint == seen
    assert laid.sprints == (("5", "7") if seen == "7" else ("5",))


def test_done_issues_bear_marks_too() -> None:
    done = issue("SHOP-9")

    (laid,) = overlay(snapshot(history=(done,)), {}, {done.id: marks(OURS)}).history

    assert laid.labels == {OURS}


def test_an_unknown_issue_stays_as_it_is() -> None:
    seen = snapshot(issue(), issue("SHOP-2"))

    assert overlay(seen, {}, {}) == seen


def page(day: int, changes: int, issues: int) -> Page:
    return Page(at=NOW + timedelta(days=day), changes=changes, issues=issues)


def test_limits_are_drawn_from_ordinary_runs_and_leave_some_room() -> None:
    card = go_live(
        [page(0, 90, 60), page(1, 4, 3), page(2, 12, 10)],
        [],
        since=NOW,
        until=NOW + timedelta(days=14),
        in_scope=100,
        findings=7,
    )

    assert (card.entries, card.passes, card.findings) == (106, 3, 7)
    assert card.first == page(0, 90, 60)
    assert (card.largest, card.widest) == (12, 0.1)
    assert (card.max_changes, card.max_share) == (20, 0.15)


def test_the_limits_for_the_first_run_are_drawn_from_what_it_would_write_now() -> None:
    pages = [page(0, 9, 6), page(1, 4, 3)]

    card = go_live(pages, [], since=NOW, until=NOW, in_scope=100, findings=0, wave=(90, 60))

    assert (card.first_max_changes, card.first_max_share) == (140, 0.9)
    assert (card.max_changes, card.max_share) == (10, 0.05)


@pytest.mark.parametrize(
    ("pages", "limits"),
    [([], (10, 0.05)), ([page(0, 90, 60)], (140, 0.9)), ([page(0, 1, 1), page(1, 500, 100)], (750, 1.0))],
    ids=["nothing yet", "only the first pass", "everything every time"],
)
def test_limits_are_never_senseless(pages: list[Page], limits: tuple[int, float]) -> None:
    card = go_live(pages, [], since=NOW, until=NOW, in_scope=100, findings=0)

    assert (card.max_changes, card.max_share) == limits


def test_an_empty_backlog_divides_by_nothing() -> None:
    assert go_live([], [], since=NOW, until=NOW, in_scope=0, findings=0).widest == 0


def test_the_busiest_week_counts_and_not_the_calendars() -> None:
    def at(day: float) -> datetime:
        return NOW + timedelta(days=day)

    mails = [(at(0), "ana"), (at(5), "ana"), (at(6.9), "ana"), (at(7.1), "ana"), (at(0), "bo"), (at(7), "bo")]
    card = go_live([], mails, since=NOW, until=NOW, in_scope=1, findings=0)

    assert card.post == (
        Post(person="ana", account="ana", busiest=3, total=4),
        Post(person="bo", account="bo", busiest=1, total=2),
    )


def test_people_are_called_by_their_names_and_keep_their_accounts() -> None:
    mails = [(NOW, "712020:1"), (NOW, "712020:2"), (NOW, UNNAMED)]
    card = go_live([], mails, since=NOW, until=NOW, in_scope=1, findings=0, names={"712020:1": "Ana Alvarez"})
    assert [(post.person, post.account) for post in card.post] == [
        ("712020:2", "712020:2"),
        ("Ana Alvarez", "712020:1"),
        (UNNAMED, ""),
    ]
