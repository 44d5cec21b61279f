"""The rules as `readyline rules` prints them: all of them, or one rule's page.

Run as a program, it writes the pages as Markdown files: `python -m sync.cli.rule_list --write docs/rules`.
"""

import json
from argparse import ArgumentParser
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from rules.rule_page import Page, page_markdown, page_of, page_text
from sync.config import known_rules
from sync.errors import UsageError

INDEX = "README.md"
WRITTEN_BY = "Written by `make docs` from the rules' docstrings; change them there."


def pages(name: str | None = None) -> tuple[Page, ...]:
    """The pages of all known rules, or the one page that is asked for. Raises `UsageError` for an unknown name."""
    by_name = {rule.name: page_of(rule) for rule in known_rules()}
    if name is None:
        return tuple(by_name.values())
    page = by_name.get(name.removeprefix("ready."))
    if page is None:
        near = get_close_matches(name, by_name, n=1)
        guess = f'; did you mean "{near[0]}"?' if near else "; `readyline rules` lists them"
        raise UsageError(f'there is no rule "{name}"{guess}')
    return (page,)


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


def as_files(shown: Iterable[Page]) -> Mapping[str, str]:
    """One Markdown file a rule and an index of all, by file name."""
    pages_shown = tuple(shown)
    rows = (f"| [{page.path}]({page.name}.md) | {_severity(page)} | {page.summary} |" for page in pages_shown)
    head = ("# Rules", WRITTEN_BY, "Each rule checks one point of the Definition of Ready.")
    table = ("| Rule | Severity | What it checks |", "|---|---|---|", *rows)
    index = "\n\n".join((*head, "\n".join(table))) + "\n"
    return {INDEX: index, **{f"{page.name}.md": page_markdown(page) for page in pages_shown}}


def write_pages(folder: Path) -> None:
    """Write the pages of all known rules, those of other packages included, into a folder; it is made if missing."""
    files = as_files(pages())
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


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
        "title": page.title,
        "failure": page.failure,
    }


if __name__ == "__main__":
    parser = ArgumentParser(description="Write the rules' pages as Markdown files.")
    parser.add_argument("--write", type=Path, required=True, metavar="DIR", help="the folder, such as docs/rules")
    write_pages(parser.parse_args().write)
