"""The doctor looks at a Redmine, and says each thing that is wrong in one sentence."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sync.config import load
from sync.doctor import Check, State, examine
from tests.contract.small_redmine import URL, SmallRedmine, served, small_site

CONFIG = f"""
[tracker]
kind = "redmine"
url = "{URL}"
[tracker.fields]
points = "Story points"
rank = "Rank"
[tracker.label_fields]
"readyline-ready" = "RL ready"
[product]
name = "Test"
owner = "Ana"
backlog = "project_id=test&status_id=open"
[[teams]]
name = "Payments"
board = BOARD
[write_back]
enabled = true
[store]
path = "store.db"
"""


@pytest.fixture
def site() -> Iterator[SmallRedmine]:
    small = small_site(datetime.now(UTC).replace(microsecond=0))
    with served(small):
        yield small


def checks(
    folder: Path, key: str = "key-of-bot", board: int = 1, text: tuple[str, str] = ("BOARD", "1")
) -> Mapping[str, Check]:
    """The checks by name; of `text` the first is replaced by the second in the configuration."""
    (folder / "config.toml").write_text(CONFIG.replace("BOARD", str(board)).replace(*text))
    environ = {"READYLINE_TOKEN": key}
    found = examine(load(folder / "config.toml", environ), environ, datetime.now(UTC)).checks
    return {check.name: check for check in found}


def failures(found: Mapping[str, Check]) -> Mapping[str, str]:
    return {name: check.sentence for name, check in found.items() if check.state is State.FAILED}


def test_a_redmine_that_is_set_up_has_no_failures(site: SmallRedmine, tmp_path: Path) -> None:
    found = checks(tmp_path)
    assert failures(found) == {}
    assert found["token"].sentence == "belongs to Bot Readyline"
    assert found["project of Payments"].sentence == '1 is "Test", with 4 versions as sprints'


WRONG: Mapping[str, tuple[dict[str, Any], str, str]] = {
    "wrong-token": ({"key": "nonsense"}, "token", "does not accept the API key"),
    "missing-right": ({"key": "key-of-reader"}, "rights of Payments", "Edit issues and Edit own notes are not granted"),
    "admin-key": ({"key": "key-of-admin"}, "token", "an administrator, who may change the comments of everybody"),
    "archived": ({"board": 2}, "project of Payments", "project 2 is archived, or the account is not a member"),
    "absent": ({"board": 3}, "project of Payments", "project 3 does not exist"),
    "bad-query": ({"text": ("project_id", "projekt")}, "backlog", '"projekt=test" is not NAME=VALUE'),
}


@pytest.mark.parametrize(("given", "name", "sentence"), WRONG.values(), ids=WRONG)
def test_each_fault_is_one_sentence_and_nothing_is_written(
    site: SmallRedmine, tmp_path: Path, given: dict[str, Any], name: str, sentence: str
) -> None:
    failed = dict(failures(checks(tmp_path, **given)))
    assert sentence in failed.pop(name)
    assert failed.keys() <= {"fields"}
    assert site.writes == []


def test_the_right_to_edit_the_notes_of_others_is_too_much(site: SmallRedmine, tmp_path: Path) -> None:
    sentence = checks(tmp_path, "key-of-ana")["rights of Payments"].sentence
    assert sentence == "Ana Alvarez may edit the notes of everybody in project 1"


def test_without_our_field_no_comment_can_be_written(site: SmallRedmine, tmp_path: Path) -> None:
    """Another role does not see it."""
    assert "no comment can be written" in failures(checks(tmp_path, "key-of-ana"))["fields"]


def test_a_field_that_no_issue_shows_is_named(site: SmallRedmine, tmp_path: Path) -> None:
    found = checks(tmp_path, text=("RL ready", "RL redy"))
    assert "no issue shows RL redy" in found["fields"].sentence
