"""A rule that another package brings along is listed, configured, documented and tested like a built-in one."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rules.ready import RULES
from rules.rule import ReadyRule, Severity
from rules.rule_page import page_of, page_text
from sync.config import load, ruleset_of
from sync.config.registry import known_rules
from sync.errors import ConfigError
from tests.factories import issue, judge, snapshot
from tests.rules.example import answer_of, ask, snapshot_of
from tests.rules.test_cases import assert_case, cases_of

EXAMPLE = Path(__file__).parent / "example"

CONFIG = """
[tracker]
kind = "jira-datacenter"
url = "https://jira.example.com"

[product]
name = "Shop"
owner = "Ana Alvarez"
backlog = "project = SHOP"

[[teams]]
name = "Payments"
board = 12
takes = { components = ["payments"] }
"""


@pytest.fixture(autouse=True)
def fresh_discovery() -> Iterator[None]:
    """What is installed is looked up once a process; each of these tests installs something else."""
    known_rules.cache_clear()
    yield
    known_rules.cache_clear()


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> type[ReadyRule]:
    """The example package as an installer leaves it: its module and its metadata on the path."""
    monkeypatch.syspath_prepend(str(EXAMPLE))
    rule = importlib.import_module("readyline_calm").CalmTitle
    assert isinstance(rule, type)
    return rule


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Another package, with one entry point named `odd` that leads to `Odd` in its code."""
    (folder / "odd_package.py").write_text(code, encoding="utf-8")
    info = folder / "odd_package-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: odd-package\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[readyline.rules]\nodd = odd_package:Odd\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.delitem(importlib.import_module("sys").modules, "odd_package", raising=False)


def config(folder: Path, rules: str) -> Path:
    """A configuration with these rule tables."""
    path = folder / "config.toml"
    path.write_text(CONFIG + rules, encoding="utf-8")
    return path


def test_it_is_listed_behind_the_built_in_ones(installed: type[ReadyRule]) -> None:
    """By its entry point alone."""
    assert known_rules() == (*RULES, installed)


def test_without_the_package_only_the_built_in_ones_are_there() -> None:
    """Nothing is left over from elsewhere."""
    assert known_rules() == RULES


def test_it_judges_issues(installed: type[ReadyRule]) -> None:
    """With the options and the severity of the configuration."""
    rule = installed(severity=Severity.MUST)
    _, finding = ask(rule, snapshot(issue(title="PAY WITH A CARD")))

    assert finding is not None
    assert (finding.rule, finding.severity, finding.asks) == ("ready.calm_title", Severity.MUST, "reporter")


def test_it_is_configured_in_its_own_table(installed: type[ReadyRule], tmp_path: Path) -> None:
    """As `[rules.ready.calm_title]`."""
    settings = load(config(tmp_path, '[rules.ready.calm_title]\nseverity = "must"\nmax_share = 0.3\n'), {})
    ruleset = ruleset_of(settings)

    rule = next(rule for rule in ruleset.product if rule.name == "calm_title")
    assert rule == installed.model_validate({"severity": Severity.MUST, "max_share": 0.3})
    assert answer_of(judge(snapshot(issue(title="PDF of it")), ruleset), rule)[0] == "failed"


@pytest.mark.parametrize("wrong", ["max_share = 2", "max_shares = 0.5"])
def test_its_options_are_checked_like_any_other(installed: type[ReadyRule], tmp_path: Path, wrong: str) -> None:
    """A value out of bounds and a misspelt name are reported with the path."""
    with pytest.raises(ConfigError, match=r"rules\.ready\.calm_title"):
        load(config(tmp_path, f"[rules.ready.calm_title]\n{wrong}\n"), {})


def test_its_table_is_refused_while_the_package_is_not_there(tmp_path: Path) -> None:
    """As an unknown rule."""
    with pytest.raises(ConfigError, match="calm_title"):
        load(config(tmp_path, "[rules.ready.calm_title]\nmax_share = 0.3\n"), {})


def test_its_page_is_read_from_its_docstring(installed: type[ReadyRule]) -> None:
    """With an example that fails, one that passes, and what its option means."""
    page = page_of(installed)

    assert ask(installed(), snapshot_of(page.fails))[0] == "failed"
    assert ask(installed(), snapshot_of(page.fixed))[0] == "passed"
    assert "max_share (number) = 0.7" in page_text(page)
    assert "The largest share of a title's letters that may be capitals." in page_text(page)


def test_its_cases_run_as_those_of_a_built_in_rule(installed: type[ReadyRule]) -> None:
    """With the same runner, from its own folder."""
    cases: list[dict[str, Any]] = [parameter.values[1] for parameter in cases_of(EXAMPLE / "cases", (installed,))]

    assert len(cases) == 5
    for case in cases:
        assert_case(installed, case)


def test_a_name_that_is_taken_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one sentence that names the rule and the package."""
    code = """
from rules.rule import ReadyRule

class Odd(ReadyRule):
    name = "acceptance"
"""
    install(tmp_path, monkeypatch, code)

    with pytest.raises(ConfigError, match='odd-package: a rule named "acceptance" exists already'):
        known_rules()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("Odd = 3", "is not a ReadyRule"),
        ("class Odd: name = 'odd'", "is not a ReadyRule"),
        ("from rules.rule import ReadyRule\nclass Odd(ReadyRule): pass", "is not a ReadyRule with a name"),
        ("Other = 3", "cannot be loaded"),
        ("1 / 0", "cannot be loaded"),
    ],
)
def test_what_is_no_rule_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, said: str) -> None:
    """By entry point and package, whatever is wrong with it."""
    install(tmp_path, monkeypatch, code)

    with pytest.raises(ConfigError, match=rf"odd.*odd-package.*{said}"):
        known_rules()
