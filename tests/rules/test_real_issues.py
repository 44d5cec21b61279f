"""Real issues, in all their variety, are judged without a crash and twice the same."""

import pytest

from tests.benchmarks.catalogue import issues_of, judged, path_of

pytestmark = pytest.mark.skipif(
    not path_of("MOD").exists(), reason="the public issues are not there; set READYLINE_SHARED to where they are"
)


def test_a_whole_project_is_judged_without_an_error_and_twice_the_same() -> None:
    """367 issues, done ones among them, by the full catalogue."""
    issues = tuple(issues_of("MOD"))

    first, second = judged(issues), judged(issues)

    assert first.errors == ()
    assert len(first.verdicts) == len(issues) > 300
    assert first.verdicts == second.verdicts
