"""What the command line itself complains about, in the program's own way: one sentence on stderr, exit code 2."""

import sys
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup

_Misused: type[Any] = typer.BadParameter.__mro__[1]  # "wrong usage"; typer names only what stands below it
WRONG_USAGE = 2
KEYBOARD = 130  # 128 and the number of SIGINT, as shells count
_TAKEN_BACK = "Value error, "  # what pydantic puts before a sentence


class PlainUsageErrors(TyperGroup):
    """A command, option or value that does not exist is told without a box, and with the command that says more."""

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Call the command and end the process."""
        extra["standalone_mode"] = False  # errors come here instead of being shown
        try:
            sys.exit(super().main(*args, **extra) or 0)
        except _Misused as wrong:
            sys.stderr.write(_sentence(wrong))
            sys.exit(WRONG_USAGE)
        except typer.Abort:
            sys.exit(KEYBOARD)


def _sentence(wrong: Any) -> str:
    said = str(wrong.format_message()).replace(_TAKEN_BACK, "").strip().rstrip(".")
    if not said:
        return ""  # no command at all: the help has been shown instead
    return f"{said}; `{wrong.ctx.command_path} --help` says what there is\n"
