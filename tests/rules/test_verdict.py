"""What a verdict and a waiver say of themselves."""

from datetime import date

import pytest

from rules.ready.described import Described
from rules.ready.estimated import Estimated
from rules.rule import Finding, Severity, fingerprint_of
from rules.verdict import Ruleset, Waiver
from tests.factories import issue, judge, snapshot


def waiver(rule: str = "*", key: str = "*", until: date | None = None) -> Waiver:
    """A waiver by Ana."""
    return Waiver(rule=rule, issue=key, reason="a pilot", owner="Ana", until=until)


FINDING = Finding(rule="ready.estimated", severity=Severity.MUST, subject="SHOP-1", message="", hint="")


@pytest.mark.parametrize(
    ("rule", "key", "covers"),
    [
        ("*", "*", True),
        ("estimated", "*", True),
        ("ready.estimated", "SHOP-1", True),
        ("estimated", "SHOP-11", False),
        ("described", "SHOP-1", False),
        ("ready", "SHOP-1", False),
    ],
)
def test_a_waiver_covers_what_it_names(rule: str, key: str, covers: bool) -> None:  # noqa: FBT001 - a table's column
    """By the whole name, never by a part of it."""
    assert waiver(rule, key).covers(FINDING) is covers


def test_a_waiver_without_an_end_never_expires() -> None:
    """Somebody has to delete it."""
    assert not waiver().has_expired(date.max)


def test_a_waiver_says_until_when() -> None:
    """Beside its reason and owner."""
    assert waiver(until=date(2026, 5, 1)).text == "accepted until 2026-05-01: a pilot (Ana)"


def test_a_fingerprint_lasts_as_long_as_rule_issue_and_reason() -> None:
    """And is short enough to be typed."""
    one = fingerprint_of("ready.estimated", "SHOP-1", "absent")

    assert one == fingerprint_of("ready.estimated", "SHOP-1", "absent")
    assert len(one) == 12
    assert one not in {
        fingerprint_of("ready.estimated", "SHOP-2", "absent"),
        fingerprint_of("ready.described", "SHOP-1", "absent"),
        fingerprint_of("ready.estimated", "SHOP-1", "other"),
    }


def test_a_fingerprint_survives_an_edit_that_leaves_the_reason() -> None:
    """Eight words or nine: still too few."""
    short = [issue(body=" ".join(["word"] * count)) for count in (8, 9)]
    prints = [
        judge(snapshot(one), Ruleset(product=(Described(min_words=10),))).verdicts[0].findings[0] for one in short
    ]

    assert prints[0].message != prints[1].message
    assert prints[0].fingerprint == prints[1].fingerprint


def test_the_ready_ones_are_listed_in_rank_order() -> None:
    """And each can be looked up by its key."""
    world = snapshot(issue("SHOP-3"), issue("SHOP-1", points=None), issue("SHOP-2"))
    judgement = judge(world, Ruleset(product=(Estimated(),)))

    assert [verdict.issue.key for verdict in judgement.ready] == ["SHOP-3", "SHOP-2"]
    assert not judgement.by_key["SHOP-1"].ready
