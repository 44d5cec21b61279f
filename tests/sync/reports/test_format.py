from dataclasses import replace
from datetime import date

import pytest

from rules.capacity.model import Level, Range, WarningCode
from rules.capacity.model import Warning as Caution
from rules.capacity.time_boxes import SPRINTS
from rules.deep.model import Runway
from rules.model import Unit
from rules.plan.changes import KINDS
from sync.reports import as_markdown, as_text
from sync.reports import format as wording
from tests.rules.deep.backlog import capacity
from tests.sync.reports.page import all_pages
from tests.sync.reports.sample import STARTED, history, sample


@pytest.mark.parametrize(
    ("value", "words"), [(5.0, "5"), (0.04, "0"), (2.25, "2.2"), (26.5, "26.5"), (None, "unknown"), (-0.96, "-1")]
)
def test_figure(value: float | None, words: str) -> None:
    """A number has at most one decimal, and none where it is whole."""
    assert wording.figure(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "distance unknown"), (0.0, "next sprint"), (0.99, "next sprint"), (2.44, "2.4 sprints away")],
)
def test_place(value: float | None, words: str) -> None:
    """Everything nearer than a sprint is in the next one."""
    assert wording.place(value, SPRINTS) == words


def test_every_kind_has_words() -> None:
    """Every kind of change has a verb and a count."""
    assert all(wording.verb(change) for change in sample().plan.changes)
    assert set(wording._WORDS) == set(KINDS)


def test_done_and_intended() -> None:
    """Changes are counted by kind, as done or as still to do."""
    changes = sample().plan.changes
    assert wording.done(changes[:2]) == "1 label added, 1 label removed"
    assert wording.intended(changes[:1]) == "1 label to add"
    assert wording.done(()) == ""
    assert wording.ended(sample().outcomes).endswith("1 skipped, 1 failed")


def test_since() -> None:
    """Only figures that changed are listed, with their unit."""
    first, *_, last = history()
    news = "+3 ready issues in the horizon, +1 issue in the backlog, +0.5 sprints of ready work, +11 DEEP points"
    assert news in wording.since(first, last, SPRINTS)
    assert wording.since(first, first, SPRINTS).endswith("no change.")


@pytest.mark.parametrize(
    ("points", "sprints", "words"),
    [
        (3.0, 0.4, "+0.4 sprints of ready work, +3 DEEP points"),
        (-0.9, 1.0, "+1 sprint of ready work, −0.9 DEEP points"),
        (0.0, 0.0, ""),
    ],
)
def test_gain(points: float, sprints: float, words: str) -> None:
    """A gain has its sign, also where an action costs something elsewhere."""
    assert wording.gain(points, sprints, SPRINTS) == words


def test_segments() -> None:
    """Keys in a sentence are found whole."""
    text = "Do SHOP-1 before SHOP-12 and 1 more."
    pieces = list(wording.segments(text, ["SHOP-12", "SHOP-1", "A-1"]))
    assert [piece for piece, is_key in pieces if is_key] == ["SHOP-1", "SHOP-12"]
    assert "".join(piece for piece, _ in pieces) == text


def test_segments_of_a_text_without_its_keys() -> None:
    """The first three keys follow after a sentence that names none of them."""
    pieces = list(wording.segments("Do these.", ["A-1", "A-2", "A-3", "A-4"]))
    assert [piece for piece, is_key in pieces if is_key] == ["A-1", "A-2", "A-3"]
    assert "".join(piece for piece, _ in pieces) == "Do these. A-1, A-2, A-3 and 1 more"


def test_segments_without_keys() -> None:
    """A sentence about no issue stays whole."""
    assert list(wording.segments("Nothing to do.", [])) == [("Nothing to do.", False)]


def test_the_end_of_ready_work_has_its_earliest_and_latest_day() -> None:
    runway = Runway(
        team="",
        ready_points=30.0,
        sprints=1.4,
        usual_on=date(2026, 3, 27),
        earliest_on=date(2026, 3, 20),
        latest_on=date(2027, 4, 1),
    )

    assert wording.until(runway, STARTED) == "27 March (20 March if fast, 1 April 2027 if slow)"
    assert wording.until(replace(runway, latest_on=None), STARTED).endswith("more than ten years if slow)")
    assert wording.until(replace(runway, usual_on=None), STARTED) == ""


def test_a_range_says_which_end_is_which() -> None:
    of = replace(sample().capacities[0], points=Range(14.0, 18.0, 22.0))

    assert wording.spread(of) == "18 points (14 if slow, 22 if fast)"
    assert wording.spread(replace(of, unit=Unit.ISSUES)) == "18 issues (14 if slow, 22 if fast)"
    assert wording.spread(replace(of, points=None, unit=Unit.HOURS)) == "no hours known"


def test_a_reason_is_a_phrase_and_never_the_name_of_a_rule() -> None:
    """A finding without a phrase is named by what was checked."""
    finding = next(iter(sample().judgement.by_key["SHOP-116"].blocking))

    assert wording.phrase(finding) == "no estimate"
    assert wording.phrase(replace(finding, rule="acme.legal_check", phrase="")) == "failed check: legal check"
    assert wording.check("acme.legal_check") == "legal check"


def test_moment() -> None:
    """A moment has its zone."""
    assert wording.moment(STARTED) == "2 March 2026, 09:00 UTC"


def test_warnings_are_sorted_by_level_and_said_once() -> None:
    """A sentence that holds for two teams names both."""
    first, second, *_ = sample().capacities
    red = Caution(WarningCode.OVER_COMMITTED, Level.RED, "Too much is planned.")
    info = Caution(WarningCode.STRETCH, Level.INFO, "3 points are carried over.")
    teams = (replace(first, warnings=(info,)), replace(second, warnings=(red, info)))
    one, two = first.team.name, second.team.name

    assert wording.warnings(teams) == (
        (Level.RED, f"{two}: Too much is planned."),
        (Level.INFO, f"{one}, {two}: 3 points are carried over."),
    )


def test_a_team_without_people_has_no_person_days() -> None:
    """0 of 0 would look like an absence of everybody."""
    first = sample().capacities[0]
    empty = replace(first, team=replace(first.team, people=()), gross_days=0.0, net_days=0.0)
    report = sample(capacities=(empty,))

    assert wording.days(empty) == "no people configured"
    for text in (as_text.plain(as_text.capacity(report)), as_markdown.render(report), all_pages(report)):
        assert "no people configured" in text.lower()
        assert "0 of 0" not in text


def test_the_difference_of_a_what_if_is_that_of_the_figures_next_to_it() -> None:
    """17.26 instead of 19.24 points are shown as 17.3 and 19.2, so it is 1.9; JSON has the unrounded figures."""
    before = capacity(19.2, exact_points=19.24)
    after = capacity(17.3, exact_points=17.26, net_days=18.0, hours=108.0)

    assert wording.what_if(before, after) == (
        "17.3 points instead of 19.2, 1.9 fewer; 18 person-days instead of 20, 2 fewer; "
        "108 hours instead of 120, 12 fewer"
    )
