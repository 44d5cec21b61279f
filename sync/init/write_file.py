"""Write a configuration file: validated first, complete or not at all, never over another file."""

import os
import tempfile
from dataclasses import replace
from pathlib import Path

from sync.config import load
from sync.errors import ConfigError, UsageError
from sync.init.discover import Findings
from sync.init.template import TEMPLATE_FILE, config_text, template_text


def refuse_existing(out: Path) -> None:
    """Raise `UsageError` where the file already exists, or its folder does not."""
    if out.exists() or out.is_symlink():
        raise UsageError(f"{out} already exists and is not overwritten; name another file with --out, or move it")
    if not out.parent.is_dir():
        raise UsageError(f"{out.parent} is not a folder; create it, or name another file with --out")


def write_config(findings: Findings, out: Path) -> Path | None:
    """Write the file once it is validated, and the lines that many issues share next to it.

    Returns the path of the latter; `None` where there are no such lines or the file is already there. Raises
    `UsageError` where the configuration cannot be written.
    """
    template = out.parent / TEMPLATE_FILE
    if not findings.shared or template.exists() or template.is_symlink():
        _write(replace(findings, shared=()), out)
        return None
    _write(findings, out)
    with template.open("x", encoding="utf-8") as file:
        file.write(template_text(findings.shared))
    return template


def _write(findings: Findings, out: Path) -> None:
    try:
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=".readyline-") as folder:
            draft = Path(folder) / out.name
            _write_valid(findings, draft)
            _move(draft, out)
    except FileExistsError:
        refuse_existing(out)
        raise
    except OSError as error:
        raise UsageError(f"{out} cannot be written ({error.strerror}); name another file with --out") from error


def _write_valid(findings: Findings, draft: Path) -> None:
    """Write the file with the site's names, or with numbers where the configuration refuses a name."""
    draft.write_text(config_text(findings), encoding="utf-8")
    try:
        load(draft, {})
    except ConfigError:
        draft.write_text(config_text(findings, own_names=False), encoding="utf-8")
        load(draft, {})


def _move(draft: Path, out: Path) -> None:
    """Raises `FileExistsError` where the file was created meanwhile."""
    try:
        os.link(draft, out)  # unlike a rename, this never replaces a file
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        with out.open("x", encoding="utf-8") as file:
            file.write(draft.read_text(encoding="utf-8"))
