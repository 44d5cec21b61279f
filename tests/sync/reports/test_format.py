import pytest

from rules.plan.changes import KINDS
from sync.reports import format as wording
from sync.reports.view_model import segments
from tests.sync.reports.sample import STARTED, changes, history, outcomes


@pytest.mark.parametrize(
    ("value", "said"), [(5.0, "5"), (0.04, "0"), (2.25, "2.2"), (26.5, "26.5"), (None, "unknown"), (-0.96, "-1")]
)
def test_figure(value: float | None, said: str) -> None:
    """A number has at most one decimal, and none where it is whole."""
    assert wording.figure(value) == said


@pytest.mark.parametrize(("value", "said"), [(None, "–"), (0.0, "next"), (0.99, "next"), (1.0, "1.0"), (2.44, "2.4")])
def test_away(value: float | None, said: str) -> None:
    """Everything nearer than a sprint is in the next one."""
    assert wording.away(value) == said


def test_every_kind_has_words() -> None:
    """No kind of change is without a verb and a count."""
    assert {type(change) for change in changes()} <= set(KINDS)
    assert all(wording.verb(change) for change in changes())
    assert set(wording._WORDS) == set(KINDS)


def test_done_and_intended() -> None:
    """Changes are counted by kind, as done or as still to do."""
    assert wording.done(changes()[:2]) == "1 label added, 1 label taken off"
    assert wording.intended(changes()[:1]) == "1 label to add"
    assert wording.done(()) == ""
    assert wording.ended(outcomes()).endswith("1 skipped, 1 failed")


def test_since() -> None:
    """Only what has changed is told, and nothing where nothing has."""
    first, *_, last = history()
    assert "+3 ready, +1 in the backlog, +0.5 sprints of ready work, +11 on the DEEP score" in wording.since(
        first, last
    )
    assert wording.since(first, first).endswith("nothing has changed.")


@pytest.mark.parametrize(
    ("points", "sprints", "said"),
    [
        (3.0, 0.4, "+0.4 sprints of ready work, +3 on the DEEP score"),
        (-0.9, 1.0, "+1 sprints of ready work, −0.9 on the DEEP score"),
        (0.0, 0.0, ""),
    ],
)
def test_gain(points: float, sprints: float, said: str) -> None:
    """A gain has its sign, also where an action costs something elsewhere."""
    assert wording.gain(points, sprints) == said


def test_segments() -> None:
    """Keys in a sentence are found whole, and of those it does not name the first three come last."""
    pieces = list(segments("Do SHOP-1 before SHOP-12.", ["SHOP-12", "SHOP-1", "A-1", "A-2", "A-3", "A-4"]))
    assert [piece for piece, is_key in pieces if is_key] == ["SHOP-1", "SHOP-12", "A-1", "A-2", "A-3"]
    assert "".join(piece for piece, _ in pieces) == "Do SHOP-1 before SHOP-12. A-1, A-2, A-3 and 1 more"


def test_segments_without_keys() -> None:
    """A sentence about no issue stays whole."""
    assert list(segments("Nothing to do.", [])) == [("Nothing to do.", False)]


def test_moment() -> None:
    """A moment is told with its zone."""
    assert wording.moment(STARTED) == "2 March 2026, 09:00 UTC"
