"""Readiness against trouble: golden sprints by hand, and simulated histories in which only one rule matters."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from rules.backlog.index import Backlog
from rules.learning.reader import PastReader
from rules.learning.readiness import (
    LEAST,
    RATE,
    READY,
    Readiness,
    Result,
    Start,
    Trouble,
    compare,
    readiness,
    starts,
)
from rules.model import Category, Edit, EditField, Issue, Kind, Priority, Sprint, SprintState
from rules.ready.acceptance import Acceptance
from rules.ready.dependencies_linked import DependenciesLinked
from rules.ready.estimated import Estimated
from rules.ready.has_team import HasTeam
from rules.ready.independent import Independent
from rules.ready.prioritised import Prioritised
from rules.ready.unblocked import Unblocked
from rules.rule import ReadyRule, Severity
from rules.verdict import Ruleset
from tests.factories import NOW, STORY, document, edit, issue, link, product, snapshot, sprint, team
from tests.rules.learning.simulation import measured, simulated
from tests.thorough import scaled

pytestmark = pytest.mark.slow

PASSED, FAILED, UNKNOWN = "passed", "failed", ""
RULES = Ruleset(product=(Acceptance(severity=Severity.MUST), Estimated()))
BOX = sprint("9", SprintState.CLOSED)
assert BOX.start is not None
START, BARE = BOX.start, document("As a shopper, I want to pay with a saved card so that checkout takes seconds.")


def done(number: int, **overrides: Any) -> Issue:
    """A story that was finished in the third day of the sprint."""
    values: dict[str, Any] = {"category": Category.DONE, "sprints": ("9",), "resolved": START + timedelta(days=3)}
    return issue(f"SHOP-{number}", **(values | {"created": START - timedelta(days=20)} | overrides))


def late(field: EditField, number: int, **overrides: Any) -> Edit:
    return replace(edit(field, str(number)), at=START + timedelta(days=2), **overrides)


def history(issues: Sequence[Issue], edits: Sequence[Edit] = (), boxes: Sequence[Sprint] = (BOX,)) -> Backlog:
    pasts = {one.id: tuple(sorted((e for e in edits if e.issue == one.id), key=lambda e: e.at)) for one in issues}
    return Backlog.of(snapshot(issue("SHOP-999"), history=tuple(issues), sprints=tuple(boxes), edits=pasts))


def counts(of: Readiness, rule: str, trouble: Trouble) -> tuple[int, int, int, int]:
    [one] = [each for each in of.comparisons if rule in each.rules and each.trouble is trouble]
    return one.failed_hit, one.failed, one.passed_hit, one.passed


def test_the_text_at_the_start_of_the_sprint_decides() -> None:
    """Stories 1 and 2 had no criteria; they were written on the second day. Story 3 had them; 4 lost them later."""
    issues = [done(1), done(2), done(3), done(4, document=BARE)]
    edits = [late(EditField.DESCRIPTION, n, former=BARE) for n in (1, 2)]
    edits += [late(EditField.DESCRIPTION, 4, former=document(STORY))]

    [found] = readiness(history(issues, edits), RULES, PastReader())

    assert (found.issues, found.sprints) == (4, 1)
    assert counts(found, "ready.acceptance", Trouble.CHANGED) == (2, 2, 1, 2)
    assert counts(found, READY, Trouble.CHANGED) == (2, 2, 1, 2)


def test_the_estimate_at_the_start_of_the_sprint_decides() -> None:
    """Story 1 got its first estimate on the second day, story 2 another one; story 3 kept its own."""
    edits = [late(EditField.ESTIMATE, 1, after="3"), late(EditField.ESTIMATE, 2, before="3", after="8")]

    [found] = readiness(history([done(1), done(2), done(3)], edits), RULES, PastReader())

    assert counts(found, "ready.estimated", Trouble.ESTIMATED_AGAIN) == (0, 1, 1, 2)


def test_what_is_done_after_the_sprint_was_not_finished_in_it() -> None:
    """Story 1 was resolved two days after the sprint, story 2 is open; story 3 was resolved in the hour after it."""
    assert BOX.completed is not None
    issues = [
        done(1, resolved=BOX.completed + timedelta(days=2)),
        done(2, resolved=None, category=Category.DOING),
        done(3, resolved=BOX.completed + timedelta(hours=1)),
    ]

    [found] = readiness(history(issues), RULES, PastReader())

    assert counts(found, "ready.estimated", Trouble.NOT_FINISHED) == (0, 0, 2, 3)


def test_each_issue_counts_once_in_the_first_sprint_that_it_was_in_at_the_start() -> None:
    """Story 1 was carried over into the second sprint; story 2 came into it on its second day."""
    second = sprint("10", SprintState.CLOSED, start=START + timedelta(days=14), completed=NOW - timedelta(hours=1))
    assert second.start is not None
    late_joiner = replace(edit(EditField.SPRINT, "2", after="10"), at=second.start + timedelta(days=1))
    issues = [done(1, sprints=("9", "10"), resolved=second.start + timedelta(days=2)), done(2, sprints=("10",))]

    [found] = readiness(history(issues, [late_joiner], (BOX, second)), RULES, PastReader())

    assert (found.issues, found.sprints) == (1, 1)
    assert counts(found, "ready.estimated", Trouble.NOT_FINISHED) == (0, 0, 1, 1)


def test_what_apps_change_is_no_trouble() -> None:
    edits = [late(EditField.DESCRIPTION, 1, former=document(STORY), by_person=False)]

    [found] = readiness(history([done(1)], edits), RULES, PastReader())

    assert counts(found, READY, Trouble.CHANGED) == (0, 0, 0, 1)


def test_cancelled_sprints_and_issues_of_unknown_past_are_left_out() -> None:
    cancelled = replace(BOX, completed=START + timedelta(days=2))
    unknown = replace(history([done(1)]).snapshot, edits={})

    assert readiness(history([done(1)], boxes=(cancelled,)), RULES, PastReader()) == ()
    assert readiness(Backlog.of(unknown), RULES, PastReader()) == ()


def test_rules_that_look_at_more_than_the_past_knows_are_not_compared() -> None:
    [found] = readiness(history([done(1)]), Ruleset(product=(Estimated(), HasTeam())), PastReader())

    assert {rule for each in found.comparisons for rule in each.rules} == {READY, "ready.estimated"}


def asked(rule: ReadyRule, first: Issue, *others: Issue, edits: Sequence[Edit] = ()) -> str:
    """What a rule said of the first issue at the start of its sprint, "" where that is not known."""
    earlier = sprint("8", SprintState.CLOSED, start=START - timedelta(days=14))
    later = sprint("10", start=START + timedelta(days=14))
    backlog = history([first, *others], edits, boxes=(earlier, BOX, later))
    begun = starts(backlog, Ruleset(product=(rule,)), team(), PastReader())
    (start,) = (one for one in begun if one.issue == first.key)
    return PASSED if rule.path in start.passed else FAILED if rule.path in start.failed else UNKNOWN


def blocked_by(key: str, **overrides: Any) -> Issue:
    return done(1, links=(link(key, **overrides),))


@pytest.mark.parametrize(
    ("blocker", "edits", "answer"),
    [
        pytest.param({}, (), PASSED, id="in the same sprint"),
        pytest.param({"resolved": START - timedelta(days=3), "sprints": ("8",)}, (), PASSED, id="done before"),
        pytest.param({"sprints": ()}, (), FAILED, id="open and in no sprint"),
        pytest.param({"sprints": ("10",)}, (), FAILED, id="in a later sprint"),
        pytest.param({"sprints": ()}, (late(EditField.LINKS, 1, after="SHOP-2"),), PASSED, id="linked later"),
        pytest.param({}, (late(EditField.LINKS, 1, before="SHOP-7"),), UNKNOWN, id="another link removed since"),
        pytest.param({}, (late(EditField.PARENT, 1, before="7"),), UNKNOWN, id="another parent since"),
        pytest.param(
            {"sprints": ("9",)}, (late(EditField.SPRINT, 2, after="9"),), FAILED, id="in no sprint until later"
        ),
    ],
)
def test_a_blocker_counts_as_it_was_when_the_sprint_started(
    blocker: dict[str, Any], edits: Sequence[Edit], answer: str
) -> None:
    assert asked(Unblocked(), blocked_by("SHOP-2"), done(2, **blocker), edits=edits) == answer


@pytest.mark.parametrize(("category", "answer"), [(Category.TODO, FAILED), (Category.DONE, UNKNOWN)])
def test_a_blocker_outside_the_backlog_was_open_if_it_still_is(category: Category, answer: str) -> None:
    assert asked(Unblocked(), blocked_by("OPS-7", category=category)) == answer


def test_a_blocker_of_unknown_past_says_nothing() -> None:
    whole = history([blocked_by("SHOP-2"), done(2)])
    known = replace(whole.snapshot, edits={"1": ()})
    (start,) = starts(Backlog.of(known), Ruleset(product=(Unblocked(),)), team(), PastReader())
    assert (start.passed, start.failed) == (frozenset(), frozenset())


def test_the_links_at_the_start_of_the_sprint_decide_about_dependencies() -> None:
    text = document("It waits for SHOP-2.")
    linked = replace(blocked_by("SHOP-2"), document=text)
    added = (late(EditField.LINKS, 1, after="SHOP-2"),)
    assert [asked(DependenciesLinked(), linked, done(2), edits=edits) for edits in ((), added)] == [PASSED, FAILED]
    assert [asked(Independent(most=0), linked, done(2), edits=edits) for edits in ((), added)] == [FAILED, PASSED]


USUAL = [done(number, priority=Priority("Medium", 2, 5)) for number in range(2, 9)]


@pytest.mark.parametrize(
    ("changed", "answer"),
    [
        pytest.param((), PASSED, id="never chosen"),
        pytest.param((late(EditField.PRIORITY, 1, before="3", after="2"),), PASSED, id="chosen later"),
        pytest.param((late(EditField.PRIORITY, 1, before="77", after="2"),), UNKNOWN, id="what it was is not known"),
        pytest.param((late(EditField.PRIORITY, 1, before="", after="2"),), FAILED, id="had none"),
    ],
)
def test_a_priority_counts_as_it_was_when_the_sprint_started(changed: Sequence[Edit], answer: str) -> None:
    """That 3 is the id of Medium is known from SHOP-9, which got it. Whoever put it into a sprint has reviewed it."""
    first = done(1, priority=Priority("High", 1, 5) if changed else Priority("Medium", 2, 5))
    medium = done(9, priority=Priority("Medium", 2, 5))
    edits = (*changed, late(EditField.PRIORITY, 9, before="2", after="3"))
    assert asked(Prioritised(), first, *USUAL, medium, edits=edits) == answer


def test_a_priority_that_a_person_chose_before_the_sprint_passes() -> None:
    chosen = replace(edit(EditField.PRIORITY, "1"), at=START - timedelta(days=5), before="2", after="3")
    assert asked(Prioritised(), done(1, priority=Priority("Medium", 2, 5)), *USUAL, edits=(chosen,)) == PASSED


def test_several_teams_are_compared_together_and_one_by_one() -> None:
    teams = product(team("Payments"), team("Search", board=13))
    other = sprint("19", SprintState.CLOSED, board=13)
    whole = history([done(1), done(2, sprints=("19",), components=("search",))], boxes=(BOX, other))

    found = readiness(Backlog.of(replace(whole.snapshot, product=teams)), RULES, PastReader())

    assert [(one.team, one.issues, one.sprints) for one in found] == [("", 2, 2), ("Payments", 1, 1), ("Search", 1, 1)]


def test_renaming_a_person_a_status_a_sprint_or_a_project_changes_nothing() -> None:
    edits = [late(EditField.DESCRIPTION, 1, former=BARE), late(EditField.ESTIMATE, 2, before="3", after="8")]
    one = history([done(1), done(2)], edits).snapshot
    other = replace(
        one,
        history=tuple(
            replace(each, key=f"STORE-{each.id}", status="Erledigt", assignee_name="Bea") for each in one.history
        ),
        sprints=tuple(replace(box, name="Iteration") for box in one.sprints),
        edits={number: tuple(replace(each, name="Bea") for each in mine) for number, mine in one.edits.items()},
    )

    assert readiness(Backlog.of(one), RULES, PastReader()) == readiness(Backlog.of(other), RULES, PastReader())


# Numbers


def start(number: int, *, fails: bool, trouble: bool, box: str = "1", kind: Kind = Kind.STORY) -> Start:
    rule = frozenset({"ready.one"})
    return Start(
        issue=str(number),
        team="Payments",
        sprint=box,
        kind=kind,
        failed=rule if fails else frozenset(),
        passed=frozenset() if fails else rule,
        troubles=frozenset({Trouble.CHANGED}) if trouble else frozenset(),
    )


def crossed(failed_hit: int, failed: int, passed_hit: int, passed: int, **where: Any) -> list[Start]:
    failing = [start(n, fails=True, trouble=n < failed_hit, **where) for n in range(failed)]
    return failing + [start(99 + n, fails=False, trouble=n < passed_hit, **where) for n in range(passed)]


def result(begun: Sequence[Start]) -> Result:
    return next(one.result for one in compare("Payments", begun).comparisons if one.trouble is Trouble.CHANGED)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((9, 10, 2, 20), Result.CLAIM),
        ((6, 10, 8, 20), Result.NO_CLAIM),
        ((1, 10, 18, 20), Result.NO_CLAIM),  # the other way round: failing helps?
        ((4, 4, 1, 20), Result.TOO_FEW),  # four failed
        ((10, 10, 1, 4), Result.TOO_FEW),  # four passed
        ((4, 10, 0, 20), Result.TOO_FEW),  # four had trouble
        ((10, 10, 16, 20), Result.TOO_FEW),  # four had none
    ],
)
def test_a_claim_needs_enough_issues_and_a_difference(numbers: tuple[int, int, int, int], expected: Result) -> None:
    assert result(crossed(*numbers)) is expected
    assert LEAST == 5


def test_a_bad_sprint_or_a_slow_kind_makes_no_claim() -> None:
    """In the one sprint all had trouble and most failed, in the other nobody had any; the same with kinds of work."""
    assert result(crossed(8, 8, 2, 2, box="1") + crossed(0, 2, 0, 18, box="2")) is Result.NO_CLAIM
    assert result(crossed(8, 8, 2, 2, kind=Kind.BUG) + crossed(0, 2, 0, 18, kind=Kind.STORY)) is Result.NO_CLAIM
    assert result(crossed(8, 10, 2, 20)) is Result.CLAIM


def test_rules_that_fail_on_the_same_issues_are_one_comparison() -> None:
    begun = crossed(9, 10, 2, 20)
    two = frozenset({"ready.one", "ready.two"})
    both = [replace(one, failed=two) if one.failed else replace(one, passed=two) for one in begun]

    assert {one.rules for one in compare("Payments", both).comparisons} == {("ready.one", "ready.two")}


@pytest.mark.parametrize(
    ("sprints", "issues", "effect", "seeds"), [(8, 6, 0.0, 150), (8, 12, 0.5, 150), (8, 24, 0.0, 60)]
)
def test_noise_gets_a_claim_in_at_most_the_stated_share_of_histories(
    sprints: int, issues: int, effect: float, seeds: int
) -> None:
    wrong, _ = measured(sprints, issues, effect, scaled(seeds, 1000))

    assert wrong <= RATE


def test_a_rule_with_a_large_effect_is_found_in_a_hundred_issues() -> None:
    _, found = measured(8, 12, 0.5, 150)

    assert found >= 0.8


def test_the_rule_that_matters_is_ranked_first() -> None:
    """Of all comparisons of such a history, that of the causal rule is the least likely to be chance."""
    found = compare("Payments", simulated(1, 8, 12, 0.5)).comparisons
    first = min((one for one in found if one.chance is not None), key=lambda one: one.chance or 0)

    assert (first.rules, first.trouble) == (("ready.causal",), Trouble.NOT_FINISHED)
