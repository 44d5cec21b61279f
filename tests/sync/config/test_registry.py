"""Presets, and rules of other packages."""

from collections.abc import Iterator
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path
from typing import ClassVar, Self

import pytest
from pydantic import Field, model_validator

from rules.ready import RULES
from rules.ready.titled import Titled
from rules.rule import Answer, Passed, ReadyRule, Subject
from sync.config import known_rules, load, ruleset_of
from sync.errors import ConfigError
from tests.sync.config.files import RIGHT, written


class Polite(ReadyRule):
    """It says please."""

    name: ClassVar[str] = "polite"
    pleases: int = Field(default=1, ge=1)
    """How often."""

    def check(self, subject: Subject) -> Answer:
        """Never complain."""
        del subject
        return Passed()


class Between(ReadyRule):
    """Two of its options must fit each other."""

    name: ClassVar[str] = "between"
    fewest: int = 2
    """The fewest."""
    most: int = 9
    """The most."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.fewest > self.most:
            raise ValueError(f"fewest {self.fewest} is more than most {self.most}")
        return self

    def check(self, subject: Subject) -> Answer:
        """Never complain."""
        del subject
        return Passed()


class Broken(ReadyRule):
    """It has no name."""


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    known_rules.cache_clear()
    yield
    known_rules.cache_clear()


def bring(monkeypatch: pytest.MonkeyPatch, *values: str) -> None:
    found = EntryPoints(
        EntryPoint(name=value.rpartition(":")[2], value=value, group="readyline.rules") for value in values
    )
    monkeypatch.setattr("sync.config.registry.entry_points", lambda group: found.select(group=group))


def test_a_rule_of_another_package_is_configured_like_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(monkeypatch, f"{__name__}:Polite")
    settings = load(written(tmp_path, RIGHT, "[rules.ready.polite]\npleases = 3"), {})

    assert [rule.name for rule in known_rules()] == [*(rule.name for rule in RULES), "polite"]
    assert ruleset_of(settings).product[-1] == Polite(pleases=3)


def test_its_options_are_checked_like_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(monkeypatch, f"{__name__}:Polite")

    with pytest.raises(ConfigError) as raised:
        load(written(tmp_path, RIGHT, "[rules.ready.polite]\npleases = 0\nplease = 1\n[rules.ready.polit]"), {})
    assert [fault.partition(" ")[2] for fault in raised.value.faults] == [
        "rules.ready.polite.pleases = 0: must be at least 1: how often",
        'rules.ready.polite.please: unknown option; did you mean "pleases"?',
        'rules.ready.polit: unknown rule; did you mean "polite"?',
    ]


def test_options_of_two_tables_that_do_not_fit_each_other_are_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(monkeypatch, f"{__name__}:Between")
    tables = "[teams.rules.ready.between]\nmost = 4\n[rules.ready.between]\nfewest = 7"

    with pytest.raises(ConfigError) as raised:
        load(written(tmp_path, RIGHT, tables), {})
    assert [fault.removeprefix(f"{tmp_path}/") for fault in raised.value.faults] == [
        "config.toml:28: rules.ready.between.fewest = 7: fewest 7 is more than most 4"
    ]


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        (f"{__name__}:Missing", "cannot be loaded"),
        ("no.such.module:Rule", "cannot be loaded"),
        (f"{__name__}:Broken", "is not a ReadyRule with a name"),
        (f"{__name__}:bring", "is not a ReadyRule with a name"),
        (f"{Titled.__module__}:Titled", 'a rule named "titled" exists already'),
    ],
)
def test_an_unusable_rule_of_a_package_is_reported(monkeypatch: pytest.MonkeyPatch, value: str, wrong: str) -> None:
    bring(monkeypatch, value)

    with pytest.raises(ConfigError, match=wrong):
        known_rules()
