"""A person's way in a real browser: from the link in a mail to the page, to the team's page, to the issue."""

import re
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from rules.messages import Audience
from rules.planning.lead_time import PlanningLeadTime
from sync.notifiers import open_notifier
from sync.notifiers.mail import MailSettings
from sync.run.publish import Publisher
from sync.store import Store
from sync.web.app import Site, application
from sync.web.server import serving
from sync.web.status import Board
from tests.sync.notifiers.test_mail import post_office
from tests.sync.reports.sample import STARTED, sample

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser")]


@pytest.fixture
def tracker() -> Iterator[str]:
    """A tracker that shows each issue by its key."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            key = self.path.rpartition("/")[2]
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>{key}</title><h1>Issue {key}</h1>".encode())

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def mailed_link(folder: Path, address: str, tracker: str) -> str:
    """The link in the mail that the Product Owner gets after a run, which also wrote the pages."""
    with post_office() as post, closing(Store.open(folder / "readyline.db")) as store:
        mail = MailSettings(
            host="127.0.0.1",
            port=post.port,
            security="none",
            sender="readyline@example.com",
            to=("ana@example.com",),
            audiences=frozenset({Audience.PO}),
        )
        Publisher(
            log=store.messages,
            mails=store.mails,
            clock=lambda: STARTED + timedelta(minutes=1),
            reports=(("html", folder),),
            channels=((mail, open_notifier("mail", mail, {})),),
            lead_time=PlanningLeadTime(working_days=1),
            address=address,
        )(sample(site=tracker))
    text = message_from_bytes(post.mail, policy=default).get_content()
    (link,) = (word for word in text.split() if word.startswith("http"))
    return str(link)


def test_a_product_owner_comes_from_the_mail_to_the_page_and_from_there_to_the_issue(
    tmp_path: Path, tracker: str, browser: Browser
) -> None:
    site = Site(title="Shop", folders=(tmp_path,), board=Board())
    with serving(application(site), "127.0.0.1", 0) as port:
        address = f"http://127.0.0.1:{port}"
        link = mailed_link(tmp_path, address, tracker)
        page = browser.new_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
        refused: list[str] = []
        page.on("console", lambda line: refused.append(line.text))
        page.on("requestfailed", lambda request: refused.append(request.url))

        page.goto(link)
        expect(page).to_have_title(re.compile("^Shop: "))
        page.get_by_role("navigation").get_by_role("link", name="Payments").click()
        expect(page).to_have_url(f"{address}/readyline-team-payments.html")
        issue = (
            page.get_by_role("main").get_by_role("link", name=re.compile(r"^SHOP-\d+$")).locator("visible=true").first
        )
        key = issue.inner_text()
        issue.click()

        expect(page).to_have_url(f"{tracker}/browse/{key}")
        expect(page.get_by_role("heading")).to_have_text(f"Issue {key}")
        page.go_back()
        expect(page).to_have_url(f"{address}/readyline-team-payments.html")
        assert refused == []
        page.close()
