"""What happens on the way between a tracker and its site: answers get lost, and somebody else is faster."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectionError as Dropped

from sync.trackers.dialect import Dialect

Send = Callable[..., Response]


@contextmanager
def lost_answers(dialect: Dialect, *, is_written: bool) -> Iterator[list[str]]:
    """Every write is dropped the first time it is sent: on its way, or only its answer. Yields those that were."""
    dropped: list[str] = []

    def drop(send: Send, request: PreparedRequest) -> None:
        write = f"{request.method} {request.url} {request.body!r}"
        if write not in dropped:
            dropped.append(write)
            if is_written:
                send()
            raise Dropped("reset by peer")

    with _before_each_write(dialect, drop):
        yield dropped


@contextmanager
def somebody_is_faster(dialect: Dialect, act: Callable[[], object]) -> Iterator[None]:
    """Right before the first write is sent, something else happens, once."""
    acts = [act]

    def be_faster(_send: Send, _request: PreparedRequest) -> None:
        if acts:
            acts.pop()()

    with _before_each_write(dialect, be_faster):
        yield


@contextmanager
def writes_sent(dialect: Dialect) -> Iterator[list[str]]:
    """The writes that are sent meanwhile."""
    sent: list[str] = []
    with _before_each_write(dialect, lambda _send, request: sent.append(f"{request.method} {request.url}")):
        yield sent


@contextmanager
def cut_off(after: int) -> Iterator[None]:
    """After so many requests the site is not reached any more."""
    send, left = HTTPAdapter.send, [None] * after

    def limited(adapter: HTTPAdapter, request: PreparedRequest, **kwargs: Any) -> Response:
        if not left:
            raise Dropped("reset by peer")
        left.pop()
        return send(adapter, request, **kwargs)

    with patch.object(HTTPAdapter, "send", limited):
        yield


@contextmanager
def _before_each_write(dialect: Dialect, interrupt: Callable[[Send, PreparedRequest], None]) -> Iterator[None]:
    send = HTTPAdapter.send

    def interrupted(adapter: HTTPAdapter, request: PreparedRequest, **kwargs: Any) -> Response:
        if dialect.call(request).writes:
            interrupt(lambda: send(adapter, request, **kwargs), request)
        return send(adapter, request, **kwargs)

    with patch.object(HTTPAdapter, "send", interrupted):
        yield
