"""From the file and the environment to `Settings`, or to every fault at once."""

import json
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path

from pydantic import SecretStr, ValidationError

from sync.config.cross_checks import across_faults
from sync.config.faults import Fault, faults_of, one_line, path_in
from sync.config.layers import TOKEN, Layers, early_faults, read_layers
from sync.config.rule_layers import rule_faults
from sync.config.rule_registry import Rules, known_rules
from sync.config.schema import schema
from sync.config.schema_keys import Keys
from sync.config.settings import Settings
from sync.config.toml_lines import TomlPath
from sync.errors import ConfigError

_schema = cache(schema)


def load(path: Path, environ: Mapping[str, str], rules: Rules | None = None) -> Settings:
    """The checked configuration. Raises `ConfigError` with one sentence for each fault of file and environment.

    `rules` are those the configuration may speak of, all known ones by default.
    """
    return check(read_layers(path, environ), rules)


def check(layers: Layers, rules: Rules | None = None) -> Settings:
    """The settings these layers say. Raises `ConfigError`."""
    rules = known_rules() if rules is None else rules
    keys = Keys(partial(_schema, rules), layers.data)
    faults = list(early_faults(layers))
    settings, found = _read(layers, keys)
    faults += [*found, *across_faults(layers.data), *rule_faults(layers.data, rules, keys)]
    if faults or settings is None:
        raise ConfigError(*_sentences(faults, layers))
    return settings.model_copy(update={"token": SecretStr(layers.environ.get(TOKEN, "").strip())})


def _read(layers: Layers, keys: Keys) -> tuple[Settings | None, list[Fault]]:
    """The settings, or what pydantic has to say; a number from the environment may have been meant as text."""
    try:
        return _settings(layers), []
    except ValidationError as error:
        told = [(path_in(layers.data, one["loc"])[0], one["type"]) for one in error.errors()]
        texts = [path for path, kind in told if kind == "string_type" and path in layers.overrides]
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
    # Read as JSON because only there strict means what TOML means: a list may become a set, "8" no number.
    text = json.dumps({"store": {}, **layers.data}, default=str)
    return Settings.model_validate_json(text, strict=True, context={"folder": layers.folder})


def _sentences(faults: list[Fault], layers: Layers) -> list[str]:
    """One sentence a path, the first that was found, from the top of the file to its end."""
    first: dict[TomlPath, Fault] = {}
    for fault in faults:
        first.setdefault(fault.path, fault)
    ordered = sorted(first.values(), key=lambda fault: layers.order(fault.path))
    return [one_line(f"{layers.where(fault.path)}: {fault.sentence}") for fault in ordered]
