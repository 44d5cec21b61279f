"""Every rule does to each of its cases what the case says; `-k small_enough` finds all about one rule."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from rules.agent import RULES as AGENT_RULES
from rules.ready import RULES as READY_RULES
from rules.rule import ReadyRule, fingerprint_of
from tests.rules.example import KEY, ask, world

FOLDER = Path(__file__).parent / "cases" / "ready"
RULES = (*READY_RULES, *AGENT_RULES)
OUTCOMES = {"passes", "fails", "waits", "silent"}
SAYS = {"passes": "passed", "fails": "failed", "waits": "awaited", "silent": "silent"}


def cases_of(folder: Path, rules: tuple[type[ReadyRule], ...]) -> list[Any]:
    """One parameter a case: the rule's class and the case's table."""
    return [
        pytest.param(rule, case, id=f"{rule.group}.{rule.name}-{case['name'].replace(' ', '_')}")
        for rule in rules
        if (folder / f"{rule.name}.toml").exists()
        for case in tomllib.loads((folder / f"{rule.name}.toml").read_text(encoding="utf-8"))["case"]
    ]


def assert_case(rule_class: type[ReadyRule], case: dict[str, Any]) -> None:
    """The rule, with the case's options, says what the case says it does."""
    rule = rule_class(**case.get("options", {}))
    answer, finding = ask(rule, world(case))
    assert answer == SAYS[case["it"]], finding
    if finding is not None:
        assert finding.message.endswith((".", "?"))
        assert finding.hint.endswith(".")
        if "reason" in case:
            assert finding.fingerprint == fingerprint_of(rule.path, KEY, case["reason"])
        assert case.get("message", "") in finding.message
        assert case.get("hint", "") in finding.hint
        assert case.get("quote", "") in " ".join(quote.text for quote in finding.evidence)


def file_of(rule: type[ReadyRule]) -> Path:
    """The file with the cases of a rule of ours."""
    return FOLDER.with_name(rule.group) / f"{rule.name}.toml"


OURS = (*cases_of(FOLDER, READY_RULES), *cases_of(FOLDER.with_name("agent"), AGENT_RULES))


@pytest.mark.parametrize(("rule_class", "case"), OURS)
def test_a_rule_does_what_its_case_says(rule_class: type[ReadyRule], case: dict[str, Any]) -> None:
    """Passes, fails, waits until the issue is near, or stays silent."""
    assert_case(rule_class, case)


@pytest.mark.parametrize("rule_class", RULES, ids=lambda rule: f"{rule.group}.{rule.name}")
def test_every_rule_has_a_case_that_passes_one_that_fails_and_one_at_the_edge(rule_class: type[ReadyRule]) -> None:
    """A rule without examples of its three sides is not understood yet."""
    cases = tomllib.loads(file_of(rule_class).read_text(encoding="utf-8"))["case"]
    assert {"passes", "fails"} <= {case["it"] for case in cases} <= OUTCOMES
    assert any(case.get("edge") for case in cases)


def options_of(rule_class: type[ReadyRule]) -> set[str]:
    """The options of its own; those that every rule has are the subject of `test_rule.py` and `test_evaluate.py`."""
    return set(rule_class.model_fields) - set(ReadyRule.model_fields)


@pytest.mark.parametrize(
    ("rule_class", "option"),
    [(rule, option) for rule in RULES for option in sorted(options_of(rule))],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_every_option_of_a_rule_changes_what_a_case_says(rule_class: type[ReadyRule], option: str) -> None:
    """There is a case in which the option decides: without it, the rule answers or words it differently."""
    cases = tomllib.loads(file_of(rule_class).read_text(encoding="utf-8"))["case"]
    assert any(
        ask(rule_class(**options), world(case))
        != ask(rule_class(**(options | {option: _default(rule_class, option)})), world(case))
        for case in cases
        if option in (options := case.get("options", {}))
    )


def _default(rule_class: type[ReadyRule], option: str) -> Any:
    return getattr(rule_class(), option)


def test_every_case_file_belongs_to_a_rule() -> None:
    """And every rule has a case file."""
    files = {path for group in ("ready", "agent") for path in FOLDER.with_name(group).glob("*.toml")}
    assert files == set(map(file_of, RULES))
