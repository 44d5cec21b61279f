"""The rules and measures as `readyline rules` prints them: all of them, or the page of one.

Run as a program, it writes the pages as Markdown files: `python -m sync.cli.rule_list --write docs/rules`.
"""

from argparse import ArgumentParser
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from rules.agent import RULES as AGENT_RULES
from rules.deep.measure_page import MeasurePage, measure_markdown, measure_page_of, measure_text
from rules.deep.measures import MEASURES
from rules.measured import Measured
from rules.rule_page import Option, Page, page_markdown, page_of, page_text
from rules.techniques import TECHNIQUES, technique_for
from sync.config import known_rules
from sync.errors import UsageError

if TYPE_CHECKING:
    from sync.reports.json_models.results import RulesDocument

INDEX = "README.md"
TIPS = "techniques.md"
WRITTEN_BY = "Written by `make docs` from the docstrings of rules and measures; change them there."

AnyPage = Page | MeasurePage


def pages(name: str | None = None) -> tuple[AnyPage, ...]:
    """The pages of all known rules and then of all measures, or the one page that is asked for.

    A bare name is that of a rule of the Definition of Ready where others share it. Raises `UsageError` for an unknown
    name.
    """
    every: tuple[AnyPage, ...] = (
        *map(page_of, known_rules()),
        *map(page_of, AGENT_RULES),
        *map(measure_page_of, MEASURES),
    )
    if name is None:
        return every
    by_name = {page.name: page for page in reversed(every)} | {page.path: page for page in every}
    page = by_name.get(name)
    if page is None:
        near = get_close_matches(name, by_name, n=1)
        guess = f'; did you mean "{near[0]}"?' if near else "; `readyline rules` lists them"
        raise UsageError(f'there is no rule "{name}"{guess}')
    return (page,)


def rule_paths(names: Iterable[str]) -> frozenset[str]:
    """The paths of the rules with these names. Raises `UsageError` for an unknown name, and for a measure."""
    paths = {name: pages(name.lower())[0].path for name in names}
    for name, path in paths.items():
        if path.startswith("deep."):
            raise UsageError(f'"{name}" is a measure of the whole backlog; name a rule, `readyline rules` lists them')
    return frozenset(paths.values())


def as_table(shown: tuple[AnyPage, ...]) -> Table:
    """Name, usual severity and summary of each rule and measure."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    for page in shown:
        grid.add_row(Text(page.path, "bold"), Text(_severity(page)), Text(page.summary))
    return grid


def as_page(page: AnyPage) -> Text:
    """The whole page of one rule or measure."""
    text = measure_text(page) if isinstance(page, MeasurePage) else page_text(page)
    technique = technique_for(page.path)
    return Text(f"{text}\nTechnique: {technique.whole}\n" if technique is not None else text)


def as_markdown(shown: tuple[AnyPage, ...]) -> str:
    """Their pages as Markdown, one after the other."""
    return "\n".join(map(_markdown, shown))


def _markdown(page: AnyPage) -> str:
    text = measure_markdown(page) if isinstance(page, MeasurePage) else page_markdown(page)
    technique = technique_for(page.path)
    return f"{text}\n## Technique\n\n{technique.whole}\n" if technique is not None else text


def as_json(shown: tuple[AnyPage, ...]) -> str:
    """The same as JSON."""
    from sync.reports.json_models import dump

    return dump(as_document(shown))


def as_document(shown: tuple[AnyPage, ...]) -> "RulesDocument":
    """The same as plain data."""
    from sync.reports.json_models.results import RulesDocument

    rules = [_rule(page) for page in shown if isinstance(page, Page)]
    measures = [_measure(page) for page in shown if isinstance(page, MeasurePage)]
    return RulesDocument.model_validate({"rules": rules, "measures": measures})


def as_files(shown: Iterable[AnyPage]) -> Mapping[str, str]:
    """One Markdown file a rule and a measure, and an index of all, by file name."""
    files: dict[str, str] = {}
    rows: dict[str, list[str]] = {"ready": [], "agent": [], "deep": []}
    for page in shown:
        # Names may be the same, so that only rules of the Definition of Ready leave out their set.
        file = f"{page.path.removeprefix('ready.')}.md"
        files[file] = _markdown(page)
        how = _severity(page) if isinstance(page, Page) else page.letter
        rows[page.path.partition(".")[0]].append(f"| [{page.path}]({file}) | {how} | {page.summary} |")
    parts = (
        "# Rules",
        WRITTEN_BY,
        "Each rule checks one point of the Definition of Ready.",
        "\n".join(("| Rule | Severity | What it checks |", "|---|---|---|", *rows["ready"])),
        "## Rules for coding agents",
        "Each says what a coding agent needs to begin. They are off by default; `[agent] enabled = true` asks them.",
        "\n".join(("| Rule | Severity | What it checks |", "|---|---|---|", *rows["agent"])),
        "## Measures",
        "Each measure of DEEP is one figure about the whole backlog.",
        "\n".join(("| Measure | Letter | What it measures |", "|---|---|---|", *rows["deep"])),
        f"[Techniques]({TIPS}) that help with what they find.",
    )
    return {INDEX: "\n\n".join(parts) + "\n", TIPS: _techniques(), **files}


def _techniques() -> str:
    """All techniques, each with the rules and measures that it helps with."""
    parts = ["# Techniques", "What people can do together about what rules and measures find."]
    for one in TECHNIQUES:
        links = ", ".join(f"[{rule}]({rule.removeprefix('ready.')}.md)" for rule in one.rules)
        parts += (f"## {one.name}", f"{one.text} ({one.source})", f"It helps with {links}.")
    return "\n\n".join(parts) + "\n"


def write_pages(folder: Path) -> None:
    """Write the pages of all rules and measures, those of other packages included, into a folder; made if missing."""
    files = as_files(pages())
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def _severity(page: AnyPage) -> str:
    default = next((option.default for option in page.options if option.name == "severity"), "")
    return default.strip('"')


def _rule(page: Page) -> dict[str, Any]:
    return {
        "rule": page.path,
        "severity": _severity(page),
        "summary": page.summary,
        "why": page.why,
        "fails": page.fails.text,
        "mended": page.fixed.text,
        "options": _options(page.options),
        "kinds": [kind.value for kind in page.kinds],
        "title": page.title,
        "failure": page.failure,
        "measured": _measured(page.measured),
        "technique": _technique(page.path),
    }


def _measured(measured: Measured | None) -> dict[str, Any] | None:
    return None if measured is None else asdict(measured) | {"complaints": measured.complaints}


def _technique(rule: str) -> str:
    technique = technique_for(rule)
    return technique.whole if technique is not None else ""


def _measure(page: MeasurePage) -> dict[str, Any]:
    return {
        "rule": page.path,
        "severity": _severity(page),
        "letter": page.letter,
        "title": page.title,
        "summary": page.summary,
        "why": page.why,
        "formula": page.formula,
        "good": page.good,
        "bad": page.bad,
        "technique": _technique(page.path),
        "options": _options(page.options),
    }


def _options(options: tuple[Option, ...]) -> list[dict[str, str]]:
    return [{"name": o.name, "type": o.type, "default": o.default, "meaning": o.meaning} for o in options]


if __name__ == "__main__":
    parser = ArgumentParser(description="Write the pages of rules and measures as Markdown files.")
    parser.add_argument("--write", type=Path, required=True, metavar="DIR", help="the folder, such as docs/rules")
    write_pages(parser.parse_args().write)
