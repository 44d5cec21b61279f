"""From the file and the environment to `Settings`, or to every fault at once."""

from collections.abc import Mapping
from datetime import date
from functools import cache, partial
from pathlib import Path

from pydantic import SecretStr, ValidationError

from sync.config.cross_checks import across_faults, ended_waivers
from sync.config.faults import Fault, faults_of, one_line, path_in, read_table
from sync.config.layers import Layers, early_faults, read_layers
from sync.config.locks import lock_list_faults, locked_faults
from sync.config.measures import measure_faults
from sync.config.registry import Rules, known_rules
from sync.config.rule_layers import read_rulebook, rule_faults
from sync.config.schema import schema
from sync.config.schema_keys import Keys
from sync.config.settings import Settings
from sync.config.sources import EXTENDS, LOCKS
from sync.config.toml_lines import NOTHING, TomlPath, value_at
from sync.errors import ConfigError
from sync.trackers.token import token_variable

_schema = cache(schema)


def load(path: Path, environ: Mapping[str, str], rules: Rules | None = None, *, today: date | None = None) -> Settings:
    """The checked configuration. Raises `ConfigError` with one sentence for each fault of file and environment.

    `rules` are those the configuration may name, all known ones by default. A waiver that ended before `today` is a
    fault; without a day none is.
    """
    return check(read_layers(path, environ), rules, today=today)


def check(layers: Layers, rules: Rules | None = None, *, today: date | None = None) -> Settings:
    """The settings of these layers. Raises `ConfigError`."""
    rules = known_rules() if rules is None else rules
    settings, faults = _settings_or_faults(layers, rules)
    faults += ended_waivers(layers.data, today) if today is not None else ()
    located = _located(faults, layers)
    for base in layers.below():
        _, faults = _settings_or_faults(base, rules)
        located |= _located([fault for fault in faults if _is_hidden(fault.path, layers, base)], base)
    if settings is None or located:
        raise ConfigError(*sorted(located, key=located.__getitem__))
    return settings


def _settings_or_faults(layers: Layers, rules: Rules) -> tuple[Settings | None, list[Fault]]:
    keys = Keys(partial(_schema, rules), layers.data)
    settings, complaints = _read(layers, keys)
    faults = [
        *early_faults(layers),
        *complaints,
        *across_faults(layers.data),
        *rule_faults(layers.data, rules, keys),
        *measure_faults(layers.data, keys),
        *lock_list_faults(layers),
        *locked_faults(layers, rules),
    ]
    if faults or settings is None:
        return None, faults
    rulebook, faults = read_rulebook(layers.data, rules, keys)
    token = SecretStr(layers.environ.get(token_variable(settings.tracker), "").strip())
    return settings.model_copy(update={"token": token}).read_from(layers, rulebook), faults


def _is_hidden(path: TomlPath, layers: Layers, base: Layers) -> bool:
    """Whether a fault of a shared file cannot be seen in the merged values: a narrower file has a value there."""
    value = value_at(base.data, path)
    if path[:1] in {(EXTENDS,), (LOCKS,)}:
        return True
    is_plain = value is not NOTHING and not isinstance(value, Mapping)
    return is_plain and layers.source_of(path).depth < base.sources[0].depth


def _read(layers: Layers, keys: Keys) -> tuple[Settings | None, list[Fault]]:
    """The settings, or pydantic's complaints; a number from the environment may have been meant as text."""
    try:
        return _settings(layers), []
    except ValidationError as error:
        complaints = [(path_in(layers.data, one["loc"])[0], one["type"]) for one in error.errors()]
        texts = [path for path, kind in complaints if kind == "string_type" and path in layers.overrides]
        faults = list(faults_of(error, layers.data, keys))
    if not texts:
        return None, faults
    for path in texts:
        layers = layers.as_text(path)
    try:
        return _settings(layers), []
    except ValidationError as error:
        return None, list(faults_of(error, layers.data, keys))


def _settings(layers: Layers) -> Settings:
    return read_table(Settings, {"store": {}, **layers.data}, folder=layers.folder)


def _located(faults: list[Fault], layers: Layers) -> dict[str, tuple[bool, int, int, str]]:
    """One sentence per path, the first that was found, and what the sentences are sorted by."""
    first: dict[TomlPath, Fault] = {}
    for fault in faults:
        first.setdefault(fault.path, fault)
    return {
        one_line(f"{layers.where(fault.path)}: {fault.sentence}"): layers.order(fault.path) for fault in first.values()
    }
