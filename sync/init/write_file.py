"""Putting a configuration in place: checked first, whole or not at all, never over another file."""

import os
import tempfile
from pathlib import Path

from sync.config import load
from sync.errors import ConfigError, UsageError
from sync.init.discover import Findings
from sync.init.template import config_text


def refuse_existing(out: Path) -> None:
    """Raise `UsageError` where the file is there already, or its folder is not."""
    if out.exists() or out.is_symlink():
        raise UsageError(f"{out} is there already, and is left as it is; name another file with --out, or move it away")
    if not out.parent.is_dir():
        raise UsageError(f"{out.parent} is no folder; make it, or name another file with --out")


def put_in_place(found: Findings, out: Path) -> None:
    """Write the file once it has proved valid. Raises `UsageError` where it cannot be written."""
    try:
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=".readyline-") as folder:
            draft = Path(folder) / out.name
            _write_valid(found, draft)
            _move(draft, out)
    except FileExistsError:
        refuse_existing(out)
        raise
    except OSError as error:
        raise UsageError(f"{out} cannot be written ({error.strerror}); name another file with --out") from error


def _write_valid(found: Findings, draft: Path) -> None:
    """Names that the configuration refuses, because they look like secrets for one, give way to numbers."""
    draft.write_text(config_text(found), encoding="utf-8")
    try:
        load(draft, {})
    except ConfigError:
        draft.write_text(config_text(found, own_names=False), encoding="utf-8")
        load(draft, {})


def _move(draft: Path, out: Path) -> None:
    """Raises `FileExistsError` where somebody else made the file meanwhile."""
    try:
        os.link(draft, out)  # unlike a rename, this never replaces a file
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        with out.open("x", encoding="utf-8") as file:
            file.write(draft.read_text(encoding="utf-8"))
