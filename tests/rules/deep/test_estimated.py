from datetime import timedelta

import pytest

from rules.backlog.index import Backlog
from rules.deep.measure import DeepLetter
from rules.deep.model import Letter
from rules.deep.scorecard import build_view, letter_of
from rules.deep.view import View
from rules.model import SprintState
from tests.factories import NOW, issue, product, snapshot, sprint, team
from tests.rules.deep.backlog import capacity, judge_by, judged, measure, state, stories, view


def estimated(seen: View) -> Letter:
    return letter_of(seen, DeepLetter.ESTIMATED)


def test_coverage_is_shown_by_zone_with_the_keys_that_lack_an_estimate() -> None:
    """At 3 points each and 12 a sprint: 8 stories near, 16 in the middle, the rest far."""
    sizes = [None if n in {2, 10, 11, 25} else 3 for n in range(1, 31)]

    letter = estimated(view(stories(*sizes)))

    assert measure(letter, "estimated near").value == pytest.approx(100 * 7 / 8)
    assert measure(letter, "estimated near").keys == ("SHOP-2",)
    assert measure(letter, "estimated mid").value == pytest.approx(100 * 14 / 16)
    assert measure(letter, "estimated far").value == pytest.approx(100 * 5 / 6)


def test_the_coverage_score_wants_all_near_seventy_percent_in_the_middle_thirty_far() -> None:
    """Near 8 of 8, middle 8 of 16, far 0 of 6; all sizes equal and fresh: parts 0.45, 0.25, 0.20, 0.10."""
    sizes = [3 if n <= 16 else None for n in range(1, 31)]

    coverage = 0.6 + 0.25 * (0.5 / 0.7) + 0.15 * 0.0

    assert estimated(view(stories(*sizes))).score == pytest.approx(100 * (0.45 * coverage + 0.25 + 0.20))


def test_an_issue_of_more_than_a_third_of_a_sprint_is_too_big_when_near() -> None:
    letter = estimated(view(stories(4, 5, 3)))

    assert measure(letter, "small enough").keys == ("SHOP-2",)


def test_the_size_of_an_issue_is_compared_with_the_sprint_of_its_team() -> None:
    """A third of 24 points is 8, and a third of 12 is 4. What both or none may take is compared with the median, 18."""
    two = (team("Payments"), team("Search", board=13))
    issues = [
        issue(f"SHOP-{n}", points=size, components=frozenset(names))
        for n, (size, names) in enumerate(
            ((8, ("payments",)), (5, ("search",)), (4, ("search",)), (6, ()), (7, ("payments", "search"))), 1
        )
    ]
    teams = (capacity(24, two[0]), capacity(12, two[1]))
    backlog = Backlog.of(snapshot(*issues, product=product(*two)), teams)
    found = measure(estimated(build_view(backlog, judged(issues), judge_by())), "small enough")

    assert found.keys == ("SHOP-2", "SHOP-5")
    assert found.text.endswith("at most 4 to 8 points within two sprints, 12 to 24 points after that, by team.")


def test_a_sprint_sized_issue_is_small_enough_further_away() -> None:
    letter = estimated(view(stories(*[4] * 6, 12, 13)))

    assert measure(letter, "small enough").keys == ("SHOP-8",)


def test_an_estimate_on_an_issue_untouched_for_ninety_days_is_stale_when_near() -> None:
    old = issue("SHOP-2", points=6.0, updated=NOW - timedelta(days=91))

    found = measure(estimated(view([issue("SHOP-1"), old])), "stale estimates")

    assert found.keys == ("SHOP-2",)
    assert "0.3 sprints" in found.text  # 58 % of 6 points at 12 a sprint


def test_an_estimate_that_a_run_saw_ninety_days_ago_is_stale_though_the_issue_changed() -> None:
    issues = stories(3, 5)
    then = state([issues[0], issue("SHOP-2", points=8.0)], days_ago=92)

    assert measure(estimated(view(issues, earlier=[then])), "stale estimates").keys == ("SHOP-1",)


def test_one_number_for_nearly_everything_carries_no_information() -> None:
    same = measure(estimated(view(stories(3, 3, 3, 3, 3, 3, 3, 3, 5))), "commonest size")

    assert same.value == pytest.approx(100 * 8 / 9)
    assert "counting issues is as good" in same.text


def test_few_estimates_say_nothing_about_their_spread() -> None:
    assert measure(estimated(view(stories(3, 3, 3, 3))), "commonest size").value is None


def test_far_issues_of_the_smallest_sizes_were_split_too_early() -> None:
    letter = estimated(view(stories(*[8] * 10, *[1] * 10, 3)))

    assert ": split too early" in measure(letter, "far and small").text


def test_a_site_without_estimates_has_no_score() -> None:
    assert estimated(view(stories(None, None), unavailable=frozenset({"points"}))).score is None


def test_an_empty_backlog_has_no_score_and_says_so() -> None:
    running = sprint("1", SprintState.ACTIVE)

    letter = estimated(view([issue("SHOP-1", sprint="1")], sprints=(running,)))

    assert letter.score is None
    assert measure(letter, "estimated").text == "The backlog is empty."
