"""Which rules an issue is asked, chosen once for each kind of issue and each zone of distance."""

from typing import ClassVar

import pytest

from rules.asked import Questions
from rules.model import Kind
from rules.ready import RULES
from rules.ready.acceptance import Acceptance
from rules.ready.estimated import Estimated
from rules.ready.titled import Titled
from rules.rule import Answer, Passed, ReadyRule, Severity, Subject

DISTANCES = (None, 0.0, 0.5, 1.0, 1.0001, 2.0, 2.5, 3.0, 3.5, 6.0, 6.1, 800.0)


class Whole(ReadyRule):
    """A rule that speaks at whole distances only."""

    name: ClassVar[str] = "whole"

    def speaks_at(self, distance: float | None) -> bool:
        """Whether the distance is a whole number."""
        return distance is not None and distance.is_integer()

    def check(self, subject: Subject) -> Answer:  # noqa: ARG002 - the shape of a rule
        """Pass."""
        return Passed()


@pytest.mark.parametrize("kind", list(Kind))
def test_a_zone_has_the_rules_that_speak_at_each_of_its_distances_and_must_rules_that_will(kind: Kind) -> None:
    rules = [rule(severity=severity) for rule in RULES for severity in (Severity.MUST, Severity.SHOULD)]
    questions = Questions(rules, kind)

    for distance in DISTANCES:
        wanted = [(rule, rule.speaks_at(distance)) for rule in rules if kind in rule.kinds]
        assert list(questions.at(distance)) == [
            (rule, near) for rule, near in wanted if near or rule.severity is Severity.MUST
        ]


def test_a_rule_that_is_off_or_for_another_kind_is_never_asked() -> None:
    rules = (Titled(severity=Severity.OFF), Acceptance(), Estimated())

    assert [type(rule) for rule, _ in Questions(rules, Kind.BUG).at(0.0)] == [Estimated]


def test_a_rule_that_says_in_its_own_way_where_it_speaks_is_asked_for_each_distance() -> None:
    questions = Questions([Whole(within_sprints=3)], Kind.STORY)

    assert [bool(questions.at(distance)) for distance in (0.5, 1.0, 1.5, 2.0, 9.0)] == [False, True, False, True, True]
