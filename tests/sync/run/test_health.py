import json
from pathlib import Path

import pytest

from sync.errors import StoreError
from sync.run.health import document, path_of, write
from tests.sync.reports.sample import sample


def test_the_file_says_when_the_last_run_ended_and_what_it_did(tmp_path: Path) -> None:
    path = path_of(tmp_path / "readyline.db")
    write(sample(), path)
    said = json.loads(path.read_text(encoding="utf-8"))

    assert path.name == "readyline.db.health.json"
    assert said["last_success"] == "2026-03-02T09:00:31+00:00"
    assert (said["issues"], said["ready"], said["planned"]) == (25, 12, 10)
    assert (said["done"], said["already_so"], said["skipped"], said["failed"]) == (8, 0, 1, 1)


def test_a_later_run_takes_its_place_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = path_of(tmp_path / "readyline.db")
    write(sample(), path)
    write(sample(run="later", refused="too many"), path)

    assert json.loads(path.read_text(encoding="utf-8"))["run"] == "later"
    assert list(tmp_path.iterdir()) == [path]


def test_no_words_of_issues_are_in_it() -> None:
    assert {type(value) for value in document(sample()).values()} <= {str, int, float, bool}


def test_a_folder_that_is_gone_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        write(sample(), path_of(tmp_path / "gone" / "readyline.db"))
