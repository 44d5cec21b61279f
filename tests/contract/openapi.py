"""Whether a request is one that Jira Cloud's own description allows: its path, its parameters, its body.

The description is test material outside the repository; where it is absent the tests that need it are skipped.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator
from referencing import Registry
from referencing.jsonschema import DRAFT4

from tests.external_data import SHARED, missing, skip_without

FILES = ("jira-cloud-platform-v3.json", "jira-cloud-platform-v2.json", "jira-software-cloud.json")


@dataclass(frozen=True)
class Operation:
    """One operation of a description, and the file it stands in."""

    file: str
    pattern: re.Pattern[str]
    method: str
    details: Mapping[str, Any]
    shared: tuple[Mapping[str, Any], ...]

    def parameters(self, where: str) -> dict[str, Mapping[str, Any]]:
        """The parameters that stand in the path or the query."""
        everything = (*self.shared, *self.details.get("parameters", ()))
        return {each["name"]: each for each in everything if each.get("in") == where}

    @property
    def body(self) -> Mapping[str, Any] | None:
        """The schema of the body, if it takes one."""
        content = (self.details.get("requestBody") or {}).get("content") or {}
        return (content.get("application/json") or {}).get("schema")


def complaints(method: str, path: str, query: Mapping[str, list[str]], body: Any) -> list[str]:
    """What is wrong with a request, in words; nothing if it is right."""
    operation = _operation(method, path)
    if operation is None:
        return [f"{method} {path}: no such operation"]
    known = operation.parameters("query")
    wrong = [f"{method} {path}: no query parameter {name}" for name in query if name not in known]
    missing = [name for name, each in known.items() if each.get("required") and name not in query]
    wrong += [f"{method} {path}: {name} is required" for name in missing]
    for name, values in query.items():
        wrong += [
            f"{method} {path}: {name}={value}: {why}" for value in values for why in _typed(known.get(name), value)
        ]
    if body is not None:
        if operation.body is None:
            return [*wrong, f"{method} {path}: takes no body"]
        wrong += [f"{method} {path}: {why}" for why in _errors(operation, body)]
    return wrong


def is_here() -> bool:
    """Whether the descriptions are there."""
    return not missing(*_paths())


def skip_unless_here() -> None:
    """Skip the test where the descriptions are absent."""
    skip_without(*_paths())


def _paths() -> tuple[Path, ...]:
    return tuple(SHARED / "openapi" / name for name in FILES)


def _errors(operation: Operation, body: Any) -> Iterator[str]:
    schema = {"$ref": f"urn:{operation.file}#{_pointer(operation)}"}
    validator = Draft4Validator(schema, registry=_registry())
    for error in validator.iter_errors(body):
        yield f"{'/'.join(map(str, error.path))}: {error.message[:200]}"


def _pointer(operation: Operation) -> str:
    return str(operation.details["x-here"]) + "/requestBody/content/application~1json/schema"


def _typed(parameter: Mapping[str, Any] | None, value: str) -> list[str]:
    kind = ((parameter or {}).get("schema") or {}).get("type")
    fits = {"integer": r"-?\d+", "boolean": "true|false"}.get(str(kind), r"[\s\S]*")
    return [] if re.fullmatch(fits, value) else [f"is no {kind}"]


def _operation(method: str, path: str) -> Operation | None:
    fitting = [each for each in _operations() if each.method == method and each.pattern.fullmatch(path)]
    return min(fitting, key=lambda each: each.pattern.pattern.count("[^/]+"), default=None)


@cache
def _operations() -> tuple[Operation, ...]:
    found = []
    for name in FILES:
        for path, item in _document(name)["paths"].items():
            pattern = re.compile(re.sub(r"\\\{[^/]+?\\\}", "[^/]+", re.escape(path)))
            for method in ("get", "put", "post", "delete"):
                if method in item:
                    here = f"/paths/{path.replace('~', '~0').replace('/', '~1')}/{method}"
                    details = {**item[method], "x-here": here.replace("{", "%7B").replace("}", "%7D")}
                    found.append(Operation(name, pattern, method.upper(), details, tuple(item.get("parameters", ()))))
    return tuple(found)


@cache
def _registry() -> Registry[Any]:
    resources = [(f"urn:{name}", DRAFT4.create_resource(_document(name))) for name in FILES]
    return Registry().with_resources(resources)


@cache
def _document(name: str) -> Any:
    return with_null(json.loads((SHARED / "openapi" / name).read_text(encoding="utf-8")))


def with_null(node: Any) -> Any:
    """OpenAPI 3.0 says `nullable` where JSON Schema lists the type null."""
    if isinstance(node, list):
        return [with_null(each) for each in node]
    if not isinstance(node, dict):
        return node
    plain = {key: with_null(value) for key, value in node.items()}
    if plain.get("nullable") is True and isinstance(plain.get("type"), str):
        plain["type"] = [plain["type"], "null"]
    elif plain.get("nullable") is True and "oneOf" in plain:
        plain["oneOf"] = [*plain["oneOf"], {"type": "null"}]
    return plain
