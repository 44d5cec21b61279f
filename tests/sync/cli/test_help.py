"""The help texts: one sentence a command and option, in standard terms."""

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner, Result

from sync.cli.commands import Sort, app
from sync.reports.selection import Order

FORBIDDEN = re.compile(
    r"\b(told|tells?|stands?|bears?|beside|whom|anew|mend(s|ed)?|hangs? on|nobody's|stand-in|shadow|diary|whole job"
    r"|pass(es)?|judges?|look(s|ing)? at|fault|is no|come to an end|take back|somebody's|speaks?)\b",
    re.IGNORECASE,
)
LONGEST = 20  # words in a sentence
ROOT = Path(__file__).parents[3]
EXAMPLE, README = ROOT / "config.example.toml", ROOT / "README.md"


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


def invoked(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def test_the_version_is_shown() -> None:
    shown = invoked("--version")
    assert (shown.exit_code, shown.stdout) == (0, f"readyline {version('readyline')}\n")


@pytest.mark.parametrize("words", [(), ("check",), ("config",), ("config", "show")], ids=" ".join)
def test_the_short_option_for_help_shows_the_help(words: tuple[str, ...]) -> None:
    assert invoked(*words, "-h").stdout == invoked(*words, "--help").stdout != ""


@pytest.mark.parametrize(
    ("before", "behind", "begins"),
    [
        (("--format", "json"), (), "{"),
        ((), ("--format", "json"), "{"),
        (("--format", "json"), ("--format", "text"), "ready.acceptance"),
        (("-q", "--no-color"), (), "ready.acceptance"),
    ],
)
def test_common_options_stand_before_or_behind_the_command_and_those_behind_have_the_last_word(
    before: tuple[str, ...], behind: tuple[str, ...], begins: str
) -> None:
    shown = invoked(*before, "rules", "acceptance", *behind)
    assert (shown.exit_code, shown.stdout.lstrip("# ")[: len(begins)]) == (0, begins)


def test_a_format_before_the_command_that_it_does_not_have_is_named() -> None:
    shown = invoked("--format", "csv", "rules")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "`rules` has no format csv; choose one of text, json" in shown.stderr


def test_a_shell_completes_the_names_of_commands() -> None:
    typed = {"_READYLINE_COMPLETE": "complete_bash", "COMP_WORDS": "readyline ch", "COMP_CWORD": "1"}
    assert CliRunner().invoke(app, [], prog_name="readyline", env=typed).stdout.split() == ["check"]


def test_the_configuration_before_the_command_comes_before_the_variable(tmp_path: Path) -> None:
    missing = tmp_path / "missing.toml"
    shown = CliRunner().invoke(
        app, ["-c", str(missing), "config", "check"], env={"READYLINE_CONFIG": str(tmp_path / "other.toml")}
    )
    assert shown.exit_code == 2
    assert "missing.toml" in shown.stderr


@pytest.mark.parametrize("words", [("--version",), ("-h",), ("check", "-h"), ("chekc",), ("check", "--nothing")])
def test_help_and_usage_errors_load_nothing_that_only_a_command_needs(words: tuple[str, ...]) -> None:
    """So that they answer at once: the settings, the clients and the reports take most of the time to start."""
    loaded = loaded_by(*words)
    assert not loaded & {"jira", "atlassian", "structlog", "requests", "sync.config", "sync.reports", "rules.model"}


@pytest.mark.parametrize("words", [("rules",), ("config", "show", "-c", str(EXAMPLE)), ("lint", str(README))])
def test_a_command_without_a_tracker_loads_neither_the_clients_nor_the_run(words: tuple[str, ...]) -> None:
    """What takes longest to load: two clients, the web and calendar libraries, all reports and the run itself."""
    ours = {"sync.run.run", "sync.store", "sync.reports.as_json"}
    assert not loaded_by(*words) & {"jira", "atlassian", "requests", "jinja2", "icalendar", *ours}


def loaded_by(*words: str) -> set[str]:
    """The modules that a command loads, in a process of its own."""
    seen = "import sys; sys.argv[0] = 'readyline'\ntry:\n    from sync.cli.commands import main; main()\nfinally:\n"
    ended = subprocess.run(
        [sys.executable, "-c", f"{seen}    print('LOADED', *sorted(sys.modules), file=sys.stderr)", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    loaded = set(ended.stderr.partition("LOADED")[2].split())
    assert "typer" in loaded
    return loaded


def test_at_the_end_of_the_program_its_memory_is_not_collected_piece_by_piece() -> None:
    """The collection of a whole backlog would take a fifth of the time of a command."""
    program = """
import atexit, gc, sys
atexit.register(lambda: print(gc.get_freeze_count() > 0))
from sync.cli.commands import main
sys.argv = ["readyline", "--version"]
main()
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == "True"


def test_each_order_of_the_option_is_one_of_the_report() -> None:
    assert [order.value for order in Sort] == [order.value for order in Order]


def test_every_command_is_there() -> None:
    assert {"readyline", "readyline check", "readyline config show", "readyline undo"} <= TEXTS.keys()


def test_a_shell_completes_commands() -> None:
    """The shell asks as `readyline --install-completion` teaches it to."""
    asked = {"_READYLINE_COMPLETE": "complete_bash", "COMP_WORDS": "readyline re", "COMP_CWORD": "1"}
    ended = CliRunner().invoke(app, [], prog_name="readyline", env=asked)
    assert set(ended.stdout.split()) == {"refinement", "reject", "release", "report", "resume", "review"}
