"""The published schemas: one for each document that a command prints, made from its model."""

import json
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from importlib import import_module
from pathlib import Path

import jsonschema
import pytest
from typer.main import get_command

from sync.cli import rule_list
from sync.cli.commands import app
from sync.cli.schemas import PRINTED, as_files, schema_of, write_schemas
from sync.reports.json_models import Part

ROOT = Path(__file__).parents[3]
PUBLISHED = ROOT / "docs" / "schemas"


PAGES = {"files"}
"""What a command prints whose `--out` writes pages."""
PRINTED_BY: Mapping[str, AbstractSet[str]] = {
    "demo": {"demo"},
    "init": {"init"},
    "doctor": {"doctor"},
    "check": {"check"},
    "lint": {"lint"},
    "capacity": {"capacity"},
    "forecast": {"forecast"},
    "plan": {"plan"},
    "planning": {"planning", "planning-team"} | PAGES,
    "sprint": {"sprint"} | PAGES,
    "refinement": {"refinement"} | PAGES,
    "seen": {"seen"},
    "discuss": {"topics"},
    "discussed": {"topics"},
    "review": {"review"} | PAGES,
    "epics": {"epics"} | PAGES,
    "accept": {"decisions"},
    "reject": {"decisions"},
    "promise": {"promises"},
    "keep": {"decisions"},
    "release": {"decisions"},
    "run": {"run", "cut-run"},
    "queue": {"queue"},
    "report": PAGES,
    "rules": {"rules"},
    "why": {"check"},
    "baseline": {"baseline"},
    "undo": {"undo"},
    "resume": {"resume"},
    "history": {"history", "runs"},
    "preview": {"preview"},
    "config check": {"config-check"},
    "config show": {"config"},
    "absences check": {"absences"},
    "store copy": {"store-copy"},
}
"""The documents of each command with `--format json`, by the names of their schemas."""
ONLY_WRITTEN = {"report"}
"""Documents that are no output of a command but a file."""
WITHOUT = {"mcp", "serve", "worker", "config schema"}
"""Commands that print no document: a protocol, log lines, a JSON Schema."""


def test_every_command_that_prints_has_json_with_a_published_schema() -> None:
    names: set[str] = set()

    def visit(group: object, above: str = "") -> None:
        for name, one in group.commands.items():  # type: ignore[attr-defined]  # typer has its own classes of click
            if hasattr(one, "commands"):
                visit(one, f"{above}{name} ")
            else:
                names.add(f"{above}{name}")
                (option,) = (each for each in one.params if each.name == "form")
                has_json = "json" in {form.value for form in option.type_descriptor.annotation}
                assert has_json or f"{above}{name}" in WITHOUT

    visit(get_command(app))
    assert names == {*PRINTED_BY, *WITHOUT}
    assert set().union(*PRINTED_BY.values()) == set(PRINTED) - ONLY_WRITTEN


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
