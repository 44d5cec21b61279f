"""The five steps of the README, taken from its text and carried out as written, but for address and account."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sync.cli.commands import app
from sync.demo.people import EMAIL
from sync.fake_jira.server import FakeJira
from tests.journeys.app_harness import DIALECTS, small

pytestmark = pytest.mark.journey

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
FIVE_STEPS = README.partition("## Five steps")[2].partition("\n## ")[0].partition("Install it")[0]
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
    assert (tmp_path / "config.toml").exists()


def _here(words: list[str], jira: FakeJira) -> list[str]:
    """A command with the address and the account of the local Jira; Data Center needs no address of an account."""
    put = {"https://example.atlassian.net": jira.url, "bot@example.com": jira.email}
    if jira.dialect != "cloud" and "--email" in words:
        place = words.index("--email")
        words = words[:place] + words[place + 2 :]
    return [put.get(word, word) for word in words]
