from dataclasses import replace

import pytest

from rules.backlog.index import Backlog
from rules.deep.measure import DeepLetter
from rules.deep.measures.missing_detail import MissingDetail, details_of
from rules.deep.model import Letter
from rules.deep.scorecard import build_view, letter_of
from rules.deep.view import View
from rules.model import Issue, Kind
from rules.verdict import Judgement
from tests.factories import document, issue, link, snapshot
from tests.rules.deep.backlog import FULL, THIN, capacity, judge_by, measure, stories, verdict, view

WORDS = "word " * 60


def letter(seen: View) -> Letter:
    return letter_of(seen, DeepLetter.DETAILED)


def thin(key: str, **overrides: object) -> Issue:
    return issue(key, body="", points=None, parent=None, **overrides)


def seen_with(issues: list[Issue], thin_ones: set[str]) -> View:
    verdicts = tuple(verdict(one, facts=THIN if one.key in thin_ones else FULL) for one in issues)
    return build_view(Backlog.of(snapshot(*issues), (capacity(12.0),)), Judgement(verdicts=verdicts), judge_by())


@pytest.mark.parametrize(("away", "wanted"), [(0, 1.0), (1, 1.0), (3.5, 0.625), (6, 0.25), (60, 0.25)])
def test_the_detail_asked_for_falls_from_one_sprint_to_six(away: float, wanted: float) -> None:
    assert MissingDetail().target(away) == pytest.approx(wanted)


def test_an_issue_with_everything_is_detailed_fully() -> None:
    full = issue("SHOP-1", body=WORDS, points=3.0)

    assert details_of(view([full]))["SHOP-1"] == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("changed", "left"),
    [
        ({"points": None}, 0.70),
        ({"parent": None}, 1.0),
        ({"document": document("word " * 30)}, 0.90),
        ({"points": 8.0}, 0.90),
        ({"links": (link("SHOP-2"),)}, 0.90),
    ],
    ids=[
        "no estimate, so no known size",
        "value told in the story",
        "half the words",
        "too big",
        "waits for a later one",
    ],
)
def test_each_part_of_the_detail_has_its_published_weight(changed: dict[str, object], left: float) -> None:
    first = replace(issue("SHOP-1", body=WORDS, points=3.0), **changed)  # type: ignore[arg-type]

    assert details_of(view([first, issue("SHOP-2")]))["SHOP-1"] == pytest.approx(left)


def test_a_site_without_estimates_asks_for_none() -> None:
    first = issue("SHOP-1", body=WORDS, points=None)

    assert details_of(view([first], unavailable=frozenset({"points"})))["SHOP-1"] == pytest.approx(1.0)


def test_a_bug_is_detailed_by_its_steps_and_results() -> None:
    facts = replace(FULL, acceptance="na", steps="yes", expected="yes", actual="no")
    bug = issue("SHOP-1", body=WORDS, kind=Kind.BUG, points=3.0)
    judgement = Judgement(verdicts=(verdict(bug, facts=facts),))

    level = details_of(build_view(Backlog.of(snapshot(bug), (capacity(),)), judgement, judge_by()))["SHOP-1"]

    assert level == pytest.approx((0.9 - 0.1) / 0.9)


def test_a_thin_epic_near_is_missing_detail_and_the_same_far_away_is_not() -> None:
    filler = [issue(f"SHOP-{n}", body=WORDS, points=3.0) for n in range(1, 60)]
    epic = thin("SHOP-99", kind=Kind.EPIC)

    near = letter(seen_with([*filler[:2], epic, *filler[2:]], {"SHOP-99"}))
    far = letter(seen_with([*filler, epic], {"SHOP-99"}))

    assert "SHOP-99" in measure(near, "missing detail").keys
    assert "SHOP-99" not in measure(far, "missing detail").keys
    assert "SHOP-99" not in measure(far, "early detail").keys


def test_a_far_issue_worked_out_in_full_is_detailed_too_early() -> None:
    near = [issue(f"SHOP-{n}", body=WORDS, points=3.0) for n in range(1, 30)]
    far = [thin(f"SHOP-{n}") for n in range(30, 50)]
    early = issue("SHOP-60", body=WORDS, points=3.0)

    found = measure(letter(seen_with([*near, *far, early], {one.key for one in far})), "early detail")

    assert "SHOP-60" in found.keys
    assert "refined too early (about " in found.text


def test_detail_that_falls_with_distance_has_a_healthy_gradient() -> None:
    near = [issue(f"SHOP-{n}", body=WORDS, points=3.0) for n in range(1, 11)]
    far = [thin(f"SHOP-{n}") for n in range(11, 31)]

    falling = measure(letter(seen_with([*near, *far], {one.key for one in far})), "detail gradient").value
    rising = measure(letter(seen_with([*far, *near], {one.key for one in far})), "detail gradient").value

    assert falling is not None
    assert rising is not None
    assert falling > 0.3
    assert rising < 0


def test_flat_detail_has_a_gradient_of_nothing() -> None:
    assert measure(letter(view(stories(*[3] * 12))), "detail gradient").value == 0


def test_fewer_than_ten_issues_have_no_gradient() -> None:
    assert measure(letter(view(stories(*[3] * 9))), "detail gradient").value is None


def test_the_score_is_the_published_sum() -> None:
    """Two fully detailed stories, half a sprint of work: s_R 1/3, nothing missing, nothing early, no gradient."""
    issues = [issue(f"SHOP-{n}", body=WORDS, points=3.0) for n in (1, 2)]

    assert letter(view(issues)).score == pytest.approx(100 * (0.45 / 3 + 0.30) / 0.75)


def test_readiness_near_is_reported_with_the_keys_that_are_missing() -> None:
    found = measure(letter(view(stories(3, 3, 3), {"SHOP-2": ("ready.acceptance",)})), "ready near")

    assert found.value == pytest.approx(100 * 2 / 3)
    assert found.keys == ("SHOP-2",)


def test_without_a_pace_detail_cannot_be_judged() -> None:
    assert letter(view(stories(3, 3), pace=None)).score is None


def test_an_issue_that_was_not_judged_has_no_criteria_to_count() -> None:
    seen = build_view(
        Backlog.of(snapshot(issue("SHOP-1", body=WORDS, points=3.0)), (capacity(),)), Judgement(), judge_by()
    )

    assert details_of(seen)["SHOP-1"] == pytest.approx(1.0)
