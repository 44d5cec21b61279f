"""Issues about which stakeholders disagree."""

from typing import Any

import pytest

from rules.model import Priority
from rules.refinement.conflicts import conflicts
from rules.refinement.layers import routed
from tests.factories import issue
from tests.rules.refinement.world import OPTIONS, backlog


def wishes(body: str, **values: Any) -> list[tuple[tuple[str, str], ...]]:
    known = backlog(issue("A-1", f"Pay by card.\n\n{body}", **values))
    return [one.wishes for one in conflicts(routed(known, OPTIONS), known, OPTIONS)]


FAR = "## Stakeholder priorities\n\n- Sales: High\n- Support: Low"


def test_priorities_two_levels_apart_are_a_conflict() -> None:
    assert wishes(FAR) == [(("Sales", "High"), ("Support", "Low"))]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "## Stakeholder priorities\n\n- Sales: High\n- Support: Medium",
        "## Stakeholder priorities\n\n- Sales: High\n- Support: whenever it fits",
        "## Notes\n\n- Sales: High\n- Support: Low",
        f"{FAR}\n\n## Decision\n\nHigh, as Sales has a date.",
    ],
)
def test_near_ones_other_lines_and_decided_ones_are_none(body: str) -> None:
    assert wishes(body) == []


def test_the_priorities_of_the_tracker_are_levels_and_a_restricted_text_is_not_quoted() -> None:
    own = "## Stakeholder priorities\n\n- Sales: Blocker\n- Support: Medium"

    assert wishes(own, priority=Priority("Blocker", 0, 5)) == [(("Sales", "Blocker"), ("Support", "Medium"))]
    assert wishes(FAR, restricted=True) == []
