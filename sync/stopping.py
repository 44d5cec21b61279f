"""Asking a run to stop, and the places that wait for a site: they look whether it was asked, and give up in time."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import FrameType
from typing import TypeVar

from sync.errors import Stopped

GRACE = 0.3
"""Seconds in which the change that is being written may still be completed."""
LOOK_EVERY = 0.1  # seconds between two looks while something waits
SIGNALS = (signal.SIGTERM, signal.SIGINT)

T = TypeVar("T")


class StopRequest:
    """Whether a run was asked to stop; threads may share it. Called, it says so."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._since = 0.0

    def __call__(self) -> bool:
        """Whether it was asked."""
        return self._asked.is_set()

    def ask(self) -> None:
        """Ask for it; asking again changes nothing."""
        if not self._asked.is_set():
            self._since = time.monotonic()
            self._asked.set()

    def wait(self) -> None:
        """Wait until it is asked."""
        self._asked.wait()

    @property
    def is_overdue(self) -> bool:
        """Whether it was asked so long ago that nothing more may be waited for."""
        return self._asked.is_set() and time.monotonic() - self._since > GRACE


_IN_FORCE: ContextVar[StopRequest | None] = ContextVar("stop_request", default=None)


@contextmanager
def heeding(stop: StopRequest) -> Iterator[None]:
    """Within this block, whatever waits for a site looks whether this stop was asked."""
    token = _IN_FORCE.set(stop)
    try:
        yield
    finally:
        _IN_FORCE.reset(token)


@contextmanager
def asked_by_signals(stop: StopRequest) -> Iterator[None]:
    """SIGTERM and SIGINT ask for the stop; the second one does what it did before. Only in the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in SIGNALS}

    def ask(number: int, _frame: FrameType | None) -> None:
        stop.ask()
        signal.signal(number, before[signal.Signals(number)])

    for number in SIGNALS:
        signal.signal(number, ask)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def is_overdue() -> bool:
    """Whether the run was asked to stop so long ago that nothing more may be waited for."""
    stop = _IN_FORCE.get()
    return stop is not None and stop.is_overdue


def raise_if_overdue() -> None:
    """Raise `Stopped` where nothing more may be waited for; long waits call this repeatedly."""
    if is_overdue():
        raise Stopped("the run was asked to stop")


def wait_for(work: Callable[[], T]) -> T:
    """The result of `work`. Raises `Stopped` where a stop is asked and it does not end in time: it is abandoned."""
    if _IN_FORCE.get() is None:
        return work()
    results: list[T] = []
    errors: list[BaseException] = []
    ended = threading.Event()

    def do() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001 - raised below, in the thread that waits
            errors.append(error)
        finally:
            ended.set()

    threading.Thread(target=do, daemon=True, name="readyline-request").start()
    while not ended.wait(LOOK_EVERY):
        raise_if_overdue()
    if errors:
        raise errors[0]
    return results[0]
