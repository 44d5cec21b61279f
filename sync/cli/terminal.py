"""The terminal side of all commands: output, progress and errors.

Answers go to stdout, logs and errors to stderr. With `--format json` stdout holds one document and nothing else.
What only some commands need is loaded when they ask for it: a command answers after what it uses is loaded.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, NoReturn
from zoneinfo import ZoneInfo

import typer
from rich.console import Console, RenderableType
from rich.text import Text

from sync.cli.exit_codes import FAULT
from sync.cli.formats import Form
from sync.errors import ReadylineError, UsageError
from sync.logs import forget_facts, get_logger, hidden, set_up
from sync.progress import followed_by
from sync.reports.blocks import plain

if TYPE_CHECKING:
    from rules.verdict import Verdict
    from sync.config import Row, Settings
    from sync.reports.base import RunReport, Threshold
    from sync.reports.json_models import Part
    from sync.run.context import RunContext
    from sync.store import Store

LONG = 3.0
"""Seconds from which on it is said how long something took."""
TOKEN = "READYLINE_TOKEN"  # noqa: S105 - the name of the variable, not what it holds


@dataclass(frozen=True, kw_only=True)
class Terminal:
    """The common options of a command, and its output.

    `secrets` never appear on stderr: the token from the start, the others once the configuration names their variables.
    A waiver in the configuration that ended before `today` is a fault, without a day none is.
    """

    config: Path
    form: Form
    verbosity: int
    colour: bool
    today: date | None = field(default_factory=date.today)
    secrets: set[str] = field(default_factory=lambda: _held_by((TOKEN,)), repr=False)

    @property
    def console(self) -> Console:
        """The console for output; plain in a pipe or with --no-color."""
        return Console(no_color=not self.colour, highlight=False)

    def log(self, verbosity: int) -> None:
        """Log to stderr at this level, see `sync.logs.set_up`; secrets are hidden."""
        set_up(verbosity=verbosity, secrets=self.secrets)

    def has_config(self) -> bool:
        """Whether the configuration file exists."""
        return self.config.exists()

    def heading(self, text: str) -> None:
        """Print a title line above the output."""
        if self.form is Form.TEXT:
            self.console.rule(Text(text, "bold"), align="left")

    def settings(self) -> "Settings":
        """The checked configuration, read once per command. Raises `ConfigError` with every fault."""
        return self._settings

    @cached_property
    def _settings(self) -> "Settings":
        return self.read(self.config, today=self.today)

    def read(self, file: Path, *, today: date | None = None) -> "Settings":
        """The checked configuration in a file, whose secrets are hidden from then on. Raises `ConfigError`."""
        from sync.config import load, secret_variables_of

        settings = load(file, os.environ, today=today)
        self.secrets.update(_held_by(secret_variables_of(settings)))
        return settings

    def effective(self, team: str | None) -> "tuple[Row, ...]":
        """Every effective value and where it came from. Raises `ConfigError`, `UsageError`."""
        from sync.config import effective

        return effective(self.settings(), team)

    def thresholds(self, verdict: "Verdict", teams: Sequence[str], *, rule: str = "") -> "tuple[Threshold, ...]":
        """The options of the rules that had a say about an issue, or of `rule` (its path), and where each came from."""
        from sync.config import options_of, work_of
        from sync.reports.base import Threshold

        settings = self.settings()
        team, work = teams[0] if len(teams) == 1 else "", work_of(settings)(verdict.issue)
        heard = {*verdict.passed, *(due.rule for due in verdict.due), *(finding.rule for finding in verdict.findings)}
        if verdict.agent is not None:
            heard |= {*verdict.agent.passed, *(finding.rule for finding in verdict.agent.findings)}
        return tuple(
            Threshold(rule=path, option=row.path.rpartition(".")[2], value=row.text, origin=row.origin)
            for path in ([rule] if rule else sorted(heard))
            for row in options_of(settings, path.removeprefix("ready."), team, verdict.issue.kind, work)
            if row.text
        )

    def make_room(self) -> None:
        """Make the folders of the reports. Raises `UsageError` where that fails."""
        from sync.reports import make_room

        for report in self.settings().reports:
            make_room(report.path)

    @contextmanager
    def context(self, *, stopping: Callable[[], bool] = lambda: False) -> "Iterator[RunContext]":
        """A context for one run, with the lock held. Shows progress on a terminal."""
        with self.busy("Reading the backlog"):
            from sync.run.context import open_context

            with open_context(self.settings(), stopping=stopping) as context:
                yield context

    @contextmanager
    def look(self) -> "Iterator[RunContext]":
        """A context for a command that only looks: without the lock. Says on a terminal that it works."""
        with self.busy("Reading the backlog"):
            from sync.run.context import open_look

            with open_look(self.settings()) as context:
                yield context

    @contextmanager
    def store(self) -> "Iterator[Store]":
        """A copy of the store, for a command that only reads what is kept there; it needs no tracker and no lock."""
        from sync.config.store_place import store_of
        from sync.store import Store

        with closing(Store.copy_of(store_of(self.settings()))) as store:
            yield store

    def warn_if_old(self, report: "RunReport") -> None:
        """Say on stderr from when the issues are, where another run was writing and nobody could ask for newer ones."""
        if report.as_of is not None:
            at = report.as_of.astimezone(ZoneInfo(self.settings().schedule.timezone))
            self.warn(f"as of {at.day} {at:%B %H:%M}; another run is writing now")

    def warn(self, text: str) -> None:
        """Print a warning on stderr, unless only errors are wanted there."""
        if self.verbosity >= 0:
            sys.stderr.write(f"{text}\n")

    @contextmanager
    def busy(self, what: str) -> Iterator[None]:
        """Show how far the work has come, and how long a long one took, on a terminal only."""
        if not sys.stderr.isatty() or self.verbosity < 0:
            yield
            return
        console, began = Console(stderr=True, no_color=not self.colour, highlight=False), monotonic()
        with (
            console.status(f"{what} ...") as status,
            followed_by(lambda phase, done, total: status.update(f"{phase} {done} of {total} ...")),
        ):
            yield
        if (seconds := monotonic() - began) >= LONG:
            console.print(f"{what}: {seconds:.0f} s in all")

    def say(self, text: str) -> None:
        """Print a text unchanged; nothing in it is markup."""
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")

    def show(self, renderable: RenderableType) -> None:
        """Print a page as wide as the terminal, or with a fixed width where there is none."""
        if sys.stdout.isatty():
            self.console.print(renderable)
        else:
            self.say(plain(renderable))

    def show_lines(self, lines: Iterable[Text]) -> None:
        """Print each text on one line, however long it is: other programs read them."""
        for line in lines:
            self.console.print(line, soft_wrap=True)

    def aside(self, renderable: RenderableType) -> None:
        """Print a page for people; formats that are read by programs or put elsewhere leave it out."""
        if self.form is Form.TEXT:
            self.show(renderable)

    def answer(
        self,
        *,
        text: Callable[[], RenderableType],
        json: Callable[[], str],
        markdown: Callable[[], str] | None = None,
        csv: Callable[[], str] | None = None,
    ) -> None:
        """Print the output in the chosen format."""
        makers = {Form.JSON: json, Form.MARKDOWN: markdown, Form.CSV: csv}
        if (maker := makers.get(self.form)) is not None:
            self.say(maker())
        else:
            self.show(text())

    def refuse_parts(self, *parts: object) -> None:
        """Raise `UsageError` where one of `parts` limits what is shown but Markdown is always the whole report."""
        if self.form is Form.MARKDOWN and any(parts):
            raise UsageError("--format markdown is always the whole report; for a part of it choose text or json")

    def print_result(self, text: str, document: "Callable[[], Part]") -> None:
        """Print plain sentences, one a line, or their values as a document."""
        from sync.reports.json_models import dump
        from sync.reports.markdown import sentences

        makers = {Form.JSON: lambda: dump(document()), Form.MARKDOWN: lambda: sentences(text.splitlines())}
        self.say(makers.get(self.form, lambda: text)())


def call(function: Callable[..., None], terminal: Terminal, options: Mapping[str, Any]) -> None:
    """Call a command; an error becomes one sentence on stderr and an exit code."""
    try:
        function(terminal, **options)
    except ReadylineError as error:
        _give_up(error, terminal)
    except (typer.Exit, typer.Abort, typer.BadParameter):
        raise
    except Exception as error:  # noqa: BLE001 - a raw traceback could show a secret
        _break_off(error, terminal)
    finally:
        forget_facts()


def terminal_of(options: Mapping[str, Any]) -> Terminal:
    """The terminal of a command, with its common options; it logs to stderr from here on."""
    terminal = Terminal(
        config=options["config"] or Path("config.toml"),
        form=Form(options["form"].value),
        verbosity=-1 if options["quiet"] else options["verbose"],
        colour=not (options["no_color"] or os.environ.get("NO_COLOR")),
    )
    terminal.log(terminal.verbosity)
    return terminal


def _give_up(error: ReadylineError, terminal: Terminal) -> NoReturn:
    if terminal.verbosity >= 2:
        get_logger().error("command.failed", exc_info=error)
    sys.stderr.write(f"{hidden(str(error), terminal.secrets)}\n")
    raise typer.Exit(error.exit_code) from error


def _break_off(error: Exception, terminal: Terminal) -> NoReturn:
    """Report an internal error."""
    if terminal.verbosity >= 2:
        get_logger().error("command.broken", exc_info=error)
    message = hidden(f"{type(error).__name__}: {error}", terminal.secrets)
    sys.stderr.write(f"internal error ({message}); please report it with the output of -vv\n")
    raise typer.Exit(FAULT) from error


def _held_by(variables: Iterable[str]) -> set[str]:
    """The values of these environment variables, also without blanks around them."""
    held = (os.environ.get(name, "") for name in variables)
    return {form for value in held for form in (value, value.strip()) if form}
