"""What a configuration may name: presets, rules, and the trackers and channels that read their own tables.

Presets are TOML files next to this module. Rules, trackers and channels may also come from other installed packages.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from importlib.resources import files
from typing import Annotated, Any

from pydantic import BaseModel, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from rules.ready import RULES
from rules.rule import ReadyRule
from sync.errors import ConfigError
from sync.notifiers import ChannelSettings, known_notifiers
from sync.trackers import tracker_kinds
from sync.trackers.jira.settings import JiraSettings

DEFAULT_PRESET = "scrum"
PRESETS = ("scrum", "less", "safe", "kanban", "minimal", "dor-basic")

RULE_GROUP = "readyline.rules"
"""The entry point group under which another package names its rules."""

Rules = tuple[type[ReadyRule], ...]


@cache
def preset(name: str) -> Mapping[str, Any]:
    """The `[rules]` table of a preset. Raises `KeyError` for an unknown name."""
    if name not in PRESETS:
        raise KeyError(name)
    text = files("sync.config").joinpath("presets", f"{name}.toml").read_text(encoding="utf-8")
    table: Mapping[str, Any] = tomllib.loads(text)["rules"]
    return table


@cache
def known_rules() -> Rules:
    """Every rule, built-in ones first. Raises `ConfigError` for a package whose rule cannot be used."""
    rules = list(RULES)
    for entry in sorted(entry_points(group=RULE_GROUP), key=lambda entry: entry.name):
        rule = _load(entry)
        if any(rule.name == other.name for other in rules):
            raise ConfigError(
                f'{_origin(entry)}: a rule named "{rule.name}" exists already; rename it, or uninstall that package'
            )
        rules.append(rule)
    return tuple(rules)


def _load(entry: EntryPoint) -> type[ReadyRule]:
    try:
        rule = entry.load()
    except Exception as error:
        raise ConfigError(f"{_origin(entry)} cannot be loaded ({error}); repair or uninstall that package") from error
    if not (isinstance(rule, type) and issubclass(rule, ReadyRule) and isinstance(getattr(rule, "name", None), str)):
        raise ConfigError(f"{_origin(entry)} is not a ReadyRule with a name; repair or uninstall that package")
    return rule


def _origin(entry: EntryPoint) -> str:
    package = entry.dist.name if entry.dist else "an installed package"
    return f'the rule "{entry.name}" ({entry.value}) of {package}'


@dataclass(frozen=True, slots=True)
class ByKind:
    """Makes pydantic read a table with the model that its `kind` names.

    The models are looked up when a file is read: those of other packages may fail to load, which is a `ConfigError`.
    """

    models: Callable[[], Mapping[str, type[BaseModel]]]

    def __get_pydantic_core_schema__(self, _source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """One choice per kind; the JSON Schema follows from it."""
        choices = {kind: handler.generate_schema(model) for kind, model in self.models().items()}
        return core_schema.tagged_union_schema(choices, discriminator="kind")


def _trackers() -> Mapping[str, type[BaseModel]]:
    return {name: kind.settings for name, kind in tracker_kinds().items()}


def _channels() -> Mapping[str, type[BaseModel]]:
    return {name: channel.settings for name, channel in known_notifiers().items()}


TrackerTable = Annotated[JiraSettings, ByKind(_trackers)]
"""The `[tracker]` table; whatever its kind, it has the `url` that people open in their browser."""

ChannelTable = Annotated[ChannelSettings, ByKind(_channels)]
"""One `[[notify]]` table."""
