"""Every effective value and where it came from: `config show`, and the thresholds of `why`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from rules.model import Kind
from sync.config.faults import did_you_mean, shown, written_path
from sync.config.layers import Layers
from sync.config.rule_layers import LOCKED, Layer, LayeredRule
from sync.config.settings import Settings
from sync.config.to_domain import measures_of
from sync.config.toml_lines import NOTHING, TomlPath, value_at
from sync.errors import UsageError

DEFAULT = "default"
HIDDEN = frozenset({"token"})
"""What is never shown."""
APART = frozenset({("rules", "ready"), ("rules", "deep"), ("rules", "types"), ("rules", "work")})
"""What is shown rule by rule instead of as written."""


@dataclass(frozen=True, slots=True)
class Row:
    """A setting: its path in the file, its value as plain data, and where that came from.

    `origin` is "default", "preset scrum", "config.toml:41", the name of an environment variable, or any of these
    after "team Payments, ", "type bug, " or "work debt, ".
    """

    path: str
    value: object
    origin: str
    text: str
    """The value as the file would write it, "" for none."""

    @classmethod
    def of(cls, path: TomlPath, value: object, origin: str) -> "Row":
        """The row of a value as TOML or pydantic's dump has it."""
        return cls(written_path(path), _plain(value), origin, _as_toml(value))


def _plain(value: object) -> object:
    """The value as JSON can hold it; dates become text."""
    match value:
        case Mapping():
            return {str(key): _plain(one) for key, one in value.items()}
        case list():
            return [_plain(one) for one in value]
        case None | bool() | int() | float() | str():
            return value
    return str(value)


def _as_toml(value: object) -> str:
    match value:
        case Mapping():
            pairs = ", ".join(f"{written_path((str(key),))} = {_as_toml(one)}" for key, one in value.items())
            return f"{{ {pairs} }}" if pairs else "{}"
        case list():
            return f"[{', '.join(map(_as_toml, value))}]"
    return shown(value, longest=1000)


def effective(settings: Settings, team: str | None = None) -> tuple[Row, ...]:
    """Every setting in the order of the file, then every option of every rule, as they hold for a team.

    Without a team the rules are the product's. Raises `UsageError` for an unknown team.
    """
    number = _place_of(settings, team)
    plain = settings.model_dump(mode="json", by_alias=True)
    values = (row for path, row in _table_rows(settings, plain, settings, ()) if _concerns(path, number))
    return (*values, *_rule_rows(settings, team or ""), *_measure_rows(settings))


def options_of(
    settings: Settings, rule: str, team: str = "", kind: Kind | None = None, work: str = ""
) -> tuple[Row, ...]:
    """The options of one rule as they hold for a team's issues of a kind; `team` "" for the product's own.

    `work` is the kind of work; one without tables of its own has the options of all issues. A rule for coding agents is
    named by its path, and has the same options for all.
    """
    group, _, name = rule.rpartition(".")
    if group == "agent":
        options = getattr(settings.agent.rules, name)
        plain = options.model_dump(mode="json", by_alias=True)
        return tuple(row for _, row in _table_rows(options, plain, settings, ("agent", "rules", name)))
    scopes, wider = settings.rulebook.scopes, (team, kind.value if kind else "")
    for layered in scopes.get((*wider, work), scopes[*wider, ""]):
        if layered.rule.name == rule:
            return tuple(_option_rows(layered, settings.layers, ("rules",)))
    return ()


def _place_of(settings: Settings, team: str | None) -> int | None:
    names = [one.name for one in settings.teams]
    if team is not None and team not in names:
        raise UsageError(f'--team "{team}": unknown team{did_you_mean(team, names)}')
    return None if team is None else names.index(team)


def _concerns(path: TomlPath, team: int | None) -> bool:
    return team is None or path[:1] != ("teams",) or path[1:2] == (team,)


def _table_rows(
    model: BaseModel, plain: Mapping[str, Any], settings: Settings, path: TomlPath
) -> Iterator[tuple[TomlPath, Row]]:
    for name, field in type(model).model_fields.items():
        key = field.alias or name
        here = (*path, key)
        if key in HIDDEN or here in APART or (len(here) == 3 and here[0] == "teams" and key == "rules"):
            continue
        yield from _value_rows(getattr(model, name), plain[key], settings, here)


def _value_rows(value: object, plain: Any, settings: Settings, path: TomlPath) -> Iterator[tuple[TomlPath, Row]]:
    """The rows of a value: one for a plain value, one a field for tables, one an entry for lists of tables."""
    match value:
        case BaseModel():
            yield from _table_rows(value, plain, settings, path)
        case tuple() if value and isinstance(value[0], BaseModel):
            for number, one in enumerate(value):
                yield from _value_rows(one, plain[number], settings, (*path, number))
        case Mapping() if value and all(isinstance(one, BaseModel) for one in value.values()):
            for key, one in value.items():
                yield from _value_rows(one, plain[key], settings, (*path, str(key)))
        case _:
            yield path, _row(_sorted(value, plain), settings, path)


def _sorted(value: object, plain: Any) -> object:
    """The dump of a value, sets in a stable order."""
    return sorted(plain, key=str) if isinstance(value, frozenset) and isinstance(plain, list) else plain


def _row(value: object, settings: Settings, path: TomlPath) -> Row:
    layers, rulebook = settings.layers, settings.rulebook
    if path == ("rules", "horizon") and rulebook.horizon_preset:
        return Row.of(path, rulebook.horizon, f"preset {rulebook.horizon_preset}")
    written = value_at(layers.data, path)
    if written is NOTHING:
        return Row.of(path, value, DEFAULT)
    # The file's own writing is shown, such as a relative path; the environment's text may have become a number.
    return Row.of(path, value if path in layers.overrides else written, layers.where(path))


def _rule_rows(settings: Settings, team: str) -> Iterator[Row]:
    scopes = settings.rulebook.scopes
    works = [work for name, kind, work in scopes if name == team and not kind and work]
    for number, layered in enumerate(scopes[team, "", ""]):
        rows = list(_option_rows(layered, settings.layers, ("rules",)))
        yield from rows
        parts = [(("types", kind.value), (team, kind.value, "")) for kind in Kind if kind in layered.rule.kinds]
        parts += [(("work", work), (team, "", work)) for work in works]
        by_option = {row.path.rpartition(".")[2]: row.value for row in rows}
        for part, scope in parts:
            narrower = _option_rows(scopes[scope][number], settings.layers, ("rules", *part))
            # A kind gets a row only where it differs from all kinds.
            yield from (row for row in narrower if row.value != by_option.get(row.path.rpartition(".")[2]))


def _measure_rows(settings: Settings) -> Iterator[Row]:
    for measure in measures_of(settings).all:
        for option, value in measure.model_dump(mode="json").items():
            yield _row(value, settings, ("rules", "deep", measure.name, option))


def _option_rows(layered: LayeredRule, layers: Layers, path: TomlPath) -> Iterator[Row]:
    rule, set_by = layered.rule, layered.set_by
    plain = rule.model_dump(mode="json")
    for option in type(rule).model_fields:
        value = _sorted(getattr(rule, option), plain[option])
        yield Row.of((*path, "ready", rule.name, option), value, _origin(set_by.get(option), rule.name, option, layers))
    locking = set_by.get(LOCKED)
    if locking and locking.tables[rule.name][LOCKED]:
        yield Row.of((*path, "ready", rule.name, LOCKED), True, _origin(locking, rule.name, LOCKED, layers))


def _origin(layer: Layer | None, rule: str, option: str, layers: Layers) -> str:
    if layer is None:
        return DEFAULT
    place = f"preset {layer.preset}" if layer.preset else layers.where((*layer.path, "ready", rule, option))
    team = f"team {layers.data['teams'][layer.path[1]]['name']}, " if layer.path[:1] == ("teams",) else ""
    return f"{team}{layer.about}, {place}" if layer.about else f"{team}{place}"
