"""What the worker's web server answers; no socket is opened."""

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from werkzeug.test import Client, TestResponse

from sync.web.app import HEADERS, Site, application
from sync.web.hooks import MOST_BYTES
from sync.web.status import Board, Run

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
GOOD = Run(ended=NOON, seconds=1.5, written=3, refused=0, requests=20, issues=12, ready=9)
SECRET, TOKEN = "hook-secret", "read-token"
CALL = json.dumps({"webhookEvent": "jira:issue_updated", "issue": {"key": "SHOP-1"}}).encode()


@pytest.fixture
def site(tmp_path: Path) -> Site:
    (tmp_path / "readyline.html").write_text("<!doctype html><title>Shop</title>", encoding="utf-8")
    for name in ("admin", "team-web-shop"):
        (tmp_path / f"readyline-{name}.html").write_text("<!doctype html><title>Shop</title>", encoding="utf-8")
    (tmp_path / "readyline.json").write_text("{}", encoding="utf-8")
    (tmp_path / "secret.html").write_text("not ours", encoding="utf-8")
    return Site(title="Shop & Co", folders=(tmp_path,), board=Board())


def get(site: Site, path: str, **headers: str) -> TestResponse:
    return Client(application(site)).get(path, headers={name.replace("_", "-"): said for name, said in headers.items()})


def signed(body: bytes) -> str:
    return f"sha256={hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()}"


def call(site: Site, body: bytes = CALL, path: str = "/hooks/jira", signature: str | None = None) -> TestResponse:
    made = signed(body) if signature is None else signature
    return Client(application(site)).post(path, data=body, headers={"X-Hub-Signature": made})


# Pages


def test_the_first_page_links_to_the_pages_that_runs_wrote(site: Site) -> None:
    page = get(site, "/").text
    assert '<a href="readyline.html">Product Owner</a></li><li><a href="readyline-admin.html">Admin</a>' in page
    assert '<a href="readyline-team-web-shop.html">Team web shop</a>' in page
    assert get(site, "/index.html").text == page
    assert "Shop &amp; Co" in page
    assert "secret" not in page


def test_the_first_page_says_why_there_are_no_pages(tmp_path: Path) -> None:
    assert "No run has written a page yet." in get(Site(title="Shop", folders=(tmp_path,), board=Board()), "/").text
    assert "add [[reports]]" in get(Site(title="Shop", folders=(), board=Board()), "/").text


def test_a_page_is_answered_whole_and_then_as_unchanged(site: Site) -> None:
    first = get(site, "/readyline.html")
    assert (first.status_code, first.content_type) == (200, "text/html; charset=utf-8")

    again = get(site, "/readyline.html", If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")

    (site.folders[0] / "readyline.html").write_text("<!doctype html><title>New</title>", encoding="utf-8")
    assert get(site, "/readyline.html", If_None_Match=first.headers["ETag"]).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/secret.html",
        "/readyline.json",
        "/../secret.html",
        "/%2e%2e/secret.html",
        "//etc/passwd",
        "/readyline.html/",
        "/x",
    ],
)
def test_nothing_but_the_pages_is_served(site: Site, path: str) -> None:
    assert get(site, path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/readyline.html", "/healthz", "/metrics", "/nothing"])
def test_every_answer_has_the_headers_that_keep_a_page_to_itself(site: Site, path: str) -> None:
    assert HEADERS.items() <= dict(get(site, path).headers).items()


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_it_only_reads(site: Site, method: str) -> None:
    assert getattr(Client(application(site)), method)("/readyline.html").status_code == 405


# Health and figures


def test_it_is_alive_from_the_start_and_ready_after_a_good_run_until_one_fails(site: Site) -> None:
    def codes() -> tuple[int, int]:
        return get(site, "/healthz").status_code, get(site, "/readyz").status_code

    assert codes() == (200, 503)
    site.board.ran(GOOD)
    assert codes() == (200, 200)
    site.board.failed("https://shop.example cannot be reached")
    assert codes() == (200, 503)
    assert "shop.example" not in get(site, "/readyz").text + get(site, "/").text
    site.board.ran(GOOD)
    assert codes() == (200, 200)


def test_the_figures_add_up_over_the_runs(site: Site) -> None:
    site.board.ran(GOOD)
    site.board.ran(replace(GOOD, written=4, refused=1, requests=5, issues=13, ready=8))
    site.board.failed("no")
    samples = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(get(site, "/metrics").text)
        for sample in family.samples
    }
    assert samples == {
        ("readyline_runs_total", "good"): 2,
        ("readyline_runs_total", "failed"): 1,
        ("readyline_writes_total",): 7,
        ("readyline_refused_plans_total",): 1,
        ("readyline_requests_total",): 25,
        ("readyline_up",): 0,
        ("readyline_run_seconds",): 1.5,
        ("readyline_issues",): 13,
        ("readyline_ready_issues",): 8,
        ("readyline_last_run_timestamp_seconds",): NOON.timestamp(),
    }


# The token


@pytest.mark.parametrize("said", ["", "Bearer ", f"Bearer {TOKEN}x", TOKEN, "Bearer \u00e9", f"Basic {TOKEN}"])
def test_without_the_token_only_health_is_answered(site: Site, said: str) -> None:
    guarded = replace(site, token=TOKEN)
    for path in ("/", "/readyline.html", "/metrics", "/nothing"):
        refused = get(guarded, path, Authorization=said)
        assert refused.status_code == 401
        assert refused.headers["WWW-Authenticate"] == 'Bearer realm="readyline"'
    assert get(guarded, "/healthz").status_code == 200


def test_with_the_token_everything_is_answered(site: Site) -> None:
    assert get(replace(site, token=TOKEN), "/readyline.html", Authorization=f"Bearer {TOKEN}").status_code == 200


# Hooks


@pytest.fixture
def woken() -> list[str]:
    return []


@pytest.fixture
def hooked(site: Site, woken: list[str]) -> Site:
    return replace(site, hook_secret=SECRET, wake=lambda: woken.append("run"))


def test_a_signed_call_wakes_a_run(hooked: Site, woken: list[str]) -> None:
    assert call(hooked).status_code == 202
    assert woken == ["run"]


def test_a_call_whose_address_ends_with_the_secret_wakes_a_run(hooked: Site, woken: list[str]) -> None:
    assert call(hooked, path=f"/hooks/jira/{SECRET}", signature="").status_code == 202
    assert woken == ["run"]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda site: call(site, signature=""),
        lambda site: call(site, signature="sha256=00"),
        lambda site: call(site, signature="sha1=" + hmac.new(SECRET.encode(), CALL, hashlib.sha1).hexdigest()),
        lambda site: call(site, CALL + b" ", signature=signed(CALL)),
        lambda site: call(site, path="/hooks/jira/guess"),
        lambda site: call(site, path="/hooks/jira/\u00e9"),
    ],
)
def test_a_call_that_is_not_signed_with_the_secret_wakes_nothing(
    hooked: Site, woken: list[str], wrong: Callable[[Site], TestResponse]
) -> None:
    assert wrong(hooked).status_code == 401
    assert woken == []


@pytest.mark.parametrize("size", [MOST_BYTES + 1, 10_000_000])
def test_a_large_body_is_refused_unread(hooked: Site, woken: list[str], size: int) -> None:
    assert call(hooked, b"x" * size).status_code == 413
    assert woken == []


def test_a_call_that_is_replayed_only_wakes_a_run_again(hooked: Site, woken: list[str]) -> None:
    assert [call(hooked, CALL, signature=signed(CALL)).status_code for _ in range(3)] == [202] * 3
    assert woken == ["run"] * 3


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"issue": 1}', b'{"issue": {"key": "<b>"}}', b"\xff", b"[" * 100_000]
)
def test_a_call_about_no_issue_wakes_a_run_all_the_same(hooked: Site, woken: list[str], body: bytes) -> None:
    assert call(hooked, body).status_code == 202
    assert woken == ["run"]


def test_without_a_secret_there_is_no_hook(site: Site) -> None:
    assert call(site).status_code == 404


def test_a_hook_is_not_read(hooked: Site, woken: list[str]) -> None:
    assert get(hooked, "/hooks/jira").status_code == 405
    assert woken == []
