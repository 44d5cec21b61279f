"""The gain of an action is worked out by what it changes: the same as where the changed backlog is looked at anew."""

import random
from dataclasses import replace

import pytest

from rules.backlog.index import Backlog
from rules.deep.actions import fixes
from rules.deep.measure import ScoredMeasure
from rules.deep.measures.priority_inversions import worst_inversions
from rules.deep.runway import ready_sprints
from rules.deep.scorecard import build_view, gain_of, picture
from rules.deep.view import WEIGHTLESS, View
from rules.evaluate import evaluate, judge_alone
from rules.model import Priority
from rules.ready import RULES
from rules.verdict import Ruleset
from tests.factories import backlog, issue
from tests.rules.deep.backlog import stories, view
from tests.rules.random_backlog import crowd, world
from tests.thorough import scaled

EVERY_RULE = Ruleset(product=tuple(rule() for rule in RULES))


def whole(after: View) -> View:
    """The same view without anything that is known from the former one."""
    changed = after.backlog
    anew = Backlog(
        snapshot=changed.snapshot,
        capacities=changed.capacities,
        readings=changed.readings,
        same_texts=changed.near_duplicates,
        vocabulary=changed.vocabulary,
        usual=after.former.backlog.usual_priorities if after.former else None,
    )
    return replace(after, backlog=anew, former=None, touched=frozenset())


@pytest.mark.parametrize("seed", range(scaled(12, 1000)))
def test_what_an_action_changes_is_scored_as_the_whole_backlog_is(seed: int) -> None:
    chance = random.Random(seed)
    facts = backlog(world(chance, crowd(chance, chance.choice([3, 25, 60]))))
    seen = build_view(facts, evaluate(facts, EVERY_RULE), lambda around, one: judge_alone(around, one, EVERY_RULE))
    before = picture(seen)

    for fix in fixes(seen):
        after, rescored = fix.after, whole(fix.after)
        assert gain_of(before, after) == gain_of(before, rescored), fix.text
        assert picture(after).letters == picture(rescored).letters, fix.text
        assert after.ready == rescored.ready, fix.text
        assert after.backlog.teams == rescored.backlog.teams, fix.text
        assert after.backlog.unchosen_priorities == rescored.backlog.unchosen_priorities, fix.text


@pytest.mark.parametrize("seed", range(scaled(4, 200)))
def test_a_sub_score_alone_is_the_one_that_comes_with_the_figures(seed: int) -> None:
    chance = random.Random(seed)
    facts = backlog(world(chance, crowd(chance, chance.choice([3, 25, 60]))))
    seen = build_view(facts, evaluate(facts, EVERY_RULE), lambda around, one: judge_alone(around, one, EVERY_RULE))

    for one in (seen, *(fix.after for fix in fixes(seen))):
        scored = [measure for measure in one.measures.all if isinstance(measure, ScoredMeasure)]
        assert [measure.scored(one) for measure in scored] == [measure.measure(one).score for measure in scored]
        assert ready_sprints(one) == picture(one).runway


@pytest.mark.parametrize("seed", range(scaled(4, 200)))
def test_what_a_changed_backlog_keeps_of_the_real_one_is_what_it_would_work_out(seed: int) -> None:
    chance = random.Random(seed)
    facts = backlog(world(chance, crowd(chance, 40)))
    seen = build_view(facts, evaluate(facts, EVERY_RULE), lambda around, one: judge_alone(around, one, EVERY_RULE))

    for fix in fixes(seen):
        after, anew = fix.after.backlog, whole(fix.after).backlog
        assert after.sizes == anew.sizes, fix.text
        assert after.distances == anew.distances, fix.text
        assert after.counted == anew.counted, fix.text
        assert after.is_ordered_by_people == anew.is_ordered_by_people, fix.text


def test_verdicts_of_issues_that_an_action_does_not_touch_stay() -> None:
    seen = view(stories(3, None, 3, 5), {"SHOP-2": ("ready.estimated",)})

    estimated = next(fix for fix in fixes(seen) if fix.topic == "estimate").after

    assert estimated.touched == {"SHOP-2"}
    assert estimated.verdicts["SHOP-3"] is seen.verdicts["SHOP-3"]


def test_issues_that_are_too_far_away_to_weigh_anything_change_no_score(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(1)
    issues = [replace(one, points=300.0) for one in crowd(chance, 60)]
    facts = backlog(world(chance, issues))
    seen = build_view(facts, evaluate(facts, EVERY_RULE), lambda around, one: judge_alone(around, one, EVERY_RULE))
    assert 0 < len(seen.placed_before(WEIGHTLESS)) < len(seen.placed)

    limited = picture(seen)
    for measure in ("missing_detail", "priority_inversions"):
        monkeypatch.setattr(f"rules.deep.measures.{measure}.WEIGHTLESS", float("inf"))

    assert picture(whole(seen)).letters == limited.letters


def test_an_inversion_far_away_is_named_where_there_is_none_nearer() -> None:
    near, (low, high) = stories(*[100.0] * 40), (Priority("Low", 3, 5), Priority("Highest", 0, 5))
    far = [issue(f"SHOP-{number}", priority=level) for number, level in ((41, low), (42, high))]

    worst = worst_inversions(view([*(replace(one, priority=high) for one in near), *far]))

    assert [(one.above.key, one.below.key) for one in worst] == [("SHOP-41", "SHOP-42")]
