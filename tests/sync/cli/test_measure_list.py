"""`readyline rules` lists measures after rules, and prints a measure's page by its path."""

import json

import pytest

from rules.deep.measures import MEASURES
from rules.ready import RULES
from sync.cli.rule_list import as_document, as_page, as_table, pages
from sync.errors import UsageError
from sync.reports.json_models import dump


def test_measures_come_after_the_rules() -> None:
    paths = [page.path for page in pages()]

    assert paths[: len(RULES)] == [f"ready.{rule.name}" for rule in RULES]
    assert paths[-len(MEASURES) :] == [f"deep.{measure.name}" for measure in MEASURES]
    assert as_table(pages()).row_count == len(paths)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("deep.runway", "deep.runway"),
        ("runway", "deep.runway"),
        ("estimated", "ready.estimated"),
        ("deep.estimated", "deep.estimated"),
    ],
)
def test_a_page_is_found_by_path_or_name_and_a_bare_name_is_the_rules_first(name: str, path: str) -> None:
    (page,) = pages(name)

    assert page.path == path
    assert as_page(page).plain.startswith(path)


def test_a_misspelt_measure_gets_the_nearest_name() -> None:
    with pytest.raises(UsageError, match=r'there is no rule "deep.runwy"; did you mean "deep.runway"\?'):
        pages("deep.runwy")


def test_json_lists_measures_with_formula_examples_and_options() -> None:
    (measure,) = json.loads(dump(as_document(pages("deep.runway"))))["measures"]

    assert measure["rule"] == "deep.runway"
    assert measure["letter"] == "Detailed appropriately"
    assert all(measure[part] for part in ("title", "summary", "why", "formula", "good", "bad"))
    assert measure["options"][0] == {
        "name": "severity",
        "type": "info | off",
        "default": '"info"',
        "meaning": "Whether it is measured: info, or off.",
    }
