"""How well the labelled issues are read must not get worse."""

import pytest

from tests.benchmarks.labelled import GOLD, handed
from tests.benchmarks.reading import Row, by_label, read
from tests.external_data import skip_without

# Just below what is measured today; the figures themselves are printed by `python -m tests.benchmarks.reading`.
FLOORS = {
    "story_form=yes": (0.95, 0.95),
    "story_benefit=yes": (0.95, 0.85),
    "acceptance=present": (0.95, 0.95),
    "acceptance=empty": (0.95, 0.80),
    "acceptance=na": (0.95, 0.95),
    "steps=yes": (0.95, 0.95),
    "expected=yes": (0.95, 0.95),
    "actual=yes": (0.95, 0.95),
    "placeholder=yes": (0.95, 0.95),
    "open_question=yes": (0.90, 0.90),
}


@pytest.fixture(scope="module")
def rows() -> dict[str, Row]:
    skip_without(GOLD)
    return {row.name: row for row in by_label(read(handed()))}


@pytest.mark.parametrize("label", FLOORS)
def test_a_label_is_read_at_least_as_well_as_before(rows: dict[str, Row], label: str) -> None:
    precision, recall = FLOORS[label]

    assert rows[label].right.value >= precision
    assert rows[label].found.value >= recall
