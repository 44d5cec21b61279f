"""Real issues, in all their variety, are judged without a crash and twice the same."""

from tests.benchmarks.catalogue import issues_of, judged, path_of
from tests.external_data import needs

pytestmark = needs(path_of("MOD"))


def test_a_whole_project_is_judged_without_an_error_and_twice_the_same() -> None:
    """367 issues, done ones among them, by the full catalogue."""
    issues = tuple(issues_of("MOD"))

    first, second = judged(issues), judged(issues)

    assert first.errors == ()
    assert len(first.verdicts) == len(issues) > 300
    assert first.verdicts == second.verdicts
