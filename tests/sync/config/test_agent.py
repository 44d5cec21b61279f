"""The section `[agent]`."""

from pathlib import Path

import pytest

from rules.agent import AgentRules
from sync.config import options_of, policy_of, ruleset_of
from sync.errors import ConfigError
from tests.sync.config.files import settings

ON = "\n[agent]\nenabled = true\n[agent.rules.small]\nmax_points = 5\n"


def test_it_is_off_by_default(tmp_path: Path) -> None:
    off = settings(tmp_path)
    assert (ruleset_of(off).agent, policy_of(off).agent_label) == ((), False)


def test_its_rules_have_their_options_and_it_has_a_label(tmp_path: Path) -> None:
    made = settings(tmp_path, ON)
    rules = {rule.path: rule for rule in ruleset_of(made).agent}
    assert set(rules) == {rule.path for rule in AgentRules().every}
    assert rules["agent.small"].model_dump()["max_points"] == 5
    assert policy_of(made).agent_label


def test_the_label_can_be_left_out(tmp_path: Path) -> None:
    assert not policy_of(settings(tmp_path, "[agent]\nenabled = true\nlabel = false\n")).agent_label


def test_each_option_has_its_origin(tmp_path: Path) -> None:
    rows = {row.path: row for row in options_of(settings(tmp_path, ON), "agent.small")}
    assert "config.toml:" in rows["agent.rules.small.max_points"].origin
    assert rows["agent.rules.small.max_criteria"].origin == "default"


@pytest.mark.parametrize("rule", ["agent.scope", "scope"])
def test_a_waiver_may_name_a_rule_for_agents(tmp_path: Path, rule: str) -> None:
    waiver = f'\n[[waivers]]\nrule = "{rule}"\nissue = "A-1"\nreason = "agreed"\nowner = "Ana"\nuntil = 2099-01-01\n'
    assert [one.rule for one in ruleset_of(settings(tmp_path, waiver)).waivers] == [rule]


def test_an_unknown_rule_or_option_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="scoop"):
        settings(tmp_path, '[agent.rules.scoop]\nseverity = "off"\n')
