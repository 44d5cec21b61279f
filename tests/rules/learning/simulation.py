"""Simulated histories of a team, in which one rule matters or none, and how often a claim is made about them."""

import random
from functools import cache

from rules.learning.readiness import Start, Trouble, compare
from rules.model import Kind

NOISE = 10


def simulated(seed: int, sprints: int, issues: int, effect: float) -> list[Start]:
    """A history of one team: eleven rules that fail at random for 3 of 10 issues, and bad sprints.

    One issue of five is not finished, in a bad sprint (one of three) every second one; where the causal rule fails,
    `effect` more. Of the other troubles each happens to one of five, whatever fails.
    """
    lots = random.Random(seed)
    rules = ["ready.causal", *(f"ready.noise{number}" for number in range(NOISE))]
    begun = []
    for box in range(sprints):
        usual = lots.choice([0.2, 0.2, 0.5])
        for number in range(issues):
            failed = frozenset(rule for rule in rules if lots.random() < 0.3)
            chances = {Trouble.NOT_FINISHED: usual + (effect if "ready.causal" in failed else 0)}
            begun.append(
                Start(
                    issue=f"{box}-{number}",
                    team="Payments",
                    sprint=str(box),
                    kind=lots.choices([Kind.STORY, Kind.BUG, Kind.TASK], [6, 3, 2])[0],
                    failed=failed,
                    passed=frozenset(rules) - failed,
                    troubles=frozenset(each for each in Trouble if lots.random() < chances.get(each, 0.2)),
                )
            )
    return begun


@cache
def measured(sprints: int, issues: int, effect: float, seeds: int) -> tuple[float, float]:
    """The share of histories with a claim about noise, and of those that name the causal rule."""
    truth = {("ready.causal", Trouble.NOT_FINISHED)} if effect else set()
    claims = [
        {(one.rules[0], one.trouble) for one in compare("Payments", simulated(seed, sprints, issues, effect)).claims}
        for seed in range(seeds)
    ]
    return sum(bool(each - truth) for each in claims) / seeds, sum(bool(each & truth) for each in claims) / seeds
