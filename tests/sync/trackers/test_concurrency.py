"""Several reads at once: in order, no more than allowed, and nothing left behind when one fails."""

import threading
from collections.abc import Iterator
from contextvars import ContextVar

import pytest

from sync.trackers.concurrency import CALM, AdaptiveLimit, Cancelled, map_ordered, raise_if_cancelled

LONG = 10.0  # seconds after which a test that hangs fails


class Door:
    """Work that holds each portion until it may go on."""

    def __init__(self) -> None:
        self.inside: list[int] = []
        self.most = 0
        self._now = 0
        self._doors: dict[int, threading.Event] = {}
        self.seen = threading.Condition()

    def work(self, portion: int) -> int:
        with self.seen:
            self.inside.append(portion)
            self._now += 1
            self.most = max(self.most, self._now)
            door = self._doors.setdefault(portion, threading.Event())
            self.seen.notify_all()
        assert door.wait(LONG)
        with self.seen:
            self._now -= 1
        return portion * 10

    def open(self, *portions: int) -> None:
        with self.seen:
            for each in portions:
                self._doors.setdefault(each, threading.Event()).set()

    def wait_for(self, *portions: int) -> None:
        with self.seen:
            assert self.seen.wait_for(lambda: set(portions) <= set(self.inside), LONG)


def readers() -> list[threading.Thread]:
    return [each for each in threading.enumerate() if each.name.startswith("readyline-read")]


def test_results_come_in_the_order_of_the_portions_though_later_ones_end_sooner() -> None:
    door = Door()
    door.open(2, 3, 4)

    def open_the_first() -> None:
        door.wait_for(1, 2, 3)
        door.open(1)

    first = threading.Thread(target=open_the_first)
    first.start()
    assert list(map_ordered(door.work, [1, 2, 3, 4], 3)) == [10, 20, 30, 40]
    first.join()


def test_the_allowed_number_is_under_way_at_once_and_no_more() -> None:
    door = Door()
    found: list[int] = []
    reader = threading.Thread(target=lambda: found.extend(map_ordered(door.work, range(6), 3)))
    reader.start()
    door.wait_for(0, 1, 2)
    door.open(*range(6))
    reader.join(LONG)
    assert door.most == 3
    assert found == [0, 10, 20, 30, 40, 50]
    assert readers() == []


def test_when_one_fails_what_is_under_way_is_given_no_other_is_begun_and_the_failure_comes_last() -> None:
    begun: list[int] = []
    second = threading.Event()

    def work(portion: int) -> int:
        begun.append(portion)
        if portion == 0:
            assert second.wait(LONG)
            raise ValueError("the first")
        second.set()
        return portion

    found: list[int] = []
    with pytest.raises(ValueError, match="the first"):
        found.extend(map_ordered(work, iter(range(100)), 2))
    assert len(begun) <= 4
    assert readers() == []


def test_what_was_fetched_before_a_failure_is_still_given() -> None:
    ended = threading.Event()

    def work(portion: int) -> int:
        if portion == 0:
            assert ended.wait(LONG)
            raise ValueError("the first")
        ended.set()
        return portion

    reads = map_ordered(work, [0, 1], 2)
    assert next(reads) == 1
    with pytest.raises(ValueError, match="the first"):
        next(reads)


def test_a_reader_that_leaves_early_leaves_no_thread_and_wakes_those_that_wait() -> None:
    waiting = threading.Event()

    def work(portion: int) -> int:
        while portion:
            waiting.set()
            raise_if_cancelled()
        return portion

    reads = map_ordered(work, [0, 1, 2], 2)
    assert next(reads) == 0
    assert waiting.wait(LONG)
    reads.close()
    assert readers() == []


def test_no_one_is_sent_away_outside_of_it() -> None:
    raise_if_cancelled()


def test_being_given_up_is_no_failure_of_its_own() -> None:
    begun = threading.Event()

    def work(portion: int) -> int:
        if portion == 0:
            assert begun.wait(LONG)
            raise ValueError("the reason")
        begun.set()
        while True:
            raise_if_cancelled()

    with pytest.raises(ValueError, match="the reason"):
        list(map_ordered(work, [0, 1], 2))
    assert not issubclass(Cancelled, ValueError)


def test_threads_know_which_run_they_belong_to() -> None:
    run: ContextVar[str] = ContextVar("run")
    run.set("r1")
    assert list(map_ordered(lambda _: run.get(), [1, 2], 2)) == ["r1", "r1"]


def test_portions_are_made_only_as_they_are_needed() -> None:
    made: list[int] = []

    def portions() -> Iterator[int]:
        for number in range(100):
            made.append(number)
            yield number

    reads = map_ordered(lambda portion: portion, portions(), 2)
    next(reads)
    reads.close()
    assert len(made) <= 4


def test_breadth_is_halved_by_a_complaint_and_grows_by_one_after_a_calm() -> None:
    breadth = AdaptiveLimit(8)
    breadth.narrow()
    breadth.narrow()
    assert breadth.now == 2
    for _ in range(CALM):
        breadth.widen()
    assert breadth.now == 3
    for _ in range(CALM * 20):
        breadth.widen()
    assert breadth.now == 8


def test_breadth_never_closes_altogether() -> None:
    breadth = AdaptiveLimit(1)
    breadth.narrow()
    assert breadth.now == 1


def test_a_narrowed_breadth_lets_in_fewer() -> None:
    breadth, door = AdaptiveLimit(4), Door()
    breadth.narrow()

    def work(portion: int) -> int:
        with breadth:
            return door.work(portion)

    reader = threading.Thread(target=lambda: list(map_ordered(work, range(4), 4)))
    reader.start()
    with door.seen:
        assert door.seen.wait_for(lambda: len(door.inside) == 2, LONG)
    door.open(*range(4))
    reader.join(LONG)
    assert sorted(door.inside) == [0, 1, 2, 3]
    assert door.most == 2
