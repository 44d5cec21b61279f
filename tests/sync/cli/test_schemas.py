"""The published schemas: one for each document that a command prints, made from its model."""

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import jsonschema
import pytest

from sync.cli import rule_list
from sync.cli.schemas import PRINTED, as_files, schema_of, write_schemas
from sync.reports.json_models import Part

ROOT = Path(__file__).parents[3]
PUBLISHED = ROOT / "docs" / "schemas"


def documents() -> Iterator[type[Part]]:
    """Every model in the sources that names its schema."""
    for path in sorted(ROOT.glob("sync/**/*.py")):
        if "schema_: Literal[" in path.read_text(encoding="utf-8"):
            module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
            found = (one for one in vars(module).values() if isinstance(one, type) and issubclass(one, Part))
            yield from (one for one in found if one.__module__ == module.__name__ and "schema_" in one.model_fields)


def test_every_document_is_published() -> None:
    assert set(PRINTED.values()) == set(documents())


def test_the_published_schemas_are_those_of_the_models(tmp_path: Path) -> None:
    """After a change: `make docs`."""
    write_schemas(tmp_path)
    made = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert made == as_files()
    assert made == {path.name: path.read_text(encoding="utf-8") for path in PUBLISHED.glob("*.json")}


@pytest.mark.parametrize("name", PRINTED)
def test_a_schema_is_a_schema_and_names_its_document(name: str) -> None:
    schema = schema_of(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["properties"]["schema"]["const"] == f"readyline/{name}/1"
    assert schema["required"][0] == "schema"


def test_the_pages_of_rules_satisfy_their_schema() -> None:
    printed = rule_list.as_json(rule_list.pages())
    assert printed.startswith('{\n  "schema": "readyline/rules/1",\n')
    jsonschema.Draft202012Validator(schema_of("rules")).validate(json.loads(printed))


def test_the_pages_of_rules_are_markdown_as_in_the_documentation() -> None:
    shown = rule_list.as_markdown(rule_list.pages("estimated"))
    assert shown == (ROOT / "docs" / "rules" / "estimated.md").read_text(encoding="utf-8")
