"""The README's five steps, its example and its list of files, taken from the text and tried out."""

import re
import shlex
from pathlib import Path

import pytest
from filelock import FileLock
from typer.testing import CliRunner

from sync.cli.commands import app
from sync.demo.people import EMAIL
from sync.fake_jira.server import FakeJira
from tests.journeys import model
from tests.journeys.app_harness import DIALECTS, Office, small
from tests.journeys.model import BOT, NOT_READY, READY, Workplace

pytestmark = pytest.mark.journey

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
FIVE_STEPS = README.partition("## Five steps")[2].partition("\n## ")[0].partition("\n1. ")[2].partition("\n\n")[0]
ABOVE_THE_LIMITS = 3


def commands() -> list[list[str]]:
    """The commands of the steps in their order; `serve` runs until it is stopped and has tests of its own."""
    quoted = re.findall(r"`readyline ([^`]+)`", " ".join(FIVE_STEPS.split()))
    return [shlex.split(words) for words in quoted if words != "serve"]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_five_steps_work_as_written(tmp_path: Path, dialect: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    taken = [words[0] for words in commands()]
    assert taken == ["init", "config", "doctor", "plan", "run"]
    with FakeJira(dialect, small, email=EMAIL) as jira:
        monkeypatch.setenv("READYLINE_TOKEN", jira.token)
        for words in commands():
            ended = CliRunner().invoke(app, _here(words, jira))
            allowed = {0, ABOVE_THE_LIMITS} if words[0] in {"plan", "run"} else {0}
            assert ended.exit_code in allowed, (words, ended.stdout, ended.stderr)
            if ended.exit_code == ABOVE_THE_LIMITS:
                assert "[write_back.limits]" in ended.stdout + ended.stderr
        _go_live(tmp_path / "config.toml", " ".join(ended.stdout.split()))
        written = CliRunner().invoke(app, ["run"])
        assert written.exit_code == 0, (written.stdout, written.stderr)
        assert jira.writes


def _go_live(config: Path, page: str) -> None:
    """Set what the page of the dry run advises."""
    advice = re.search(r"To go live, set (max_changes = \d+), (max_share = [\d.]+) and enabled = true\.", page)
    assert advice is not None, page
    text = config.read_text(encoding="utf-8").replace("enabled = false", "enabled = true")
    config.write_text(f"{text}\n[write_back.limits]\n{advice[1]}\n{advice[2]}\n", encoding="utf-8")


def _here(words: list[str], jira: FakeJira) -> list[str]:
    """A command with the address and the account of the local Jira; Data Center needs no address of an account."""
    put = {"https://example.atlassian.net": jira.url, "bot@example.com": jira.email}
    if jira.dialect != "cloud" and "--email" in words:
        place = words.index("--email")
        words = words[:place] + words[place + 2 :]
    return [put.get(word, word) for word in words]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_example_goes_as_it_is_told(dialect: str) -> None:
    """No criteria: a finding, left out with a reason, one label, one comment. Criteria: the label is replaced."""
    place = Workplace(dialect)
    record = next(one for one in place.state.issues.values() if one.description == model.body("no criteria", 0))

    first = place.run()
    (finding,) = first.judgement.by_key[record.key].blocking
    (left,) = (one for one in first.proposal.left_out if one.issue.key == record.key)
    assert (finding.rule, bool(finding.hint)) == ("ready.acceptance", True)
    assert left.why.startswith("Not ready: no acceptance criteria.")
    assert [type(one.change).__name__ for one in first.outcomes if one.change.key == record.key] == [
        "AddLabel",
        "PutComment",
    ]
    assert ours(place, record.key) == (NOT_READY, 1)

    place.state.edit(record.key, description=model.body("ready", 0), by=model.ANA.id)
    place.run()
    assert ours(place, record.key) == (READY, 1)
    (comment,) = (remark.body for remark in record.remarks if remark.author.id == BOT.id)
    assert "Ready: everything required is there." in str(comment)
    assert str(comment).count("everything") == 1

    writes = len(place.jira.writes)
    assert place.run().plan.changes == ()
    assert len(place.jira.writes) == writes
    place.close()


def ours(place: Workplace, key: str) -> tuple[str, int]:
    """Our one label on an issue, and how many comments of ours it has."""
    record = place.state.issue(key)
    (label,) = (label for label in record.labels if label in model.OURS)
    return label, sum(remark.author.id == BOT.id for remark in record.remarks)


def test_the_files_next_to_the_store_are_those_of_the_documentation(cloud: Office) -> None:
    seen = set()
    for enabled in ("false", "true"):
        cloud.write_config(f"enabled = {'true' if enabled == 'false' else 'false'}", f"enabled = {enabled}")
        cloud.run("run")
        seen |= {path.name for path in cloud.folder.glob("readyline.db*")}
    cloud.run("check")
    with FileLock(cloud.folder / "readyline.db.lock"):
        seen |= {path.name for path in cloud.folder.glob("readyline.db*")}
    operations = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")
    table = operations.partition("## 4 Files")[2].partition("\n## ")[0]
    named = set(re.findall(r"`(readyline\.db[^`]*)`", table))
    assert seen <= named | {"readyline.db-shm"}
    assert set(re.findall(r"`(readyline\.db[^`]*)`", README)) <= named
