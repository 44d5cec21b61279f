"""How many mails people get because of us, and that no schedule of runs makes it more than allowed (row N8)."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.model import Issue
from rules.plan.changes import AddLabel, Change, ChangePlan, DeleteComment, MoveToSprint, PutComment, RemoveLabel
from rules.plan.comment import CommentBody, Fix
from rules.plan.mail_budget import WEEK, hold_mails, mails_of, readers
from tests.factories import NOW, issue, snapshot

BLOCKED = CommentBody(headline="Not ready yet", fixes=(Fix("no criteria", "Add two", must=True),))
HEALED = CommentBody(headline="Ready")


def put(number: int, note: CommentBody = BLOCKED) -> PutComment:
    return PutComment(issue=str(number), key=f"SHOP-{number}", note=note, why="w")


def add(number: int, label: str = "readyline-ready") -> AddLabel:
    return AddLabel(issue=str(number), key=f"SHOP-{number}", label=label, why="w")


def owned(number: int, **values: Any) -> Issue:
    return issue(f"SHOP-{number}", **({"assignee": "ana", "reporter": "bo"} | values))


def held(*changes: Change, spent: dict[str, int], per_week: int = 3, silent: bool = True, **options: Any) -> ChangePlan:
    seen = snapshot(*(owned(number) for number in range(1, 6)))
    return hold_mails(ChangePlan(changes=changes), seen, spent, per_week=per_week, silent_labels=silent, **options)


@pytest.mark.parametrize(
    ("values", "people"),
    [
        ({}, ("ana", "bo")),
        ({"reporter": "ana", "watchers": 1}, ("ana",)),
        ({"watchers": 2}, ("ana", "bo")),
        ({"watchers": 5}, ("ana", "bo", "a watcher of SHOP-1")),
        ({"assignee": None, "reporter": None, "watchers": 1}, ("a watcher of SHOP-1",)),
        ({"assignee": None, "reporter": None}, ()),
    ],
)
def test_assignee_reporter_and_watchers_get_mail(values: dict[str, Any], people: tuple[str, ...]) -> None:
    assert readers(owned(1, **values)) == people


@pytest.mark.parametrize(
    ("changes", "silent", "mails"),
    [
        ((put(1),), True, 2),
        ((add(1), RemoveLabel(issue="1", key="SHOP-1", label="x", why="w")), True, 0),
        ((add(1), RemoveLabel(issue="1", key="SHOP-1", label="x", why="w")), False, 2),
        ((DeleteComment(issue="1", key="SHOP-1", comment="7", why="w"),), True, 2),
        ((MoveToSprint(issue="1", key="SHOP-1", sprint="5", why="w"),), True, 2),
        ((add(1, "comment"), put(1)), False, 4),
        ((put(9),), True, 0),
    ],
    ids=["a comment", "silent labels", "loud labels, in one request", "removed", "moved", "a label's name", "unknown"],
)
def test_what_causes_mail(changes: tuple[Change, ...], silent: bool, mails: int) -> None:  # noqa: FBT001 - a row
    assert len(mails_of(changes, snapshot(owned(1)), silent_labels=silent)) == mails


def test_what_fits_the_week_is_written() -> None:
    assert held(put(1), put(2), put(3), spent={}).held == ()


def test_the_rest_waits_and_the_reason_is_given() -> None:
    plan = held(put(1), put(2), spent={"bo": 2})

    assert (plan.changes, plan.held) == ((put(1),), (put(2),))
    (told,) = plan.left_as_is
    assert (told.key, told.what) == ("SHOP-2", "comment")
    assert "mail 4 this week" in told.why
    assert "mails_per_week allows 3" in told.why


def test_what_keeps_issues_from_being_ready_goes_before_good_news() -> None:
    plan = held(put(1, HEALED), put(2), put(3), spent={"ana": 1})

    assert plan.changes == (put(2), put(3))


def test_silent_labels_never_wait() -> None:
    assert held(add(1), put(1), spent={"ana": 3}).changes == (add(1),)


def test_loud_labels_of_an_issue_wait_together() -> None:
    both = (add(1), RemoveLabel(issue="1", key="SHOP-1", label="x", why="w"))

    assert held(*both, spent={"ana": 3}, silent=False).held == both


def test_what_people_asked_for_is_written_all_the_same_and_counts_first() -> None:
    plan = held(put(1), put(2), spent={"ana": 2}, asked={"2"})

    assert (plan.changes, plan.held) == ((put(2),), (put(1),))
    assert held(put(2), spent={"ana": 9}, asked={"2"}).held == ()


def test_a_sprint_that_people_decided_on_never_waits_and_counts_first() -> None:
    move = MoveToSprint(issue="2", key="SHOP-2", sprint="5", why="w")
    plan = held(put(1), move, spent={"ana": 2})

    assert (plan.changes, plan.held) == ((move,), (put(1),))


def test_zero_is_no_limit() -> None:
    assert held(put(1), spent={"ana": 99}, per_week=0).held == ()


PEOPLE = st.sampled_from(["ana", "bo", "cy", None])
CHANGES = st.tuples(st.integers(1, 6), st.sampled_from(["label", "bad", "good", "sprint"]))


def change_of(number: int, kind: str) -> Change:
    match kind:
        case "label":
            return add(number)
        case "sprint":
            return MoveToSprint(issue=str(number), key=f"SHOP-{number}", sprint="5", why="w")
        case _:
            return put(number, BLOCKED if kind == "bad" else HEALED)


@given(
    runs=st.lists(st.tuples(st.integers(0, 100), st.lists(CHANGES, max_size=12, unique=True)), max_size=12),
    people=st.lists(st.tuples(PEOPLE, PEOPLE, st.integers(0, 3)), min_size=6, max_size=6),
    per_week=st.integers(1, 5),
    silent=st.booleans(),
)
def test_no_schedule_of_runs_sends_anybody_a_mail_over_the_budget_but_for_sprints_people_decided_on(
    runs: list[tuple[int, list[tuple[int, str]]]],
    people: list[tuple[str | None, str | None, int]],
    per_week: int,
    silent: bool,  # noqa: FBT001 - drawn
) -> None:
    issues = (
        owned(number, assignee=assignee, reporter=reporter, watchers=watchers)
        for number, (assignee, reporter, watchers) in enumerate(people, start=1)
    )
    seen = snapshot(*issues)
    now, log = NOW, list[tuple[datetime, str]]()
    for hours, drawn in runs:
        now += timedelta(hours=hours)
        wanted = ChangePlan(changes=tuple(change_of(*one) for one in drawn))
        spent = Counter(person for at, person in log if at > now - WEEK)
        plan = hold_mails(wanted, seen, spent, per_week=per_week, silent_labels=silent)
        mails = mails_of(plan.changes, seen, silent_labels=silent)
        log += [(now, mail.person) for mail in mails]

        this_week = Counter(person for at, person in log if at > now - WEEK)
        assert all(this_week[mail.person] <= per_week for mail in mails if mail.about != "sprint")
        assert sorted(map(repr, (*plan.changes, *plan.held))) == sorted(map(repr, wanted.changes))
