"""The help texts: one sentence a command and option, in standard terms."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer.main

from sync.cli.commands import app

FORBIDDEN = re.compile(
    r"\b(told|tells?|stands?|bears?|beside|whom|anew|mend(s|ed)?|hangs? on|nobody's|stand-in|shadow|diary|whole job"
    r"|pass(es)?|judges?|look(s|ing)? at|fault|is no|come to an end|take back|somebody's|speaks?)\b",
    re.IGNORECASE,
)
LONGEST = 20  # words in a sentence


def helps(command: Any = None, path: str = "readyline") -> Iterator[tuple[str, str]]:
    """Each command and option with its help text, as typer shows it."""
    command = command or typer.main.get_command(app)
    yield path, command.help or ""
    for parameter in command.params:
        if parameter.name != "help":
            yield f"{path} {parameter.name}", getattr(parameter, "help", None) or ""
    for name, sub in getattr(command, "commands", {}).items():
        yield from helps(sub, f"{path} {name}")


TEXTS = dict(helps())


@pytest.mark.parametrize("path", TEXTS)
def test_a_help_text_is_one_short_sentence(path: str) -> None:
    text = TEXTS[path]
    assert re.fullmatch(r"[A-Z][^\n]*[.?]", text)
    assert ". " not in text
    assert len(text.split()) <= LONGEST


@pytest.mark.parametrize("path", TEXTS)
def test_a_help_text_holds_no_forbidden_word(path: str) -> None:
    assert FORBIDDEN.search(TEXTS[path]) is None


@pytest.mark.parametrize("path", TEXTS)
def test_a_help_text_holds_nothing_that_the_help_page_reads_as_markup(path: str) -> None:
    assert "[" not in TEXTS[path]


def test_every_command_is_there() -> None:
    assert {"readyline", "readyline check", "readyline config show", "readyline undo"} <= TEXTS.keys()
