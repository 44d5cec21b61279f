"""On a terminal `baseline` asks for its reason after it has shown what it accepts; see also the journey of its name."""

from pathlib import Path

import pytest

from sync.cli import baseline
from sync.cli.formats import Form
from sync.cli.terminal import Terminal
from sync.errors import UsageError
from sync.store.baseline import Accepted
from sync.trackers.memory import MemoryTracker
from tests.sync.run_contexts import backlog, context


def answered(folder: Path, reason: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Accepted, ...]:
    """What is accepted after a person answered the question."""
    with context(folder, MemoryTracker(backlog())) as place:
        monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        monkeypatch.setattr("typer.prompt", lambda _: reason)
        monkeypatch.setattr(baseline, "_context", lambda *_, **__: _Opened(place))
        baseline.accept(Terminal(config=Path(), form=Form.TEXT, verbosity=0, colour=False), "", dry_run=False)
        return place.store.baseline.accepted()


class _Opened:
    """A context that is open already."""

    def __init__(self, place: object) -> None:
        self.place = place

    def __enter__(self) -> object:
        return self.place

    def __exit__(self, *_: object) -> None: ...


def test_the_answer_is_the_reason_of_every_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    accepted = answered(tmp_path, " as we found it ", monkeypatch)
    assert {one.because for one in accepted} == {"as we found it"}
    assert {one.key for one in accepted} >= {"SHOP-3", "SHOP-4"}


def test_an_empty_answer_accepts_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="needs a reason"):
        answered(tmp_path, "  ", monkeypatch)
