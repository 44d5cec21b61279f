"""A site on this machine: HTTP on loopback, in memory, gone when it is closed."""

import contextlib
import socket
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from werkzeug.serving import WSGIRequestHandler
from werkzeug.wrappers import Request, Response


class LocalSite:
    """Answers requests on a port of this machine, between `start` and `close` or in a `with` block.

    `answer` gives a response, or the bytes that are sent before the connection is cut. `clock` is the site's time.
    """

    def __init__(
        self, answer: Callable[[Request], bytes | Response], clock: Callable[[], datetime], port: int = 0
    ) -> None:
        self._server = _Server(port, answer, clock)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        """The address it listens on."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def start(self) -> Self:
        """Start answering."""
        self._thread.start()
        return self

    def close(self) -> None:
        """Stop answering and cut the connections that are left."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()

    def __enter__(self) -> Self:
        """Start answering."""
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop answering."""
        self.close()


class _Server(ThreadingHTTPServer):
    """A server that closes its open connections when it is closed."""

    block_on_close = False
    ssl_context = None  # what werkzeug's handler asks of its server
    multithread = True
    multiprocess = False
    request_queue_size = 128

    def __init__(self, port: int, answer: Callable[[Request], bytes | Response], clock: Callable[[], datetime]) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.answer, self.clock = answer, clock
        self.connections: set[Any] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.connections.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        super().server_close()
        for connection in list(self.connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore clients that close the connection."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Handler(WSGIRequestHandler):
    """Keeps connections open, logs nothing, and closes one when a fault asks for it.

    Werkzeug closes each connection after its response and waits for more input, so the response
    is sent here; Werkzeug reads the request.
    """

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else headers and body wait for each other, 40 ms a request
    server: _Server  # type: ignore[assignment]

    def run_wsgi(self) -> None:
        """Answer one request."""
        answer = self.server.answer(Request(self.make_environ()))
        if isinstance(answer, bytes):
            self._hang_up(answer)
            return
        body = b"" if answer.status_code == HTTPStatus.NO_CONTENT else answer.get_data()
        self.send_response(answer.status_code)
        for name, value in answer.headers.items():
            if name != "Content-Length":
                self.send_header(name, value)
        if answer.status_code != HTTPStatus.NO_CONTENT:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The `Date` of a response, by the site's clock and not the machine's."""
        moment = self.server.clock() if timestamp is None else datetime.fromtimestamp(timestamp, UTC)
        return format_datetime(moment.astimezone(UTC), usegmt=True)

    def _hang_up(self, last: bytes) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.wfile.write(last)
            self.connection.shutdown(socket.SHUT_RDWR)

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - werkzeug's own word
        """Nothing: the site keeps its own log of requests."""
