"""How far long work has come: who does it reports counts, and who started it may show them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[str, int, int], None]
"""Called with the phase ("Reading"), how many are done, and how many there are."""

_LISTENER: ContextVar[Listener | None] = ContextVar("progress", default=None)


@contextmanager
def followed_by(listener: Listener) -> Iterator[None]:
    """Call the listener for whatever is reported inside."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def unheard(_phase: str, _done: int, _total: int) -> None:
    """A listener for work that nobody waits for, such as the writes of a dry run."""


def report(phase: str, done: int, total: int) -> None:
    """Report how far a phase has come; nobody may listen."""
    if (listener := _LISTENER.get()) is not None:
        listener(phase, done, total)
