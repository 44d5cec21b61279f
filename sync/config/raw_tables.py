"""The configuration as it is written, before it is checked.

What has another form than it should counts as missing: the section that it is in reports it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sync.config.toml_lines import TomlPath, value_at


def table_at(data: object, path: TomlPath) -> Mapping[str, Any]:
    """The table at a path, empty where there is none."""
    table = value_at(data, path)
    return table if isinstance(table, Mapping) else {}


def list_at(data: object, path: TomlPath) -> list[Any]:
    """The list at a path, empty where there is none."""
    value = value_at(data, path)
    return value if isinstance(value, list) else []


def text_at(data: object, path: TomlPath) -> str:
    """The text at a path, "" where there is none."""
    value = value_at(data, path)
    return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A table in a list, and its path in the file."""

    path: TomlPath
    table: Mapping[str, Any]

    def text(self, key: str) -> str:
        """The text under a key, "" where there is none."""
        return text_at(self.table, (key,))

    @property
    def name(self) -> str:
        """Its name, "" where it has none or one that is not text."""
        return self.text("name")

    def entries(self, key: str) -> Iterator["Entry"]:
        """The tables of a list in it."""
        return _entries(list_at(self.table, (key,)), (*self.path, key))


def entries_in(data: Mapping[str, Any], key: str) -> Iterator[Entry]:
    """The tables of a list at the top of the file."""
    return _entries(list_at(data, (key,)), (key,))


def _entries(tables: list[Any], path: TomlPath) -> Iterator[Entry]:
    return (Entry((*path, number), table) for number, table in enumerate(tables) if isinstance(table, Mapping))
