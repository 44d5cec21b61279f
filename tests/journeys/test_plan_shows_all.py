"""A run writes nothing that the plan before it did not show: labels, comments with their text, moves, properties."""

import pytest

from tests.journeys.app_harness import Office

pytestmark = pytest.mark.journey


def test_everything_a_run_writes_was_in_the_plan(cloud: Office) -> None:
    plan = cloud.run("plan", "--format", "json").document
    before = cloud.end_state()
    cloud.run("run")
    after, records = cloud.end_state(), {record.key: record for record in cloud.jira.state.issues.values()}
    shown = {key: {change["kind"]: change for change in plan["changes"] if change["issue"] == key} for key in after}
    properties = {one["issue"]: one["value"] for one in plan["properties"]}
    for key, (labels, comments, sprints) in after.items():
        old_labels, old_comments, old_sprints = before[key]
        kinds = shown[key].keys()
        assert (labels == old_labels) or {"add-label", "remove-label"} & kinds
        assert (comments == old_comments) or "put-comment" in kinds
        assert (sprints == old_sprints) or "move-to-sprint" in kinds
        assert ("readyline" in records[key].properties) is (key in properties)
    assert any(change["text"] for change in plan["changes"])
    for change in plan["changes"]:
        if change["kind"] == "put-comment":
            headline, *_ = change["text"].splitlines()
            assert headline.rstrip(".") in after[change["issue"]][1][0]
    for key, value in properties.items():
        assert records[key].properties["readyline"] == value | {
            "comment": records[key].properties["readyline"]["comment"]
        }


def test_the_text_of_each_comment_is_on_the_page_of_the_plan(cloud: Office) -> None:
    plan = cloud.run("plan", "--format", "json").document
    page = "".join(cloud.run("plan").out.split())
    lines = [line for change in plan["changes"] for line in change["text"].splitlines()]
    assert lines
    assert [line for line in lines if "".join(line.split()) not in page] == []
    assert page.count("setproperty") == len(plan["properties"]) > 0


def test_the_plan_in_markdown_has_every_change_comment_and_property(cloud: Office) -> None:
    plan = cloud.run("plan", "--format", "json").document
    page = cloud.run("plan", "--format", "markdown").out
    changes, _, rest = page.partition("## Issue properties")
    properties = rest.partition("\n## ")[0]
    rows = [line for line in changes.partition("## Changes planned")[2].splitlines() if line.startswith("| [SHOP-")]
    assert len(rows) == len(plan["changes"]) > 0
    comments = [change for change in plan["changes"] if change["kind"] == "put-comment"]
    for change in comments:
        text = changes.partition(f"### {change['issue']}: the comment")[2].partition("\n###")[0]
        for line in change["text"].splitlines():
            assert line[:20].lstrip("- ") in text
    assert len([line for line in properties.splitlines() if line.startswith("- [SHOP-")]) == len(plan["properties"])


@pytest.mark.parametrize("enabled", [True, False])
@pytest.mark.parametrize("command", ["plan", "run"])
def test_a_refused_plan_ends_with_3(cloud: Office, command: str, *, enabled: bool) -> None:
    cloud.write_config("max_changes = 1000", "max_changes = 1")
    if not enabled:
        cloud.write_config("enabled = true", "enabled = false")
    ended = cloud.run(command)
    assert ended.code == 3
    assert "[write_back.limits] max_changes allows 1" in " ".join((ended.out + ended.err).split())
