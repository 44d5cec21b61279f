"""A backlog that nobody touches is judged once; the next runs say so, until somebody touches it."""

import pytest

from sync.cli.exit_codes import FINDINGS
from tests.journeys.app_harness import Office

pytestmark = pytest.mark.journey


def test_a_quiet_run_only_looks_until_somebody_edits_an_issue(cloud: Office) -> None:
    for _ in range(3):  # writes, sees what it wrote, finds nothing to do
        cloud.run("run")
    quiet = cloud.run("run", "--format", "json")
    assert quiet.code == 0
    assert quiet.document["unchanged_since"]
    assert (quiet.document["changes"], quiet.document["outcomes"]) == ([], [])
    assert "Nothing has changed since run" in cloud.run("run").out
    assert "Nothing has changed" not in cloud.run("run", "--format", "markdown").out
    cloud.jira.state.edit("SHOP-101", description="", by="ana.alvarez")
    edited = cloud.run("run", "--format", "json").document
    assert edited["unchanged_since"] is None


def test_check_prints_the_same_with_and_without_what_it_kept_until_somebody_edits_an_issue(cloud: Office) -> None:
    words = ("check", "--format", "json", "--fail-on", "must")
    first, asked = cloud.run(*words), len(cloud.jira.requests)
    second = cloud.run(*words)
    assert len(cloud.jira.requests) - asked <= 20
    cloud.folder.joinpath("readyline.db.mirror").unlink()
    assert first == second == cloud.run(*words)
    assert first.code == FINDINGS
    cloud.jira.state.edit("SHOP-101", description="", by="ana.alvarez")
    edited = cloud.run(*words)
    assert edited.out != first.out
