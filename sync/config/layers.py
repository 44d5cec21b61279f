"""The files and the environment as one set of unchecked data, and the place of each value."""

import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sync.config.faults import Fault
from sync.config.sources import OF_ONE_FILE, Source, merged, read_sources
from sync.config.toml_lines import NOTHING, TomlPath, leaves, step, value_at
from sync.trackers.token import TOKEN

PREFIX = "READYLINE__"

_SECRET_KEY = re.compile(r"(?i)(?:.*[_-])?(?:token|password|passwd|secret|api_?key|pat|credentials?)")
_SECRET_VALUE = re.compile(
    r"ATATT3|ATCTT3|xox[abprs]-|hooks\.slack\.com/services/|://[^/\s:@]*:[^/\s]+@|^[^/\s:@]+:[^/\s:@]+@|[?&]password="
)
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|")
_CHOSEN_KEYS = ("tracker", "types")  # people choose these keys: a type of issue may be called Token


@dataclass(frozen=True, slots=True)
class Override:
    """A value from the environment: the variable's name and its text."""

    variable: str
    text: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Layers:
    """The files, laid over each other, with the environment's values in them.

    `sources` begins with the product's own file. `data` holds the merged values, `owners` the file of each value that
    is not a table, and `overrides` the environment's values by path.
    """

    sources: tuple[Source, ...]
    data: Mapping[str, Any]
    owners: Mapping[TomlPath, Source] = field(default_factory=dict)
    overrides: Mapping[TomlPath, Override] = field(default_factory=dict)
    environ: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, *sources: Source) -> "Layers":
        """The layers of these files, without an environment."""
        data, owners = merged(sources)
        return cls(sources=sources, data=data, owners=owners)

    @property
    def folder(self) -> Path:
        """Where relative paths start."""
        return self.sources[0].file.parent

    def below(self) -> Iterator["Layers"]:
        """The layers without the product's file, then without the file under it, and so on."""
        for depth in range(1, len(self.sources)):
            yield Layers.of(*self.sources[depth:])

    def source_of(self, path: TomlPath) -> Source:
        """The file that decides about a path, or about the nearest table or list around it."""
        around = [path[:length] for length in range(len(path), 0, -1)]
        owner = next((self.owners[place] for place in around if place in self.owners), None)
        holders = (source for place in around for source in self.sources if source.places.holds(place))
        return owner or next(holders, self.sources[0])

    def override_of(self, path: TomlPath) -> Override | None:
        """The environment's value at this path, around it or, where no file has anything at the path, inside it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.overrides:
                return self.overrides[path[:length]]
        if any(source.places.holds(path) for source in self.sources):
            return None
        return next((override for place, override in self.overrides.items() if place[: len(path)] == path), None)

    def where(self, path: TomlPath) -> str:
        """The place of a value: `config.toml:41`, or the name of the environment variable."""
        override = self.override_of(path)
        return override.variable if override else self.source_of(path).place_of(path)

    def order(self, path: TomlPath) -> tuple[bool, int, int, str]:
        """The sort key of faults: each file from top to bottom, the product's first, then the environment."""
        override = self.override_of(path)
        if override:
            return (True, 0, 0, override.variable)
        source = self.source_of(path)
        return (False, source.depth, source.places.line_of(path), "")

    def as_text(self, path: TomlPath) -> "Layers":
        """These layers with the environment's value at this path as text."""
        data = deepcopy(dict(self.data))
        _put(data, path, self.overrides[path].text)
        return replace(self, data=data)


def read_layers(path: Path, environ: Mapping[str, str]) -> Layers:
    """Read the files and the environment. Raises `ConfigError` when a file is missing or not valid TOML."""
    return with_environment(Layers.of(*read_sources(path)), environ)


def with_environment(layers: Layers, environ: Mapping[str, str]) -> Layers:
    """The layers with the values of an environment."""
    data = deepcopy(dict(layers.data))
    overrides: dict[TomlPath, Override] = {}
    for variable in sorted(environ):
        if variable.startswith(PREFIX):
            name, text = _whole(variable), _whole(environ[variable])
            overrides[_put_named(data, name, text)] = Override(name, text)
    return replace(layers, data=data, overrides=overrides, environ=environ)


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
        if path[0] in OF_ONE_FILE:
            yield Fault(path, "can only be set in a file")
        elif value_at(layers.data, path) is NOTHING:
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
