"""Sprint Planning part two of one team: approach notes, questions, changed estimates, and nothing of another team."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from rules.backlog.index import Backlog
from rules.model import Edit, EditField, Effort, Issue, Kind, LinkKind
from rules.planning.approach import LONGEST, approach_of
from rules.planning.goals import goals_of
from rules.planning.options import PlanningOptions
from rules.planning.part_two import PartTwo, part_two
from rules.planning.proposal import propose
from rules.text import read_issue
from tests.factories import document, edit, issue, link, product, snapshot
from tests.rules.planning.judged import judged
from tests.rules.planning.world import PAYMENTS, SEARCH, START, capacity, next_of, story

PART_ONE = START - timedelta(days=4)


def two(
    *issues: Issue, edits: dict[str, tuple[Edit, ...]] | None = None, since: datetime | None = PART_ONE, **options: Any
) -> PartTwo:
    """Part two of Payments, which takes ten points; Search is there, too."""
    boxes = (capacity(PAYMENTS), capacity(SEARCH))
    values: dict[str, Any] = {"product": product(PAYMENTS, SEARCH), "edits": edits or {}, "taken_at": START}
    backlog = Backlog.of(snapshot(*issues, sprints=(next_of(PAYMENTS), next_of(SEARCH)), **values), boxes)
    verdicts, chosen = judged(issues), PlanningOptions(**options)
    proposal = propose(backlog, verdicts)
    goal = next(one for one in goals_of(backlog, verdicts, proposal, chosen) if one.team == PAYMENTS.name)
    return part_two(proposal.capacities[0], goal, backlog, verdicts, proposal, chosen, since=since)


def approach(*lines: str) -> str:
    return approach_of(read_issue("Pay by card", document(*lines), Kind.STORY))


@pytest.mark.parametrize(
    "heading", ["## Approach", "**Technical approach**", "## Implementation plan", "## Umsetzung", "## Solution"]
)
def test_an_approach_note_is_the_text_under_its_heading(heading: str) -> None:
    assert approach("Guests pay.", "", heading, "", "Session first.", "", "- then the sheet") == (
        "Session first.; then the sheet"
    )


def test_an_empty_or_missing_note_is_none_and_a_long_one_is_cut() -> None:
    assert approach("Guests pay.") == approach("## Approach", "", "## Notes", "", "Later.") == ""
    assert approach_of(None) == ""
    assert len(approach("## Approach", "", "word " * 60)) <= LONGEST


def test_a_large_issue_without_an_approach_note_is_a_finding() -> None:
    noted = story("A-1", 3, document=document("## Approach", "", "Session first."))
    made = two(noted, story("A-2", 3), story("A-3", 2.5))

    assert [(one.approach, one.needs_approach) for one in made.issues] == [
        ("Session first.", False),
        ("", True),
        ("", False),
    ]
    assert [one.text for one in made.findings] == [
        "A-2 is large (3 points) and has no approach note. Write how it is built."
    ]
    assert two(story("A-2", 9), approach_share=0.0).findings == ()


def test_estimates_that_changed_since_part_one_say_who_and_from_what_to_what() -> None:
    one, other = story("A-1", 5), story("A-2", 2)

    def change(of: Issue, at: datetime, **values: Any) -> tuple[Edit, ...]:
        return (edit(EditField.ESTIMATE, of.id, at=at, name="Di", **values),)

    edits = {
        one.id: change(one, START, before="3", after="5"),
        other.id: change(other, PART_ONE - timedelta(days=1), before="1", after="2"),
    }
    made = two(one, other, edits=edits)

    assert [(each.issue, each.before, each.after, each.who) for each in made.estimates] == [("A-1", "3", "5", "Di")]
    assert (made.since, two(one, edits=edits, since=None).estimates) == (PART_ONE, ())


def test_without_a_readable_history_the_changes_are_not_known() -> None:
    boxes = (capacity(PAYMENTS),)
    backlog = Backlog.of(snapshot(product=product(PAYMENTS), unavailable=frozenset({"changelog"})), boxes)
    proposal = propose(backlog, judged(()))
    (goal,) = goals_of(backlog, judged(()), proposal, PlanningOptions())

    assert part_two(boxes[0], goal, backlog, judged(()), proposal, PlanningOptions(), since=PART_ONE).since is None


def others(title: str, hours: float) -> Sequence[Issue]:
    """Work of Search in its next sprint."""
    planned = story("B-1", 8, "search", title=title, sprint="130")
    task = issue("B-2", "", kind=Kind.SUBTASK, parent="B-1", hours=Effort(remaining=hours))
    return planned, task


def test_nothing_of_another_team_is_on_the_page() -> None:
    ours = story("A-1", 3)

    assert two(ours, *others("Find it", 4)) == two(ours, *others("\u202e<b>broken</b>", 1e9)) == two(ours)


def test_what_is_needed_between_the_teams_is_on_the_pages_of_both() -> None:
    ours = story("A-1", 3, links=(link("S-1", LinkKind.BLOCKED_BY),), sprint="120", sprints=("120",))
    theirs = story("S-2", 3, "search", links=(link("A-3", LinkKind.BLOCKED_BY), link("A-4", LinkKind.BLOCKED_BY)))
    planned = story("A-4", 3, sprint="120", sprints=("120",))
    made = two(ours, story("S-1", 3, "search"), theirs, story("A-3", 3), planned)

    assert [(one.needs.key, one.blocker.key, one.is_agreed) for one in made.needed] == [("A-1", "S-1", False)]
    assert [(one.needs.key, one.blocker.key) for one in made.provided] == [("S-2", "A-3")]
