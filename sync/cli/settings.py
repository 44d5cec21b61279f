"""The commands of `readyline config`, and those that look at a site: `init` and `doctor`."""

import os
from pathlib import Path

import typer

from sync.cli.terminal import Terminal
from sync.config import absences_of, partial_holidays_of, schema_json, vocabulary_of
from sync.doctor import examine
from sync.doctor import output as doctor_output
from sync.errors import UsageError
from sync.init import Wanted, run_init
from sync.init import output as init_output
from sync.reports import absence_list, as_json, as_text
from sync.run.context import now
from sync.sanitize import clip


def init(terminal: Terminal, wanted: Wanted, out: Path) -> None:
    """Write a configuration for a site, and print what was found. Raises `UsageError`."""
    with terminal.busy("Reading the site"):
        placed = run_init(wanted, out, os.environ)
    terminal.answer(
        text=lambda: init_output.as_text(placed), json=lambda: as_json.dump(init_output.as_document(placed))
    )


def doctor(terminal: Terminal) -> None:
    """Print what was checked at the site; ends with the exit code that a run would have."""
    with terminal.busy("Reading the site"):
        checks = examine(terminal.settings(), os.environ, now())
    terminal.answer(
        text=lambda: doctor_output.as_table(checks), json=lambda: as_json.dump(doctor_output.as_document(checks))
    )
    raise typer.Exit(checks.exit_code)


def check(terminal: Terminal) -> None:
    """Print that no error was found, and which absences and holidays are not counted. Raises `ConfigError`."""
    settings, today = terminal.settings(), now().date()
    vocabulary_of(settings)  # an unreadable template is an error
    files = [str(source.file) for source in settings.layers.sources]
    left_out = sorted(absences_of(settings, today).left_out, key=lambda one: one.is_meant)
    holidays = partial_holidays_of(settings, today)
    lines = (f"{', '.join(files)}: no error found", *(clip(one.text) for one in left_out), *map(clip, holidays))
    terminal.print_result(
        "\n".join(lines),
        "config-check",
        config=str(terminal.config),
        files=files,
        faults=[],
        absences_left_out=[part.model_dump() for part in as_json.uncounted_parts(left_out)],
        partial_holidays=list(holidays),
    )


def absences(terminal: Terminal) -> None:
    """Print every entry of the absence files. Raises `UsageError` where none is configured."""
    settings = terminal.settings()
    files = [str(path) for path in settings.capacity.absences]
    if not files:
        raise UsageError("no absence file is configured; name files in [capacity] absences")
    entries = absences_of(settings, now().date()).entries
    listing = {file: [one for one in entries if one.file == file] for file in files}
    terminal.answer(
        text=lambda: absence_list.as_text(listing),
        json=lambda: as_json.dump(absence_list.document(listing)),
        markdown=lambda: absence_list.as_markdown(listing),
    )


def show(terminal: Terminal, team: str | None) -> None:
    """Print every effective value and its origin. Raises `ConfigError`, `UsageError`."""
    rows = terminal.effective(team)
    terminal.answer(text=lambda: as_text.settings(rows), json=lambda: as_json.dump(as_json.settings_document(rows)))


def schema(terminal: Terminal) -> None:
    """Print the JSON Schema of the configuration."""
    terminal.say(schema_json())
