"""The local Jira as a program of its own."""

import subprocess
import sys
from pathlib import Path

import pytest
import requests

pytestmark = pytest.mark.journey

LINE = (
    '{"id": "1", "key": "OLD-1", "fields": {"summary": "One", "issuetype": {"id": "1", "name": "Bug"}, '
    '"project": {"key": "OLD", "name": "Old"}, "created": "2012-09-25T03:39:02.000+0000", '
    '"status": {"id": "1", "name": "Open", "statusCategory": {"key": "new"}}}}\n'
)


@pytest.mark.parametrize(("dialect", "deployment"), [("cloud", "Cloud"), ("datacenter", "Server")])
def test_it_says_where_it_is_and_answers_until_it_is_stopped(tmp_path: Path, dialect: str, deployment: str) -> None:
    archive = tmp_path / "issues.jsonl"
    archive.write_text(LINE, encoding="utf-8")
    command = [sys.executable, "-m", "sync.demo", "--dialect", dialect, "--load", str(archive)]

    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout is not None
            told = program.stdout.readline().split()
            info = requests.get(f"{told[0]}/rest/api/2/serverInfo", timeout=10).json()
        finally:
            program.terminate()

    assert told[-2:] == ["issues", "1"]
    assert info["deploymentType"] == deployment


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read"),
        ("not json\n", "line 1 is not an issue"),
        (LINE + '{"id": "2", "key": "OLD-2", "fields": {}}\n', "line 2 is not an issue: field 'project' is missing"),
    ],
)
def test_a_file_that_holds_no_issues_is_one_sentence(tmp_path: Path, content: str | None, words: str) -> None:
    archive = tmp_path / "issues.jsonl"
    if content is not None:
        archive.write_text(content, encoding="utf-8")

    ended = subprocess.run(
        [sys.executable, "-m", "sync.demo", "--load", str(archive)], capture_output=True, text=True, check=False
    )

    assert ended.returncode == 2
    assert words in ended.stderr
    assert str(archive) in ended.stderr
    assert "Traceback" not in ended.stderr
