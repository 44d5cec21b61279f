"""Three workers that are killed, and a database that is restarted: two minutes, which `.ci/run` waits for each time."""

import subprocess
import sys

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.thorough]


def test_no_run_is_lost_doubled_or_overlaps_where_workers_are_killed_and_the_database_restarts(postgresql: str) -> None:
    """The fixture skips it where no PostgreSQL can be started; the trial starts one of its own."""
    words = [sys.executable, "-m", "tests.benchmarks.cluster", "--quick"]
    ended = subprocess.run(words, capture_output=True, text=True, timeout=600, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
