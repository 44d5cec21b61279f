"""The pages of Sprint Planning on paper, as a browser prints them. Skipped where there is no Chromium."""

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rules.planning.passed_over import PassedOver
from rules.planning.side_work import SideWork
from sync.reports.planning import as_html
from sync.reports.planning.part_one import part_one_page
from sync.reports.planning.team import team_page
from tests.sync.reports.busy import TEAM, busy
from tests.sync.reports.sample import sample

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [pytest.mark.slow, pytest.mark.skipif(BROWSER is None, reason="no Chromium to print with")]
QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")


def sheets(source: str, folder: Path) -> int:
    """How many sheets of A4 a page takes."""
    assert BROWSER is not None
    page, paper = folder / "page.html", folder / "page.pdf"
    page.write_text(source, encoding="utf-8")
    profile = f"--user-data-dir={folder / 'profile'}"
    command = [BROWSER, *QUIET, profile, f"--print-to-pdf={paper}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return max(int(count) for count in re.findall(rb"/Count (\d+)", paper.read_bytes()))


def test_part_one_of_three_teams_takes_two_sheets_also_with_all_that_is_outside_the_plan(tmp_path: Path) -> None:
    page = part_one_page(sample())
    below = [one.issue for team in page.whole.teams for one in team.below]
    passed = tuple(PassedOver(issue=one, rank=3, team="Payments", lower=(one.key,), why="") for one in below)
    aside = tuple(SideWork(issue, "Payments", "Payments 42") for issue in below)
    dated = tuple(replace(issue, due=date(2026, 4, 1)) for issue in below)
    page = replace(page, whole=replace(page.whole, side_work=aside, dated=dated, passed_over=passed))

    assert len(page.whole.teams) == 3
    assert sheets(as_html.part_one(page), tmp_path) == 2


@pytest.mark.parametrize("issues", [4, 11])
def test_part_two_takes_one_sheet_a_team(issues: int, tmp_path: Path) -> None:
    page = team_page(busy(issues), TEAM)

    assert page is not None
    assert len(page.rows) == issues
    assert sum(row.tasks.count for row in page.rows) == 4 * issues
    assert sheets(as_html.team(page), tmp_path) == 1
