"""Locked values: what a file fixes for the files that extend it, for the environment and for the teams.

locked = ["capacity.focus", "write_back.limits"]      at the top of a file: these keys, tables as a whole
locked = true                                         in a rule's table: everything but a stricter severity
"""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from rules.rule import ReadyRule, Severity
from sync.config.faults import Fault, did_you_mean, shown, written_path
from sync.config.layers import Layers
from sync.config.raw_tables import list_at, table_at
from sync.config.registry import Rules
from sync.config.rule_layers import LOCKED, layers_of, merged, narrower, rule_tables
from sync.config.sources import LOCKS, OF_ONE_FILE
from sync.config.toml_lines import NOTHING, TomlPath, value_at

_PLAIN_RULES = {("rules", "preset"), ("rules", "horizon"), ("rules", "deep")}
"""What is locked like any other key, though it is in `[rules]`."""

_STRICTNESS = (Severity.OFF, Severity.INFO, Severity.SHOULD, Severity.MUST)


def lock_list_faults(layers: Layers) -> Iterator[Fault]:
    """The entries of the first file's `locked` that lock nothing."""
    for number, text in enumerate(list_at(layers.sources[0].data, (LOCKS,))):
        _, wrong = _read_lock(text, layers)
        if wrong:
            yield Fault((LOCKS, number), wrong, text)


def _read_lock(text: object, layers: Layers) -> tuple[TomlPath, str]:
    """The path that an entry of `locked` names, or what is wrong with the entry."""
    if not isinstance(text, str):
        return (), ""  # the type is reported with all other faults
    path = _parsed(text)
    if not path:
        return (), 'must be a path of keys, such as "write_back.limits.max_share"'
    if path[:1] in {("rules",), ("teams",)} and path[:2] not in _PLAIN_RULES:
        return (), "cannot lock rules or teams; write locked = true in a rule's own table, [rules.ready.NAME]"
    if path[0] not in OF_ONE_FILE and value_at(layers.data, path) is not NOTHING:
        return path, ""
    keys = [written_path(one) for one in _all_keys(layers.data)]
    return (), f"is not set in this file or one below it{did_you_mean(text, keys)}"


def _parsed(text: str) -> TomlPath:
    """The path of dotted keys, () where they are not valid."""
    try:
        data: object = tomllib.loads(f"{text} = 0")
    except (ValueError, RecursionError):
        return ()
    path: list[str] = []
    while isinstance(data, dict) and len(data) == 1:
        ((key, data),) = data.items()
        path.append(key)
    return tuple(path) if data == 0 else ()


def _all_keys(data: Mapping[str, Any], path: TomlPath = ()) -> Iterator[TomlPath]:
    for key, value in data.items():
        yield (*path, key)
        if isinstance(value, Mapping):
            yield from _all_keys(value, (*path, key))


def locked_faults(layers: Layers, rules: Rules) -> Iterator[Fault]:
    """Every value that is locked in one place and changed in a narrower one."""
    by_name = {rule.name: rule for rule in rules}
    for base in (Layers.of(*layers.sources), *layers.below()):
        yield from _changed_keys(layers, base)
        yield from _changed_rules(layers, base, by_name)
    for team in range(len(list_at(layers.data, ("teams",)))):
        yield from _changed_by_team(layers, team, by_name)


def _changed_keys(layers: Layers, base: Layers) -> Iterator[Fault]:
    for text in list_at(base.sources[0].data, (LOCKS,)):
        lock, _ = _read_lock(text, base)
        if lock:
            for path, fixed in _differences(value_at(base.data, lock), value_at(layers.data, lock), lock):
                at = f" at {shown(fixed)}" if shown(fixed) else ""
                wrong = f"is locked{at} by {base.where(path)}; leave it out, or change it there"
                yield Fault(path, wrong, value_at(layers.data, path))


def _differences(fixed: object, value: object, path: TomlPath) -> Iterator[tuple[TomlPath, object]]:
    """The paths at which a value differs from the locked one, with the locked values."""
    if isinstance(fixed, Mapping) and isinstance(value, Mapping):
        for key in {**fixed, **value}:
            yield from _differences(fixed.get(key, NOTHING), value.get(key, NOTHING), (*path, key))
    elif fixed != value:
        yield path, fixed


def _changed_rules(layers: Layers, base: Layers, rules: Mapping[str, type[ReadyRule]]) -> Iterator[Fault]:
    """The options of locked rules that a narrower file or the environment changes, stricter severities aside."""
    for name in _locked_rules(base, rules):
        lock = ("rules", "ready", name, LOCKED)
        if value_at(layers.data, lock) is not True:
            yield Fault(lock, f"is locked by {base.where(lock)}; leave it out", value_at(layers.data, lock))
        for kind, work in narrower(layers.data):
            stack = layers_of(layers.data, None, kind, work)
            fixed, options = merged(layers_of(base.data, None, kind, work), name), merged(stack, name)
            for option in {**fixed, **options}:
                usual = _default(rules[name], option)
                before, now = fixed.get(option, usual), options.get(option, usual)
                if now == before or (option == "severity" and _is_as_strict(now, before)):
                    continue
                setting = next((one for one in reversed(stack) if option in one.tables.get(name, {})), None)
                path = (*setting.path, "ready", name, option) if setting and setting.path else ("rules", "preset")
                severity = fixed.get("severity", _default(rules[name], "severity"))
                yield Fault(path, _locked(name, str(severity), base), value_at(layers.data, path))


def _changed_by_team(layers: Layers, team: int, rules: Mapping[str, type[ReadyRule]]) -> Iterator[Fault]:
    """The options of locked rules in a team's tables, stricter severities aside."""
    locked = _locked_rules(layers, rules)
    base: TomlPath = ("teams", team, "rules")
    parts = ((part, name) for part in ("types", "work") for name in table_at(layers.data, (*base, part)))
    for part in ((), *parts):
        path = (*base, *part)
        for name in locked:
            for option, value in rule_tables(layers.data, path).get(name, {}).items():
                floor = _floor(layers.data, rules[name], part)
                if option != "severity" or not _is_as_strict(value, floor):
                    yield Fault((*path, "ready", name, option), _locked(name, floor, layers), value)


def _locked_rules(layers: Layers, rules: Mapping[str, type[ReadyRule]]) -> list[str]:
    tables = rule_tables(layers.data, ("rules",))
    return [name for name, table in tables.items() if table.get(LOCKED) is True and name in rules]


def _locked(name: str, severity: str, layers: Layers) -> str:
    place = layers.where(("rules", "ready", name, LOCKED))
    allowed = "leave this out" if severity == Severity.MUST else "only a stricter severity is allowed"
    return f'[rules.ready.{name}] is locked at "{severity}" by {place}; {allowed}'


def _floor(data: Mapping[str, Any], rule: type[ReadyRule], part: TomlPath) -> Severity:
    """The severity the product asks of a locked rule, the strictest over all issues a table may be about."""
    scopes = list(narrower(data))
    place = 0 if part[:1] == ("types",) else 1
    about = [scope for scope in scopes if part and scope[place] == part[1]]
    words = [merged(layers_of(data, None, *scope), rule.name).get("severity") for scope in about or scopes]
    severities = [Severity(word) if word in list(Severity) else _default(rule, "severity") for word in words]
    return Severity(max(severities, key=_STRICTNESS.index))


def _default(rule: type[ReadyRule], option: str) -> Any:
    field = rule.model_fields.get(option)
    return field.get_default(call_default_factory=True) if field else None


def _is_as_strict(value: object, floor: object) -> bool:
    """Whether a severity is at least as strict as another; an unknown one is reported elsewhere."""
    if value not in list(Severity) or floor not in list(Severity):
        return True
    return _STRICTNESS.index(Severity(str(value))) >= _STRICTNESS.index(Severity(str(floor)))
