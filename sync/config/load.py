"""From the file and the environment to `Settings`, or to every fault at once."""

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path

from pydantic import SecretStr, ValidationError

from sync.config.cross_checks import across_faults
from sync.config.faults import Fault, faults_of, one_line, path_in, read_table
from sync.config.layers import TOKEN, Layers, early_faults, read_layers
from sync.config.registry import Rules, known_rules
from sync.config.rule_layers import read_rulebook, rule_faults
from sync.config.schema import schema
from sync.config.schema_keys import Keys
from sync.config.settings import Settings
from sync.config.toml_lines import TomlPath
from sync.errors import ConfigError

_schema = cache(schema)


def load(path: Path, environ: Mapping[str, str], rules: Rules | None = None) -> Settings:
    """The checked configuration. Raises `ConfigError` with one sentence for each fault of file and environment.

    `rules` are those the configuration may name, all known ones by default.
    """
    return check(read_layers(path, environ), rules)


def check(layers: Layers, rules: Rules | None = None) -> Settings:
    """The settings of these layers. Raises `ConfigError`."""
    rules = known_rules() if rules is None else rules
    keys = Keys(partial(_schema, rules), layers.data)
    settings, faults = _read(layers, keys)
    faults = [*early_faults(layers), *faults, *across_faults(layers.data), *rule_faults(layers.data, rules, keys)]
    if faults or settings is None:
        raise ConfigError(*_sentences(faults, layers))
    rulebook, faults = read_rulebook(layers.data, rules, keys)
    if faults:
        raise ConfigError(*_sentences(faults, layers))
    token = SecretStr(layers.environ.get(TOKEN, "").strip())
    return settings.model_copy(update={"token": token}).read_from(layers, rulebook)


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


def _sentences(faults: list[Fault], layers: Layers) -> list[str]:
    """One sentence a path, the first that was found, from the top of the file to its end."""
    first: dict[TomlPath, Fault] = {}
    for fault in faults:
        first.setdefault(fault.path, fault)
    ordered = sorted(first.values(), key=lambda fault: layers.order(fault.path))
    return [one_line(f"{layers.where(fault.path)}: {fault.sentence}") for fault in ordered]
