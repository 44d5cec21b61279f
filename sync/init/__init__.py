"""`readyline init`: look at a site and write a valid configuration for it.

    discover    what the site has, asked once       template    the configuration file as text
    write_file  the file, validated first           output      what the command prints

Nothing is written to the tracker, and no file is overwritten.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sync.absences.csv_list import write_template
from sync.init.discover import Findings, Wanted, discover_site
from sync.init.write_file import refuse_existing, write_config

ABSENCE_FILE = "absences.csv"

__all__ = ["Findings", "Placed", "Wanted", "run_init"]


@dataclass(frozen=True, slots=True)
class Placed:
    """The written file, and what was found on the site."""

    path: Path
    findings: Findings
    template: Path | None = None
    """The file with the lines that many issues share, a proposal for `[reading] templates`."""
    absences: Path | None = None
    """The empty list for absences; `None` where a file of its name was already there."""


def run_init(wanted: Wanted, out: Path, environ: Mapping[str, str]) -> Placed:
    """Look at the site and write its configuration to `out`, which must not exist.

    Raises `UsageError` if something named does not exist or the file already exists. Raises `ConfigError` without a
    token, and the errors of the tracker.
    """
    refuse_existing(out)
    findings = discover_site(wanted, environ.get("READYLINE_TOKEN", ""))
    template = write_config(findings, out)
    return Placed(out, findings, template, write_template(out.parent / ABSENCE_FILE))
