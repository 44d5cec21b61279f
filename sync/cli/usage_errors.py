"""Usage errors of the command line: one sentence on stderr, exit code 2."""

import sys
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup

_Misused: type[Any] = typer.BadParameter.__mro__[1]  # "usage error"; typer exports only its subclasses
WRONG_USAGE = 2
KEYBOARD = 130  # 128 and the number of SIGINT, as shells count
_PREFIX = "Value error, "  # what pydantic puts before a message


class PlainUsageErrors(TyperGroup):
    """Commands whose usage errors are one sentence without a box, ending with the help command to run."""

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run the command and end the process."""
        extra["standalone_mode"] = False  # errors come here instead of being shown
        try:
            sys.exit(super().main(*args, **extra) or 0)
        except _Misused as wrong:
            sys.stderr.write(_sentence(wrong))
            sys.exit(WRONG_USAGE)
        except typer.Abort:
            sys.exit(KEYBOARD)


def _sentence(wrong: Any) -> str:
    message = str(wrong.format_message()).replace(_PREFIX, "").strip().rstrip(".")
    if not message:
        return ""  # no command given: the help is shown instead
    return f"{message}; see `{wrong.ctx.command_path} --help`\n"
