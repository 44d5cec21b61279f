"""The page in Confluence over a server on this machine, which refuses what is based on an older version."""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from rules.plan.changes import PAGE
from rules.plan.page_body import BEGIN, PageBody
from rules.plan.pauses import Pause
from rules.plan.policy import Policy
from sync.config.write_back_settings import ConfluenceSettings
from sync.confluence import TRIES, CloudPage, ConfluencePage, DatacenterPage
from sync.errors import ConfigError, PageError
from sync.reports import as_json, as_markdown, as_text
from sync.run.confluence_page import open_wiki, wiki_id, with_wiki
from sync.store import Store
from tests.sync.confluence_server import OURS, TOKEN, Wiki, opened, settings, wiki_server
from tests.sync.markup.test_page import BODY, LATER
from tests.sync.reports.sample import STARTED, sample
from tests.thorough import in_turn

SETTINGS_OF_PLAN = ConfluenceSettings.model_validate(
    {"kind": "datacenter", "url": "https://wiki.example.net", "page": 7}
)


@pytest.fixture(params=in_turn("cloud", "datacenter"))
def page(request: pytest.FixtureRequest, wiki: Wiki) -> ConfluencePage:
    if request.param == "cloud":
        return CloudPage(f"{wiki.address}/wiki", 7, "bot@example.com", TOKEN)
    return DatacenterPage(wiki.address, 7, TOKEN)


def write(page: ConfluencePage, body: PageBody) -> bool:
    """Write our part where it says something else, as a run does; whether it was written."""
    return page.write(lambda there: None if there == body.digest else body)


def test_it_is_written_when_it_says_something_else_and_peoples_text_stays(wiki: Wiki, page: ConfluencePage) -> None:
    assert write(page, BODY) is True
    assert write(page, BODY) is False
    wiki.versions.append(f"{wiki.text}<p>Ana: see you on Monday.</p>")
    assert write(page, BODY) is False
    assert write(page, LATER) is True
    assert wiki.text.startswith(OURS)
    assert wiki.text.endswith("<p>Ana: see you on Monday.</p>")
    assert wiki.text.count(BEGIN) == 1
    assert LATER.title in wiki.text
    assert [sent["version"]["number"] for sent in wiki.sent] == [2, 4]
    assert {sent["title"] for sent in wiki.sent} == {"Where we are"}


def test_each_kind_is_asked_in_its_own_way(wiki: Wiki) -> None:
    write(CloudPage(f"{wiki.address}/wiki", 7, "bot@example.com", TOKEN), BODY)
    write(DatacenterPage(wiki.address, 7, TOKEN), LATER)
    cloud, datacenter = wiki.sent
    assert (cloud["status"], cloud["body"]["representation"]) == ("current", "storage")
    assert (datacenter["type"], datacenter["version"]["minorEdit"]) == ("page", True)
    assert wiki.logins == {f"Basic {b64encode(b'bot@example.com:s3cret').decode()}", f"Bearer {TOKEN}"}


def test_what_somebody_saved_meanwhile_stays_and_our_part_is_written_on_top(wiki: Wiki, page: ConfluencePage) -> None:
    def save_once() -> None:
        wiki.before_write = lambda: None
        wiki.versions.append("<p>Be kind. Always.</p>")

    wiki.before_write = save_once
    assert write(page, BODY) is True
    assert wiki.text.startswith("<p>Be kind. Always.</p>")
    assert BODY.title in wiki.text
    assert [sent["version"]["number"] for sent in wiki.sent] == [2, 3]


def test_where_somebody_saves_at_every_try_it_gives_up_for_this_run(wiki: Wiki, page: ConfluencePage) -> None:
    wiki.before_write = lambda: wiki.versions.append(f"{wiki.text}!")
    with pytest.raises(PageError, match=f"at each of {TRIES} tries; the next run tries again"):
        write(page, BODY)
    assert wiki.text == f"{OURS}{'!' * TRIES}"


@pytest.mark.parametrize(("status", "hint"), [(401, "check the page's id, the token"), (404, "check"), (502, "")])
def test_a_refusal_names_the_status_and_no_secret(wiki: Wiki, page: ConfluencePage, status: int, hint: str) -> None:
    wiki.status = status
    with pytest.raises(PageError, match=rf"page 7 of http://\S+ was not read \(status {status}\).*{hint}") as caught:
        write(page, BODY)
    assert TOKEN not in str(caught.value)


def test_a_site_that_does_not_answer_or_answers_something_else_is_named(
    wiki: Wiki, page: ConfluencePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiki, "read", lambda _: ["a list"])
    with pytest.raises(PageError, match="did not answer with a page"):
        write(page, BODY)
    with pytest.raises(PageError, match=r"was not read \(ConnectionError\)"):
        write(DatacenterPage("http://127.0.0.1:1", 7, TOKEN), BODY)


@pytest.fixture
def wiki() -> Iterator[Wiki]:
    with wiki_server() as server:
        yield server


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(tmp_path / "readyline.db")) as store:
        yield store


@pytest.mark.parametrize("kind", in_turn("cloud", "datacenter"))
def test_a_run_writes_what_it_found_and_a_failure_is_logged_and_ends_nothing(
    wiki: Wiki, store: Store, kind: str
) -> None:
    ours = opened(wiki, store, kind, link="https://r.example/readyline.html")
    report = sample()
    with capture_logs() as logs:
        ours.write(report)
        ours.write(report)
        wiki.status = 503
        ours.write(report)
    assert f"{report.snapshot.product.name}: " in wiki.text
    assert "https://r.example/readyline.html" in wiki.text
    assert [(one["event"], one.get("written")) for one in logs] == [
        ("confluence.done", True),
        ("confluence.done", False),
        ("confluence.failed", None),
    ]


def test_a_missing_token_names_its_variable(wiki: Wiki, store: Store) -> None:
    with pytest.raises(ConfigError, match="READYLINE_CONFLUENCE_TOKEN is empty"):
        open_wiki(settings(wiki, "cloud"), Policy(), "", {}, store=store, clock=lambda: STARTED)


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


def test_the_plan_says_that_an_undo_paused_the_page() -> None:
    pause = Pause(subject=wiki_id(SETTINGS_OF_PLAN), mark=PAGE, run="undo-1")
    report = with_wiki(sample(), SETTINGS_OF_PLAN, Policy(), "", [pause])
    why = "paused by undo undo-1 until `readyline resume`"
    document = as_json.plan_document(report)
    assert document.confluence is not None
    assert document.confluence.paused == why
    assert why in as_text.plain(as_text.plan(report), 200)
    assert "paused by undo undo-1" in as_markdown.plan(report)


def test_without_a_page_the_plan_says_nothing_of_one() -> None:
    report = with_wiki(sample(), None, Policy(), "")
    assert as_json.plan_document(report).confluence is None
    assert "Confluence" not in as_text.plain(as_text.plan(report)) + as_markdown.plan(report)
