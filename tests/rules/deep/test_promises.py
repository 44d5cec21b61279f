"""What an action promises is what happens: the named fix is applied to the backlog, and everything is judged again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rules.deep.actions import fixes
from rules.deep.model import Deep
from rules.deep.score import score
from rules.deep.scorecard import build_view, picture
from rules.evaluate import evaluate, judge_alone
from rules.model import Issue, Kind, LinkKind, Priority, Snapshot
from rules.ready import RULES
from rules.verdict import Ruleset
from tests.factories import NOW, STORY, backlog, document, finished, issue, link, product, snapshot, team
from tests.thorough import scaled

pytestmark = pytest.mark.slow

EVERY_RULE = Ruleset(product=tuple(rule() for rule in RULES))
BARE = "Shoppers choose a card they used before and pay with one click instead of typing sixteen digits again."


@st.composite
def issues(draw: st.DrawFn) -> list[Issue]:
    """Stories that lack criteria, an estimate, both or nothing, and that block each other."""
    keys = [f"SHOP-{number}" for number in range(1, draw(st.integers(3, 14)) + 1)]
    return [
        issue(
            key,
            draw(st.sampled_from([None, BARE])),
            title=f"Pay with card number {key}",
            points=draw(st.sampled_from([None, 1.0, 3.0, 5.0, 8.0, 13.0, 20.0])),
            kind=draw(st.sampled_from([Kind.STORY, Kind.STORY, Kind.STORY, Kind.TASK, Kind.EPIC])),
            priority=Priority("P", draw(st.integers(0, 4)), 5),
            updated=NOW - timedelta(days=draw(st.sampled_from([0, 60, 400]))),
            links=tuple(link(one, LinkKind.BLOCKED_BY) for one in draw(st.lists(st.sampled_from(keys), max_size=1))),
            components=draw(st.sampled_from([("payments",), ("search",)])),
        )
        for key in keys
    ]


def world(of: list[Issue]) -> Snapshot:
    """Two teams with six closed sprints of 21 points on one of the boards."""
    closed, done = finished(6)
    return snapshot(
        *of, product=product(team("Payments"), team("Search", board=13)), sprints=tuple(closed), history=tuple(done)
    )


def judged(of: list[Issue]) -> Deep:
    """The scorecard after judging everything again."""
    facts = backlog(world(of))
    return score(facts, evaluate(facts, EVERY_RULE), lambda around, one: judge_alone(around, one, EVERY_RULE))


def sprints(deep: Deep) -> float:
    """The product's runway."""
    return deep.runways[0].sprints or 0.0


@settings(
    deadline=None,
    max_examples=scaled(15, 60),
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
@given(issues())
def test_the_runway_that_is_promised_is_the_runway_that_comes(of: list[Issue]) -> None:
    """For estimating, for ranking, and for settling what is missing; splits and clean-ups change which issues exist."""
    facts = backlog(world(of))
    view = build_view(facts, evaluate(facts, EVERY_RULE), lambda around, one: judge_alone(around, one, EVERY_RULE))
    before = picture(view)
    tried = [fix for fix in fixes(view) if fix.topic in {"estimate", "dependencies", "priorities", "ready"}]
    assume(tried)
    for fix in tried:
        promised = (picture(fix.after).runway or 0.0) - (before.runway or 0.0)
        changed = list(fix.after.snapshot.issues)
        if fix.topic == "ready":
            changed = [
                replace(one, document=document(STORY))
                if one.key in fix.keys and _lacks_text(view.missing[one.key])
                else one
                for one in changed
            ]
        assert sprints(judged(changed)) - (before.runway or 0.0) == pytest.approx(promised, abs=1e-6), fix.text


def _lacks_text(rules: tuple[str, ...]) -> bool:
    return bool(set(rules) - {"ready.estimated", "ready.small_enough"})
