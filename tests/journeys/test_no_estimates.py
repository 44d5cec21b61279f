"""A real project in which nobody estimates: work is counted in issues, and every output says so."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.external_data import needs
from tests.journeys.app_harness import Office
from tests.journeys.real import raw_issues, real_office

PROJECT = "MOD"
POINTS = re.compile(r"\d (?:(?:ready|open|more|reserved) )?points?\b(?! of the Definition)")
"""A figure in points; points of the DEEP score have that word between."""

pytestmark = [pytest.mark.journey, needs(raw_issues(PROJECT))]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with real_office(tmp_path_factory.mktemp("no estimates"), "cloud", PROJECT) as place:
        yield place


def test_the_pace_is_known_in_issues(site: Office) -> None:
    document = site.run("check", "--format", "json").document
    runway = document["deep"]["runway"]["product"]

    ready = runway["ready_points"]

    assert (runway["unit"], runway["sprints"]) == ("issues", ready / 2)
    assert runway["text"].startswith(f"{ready:g} ready issues are")
    assert "at 2 issues a sprint" in runway["text"]


def test_no_issue_is_asked_for_an_estimate_and_the_reason_is_said_once(site: Office) -> None:
    document = site.run("check", "--format", "json").document
    shown = site.run("check").out

    assert "ready.estimated" not in json.dumps(document["issues"])
    assert [blind["missing"] for blind in document["blind"]] == ["points"]
    assert " ".join(shown.split()).count("Unchecked Work is counted in issues: 0 of 87 issues have an estimate.") == 1


def test_no_output_has_a_figure_in_points(site: Office, tmp_path: Path) -> None:
    outputs = [
        site.run(*command, "--format", kind).out
        for command in (("capacity",), ("plan",), ("check",), ("planning",), ("forecast",))
        for kind in ("text", "json", "markdown")
    ]
    assert site.run("report", "--out", str(tmp_path)).code == 0
    outputs += [path.read_text(encoding="utf-8") for path in tmp_path.iterdir() if path.is_file()]

    issues = [text for text in outputs if "issues" in text]
    assert len(issues) == len(outputs) >= 12
    assert [POINTS.findall(text) for text in outputs] == [[] for _ in outputs]
