"""`readyline history` has every write of a run and every write it did not make, each with what led to it."""

import csv
from io import StringIO
from typing import Any

import pytest

from sync.fake_jira.faults import refused
from tests.journeys.app_harness import Office

pytestmark = pytest.mark.journey


def history(place: Office, run: str) -> dict[str, Any]:
    document: dict[str, Any] = place.run("history", run, "--format", "json").document
    return document


def last_run(place: Office) -> str:
    runs: list[dict[str, Any]] = place.run("history", "--format", "json").document["runs"]
    return str(runs[0]["run"])


def test_every_write_is_there_with_rule_before_after_status_and_decision(shop: Office) -> None:
    run = shop.run("run", "--format", "json").document
    document = history(shop, run["run"])
    written = {(one["kind"], one["issue"]): one for one in document["written"]}
    assert [(one["change"]["kind"], one["change"]["issue"]) for one in run["outcomes"]] == [*written]
    assert {one["decision"] for one in document["written"]} == {"done"}
    assert {kind for kind, _ in written} >= {"add-label", "put-comment"}
    end = shop.end_state()
    for (kind, key), one in written.items():
        labels, comments, sprints = end[key]
        assert one["before"] == ""
        assert one["after"] in (*labels, *map(str, sprints)) or one["after"].startswith("Not ready: ")
        assert bool(comments) is (("put-comment", key) in written)
        assert one["status"] == (201 if kind == "put-comment" else 204)
        assert one["rules"]
        assert all(rule["passed"] or rule["says"] for rule in one["rules"])
    [missing] = [rule for rule in written["add-label", "SHOP-116"]["rules"] if not rule["passed"]]
    assert (missing["rule"], missing["says"][:12]) == ("ready.estimated", "The estimate")


def test_a_write_that_the_site_refuses_keeps_the_status_of_the_refusal(cloud: Office) -> None:
    cloud.jira.faults.on(refused(400, "labels: not on the screen"), method="PUT", path="/issue/")
    assert cloud.run("run").code == 5
    [failed] = [one for one in history(cloud, last_run(cloud))["written"] if one["decision"] == "failed"]
    assert (failed["status"], failed["before"], failed["after"]) == (400, "", "")
    assert "not on the screen" in failed["reason"]


@pytest.mark.parametrize(
    ("old", "new", "decision", "reason"),
    [
        ("enabled = true", "enabled = false", "off", "[write_back] enabled is false"),
        ("max_changes = 1000", "max_changes = 1", "refused", "max_changes allows 1"),
    ],
)
def test_what_a_run_may_not_write_is_there_with_the_reason(
    cloud: Office, old: str, new: str, decision: str, reason: str
) -> None:
    cloud.write_config(old, new)
    planned = cloud.run("plan", "--format", "json").document["changes"]
    cloud.run("run")
    document = history(cloud, last_run(cloud))
    unmade = [one for one in document["not_written"] if one["decision"] == decision]
    assert document["written"] == []
    assert [(one["kind"], one["issue"], one["value"]) for one in unmade] == [
        (one["kind"], one["issue"], one["value"]) for one in planned
    ]
    assert all(reason in one["reason"] and one["rules"] and one["status"] is None for one in unmade)


def test_a_plan_that_is_not_the_reviewed_one_is_there_as_refused(cloud: Office) -> None:
    assert cloud.run("run", "--expect", "0" * 16).code == 3
    decisions = {one["decision"] for one in history(cloud, last_run(cloud))["not_written"]}
    assert decisions == {"refused", "left-alone"}


def test_what_a_person_decided_is_there_and_an_undo_is_a_run_of_its_own(cloud: Office) -> None:
    first = cloud.run("run", "--format", "json").document["run"]
    cloud.jira.state.remove_label("SHOP-116", "readyline-not-ready", by="ana")
    cloud.run("run")
    left = [one for one in history(cloud, last_run(cloud))["not_written"] if one["decision"] == "left-as-is"]
    assert [(one["issue"], one["mark"], one["before"]) for one in left] == [("SHOP-116", "readyline-not-ready", "")]
    assert left[0]["reason"] == "a person removed it; nothing has changed since"
    assert [rule["rule"] for rule in left[0]["rules"]] == ["ready.estimated"]
    cloud.run("undo", first)
    undone = history(cloud, last_run(cloud))
    assert undone["undoes"] == first
    assert {rule["rule"] for one in undone["written"] for rule in one["rules"]} == {"undo"}
    comments = [one for one in undone["written"] if one["kind"] == "delete-comment"]
    assert {(one["status"], one["after"]) for one in comments} == {(204, "")}
    assert all(one["before"].startswith("Not ready: ") for one in comments)


def test_the_page_and_the_table_say_the_same(cloud: Office) -> None:
    run = cloud.run("run", "--format", "json").document["run"]
    document = history(cloud, run)
    entries = document["written"] + document["not_written"]
    rows = list(csv.DictReader(StringIO(cloud.run("history", run, "--format", "csv").out)))
    assert [(row["issue"], row["decision"], row["http_status"]) for row in rows] == [
        (one["issue"], one["decision"], str(one["status"] or "")) for one in entries
    ]
    assert all(row["rules"] for row in rows)
    page = cloud.run("history", run).out
    for one in entries:
        assert one["issue"] in page
    assert f"Written  {len(document['written'])} done" in page
    assert "done (HTTP 201)" in page
    assert run in cloud.run("history").out
    assert run in cloud.run("history", "--format", "csv").out


def test_a_run_that_nobody_knows_is_wrong_usage_and_names_the_last_ones(cloud: Office) -> None:
    assert cloud.run("history").out == "No run is known yet.\n"
    cloud.run("run")
    ended = cloud.run("history", "20200101T000000-aaaaaa")
    assert (ended.code, ended.out) == (2, "")
    assert last_run(cloud) in ended.err
    assert last_run(cloud) in cloud.run("history", "--format", "markdown").out
