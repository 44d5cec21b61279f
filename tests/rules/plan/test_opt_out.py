"""Nobody who opted out gets mail because of us, whoever they are on an issue."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rules.plan.changes import AddLabel, Change, ChangePlan, DeleteComment, MoveToSprint, PutComment, RemoveLabel
from rules.plan.comment import CommentBody
from rules.plan.mail_budget import UNNAMED, Audience, mails_of
from rules.plan.opt_out import spare_opted_out
from rules.plan.policy import OptOut
from tests.factories import issue

PEOPLE = ("ana", "bo", "cy", None)
NUMBERS = ("1", "2", "3")
NOTE = CommentBody(headline="Not ready: no estimate.")


def changes_of(number: str) -> tuple[Change, ...]:
    at: Any = {"issue": number, "key": f"SHOP-{number}", "why": "w"}
    return (
        AddLabel(label="readyline-ready", **at),
        RemoveLabel(label="readyline-not-ready", **at),
        PutComment(note=NOTE, **at),
        DeleteComment(comment="c", **at),
        MoveToSprint(sprint="5", **at),
    )


CHANGES = tuple(change for number in NUMBERS for change in changes_of(number))
WHO = st.sampled_from(PEOPLE)


@given(
    roles=st.lists(st.tuples(WHO, WHO), min_size=3, max_size=3),
    watchers=st.lists(st.frozensets(st.sampled_from(("ana", "bo", "cy"))), min_size=3, max_size=3),
    opted=st.frozensets(st.sampled_from(("ana", "bo", "cy"))),
    wanted=st.sets(st.sampled_from(CHANGES)),
    silent=st.booleans(),
    released=st.frozensets(st.sampled_from(NUMBERS)),
)
def test_nobody_who_opted_out_gets_mail_but_about_marks_that_leave_at_a_persons_wish(
    roles: list[tuple[str | None, str | None]],
    watchers: list[frozenset[str]],
    opted: frozenset[str],
    wanted: set[Change],
    *,
    silent: bool,
    released: frozenset[str],
) -> None:
    issues = {
        number: issue(f"SHOP-{number}", assignee=assignee, reporter=reporter)
        for number, (assignee, reporter) in zip(NUMBERS, roles, strict=True)
    }
    audience = Audience(
        silent=frozenset({"SHOP"} if silent else ()), watchers=dict(zip(NUMBERS, watchers, strict=True))
    )
    plan = ChangePlan(changes=tuple(change for change in CHANGES if change in wanted), released=released)
    made = spare_opted_out(plan, issues, audience, OptOut(people=opted), {})
    reached = {mail.person for mail in mails_of(made.changes, issues, audience) if mail.issue not in released}
    assert not reached & opted
    left = set(plan.changes) - set(made.changes)
    assert all({mail.person for mail in mails_of([change], issues, audience)} & opted for change in left)
    assert len(made.left_as_is) == len(left)
    assert made.held == ()


def test_the_reason_names_the_person() -> None:
    plan = ChangePlan(changes=changes_of("1")[2:3])
    watched = Audience(watchers={"1": frozenset({"ana"})})
    made = spare_opted_out(plan, {"1": issue()}, watched, OptOut(people=frozenset({"ana"})), {"ana": "Ana Alvarez"})
    (left,) = made.left_as_is
    assert (left.key, left.what) == ("SHOP-1", "comment")
    assert left.why == "Ana Alvarez would get mail about it, and is in [opt_out] people"


def test_unnamed_watchers_stop_nothing() -> None:
    plan, watched = ChangePlan(changes=changes_of("1")), issue(watchers=2)
    made = spare_opted_out(plan, {"1": watched}, Audience(), OptOut(people=frozenset({"ana"})), {})
    assert made == plan
    assert UNNAMED in {mail.person for mail in mails_of(plan.changes, {"1": watched}, Audience())}
