"""The TOML files of a configuration: the product's own file, and the shared files it extends.

    extends = "organisation.toml"

A table that both the product's file and a shared file have is merged key by key; the product's file wins. A list is
taken as a whole from the file nearest to the product. What a shared file locks is checked in `locks`.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sync.config.toml_lines import Places, TomlPath
from sync.errors import ConfigError

EXTENDS = "extends"
LOCKS = "locked"
OF_ONE_FILE = frozenset({EXTENDS, LOCKS})
"""Keys that belong to their own file and are never merged."""

_PATHS = (
    *(("store", "path"), ("capacity", "absences", int), ("reading", "templates", int)),
    *(("reports", int, "path"), ("notify", int, "path")),
)
_HINTS: Mapping[str, str] = {
    "Invalid value": "; write text in quotes, and true and false in lower case without quotes",
    "Illegal character '\\n'": "; close the quotes on the same line",
}


@dataclass(frozen=True, kw_only=True)
class Source:
    """One file: its path as given, its data and lines, and how many files lie between it and the product's own.

    `base` leads from the folder of the product's file to the folder of this one.
    """

    file: Path
    data: Mapping[str, Any]
    places: Places
    depth: int = 0
    base: Path = field(default_factory=Path)

    def place_of(self, path: TomlPath) -> str:
        """The file and line of a path: `config.toml:41`."""
        return f"{self.file}:{self.places.line_of(path)}"


def read_sources(path: Path) -> tuple[Source, ...]:
    """The product's file, then each file that the one before it extends.

    Raises `ConfigError` when a file is missing, is not valid TOML, or extends itself through others.
    """
    sources = [_read(path)]
    while True:
        last = sources[-1]
        extends = last.data.get(EXTENDS)
        if not isinstance(extends, str) or not extends.strip() or "\0" in extends:
            return tuple(sources)  # a value of another type is reported with all other faults
        file = last.file.parent / extends
        where = f'{last.place_of((EXTENDS,))}: {EXTENDS} = "{extends}"'
        if not file.is_file():
            raise ConfigError(f"{where}: no such file; a relative path starts at the folder of {last.file.name}")
        if any(file.resolve() == source.file.resolve() for source in sources):
            chain = " → ".join(str(source.file) for source in (*sources, Source(file=file, data={}, places=Places(""))))
            raise ConfigError(f"{where}: the files extend each other in a circle: {chain}")
        sources.append(_read(file, depth=len(sources), base=last.base / Path(extends).parent))


def _read(path: Path, *, depth: int = 0, base: Path = Path()) -> Source:
    text = _text(path)
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError(_broken(path, text, error)) from error
    return Source(file=path, data=data, places=Places(text), depth=depth, base=base)


def _text(path: Path) -> str:
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


def merged(sources: Sequence[Source]) -> tuple[dict[str, Any], dict[TomlPath, Source]]:
    """The data of all files, the first one winning, and the file of each value that is not a table."""
    data: dict[str, Any] = {}
    owners: dict[TomlPath, Source] = {}
    for source in reversed(sources):
        own = source is sources[0]
        table = {key: value for key, value in source.data.items() if own or key not in OF_ONE_FILE}
        _lay_over(data, table, source, owners, ())
    return data, owners


def _lay_over(
    below: dict[str, Any], above: Mapping[str, Any], source: Source, owners: dict[TomlPath, Source], path: TomlPath
) -> None:
    for key, value in above.items():
        here = (*path, key)
        if isinstance(value, Mapping) and isinstance(below.get(key), dict):
            _lay_over(below[key], value, source, owners, here)
            continue
        for inside in [owned for owned in owners if owned[: len(here)] == here]:
            del owners[inside]
        if isinstance(value, Mapping):
            below[key] = {}
            _lay_over(below[key], value, source, owners, here)
        else:
            below[key] = _relocated(deepcopy(value), source, here)
            owners[here] = source


def _relocated(value: Any, source: Source, path: TomlPath) -> Any:
    """The value, with relative paths in it starting at the folder of the product's file."""
    if isinstance(value, list):
        return [_relocated(one, source, (*path, number)) for number, one in enumerate(value)]
    if isinstance(value, dict):
        return {key: _relocated(one, source, (*path, key)) for key, one in value.items()}
    if isinstance(value, str) and value.strip() and not value.startswith("~") and _is_file_path(path):
        return str(source.base / value)
    return value


def _is_file_path(path: TomlPath) -> bool:
    return any(
        len(path) == len(shape)
        and all(isinstance(part, int) if word is int else part == word for part, word in zip(path, shape, strict=True))
        for shape in _PATHS
    )
