"""From a snapshot and a ruleset to a judgement."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import ClassVar

from rules.backlog.index import TOP
from rules.evaluate import judge_text
from rules.model import Category, Kind, SprintState
from rules.ready import RULES
from rules.ready.acceptance import Acceptance
from rules.ready.described import Described
from rules.ready.estimated import Estimated
from rules.ready.has_team import HasTeam
from rules.ready.open_questions import OpenQuestions
from rules.ready.prioritised import Prioritised
from rules.ready.small_enough import SmallEnough
from rules.ready.titled import Titled
from rules.ready.unblocked import Unblocked
from rules.rule import WEIGHTS, Answer, Failed, ReadyRule, Severity, Subject, fingerprint_of
from rules.verdict import Judgement, Ruleset, State, Verdict, Waiver
from tests.factories import BUG, NOW, document, finished, issue, judge, product, snapshot, sprint, team

ALL = Ruleset(product=tuple(rule() for rule in RULES))


class Broken(ReadyRule):
    """A rule with a defect."""

    name: ClassVar[str] = "broken"

    def check(self, subject: Subject) -> Answer:
        """Raise."""
        raise ZeroDivisionError(subject.issue.key)


class Slanted(ReadyRule):
    """A rule that always complains about the distance it sees."""

    name: ClassVar[str] = "slanted"

    def check(self, subject: Subject) -> Answer:
        """Tell the distance and the team's points."""
        return Failed(f"{subject.distance} {subject.team_points}", "Move it.", reason="always")


def only(judgement: Judgement) -> Verdict:
    """The verdict of the one issue."""
    (verdict,) = judgement.verdicts
    return verdict


def told(verdict: Verdict) -> list[str]:
    """The rules that complain, in the order they are reported."""
    return [finding.rule for finding in verdict.findings]


def test_the_factories_issue_is_ready_under_every_must_rule() -> None:
    """What the tests build is what a team would take."""
    verdict = only(judge(snapshot(), ALL))

    assert verdict.ready
    assert verdict.blocking == ()


def test_a_bug_with_steps_is_ready_too() -> None:
    """Bugs have rules of their own."""
    assert only(judge(snapshot(issue(kind=Kind.BUG, body=BUG)), ALL)).ready


def test_one_must_finding_makes_an_issue_not_ready() -> None:
    """And the finding says what is missing."""
    verdict = only(judge(snapshot(issue(points=None)), ALL))

    assert not verdict.ready
    assert [finding.rule for finding in verdict.blocking] == ["ready.estimated"]


def test_should_and_info_do_not_decide_about_ready() -> None:
    """A missing priority is a remark."""
    ruleset = Ruleset(product=(Prioritised(severity=Severity.SHOULD),))
    verdict = only(judge(snapshot(issue(priority=None)), ruleset))

    assert verdict.ready
    assert told(verdict) == ["ready.prioritised"]


def test_a_rule_that_is_off_is_not_asked() -> None:
    """Neither told nor passed."""
    verdict = only(judge(snapshot(issue(points=None)), Ruleset(product=(Estimated(severity=Severity.OFF),))))

    assert (verdict.findings, verdict.passed, verdict.ready) == ((), (), True)


def test_the_score_is_the_weight_that_passed_of_the_weight_that_applied() -> None:
    """Recomputed here from the published weights."""
    rules = (Described(), Estimated(), Prioritised())
    verdict = only(judge(snapshot(issue(points=None)), Ruleset(product=rules)))
    must, info = WEIGHTS[Severity.MUST], WEIGHTS[Severity.INFO]

    assert (must, WEIGHTS[Severity.SHOULD], info) == (5, 2, 1)
    assert verdict.score == round(100 * (must + info) / (2 * must + info)) == 55


def test_an_issue_no_rule_speaks_about_has_the_full_score() -> None:
    """Nothing applied, so nothing is missing."""
    assert only(judge(snapshot(), Ruleset())).score == 100


def test_findings_stand_by_severity_and_then_smallest_fix_first() -> None:
    """Setting a field comes before writing a section, and both before anything that is only advised."""
    rules = (Prioritised(), Titled(), Described(), Estimated(), Unblocked())
    bare = issue(points=None, priority=None, title="New", body="", flagged=True)

    verdict = only(judge(snapshot(bare), Ruleset(product=rules)))

    assert told(verdict) == [
        "ready.estimated",  # must, a field
        "ready.described",  # must, a section
        "ready.unblocked",  # must, a talk
        "ready.titled",  # should
        "ready.prioritised",  # info
    ]


def test_passed_rules_are_listed_next_to_findings() -> None:
    """By the rules' paths."""
    verdict = only(judge(snapshot(issue(points=None)), Ruleset(product=(Described(), Estimated()))))

    assert verdict.passed == ("ready.described",)


def test_every_finding_says_who_it_asks() -> None:
    """So that a report can be read by role."""
    verdict = only(judge(snapshot(issue(points=None, body="")), ALL))

    asked = {finding.rule: finding.asks for finding in verdict.findings}
    assert asked["ready.estimated"] == "Developers"
    assert asked["ready.acceptance"] == "Product Owner"


def test_what_the_project_does_not_have_is_reported_once() -> None:
    """Two issues, two rules, one blind spot."""
    world = snapshot(issue("SHOP-1", points=None), issue("SHOP-2", points=None), unavailable=frozenset({"points"}))

    judgement = judge(world, Ruleset(product=(SmallEnough(), Estimated())))

    assert judgement.unavailable == {"points": ("ready.estimated", "ready.small_enough")}
    assert all(verdict.ready for verdict in judgement.verdicts)


def test_a_rule_that_raises_is_recorded_and_the_rest_goes_on() -> None:
    """One broken rule costs itself only."""
    judgement = judge(snapshot(issue("SHOP-1"), issue("SHOP-2")), Ruleset(product=(Broken(), Described())))

    assert [(error.rule, error.subject) for error in judgement.errors] == [
        ("ready.broken", "SHOP-1"),
        ("ready.broken", "SHOP-2"),
    ]
    assert judgement.errors[0].error == "ZeroDivisionError: SHOP-1"
    assert judgement.by_key["SHOP-2"].passed == ("ready.described",)


def test_the_same_snapshot_gives_the_same_judgement_twice() -> None:
    """Word for word."""
    world = snapshot(issue("SHOP-1", body=""), issue("SHOP-2", points=None), issue("SHOP-3", flagged=True))

    first, second = judge(world, ALL), judge(replace(world), ALL)

    assert first.verdicts == second.verdicts
    assert (first.unavailable, first.errors) == (second.unavailable, second.errors)


def test_a_far_issue_is_not_reported_but_does_not_count_as_ready_either() -> None:
    """Else thin far issues would fill the runway."""
    sprints, done = finished(6)  # 21 points a sprint
    world = snapshot(
        issue("SHOP-1", points=50.0), issue("SHOP-2", points=None), sprints=tuple(sprints), history=tuple(done)
    )

    near, far = judge(world, Ruleset(product=(Estimated(),))).verdicts

    assert (near.state, near.ready, near.due) == (State.READY, True, ())
    assert (far.state, far.ready, far.findings) == (State.NOT_DUE, False, ())
    assert [(due.rule, due.within) for due in far.due] == [("ready.estimated", 2.0)]
    assert far.distance == 50 / 21


def test_near_is_within_the_horizon() -> None:
    """The horizon is the ruleset's, in sprints."""
    sprints, done = finished(6)
    world = snapshot(
        issue("SHOP-1", points=21.0), issue("SHOP-2", points=3.0), sprints=tuple(sprints), history=tuple(done)
    )

    assert [v.in_horizon for v in judge(world, Ruleset(horizon=1.0)).verdicts] == [True, True]
    assert [v.in_horizon for v in judge(world, Ruleset(horizon=0.9)).verdicts] == [True, False]


def test_without_a_pace_a_lone_issue_is_near() -> None:
    """Who does not know how far away it is had better look."""
    verdict = only(judge(snapshot(issue(points=None)), Ruleset(product=(Estimated(within_sprints=0),))))

    assert (verdict.distance, verdict.in_horizon) == (None, True)
    assert told(verdict) == ["ready.estimated"]


def test_what_is_in_a_running_sprint_is_next() -> None:
    """And takes no place in the queue of the others."""
    sprints, done = finished(6)
    running = sprint("77", SprintState.ACTIVE)
    world = snapshot(
        issue("SHOP-1", points=21.0),
        issue("SHOP-2", points=21.0, sprint="77", category=Category.DOING),
        issue("SHOP-3", points=3.0),
        sprints=(*sprints, running),
        history=tuple(done),
    )

    assert [verdict.distance for verdict in judge(world, Ruleset()).verdicts] == [0.0, 0.0, 1.0]


def test_the_rules_of_the_one_team_that_recognises_an_issue_are_asked() -> None:
    """Of several teams, none decides."""
    payments, search = team("Payments"), team("Search", board=13)
    ruleset = Ruleset(product=(Described(),), narrowed={("Search", "", ""): (Titled(),)})
    world = snapshot(
        issue("SHOP-1", components=("payments",)),
        issue("SHOP-2", components=("search",)),
        issue("SHOP-3", components=("payments", "search")),
        product=product(payments, search),
    )

    passed = [verdict.passed for verdict in judge(world, ruleset).verdicts]

    assert passed == [("ready.described",), ("ready.titled",), ("ready.described",)]


def test_the_most_specific_rules_win() -> None:
    """Team, kind and work, then team and kind, team, kind and work, kind, and the product's."""
    all_three, both, by_team, by_work, by_kind, general = ((Described(min_words=n),) for n in range(1, 7))
    narrowed = {
        ("A", "bug", "debt"): all_three,
        ("A", "bug", ""): both,
        ("A", "", ""): by_team,
        ("", "bug", "debt"): by_work,
        ("", "bug", ""): by_kind,
    }
    ruleset = Ruleset(product=general, narrowed=narrowed)

    assert ruleset.for_issue("A", Kind.BUG, "debt") is all_three
    assert ruleset.for_issue("B", Kind.BUG, "debt") is by_work
    assert ruleset.for_issue("A", Kind.BUG) is both
    assert ruleset.for_issue("A", Kind.STORY) is by_team
    assert ruleset.for_issue("B", Kind.BUG) is by_kind
    assert ruleset.for_issue("", Kind.STORY) is general


def test_an_issue_without_a_team_is_measured_by_the_strongest() -> None:
    """If it is too big for that one, it is too big for all."""
    small, big = finished(6, [5, 5]), finished(6, [10, 10], board=13)
    big_sprints = [replace(box, id=f"1{box.id}") for box in big[0]]
    big_done = [
        replace(entry, key=f"B{entry.key}", components=("search",), sprints=tuple(f"1{s}" for s in entry.sprints))
        for entry in big[1]
    ]
    world = snapshot(
        issue("SHOP-1", components=("printing",)),
        issue("SHOP-2", components=("payments",)),
        product=product(team("Payments"), team("Search", board=13)),
        sprints=(*small[0], *big_sprints),
        history=(*small[1], *big_done),
    )

    nobody, payments = judge(world, Ruleset(product=(Slanted(),))).verdicts

    assert nobody.findings[0].message.endswith(" 20.0")
    assert payments.findings[0].message.endswith(" 10.0")


class TestWaivers:
    """Findings that somebody accepted."""

    world = snapshot(issue("SHOP-1", points=None), issue("SHOP-2", points=None))
    rules = (Estimated(),)

    def judge(self, *waivers: Waiver, baseline: Mapping[str, str] | None = None) -> Judgement:
        """The judgement under these waivers."""
        return judge(self.world, Ruleset(product=self.rules, waivers=waivers, baseline=baseline or {}))

    def waiver(self, rule: str = "estimated", key: str = "SHOP-1", until: date | None = None) -> Waiver:
        """A waiver by Ana."""
        return Waiver(rule=rule, issue=key, reason="a pilot", owner="Ana", until=until)

    def test_a_waived_finding_is_kept_and_does_not_change_the_verdict(self) -> None:
        """It says why and who accepted it; the issue stays not ready, and nothing is left to say in a comment."""
        one, two = self.judge(self.waiver()).verdicts

        assert (one.state, one.open_findings, one.blocking) == (State.NOT_READY, (), ())
        assert one.findings[0].waived == "accepted: a pilot (Ana)"
        assert (two.state, len(two.blocking)) == (State.NOT_READY, 1)

    def test_a_waiver_may_name_the_path_or_stand_for_all(self) -> None:
        """A rule's path, its name or a star; a key or a star."""
        for waiver in (self.waiver("ready.estimated"), self.waiver("*"), self.waiver(key="*")):
            assert self.judge(waiver).by_key["SHOP-1"].blocking == ()
        assert self.judge(self.waiver("*", "*")).by_key["SHOP-2"].blocking == ()

    def test_it_holds_on_its_last_day_and_not_on_the_day_after(self) -> None:
        """And an expired one is reported."""
        today = NOW.date()
        held = self.judge(self.waiver(until=today))
        ended = self.judge(self.waiver(until=today - timedelta(days=1)))

        assert held.by_key["SHOP-1"].blocking == ()
        assert held.by_key["SHOP-1"].findings[0].waived == f"accepted until {today}: a pilot (Ana)"
        assert held.unused_waivers == ()
        assert ended.by_key["SHOP-1"].blocking != ()
        assert "ended on 2026-03-01 and its finding is shown again" in ended.unused_waivers[0]

    def test_a_waiver_that_covers_nothing_is_reported(self) -> None:
        """By rule, issue and owner."""
        (said,) = self.judge(self.waiver("titled", "SHOP-9")).unused_waivers

        assert said == 'The waiver of "titled" for "SHOP-9" by Ana covers no finding; delete it.'

    def test_an_expired_waiver_that_covers_nothing_says_so(self) -> None:
        """Nothing comes back when it goes."""
        (said,) = self.judge(self.waiver("titled", until=date(2026, 1, 1))).unused_waivers

        assert "there is nothing left to waive" in said

    def test_a_finding_of_the_baseline_is_waived_and_a_new_one_is_not(self) -> None:
        """By its fingerprint."""
        known = fingerprint_of("ready.estimated", "SHOP-1", "absent")

        one, two = self.judge(baseline={known: "legacy"}).verdicts

        assert (one.state, one.blocking) == (State.NOT_READY, ())
        assert one.findings[0].waived == "accepted by baseline: legacy"
        assert len(two.blocking) == 1

    def test_a_baseline_follows_an_issue_to_another_key(self) -> None:
        """Its finding keeps the fingerprint that was accepted; a finding that is new there has its own."""
        known = fingerprint_of("ready.estimated", "OLD-7", "absent")
        moved = replace(self.world, renamed={"OLD-7": "SHOP-1", "OLD-8": "SHOP-2"})

        one, two = judge(moved, Ruleset(product=self.rules, baseline={known: "legacy"})).verdicts

        assert (one.findings[0].fingerprint, one.blocking) == (known, ())
        assert two.findings[0].fingerprint == fingerprint_of("ready.estimated", "SHOP-2", "absent")

    def test_a_waived_finding_still_costs_score(self) -> None:
        """Accepting is not mending."""
        assert self.judge(self.waiver()).by_key["SHOP-1"].score == 0

    def test_a_waiver_reaches_an_issue_that_is_still_far(self) -> None:
        """It is not due yet all the same, and the waiver is in use."""
        sprints, done = finished(6)
        world = replace(
            self.world,
            issues=(issue("SHOP-0", points=100.0), *self.world.issues),
            sprints=tuple(sprints),
            history=tuple(done),
        )

        judgement = judge(world, Ruleset(product=self.rules, waivers=(self.waiver(),)))

        (due,) = judgement.by_key["SHOP-1"].due
        assert due.finding.waived == "accepted: a pilot (Ana)"
        assert judgement.unused_waivers == ()


def test_a_text_is_judged_without_a_tracker() -> None:
    """Rules that need one stay silent, the others speak."""
    text = document("Shoppers choose a card they used before, and pay with one click.")
    verdict = judge_text("Pay with a saved card", text, Kind.STORY, ALL)

    assert [finding.rule for finding in verdict.blocking] == ["ready.acceptance"]
    silent = {"ready.estimated", "ready.unblocked", "ready.has_team", "ready.prioritised", "ready.fresh"}
    assert not silent & {*told(verdict), *verdict.passed}


def test_a_text_with_everything_is_ready() -> None:
    """The factories' story as plain text."""
    story = issue()
    assert judge_text(story.title, story.document, Kind.STORY, ALL).ready


def test_a_text_may_bring_its_criteria_apart() -> None:
    """As a field of its own would."""
    criteria = document("- A saved card is offered with its last four digits", "- An expired card is refused")
    rules = Ruleset(product=(Acceptance(), OpenQuestions(), HasTeam()))

    assert judge_text("Pay", document("Shoppers pay."), Kind.STORY, rules, criteria).ready
    assert not judge_text("Pay", document("Shoppers pay."), Kind.STORY, rules).ready


def test_the_key_of_a_text_distinguishes_its_findings() -> None:
    """So that two texts of one file have two fingerprints."""
    one, two = (judge_text("Pay", document(""), Kind.STORY, ALL, key=key) for key in ("a", "b"))

    assert one.findings[0].subject == "a"
    assert one.findings[0].fingerprint != two.findings[0].fingerprint


def test_where_no_pace_is_known_only_the_top_of_the_backlog_is_near() -> None:
    many = [issue(f"SHOP-{number}", points=None) for number in range(TOP + 1)]
    verdicts = judge(snapshot(*many), Ruleset(product=())).verdicts
    assert [verdict.in_horizon for verdict in verdicts] == [True] * TOP + [False]
