"""What reports say of issues that become old soon."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from rules.inventory.old_issues import Coming, Offer
from sync.reports.base import RunReport
from sync.reports.old_issues import coming, evidence
from tests.factories import issue
from tests.sync.reports.page import made
from tests.sync.reports.sample import sample

SOON = tuple(Coming(issue=issue(f"SHOP-{n}"), on=date(2026, 3, 2 + n)) for n in range(1, 6))
SENTENCE = "1 issue becomes old soon: SHOP-1 on 3 March 2026."


def report() -> RunReport:
    old = sample().old_issues
    assert old is not None
    return sample(old_issues=replace(old, coming=SOON[:1]))


def test_the_first_three_issues_that_become_old_soon_are_named_with_their_days() -> None:
    assert coming(()) == ""
    assert coming(SOON[:1]) == SENTENCE
    assert coming(SOON) == (
        "5 issues become old soon: SHOP-1 on 3 March 2026, SHOP-2 on 4 March 2026, SHOP-3 on 5 March 2026 and 2 more."
    )


def test_every_page_and_the_json_have_them() -> None:
    for kind in ("html", "markdown", "text"):
        assert SENTENCE in " ".join(made(kind, report()).split())
    (only,) = json.loads(made("json", report()))["old_issues"]["coming"]
    assert only == {"issue": "SHOP-1", "on": "2026-03-03"}


def test_days_since_the_last_change_are_those_between_the_two_dates() -> None:
    """Not whole days of 24 hours: 28 February in the evening is two days before 2 March in the morning."""
    offer = Offer(issue=issue("SHOP-1"), rank=1, last_touch=datetime(2026, 2, 28, 20, tzinfo=UTC))

    assert evidence(offer, datetime(2026, 3, 2, 9, tzinfo=UTC)).startswith("last change 28 February 2026, 2 days ago")
