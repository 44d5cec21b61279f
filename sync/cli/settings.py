"""The commands of `readyline config`, and `doctor`."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from rules.capacity.shared_boards import shared_boards
from rules.wording import many
from sync.cli.terminal import Terminal
from sync.config import absences_of, meetings_of, partial_holidays_of, product_of, schema_json, vocabulary_of
from sync.errors import UsageError
from sync.reports.json_models import dump
from sync.sanitize import clip

if TYPE_CHECKING:
    from sync.reports.json_models.results import ConfigCheckDocument


def doctor(terminal: Terminal) -> None:
    """Print what was checked at the site; ends with the exit code that a run would have."""
    with terminal.busy("Reading the site"):
        from sync.doctor import examine, output

        checks = examine(terminal.settings(), os.environ, datetime.now(UTC))
    terminal.answer(
        text=lambda: output.as_table(checks),
        json=lambda: dump(output.as_document(checks)),
        markdown=lambda: output.as_markdown(checks),
    )
    raise typer.Exit(checks.exit_code)


def check(terminal: Terminal) -> None:
    """Print that no error was found, and which absences, holidays and boards are not counted. Raises `ConfigError`."""
    settings, today = terminal.settings(), datetime.now(UTC).date()
    vocabulary_of(settings)  # an unreadable template is an error
    files = [str(source.file) for source in settings.layers.sources]
    left_out = sorted(absences_of(settings, today).left_out, key=lambda one: one.is_meant)
    meetings_of(settings, today)  # its faults are those of the configuration, too
    holidays = partial_holidays_of(settings, today)
    shared = shared_boards(product_of(settings).teams)
    boards = [f"board {one.board} {one.fact}; name takes in [[teams]]" for one in shared]
    notes = (*(one.text for one in left_out), *holidays, *boards)
    lines = (f"{', '.join(files)}: no error found", *map(clip, notes))

    def document() -> "ConfigCheckDocument":
        from sync.reports.as_json import uncounted_parts
        from sync.reports.json_models.results import ConfigCheckDocument

        return ConfigCheckDocument(
            config=str(terminal.config),
            files=tuple(files),
            absences_left_out=uncounted_parts(left_out),
            partial_holidays=tuple(holidays),
            shared_boards=tuple(boards),
        )

    terminal.print_result("\n".join(lines), document)


def absences(terminal: Terminal) -> None:
    """Print every entry of the absence files. Raises `UsageError` where none is configured."""
    from sync.reports import absence_list

    settings = terminal.settings()
    files = [str(path) for path in settings.capacity.absences]
    if not files:
        raise UsageError("no absence file is configured; name files in [capacity] absences")
    entries = absences_of(settings, datetime.now(UTC).date()).entries
    listing = {file: [one for one in entries if one.file == file] for file in files}
    terminal.answer(
        text=lambda: absence_list.as_text(listing),
        json=lambda: dump(absence_list.document(listing)),
        markdown=lambda: absence_list.as_markdown(listing),
    )


def show(terminal: Terminal, team: str | None) -> None:
    """Print every effective value and its origin. Raises `ConfigError`, `UsageError`."""
    with terminal.busy("Reading the configuration"):
        from sync.reports import setting_list

        rows = terminal.effective(team)
    terminal.answer(
        text=lambda: setting_list.as_text(rows),
        json=lambda: dump(setting_list.document(rows)),
        markdown=lambda: setting_list.as_markdown(rows),
    )


def schema(terminal: Terminal) -> None:
    """Print the JSON Schema of the configuration."""
    with terminal.busy("Describing each option"):
        text = schema_json()
    terminal.say(text)


def copy_store(terminal: Terminal, file: Path) -> None:
    """Copy a store into the place that the configuration names. Raises `StoreError` and `Locked`."""
    from sync.config.store_place import store_of
    from sync.reports.json_models.results import StoreCopyDocument
    from sync.store.copying import copy
    from sync.store.sqlite import FilePlace

    target = store_of(terminal.settings())
    rows = copy(FilePlace(file), target)
    copied = ", ".join(f"{many(count, 'row')} of the {name}" for name, count in rows.items())
    terminal.print_result(f'Copied to "{target}": {copied}.', lambda: StoreCopyDocument(rows=rows))
