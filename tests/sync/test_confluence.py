"""The page in Confluence over a server on this machine, which refuses what is based on an older version."""

import json
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

import pytest
from structlog.testing import capture_logs

from rules.plan.page_body import BEGIN
from rules.plan.policy import Policy
from sync.config.write_back_settings import ConfluenceSettings
from sync.confluence import TRIES, CloudPage, ConfluencePage, DatacenterPage
from sync.errors import ConfigError, PageError
from sync.reports import as_json, as_markdown, as_text
from sync.run.confluence_page import confluence_page, with_wiki
from tests.sync.markup.test_page import BODY, LATER
from tests.sync.reports.sample import sample

TOKEN = "s3cret"
SETTINGS_OF_PLAN = ConfluenceSettings.model_validate(
    {"kind": "datacenter", "url": "https://wiki.example.net", "page": 7}
)
OURS = "<p>Be kind.</p>"
CLOUD_PATH = "/wiki/api/v2/pages/7?body-format=storage"
DATACENTER_PATH = "/rest/api/content/7?expand=body.storage,version,space"


@dataclass
class Wiki:
    """One page: its versions, what the server was sent, and what happens before each write."""

    address: str = ""
    versions: list[str] = field(default_factory=lambda: [OURS])
    sent: list[dict[str, Any]] = field(default_factory=list)
    logins: set[str] = field(default_factory=set)
    status: int = 200
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
        return 200


@pytest.fixture
def wiki() -> Iterator[Wiki]:
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


@pytest.fixture(params=["cloud", "datacenter"])
def page(request: pytest.FixtureRequest, wiki: Wiki) -> ConfluencePage:
    if request.param == "cloud":
        return CloudPage(f"{wiki.address}/wiki", 7, "bot@example.com", TOKEN)
    return DatacenterPage(wiki.address, 7, TOKEN)


def test_it_is_written_when_it_says_something_else_and_peoples_text_stays(wiki: Wiki, page: ConfluencePage) -> None:
    assert page.write(BODY) is True
    assert page.write(BODY) is False
    wiki.versions.append(f"{wiki.text}<p>Ana: see you on Monday.</p>")
    assert page.write(BODY) is False
    assert page.write(LATER) is True
    assert wiki.text.startswith(OURS)
    assert wiki.text.endswith("<p>Ana: see you on Monday.</p>")
    assert wiki.text.count(BEGIN) == 1
    assert LATER.title in wiki.text
    assert [sent["version"]["number"] for sent in wiki.sent] == [2, 4]
    assert {sent["title"] for sent in wiki.sent} == {"Where we are"}


def test_each_kind_is_asked_in_its_own_way(wiki: Wiki) -> None:
    CloudPage(f"{wiki.address}/wiki", 7, "bot@example.com", TOKEN).write(BODY)
    DatacenterPage(wiki.address, 7, TOKEN).write(LATER)
    cloud, datacenter = wiki.sent
    assert (cloud["status"], cloud["body"]["representation"]) == ("current", "storage")
    assert (datacenter["type"], datacenter["version"]["minorEdit"]) == ("page", True)
    assert wiki.logins == {f"Basic {b64encode(b'bot@example.com:s3cret').decode()}", f"Bearer {TOKEN}"}


def test_what_somebody_saved_meanwhile_stays_and_our_part_is_written_on_top(wiki: Wiki, page: ConfluencePage) -> None:
    def save_once() -> None:
        wiki.before_write = lambda: None
        wiki.versions.append("<p>Be kind. Always.</p>")

    wiki.before_write = save_once
    assert page.write(BODY) is True
    assert wiki.text.startswith("<p>Be kind. Always.</p>")
    assert BODY.title in wiki.text
    assert [sent["version"]["number"] for sent in wiki.sent] == [2, 3]


def test_where_somebody_saves_at_every_try_it_gives_up_for_this_run(wiki: Wiki, page: ConfluencePage) -> None:
    wiki.before_write = lambda: wiki.versions.append(f"{wiki.text}!")
    with pytest.raises(PageError, match=f"at each of {TRIES} tries; the next run tries again"):
        page.write(BODY)
    assert wiki.text == f"{OURS}{'!' * TRIES}"


@pytest.mark.parametrize(("status", "hint"), [(401, "check the page's id, the token"), (404, "check"), (502, "")])
def test_a_refusal_names_the_status_and_no_secret(wiki: Wiki, page: ConfluencePage, status: int, hint: str) -> None:
    wiki.status = status
    with pytest.raises(PageError, match=rf"page 7 of http://\S+ was not read \(status {status}\).*{hint}") as caught:
        page.write(BODY)
    assert TOKEN not in str(caught.value)


def test_a_site_that_does_not_answer_or_answers_something_else_is_named(
    wiki: Wiki, page: ConfluencePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiki, "read", lambda _: ["a list"])
    with pytest.raises(PageError, match="did not answer with a page"):
        page.write(BODY)
    with pytest.raises(PageError, match=r"was not read \(ConnectionError\)"):
        DatacenterPage("http://127.0.0.1:1", 7, TOKEN).write(BODY)


def settings(wiki: Wiki, kind: str) -> ConfluenceSettings:
    values = {"kind": kind, "url": wiki.address, "page": 7, "email": "bot@example.com" if kind == "cloud" else ""}
    return ConfluenceSettings.model_validate(values)


@pytest.mark.parametrize("kind", ["cloud", "datacenter"])
def test_a_run_writes_what_it_found_and_a_failure_is_logged_and_ends_nothing(wiki: Wiki, kind: str) -> None:
    write = confluence_page(
        settings(wiki, kind), Policy(), "https://r.example/readyline.html", {"READYLINE_CONFLUENCE_TOKEN": TOKEN}
    )
    report = sample()
    with capture_logs() as logs:
        write(report)
        write(report)
        wiki.status = 503
        write(report)
    assert f"{report.snapshot.product.name}: " in wiki.text
    assert "https://r.example/readyline.html" in wiki.text
    assert [(one["event"], one.get("written")) for one in logs] == [
        ("confluence.done", True),
        ("confluence.done", False),
        ("confluence.failed", None),
    ]


def test_a_missing_token_names_its_variable(wiki: Wiki) -> None:
    with pytest.raises(ConfigError, match="READYLINE_CONFLUENCE_TOKEN is empty"):
        confluence_page(settings(wiki, "cloud"), Policy(), "", {})


@pytest.mark.parametrize(("kind", "email"), [("cloud", ""), ("datacenter", "bot@example.com")])
def test_an_e_mail_is_needed_on_cloud_and_only_there(kind: str, email: str) -> None:
    with pytest.raises(ValueError, match="email is needed on Cloud, and only there"):
        ConfluenceSettings.model_validate({"kind": kind, "url": "https://x.example", "page": 7, "email": email})


def test_the_plan_shows_what_the_page_will_say() -> None:
    report = with_wiki(sample(), SETTINGS_OF_PLAN, Policy(), "https://pages.example/readyline.html")
    assert report.wiki is not None
    first = report.wiki.text.splitlines()[0]
    document = as_json.plan_document(report)
    assert document.confluence is not None
    assert (document.confluence.page, document.confluence.text) == (7, report.wiki.text)
    assert first in as_text.plain(as_text.plan(report), 200)
    assert "## Page 7 in Confluence" in as_markdown.plan(report)


def test_without_a_page_the_plan_says_nothing_of_one() -> None:
    report = with_wiki(sample(), None, Policy(), "")
    assert as_json.plan_document(report).confluence is None
    assert "Confluence" not in as_text.plain(as_text.plan(report)) + as_markdown.plan(report)
