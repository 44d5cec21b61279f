"""Issues that people write, with the right reading: `tests/cases/*/input.jsonl` with their `expected.json`."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from rules.evaluate import judge_text
from rules.issue_kinds import kind_of_type
from rules.model import Kind
from rules.rule import Severity
from rules.verdict import Verdict
from sync.config import default_ruleset
from sync.lint_input.json_records import read_lines
from sync.markup import read

CASES = Path(__file__).parents[1] / "cases"
FILES = sorted(CASES.glob("*/input.jsonl"))


@cache
def verdicts(path: Path) -> Mapping[str, Verdict]:
    """What `readyline lint` says of a file, by id, where a rule that is off by default is switched on."""
    texts = read_lines(path.read_text("utf-8"), path.name)
    standard = default_ruleset()
    asked = (
        rule.model_copy(update={"severity": Severity.INFO}) if rule.severity is Severity.OFF else rule
        for rule in standard.product
    )
    rules = replace(standard, product=tuple(asked))
    return {
        text.id: judge_text(text.title, read(text.text, text.markup), kind_of_type(text.type), rules, None, key=text.id)
        for text in texts
    }


def cases() -> list[Any]:
    """Each issue with its file and what is right about it."""
    return [
        pytest.param(path, name, right, id=f"{path.parent.name[:2]} {name}")
        for path in FILES
        for name, right in json.loads((path.parent / "expected.json").read_text("utf-8")).items()
    ]


@pytest.mark.parametrize(("path", "name", "right"), cases())
def test_an_issue_is_read_as_it_is_meant(path: Path, name: str, right: dict[str, Any]) -> None:
    verdict = verdicts(path)[name]
    evidence = " ".join(quote.text for finding in verdict.findings for quote in finding.evidence)
    facts = {key: value for key, value in right.items() if not key.startswith(("evidence", "findings"))}

    assert len(verdict.findings) >= right.get("findings_at_least", 0)
    assert right.get("evidence_contains", "") in evidence
    assert right.get("evidence_lacks", "\0") not in evidence
    assert {"verdict": verdict.state.value, **asdict(verdict.facts)}.items() >= facts.items()


def test_a_picture_in_place_of_criteria_is_named() -> None:
    text = read("Guests pay by card.\n\nh3. Acceptance Criteria\n!criteria.png|thumbnail!\n", "wiki")
    verdict = judge_text("Pay by card", text, Kind.STORY, default_ruleset())

    assert "The acceptance criteria are only a picture." in [finding.message for finding in verdict.findings]
