"""Every effective value and where it came from: `config show`, and the thresholds of `why`."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from rules.model import Kind
from rules.rule import ReadyRule
from sync.config.faults import did_you_mean, shown, written_path
from sync.config.layers import Layers
from sync.config.load import check
from sync.config.preset import DEFAULT as PRESET
from sync.config.rule_layers import LOCKED, Layer, horizon_of, layers_of, merged, read_rule
from sync.config.rule_registry import Rules, known_rules
from sync.config.schema_keys import NOTHING, found
from sync.config.settings import Settings
from sync.config.toml_lines import TomlPath
from sync.errors import UsageError

DEFAULT = "default"
HIDDEN = frozenset({"token"})
"""What is never shown."""
APART = frozenset({("rules", "ready"), ("rules", "types")})
"""What is shown rule by rule and not as it stands."""


@dataclass(frozen=True, slots=True)
class Row:
    """A setting: its path in the file, its value as plain data, and where that came from.

    `origin` is "default", "preset scrum", "config.toml:41", the name of an environment variable, or any of these
    after "team Payments, " or "type bug, ".
    """

    path: str
    value: object
    origin: str
    text: str
    """The value as the file would write it, "" for none."""

    @classmethod
    def of(cls, path: TomlPath, said: object, origin: str) -> "Row":
        """The row of a value as TOML or JSON gave it."""
        return cls(written_path(path), json.loads(json.dumps(said, default=str)), origin, _as_toml(said))


def _as_toml(value: object) -> str:
    match value:
        case Mapping():
            pairs = ", ".join(f"{written_path((str(key),))} = {_as_toml(one)}" for key, one in value.items())
            return f"{{ {pairs} }}" if pairs else "{}"
        case list():
            return f"[{', '.join(map(_as_toml, value))}]"
    return shown(value, longest=1000)


def effective(layers: Layers, team: str | None = None, rules: Rules | None = None) -> tuple[Row, ...]:
    """Every setting in the order of the file, then every option of every rule, as they hold for a team.

    Without a team the rules are the product's. Raises `ConfigError` for a faulty configuration and `UsageError`
    for a team it does not hold.
    """
    rules = known_rules() if rules is None else rules
    settings = check(layers, rules)
    number = _place_of(settings, team)
    plain = settings.model_dump(mode="json", by_alias=True)
    rows = [row for path, row in _settings(settings, plain, layers, ()) if number is None or _concerns(path, number)]
    return (*rows, *_rules(layers, number, rules))


def options_of(
    layers: Layers, rule: type[ReadyRule], team: str | None = None, kind: Kind | None = None
) -> tuple[Row, ...]:
    """The options of one rule as they hold for a team's issues of a kind. The layers must be without a fault."""
    number = next((n for n, one in enumerate(layers.data.get("teams", ())) if one.get("name") == team), None)
    return tuple(_options(rule, layers_of(layers.data, number, kind), layers, ("rules",)))


def _place_of(settings: Settings, team: str | None) -> int | None:
    names = [one.name for one in settings.teams]
    if team is not None and team not in names:
        raise UsageError(f'--team "{team}": there is no such team{did_you_mean(team, names)}')
    return None if team is None else names.index(team)


def _concerns(path: TomlPath, team: int) -> bool:
    return path[:1] != ("teams",) or path[1:2] == (team,)


def _settings(
    model: BaseModel, plain: Mapping[str, Any], layers: Layers, path: TomlPath
) -> Iterator[tuple[TomlPath, Row]]:
    for name, field in type(model).model_fields.items():
        key = field.alias or name
        here = (*path, key)
        if key in HIDDEN or here in APART or (len(here) == 3 and here[0] == "teams" and key == "rules"):
            continue
        yield from _values(getattr(model, name), plain[key], layers, here)


def _values(value: object, plain: Any, layers: Layers, path: TomlPath) -> Iterator[tuple[TomlPath, Row]]:
    """The rows of a value: of its own for plain ones, one a field for tables, one an entry for lists of tables."""
    match value:
        case BaseModel():
            yield from _settings(value, plain, layers, path)
        case tuple() if value and isinstance(value[0], BaseModel):
            for number, one in enumerate(value):
                yield from _values(one, plain[number], layers, (*path, number))
        case Mapping() if value and all(isinstance(one, BaseModel) for one in value.values()):
            for key, one in value.items():
                yield from _values(one, plain[key], layers, (*path, str(key)))
        case _:
            said = sorted(plain, key=str) if isinstance(value, frozenset) and isinstance(plain, list) else plain
            yield path, _row(said, layers, path)


def _row(value: object, layers: Layers, path: TomlPath) -> Row:
    horizon = horizon_of(layers.data) if path == ("rules", "horizon") else None
    if horizon is not None:
        return Row.of(path, horizon, f"preset {layers.data.get('rules', {}).get('preset', PRESET)}")
    return Row.of(path, _as_said(value, layers, path), _origin(layers, path))


def _as_said(value: object, layers: Layers, path: TomlPath) -> object:
    """The value as the file says it where it does, such as a path that is relative there."""
    said = found(layers.data, path)
    return value if said is NOTHING or path in layers.overrides else said


def _origin(layers: Layers, path: TomlPath) -> str:
    return DEFAULT if found(layers.data, path) is NOTHING else layers.where(path)


def _rules(layers: Layers, team: int | None, rules: Rules) -> Iterator[Row]:
    widest = layers_of(layers.data, team)
    for rule in rules:
        own = list(_options(rule, widest, layers, ("rules",)))
        yield from own
        for kind in Kind:
            if kind in rule.kinds:
                narrower = _options(rule, layers_of(layers.data, team, kind), layers, ("rules", "types", kind.value))
                # What is the same for a kind as for all is not worth a row of its own.
                yield from (row for row, usual in zip(narrower, own, strict=False) if row.value != usual.value)


def _options(rule: type[ReadyRule], stack: Sequence[Layer], layers: Layers, path: TomlPath) -> Iterator[Row]:
    whole = read_rule(rule, merged(stack, rule.name))
    plain = whole.model_dump(mode="json")
    for option in rule.model_fields:
        value = getattr(whole, option)
        said = sorted(plain[option], key=str) if isinstance(value, frozenset) else plain[option]
        yield Row.of((*path, "ready", rule.name, option), said, _last_word(stack, rule.name, option, layers))
    if any(layer.tables.get(rule.name, {}).get(LOCKED) for layer in stack):
        yield Row.of((*path, "ready", rule.name, LOCKED), True, _last_word(stack, rule.name, LOCKED, layers))


def _last_word(stack: Sequence[Layer], rule: str, option: str, layers: Layers) -> str:
    for layer in reversed(stack):
        if option in layer.tables.get(rule, {}):
            place = f"preset {layer.preset}" if layer.preset else layers.where((*layer.path, "ready", rule, option))
            return f"{_whose(layer, layers)}{place}"
    return DEFAULT


def _whose(layer: Layer, layers: Layers) -> str:
    team = f"team {layers.data['teams'][layer.path[1]]['name']}, " if layer.path[:1] == ("teams",) else ""
    return f"{team}type {layer.kind}, " if layer.kind else team
