"""A server with one page of Confluence on this machine, which refuses what is based on an older version."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

from rules.plan.policy import Policy
from sync.config.write_back_settings import ConfluenceSettings
from sync.run.confluence_page import Wiki as OurPart
from sync.run.confluence_page import open_wiki
from sync.store import Store
from tests.sync.reports.sample import STARTED

TOKEN = "s3cret"
OURS = "<p>Be kind.</p>"
CLOUD_PATH = "/wiki/api/v2/pages/7?body-format=storage"
DATACENTER_PATH = "/rest/api/content/7?expand=body.storage,version,space"


@dataclass
class Wiki:
    """One page: its versions, what the server was sent, and what happens before each write.

    With `loses_answers`, a version is saved and the answer is another one.
    """

    address: str = ""
    versions: list[str] = field(default_factory=lambda: [OURS])
    sent: list[dict[str, Any]] = field(default_factory=list)
    logins: set[str] = field(default_factory=set)
    status: int = 200
    loses_answers: bool = False
    before_write: Callable[[], None] = lambda: None

    @property
    def text(self) -> str:
        return self.versions[-1]

    def read(self, path: str) -> dict[str, Any]:
        body = {"storage": {"value": self.text, "representation": "storage"}}
        page = {"id": "7", "title": "Where we are", "version": {"number": len(self.versions)}, "body": body}
        return page if path.startswith("/wiki/api/v2/pages/7?") else page | {"type": "page", "space": {"key": "S"}}

    def write(self, document: dict[str, Any]) -> int:
        self.before_write()
        self.sent.append(document)
        if document["version"]["number"] != len(self.versions) + 1:
            return 409
        body = document["body"]
        self.versions.append(body["value"] if "value" in body else body["storage"]["value"])
        return 502 if self.loses_answers else 200


@contextmanager
def wiki_server() -> Iterator[Wiki]:
    state = Wiki()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.logins.add(self.headers.get("Authorization", ""))
            known = unquote(self.path) in {CLOUD_PATH, DATACENTER_PATH}
            self._answer(state.status if known else 404, state.read(self.path))

        def do_PUT(self) -> None:
            document = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self._answer(state.write(document) if state.status == 200 else state.status, {})

        def _answer(self, status: int, document: dict[str, Any]) -> None:
            content = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        state.address = f"http://127.0.0.1:{server.server_address[1]}"
        yield state
        server.shutdown()
        thread.join()


def opened(wiki: Wiki, store: Store, kind: str = "datacenter", link: str = "") -> OurPart:
    """Our part of the page, as the settings open it."""
    environ = {"READYLINE_CONFLUENCE_TOKEN": TOKEN}
    return open_wiki(settings(wiki, kind), Policy(), link, environ, store=store, clock=lambda: STARTED)


def settings(wiki: Wiki, kind: str) -> ConfluenceSettings:
    values = {"kind": kind, "url": wiki.address, "page": 7, "email": "bot@example.com" if kind == "cloud" else ""}
    return ConfluenceSettings.model_validate(values)
