"""The JSON Schema that editors get."""

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from rules.ready import RULES
from sync.config import schema, schema_json
from sync.config.registry import PRESETS
from tests.sync.config.files import RIGHT

BROKEN = Path(__file__).parent / "broken"


def errors(text: str) -> list[Any]:
    data = json.loads(json.dumps(tomllib.loads(text), default=str))
    return list(jsonschema.Draft202012Validator(schema()).iter_errors(data))


def test_it_is_a_schema_and_says_so() -> None:
    whole = json.loads(schema_json())

    jsonschema.Draft202012Validator.check_schema(whole)
    assert whole["$schema"] == jsonschema.Draft202012Validator.META_SCHEMA["$id"]
    assert "token" not in whole["properties"]


def test_it_holds_every_rule_with_the_meaning_of_each_option() -> None:
    whole = schema()
    tables = whole["$defs"]["RulesSettings"]["properties"]["ready"]["properties"]

    assert list(tables) == [rule.name for rule in RULES]
    for rule in RULES:
        assert set(tables[rule.name]["properties"]) == {*rule.model_fields, "locked"}
    assert whole["$defs"]["RulesSettings"]["properties"]["preset"]["enum"] == list(PRESETS)


def test_every_key_says_what_it_means() -> None:
    """An editor shows it, and a complaint about a missing key repeats it; a rule may take it from its base."""
    for name, part in schema()["$defs"].items():
        for key, child in part.get("properties", {}).items():
            if not name.startswith("rule ") and "$ref" not in child:
                assert child.get("description"), f"{name}.{key}"


def test_a_right_file_passes() -> None:
    assert errors(RIGHT) == []


@pytest.mark.parametrize(
    "name",
    [
        "misspelt_section",
        "misspelt_option",
        "unknown_rule",
        "unknown_severity",
        "unknown_preset",
        "wrong_types",
        "out_of_range",
        "two_owners",
        "two_backlogs",
        "product_missing",
        "unknown_tracker",
        "unknown_report",
        "lock_of_a_team",
        "bad_choice",
    ],
)
def test_what_an_editor_can_see_it_marks(name: str) -> None:
    assert errors((BROKEN / f"{name}.toml").read_text(encoding="utf-8"))
