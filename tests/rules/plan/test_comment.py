"""What our one comment says: a verdict, the smallest step, a short list without repetition, and the ways out."""

from dataclasses import replace
from datetime import timedelta

from rules.commands import WAIVE
from rules.plan.comment import MORE, MOST_FIXES, CommentBody, comment_for, resolved_comment
from rules.rule import Finding, Severity, fingerprint_of
from rules.verdict import Due, Verdict
from sync.config import default_ruleset
from tests.factories import facts, finished, issue, judge, snapshot

HANDS_OFF = "readyline-hands-off"


def finding(name: str, severity: Severity = Severity.MUST) -> Finding:
    return Finding(
        rule=f"ready.{name}", severity=severity, subject="SHOP-1", message=f"No {name}.", hint=f"Add {name}."
    )


def verdict(*findings: Finding, passed: tuple[str, ...] = ("ready.has_team",)) -> Verdict:
    return Verdict(issue=issue(), score=50, findings=findings, passed=passed, facts=facts())


def note(*findings: Finding, commands: bool = False) -> CommentBody:
    return comment_for(verdict(*findings), hands_off=HANDS_OFF, commands=commands)


def test_the_smallest_step_is_told_once() -> None:
    made = note(finding("story"), finding("criteria"))
    said = "\n".join((made.headline, made.summary, *(f"{fix.message} {fix.hint}" for fix in made.fixes)))

    assert made.summary == "Smallest step: Add story."
    assert [said.count(words) for words in ("No story.", "Add story.", "No criteria.", "Add criteria.")] == [1, 1, 1, 1]


def test_a_long_list_is_cut_and_says_so() -> None:
    made = note(*(finding(f"thing {number}") for number in range(MOST_FIXES + 2)))

    assert [fix.message for fix in made.fixes][MOST_FIXES - 1 :] == ["No thing 4.", MORE]


def test_the_way_to_waive_and_the_names_are_told_only_where_somebody_may_command() -> None:
    silent, told = note(finding("story")), note(finding("story"), commands=True)

    assert (WAIVE in silent.footer, [fix.name for fix in silent.fixes]) == (False, [""])
    assert (WAIVE in told.footer, [fix.name for fix in told.fixes]) == (True, ["story"])
    assert HANDS_OFF in silent.footer
    assert HANDS_OFF in told.footer


def test_a_comment_is_not_edited_because_somebody_may_command_or_more_passes() -> None:
    plain = note(finding("story"))

    assert note(finding("story"), commands=True).digest == plain.digest
    assert replace(plain, passed=("a", "b")).digest == plain.digest


def test_a_comment_is_edited_when_a_finding_comes_or_changes_its_words() -> None:
    plain = note(finding("story"))

    assert note(finding("story"), finding("criteria", Severity.SHOULD)).digest != plain.digest
    assert note(finding("stories")).digest != plain.digest


def test_half_a_character_in_a_quotation_stops_nothing() -> None:
    broken = fingerprint_of("ready.measurable", "SHOP-1", "\ud800")
    assert broken != fingerprint_of("ready.measurable", "SHOP-1", "")
    assert note(replace(finding("story"), message="\ud800")).digest != note(finding("story")).digest


def test_what_is_no_more_than_advice_is_not_in_the_comment() -> None:
    assert [fix.message for fix in note(finding("story"), finding("novelty", Severity.INFO)).fixes] == ["No story."]


def test_a_mended_issue_gets_one_line() -> None:
    waits = replace(verdict(), due=(Due(finding=finding("has_team"), within=2.0),))

    assert resolved_comment(verdict()) == CommentBody(
        headline="Ready to be planned: nothing that it must have is missing."
    )
    assert (
        resolved_comment(waits).headline == "Fine for now; once its sprint is nearer, this is asked for too: has team."
    )


def test_time_alone_does_not_change_what_a_comment_says() -> None:
    """Edits may send mail: what a comment says must not hang on the day or on how near exactly a sprint is."""
    near, later = _verdict_below(points=3.0), _verdict_below(points=13.0, days=1)

    assert near.distance != later.distance
    assert near.blocking
    assert comment_for(near, hands_off=HANDS_OFF).digest == comment_for(later, hands_off=HANDS_OFF).digest


def _verdict_below(*, points: float, days: int = 0) -> Verdict:
    """Of an issue without an estimate that stands below one of so many points."""
    sprints, done = finished(6)
    above = issue("SHOP-1", "A very different piece of work.", title="Export invoices", points=points)
    taken = snapshot(above, issue("SHOP-2", points=None), sprints=tuple(sprints), history=tuple(done))
    taken = replace(taken, taken_at=taken.taken_at + timedelta(days=days))
    return judge(taken, default_ruleset()).by_key["SHOP-2"]
