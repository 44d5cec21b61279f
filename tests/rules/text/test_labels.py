"""The labels of real issues: what the file may hold, and how shares are weighted."""

import json
import re

import pytest

from tests.benchmarks.labelled import FOLDER, FRESH, LATER, Share, agreement, chance, ours, rows, share_of, weights_of
from tests.benchmarks.material import DATA, file_of
from tests.external_data import needs

FIELDS = {"id", "project", "held", "type", "drawn", "complaints", "labels", "spans"}
VALUES = {
    "story_form": {"yes", "no"},
    "story_benefit": {"yes", "no", "na"},
    "acceptance": {"present", "empty", "absent", "na"},
    "steps": {"yes", "no", "na"},
    "expected": {"yes", "no", "na"},
    "actual": {"yes", "no", "na"},
    "placeholder": {"yes", "no"},
    "open_question": {"yes", "no"},
}
HELD = {"mlreef", "tezos", "gitlab-pages", "porru-dnn", "talenddataquality", "moodle"}


def test_the_labels_hold_ids_and_places_and_no_text() -> None:
    for row in rows():
        assert set(row) - {"differ"} == FIELDS
        assert all(place in ("title", "text") and 0 <= first < last for place, first, last in row["spans"].values())
        assert row["held"] is (row["project"] in HELD)


def test_the_labels_of_an_issue_agree_with_each_other() -> None:
    for row in rows():
        labels = row["labels"]
        assert {label: value in VALUES[label] for label, value in labels.items()} == dict.fromkeys(VALUES, True)
        assert {labels[label] == "na" for label in ("steps", "expected", "actual")} == {labels["acceptance"] != "na"}
        assert (labels["story_benefit"] == "na") is (labels["story_form"] == "no")
        assert set(row["spans"]) == {k for k in row["spans"] if labels[k] in ("yes", "present", "empty")}


def test_an_issue_that_was_likely_drawn_weighs_less() -> None:
    """10 issues of 100 at random and 5 of the 20 that lack steps: 1 - 0.9 * 0.75 = 0.325, or 0.1 without."""
    sizes = {"items": 100, "steps": 20}
    drawn = {"random": 10, "steps": 5}

    assert chance(["steps"], drawn, sizes) == pytest.approx(0.325)
    assert chance([], drawn, sizes) == pytest.approx(0.1)


def test_the_weights_of_a_project_average_one() -> None:
    chosen = [
        {"id": "a", "project": "p", "drawn": "random", "complaints": []},
        {"id": "b", "project": "p", "drawn": "steps", "complaints": ["steps"]},
    ]

    weights = weights_of(chosen, {"p": {"items": 10, "steps": 2}})

    assert weights["a"] > weights["b"]
    assert sum(weights.values()) == pytest.approx(2)


def test_the_interval_of_a_share_is_that_of_wilson() -> None:
    """96 of 100: Wilson's interval is 0.902 to 0.984."""
    assert share_of([(number < 96, 1.0) for number in range(100)]).interval == pytest.approx((0.902, 0.984), abs=0.001)


def test_uneven_weights_widen_the_interval() -> None:
    even, uneven = share_of([(True, 1.0), (False, 1.0)]), share_of([(True, 3.0), (False, 3.0), (True, 0.1)])

    assert uneven.size < 3
    assert even.interval[0] > 0
    assert Share(1.0, 0, 0.0).interval == (0.0, 1.0)


@needs(DATA, file_of("MOD"))
def test_every_label_rests_on_a_place_in_its_issue() -> None:
    """The projects used in development; the others are not read."""
    texts = {issue.text.id: issue.text for issue in ours()}

    for row in rows():
        if not row["held"]:
            text = texts[row["id"]]
            assert all(last <= len(getattr(text, place)) for place, _, last in row["spans"].values())


def test_the_agreement_in_the_readme_is_that_of_the_labels() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| `(\w+)` \| (\d+) \| ([\d.]+) \| ([\d.]+) \|$", text, re.MULTILINE)

    assert {label for label, *_ in table} == set(VALUES)
    for label, differed, same, kappa in table:
        assert int(differed) == sum(label in row.get("differ", {}) for row in rows())
        assert agreement(rows(), label) == pytest.approx((float(same), float(kappa)), abs=0.0051)


def test_the_issues_labelled_later_are_others_and_have_no_texts() -> None:
    later = [json.loads(line) for line in LATER.read_text(encoding="utf-8").splitlines()]

    assert {row["id"] for row in later}.isdisjoint(row["id"] for row in rows())
    assert len({row["id"] for row in later}) == len(later) == 125
    assert {frozenset(row) for row in later} == {frozenset(("id", "project", "type", "read", "labels"))}


def test_the_fresh_defect_reports_are_in_no_other_set_and_have_no_texts() -> None:
    fresh = [json.loads(line) for line in FRESH.read_text(encoding="utf-8").splitlines()]
    files = [file for file in FOLDER.glob("*.jsonl") if file != FRESH]
    others = {json.loads(line)["id"] for file in files for line in file.read_text(encoding="utf-8").splitlines()}

    assert {row["id"] for row in fresh}.isdisjoint(others)
    assert len({row["id"] for row in fresh}) == len(fresh) == 120
    assert {frozenset(row) for row in fresh} == {frozenset(("id", "project", "type", "labels"))}
    assert all(value in VALUES[label] for row in fresh for label, value in row["labels"].items())
