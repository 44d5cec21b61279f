"""Every kind of page against axe-core, on a phone and a laptop, light and dark."""

import json
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from werkzeug.test import Client

from sync.web.app import Site, application
from sync.web.status import Board
from tests.sync.reports.every_page import KINDS, write_every_page

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser")]

ALL: dict[str, Any] = {"resultTypes": ["violations"]}
CONTRAST = ALL | {"runOnly": ["color-contrast"]}  # what alone may differ where the layout was checked already
VIEWS: tuple[tuple[int, Literal["light", "dark"], dict[str, Any]], ...] = (
    (390, "light", ALL),
    (390, "dark", CONTRAST),
    (1280, "dark", ALL),
    (1280, "light", CONTRAST),
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    write_every_page(folder)
    site = Site(title="Shop", folders=(folder,), board=Board())
    (folder / "served.html").write_text(Client(application(site)).get("/").text, encoding="utf-8")
    return {path.stem: path for path in folder.glob("*.html")}


def violations(browser: Browser, path: Path) -> list[str]:
    """What axe-core finds in each view: the width, the scheme, the rule, and the first place."""
    page = browser.new_page()
    page.goto(path.as_uri())
    page.evaluate(Axe().axe_script)
    found: list[str] = []
    for width, scheme, options in VIEWS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        wrong = page.evaluate(f"axe.run(document, {json.dumps(options)})")["violations"]
        found += [f"{width} {scheme} {one['id']}: {one['nodes'][0]['html'][:200]}" for one in wrong]
    page.close()
    return found


@pytest.mark.parametrize("kind", [*KINDS, "served"])
def test_a_page_has_no_violation_at_any_width_light_and_dark(
    kind: str, pages: dict[str, Path], browser: Browser
) -> None:
    assert violations(browser, pages[kind]) == []


def test_what_is_wrong_in_one_view_alone_is_found(tmp_path: Path, browser: Browser) -> None:
    style = ":root{color-scheme:light dark}@media(prefers-color-scheme:dark){p{color:#222;background:#111}}"
    (tmp_path / "bad.html").write_text(
        f"<!doctype html><html lang=en><title>Bad</title><style>{style}</style><main><h1>Bad</h1><p>Unreadable</main>"
    )
    places = violations(browser, tmp_path / "bad.html")
    assert [place.partition(":")[0] for place in places] == ["390 dark color-contrast", "1280 dark color-contrast"]
