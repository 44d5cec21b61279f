"""The JSON Schema of the whole file with the rules' options: for editors, and for naming the nearest key."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rules.rule import ReadyRule
from sync.config.registry import PRESETS, Rules, known_rules
from sync.config.rule_layers import LOCKED
from sync.config.settings import Settings

if TYPE_CHECKING:
    from rules.deep.measure import DeepMeasure

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(rules: Rules | None = None) -> dict[str, Any]:
    """The JSON Schema of the file with these rules, all known ones by default."""
    from rules.deep.measures import MEASURES

    whole = Settings.model_json_schema(mode="validation")
    parts = whole["$defs"]
    rules = known_rules() if rules is None else rules
    for rule in rules:
        options = rule.model_json_schema(ref_template="#/$defs/{model}")
        parts |= options.pop("$defs", {})
        options["description"] = _summary(rule)
        parts[_name(rule)] = options
    tables = {rule.name: {"$ref": f"#/$defs/{_name(rule)}"} for rule in rules}
    for part in ("KindRules", "TeamRules"):
        parts[part]["properties"]["ready"] |= _closed(tables)
    parts["RulesSettings"]["properties"]["ready"] |= _closed({rule.name: _lockable(parts, rule) for rule in rules})
    parts["RulesSettings"]["properties"]["deep"] |= _closed({one.name: _measure(parts, one) for one in MEASURES})
    parts["RulesSettings"]["properties"]["preset"]["enum"] = list(PRESETS)
    return {"$schema": DIALECT, **whole, "title": "readyline configuration"}


def schema_json() -> str:
    """The JSON Schema as text."""
    return json.dumps(schema(), indent=2, ensure_ascii=False)


def _name(rule: type[ReadyRule]) -> str:
    return f"rule {rule.name}"


def _summary(rule: "type[ReadyRule | DeepMeasure]") -> str:
    return (rule.__doc__ or "").strip().partition("\n")[0]


def _measure(parts: dict[str, Any], measure: "type[DeepMeasure]") -> dict[str, Any]:
    options = measure.model_json_schema(ref_template="#/$defs/{model}")
    parts |= options.pop("$defs", {})
    return {**options, "description": _summary(measure)}


def _closed(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}


def _lockable(parts: Mapping[str, Any], rule: type[ReadyRule]) -> dict[str, Any]:
    options = parts[_name(rule)]
    locked = {"type": "boolean", "default": False, "description": "Keep teams from loosening this rule."}
    return {**options, "properties": {**options["properties"], LOCKED: locked}}
