"""One cause, one finding: what is one, which is the first, and what stays apart."""

import pytest

from rules.causes import PAIRS, Cause, causes_of, firsts
from rules.model import Issue, Kind
from rules.ready import RULES
from rules.ready.cross_team import CrossTeam
from rules.ready.unblocked import Unblocked
from rules.rule import Finding, Severity
from rules.verdict import Ruleset, Verdict, Waiver
from tests.factories import issue, judge, link, product, snapshot, team
from tests.rules.example import world

ALL = tuple(rule() for rule in RULES)
PAY, SEARCH = team("Payments"), team("Search", board=13)


def verdict_on(*issues: Issue, key: str = "SHOP-1", ruleset: Ruleset | None = None) -> Verdict:
    of = snapshot(*issues, product=product(PAY, SEARCH))
    return judge(of, ruleset or Ruleset(product=ALL)).by_key[key]


def parts_of(verdict: Verdict, rule: str) -> set[str]:
    """The rules whose findings are part of that rule's."""
    return {finding.rule for finding in verdict.findings if finding.part_of == f"ready.{rule}"}


def test_an_empty_bug_report_is_one_finding() -> None:
    """Steps, results and environment are all missing because nothing is written."""
    verdict = verdict_on(issue(body="", kind=Kind.BUG))

    assert parts_of(verdict, "described") == {"ready.reproducible", "ready.expected_actual", "ready.environment_given"}


def test_steps_expected_result_and_environment_of_one_report_are_one_finding() -> None:
    body = "The receipt of one customer of the shop shows the wrong total, says the customer."

    verdict = verdict_on(issue(body=body, kind=Kind.BUG, title="Wrong receipt total"))

    assert parts_of(verdict, "reproducible") == {"ready.expected_actual", "ready.environment_given"}


def test_a_missing_description_and_its_empty_sections_are_one_finding() -> None:
    verdict = verdict_on(issue(body="## Description\n\n## Notes\nTBD", kind=Kind.BUG))

    assert "ready.placeholders" in parts_of(verdict, "described")


def test_a_story_without_a_text_is_one_finding() -> None:
    verdict = verdict_on(issue(body=""))

    assert parts_of(verdict, "described") == {"ready.acceptance", "ready.story_form", "ready.blind_estimate"}


def test_an_empty_section_for_criteria_is_a_finding_of_its_own() -> None:
    verdict = verdict_on(issue(body="## Acceptance criteria"))

    assert "ready.acceptance" not in parts_of(verdict, "described")


STORY = "As a shopper, I want to choose a card I used before."


def test_missing_criteria_and_the_estimate_without_them_are_one_finding() -> None:
    verdict = verdict_on(issue(body=STORY, points=3.0))

    assert parts_of(verdict, "acceptance") == {"ready.blind_estimate"}


def test_a_blocker_of_another_team_is_one_finding() -> None:
    verdict = verdict_on(issue(links=(link("SHOP-9"),)), issue("SHOP-9", components=("search",)))

    assert parts_of(verdict, "unblocked") == {"ready.cross_team"}


def test_a_cycle_blocks_and_is_one_finding() -> None:
    other = issue("SHOP-9", components=("search",), links=(link("SHOP-1"),))

    verdict = verdict_on(issue(links=(link("SHOP-9"),)), other)

    assert parts_of(verdict, "acyclic") == {"ready.unblocked", "ready.cross_team"}


def test_a_blocker_outside_the_cycle_is_a_finding_of_its_own() -> None:
    first = issue(links=(link("SHOP-9"), link("CORE-3")))

    verdict = verdict_on(first, issue("SHOP-9", links=(link("SHOP-1"),)))

    assert parts_of(verdict, "acyclic") == set()
    assert "ready.unblocked" in {finding.rule for finding in firsts(verdict.findings)}


def test_a_flag_is_not_the_cause_of_an_unplanned_dependency() -> None:
    first = issue(links=(link("SHOP-9"),), flagged=True)

    verdict = verdict_on(first, issue("SHOP-9", components=("search",)))

    assert parts_of(verdict, "unblocked") == set()


def test_the_most_severe_finding_is_the_first() -> None:
    """What makes an issue not ready is never part of what does not."""
    lighter = tuple(
        rule.model_copy(update={"severity": Severity.INFO}) if rule.name == "described" else rule for rule in ALL
    )

    verdict = verdict_on(issue(body="", kind=Kind.BUG), ruleset=Ruleset(product=lighter))

    assert parts_of(verdict, "reproducible") >= {"ready.described"}


@pytest.mark.parametrize("waived", ["acceptance", "blind_estimate"])
def test_an_accepted_finding_and_an_open_one_are_never_one(waived: str) -> None:
    """Neither hides the other."""
    waiver = Waiver(rule=waived, issue="SHOP-1", reason="known", owner="Ana")
    ruleset = Ruleset(product=ALL, waivers=(waiver,))

    verdict = verdict_on(issue(body=STORY), ruleset=ruleset)

    assert parts_of(verdict, "acceptance") == set()


def test_a_baseline_that_accepts_both_keeps_them_together() -> None:
    plain = verdict_on(issue(body=STORY))
    accepted = Ruleset(product=ALL, baseline={finding.fingerprint: "known" for finding in plain.findings})

    verdict = verdict_on(issue(body=STORY), ruleset=accepted)

    assert all(finding.waived for finding in verdict.findings)
    assert parts_of(verdict, "acceptance") == {"ready.blind_estimate"}


def test_the_parts_change_neither_fingerprints_nor_score_nor_verdict() -> None:
    of = issue(body="", kind=Kind.BUG)
    musts = tuple(rule.model_copy(update={"severity": Severity.MUST}) for rule in ALL)
    whole = verdict_on(of, ruleset=Ruleset(product=musts))
    alone = [verdict_on(of, ruleset=Ruleset(product=(rule,))) for rule in musts]

    assert {one.fingerprint for one in whole.findings} == {f.fingerprint for one in alone for f in one.findings}
    assert {finding.rule for finding in whole.blocking} > {finding.rule for finding in firsts(whole.blocking)}


def finding(rule: str, part_of: str = "", subject: str = "SHOP-1") -> Finding:
    return Finding(rule=rule, severity=Severity.MUST, subject=subject, message="", hint="", part_of=part_of)


def test_a_part_without_its_first_is_shown_for_itself() -> None:
    """As when one rule is asked for."""
    part = finding("ready.blind_estimate", "ready.acceptance")

    assert causes_of((part,)) == (Cause(part),)
    assert causes_of((finding("ready.acceptance", subject="SHOP-2"), part))[1] == Cause(part)


def test_the_parts_follow_their_first_in_their_order() -> None:
    first, one, other = finding("a"), finding("b", "a"), finding("c", "a")

    assert causes_of((one, first, other)) == (Cause(first, (one, other)),)
    assert firsts((one, first, other)) == (first,)


@pytest.mark.parametrize(("title", "parts"), [("asdf", {"ready.prioritised"}), ("Relevance", set())])
def test_a_title_that_says_nothing_and_no_priority_are_one_finding(title: str, parts: set[str]) -> None:
    """Nobody has looked at such an issue. A short title is another matter."""
    verdict = verdict_on(issue(title=title, priority=None), ruleset=Ruleset(product=ALL))

    assert {"ready.titled", "ready.prioritised"} <= {finding.rule for finding in verdict.findings}
    assert parts_of(verdict, "titled") == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Shoppers choose a card they used before.", {"ready.blind_estimate", "ready.story_form"}),
        ("Shoppers choose a card.\n\n## Acceptance criteria\nTBD", {"ready.blind_estimate"}),
    ],
)
def test_a_wish_that_nobody_wrote_down_is_one_finding(text: str, parts: set[str]) -> None:
    """It lacks a story sentence and criteria. An empty section for criteria is another matter."""
    verdict = verdict_on(issue(body=text, points=5), ruleset=Ruleset(product=ALL))

    assert "ready.story_form" in {finding.rule for finding in verdict.findings}
    assert parts_of(verdict, "acceptance") == parts


def test_every_pair_names_rules() -> None:
    paths = {f"ready.{rule.name}" for rule in RULES}

    assert {path for pair in PAIRS for path in (pair.first, pair.other)} <= paths


def test_what_is_due_later_is_one_cause_as_well() -> None:
    """An issue far from its sprint names its blocker once."""
    teams = [
        {"name": "Payments", "components": ["payments"]},
        {"name": "Search", "components": ["search"], "board": 13},
    ]
    blocker = {"key": "SHOP-9", "components": ["search"]}
    links = [{"key": "SHOP-9", "kind": "blocked-by", "category": "todo"}]
    above = [{"key": "SHOP-2", "points": 100.0}]
    rules = (Unblocked(), CrossTeam(severity=Severity.MUST))
    far = world({"links": links, "others": [blocker], "teams": teams, "pace": 10.0, "above": above})

    verdict = judge(far, Ruleset(product=rules)).by_key["SHOP-1"]

    assert [due.finding.part_of for due in verdict.due] == ["", "ready.unblocked"]
    assert verdict.reasons == ("blocked by SHOP-9",)
