"""Rules that other packages bring along."""

from collections.abc import Iterator
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path
from typing import ClassVar

import pytest
from pydantic import Field

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
    monkeypatch.setattr("sync.config.rule_registry.entry_points", lambda group: found.select(group=group))


def test_a_rule_of_another_package_is_configured_like_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(monkeypatch, f"{__name__}:Polite")
    settings = load(written(tmp_path, RIGHT, "[rules.ready.polite]\npleases = 3"), {})

    assert [rule.name for rule in known_rules()] == [*(rule.name for rule in RULES), "polite"]
    assert ruleset_of(settings).product[-1] == Polite(pleases=3)


def test_its_options_are_checked_like_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(monkeypatch, f"{__name__}:Polite")

    with pytest.raises(ConfigError) as raised:
        load(written(tmp_path, RIGHT, "[rules.ready.polite]\npleases = 0\nplease = 1\n[rules.ready.polit]"), {})
    assert [said.partition(" ")[2] for said in raised.value.faults] == [
        "rules.ready.polite.pleases = 0: must be at least 1: how often",
        'rules.ready.polite.please: is no known option; did you mean "pleases"?',
        'rules.ready.polit: there is no such rule; did you mean "polite"?',
    ]


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        (f"{__name__}:Missing", "cannot be loaded"),
        ("no.such.module:Rule", "cannot be loaded"),
        (f"{__name__}:Broken", "is no ReadyRule with a name"),
        (f"{__name__}:bring", "is no ReadyRule with a name"),
        (f"{Titled.__module__}:Titled", 'there is already a rule named "titled"'),
    ],
)
def test_a_package_whose_rule_cannot_be_used_is_told(monkeypatch: pytest.MonkeyPatch, value: str, wrong: str) -> None:
    bring(monkeypatch, value)

    with pytest.raises(ConfigError, match=wrong):
        known_rules()
