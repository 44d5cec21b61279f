"""The keys each table of the file may have, from the JSON Schema: for the nearest known key, and a key's meaning."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from sync.config.toml_lines import TomlPath, step


class Keys:
    """The keys each table may have, read from the JSON Schema of the whole file."""

    def __init__(self, schema: Callable[[], Mapping[str, Any]], data: object) -> None:
        self._make = schema
        self._data = data

    @cached_property
    def _schema(self) -> Mapping[str, Any]:
        # Only faults need it, and building it takes far longer than reading a file without a fault.
        return self._make()

    def at(self, path: TomlPath) -> list[str]:
        """The keys that the table at a path may have; none where any key is allowed."""
        return list(self._node(path).get("properties", {}))

    def meaning(self, path: TomlPath) -> str:
        """What the key at a path is for, as the end of a sentence; "" where it has no description."""
        own = self._node(path[:-1]).get("properties", {}).get(path[-1], {})
        meaning = own.get("description", "").rstrip(".")
        return f": {meaning[:1].lower()}{meaning[1:]}" if meaning else ""

    def kinds_at(self, path: TomlPath) -> list[str]:
        """The kinds a table may have, where its `kind` decides how it is read."""
        options = [self._plain(option, None) for option in self._node(path).get("oneOf", ())]
        return [option["properties"]["kind"]["const"] for option in options]

    def keys_of_kinds(self, path: TomlPath) -> list[str]:
        """The keys that a table may have under any `kind`."""
        options = (self._plain(option, None) for option in self._node(path).get("oneOf", ()))
        return list(dict.fromkeys(key for option in options for key in option.get("properties", {})))

    def elsewhere(self, key: str) -> str:
        """The one table, in its brackets, that has this key; "" if none or several have it."""
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
    """The part of the schema a reference points to."""
    part: Mapping[str, Any] = schema["$defs"][node["$ref"].rpartition("/")[2]]
    return part


def _below(node: Mapping[str, Any], part: str | int) -> Mapping[str, Any]:
    if isinstance(part, int):
        below = node.get("items", {})
    else:
        below = node.get("properties", {}).get(part, node.get("additionalProperties"))
    return below if isinstance(below, Mapping) else {}


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
