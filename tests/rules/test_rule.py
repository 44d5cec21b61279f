"""What every rule can say of itself."""

import pytest
from pydantic import ValidationError

from rules.backlog.index import Backlog
from rules.ready.estimated import Estimated
from rules.rule import ReadyRule, Severity, Subject
from tests.factories import issue, snapshot


class Silent(ReadyRule):
    """A rule that forgot its question."""

    name = "silent"


@pytest.mark.parametrize(
    ("within", "distance", "speaks"),
    [(None, 99.0, True), (2.0, 2.0, True), (2.0, 2.1, False), (0.0, 0.0, True), (2.0, None, True)],
)
def test_a_rule_speaks_within_its_reach(within: float | None, distance: float | None, speaks: bool) -> None:  # noqa: FBT001 - a table's column
    """The border belongs to it, and an unknown distance might be near."""
    assert Silent(within_sprints=within).speaks_at(distance) is speaks


def test_a_rule_is_known_by_one_path() -> None:
    """In the configuration, in findings, in waivers."""
    assert Silent().path == "ready.silent"


@pytest.mark.parametrize("wrong", [{"serverity": "must"}, {"severity": "hard"}, {"within_sprints": -1}])
def test_a_rule_refuses_options_it_does_not_have(wrong: dict[str, object]) -> None:
    """A misspelt name, an unknown word, a number out of bounds."""
    with pytest.raises(ValidationError):
        Estimated.model_validate(wrong)


def test_a_rule_is_a_value() -> None:
    """Equal options make equal rules, and nothing changes one."""
    rule = Estimated(severity=Severity.SHOULD)

    assert rule == Estimated(severity=Severity.SHOULD)
    with pytest.raises(ValidationError):
        rule.severity = Severity.MUST  # type: ignore[misc]


def test_a_rule_must_answer() -> None:
    """There is no default."""
    one = issue()
    world = snapshot(one)

    with pytest.raises(NotImplementedError):
        Silent().check(Subject(issue=one, backlog=Backlog.of(world)))
