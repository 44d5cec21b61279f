"""The server in its own threads, while the worker runs in others."""

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from waitress import wasyncore
from waitress.server import create_server

from sync.errors import UsageError
from sync.logs import get_logger
from sync.web.hooks import MOST_BYTES

log = get_logger()

THREADS = 4

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@contextmanager
def serving(application: Application, host: str, port: int) -> Iterator[int]:
    """Serve until the block ends; gives the port, which the system chooses where `port` is 0.

    Raises `UsageError` where the address is taken or not this machine's.
    """
    bound = _bound(host, port)
    server = create_server(
        application,
        sockets=[bound],
        threads=THREADS,
        ident=None,
        max_request_body_size=MOST_BYTES,
        clear_untrusted_proxy_headers=True,
    )
    port = bound.getsockname()[1]
    thread = threading.Thread(target=server.run, name="web", daemon=True)
    thread.start()
    log.info("web.started", host=host, port=port)
    try:
        yield port
    finally:
        # Closed by its own thread: closing sockets under a running select makes that thread fail.
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map, ignore_all=True))  # noqa: SLF001
        thread.join(timeout=1)
        server.task_dispatcher.shutdown(timeout=1)


def _bound(host: str, port: int) -> socket.socket:
    """A socket at this address; it is made here, because the library leaves half a server behind where it fails."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        made = socket.socket(family, kind, protocol)
        try:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.bind(address)
        except OSError:
            made.close()
            raise
    except OSError as error:
        raise UsageError(f"serve.http: {host}:{port} cannot be served ({error.strerror}); choose another") from error
    return made
