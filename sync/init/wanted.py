"""What `readyline init` is asked for, and whether it may write where it is asked to."""

from dataclasses import dataclass
from pathlib import Path

from sync.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The options of the command; "" for those not given."""

    url: str = ""
    kind: str = ""
    email: str = ""
    cloud_id: str = ""
    project: str = ""


def refuse_existing(out: Path) -> None:
    """Raise `UsageError` where the file already exists, or its folder does not."""
    if out.exists() or out.is_symlink():
        raise UsageError(f"{out} already exists and is not overwritten; name another file with --out, or move it")
    if not out.parent.is_dir():
        raise UsageError(f"{out.parent} is not a folder; create it, or name another file with --out")
