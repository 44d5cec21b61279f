"""Errors on the terminal: one sentence, and never a secret."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from sync.cli.options import command
from sync.cli.terminal import Terminal
from sync.cli.usage_errors import PlainUsageErrors
from sync.errors import NotifyError, ReadylineError
from tests.sync.config.files import RIGHT, written

SECRET = "s3cr3t-token"
HOOK = "https://hooks.example.com/services/T0/very-secret"
NOTIFY = '\n[[notify]]\nkind = "webhook"\nurl_env = "CHAT"\n'


def ended(folder: Path, *words: str, raising: Exception) -> tuple[int, str]:
    app = typer.Typer(pretty_exceptions_enable=False)

    @app.command()
    @command
    def fail(terminal: Terminal) -> None:
        terminal.settings()
        raise raising

    config = written(folder, RIGHT + NOTIFY)
    runner = CliRunner()
    result = runner.invoke(app, ["-c", str(config), *words], env={"READYLINE_TOKEN": f" {SECRET}\n", "CHAT": HOOK})
    return result.exit_code, result.stderr


@pytest.mark.parametrize("words", [(), ("-q",), ("-v",), ("-vv",)], ids=["plain", "-q", "-v", "-vv"])
@pytest.mark.parametrize(
    ("kind", "code"), [(NotifyError, NotifyError.exit_code), (ReadylineError, 1), (ValueError, 70)]
)
def test_no_secret_of_the_environment_is_ever_in_an_error(
    tmp_path: Path, words: tuple[str, ...], kind: type[Exception], code: int
) -> None:
    cause = OSError(f"401 for Bearer {SECRET}")
    error = kind(f"{HOOK} was refused, as was {SECRET}")
    error.__cause__ = cause

    found, message = ended(tmp_path, *words, raising=error)

    assert found == code
    assert "was refused" in message
    assert SECRET not in message
    assert "very-secret" not in message


def test_an_internal_error_is_one_sentence_that_says_what_to_do(tmp_path: Path) -> None:
    code, message = ended(tmp_path, raising=KeyError("board"))
    assert code == 70
    assert message == "internal error (KeyError: 'board'); please report it with the output of -vv\n"


def test_control_characters_of_an_error_are_shown_and_not_obeyed(tmp_path: Path) -> None:
    _, message = ended(tmp_path, raising=ReadylineError("one\x1b[2J\u202e"))
    assert message == "one\\x1b[2J\\x202e\n"


@pytest.mark.parametrize(
    ("words", "variable", "colour"),
    [((), None, True), (("--no-color",), None, False), ((), "please", False), ((), "", True)],
    ids=["usual", "--no-color", "NO_COLOR", "empty NO_COLOR"],
)
def test_there_are_no_colours_with_the_option_or_with_any_value_of_the_variable(
    words: tuple[str, ...], variable: str | None, *, colour: bool
) -> None:
    seen = []
    app = typer.Typer()

    @app.command()
    @command
    def show(terminal: Terminal) -> None:
        seen.append(terminal.console.no_color)

    assert CliRunner().invoke(app, list(words), env={"NO_COLOR": variable}).exit_code == 0
    assert seen == [not colour]


def test_a_command_that_is_stopped_with_ctrl_c_ends_with_130() -> None:
    app = typer.Typer(cls=PlainUsageErrors)
    app.callback()(lambda: None)

    @app.command()
    @command
    def check(terminal: Terminal) -> None:
        raise KeyboardInterrupt

    ended = CliRunner().invoke(app, ["check"])
    assert (ended.exit_code, ended.stdout) == (130, "")


def test_a_command_without_a_page_has_no_markdown_and_does_nothing_when_asked_for_it() -> None:
    app = typer.Typer()

    @app.command()
    @command
    def serve(terminal: Terminal) -> None:
        raise AssertionError(terminal)

    ended = CliRunner().invoke(app, ["--format", "markdown"])
    assert (ended.exit_code, ended.stdout, "markdown" in ended.stderr) == (2, "", True)
