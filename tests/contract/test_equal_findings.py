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

WITHOUT_PARENTS: Mapping[str, set[str]] = {"T-6": {"ready.described"}}
"""Where the stories of an epic are not known, it has to describe itself."""


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


@pytest.mark.parametrize("other", ["datacenter", "redmine", "github", "gitlab"])
def test_the_same_product_has_the_same_findings(other: str) -> None:
    here, there = findings("cloud"), findings(other)
    added = {key: {rule for rule, _, _ in there[key] - here[key]} for key in here}
    assert {key: rules for key, rules in added.items() if rules} == (WITHOUT_PARENTS if other == "gitlab" else {})
    assert all(here[key] <= there[key] for key in here)
    assert here.keys() == there.keys()
    assert any(there.values())
