"""Teams that share one backlog get proposals and a runway: without filters, alone, or with the same filter."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.app_harness import Office

pytestmark = pytest.mark.journey

TEAM = re.compile(r"\[\[teams\]\].*?(?=\[\[teams\]\]|\[capacity\])", re.DOTALL)
TAKES = re.compile(r"takes = .*")


def without_filters(text: str) -> str:
    """Every team may take everything."""
    return TAKES.sub("", text)


def alone(text: str) -> str:
    """The first team only, without a filter."""
    first, *others = TEAM.findall(text)
    for other in others:
        text = text.replace(other, "")
    return text.replace(first, TAKES.sub("", first))


def the_same_filter(text: str) -> str:
    """Every team takes every component."""
    components = re.findall(r'components = \["(\w+)"\]', text)
    return TAKES.sub(f"takes = {{ components = {components} }}", text)


def one_without_a_filter(text: str) -> str:
    """Two teams have filters, and the third may take what they do not claim."""
    return TAKES.sub("", text, count=1)


@pytest.mark.parametrize("change", [without_filters, alone, the_same_filter, one_without_a_filter])
def test_teams_get_proposals_and_a_runway(cloud: Office, change: Callable[[str], str]) -> None:
    cloud.config.write_text(change(cloud.config.read_text(encoding="utf-8")), encoding="utf-8")
    report = cloud.run("report", "--out", str(cloud.folder / "out"))
    assert report.code == 0, report.err
    document = _document(cloud)
    runways = document["deep"]["runway"]["teams"]
    assert all(runway["ready_points"] > 0 and runway["sprints"] > 0 for runway in runways), runways
    placed = {placement["team"] for placement in document["proposal"]["placements"]}
    assert placed, document["proposal"]["left_out"]
    names = {team["name"] for team in document["teams"]}
    assert placed <= names
    taken = [placement["issue"] for placement in document["proposal"]["placements"]]
    assert len(taken) == len(set(taken))
    if change in {without_filters, alone}:
        assert {left["code"] for left in document["proposal"]["left_out"]}.isdisjoint({"NO_TEAM"})
        findings = [finding["rule"] for issue in document["issues"] for finding in issue["findings"]]
        assert "ready.has_team" not in findings
        assert all("teams" not in silence["missing"] for silence in document["blind"])


def _document(place: Office) -> Any:
    (path,) = (place.folder / "out").glob("*.json")
    return json.loads(path.read_text(encoding="utf-8"))
