"""`why` explains one issue down to the thresholds and where each of them was set."""

import pytest

from tests.journeys.app_harness import Office

pytestmark = pytest.mark.journey


def test_a_key_may_be_written_in_small_letters(cloud: Office) -> None:
    key = cloud.run("check", "--format", "json").document["issues"][0]["key"]
    for command in ("why", "check"):
        document = cloud.run(command, key.lower(), "--format", "json").document
        assert [issue["key"] for issue in document["issues"]] == [key]
    assert cloud.run("why", key.lower()).out == cloud.run("why", key).out


def test_the_thresholds_of_failed_rules_are_in_the_document(cloud: Office) -> None:
    cloud.write_config("[write_back]", "[rules.ready.described]\nmin_words = 900\n\n[write_back]")
    issues = cloud.run("check", "--format", "json").document["issues"]
    key = next(i["key"] for i in issues if any(f["rule"] == "ready.described" for f in i["findings"]))
    document = cloud.run("why", key, "--format", "json").document
    rows = {(one["rule"], one["option"]): one for one in document["thresholds"]}
    assert rows["ready.described", "min_words"]["value"] == "900"
    assert rows["ready.described", "min_words"]["origin"].startswith(f"{cloud.config}:")
    assert {finding["rule"] for finding in document["issues"][0]["findings"]} <= {rule for rule, _ in rows}

    one = cloud.run("why", key, "DESCRIBED", "--format", "json").document
    assert {row["rule"] for row in one["thresholds"]} == {"ready.described"}
    assert [finding["rule"] for finding in one["issues"][0]["findings"]] == ["ready.described"]
    page = "".join(line.strip() for line in cloud.run("why", key, "ready.described").out.splitlines())
    assert f"min_words = 900({cloud.config}:" in page.replace(" (", "(")


def test_an_unknown_rule_is_named_with_the_nearest_one(cloud: Office) -> None:
    ended = cloud.run("why", "SHOP-1", "estimatd")
    assert (ended.code, 'did you mean "estimated"?' in ended.err) == (2, True)


def test_an_issue_of_the_running_sprint_says_that_it_is_left_alone(cloud: Office) -> None:
    issues = cloud.run("check", "--format", "json").document["issues"]
    key = next(issue["key"] for issue in issues if issue["left_alone"] == "in the running sprint: left alone")
    assert "In the running sprint: left alone." in cloud.run("why", key).out
