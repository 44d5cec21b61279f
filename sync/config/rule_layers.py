"""The rules as they hold for each team, kind of issue and kind of work: option by option, the narrower table wins.

    preset < [rules.ready.x] < [rules.types.<kind>.ready.x] < [rules.work.<work>.ready.x]
           < [teams.rules.ready.x] < [teams.rules.types.<kind>.ready.x] < [teams.rules.work.<work>.ready.x]

`read_rulebook` merges the tables and reads each rule once; the core gets complete tuples of rules and knows no layers.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from pydantic import ValidationError

from rules.agent import AgentRules
from rules.inventory.options import Work
from rules.model import Kind
from rules.rule import ReadyRule
from rules.verdict import Scope, scopes_of
from sync.config.faults import Fault, did_you_mean, faults_of, read_table
from sync.config.raw_tables import list_at, table_at
from sync.config.registry import DEFAULT_PRESET, PRESETS, Rules, preset
from sync.config.schema_keys import Keys
from sync.config.toml_lines import TomlPath, value_at

AGENT = frozenset(AgentRules.model_fields)
"""The names of the rules for coding agents."""
LOCKED = "locked"
"""The one key of a product's rule table that is not an option of the rule."""

HORIZON = 3.0
"""How many sprints ahead issues should be ready where neither file nor preset sets it."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Rule tables under one table of the file, or of a preset.

    `path` is that of the table that holds `ready`, () for a preset. `about` is what it is for ("type bug",
    "work debt"), "" for all issues.
    """

    path: TomlPath
    tables: Mapping[str, Mapping[str, Any]]
    preset: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class LayeredRule:
    """A rule as it holds somewhere. `set_by` names the layer of each option; the others have the rule's defaults."""

    rule: ReadyRule
    set_by: Mapping[str, Layer]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Every rule for the product, and for each team, kind of issue and kind of work that has tables."""

    scopes: Mapping[Scope, tuple[LayeredRule, ...]] = field(default_factory=dict)
    horizon: float = HORIZON
    horizon_preset: str = ""
    """The preset that sets the horizon, "" where the file or the default does."""

    @property
    def product(self) -> tuple[ReadyRule, ...]:
        """The product's rules for issues of any kind."""
        return self._rules(("", "", ""))

    @property
    def differs_by_work(self) -> bool:
        """Whether any rule differs by the kind of work."""
        return any(work for _, _, work in self.scopes)

    def narrowed(self) -> dict[Scope, tuple[ReadyRule, ...]]:
        """The rules of every scope in which they differ from those of the wider scopes."""
        narrowed: dict[Scope, tuple[ReadyRule, ...]] = {}
        for scope in self.scopes:
            wider = next((narrowed[one] for one in scopes_of(*scope) if one in narrowed), self.product)
            if self._rules(scope) != wider:
                narrowed[scope] = self._rules(scope)
        return narrowed

    def _rules(self, scope: Scope) -> tuple[ReadyRule, ...]:
        return tuple(layered.rule for layered in self.scopes[scope])


def read_rulebook(data: Mapping[str, Any], rules: Rules, keys: Keys) -> tuple[Rulebook, list[Fault]]:
    """The rules these tables describe, and the faults of options that are right in each table but not together."""
    reader = _Reader(rules, keys)
    scopes = {}
    for team, place in [("", None), *((team["name"], place) for place, team in enumerate(data.get("teams", ())))]:
        for kind, work in narrower(data, place):
            scopes[team, kind.value if kind else "", work] = reader.layered(layers_of(data, place, kind, work))
    named, horizon = _preset_of(data), value_at(data, ("rules", "horizon"))
    if isinstance(horizon, int | float):
        return Rulebook(scopes, float(horizon)), reader.faults
    horizon = preset(named).get("horizon") if named else None
    return Rulebook(scopes, horizon or HORIZON, named if horizon else ""), reader.faults


class _Reader:
    """Reads rules from their merged options, each set of options once."""

    def __init__(self, rules: Rules, keys: Keys) -> None:
        self._rules = rules
        self._keys = keys
        self._read: dict[tuple[str, str], ReadyRule] = {}
        self.faults: list[Fault] = []

    def layered(self, stack: Sequence[Layer]) -> tuple[LayeredRule, ...]:
        return tuple(self._layered(rule, stack) for rule in self._rules)

    def _layered(self, rule: type[ReadyRule], stack: Sequence[Layer]) -> LayeredRule:
        layers = [layer for layer in stack if rule.name in layer.tables]
        set_by = {option: layer for layer in layers for option in layer.tables[rule.name]}
        options = merged(layers, rule.name)
        cache_key = (rule.name, json.dumps(options, default=str, sort_keys=True))
        try:
            if cache_key not in self._read:
                self._read[cache_key] = read_table(rule, options)
            return LayeredRule(self._read[cache_key], set_by)
        except ValidationError as error:
            narrowest = layers[-1].path
            for fault in faults_of(error, options, self._keys):
                home = set_by[str(fault.path[0])].path if fault.path else narrowest
                self.faults.append(replace(fault, path=(*(home or narrowest), "ready", rule.name, *fault.path)))
            return LayeredRule(rule(), set_by)


def narrower(data: Mapping[str, Any], team: int | None = None) -> Iterator[tuple[Kind | None, str]]:
    """Every kind of issue, `None` for all, with every kind of work that has tables, "" for all; the widest first."""
    bases: list[TomlPath] = [("rules",)] if team is None else [("rules",), ("teams", team, "rules")]
    named = {work for base in bases for work in table_at(data, (*base, "work"))}
    return product((None, *Kind), ("", *(work.value for work in Work if work in named)))


def layers_of(
    data: Mapping[str, Any], team: int | None = None, kind: Kind | None = None, work: str = ""
) -> tuple[Layer, ...]:
    """The layers that decide about a team's issues of a kind, the widest first; `team` is a place in `[[teams]]`.

    `data` may be unchecked: what is not a table counts as empty.
    """
    named = _preset_of(data)
    tables = preset(named) if named else {}
    bases: list[TomlPath] = [("rules",)] if team is None else [("rules",), ("teams", team, "rules")]
    parts: list[TomlPath] = [("types", kind.value)] if kind is not None else []
    parts += [("work", work)] if work else []
    layers = [Layer((), rule_tables(tables, part), named, _about(part)) for part in ((), *parts)]
    for base in bases:
        paths = ((*base, *part) for part in ((), *parts))
        layers += (Layer(path, rule_tables(data, path), about=_about(path[len(base) :])) for path in paths)
    return tuple(layers)


def _about(part: TomlPath) -> str:
    """What the tables below a part of a path are for, "" for all issues."""
    return f"{'type' if part[0] == 'types' else 'work'} {part[1]}" if part else ""


def _preset_of(data: Mapping[str, Any]) -> str:
    """The name of the preset, "" for an unknown one."""
    name = table_at(data, ("rules",)).get("preset", DEFAULT_PRESET)
    return name if isinstance(name, str) and name in PRESETS else ""


def merged(layers: Sequence[Layer], rule: str) -> dict[str, Any]:
    """The options of one rule that the layers set, the narrowest value of each; `locked` is not an option."""
    options: dict[str, Any] = {}
    for layer in layers:
        options |= layer.tables.get(rule, {})
    options.pop(LOCKED, None)
    return options


def rule_faults(data: Mapping[str, Any], rules: Rules, keys: Keys) -> Iterator[Fault]:
    """Everything wrong in the rules' tables and in `[[waivers]]`."""
    by_name = {rule.name: rule for rule in rules}
    name = table_at(data, ("rules",)).get("preset", DEFAULT_PRESET)
    if isinstance(name, str) and name not in PRESETS:
        yield Fault(("rules", "preset"), f"unknown preset{did_you_mean(name, PRESETS)}", name)
    for path in _homes(data):
        for rule, options in table_at(data, (*path, "ready")).items():
            yield from _table_faults((*path, "ready", rule), options, by_name.get(rule), keys, list(by_name))
    yield from _waiver_faults(data, by_name)


def _homes(data: Mapping[str, Any]) -> Iterator[TomlPath]:
    """The paths of all tables that hold rule tables: the product's, those of its types and work, and each team's."""
    bases: list[TomlPath] = [("rules",)]
    bases += [("teams", number, "rules") for number in range(len(list_at(data, ("teams",))))]
    for base in bases:
        yield base
        for part in ("types", "work"):
            for name in table_at(data, (*base, part)):
                yield (*base, part, name)


def _table_faults(
    path: TomlPath, options: object, rule: type[ReadyRule] | None, keys: Keys, names: Sequence[str]
) -> Iterator[Fault]:
    if rule is None:
        yield Fault(path, f"unknown rule{did_you_mean(str(path[-1]), names)}")
        return
    if not isinstance(options, Mapping):
        yield Fault(path, "must be a table of the rule's options", options)
        return
    own = dict(options)
    if LOCKED in own and path[:2] != ("rules", "ready"):
        yield Fault((*path, LOCKED), f"only the product locks a rule, in [rules.ready.{rule.name}]")
        own.pop(LOCKED)
    if not isinstance(own.pop(LOCKED, False), bool):
        yield Fault((*path, LOCKED), "must be true or false, without quotes", options[LOCKED])
    try:
        read_table(rule, own)
    except ValidationError as error:
        yield from faults_of(error, own, keys, path)


def _waiver_faults(data: Mapping[str, Any], rules: Mapping[str, type[ReadyRule]]) -> Iterator[Fault]:
    for number, waiver in enumerate(list_at(data, ("waivers",))):
        name = waiver.get("rule") if isinstance(waiver, Mapping) else None
        if not isinstance(name, str) or not name.strip() or name == "*":
            continue
        if name.removeprefix("ready.") not in rules and name.removeprefix("agent.") not in AGENT:
            wrong = f"unknown rule{did_you_mean(name.removeprefix('ready.'), rules)}"
            yield Fault(("waivers", number, "rule"), wrong, name)


def rule_tables(data: Mapping[str, Any], path: TomlPath) -> Mapping[str, Mapping[str, Any]]:
    """The rules' tables under a table of the file, by rule name; what is not a table is left out."""
    tables = table_at(data, (*path, "ready"))
    return {name: table for name, table in tables.items() if isinstance(table, Mapping)}
