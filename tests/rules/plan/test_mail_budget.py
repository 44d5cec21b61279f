"""How many mails people get because of us, and that no schedule of runs makes it more than allowed (row N8)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from rules.model import Issue
from rules.plan.changes import AddLabel, Change, ChangePlan, DeleteComment, MoveToSprint, PutComment, RemoveLabel
from rules.plan.comment import CommentBody, Fix
from rules.plan.mail_budget import (
    NO_AUDIENCE,
    UNNAMED,
    Audience,
    Mail,
    MailCount,
    SentMail,
    Urgency,
    hold_mails,
    mails_of,
    readers,
)
from tests.factories import NOW, issue

SILENT = Audience(silent=frozenset({"SHOP"}))
BLOCKED = CommentBody(headline="Not ready yet", fixes=(Fix("no criteria", "Add two", must=True),))
HEALED = CommentBody(headline="Ready")


def put(number: int, note: CommentBody = BLOCKED) -> PutComment:
    return PutComment(issue=str(number), key=f"SHOP-{number}", note=note, why="w")


def add(number: int, label: str = "readyline-ready") -> AddLabel:
    return AddLabel(issue=str(number), key=f"SHOP-{number}", label=label, why="w")


def owned(number: int, **values: Any) -> Issue:
    return issue(f"SHOP-{number}", **({"assignee": "ana", "reporter": "bo"} | values))


def spent_by(spent: Mapping[str, int], at: datetime = NOW) -> MailCount:
    sent = (
        SentMail(at=at, run="r0", mail=Mail(issue=f"{person}{number}", about="comment", person=person))
        for person, count in spent.items()
        for number in range(count)
    )
    return MailCount(sent, {})


def held(
    *changes: Change, spent: dict[str, int], per_week: int = 3, audience: Audience = SILENT, **urgency: Any
) -> ChangePlan:
    issues = {str(number): owned(number) for number in range(1, 6)}
    return hold_mails(
        ChangePlan(changes=changes),
        issues,
        audience,
        spent_by(spent),
        per_week=per_week,
        now=NOW,
        urgency=Urgency(**urgency),
    )


@pytest.mark.parametrize(
    ("values", "people"),
    [
        ({}, ("ana", "bo")),
        ({"reporter": "ana", "watchers": 1}, ("ana", UNNAMED)),
        ({"watchers": 5}, ("ana", "bo", UNNAMED)),
        ({"assignee": None, "reporter": None, "watchers": 1}, (UNNAMED,)),
        ({"assignee": None, "reporter": None}, ()),
    ],
)
def test_assignee_reporter_and_watchers_get_mail(values: dict[str, Any], people: tuple[str, ...]) -> None:
    assert readers(owned(1, **values), NO_AUDIENCE) == people


def test_watchers_get_mail_by_name_where_the_account_may_read_them() -> None:
    audience = Audience(watchers={"1": frozenset({"ana", "cy"})})
    assert readers(owned(1, watchers=2), audience) == ("ana", "bo", "cy")


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
    assert len(mails_of(changes, {"1": owned(1)}, SILENT if silent else NO_AUDIENCE)) == mails


def test_what_fits_the_week_is_written() -> None:
    assert held(put(1), put(2), put(3), spent={}).held == ()


def test_the_rest_waits_and_the_reason_is_given() -> None:
    plan = held(put(1), put(2), spent={"bo": 2})

    assert (plan.changes, plan.held) == ((put(1),), (put(2),))
    (told,) = plan.left_as_is
    assert (told.key, told.what) == ("SHOP-2", "comment")
    assert "mail 4 within seven days" in told.why
    assert "mails_per_week allows 3" in told.why


def test_what_keeps_issues_from_being_ready_goes_before_good_news() -> None:
    plan = held(put(1, HEALED), put(2), put(3), spent={"ana": 1})

    assert plan.changes == (put(2), put(3))


def test_silent_labels_never_wait() -> None:
    assert held(add(1), put(1), spent={"ana": 3}).changes == (add(1),)


def test_loud_labels_of_an_issue_wait_together() -> None:
    both = (add(1), RemoveLabel(issue="1", key="SHOP-1", label="x", why="w"))

    assert held(*both, spent={"ana": 3}, audience=NO_AUDIENCE).held == both


def test_comments_are_silent_on_a_tracker_that_mails_none() -> None:
    change = PutComment(issue="1", key="SHOP-1", note=CommentBody(headline="Ready."), why="")
    assert mails_of([change], {"1": owned(1)}, Audience(silent_comments=True)) == ()
    assert mails_of([change], {"1": owned(1)}, NO_AUDIENCE) != ()


def test_labels_are_silent_only_in_the_projects_where_the_right_was_seen() -> None:
    elsewhere = Audience(silent=frozenset({"OPS"}))

    assert held(add(1), spent={"ana": 3}, audience=elsewhere).held == (add(1),)


def test_what_people_asked_for_counts_first_and_waits_like_everything_else() -> None:
    plan = held(put(1), put(2), spent={"ana": 2}, asked=frozenset({"2"}))

    assert (plan.changes, plan.held) == ((put(2),), (put(1),))
    assert held(put(2), spent={"ana": 9}, asked=frozenset({"2"})).held == (put(2),)


def test_our_marks_leave_an_issue_that_people_want_to_be_left_alone_whatever_it_costs() -> None:
    gone = DeleteComment(issue="2", key="SHOP-2", comment="7", why="w")

    assert held(gone, spent={"ana": 9}, exempt=frozenset({"2"})).held == ()


def test_a_sprint_that_people_decided_on_counts_first() -> None:
    move = MoveToSprint(issue="2", key="SHOP-2", sprint="5", why="w")
    plan = held(put(1), move, spent={"ana": 2})

    assert (plan.changes, plan.held) == ((move,), (put(1),))
    assert held(move, spent={"ana": 3}).held == (move,)


def test_what_has_waited_longest_goes_first_then_the_higher_rank() -> None:
    since = {("3", "comment"): NOW - timedelta(days=2), ("2", "comment"): NOW - timedelta(days=1)}

    assert held(put(1), put(2), put(3), spent={"ana": 2}, since=since).changes == (put(3),)
    assert held(put(1), put(2), put(3), spent={"ana": 1}, since=since).changes == (put(2), put(3))


def test_the_report_says_until_when_each_change_waits() -> None:
    issues = {str(number): owned(number) for number in range(1, 6)}
    sent = [
        SentMail(at=NOW - timedelta(days=n), run="r", mail=Mail(issue=str(n), about="comment", person="ana"))
        for n in (1, 3)
    ]
    plan = ChangePlan(changes=(put(1), put(2), put(3)))
    waiting = hold_mails(plan, issues, SILENT, MailCount(sent, {}), per_week=2, now=NOW).left_as_is

    assert [one.why.partition(":")[0] for one in waiting] == [
        "held back until about 6 March",
        "held back until about 8 March",
        "held back until about 13 March",
    ]


def test_unnamed_watchers_count_as_one_person_who_may_be_anybody() -> None:
    issues = {"1": owned(1, watchers=1), "2": owned(2, assignee="di", reporter="ed", watchers=1)}
    plan = ChangePlan(changes=(put(1), put(2)))

    assert hold_mails(plan, issues, SILENT, MailCount((), {}), per_week=1, now=NOW).held == (put(2),)
    assert hold_mails(plan, issues, SILENT, spent_by({"fay": 2}), per_week=3, now=NOW).held == (put(2),)
    mine = {"1": owned(1)}  # nobody watches it, but Ana may be one of those who watched others
    assert hold_mails(ChangePlan(changes=(put(1),)), mine, SILENT, spent_by({UNNAMED: 1}), per_week=1, now=NOW).held


def test_an_account_and_its_mail_address_are_one_person() -> None:
    message = SentMail(at=NOW, run="r", mail=Mail(issue="", about="message", person="Ana@example.com"))
    count = MailCount([message], {"ana@example.com": "ana"})

    assert (count.times("ana"), count.messages("ana")) == ([NOW], 1)
    assert hold_mails(ChangePlan(changes=(put(1),)), {"1": owned(1)}, SILENT, count, per_week=1, now=NOW).held


def test_zero_is_no_limit() -> None:
    assert held(put(1), spent={"ana": 99}, per_week=0).held == ()
