"""The base of everything that a table of the configuration sets: a frozen record whose fields explain themselves.

The text below a field is its meaning. Pages and schemas show it. It is read from the source when one of them asks, and
pydantic builds a model when its first value is read: together, both would take half of every start.
"""

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Any

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler


class Documented(BaseModel):
    """A model whose JSON Schema has the text below each field as its description."""

    model_config = ConfigDict(defer_build=True)

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        shape = handler(core_schema)
        properties = handler.resolve_ref_schema(shape).get("properties", {})
        for name, info in cls.model_fields.items():
            shown = properties.get(info.alias or name, properties.get(name))
            if shown is not None and (text := meaning(cls, name)):
                shown.setdefault("description", text)
        return shape


class Options(Documented):
    """A table of the configuration: frozen, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def meaning(model: type[BaseModel], field: str) -> str:
    """What a field means, "" where nothing says it; a model that only changes a default inherits the text."""
    for base in model.__mro__:
        if issubclass(base, BaseModel) and (text := _texts_of(base.__module__).get(base.__qualname__, {}).get(field)):
            return text
    return model.model_fields[field].description or ""


@cache
def _texts_of(module: str) -> Mapping[str, Mapping[str, str]]:
    """The text below each field of each class of a module, by the qualified name of the class."""
    try:
        tree = ast.parse(inspect.getsource(sys.modules[module]))
    except (KeyError, OSError, TypeError):  # a program without its source has no texts
        return {}
    return {name: dict(_texts_in(body)) for name, body in _classes(tree, "")}


def _classes(tree: ast.Module | ast.ClassDef | ast.FunctionDef, prefix: str) -> Iterator[tuple[str, ast.ClassDef]]:
    """Every class with its qualified name, also those in classes and functions."""
    for node in tree.body:
        match node:
            case ast.ClassDef(name=name):
                yield f"{prefix}{name}", node
                yield from _classes(node, f"{prefix}{name}.")
            case ast.FunctionDef(name=name):
                yield from _classes(node, f"{prefix}{name}.<locals>.")


def _texts_in(body: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, text in pairwise(body.body):
        match field, text:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(written))):
                yield name, inspect.cleandoc(written)
            case _:
                pass
