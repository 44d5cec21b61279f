"""A product whose store is in a database: every command finds there what the others kept, and files show nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.app_harness import Office, office
from tests.postgresql import DATABASE

pytestmark = pytest.mark.journey


@pytest.fixture
def shop(postgresql: str, tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path, "cloud", database=postgresql) as place:
        yield place


def test_everything_is_kept_in_the_database_and_found_there(shop: Office) -> None:
    """From the first look over a dry run, a run and one that changes nothing to an earlier day and an undo."""
    assert "does not exist yet and can be created" in " ".join(shop.run("doctor").out.split())
    shop.write_config("enabled = true", "enabled = false")
    kept = shop.run("run", "--format", "json").document["changes"]
    shop.write_config("enabled = false", "enabled = true")
    planned = shop.run("plan", "--format", "json").document
    assert planned["changes"] == kept

    written = shop.run("run", "--expect", planned["digest"], "--format", "json").document
    assert len(written["outcomes"]) == len(kept)
    assert {one["outcome"] for one in written["outcomes"]} == {"done"}
    for _ in range(2):
        assert shop.run("run", "--format", "json").document["changes"] == []
    checked = shop.run("check", "--format", "json").document
    today = shop.jira.state.clock().date().isoformat()
    earlier = shop.run("check", "--as-of", today, "--format", "json").document
    assert [one["key"] for one in earlier["issues"]] == [one["key"] for one in checked["issues"]]

    assert written["run"] in shop.run("history").out
    assert shop.run("undo", written["run"]).code == 0
    assert not any(labels or comments for labels, comments, _ in shop.end_state().values())
    assert "is writable" in " ".join(shop.run("doctor").out.split())
    assert [path.name for path in shop.folder.glob("*.db*")] == []
    assert [path.name for path in shop.folder.glob("*.health.json")] != []


def test_a_database_that_is_away_ends_a_command_with_one_sentence_and_sends_nothing(shop: Office) -> None:
    shop.environ[DATABASE] = "postgresql://bot:geheim@127.0.0.1:1/readyline"
    for words in (("run",), ("check",), ("history",), ("doctor",), ("config", "show"), ("run", "-vv")):
        ended = shop.run(*words)
        assert ended.code == (0 if words == ("config", "show") else 2), ended.err
        assert "geheim" not in ended.out + ended.err
    assert "cannot be reached" in ended.err
    assert shop.jira.writes == []
