import json
import stat
from pathlib import Path

import pytest

from sync.errors import NotifyError
from sync.notifiers.file import File, FileSettings
from tests.sync.notifiers.messages import HOSTILE, message


def test_each_message_is_one_line_more(tmp_path: Path) -> None:
    path = tmp_path / "new" / "messages.jsonl"
    channel = File(FileSettings(path=path), {})

    channel.send(message())
    channel.send(message(title="Second"))

    assert [json.loads(line)["title"] for line in path.read_text().splitlines()] == [
        "Payments: Sprint 7 starts on Monday 9 March",
        "Second",
    ]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_hostile_text_stays_on_its_line(tmp_path: Path) -> None:
    path = tmp_path / "messages.jsonl"

    File(FileSettings(path=path), {}).send(message(lines=HOSTILE))

    written = path.read_bytes()
    assert written.isascii()
    assert written.count(b"\n") == 1
    assert json.loads(written)["lines"] == list(HOSTILE)


def test_a_relative_path_counts_from_the_configuration() -> None:
    read = FileSettings.model_validate({"path": "messages.jsonl"}, context={"folder": Path("/etc/readyline")})

    assert read.path == Path("/etc/readyline/messages.jsonl")


def test_a_path_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotifyError, match=r"the message was not written to .* \(Is a directory\)"):
        File(FileSettings(path=tmp_path), {}).send(message())
