"""Messages appended to a file, one JSON document a line, for a log collector."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, ValidationInfo

from sync.errors import NotifyError
from sync.notifiers.base import ChannelSettings
from sync.notifiers.webhook import as_document

if TYPE_CHECKING:
    from rules.messages import Message

OWNER_ONLY = 0o600


def _from_config_folder(path: Path, info: ValidationInfo) -> Path:
    """The path; a relative one starts at the folder of the configuration file, which comes as the context."""
    return Path((info.context or {}).get("folder", Path()), path.expanduser())


class FileSettings(ChannelSettings):
    """A message to a file."""

    kind: Literal["file"] = "file"
    """Which channel."""
    path: Annotated[Path, AfterValidator(_from_config_folder)]
    """The file that each message is added to."""

    @property
    def place(self) -> str:
        """The file."""
        return str(self.path)


class File:
    """Adds each message to the end of a file."""

    def __init__(self, settings: FileSettings, _environ: Mapping[str, str]) -> None:
        self._path = settings.path

    def send(self, message: "Message") -> None:
        """Append one line in one write. Raises `NotifyError`."""
        line = json.dumps(as_document(message), ensure_ascii=True) + "\n"
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            number = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, OWNER_ONLY)
            with os.fdopen(number, "ab", buffering=0) as file:
                file.write(line.encode())
        except OSError as error:
            raise NotifyError(
                f"the message was not written to {self._path} ({error.strerror or type(error).__name__})"
            ) from error
