"""The server of several products: an index, and the site of each below it. No socket is opened."""

from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug.test import Client, TestResponse

from sync.web.app import HEADERS, Site
from sync.web.products import applications
from sync.web.status import Board
from tests.sync.web.test_app import GOOD


def site(folder: Path, title: str, token: str = "") -> Site:
    folder.mkdir()
    (folder / "readyline.html").write_text(f"<!doctype html><title>{title}</title>", encoding="utf-8")
    return Site(title=title, folders=(folder,), board=Board(), token=token)


@pytest.fixture
def sites(tmp_path: Path) -> dict[str, Site]:
    return {"shop": site(tmp_path / "shop", "Shop & Co"), "pay day": site(tmp_path / "pay", "Pay")}


def get(sites: dict[str, Site], path: str, token: str = "") -> TestResponse:
    return Client(applications(sites)).get(path, headers={"Authorization": f"Bearer {token}"})


def test_the_index_links_to_each_product_and_says_how_its_runs_ended(sites: dict[str, Site]) -> None:
    sites["shop"].board.ran(GOOD)
    page = get(sites, "/")
    assert '<a href="shop/">Shop &amp; Co</a>: The last good run ended at 2026-03-02 12:00 UTC.' in page.text
    assert '<a href="pay%20day/">Pay</a>: No run has ended yet.' in page.text
    assert HEADERS.items() <= dict(page.headers).items()


@pytest.mark.parametrize(
    ("path", "has"), [("/shop/readyline.html", "Shop & Co"), ("/pay%20day/readyline.html", "Pay"), ("/shop/", "Owner")]
)
def test_the_pages_of_a_product_are_below_its_name(sites: dict[str, Site], path: str, has: str) -> None:
    assert has in get(sites, path).text


@pytest.mark.parametrize("path", ["/readyline.html", "/shop", "/other/readyline.html", "//shop/readyline.html"])
def test_nothing_else_is_served(sites: dict[str, Site], path: str) -> None:
    assert get(sites, path).status_code == 404


def test_it_only_reads(sites: dict[str, Site]) -> None:
    assert Client(applications(sites)).post("/").status_code == 405


def test_a_broken_product_makes_neither_the_others_nor_the_server_unready(sites: dict[str, Site]) -> None:
    def codes() -> tuple[int, ...]:
        return tuple(
            get(sites, path).status_code for path in ("/healthz", "/readyz", "/shop/readyz", "/pay%20day/readyz")
        )

    assert codes() == (200, 503, 503, 503)
    sites["shop"].board.ran(GOOD)
    sites["pay day"].board.failed("the site is down")
    assert codes() == (200, 200, 200, 503)


def test_the_figures_name_the_product(sites: dict[str, Site]) -> None:
    sites["shop"].board.ran(GOOD)
    text = get(sites, "/metrics").text
    assert 'readyline_runs_total{end="good",product="shop"} 1.0' in text
    assert 'readyline_up{product="pay day"} 0.0' in text
    assert 'readyline_last_run_timestamp_seconds{product="pay day"}' not in text


def test_a_token_opens_its_own_product_only(sites: dict[str, Site]) -> None:
    sites["shop"] = replace(sites["shop"], token="for-shop")
    sites["pay day"] = replace(sites["pay day"], token="for-pay")
    assert [get(sites, path).status_code for path in ("/", "/metrics", "/shop/readyline.html")] == [401] * 3
    assert get(sites, "/readyz").status_code == 503
    seen = get(sites, "/", "for-shop")
    assert ("Shop" in seen.text, "Pay" in seen.text) == (True, False)
    assert "pay day" not in get(sites, "/metrics", "for-shop").text
    assert get(sites, "/shop/readyline.html", "for-shop").status_code == 200
    assert get(sites, "/pay%20day/readyline.html", "for-shop").status_code == 401


def test_a_product_that_comes_or_goes_while_the_server_runs_is_shown_or_not(sites: dict[str, Site]) -> None:
    client, shop = Client(applications(sites)), sites.pop("shop")
    assert client.get("/shop/readyline.html").status_code == 404
    sites["shop"] = shop
    assert client.get("/shop/readyline.html").status_code == 200


def test_a_single_product_has_the_server_to_itself(sites: dict[str, Site]) -> None:
    alone = {"": sites["shop"]}
    assert get(alone, "/readyline.html").status_code == 200
    assert "product=" not in get(alone, "/metrics").text
