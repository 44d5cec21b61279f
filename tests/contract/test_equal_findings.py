"""One rule file gives the same findings on the same product, whatever the tracker."""

from collections.abc import Mapping
from typing import Any

import pytest

from rules.backlog.index import Backlog
from rules.evaluate import evaluate
from rules.ready import RULES
from rules.verdict import Ruleset
from tests.contract.tracker_fixtures import PLACES, Place

Findings = Mapping[str, frozenset[tuple[str, str, str]]]
DIFFERENT = {"ready.prioritised"}
"""The local Jira leaves the priority out; in Redmine every issue has one."""


def findings(name: str) -> Findings:
    """The findings of each issue, by the number in its key."""
    opened: Any = PLACES[name]()
    with opened as place:
        return _findings(place)


def _findings(place: Place) -> Findings:
    snapshot = place.tracker.pull(place.scope)
    judgement = evaluate(Backlog.of(snapshot), Ruleset(product=tuple(rule() for rule in RULES)))
    numbers = {place.key(f"T-{number}"): f"T-{number}" for number in range(1, 8)}
    return {
        numbers[verdict.issue.key]: frozenset(
            (one.rule, str(one.severity), str(one.message)) for one in verdict.findings if one.rule not in DIFFERENT
        )
        for verdict in judgement.verdicts
    }


@pytest.mark.parametrize("other", ["datacenter", "redmine", "github"])
def test_the_same_product_has_the_same_findings(other: str) -> None:
    here, there = findings("cloud"), findings(other)
    assert there == here
    assert any(there.values())
