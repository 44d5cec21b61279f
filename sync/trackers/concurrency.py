"""A few reads under way at once: results in the order they were asked for, and no thread left behind.

How many really go at once is for the transport to say: `AdaptiveLimit` is where each attempt waits for its place, and
it narrows when the site complains. `map_ordered` only brings the hands.
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

CALM = 50  # good answers in a row after which one more may go at once

_STOP: ContextVar[Event | None] = ContextVar("stop", default=None)


class Cancelled(Exception):
    """This read is not wanted any more, because another one beside it failed; it never leaves `map_ordered`."""


class AdaptiveLimit:
    """How many attempts may be under way at once: `most` at first, half of it after each complaint of the site.

    It widens by one after `CALM` good answers in a row. A `with` block around an attempt waits for its place.
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
        """Give the place to the next."""
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
    """Raise `Cancelled` in a thread whose read nobody waits for any more. Whoever waits long asks again and again."""
    stop = _STOP.get()
    if stop is not None and stop.is_set():
        raise Cancelled


def map_ordered(
    work: Callable[[Portion], Read], portions: Iterable[Portion], width: int
) -> Generator[Read, None, None]:
    """Do `work` on each portion, `width` of them at once, and give the results in the portions' order.

    At most `width + 1` portions are taken ahead of the reader. When one fails, no other is begun; what those under way
    still bring is given, so that nothing that was fetched is lost, and then the first failure is raised.
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
            for each in ahead:
                each.cancel()
    if failed:
        raise failed[0]


def _begin(
    pool: ThreadPoolExecutor, work: Callable[[Portion], Read], left: Iterator[Portion], stop: Event
) -> Future[Read] | None:
    """Begin the next portion, `None` if there is none; its log lines carry what ours carry."""
    for portion in left:
        context = copy_context()
        context.run(_STOP.set, stop)
        return pool.submit(context.run, _wanted, work, portion)
    return None


def _wanted(work: Callable[[Portion], Read], portion: Portion) -> Read:
    raise_if_cancelled()
    return work(portion)
