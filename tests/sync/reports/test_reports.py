import os
from pathlib import Path

import pytest

from sync.errors import ReadylineError, UsageError
from sync.reports import RENDERERS, write
from tests.sync.reports.sample import sample


def test_write_all(tmp_path: Path) -> None:
    """Each file of each kind is whole and in the created folder, and nothing else is left there."""
    folder = tmp_path / "a" / "b"
    paths = write(sample(), RENDERERS, folder)
    assert sorted(folder.iterdir()) == sorted(paths)
    texts = {name: text for one in RENDERERS.values() for name, text in one.render(sample(), RENDERERS).items()}
    assert {path.name: path.read_bytes().decode() for path in paths} == texts
    assert {path.stat().st_mode & 0o777 for path in paths} == {0o644}


def test_file_names_differ() -> None:
    """No two kinds write to the same file, and each kind writes its first file first."""
    files = [list(one.render(sample(), ())) for one in RENDERERS.values()]
    assert [names[0] for names in files] == [one.file for one in RENDERERS.values()]
    assert len({name for names in files for name in names}) == sum(map(len, files))


def test_the_page_of_a_team_that_is_no_longer_there_is_removed(tmp_path: Path) -> None:
    """Nothing else in the folder is touched, and a run without these pages removes none."""
    former, other = tmp_path / "readyline-team-former.html", tmp_path / "team-former.html"
    for path in (former, other):
        path.write_text("old", encoding="utf-8")
    write(sample(), ["csv"], tmp_path)
    assert former.exists()
    paths = write(sample(), ["html"], tmp_path)
    assert not former.exists()
    assert {other, *paths} < {*tmp_path.iterdir()}


def test_unknown_kind(tmp_path: Path) -> None:
    """The error names an unknown kind and the known ones, and nothing is written."""
    with pytest.raises(UsageError, match="'pdf'; the kinds are text, markdown, json, html, csv"):
        write(sample(), ["html", "pdf"], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_folder_is_a_file(tmp_path: Path) -> None:
    """A folder that cannot be created gives one clear sentence."""
    (tmp_path / "taken").write_text("")
    with pytest.raises(ReadylineError, match=r"cannot be written to '.*taken'.*name another"):
        write(sample(), ["json"], tmp_path / "taken")


def test_old_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If writing fails, the old report is unchanged and no partial file is left."""
    (old,) = write(sample(run="old"), ["json"], tmp_path)
    before = old.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(ReadylineError, match="No space left on device"):
        write(sample(run="new"), ["json"], tmp_path)
    assert old.read_bytes() == before
    assert list(tmp_path.iterdir()) == [old]
