"""An open question of a planning says for how long it is open, who asked it, and who is to answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from rules.backlog.index import Backlog
from rules.document import Document
from rules.history.kept import WINDOW
from rules.model import Edit, EditField, Issue
from rules.planning.questions import Question, questions_of, waiting
from rules.rule import Finding, Severity
from rules.text.model import Quote
from rules.verdict import Judgement
from tests.factories import NOW, document, issue, product, snapshot
from tests.rules.planning.judged import judged
from tests.rules.planning.world import PAYMENTS

ASKED = "Which  account?"
TEXT = document("Guests pay by card.\n\nWhich account?")
BEFORE = document("Guests pay by card.")


def edit(days_ago: int, former: Document | None, **overrides: Any) -> Edit:
    values: dict[str, Any] = {"field": EditField.DESCRIPTION, "account": "bo", "name": "Bo", "former": former}
    return Edit(issue="1", at=NOW - timedelta(days=days_ago), **(values | overrides))


def asked(one: Issue, edits: Sequence[Edit] | None, *, waived: str = "", quoted: str = ASKED) -> Question:
    finding = Finding(
        rule="ready.open_questions",
        severity=Severity.INFO,
        subject="",
        message="A question is open.",
        hint="",
        evidence=(Quote(quoted, 0),) if quoted else (),
        waived=waived,
    )
    owned = product(PAYMENTS, owner="Ana", account="ana")
    world = snapshot(one, product=owned, edits={} if edits is None else {one.id: tuple(edits)})
    judgement = Judgement(verdicts=(replace(judged([one]).verdicts[0], findings=(finding,)),))
    (question,) = questions_of("Payments", (one,), Backlog.of(world, ()), judgement)
    return question


def story(text: Document = TEXT, **overrides: Any) -> Issue:
    return issue("A-1", document=text, reporter="cy", reporter_name="Cy", created=NOW - timedelta(days=30), **overrides)


def test_a_question_is_asked_by_who_wrote_it_into_the_text_last_and_waits_for_the_product_owner() -> None:
    one = asked(story(), [edit(20, TEXT), edit(10, BEFORE), edit(2, TEXT, name="Di")])

    assert (one.by, one.days_open, one.waits_for) == ("Bo", 10, "Ana")
    assert one.state == "asked by Bo 10 days ago, waits for Ana"


def test_what_the_product_owner_asks_waits_for_the_team() -> None:
    one = asked(story(), [edit(0, BEFORE, account="ana", name="Ana A.")])
    assert one.state == "asked by Ana A. today, waits for Payments"


def test_a_question_that_was_there_from_the_beginning_was_asked_by_the_reporter() -> None:
    assert asked(story(), [edit(3, TEXT)]).state == "asked by Cy 30 days ago, waits for Ana"
    assert asked(replace(story(), reporter=None, reporter_name=""), []).state == "asked 30 days ago, waits for Ana"


def test_a_question_in_the_field_for_criteria_has_the_edits_of_that_field() -> None:
    criteria = edit(4, None, field=EditField.ACCEPTANCE)
    one = story(BEFORE, acceptance=TEXT)
    assert asked(one, [edit(3, TEXT), replace(criteria, former=BEFORE)]).days_open == 4


@pytest.mark.parametrize(
    ("edits", "quoted"),
    [
        (None, ASKED),
        ([edit(3, None)], ASKED),
        ([edit(WINDOW.days + 1, BEFORE)], ASKED),
        ([edit(3, BEFORE)], ""),
        ([edit(3, BEFORE)], "Another text?"),
    ],
    ids=["no past", "a text too long to be kept", "merged edits", "a label", "a text that was put together"],
)
def test_what_the_past_does_not_say_is_not_claimed(edits: list[Edit] | None, quoted: str) -> None:
    one = asked(story(), edits, quoted=quoted)
    assert (one.by, one.days_open, one.state) == ("", None, "waits for Ana")


def test_questions_that_nobody_accepted_are_counted_by_who_is_to_answer() -> None:
    owner, team = asked(story(), None), asked(story(), [edit(0, BEFORE, account="ana")])
    accepted = asked(story(), None, waived="accepted: later (Ana)")

    assert accepted.state == "accepted: later (Ana)"
    assert waiting((owner, team, owner, accepted)) == "2 wait for Ana, 1 waits for Payments."
    assert waiting((accepted,)) == ""
