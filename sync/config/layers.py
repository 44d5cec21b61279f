"""What the file and the environment say, before anybody checks it, and where each value stands."""

import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sync.config.faults import Fault
from sync.config.schema_keys import NOTHING, found, step
from sync.config.toml_lines import Places, TomlPath
from sync.errors import ConfigError

PREFIX = "READYLINE__"
TOKEN = "READYLINE_TOKEN"  # noqa: S105 - the name of the variable, not what it holds

_SECRET_KEY = re.compile(r"(?i)(?:.*[_-])?(?:token|password|passwd|secret|api_?key|pat|credentials?)")
_SECRET_VALUE = re.compile(r"ATATT3|ATCTT3|xox[abprs]-|hooks\.slack\.com/services/|(?:://|^)[^/\s:@]+:[^/\s:@]+@")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|")
_CHOSEN_KEYS = ("tracker", "types")  # here people choose the keys: a type of issue may well be called Token
_HINTS: Mapping[str, str] = {
    "Invalid value": "; text stands in quotes, and true and false are written small and without",
    "Illegal character '\\n'": "; a text in quotes ends on its line",
}


@dataclass(frozen=True, slots=True)
class Override:
    """A value from the environment: the variable's name, and its text where that can also be read as a TOML value."""

    variable: str
    text: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Layers:
    """The file and the environment laid over each other.

    `file` is the path as it was given, `data` what both say together, `places` the lines of the file, and
    `overrides` what came from the environment, by path.
    """

    file: Path
    data: Mapping[str, Any]
    places: Places
    overrides: Mapping[TomlPath, Override]
    environ: Mapping[str, str] = field(repr=False)

    @property
    def folder(self) -> Path:
        """Where relative paths count from."""
        return self.file.parent

    def override_of(self, path: TomlPath) -> Override | None:
        """The environment's word on this path, on what is around it, or, where the file is silent, inside it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.overrides:
                return self.overrides[path[:length]]
        if self.places.holds(path):
            return None
        return next((override for place, override in self.overrides.items() if place[: len(path)] == path), None)

    def where(self, path: TomlPath) -> str:
        """Where a value stands: `config.toml:41`, or the name of the environment variable."""
        override = self.override_of(path)
        return override.variable if override else f"{self.file}:{self.places.line_of(path)}"

    def order(self, path: TomlPath) -> tuple[bool, int, str]:
        """By which faults are sorted: the file from top to bottom, then the environment."""
        override = self.override_of(path)
        return (True, 0, override.variable) if override else (False, self.places.line_of(path), "")

    def as_text(self, path: TomlPath) -> "Layers":
        """The same with the environment's value at this path taken as the text it was."""
        data = deepcopy(dict(self.data))
        _put(data, path, self.overrides[path].text)
        return replace(self, data=data)


def read_layers(path: Path, environ: Mapping[str, str]) -> Layers:
    """Read file and environment. Raises `ConfigError` when the file is missing or no TOML."""
    text = _read(path)
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError(_broken(path, text, error)) from error
    return laid_over(Layers(file=path, data=data, places=Places(text), overrides={}, environ={}), environ)


def laid_over(layers: Layers, environ: Mapping[str, str]) -> Layers:
    """The layers with an environment laid over them."""
    data = deepcopy(dict(layers.data))
    overrides: dict[TomlPath, Override] = {}
    for variable in sorted(environ):
        if variable.startswith(PREFIX):
            name, said = _whole(variable), _whole(environ[variable])
            overrides[_put_named(data, name, said)] = Override(name, said)
    return replace(layers, data=data, overrides=overrides, environ=environ)


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigError(
            f"{path}: there is no such file; write one from config.example.toml, "
            "let `readyline init` write it, or name yours with --config"
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from error
    except OSError as error:
        raise ConfigError(f"{path}: the file cannot be read ({error.strerror}); check its path and rights") from error


def _broken(path: Path, text: str, error: Exception) -> str:
    place = re.search(r"\(at line (\d+), column (\d+)\)|\(at end of document\)", str(error))
    said = re.sub(r"\s*\(at [^)]*\)", "", str(error)) or "it is nested too deeply"
    if place is None or place[1] is None:
        return f"{path}:{text.count(chr(10)) + 1}: this is no TOML: {said}"
    twice = re.search(r"\('(product|tracker)',\) twice", said)
    if twice:
        said = f"[{twice[1]}] stands there twice; there is exactly one {twice[1]}"
    said += _HINTS.get(said, "")
    return f"{path}:{place[1]}: this is no TOML (column {place[2]}): {said}"


def _whole(text: str) -> str:
    """The text with bytes that are no UTF-8, which Python lets through as halves of characters, made visible."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _put_named(data: dict[str, Any], variable: str, text: str) -> TomlPath:
    """Lay one variable over the data; names meet keys without regard to case, numbers count in lists."""
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
    """Set a value, making tables on the way; what stands in its way stays, and `early_faults` tells it."""
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
    """What no section may hold: secrets in the file, and numbers that are none."""
    for path in layers.overrides:
        if found(layers.data, path) is NOTHING:
            yield Fault(path, "there is no table or list entry to set this in; the first entry of a list is 0")
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
        return f"is a secret of its own name; set {TOKEN} instead"
    if named or (isinstance(value, str) and _SECRET_VALUE.search(value)):
        place = "here" if layers.override_of(path) is not None else "in this file"
        advice = f"delete it here, and set {TOKEN} (or the variable named in *_env) in the environment"
        return f"holds a secret, and secrets are never {place}; {advice}"
    if key.endswith("_env") and isinstance(value, str) and not _VARIABLE.fullmatch(value):
        return "must be the name of an environment variable; what it is to hold belongs into that variable"
    return ""


def leaves(data: object, path: TomlPath = ()) -> Iterator[tuple[TomlPath, object]]:
    """Every value that is neither table nor list, with its path, in the order of the file."""
    pairs: Any = ()
    if isinstance(data, Mapping):
        pairs = data.items()
    elif isinstance(data, list):
        pairs = enumerate(data)
    else:
        yield path, data
    for part, value in pairs:
        yield from leaves(value, (*path, part))
