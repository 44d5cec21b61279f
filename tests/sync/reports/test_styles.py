"""The style sheets have no rule that no page uses."""

import re
from pathlib import Path

import pytest

from rules.plan.outcome import Result
from sync.reports.as_html import SIGNALS
from sync.reports.epics.as_html import CLASSES
from sync.reports.pages.team import LEVELS
from sync.reports.planning.as_html import SHAPES

FOLDER = Path(__file__).parents[3] / "sync" / "reports" / "templates"
TEMPLATES = "".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.html.j2")))
MADE = {
    *SHAPES.values(),
    *SIGNALS.values(),
    *LEVELS.values(),
    *CLASSES.values(),
    *Result,
    "key",
}  # classes that a value has
USED = {*re.findall(r"[\w-]+", TEMPLATES), *MADE}
SHEETS = sorted(path.name for path in FOLDER.glob("*.css"))


@pytest.mark.parametrize("name", SHEETS)
def test_every_class_of_a_style_sheet_is_in_a_template(name: str) -> None:
    text = re.sub(r"/\*.*?\*/", "", (FOLDER / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    selectors = re.findall(r"([^{}]+)\{", text)
    classes = {found for one in selectors for found in re.findall(r"\.([A-Za-z][\w-]*)", one) if "@" not in one}

    assert sorted(classes - USED) == []


def test_every_variable_is_used() -> None:
    sheets = "".join((FOLDER / name).read_text(encoding="utf-8") for name in SHEETS)
    made = set(re.findall(r"(--[\w-]+):", sheets))

    assert sorted(name for name in made if f"var({name})" not in sheets + TEMPLATES) == []
