from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.backlog.index import Backlog
from rules.deep.model import Deep, Letter
from rules.deep.score import score
from rules.deep.scorecard import grade, overall
from rules.model import Issue, Kind, Priority
from tests.factories import NOW, issue, link, product, snapshot, team
from tests.rules.deep.backlog import capacity, judge_by, judged, state, stories
from tests.thorough import scaled

NUMBERS = st.integers(1, 25)
ISSUES = st.builds(
    issue,
    key=NUMBERS.map("SHOP-{}".format),
    kind=st.sampled_from(Kind),
    points=st.sampled_from([None, 0.0, 0.5, 1.0, 3.0, 8.0, 100.0]),
    priority=st.none() | st.integers(0, 4).map(lambda order: Priority(str(order), order, 5)),
    updated=st.integers(0, 900).map(lambda days: NOW - timedelta(days=days)),
    links=st.lists(NUMBERS.map(lambda n: link(f"SHOP-{n}")), max_size=2).map(tuple),
    parent=st.none() | NUMBERS.map("SHOP-{}".format),
    labels=st.sampled_from([frozenset(), frozenset({"must"})]),
    components=st.sampled_from([(), ("payments",), ("search",), ("payments", "search")]),
)
BACKLOGS = st.lists(ISSUES, min_size=1, max_size=25, unique_by=lambda one: one.key)


def judge(
    issues: list[Issue], unready: set[str], pace: float | None, *, before: list[Issue] | None = None, ago: float = 14
) -> Deep:
    teams = (team(), team("Search", board=13))
    missing = dict.fromkeys(unready, ("ready.acceptance",))
    earlier = [] if before is None else [state(before, ago)]
    seen = snapshot(*issues, product=product(*teams))
    return score(
        Backlog.of(seen, [capacity(pace, one) for one in teams]), judged(issues, missing), judge_by(missing), earlier
    )


@settings(max_examples=scaled(20, 60), deadline=None)
@given(
    issues=BACKLOGS,
    unready=st.sets(NUMBERS.map("SHOP-{}".format)),
    pace=st.sampled_from([None, 0.5, 12.0, 300.0]),
    before=st.none() | BACKLOGS,
    ago=st.floats(0, 100),
)
def test_whatever_the_backlog_scores_stay_between_0_and_100_and_are_the_same_again(
    issues: list[Issue], unready: set[str], pace: float | None, before: list[Issue] | None, ago: float
) -> None:
    deep = judge(issues, unready, pace, before=before, ago=ago)

    assert all(letter.score is None or 0 <= letter.score <= 100 for letter in deep.letters)
    assert all(0 <= m.value <= 100.0001 for letter in deep.letters for m in letter.measures
               if m.unit == "%" and m.value is not None and m.name not in {"must", "churn"})  # fmt: skip
    assert all(m.text for letter in deep.letters for m in letter.measures)
    assert deep.score is None or 0 <= deep.score <= 100
    assert len(deep.actions) <= 3
    assert deep == judge(issues, unready, pace, before=before, ago=ago)


def test_a_good_backlog_is_graded_a() -> None:
    near = [issue(f"SHOP-{n}", title=f"Near {n}", points=3.0, body="word " * 60) for n in range(1, 12)]
    far = [
        issue(f"SHOP-{n}", title=f"Far {n}", points=5.0 if n % 2 else 2.0, body="", parent=None) for n in range(12, 40)
    ]
    issues = [*near, *far]
    missing = {one.key: ("ready.acceptance",) for one in far}

    deep = score(Backlog.of(snapshot(*issues), [capacity(12.0)]), judged(issues, missing), judge_by(missing))

    assert (deep.grade, deep.confidence) == ("A", "good")
    assert [letter.name for letter in deep.letters] == [
        "Detailed appropriately",
        "Estimated",
        "Emergent",
        "Prioritised",
    ]


@pytest.mark.parametrize(
    ("score", "letter"),
    [(100, "A"), (85, "A"), (84.9, "B"), (70, "B"), (55, "C"), (40, "D"), (39.9, "E"), (0, "E"), (None, "")],
)
def test_grades_begin_where_they_are_published(score: float | None, letter: str) -> None:
    assert grade(score) == letter


def test_one_broken_side_cannot_hide() -> None:
    letters = tuple(Letter(name, score, ()) for name, score in (("D", 100.0), ("E", 100.0), ("Em", 100.0), ("P", 1.0)))

    assert overall(letters) == pytest.approx(31.6, abs=0.1)


def test_a_letter_without_a_score_is_left_out_of_the_mean() -> None:
    assert overall((Letter("D", 64.0, ()), Letter("E", None, ()), Letter("P", 81.0, ()))) == pytest.approx(72.0)


@pytest.mark.parametrize(
    ("used", "points", "said"),
    [
        (6, (3, 3, 3, 3), "good"),
        (2, (3, 3, 3, 3), "low: velocity rests on 2 closed sprints"),
        (6, (3, 3, None, None), "low: 2 of 4 sizes are guessed"),
    ],
)
def test_confidence_is_low_for_a_young_pace_and_for_guessed_sizes(
    used: int, points: tuple[float | None, ...], said: str
) -> None:
    issues = stories(*points)

    deep = score(Backlog.of(snapshot(*issues), [capacity(12.0, used_sprints=used)]), judged(issues), judge_by())

    assert deep.confidence == said


def test_without_a_pace_the_order_is_judged_and_the_rest_says_why_not() -> None:
    issues = [issue("SHOP-1", priority=Priority("Low", 3, 5)), issue("SHOP-2", priority=Priority("High", 1, 5))]

    deep = score(Backlog.of(snapshot(*issues), [capacity(None)]), judged(issues), judge_by())

    scores = {letter.name: letter.score for letter in deep.letters}
    assert scores["Detailed appropriately"] is None
    assert scores["Estimated"] is None
    assert scores["Prioritised"] == 0
    assert deep.confidence == "low: no velocity is known"


def test_an_empty_backlog_is_judged_without_a_score() -> None:
    gone = issue("SHOP-1", kind=Kind.SUBTASK)

    deep = score(Backlog.of(snapshot(gone), [capacity(12.0)]), judged([gone]), judge_by())

    assert (deep.letters, deep.score, deep.grade, deep.actions) == ((), None, "", ())
    assert deep.runways[0].sprints == 0


def test_a_team_without_a_pace_is_named() -> None:
    teams = (team(), team("Search", board=13))
    issues = stories(3)
    seen = snapshot(*issues, product=product(*teams))

    deep = score(Backlog.of(seen, [capacity(12.0, teams[0]), capacity(None, teams[1])]), judged(issues), judge_by())

    assert deep.confidence == "low: no velocity is known for Search"
    assert [runway.sprints for runway in deep.runways] == [0.25, 0.25, None]


def test_a_pasted_log_counts_as_described_and_costs_nothing() -> None:
    issues = [issue("SHOP-1", body="word " * 200_000)]

    assert score(Backlog.of(snapshot(*issues), [capacity(12.0)]), judged(issues), judge_by()).score is not None


def test_a_backlog_that_names_an_issue_twice_is_scored() -> None:
    """A tracker that is being edited may show an issue at two places of its list."""
    first, second = stories(3.0, 5.0)
    assert judge([first, second, first], set(), 12.0).score is not None
