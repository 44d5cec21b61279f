"""Whether requests and answers of GitHub's REST interface are those that its own description allows.

The description is cut to the paths that a tracker needs. It is test material outside the repository.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any
from urllib.parse import quote

from jsonschema import Draft4Validator
from referencing import Registry
from referencing.jsonschema import DRAFT4

from tests.contract.openapi import with_null
from tests.external_data import SHARED, skip_without

FILE = SHARED / "openapi" / "github-rest-cut.json"


def skip_unless_here() -> None:
    """Skip the test where the description is absent."""
    skip_without(FILE)


def complaints(method: str, path: str, query: Mapping[str, str], body: Any, status: int, answer: Any) -> list[str]:
    """What is wrong with a request and its answer, in words; nothing if both are right."""
    found = _operation(method, path)
    if found is None:
        return [f"{method} {path}: no such operation"]
    where, details, shared = found
    parameters = [_resolved(one) for one in (*shared, *details.get("parameters", ()))]
    known = {one["name"] for one in parameters if one["in"] == "query"}
    wrong = [f"no query parameter {name}" for name in query if name not in known]
    if body is not None:
        wrong += _errors(f"{where}/requestBody/content/application~1json/schema", body)
    if str(status) not in details["responses"]:
        wrong.append(f"never answers {status}")
    elif answer is not None and "content" in details["responses"][str(status)]:
        wrong += _errors(f"{where}/responses/{status}/content/application~1json/schema", answer)
    return [f"{method} {path}: {why}" for why in wrong]


def _resolved(node: Any) -> Any:
    if "$ref" not in node:
        return node
    found: Any = _document()
    for part in node["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    return found


def _operation(method: str, path: str) -> tuple[str, Mapping[str, Any], list[Any]] | None:
    for name, item in _document()["paths"].items():
        pattern = re.sub(r"\\\{[^/]+?\\\}", "[^/]+", re.escape(name))
        if re.fullmatch(pattern, path) and method.lower() in item:
            where = f"/paths/{quote(name.replace('~', '~0').replace('/', '~1'), safe='~')}/{method.lower()}"
            return where, item[method.lower()], item.get("parameters", [])
    return None


def _errors(pointer: str, value: Any) -> Iterator[str]:
    validator = Draft4Validator({"$ref": f"urn:github#{pointer}"}, registry=_registry())
    for error in validator.iter_errors(value):
        yield f"{'/'.join(map(str, error.path))}: {error.message[:200]}"


@cache
def _registry() -> Registry[Any]:
    return Registry().with_resources([("urn:github", DRAFT4.create_resource(_document()))])


@cache
def _document() -> Any:
    return with_null(json.loads(FILE.read_text(encoding="utf-8")))
