"""A Jira simulator on this machine: HTTP on loopback, in memory, gone when it is closed.

    with FakeJira("cloud", company, now=now) as jira:
        requests.get(jira.url + "/rest/api/3/myself", auth=(jira.email, jira.token))

`state` acts as a person, `faults` plans errors, `requests` is the log.
"""

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
from werkzeug.wrappers import Request

from sync.fake_jira.application import Application, Logged
from sync.fake_jira.faults import Faults
from sync.fake_jira.state import State
from sync.fake_jira.world import utc_now

EMAIL = "worker@example.com"
TOKEN = "demo-token"  # noqa: S105 - only for the simulator on this machine

Company = Callable[[State, datetime], None]


class FakeJira:
    """A local Jira of one dialect ("cloud", "datacenter") that `company` fills; `email` is the worker's account."""

    def __init__(
        self,
        dialect: str,
        company: Company,
        *,
        email: str = EMAIL,
        port: int = 0,
        now: datetime | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.dialect = dialect
        self.email, self.token = email, TOKEN
        self.state = State(clock=clock)
        company(self.state, now or clock())
        self._application = Application(dialect, self.state, email=email, token=TOKEN)
        self._server = _Server(port, self._application)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        """The address it listens on."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def requests(self) -> list[Logged]:
        """All requests so far, in order."""
        return self._application.requests

    @property
    def faults(self) -> Faults:
        """The planned errors."""
        return self._application.faults

    @property
    def writes(self) -> list[Logged]:
        """The requests that ask for a change, without reads by POST."""
        return [request for request in self.requests if is_write(request)]

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


_READ_BY_POST = (
    "/search",
    "/search/jql",
    "/search/approximate-count",
    "/issue/bulkfetch",
    "/changelog/bulkfetch",
    "/comment/list",
)


def is_write(request: Logged) -> bool:
    """Whether a request asks for a change."""
    return request.method != "GET" and not request.path.endswith(_READ_BY_POST)


class _Server(ThreadingHTTPServer):
    """A server that closes its open connections when it is closed."""

    block_on_close = False
    ssl_context = None  # what werkzeug's handler asks of its server
    multithread = True
    multiprocess = False
    request_queue_size = 128

    def __init__(self, port: int, application: Application) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.application = application
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


class _Handler(WSGIRequestHandler):
    """Keeps connections open, logs nothing, and closes one when a fault asks for it.

    Werkzeug closes each connection after its response and waits for more input, so the response
    is sent here; Werkzeug reads the request.
    """

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else headers and body wait for each other, 40 ms a request
    server: _Server  # type: ignore[assignment]

    def run_wsgi(self) -> None:
        answer = self.server.application.answer(Request(self.make_environ()))
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
        moment = self.server.application.state.clock() if timestamp is None else datetime.fromtimestamp(timestamp, UTC)
        return format_datetime(moment.astimezone(UTC), usegmt=True)

    def _hang_up(self, last: bytes) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.wfile.write(last)
            self.connection.shutdown(socket.SHUT_RDWR)

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - werkzeug's own word
        """Nothing: `FakeJira.requests` is the log."""
