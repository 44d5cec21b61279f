"""The page of all commands with their arguments and options, from what the help shows.

Run as a program, it writes the page as Markdown: `python -m sync.cli.command_list --write docs/commands.md`.
"""

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import typer.main

from sync.cli.commands import app
from sync.cli.options import COMMON

SHARED = frozenset({*COMMON, "help"} - {"form"})
"""The parameters that every command has, by the names of the code; its formats differ."""


def as_page() -> str:
    """The whole page."""
    whole: Any = typer.main.get_command(app)
    parts = (
        "# Commands",
        "Written by `make docs` from the help of the commands; change it there.",
        "Each command also takes these options, before or behind its name:",
        _list(whole, [one for one in whole.params if one.name in SHARED]),
        *_sections(whole, "readyline"),
    )
    return "\n\n".join(parts) + "\n"


def _sections(command: Any, path: str) -> Iterator[str]:
    """The sections of a command, or of those below it, in the order of the help."""
    below = getattr(command, "commands", None)
    if below is not None:
        for name, one in below.items():
            yield from _sections(one, f"{path} {name}")
        return
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    yield f"## `{' '.join((path, *map(_argument, arguments)))}`"
    yield command.help
    own = [one for one in command.params if one not in arguments and one.name not in SHARED]
    if own:
        yield _list(command, own)


def _argument(argument: Any) -> str:
    """As it is typed: `KEY`, or `[RUN]` where it may be left out."""
    shown = argument.metavar or argument.name.upper()
    return shown if argument.required or shown.startswith("[") else f"[{shown}]"


def _list(command: Any, options: Iterable[Any]) -> str:
    """The options as the help names them, each with its sentence and its default."""
    records = (one.get_help_record(_context(command)) for one in options)
    return "\n".join(f"* `{names}`: {' '.join(text.split())}" for names, text in records)


def _context(command: Any) -> Any:
    return type(command).context_class(command)


def main() -> None:
    """Write the page."""
    parser = ArgumentParser(description="Write the page of all commands as Markdown.")
    parser.add_argument("--write", metavar="FILE", type=Path, required=True, help="the file to write")
    path: Path = parser.parse_args().write
    path.write_text(as_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
