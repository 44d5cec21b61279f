"""From preset, product, type and team tables to rules with their options, the narrower table winning option by option.

    preset < [rules.ready.x] < [rules.types.<kind>.ready.x] < [teams.rules.ready.x] < [teams.rules.types.<kind>.ready.x]

The core gets complete tuples of rules; that layers existed is known here alone.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from rules.model import Kind
from rules.rule import ReadyRule, Severity
from sync.config.faults import Fault, did_you_mean, faults_of
from sync.config.preset import DEFAULT, PRESETS, preset
from sync.config.rule_registry import Rules
from sync.config.schema_keys import Keys
from sync.config.toml_lines import TomlPath

LOCKED = "locked"
"""The one key of a product's rule table that is not an option of the rule."""

_STRICTNESS = (Severity.OFF, Severity.INFO, Severity.SHOULD, Severity.MUST)


@dataclass(frozen=True, slots=True)
class Layer:
    """Rule tables that stand together. `path` leads to the table that holds `ready`; a preset stands in no file.

    `kind` is the kind of issue the layer is about, "" for all of them.
    """

    path: TomlPath
    tables: Mapping[str, Mapping[str, Any]]
    preset: str = ""
    kind: str = ""


def layers_of(data: Mapping[str, Any], team: int | None = None, kind: Kind | None = None) -> tuple[Layer, ...]:
    """The layers that decide about a team's issues of a kind, the widest first; `team` is a place in `[[teams]]`.

    `data` may be unchecked: what is no table counts as empty.
    """
    name = _table(data, ("rules",)).get("preset", DEFAULT)
    start = preset(name) if isinstance(name, str) and name in PRESETS else {}
    bases: list[TomlPath] = [("rules",)] if team is None else [("rules",), ("teams", team, "rules")]
    found = [Layer((), _tables(start, ()), str(name))]
    if kind is not None:
        found.append(Layer((), _tables(start, ("types", kind.value)), str(name), kind.value))
    for base in bases:
        found.append(Layer(base, _tables(data, base)))
        if kind is not None:
            path = (*base, "types", kind.value)
            found.append(Layer(path, _tables(data, path), kind=kind.value))
    return tuple(found)


def horizon_of(data: Mapping[str, Any]) -> float | None:
    """How many sprints ahead the preset wants issues ready, `None` where the file itself says it or no preset does."""
    rules = _table(data, ("rules",))
    name = rules.get("preset", DEFAULT)
    return None if "horizon" in rules or name not in PRESETS else preset(name).get("horizon")


def merged(layers: Sequence[Layer], rule: str) -> dict[str, Any]:
    """The options of one rule that the layers set, the last word on each; `locked` is none of them."""
    options: dict[str, Any] = {}
    for layer in layers:
        options |= layer.tables.get(rule, {})
    options.pop(LOCKED, None)
    return options


def compose(layers: Sequence[Layer], rules: Rules) -> tuple[ReadyRule, ...]:
    """Every rule with its effective options. Raises `ValidationError` for options no rule has."""
    return tuple(read_rule(rule, merged(layers, rule.name)) for rule in rules)


def read_rule(rule: type[ReadyRule], options: Mapping[str, Any]) -> ReadyRule:
    """The rule with these options; strict about types, as TOML has them. Raises `ValidationError`."""
    return rule.model_validate_json(json.dumps(options, default=str), strict=True)


def rule_faults(data: Mapping[str, Any], rules: Rules, keys: Keys) -> Iterator[Fault]:
    """Everything that is wrong in tables of rules and in what names a rule, wherever it stands in the file."""
    by_name = {rule.name: rule for rule in rules}
    name = _table(data, ("rules",)).get("preset", DEFAULT)
    if isinstance(name, str) and name not in PRESETS:
        yield Fault(("rules", "preset"), f"there is no such preset{did_you_mean(name, PRESETS)}", name)
    for path in _homes(data):
        for rule, options in _raw(data, path).items():
            yield from _table_faults((*path, "ready", rule), options, by_name.get(rule), keys, list(by_name))
    yield from _waiver_faults(data, by_name)
    for team in range(len(_list(data.get("teams")))):
        yield from _lock_faults(data, team, by_name)


def _homes(data: Mapping[str, Any]) -> Iterator[TomlPath]:
    """The paths of all tables that hold rule tables: the product's, its types', the teams', and their types'."""
    bases: list[TomlPath] = [("rules",)]
    bases += [("teams", number, "rules") for number in range(len(_list(data.get("teams"))))]
    for base in bases:
        yield base
        for kind in _table(data, (*base, "types")):
            yield (*base, "types", kind)


def _table_faults(
    path: TomlPath, options: object, rule: type[ReadyRule] | None, keys: Keys, known: Sequence[str]
) -> Iterator[Fault]:
    if rule is None:
        yield Fault(path, f"there is no such rule{did_you_mean(str(path[-1]), known)}")
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
        read_rule(rule, own)
    except ValidationError as error:
        yield from faults_of(error, own, keys, path)


def _waiver_faults(data: Mapping[str, Any], known: Mapping[str, type[ReadyRule]]) -> Iterator[Fault]:
    for number, waiver in enumerate(_list(data.get("waivers"))):
        name = waiver.get("rule") if isinstance(waiver, Mapping) else None
        if isinstance(name, str) and name.strip() and name != "*" and name.removeprefix("ready.") not in known:
            wrong = f"there is no such rule{did_you_mean(name.removeprefix('ready.'), known)}"
            yield Fault(("waivers", number, "rule"), wrong, name)


def _lock_faults(data: Mapping[str, Any], team: int, known: Mapping[str, type[ReadyRule]]) -> Iterator[Fault]:
    """A team may make a locked rule stricter by its severity, and may change nothing else of it."""
    locked = [name for name, table in _tables(data, ("rules",)).items() if table.get(LOCKED) is True and name in known]
    base: TomlPath = ("teams", team, "rules")
    for path in (base, *((*base, "types", kind) for kind in _table(data, (*base, "types")))):
        kind = Kind(path[-1]) if len(path) == 5 and path[-1] in list(Kind) else None
        for name in locked:
            for option, value in _tables(data, path).get(name, {}).items():
                floor = _floor(data, known[name], kind)
                if option != "severity" or not _as_strict(value, floor):
                    yield Fault((*path, "ready", name, option), _locked(name, floor), value)


def _locked(name: str, floor: Severity) -> str:
    allowed = "nothing of it" if floor is Severity.MUST else "only its severity, and only to a stricter one"
    return f'[rules.ready.{name}] is locked at "{floor.value}"; a team may change {allowed}'


def _floor(data: Mapping[str, Any], rule: type[ReadyRule], kind: Kind | None) -> Severity:
    """The severity the product asks of a locked rule, the strictest over all kinds a table speaks about."""
    kinds = [kind] if kind else [None, *Kind]
    words = [merged(layers_of(data, kind=one), rule.name).get("severity") for one in kinds]
    usual = rule.model_fields["severity"].default
    said = [Severity(word) if word in list(Severity) else usual for word in words]
    return max(said, key=_STRICTNESS.index)


def _as_strict(value: object, floor: Severity) -> bool:
    if not isinstance(value, str) or value not in list(Severity):
        return True  # told elsewhere: it is no severity at all
    return _STRICTNESS.index(Severity(value)) >= _STRICTNESS.index(floor)


def _table(data: object, path: TomlPath) -> Mapping[str, Any]:
    """The table at a path, empty where there is none."""
    for part in path:
        if isinstance(data, Mapping):
            data = data.get(str(part))
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            return {}
    return data if isinstance(data, Mapping) else {}


def _raw(data: Mapping[str, Any], path: TomlPath) -> Mapping[str, Any]:
    return _table(data, (*path, "ready"))


def _tables(data: Mapping[str, Any], path: TomlPath) -> Mapping[str, Mapping[str, Any]]:
    return {name: table for name, table in _raw(data, path).items() if isinstance(table, Mapping)}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
