"""What was planted in the invented shop's past is found, and what only looks like it is not."""

from functools import cache

import pytest

from rules.backlog.index import Backlog
from rules.backlog.own_edits import without_own_edits
from rules.capacity.compute import capacities
from rules.deep.model import Deep, Measure
from rules.deep.score import score
from rules.evaluate import evaluate, judge_alone
from rules.learning.late_debate import DebateKind
from rules.learning.learn import Kept, Learned, learn
from rules.learning.readiness import READY, Trouble
from rules.learning.sprints import begun
from rules.learning.trends import SeriesKind
from rules.model import EditField, SprintState
from rules.rule import Severity
from sync.config import ruleset_of
from sync.demo.reactions import FIXED_RULE, OVERRIDDEN_RULE, past_reactions
from sync.demo.sprint_starts import past_starts
from tests.sync.reports.sample import STARTED, company

REWRITTEN = {"Offer Apple Pay on devices that have it", "Check out without an account"}
BLIND = {"Find an order without an account", "Cart survives a change of device"}
ESTIMATED_AGAIN = "Send the receipt to guests by e-mail"


@cache
def shop() -> tuple[Backlog, Deep]:
    """The whole shop on a fixed Monday, measured on the first day: no earlier run has seen it."""
    snapshot, settings = company()
    rules = ruleset_of(settings)
    pulled = without_own_edits(snapshot, {}, settings.write_back.label_prefix)
    backlog = Backlog.of(pulled, capacities(pulled, settings.capacity))
    return backlog, score(backlog, evaluate(backlog, rules), lambda around, one: judge_alone(around, one, rules))


@cache
def learned() -> Learned:
    settings = company()[1]
    return learn(shop()[0], ruleset_of(settings), settings.capacity, Kept(shown=past_reactions(STARTED)))


def found(name: str) -> Measure:
    return next(each for letter in shop()[1].letters for each in letter.measures if each.name == name)


def titles(name: str) -> set[str]:
    return {shop()[0].snapshot.by_key[key].title for key in found(name).keys}


def test_texts_that_changed_after_the_estimate_are_found() -> None:
    assert titles("stale estimates") == REWRITTEN | BLIND


def test_estimates_from_before_there_were_criteria_are_found() -> None:
    assert titles("blind estimates") >= BLIND
    assert not titles("blind estimates") & (REWRITTEN | {ESTIMATED_AGAIN})


def test_the_team_that_nobody_refined_for_a_month_is_found() -> None:
    assert "Frozen parts: Search (" in found("frozen horizon").text
    assert found("frozen horizon").value == pytest.approx(1)


def test_churn_and_the_top_are_known_on_the_first_day() -> None:
    assert 5 <= (found("churn").value or 0) <= 30
    assert found("top replaced").value == pytest.approx(20)


def test_velocity_rests_on_the_sizes_at_the_start_of_a_sprint() -> None:
    """Two issues grew from 5 to 8 points in their sprints; 8 and 3 points joined two others later."""
    explained = {one.team.name: " ".join(one.explanation) for one in shop()[0].capacities}

    assert "finished 24, 22, 27, 25, 19, 25 points" in explained["Payments"]
    assert "finished 20, 14, 23, 24, 18, 22 points" in explained["Search"]
    assert "At their start 27, 22, 27, 25, 16, 28 points were planned" in explained["Payments"]


def test_the_debate_just_before_the_planning_is_in_the_past_of_its_issues() -> None:
    """For whoever looks for it: a text and an estimate changed in the last working day before the sprint started."""
    snapshot = shop()[0].snapshot
    start = min(one.start for one in snapshot.sprints if one.state is SprintState.ACTIVE and one.start is not None)
    late = {
        edit.field
        for edits in snapshot.edits.values()
        for edit in edits
        if 0 < (start - edit.at).total_seconds() < 3 * 86_400
    }

    assert {EditField.DESCRIPTION, EditField.ESTIMATE} <= late


def test_moves_by_others_are_found_and_those_of_the_product_owner_are_not() -> None:
    assert titles("moved by others") == {
        "Voucher field eats the first letter on Android",
        "Collect the evidence for a chargeback in one file",
        "Zoom into product images",
    }


def test_priorities_that_nobody_chose_are_found() -> None:
    """Those that were written down in the shop's files were chosen, "Medium" among them."""
    backlog, _ = shop()
    unchosen = {backlog.snapshot.by_key[key].title for key in backlog.unchosen_priorities}

    assert "Find an order without an account" in unchosen
    assert not unchosen & {"Check out without an account", "Pay by invoice for business customers"}
    assert 0 < (found("priority chosen").value or 0) < 100


def test_the_late_debate_of_one_team_is_measured() -> None:
    """Payments changed criteria and two estimates on the Friday before its sprint; nothing like it before."""
    debates = {one.team: one for one in learned().debates}

    assert debates["Payments"].latest.counts == {DebateKind.CRITERIA: 1, DebateKind.ESTIMATE: 2}
    assert debates["Payments"].usual == 0
    assert debates["Search"].latest.total == 0


def test_the_rule_with_a_consequence_is_named_and_no_other() -> None:
    """Stories without criteria were written in the sprint; open questions, placeholders and the rest did not matter."""
    claims = {(one.team, each.rules, each.trouble) for one in learned().readiness for each in one.claims}
    about = {rule for _, rules, _ in claims for rule in rules}

    assert ("", ("ready.acceptance", "ready.blind_estimate"), Trouble.CHANGED) in claims
    assert about <= {READY, "ready.acceptance", "ready.blind_estimate"}
    assert {trouble for _, _, trouble in claims} == {Trouble.CHANGED}
    compared = {rule for each in learned().readiness[0].comparisons if each.chance is not None for rule in each.rules}
    assert {"ready.open_questions", "ready.placeholders", "ready.story_form"} <= compared


def test_the_rule_whose_findings_are_overridden_is_proposed_to_be_info_and_no_other() -> None:
    """In the months before, people fixed 11 of 12 findings about criteria, and overrode 9 of 12 about their wording."""
    reacted = {one.rule: one for one in learned().reactions}

    assert (reacted[FIXED_RULE].overridden, reacted[FIXED_RULE].severity) == (1, None)
    assert (reacted[OVERRIDDEN_RULE].overridden, reacted[OVERRIDDEN_RULE].severity) == (9, Severity.INFO)


def test_what_was_planned_is_next_to_what_was_done() -> None:
    """The points of each sprint at its start are those of the explanation of the capacity."""
    [payments] = [one for one in learned().estimates if one.team == "Payments"]

    assert [one.planned for one in payments.sprints] == [27, 22, 27, 25, 16, 28]
    assert [one.done for one in payments.sprints] == [24, 22, 27, 25, 19, 25]


def test_larger_issues_take_longer() -> None:
    """The shop works on an issue about nine hours for each point."""
    [storefront] = [one for one in learned().estimates if one.team == "Storefront"]
    usual = [size.usual for size in storefront.sizes if size.usual is not None]

    assert len(usual) == 3
    assert usual == sorted(usual)


def test_each_team_has_every_series_by_sprint() -> None:
    """Payments gets readier, Search runs dry; both as planted, and nothing is said to be too few."""
    of, settings = shop()[0], company()[1]
    starts = [
        start
        for team in of.snapshot.product.teams
        for start in past_starts(team.name, [(box.id, box.start) for box in begun(of.snapshot, team) if box.start])
    ]
    trends = learn(of, ruleset_of(settings), settings.capacity, Kept(starts=tuple(starts))).trends
    values = {(one.team, each.kind): [point.value for point in each.points] for one in trends for each in one.series}
    assert values["Payments", SeriesKind.READY] == [40, 50, 50, 60, 70, 70, 80]
    assert values["Search", SeriesKind.READY] == [80, 70, 70, 50, 50, 40, 30]
    assert values["Search", SeriesKind.ACCEPTED] == [0, 0, 1, 2, 2, 3, 4]
    assert values["Payments", SeriesKind.FINISHED] == [24, 22, 27, 25, 19, 25]
    assert all(each.is_enough for one in trends for each in one.series)
