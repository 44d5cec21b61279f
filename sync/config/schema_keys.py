"""What each table of the file may hold, read from the JSON Schema: for naming the nearest key, and a key's meaning."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from sync.config.toml_lines import TomlPath


class _Nothing:
    """Stands for "no value", which in data could be confused with an empty one."""


NOTHING = _Nothing()


class Keys:
    """Which keys each table may hold, read from the JSON Schema of the whole file."""

    def __init__(self, schema: Callable[[], Mapping[str, Any]], data: object) -> None:
        self._make = schema
        self._data = data

    @cached_property
    def _schema(self) -> Mapping[str, Any]:
        # Only complaints need it, and making it takes far longer than reading a file without a fault.
        return self._make()

    def at(self, path: TomlPath) -> list[str]:
        """The keys that the table at a path may hold; none where anything goes."""
        return list(self._node(path).get("properties", {}))

    def meaning(self, path: TomlPath) -> str:
        """What the key at a path is for, as the end of a sentence; "" where nothing is said."""
        own = self._node(path[:-1]).get("properties", {}).get(path[-1], {})
        said = own.get("description", "").rstrip(".")
        return f": {said[:1].lower()}{said[1:]}" if said else ""

    def kinds_at(self, path: TomlPath) -> list[str]:
        """The kinds that a table may be of, where its `kind` says how it is read."""
        options = [self._plain(option, None) for option in self._node(path).get("oneOf", ())]
        return [option["properties"]["kind"]["const"] for option in options]

    def elsewhere(self, key: str) -> str:
        """A table, written with its brackets, that knows this key; "" if none or several do."""
        homes = {home for home in _homes(self._schema, self._schema, key, (), set()) if home}
        return f"[{homes.pop()}]" if len(homes) == 1 else ""

    def _node(self, path: TomlPath) -> Mapping[str, Any]:
        node, data = self._plain(self._schema, self._data), self._data
        for part in path:
            data = step(data, part)
            node = self._plain(_below(node, part), data)
        return node

    def _plain(self, node: Mapping[str, Any], data: object) -> Mapping[str, Any]:
        """The node itself with references followed and, among alternatives, the one whose `kind` is the data's."""
        while "$ref" in node:
            node = resolve(self._schema, node)
        for word in ("oneOf", "anyOf"):
            options = [self._plain(option, data) for option in node.get(word, ())]
            kind = data.get("kind") if isinstance(data, Mapping) else None
            for option in options:
                if option.get("properties", {}).get("kind", {}).get("const", kind) == kind:
                    return option
        return node


def resolve(schema: Mapping[str, Any], node: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a reference of the schema names."""
    found: Mapping[str, Any] = schema["$defs"][node["$ref"].rpartition("/")[2]]
    return found


def _below(node: Mapping[str, Any], part: str | int) -> Mapping[str, Any]:
    if isinstance(part, int):
        found = node.get("items", {})
    else:
        found = node.get("properties", {}).get(part, node.get("additionalProperties"))
    return found if isinstance(found, Mapping) else {}


def _homes(
    schema: Mapping[str, Any], node: Mapping[str, Any], key: str, path: tuple[str, ...], seen: set[str]
) -> Iterator[str]:
    if "$ref" in node:
        if node["$ref"] in seen:
            return
        yield from _homes(schema, resolve(schema, node), key, path, seen | {node["$ref"]})
        return
    if key in node.get("properties", {}):
        yield ".".join(path)
    for name, child in node.get("properties", {}).items():
        yield from _homes(schema, child, key, (*path, name), seen)


def step(data: object, part: str | int) -> object:
    """What stands at one key or place of a table or list, `NOTHING` if nothing does."""
    if isinstance(data, Mapping) and part in data:
        return data[part]
    if isinstance(data, list) and isinstance(part, int) and 0 <= part < len(data):
        return data[part]
    return NOTHING


def found(data: object, path: TomlPath) -> object:
    """What stands at a path, `NOTHING` if nothing does."""
    for part in path:
        data = step(data, part)
    return data
