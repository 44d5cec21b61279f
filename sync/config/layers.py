"""The file and the environment as one set of unchecked data, and the place of each value."""

import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sync.config.faults import Fault
from sync.config.toml_lines import NOTHING, Places, TomlPath, leaves, step, value_at
from sync.errors import ConfigError

PREFIX = "READYLINE__"
TOKEN = "READYLINE_TOKEN"  # noqa: S105 - the name of the variable, not what it holds

_SECRET_KEY = re.compile(r"(?i)(?:.*[_-])?(?:token|password|passwd|secret|api_?key|pat|credentials?)")
_SECRET_VALUE = re.compile(r"ATATT3|ATCTT3|xox[abprs]-|hooks\.slack\.com/services/|(?:://|^)[^/\s:@]+:[^/\s:@]+@")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|")
_CHOSEN_KEYS = ("tracker", "types")  # people choose these keys: a type of issue may be called Token
_HINTS: Mapping[str, str] = {
    "Invalid value": "; write text in quotes, and true and false in lower case without quotes",
    "Illegal character '\\n'": "; close the quotes on the same line",
}


@dataclass(frozen=True, slots=True)
class Override:
    """A value from the environment: the variable's name and its text."""

    variable: str
    text: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Layers:
    """The file with the environment's values in it.

    `file` is the path as given, `data` the merged values, `places` the lines of the file, and `overrides` the
    environment's values by path.
    """

    file: Path
    data: Mapping[str, Any]
    places: Places
    overrides: Mapping[TomlPath, Override]
    environ: Mapping[str, str] = field(repr=False)

    @property
    def folder(self) -> Path:
        """Where relative paths start."""
        return self.file.parent

    def override_of(self, path: TomlPath) -> Override | None:
        """The environment's value at this path, around it or, where the file has nothing at the path, inside it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.overrides:
                return self.overrides[path[:length]]
        if self.places.holds(path):
            return None
        return next((override for place, override in self.overrides.items() if place[: len(path)] == path), None)

    def where(self, path: TomlPath) -> str:
        """The place of a value: `config.toml:41`, or the name of the environment variable."""
        override = self.override_of(path)
        return override.variable if override else f"{self.file}:{self.places.line_of(path)}"

    def order(self, path: TomlPath) -> tuple[bool, int, str]:
        """The sort key of faults: the file from top to bottom, then the environment."""
        override = self.override_of(path)
        return (True, 0, override.variable) if override else (False, self.places.line_of(path), "")

    def as_text(self, path: TomlPath) -> "Layers":
        """These layers with the environment's value at this path as text."""
        data = deepcopy(dict(self.data))
        _put(data, path, self.overrides[path].text)
        return replace(self, data=data)


def read_layers(path: Path, environ: Mapping[str, str]) -> Layers:
    """Read file and environment. Raises `ConfigError` when the file is missing or not valid TOML."""
    text = _read(path)
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError(_broken(path, text, error)) from error
    return with_environment(Layers(file=path, data=data, places=Places(text), overrides={}, environ={}), environ)


def with_environment(layers: Layers, environ: Mapping[str, str]) -> Layers:
    """The layers with the values of an environment."""
    data = deepcopy(dict(layers.data))
    overrides: dict[TomlPath, Override] = {}
    for variable in sorted(environ):
        if variable.startswith(PREFIX):
            name, text = _whole(variable), _whole(environ[variable])
            overrides[_put_named(data, name, text)] = Override(name, text)
    return replace(layers, data=data, overrides=overrides, environ=environ)


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigError(
            f"{path}: no such file; write one from config.example.toml, "
            "let `readyline init` write it, or name yours with --config"
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from error
    except OSError as error:
        raise ConfigError(f"{path}: the file cannot be read ({error.strerror}); check its path and rights") from error


def _broken(path: Path, text: str, error: Exception) -> str:
    place = re.search(r"\(at line (\d+), column (\d+)\)|\(at end of document\)", str(error))
    message = re.sub(r"\s*\(at [^)]*\)", "", str(error)) or "nested too deeply"
    if place is None or place[1] is None:
        return f"{path}:{text.count(chr(10)) + 1}: not valid TOML: {message}"
    twice = re.search(r"\('(product|tracker)',\) twice", message)
    if twice:
        message = f"[{twice[1]}] appears twice; there is exactly one {twice[1]}"
    message += _HINTS.get(message, "")
    return f"{path}:{place[1]}: not valid TOML (column {place[2]}): {message}"


def _whole(text: str) -> str:
    """The text with bytes that are not UTF-8, which Python keeps as lone surrogates, made visible."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _put_named(data: dict[str, Any], variable: str, text: str) -> TomlPath:
    """Put the value of one variable into the data; names match keys in any case, numbers are list positions."""
    path: list[str | int] = []
    here: object = data
    for word in variable.removeprefix(PREFIX).split("__"):
        part = _part_of(here, word)
        path.append(part)
        here = step(here, part)
    _put(data, tuple(path), _toml_value(text))
    return tuple(path)


def _part_of(here: object, word: str) -> str | int:
    if isinstance(here, list) and word.isascii() and word.isdigit():
        return int(word[:6])
    keys = here if isinstance(here, Mapping) else ()
    return next((key for key in keys if key.lower() == word.lower()), word.lower())


def _put(data: Any, path: TomlPath, value: object) -> None:
    """Set a value, creating tables on the way; a value in the way stays, and `early_faults` reports it."""
    here = data
    for part in path[:-1]:
        if isinstance(here, dict):
            here.setdefault(part, {})
        here = step(here, part)
    if isinstance(here, dict) or step(here, path[-1]) is not NOTHING:
        here[path[-1]] = value


def _toml_value(text: str) -> object:
    try:
        read = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):
        return text
    return read["value"] if len(read) == 1 else text


def early_faults(layers: Layers) -> Iterator[Fault]:
    """What no section may contain: secrets, and numbers that are not finite or too large."""
    for path in layers.overrides:
        if value_at(layers.data, path) is NOTHING:
            yield Fault(path, "no table or list entry to set this in; the first entry of a list is 0")
    for path, value in leaves(layers.data):
        secret = _secret(path, value, layers)
        if secret:
            yield Fault(path, secret)
        elif isinstance(value, float) and not math.isfinite(value):
            yield Fault(path, "must be a finite number", value)
        elif isinstance(value, int) and abs(value) >= 2**63:
            yield Fault(path, "is too large a number")


def _secret(path: TomlPath, value: object, layers: Layers) -> str:
    """What is wrong with a secret at this path, "" if there is none."""
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    named = bool(_SECRET_KEY.fullmatch(key)) and path[:2] != _CHOSEN_KEYS
    if layers.override_of(path) is not None and named:
        return f"is a secret; set {TOKEN} instead"
    if named or (isinstance(value, str) and _SECRET_VALUE.search(value)):
        place = "here" if layers.override_of(path) is not None else "in this file"
        advice = f"delete it here and set {TOKEN} (or the variable named in *_env) in the environment"
        return f"contains a secret, and secrets do not belong {place}; {advice}"
    if key.endswith("_env") and isinstance(value, str) and not _VARIABLE.fullmatch(value):
        return "must be the name of an environment variable; put the secret into that variable"
    return ""
