"""What is measured of the rules' complaints: the judgements, the figures, and what severity they allow."""

import json

import pytest

from rules.agent import RULES as AGENT_RULES
from rules.measured import Measured, heaviest, measured_name
from rules.measured_figures import MEASURED
from rules.ready import RULES
from rules.rule import Severity
from tests.benchmarks.complaints import BY_NAME, HELD, JUDGED, LETTERS, measured
from tests.benchmarks.labelled import GOLD
from tests.benchmarks.material import DATA, file_of
from tests.external_data import needs

pytestmark = pytest.mark.slow

FIELDS = {"rule", "project", "id", "reason", "place", "judged"}


def figures(share: float, complaints: int = 100, high: float = 1.0) -> Measured:
    """A rule's figures."""
    right = round(share * complaints)
    return Measured(right=right, pedantic=0, wrong=complaints - right, share=share, low=0.0, high=high)


@pytest.mark.parametrize(
    ("measured", "severity"),
    [
        (figures(0.95), Severity.MUST),
        (figures(0.949), Severity.SHOULD),
        (figures(0.85), Severity.SHOULD),
        (figures(0.849), Severity.INFO),
        (figures(0.70), Severity.INFO),
        (figures(0.699), Severity.OFF),
        (figures(1.0, complaints=60), Severity.MUST),
        (figures(1.0, complaints=59), Severity.SHOULD),
        (figures(0.2, complaints=20, high=0.4), Severity.OFF),
        (figures(0.2, complaints=19, high=0.4), Severity.SHOULD),
        (None, Severity.SHOULD),
    ],
)
def test_the_share_of_right_complaints_caps_the_severity(measured: Measured | None, severity: Severity) -> None:
    assert heaviest(measured) is severity


def test_only_rules_that_read_text_are_measured() -> None:
    assert set(MEASURED) <= set(BY_NAME)
    assert not {"estimated", "agent.unblocked"} & set(BY_NAME)


def test_the_judgements_hold_ids_and_no_text() -> None:
    names = {measured_name(rule) for rule in (*RULES, *AGENT_RULES)}
    entries = [json.loads(line) for line in JUDGED.read_text(encoding="utf-8").splitlines()]

    for entry in entries:
        assert set(entry) - {"round"} == FIELDS
        assert entry.get("round", 2) > 1
        assert entry["rule"] in names
        assert entry["judged"] in LETTERS.values()
        assert entry["project"] not in HELD
    keys = [tuple(entry[field] for field in sorted(FIELDS - {"judged"})) for entry in entries]
    assert len(set(keys)) == len(keys)


@pytest.mark.ci
@needs(GOLD, DATA, file_of("TIMOB"))
def test_the_figures_in_the_project_are_those_of_the_benchmark() -> None:
    """`python -m tests.benchmarks.complaints --write` writes them."""
    assert measured() == MEASURED
