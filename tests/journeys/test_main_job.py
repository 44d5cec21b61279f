"""The main job, over HTTP, in both dialects."""

import json
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from typer.testing import CliRunner

from sync.cli.commands import app
from sync.demo import tour
from sync.fake_jira import faults
from sync.trackers.jira.write import Writer
from tests.journeys.app_harness import EACH_DAY, Office, office, small

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("dialect", EACH_DAY)
def test_the_demo_does_the_whole_job_and_its_second_run_plans_nothing(dialect: str, tmp_path: Path) -> None:
    out = tmp_path / "reports"
    ended = CliRunner().invoke(app, ["demo", "--dialect", dialect, "--out", str(out), "-q"])
    assert ended.exit_code == 0, ended.output
    first, second = ended.stdout.split("Second run")
    assert "labels added" in first
    assert "comments written" in first
    assert "issues moved" in first
    assert "Nothing to write: the tracker is up to date" in second
    assert {path.suffix for path in (out / "first-run").iterdir()} >= {".html", ".md", ".json", ".txt"}


def test_the_demo_as_json_is_one_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tour, "fill", small)
    ended = CliRunner().invoke(app, ["demo", "--out", str(tmp_path / "reports"), "--format", "json"])
    first, second = json.loads(ended.stdout)["passes"]
    assert (bool(first["changes"]), second["changes"]) == (True, [])


def test_the_demo_keeps_the_local_jira_running_only_until_ctrl_c(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tour.Place] = []

    def look_around(place: tour.Place) -> None:
        seen.append(place)
        assert requests.get(f"{place.url}/rest/api/3/serverInfo", timeout=5).ok

    monkeypatch.setattr(tour.Place, "wait", look_around)
    monkeypatch.setattr(tour, "fill", small)
    ended = CliRunner().invoke(app, ["demo", "--keep", "--out", str(tmp_path / "reports")])
    assert ended.exit_code == 0, ended.output
    (place,) = seen
    assert f"{place.url} until you press Ctrl-C" in ended.stdout
    with pytest.raises(requests.ConnectionError):
        requests.get(place.url, timeout=5)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--tracker", "redmine"], "needs a server: name it with --url"),
        (["--tracker", "gitlab", "--url", "https://gitlab.com"], "brings its own: leave it out"),
    ],
)
def test_a_demo_that_cannot_be_shown_says_why(tmp_path: Path, options: list[str], sentence: str) -> None:
    ended = CliRunner().invoke(app, ["demo", *options, "--out", str(tmp_path / "reports")])
    assert ended.exit_code == 2
    [line] = ended.stderr.splitlines()
    assert sentence in line


def test_a_second_run_plans_and_writes_nothing(shop: Office) -> None:
    first = shop.run("run", "--format", "json").document
    assert first["changes"]
    assert {outcome["outcome"] for outcome in first["outcomes"]} == {"done"}
    before = len(shop.jira.writes)
    second = shop.run("run", "--format", "json").document
    assert second["changes"] == []
    assert len(shop.jira.writes) == before


def test_dry_run_equals_real_run(shop: Office) -> None:
    planned = shop.run("plan", "--format", "json").document
    done = shop.run("run", "--expect", planned["digest"], "--format", "json").document
    assert done["changes"] == planned["changes"]


def test_a_run_of_which_a_change_fails_writes_the_others_and_ends_with_5(cloud: Office) -> None:
    cloud.jira.faults.on(faults.refused(403, "No."), method="PUT", path="/issue/[0-9]+$")
    ended = cloud.run("run", "--format", "json")
    outcomes = [outcome["outcome"] for outcome in ended.document["outcomes"]]
    assert (ended.code, "failed" in outcomes, outcomes.count("done") > len(outcomes) / 2) == (5, True, True)


@pytest.mark.parametrize("words", [("plan",), ("check",), ("capacity",), ("why", "SHOP-110"), ("report",)])
def test_commands_that_look_make_no_write_request(shop: Office, words: tuple[str, ...]) -> None:
    if words[0] == "why":
        words = ("why", next(issue["key"] for issue in shop.run("check", "--format", "json").document["issues"]))
    if words[0] == "report":
        words = ("report", "--out", str(shop.folder / "out"))
    ended = shop.run(*words)
    assert ended.code == 0, ended.err
    assert shop.jira.requests
    assert shop.jira.writes == []


@pytest.mark.parametrize("words", [("plan",), ("check",), ("capacity",), ("run",)], ids=" ".join)
def test_no_write_client_is_made_where_nothing_may_be_written(
    cloud: Office, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud.run("run")
    (cloud.folder / "readyline.db").unlink()  # so that each issue with our marks is read again
    cloud.write_config("enabled = true", "enabled = false")
    before = len(cloud.jira.writes)

    def made(_writer: Writer) -> None:
        raise AssertionError("a write client was made")

    monkeypatch.setattr(Writer, "__post_init__", made)
    assert cloud.run(*words).code == 0
    assert len(cloud.jira.writes) == before


def test_nothing_is_written_before_enabled_is_true(shop: Office) -> None:
    shop.write_config("enabled = true", "enabled = false")
    ended = shop.run("run", "--format", "json")
    assert (ended.code, ended.document["outcomes"]) == (0, [])
    assert shop.jira.writes == []


def test_a_plan_that_is_not_the_reviewed_one_is_not_written(shop: Office) -> None:
    ended = shop.run("run", "--expect", "0000000000000000")
    assert ended.code == 3
    assert "0000000000000000" in ended.err
    assert shop.jira.writes == []


def test_a_plan_over_the_limit_writes_nothing_and_is_shown(shop: Office) -> None:
    shop.write_config("max_changes = 1000", "max_changes = 1")
    ended = shop.run("run", "--format", "json")
    assert ended.code == 3
    assert "max_changes" in ended.err
    assert "max_changes" in ended.document["refused"]["reason"]
    assert ended.document["changes"]
    assert shop.jira.writes == []


def test_check_says_the_same_twice_byte_for_byte(shop: Office) -> None:
    first, second = (shop.run("check", "--format", "json").out for _ in range(2))
    assert first == second


COMMANDS = (
    *(
        ("check",),
        ("plan",),
        ("run",),
        ("capacity",),
        ("planning",),
        ("planning", "--team", "Payments"),
        ("doctor",),
        ("report", "--out", "out"),
        ("baseline", "--because", "as found"),
    ),
    *(("rules",), ("rules", "acceptance"), ("config", "check"), ("config", "show"), ("history",)),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A shop for commands that are right whichever others came before."""
    with office(tmp_path_factory.mktemp("site"), "cloud") as place:
        yield place


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_with_json_every_command_prints_one_document_that_names_its_schema(
    site: Office, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site.folder)
    ended = site.run(*words, "--format", "json")
    assert ended.code in {0, 1}, ended.err
    assert ended.document["schema"].startswith("readyline/")
    assert ended.document["schema"].endswith("/1")


def test_undo_takes_a_run_back_and_a_second_undo_does_nothing(shop: Office) -> None:
    before = shop.end_state()
    run = shop.run("run", "--format", "json").document["run"]
    assert shop.end_state() != before
    assert shop.run("undo", run).code == 0
    assert shop.end_state() == before
    writes = len(shop.jira.writes)
    assert shop.run("undo", run).code == 0
    assert len(shop.jira.writes) == writes
    assert shop.run("plan", "--format", "json").document["changes"] == []


def test_the_worker_ends_cleanly_when_asked(shop: Office) -> None:
    worker = shop.start("serve")
    assert worker.stderr is not None
    said = next(line for line in worker.stderr if re.search("run.(finished|failed|broken)", line))
    assert "run.finished" in said
    worker.send_signal(signal.SIGTERM)
    _, rest = worker.communicate(timeout=60)
    assert worker.returncode == 0, rest
    assert "worker.stopped" in rest
    assert all(len(texts) <= 1 for texts in shop.ours().values())


def test_two_workers_do_not_meet(shop: Office) -> None:
    from filelock import FileLock

    with FileLock(f"{shop.folder / 'readyline.db'}.lock"):
        ended = shop.run("run")
    assert ended.code == 6
    assert "another run" in ended.err
