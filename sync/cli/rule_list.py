"""The rule catalogue as `readyline rules` prints it: every known rule, or one rule's page."""

import json
from difflib import get_close_matches
from typing import Any

from rich.table import Table
from rich.text import Text

from rules.rule_page import Page, page_of, page_text
from sync.config import known_rules
from sync.errors import UsageError


def pages(name: str | None = None) -> tuple[Page, ...]:
    """The pages of all known rules, or the one page that is asked for. Raises `UsageError` for an unknown name."""
    known = {rule.name: page_of(rule) for rule in known_rules()}
    if name is None:
        return tuple(known.values())
    found = known.get(name.removeprefix("ready."))
    if found is None:
        near = get_close_matches(name, known, n=1)
        guess = f'; did you mean "{near[0]}"?' if near else "; `readyline rules` lists them"
        raise UsageError(f'there is no rule "{name}"{guess}')
    return (found,)


def as_table(shown: tuple[Page, ...]) -> Table:
    """Name, usual severity and summary of each rule."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    for page in shown:
        grid.add_row(Text(page.path, "bold"), Text(_severity(page)), Text(page.summary))
    return grid


def as_page(page: Page) -> Text:
    """One rule's whole page."""
    return Text(page_text(page))


def as_document(shown: tuple[Page, ...]) -> str:
    """The same as JSON."""
    rules = [_data(page) for page in shown]
    return json.dumps({"schema": "readyline/rules/1", "rules": rules}, indent=2, ensure_ascii=False)


def _severity(page: Page) -> str:
    default = next((option.default for option in page.options if option.name == "severity"), "")
    return default.strip('"')


def _data(page: Page) -> dict[str, Any]:
    return {
        "rule": page.path,
        "severity": _severity(page),
        "summary": page.summary,
        "why": page.why,
        "fails": page.fails.text,
        "mended": page.fixed.text,
        "options": [{"name": o.name, "type": o.type, "default": o.default, "meaning": o.meaning} for o in page.options],
        "kinds": [kind.value for kind in page.kinds],
    }
