"""Whoever waits for a site while a stop is asked gives up in time; whoever does not wait ends what it does."""

import threading
from collections.abc import Iterator

import pytest

from sync import stopping, turns
from sync.errors import Stopped
from sync.stopping import StopRequest, heeding, raise_if_overdue, wait_for
from sync.trackers.http import A_WHILE


@pytest.fixture
def stop(monkeypatch: pytest.MonkeyPatch) -> Iterator[StopRequest]:
    monkeypatch.setattr(stopping, "GRACE", 0.0)
    made = StopRequest()
    with heeding(made):
        yield made


def test_an_answer_that_never_comes_is_given_up_after_a_stop(stop: StopRequest) -> None:
    never = threading.Event()
    stop.ask()
    with pytest.raises(Stopped):
        wait_for(never.wait)
    never.set()


def test_an_answer_that_comes_is_returned_also_after_a_stop(stop: StopRequest) -> None:
    stop.ask()
    assert wait_for(lambda: "answer") == "answer"


def test_an_error_reaches_whoever_waits(stop: StopRequest) -> None:
    assert not stop()
    with pytest.raises(KeyError):
        wait_for(lambda: dict[str, str]()["nothing"])


def test_nothing_is_given_up_before_the_grace_is_over(stop: StopRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stopping, "GRACE", 60.0)
    stop.ask()
    raise_if_overdue()
    assert stop()


def test_whoever_waits_ends_within_two_seconds() -> None:
    """The grace, and the longest time until whoever waits looks again; else the worker leaves the run behind."""
    assert stopping.GRACE + max(stopping.LOOK_EVERY, A_WHILE) < turns.PATIENCE < 2


def test_without_a_stop_in_force_nothing_is_given_up() -> None:
    raise_if_overdue()
    assert wait_for(lambda: 1) == 1
