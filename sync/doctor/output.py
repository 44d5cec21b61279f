"""The result of `readyline doctor` as a table, as Markdown, and as the JSON document `readyline/doctor/1`."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from rules.wording import many
from sync.doctor.check import Check, Examination, State
from sync.reports.json_models import Part
from sync.reports.json_models import Text as Sound
from sync.reports.markdown import escape, table_head, table_row
from sync.sanitize import clip, visible

_LONGEST_NAME = 36  # a team's name may be any length; the sentences need the room
_STYLES = {State.OK: "green", State.WARNING: "yellow", State.FAILED: "bold red", State.UNKNOWN: "dim"}


class CheckPart(Part):
    """One check."""

    name: Sound
    state: Literal["ok", "warning", "failed", "unknown"]
    sentence: Sound
    todo: Sound
    """What to do and who can; "" for nothing."""


class DoctorDocument(Part):
    """The output of `doctor --format json`."""

    schema_: Literal["readyline/doctor/1"] = Field(default="readyline/doctor/1", alias="schema")
    exit_code: int
    checks: tuple[CheckPart, ...]
    account: Sound = ""
    """The account of the token, "" where the site did not say."""
    name: Sound = ""
    """Its name."""


def as_document(examination: Examination) -> DoctorDocument:
    """The checks in their order."""
    checks = tuple(CheckPart(**_words(check)) for check in examination.checks)
    return DoctorDocument(
        exit_code=examination.exit_code, checks=checks, account=examination.account, name=examination.name
    )


def as_table(examination: Examination) -> RenderableType:
    """One line per check, what to do below it, and the count."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    for check in examination.checks:
        sentence = Text(visible(check.sentence))
        if check.todo:
            sentence.append(f"\n→ {visible(check.todo)}", "dim")
        name = Text(clip(check.name, _LONGEST_NAME), "bold")
        grid.add_row(Text(check.state.value, _STYLES[check.state]), name, sentence)
    return Group(grid, Text(), Text(f"{', '.join(_counted(examination))}."))


def as_markdown(examination: Examination) -> str:
    """The same as Markdown."""
    rows = (table_row(*map(escape, (one.state.value, one.name, one.sentence, one.todo))) for one in examination.checks)
    table = (*table_head("State", "Check", "Result", "What to do"), *rows)
    return "\n".join((*table, "", f"{', '.join(_counted(examination))}.")) + "\n"


def _counted(examination: Examination) -> Iterator[str]:
    yield f"{examination.count(State.OK)} ok"
    warnings = examination.count(State.WARNING)
    if warnings:
        yield many(warnings, "warning")
    if unknown := examination.count(State.UNKNOWN):
        yield f"{unknown} unknown"
    failed = examination.count(State.FAILED)
    yield f"{failed} failed" if failed else "nothing failed"


def _words(check: Check) -> dict[str, str]:
    return {"name": check.name, "state": check.state.value, "sentence": check.sentence, "todo": check.todo}
