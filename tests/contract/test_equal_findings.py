"""One rule file gives the same findings on the same product, whatever the tracker."""

from collections.abc import Mapping

import pytest

from rules.backlog.index import Backlog
from rules.evaluate import evaluate
from rules.model import Snapshot
from rules.ready import RULES
from rules.verdict import Ruleset
from tests.contract.tracker_fixtures import Place, cannot, cloud_place

Findings = Mapping[str, frozenset[tuple[str, str, str]]]
DIFFERENT = {"ready.prioritised"}
"""The local Jira leaves the priority out, in Redmine every issue has one, and elsewhere it needs a field or label."""

UNAVAILABLE: Mapping[str, set[str]] = {
    "datacenter": set(),
    "github": {"changelog", "priority", "sprint-history"},
    "gitlab": {"parent", "priority"},
    "redmine": set(),
    "real-redmine": set(),
}
"""What else the page of each tracker lists as what it cannot do."""

WITHOUT_PARENTS: Mapping[str, set[str]] = {"T-6": {"ready.described"}}
"""Where the stories of an epic are not known, it has to describe itself."""


def findings(place: Place, snapshot: Snapshot) -> Findings:
    """The findings of each issue, by the number in its key."""
    judgement = evaluate(Backlog.of(snapshot), Ruleset(product=tuple(rule() for rule in RULES)))
    numbers = {place.key(f"T-{number}"): f"T-{number}" for number in range(1, 8)}
    return {
        numbers[verdict.issue.key]: frozenset(
            (one.rule, str(one.severity), str(one.message)) for one in verdict.findings if one.rule not in DIFFERENT
        )
        for verdict in judgement.verdicts
    }


@pytest.fixture(scope="module")
def on_jira() -> tuple[Findings, frozenset[str]]:
    with cloud_place() as place:
        snapshot = place.tracker.pull(place.scope)
        return findings(place, snapshot), snapshot.unavailable


@cannot({"memory": "its product has less in it", "cloud": "the others are compared with it"})
def test_the_same_product_has_the_same_findings(
    place: Place, request: pytest.FixtureRequest, on_jira: tuple[Findings, frozenset[str]]
) -> None:
    name, snapshot = request.node.callspec.params["place"], place.tracker.pull(place.scope)
    (here, unavailable), there = on_jira, findings(place, snapshot)
    assert snapshot.unavailable - unavailable == UNAVAILABLE[name]
    added = {key: {rule for rule, _, _ in there[key] - here[key]} for key in here}
    has_parents = "parent" not in snapshot.unavailable
    assert {key: rules for key, rules in added.items() if rules} == ({} if has_parents else WITHOUT_PARENTS)
    assert all(here[key] <= there[key] for key in here)
    assert here.keys() == there.keys()
    assert any(there.values())
