"""How far long work has come is counted where it is done, and shown on a terminal only."""

import io
import sys
from contextlib import closing
from pathlib import Path

import pytest

from sync import progress
from sync.cli import terminal as cli
from sync.cli.formats import Form
from sync.cli.terminal import Terminal
from sync.config import load, product_of
from sync.store.sqlite import FilePlace
from sync.trackers import open_tracker
from sync.trackers.base import Scope
from tests.journeys.app_harness import office
from tests.sync.run.test_writeback import Bench, add


class Screen(io.StringIO):
    """A standard error that may be a terminal."""

    def __init__(self, *, tty: bool) -> None:
        super().__init__()
        self._tty = tty

    def isatty(self) -> bool:
        return self._tty


class Heard(list[tuple[str, int, int]]):
    """What a listener was called with."""

    def __call__(self, phase: str, done: int, total: int) -> None:
        self.append((phase, done, total))


def test_a_listener_hears_what_is_reported_inside() -> None:
    heard = Heard()
    progress.report("Reading", 1, 2)
    with progress.followed_by(heard):
        progress.report("Reading", 2, 2)
        with progress.followed_by(progress.unheard):
            progress.report("Writing", 1, 1)
    progress.report("Reading", 3, 3)
    assert heard == [("Reading", 2, 2)]


def shown(monkeypatch: pytest.MonkeyPatch, *, tty: bool, seconds: float = 0.0, verbosity: int = 0) -> str:
    """What is on the screen after a command that read 430 of 643 issues and took so long."""
    screen, clock = Screen(tty=tty), iter((0.0, seconds))
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(cli, "monotonic", lambda: next(clock))
    command = Terminal(config=Path("none.toml"), form=Form.TEXT, verbosity=verbosity, colour=False)
    with command.busy("Reading the backlog"):
        progress.report("Reading", 430, 643)
    return screen.getvalue()


def test_a_terminal_shows_the_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time only where it took long."""
    assert "Reading 430 of 643 ..." in shown(monkeypatch, tty=True)
    assert " s in all" not in shown(monkeypatch, tty=True, seconds=cli.LONG - 0.1)
    assert "Reading the backlog: 13 s in all" in shown(monkeypatch, tty=True, seconds=13.2)


def test_a_pipe_and_a_quiet_command_show_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not shown(monkeypatch, tty=False, seconds=99)
    assert not shown(monkeypatch, tty=True, seconds=99, verbosity=-1)


def test_the_issues_that_are_fetched_are_counted(tmp_path: Path) -> None:
    heard = Heard()
    with office(tmp_path, "cloud") as place, progress.followed_by(heard):
        settings = load(place.config, place.environ)
        scope = Scope(backlog=settings.product.backlog, product=product_of(settings), closed_sprints=1)
        snapshot = open_tracker(settings.tracker, place.jira.token).pull(scope)
    phases, counts, totals = zip(*heard, strict=True)
    assert set(phases) == {"Reading"}
    assert list(counts) == sorted(counts)
    assert set(totals) == {counts[-1]}
    assert counts[-1] >= len(snapshot.issues)


def test_the_changes_that_are_written_are_counted(tmp_path: Path) -> None:
    heard, bench = Heard(), Bench(FilePlace(tmp_path / "readyline.db"))
    with closing(bench.store), progress.followed_by(heard):
        bench.apply_plan(add("1"), add("2"), add("3"))
    assert heard == [("Writing", 1, 3), ("Writing", 2, 3), ("Writing", 3, 3)]
