"""The file names of the teams' pages, and the links between pages."""

import re

from hypothesis import given
from hypothesis import strategies as st

from sync.reports.address import MOST_TEAMS, links, team_files

NAMES = st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=6, unique=True)


@given(NAMES)
def test_every_team_has_a_safe_file_of_its_own_whatever_the_order(names: list[str]) -> None:
    files = team_files(names)
    assert list(files) == names
    assert len(set(files.values())) == len(names)
    assert all(re.fullmatch(r"readyline-team-[a-z0-9]+(-[a-z0-9]+)*\.html", file) for file in files.values())
    assert team_files(reversed(names)) == files


def test_an_ordinary_name_can_be_read_in_the_address() -> None:
    files = team_files(["Web Shop", "Größe & Maß", "../../etc"])
    assert [*files.values()] == [
        "readyline-team-web-shop.html",
        "readyline-team-grosse-mass.html",
        "readyline-team-etc.html",
    ]


def test_names_that_become_the_same_or_nothing_get_a_digest() -> None:
    first, second, third = team_files(["Web Shop", "web-shop", "支付"]).values()
    assert first != second
    assert all(re.fullmatch(r"readyline-team-web-shop-[0-9a-f]{8}\.html", file) for file in (first, second))
    assert re.fullmatch(r"readyline-team-[0-9a-f]{8}\.html", third)


def test_with_many_teams_only_the_overview_links_to_all() -> None:
    files = team_files(f"Team {number}" for number in range(MOST_TEAMS + 1))
    assert [one.name for one in links(files, "index.html")] == ["Overview", "Product Owner", "Admin"]
    assert [one.name for one in links(files, files["Team 3"]) if one.here] == ["Team 3"]
