"""What `readyline init` does: look at a site and write a configuration that works from the first minute.

    findings    what the site tells, asked once        text    the configuration file as text
    place       checking it and putting it in place

Nothing is written to the tracker, and no file is ever overwritten.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sync.init.discover import Findings, Wanted, look_around
from sync.init.write_file import put_in_place, refuse_existing

__all__ = ["Findings", "Placed", "Wanted", "first_look"]


@dataclass(frozen=True, slots=True)
class Placed:
    """The file that was written, and what it was written from."""

    path: Path
    found: Findings


def first_look(wanted: Wanted, out: Path, environ: Mapping[str, str]) -> Placed:
    """Look at the site and write its configuration to `out`, which must not exist.

    Raises `UsageError` where something asked for does not exist or the file is there already, `ConfigError` without a
    token, and the errors of the tracker.
    """
    refuse_existing(out)
    found = look_around(wanted, environ.get("READYLINE_TOKEN", ""))
    put_in_place(found, out)
    return Placed(out, found)
