"""Reactions: what counts as fixed and what as overridden, and when a rule is proposed to be info."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from rules.learning.options import LearningOptions
from rules.learning.reactions import Look, Reaction, RuleReactions, ShownFinding, followed, reactions
from rules.model import Category, Issue, OwnMarks, Snapshot, SprintState
from rules.plan.marks import reason_of
from rules.ready.acceptance import Acceptance
from rules.ready.estimated import Estimated
from rules.rule import ReadyRule, Severity
from rules.verdict import Ruleset, Waiver
from tests.factories import NOW, document, issue, judge, snapshot, sprint

LABEL = "readyline-not-ready"
RULES = Ruleset(product=(Acceptance(severity=Severity.MUST), Estimated(severity=Severity.SHOULD)))
BARE = document("As a shopper, I want to pay with a saved card so that checkout takes seconds.")
YESTERDAY = NOW - timedelta(days=1)
BEFORE = ShownFinding(issue="1", rule="ready.acceptance", first=NOW - timedelta(days=5))
LABELLED = OwnMarks(labels=frozenset({LABEL}))


def unready(**overrides: Any) -> Issue:
    return issue(document=BARE, **overrides)


def look(
    one: Issue | None, marks: OwnMarks = LABELLED, rules: Ruleset = RULES, whole: Snapshot | None = None, **more: Any
) -> Look:
    """What a run sees today; the run before was yesterday."""
    seen = whole or (snapshot(one, **more) if one is not None else snapshot(issue("SHOP-77"), **more))
    return Look(snapshot=seen, judgement=judge(seen, rules), marks={"1": marks}, not_ready=LABEL, since=YESTERDAY)


def ending(seen: Look, before: ShownFinding = BEFORE) -> Reaction | None:
    ended = [one for one in followed([before], seen) if one.issue == "1" and one.rule == before.rule]
    return ended[0].reaction if ended else None


def test_a_finding_is_followed_once_it_is_on_the_tracker() -> None:
    """The label stands for what must be there; what should be there is in the comment only."""
    both = unready(points=None)

    assert followed([], look(both, OwnMarks())) == ()
    assert [one.rule for one in followed([], look(both))] == ["ready.acceptance"]
    commented = followed([], look(both, OwnMarks(comment="77")))
    assert commented == tuple(
        ShownFinding(issue="1", rule=rule, first=NOW) for rule in ("ready.acceptance", "ready.estimated")
    )


def test_a_finding_that_goes_on_is_waiting_and_begins_once() -> None:
    assert followed([BEFORE], look(unready())) == ()


def test_a_finding_that_a_person_made_pass_is_fixed() -> None:
    fixed = issue(updated=NOW - timedelta(hours=1))

    assert followed([BEFORE], look(fixed)) == (replace(BEFORE, reaction=Reaction.FIXED, at=NOW),)


def test_a_finding_that_passes_though_nobody_changed_the_issue_says_nothing() -> None:
    """The issue was last changed two days ago: the rule is another one since."""
    assert ending(look(issue(updated=NOW - timedelta(days=2)))) is Reaction.GONE


def test_a_rule_that_is_off_or_info_says_nothing() -> None:
    changed = unready(updated=NOW)
    info = Ruleset(product=(Acceptance(severity=Severity.INFO),))

    assert ending(look(changed, rules=Ruleset(product=(Estimated(),)))) is Reaction.GONE
    assert ending(look(changed, rules=info)) is Reaction.GONE


def test_a_waived_finding_is_overridden_and_one_of_a_baseline_is_not() -> None:
    waiver = Waiver(rule="acceptance", issue="SHOP-1", reason="agreed", owner="Ana")
    seen = look(unready())
    accepted = {one.fingerprint: "" for verdict in seen.judgement.verdicts for one in verdict.findings}

    assert ending(look(unready(), rules=replace(RULES, waivers=(waiver,)))) is Reaction.WAIVED
    assert ending(look(unready(), rules=replace(RULES, baseline=accepted))) is Reaction.GONE


def test_a_removed_label_overrides_what_must_be_there() -> None:
    """An undo removes labels, too: that is not meant."""
    seen = look(unready())
    reason = reason_of(seen.judgement.verdicts[0])
    refused, undone = OwnMarks(refused=((LABEL, reason),)), OwnMarks(refused=((f"undone:{LABEL}", reason),))
    other = OwnMarks(refused=((LABEL, "what was missing before"),))

    assert ending(look(unready(), refused)) is Reaction.LABEL_REMOVED
    assert ending(look(unready(), undone)) is None
    assert ending(look(unready(), other)) is None
    assert followed([], look(unready(), replace(refused, comment="77"))) == ()


def test_an_issue_that_is_begun_or_finished_all_the_same_ignores_its_findings() -> None:
    running = sprint("42", SprintState.ACTIVE)
    begun = look(unready(sprint="42", sprints=("42",)), sprints=(running,))
    done = issue(document=BARE, category=Category.DONE, sprints=("42",))
    finished = look(None, history=(done,))
    rejected = look(None, history=(replace(done, sprints=()),))

    assert ending(begun) is Reaction.IGNORED
    assert ending(finished) is Reaction.IGNORED
    assert ending(rejected) is Reaction.GONE
    assert ending(look(issue(updated=NOW, sprint="42"), sprints=(running,))) is Reaction.FIXED


def test_an_issue_that_left_says_nothing_and_an_empty_backlog_even_less() -> None:
    assert ending(look(None)) is Reaction.GONE
    assert followed([BEFORE], look(None, whole=replace(snapshot(), issues=()))) == ()


def test_renaming_a_person_a_status_or_a_project_changes_nothing() -> None:
    one, other = unready(), replace(unready(), key="STORE-9", status="Offen", assignee_name="Bea")

    assert followed([], look(one)) == followed([], look(other))
    assert followed([BEFORE], look(one)) == followed([BEFORE], look(other)) == ()


def ended(reaction: Reaction | None, count: int, days: float = 3) -> list[ShownFinding]:
    at = BEFORE.first + timedelta(days=days)
    return [
        replace(BEFORE, issue=f"{reaction}{days}{number}", reaction=reaction, at=at if reaction else None)
        for number in range(count)
    ]


def counted(shown: Sequence[ShownFinding], rule: ReadyRule | None = None, **options: Any) -> RuleReactions:
    ruleset = Ruleset(product=(rule or Acceptance(severity=Severity.MUST),))
    [found] = reactions(shown, ruleset, LearningOptions(**options))
    return found


NINE = [*ended(Reaction.WAIVED, 4), *ended(Reaction.LABEL_REMOVED, 3), *ended(Reaction.IGNORED, 2)]


def test_nine_of_twelve_overridden_findings_propose_info_and_one_of_twelve_does_not() -> None:
    nine = counted([*NINE, *ended(Reaction.FIXED, 3)])
    one = counted([*ended(Reaction.WAIVED, 1), *ended(Reaction.FIXED, 11)])

    assert (nine.overridden, nine.total, nine.severity) == (9, 12, Severity.INFO)
    assert (one.overridden, one.total, one.severity) == (1, 12, None)


def test_findings_without_a_reaction_are_not_in_the_total() -> None:
    found = counted([*NINE, *ended(None, 20), *ended(Reaction.GONE, 20)])

    assert (found.total, found.waiting, found.severity) == (9, 20, None)  # nine are fewer than ten


def test_fixed_in_time_is_within_fourteen_days() -> None:
    found = counted([*ended(Reaction.FIXED, 1, days=14), *ended(Reaction.FIXED, 1, days=14.1)])

    assert (found.fixed_in_time, found.fixed_later) == (1, 1)
    assert counted(ended(Reaction.FIXED, 1, days=3), fixed_within_days=2).fixed_later == 1


@pytest.mark.parametrize("severity", [Severity.INFO, Severity.OFF])
def test_nothing_is_proposed_about_a_rule_that_is_info_already(severity: Severity) -> None:
    assert counted([*NINE, *ended(Reaction.WAIVED, 3, days=1)], Acceptance(severity=severity)).severity is None


def test_the_limits_are_options() -> None:
    assert counted(NINE, least_reactions=9).severity is Severity.INFO
    assert counted([*NINE, *ended(Reaction.FIXED, 3)], least_fixed=0.25).severity is None
