"""A baseline silences findings: it says which ones first, needs a reason, and never makes an issue ready."""

import pytest

from tests.journeys.app_harness import Office

pytestmark = pytest.mark.journey


def states(place: Office) -> dict[str, str]:
    """Each issue's verdict by its key."""
    return {issue["key"]: issue["verdict"] for issue in place.run("check", "--format", "json").document["issues"]}


def test_without_a_reason_nothing_is_accepted(cloud: Office) -> None:
    ended = cloud.run("baseline")
    assert ended.code == 2
    assert '--because "TEXT"' in ended.err
    assert cloud.run("baseline", "--list", "--format", "json").document["findings"] == []


def test_it_shows_what_it_silences_and_a_dry_run_changes_nothing(cloud: Office) -> None:
    shown = cloud.run("baseline", "--dry-run").out
    assert "SHOP-" in shown
    assert "to accept." in shown
    assert "Nothing was changed." in shown
    assert cloud.run("baseline", "--list", "--format", "json").document["accepted"] == 0


def test_a_run_right_after_it_on_a_fresh_site_writes_nothing(cloud: Office) -> None:
    before = states(cloud)
    accepted = cloud.run("baseline", "--because", "as we found it", "--format", "json").document
    assert accepted["accepted"] == len(accepted["findings"]) > 0
    assert cloud.run("plan", "--format", "json").document["changes"] == []
    ran = cloud.run("run", "--format", "json").document
    assert (ran["changes"], ran["outcomes"]) == ([], [])
    assert states(cloud) == before
    assert all(not labels and not comments for labels, comments, _ in cloud.end_state().values())


def test_it_changes_neither_verdict_nor_runway_nor_proposal(cloud: Office) -> None:
    def seen() -> tuple[object, ...]:
        proposal = cloud.run("plan", "--format", "json").document["proposal"]
        return states(cloud), cloud.run("check", "--format", "json").document["deep"]["runway"], proposal

    before = seen()
    cloud.run("baseline", "--because", "as we found it")
    assert seen() == before


def test_findings_and_pages_say_that_a_baseline_accepts_them(cloud: Office) -> None:
    cloud.run("baseline", "--because", "as we found it")
    issues = cloud.run("check", "--format", "json").document["issues"]
    waived = {finding["waived"] for issue in issues for finding in issue["findings"]}
    assert waived == {"accepted by baseline: as we found it"}
    key = next(issue["key"] for issue in issues if issue["verdict"] == "not-ready")
    assert "Accepted by baseline: as we found it." in cloud.run("check", key).out
    assert "as we found it" in cloud.run("baseline", "--list").out


def test_labels_begin_with_the_first_verdict_that_changes(cloud: Office) -> None:
    changes = cloud.run("plan", "--format", "json").document["changes"]
    ready = next(change["issue"] for change in changes if change["value"] == "readyline-ready")
    cloud.run("baseline", "--because", "as we found it")
    cloud.run("run")
    cloud.jira.state.edit(ready, description="TODO", by="marcus")
    cloud.run("run")
    labelled = {key: labels for key, (labels, _, _) in cloud.end_state().items() if labels}
    assert labelled == {ready: ("readyline-not-ready",)}


@pytest.mark.parametrize("dry", [True, False])
def test_it_can_be_cleared(cloud: Office, *, dry: bool) -> None:
    number = cloud.run("baseline", "--because", "as we found it", "--format", "json").document["accepted"]
    cleared = cloud.run("baseline", "--clear", *(["--dry-run"] if dry else []), "--format", "json").document
    left = number if dry else 0
    assert (cleared["accepted"], len(cleared["findings"])) == (left, number)
    assert cloud.run("baseline", "--list", "--format", "json").document["accepted"] == left
    changes = cloud.run("plan", "--format", "json").document["changes"]
    assert ({change["kind"] for change in changes} >= {"add-label"}) is not dry
