"""Write a configuration file: validated first, complete or not at all, never over another file."""

import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from sync.absences.csv_list import write_template
from sync.config import load
from sync.errors import ConfigError, UsageError
from sync.init.discover import Findings
from sync.init.template import ABSENCES_FILE, TEMPLATE_FILE, config_text, template_text
from sync.init.wanted import refuse_existing


def write_config(findings: Findings, out: Path) -> tuple[Path, ...]:
    """Write the file once it is validated, and what belongs to it next to it: a list of absences, shared lines.

    Returns the paths of the latter. A file that is already there stays. Raises `UsageError` where one cannot be
    written.
    """
    template = out.parent / TEMPLATE_FILE
    if template.exists() or template.is_symlink():
        findings = replace(findings, shared=())
    _write(findings, out)
    absences = write_template(out.parent / ABSENCES_FILE)
    if findings.shared:
        with template.open("x", encoding="utf-8") as file:
            file.write(template_text(findings.shared))
    return tuple(filter(None, (absences, template if findings.shared else None)))


def _write(findings: Findings, out: Path) -> None:
    """Write the file with the site's names, or with numbers where the configuration refuses a name."""
    write_first_valid([config_text(findings), config_text(findings, own_names=False)], out)


def write_first_valid(texts: Sequence[str], out: Path) -> None:
    """Write the first of these texts that is a valid configuration; the last one always is. Raises `UsageError`."""
    try:
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=".readyline-") as folder:
            draft = Path(folder) / out.name
            _write_valid(texts, draft)
            _move(draft, out)
    except FileExistsError:
        refuse_existing(out)
        raise
    except OSError as error:
        raise UsageError(f"{out} cannot be written ({error.strerror}); name another file with --out") from error


def _write_valid(texts: Sequence[str], draft: Path) -> None:
    *most, last = texts
    for text in most:
        draft.write_text(text, encoding="utf-8")
        with suppress(ConfigError):
            load(draft, {})
            return
    draft.write_text(last, encoding="utf-8")
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
