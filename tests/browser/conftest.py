"""The browser of this machine. Where there is none, these tests are skipped and say so."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.sync.reports.test_planning_print import BROWSER


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium; nothing is downloaded. Its event loop ends with it, before tests with one of their own."""
    if BROWSER is None:
        pytest.skip("no Chromium to open pages with")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield opened
        opened.close()
