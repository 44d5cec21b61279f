"""Concurrent reads: results in the order of the requests, and no thread left running.

The transport limits how many run at once: each attempt waits for a place in its `AdaptiveLimit`, which
narrows when the site complains. `map_ordered` only provides the threads.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import ContextVar, copy_context
from threading import Condition, Event
from types import TracebackType
from typing import TypeVar

Portion = TypeVar("Portion")
Read = TypeVar("Read")

CALM = 50  # good answers in a row after which the limit grows by one

_STOP: ContextVar[Event | None] = ContextVar("stop", default=None)


class Cancelled(Exception):
    """This read is cancelled because another one failed; never raised out of `map_ordered`."""


class AdaptiveLimit:
    """How many attempts may run at once: `most` at first, halved after each complaint of the site.

    It grows by one after `CALM` good answers in a row. A `with` block around an attempt waits for a place.
    """

    def __init__(self, most: int) -> None:
        self.most = self.now = most
        self._under_way = 0
        self._calm = 0
        self._changed = Condition()

    def __enter__(self) -> None:
        """Wait for a place and take it."""
        with self._changed:
            self._changed.wait_for(lambda: self._under_way < self.now)
            self._under_way += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Free the place for the next."""
        with self._changed:
            self._under_way -= 1
            self._changed.notify()

    def narrow(self) -> None:
        """The site complained."""
        with self._changed:
            self.now, self._calm = max(1, self.now // 2), 0

    def widen(self) -> None:
        """The site answered well."""
        with self._changed:
            self._calm += 1
            if self._calm >= CALM and self.now < self.most:
                self.now, self._calm = self.now + 1, 0
                self._changed.notify()


def raise_if_cancelled() -> None:
    """Raise `Cancelled` in a thread whose read is cancelled; long waits call this repeatedly."""
    stop = _STOP.get()
    if stop is not None and stop.is_set():
        raise Cancelled


def map_ordered(
    work: Callable[[Portion], Read], portions: Iterable[Portion], width: int
) -> Generator[Read, None, None]:
    """Apply `work` to each portion, `width` of them at once; yields the results in the portions' order.

    At most `width + 1` portions are taken ahead of the reader. When one fails, no other is started; the results of
    those still running are yielded, so that no fetched data is lost, and then the first failure is raised.
    """
    stop = Event()
    ahead: deque[Future[Read]] = deque()
    failed: list[Exception] = []
    left = iter(portions)
    with ThreadPoolExecutor(width, thread_name_prefix="readyline-read") as pool:
        try:
            while True:
                while len(ahead) <= width and not failed and (begun := _begin(pool, work, left, stop)) is not None:
                    ahead.append(begun)
                if not ahead:
                    break
                try:
                    read = ahead.popleft().result()
                except Exception as error:  # noqa: BLE001 - raised below, once the others have ended
                    failed.append(error)
                    stop.set()
                    continue
                yield read
        finally:
            stop.set()
            for pending in ahead:
                pending.cancel()
    if failed:
        raise failed[0]


def _begin(
    pool: ThreadPoolExecutor, work: Callable[[Portion], Read], left: Iterator[Portion], stop: Event
) -> Future[Read] | None:
    """Start the next portion, `None` if there is none; its log lines have our context."""
    for portion in left:
        context = copy_context()
        context.run(_STOP.set, stop)
        return pool.submit(context.run, _wanted, work, portion)
    return None


def _wanted(work: Callable[[Portion], Read], portion: Portion) -> Read:
    raise_if_cancelled()
    return work(portion)
