"""Real and labelled issues and official schemas: test material that is not a part of the project.

It is used only where READYLINE_SHARED names its folder; elsewhere what needs it is skipped, with a reason.
"""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("READYLINE_SHARED") or os.devnull)  # nothing lies in the null device


def missing(*files: Path) -> str:
    """Why a test cannot have these files; empty where they are there."""
    absent = sorted(str(file.relative_to(SHARED)) for file in files if not file.exists())
    return f"READYLINE_SHARED names no folder with {', '.join(absent)}" if absent else ""


def needs(*files: Path) -> pytest.MarkDecorator:
    """Skip a test where one of the files is not there."""
    return pytest.mark.skipif(bool(missing(*files)), reason=missing(*files) or "all files are there")


def skip_without(*files: Path) -> None:
    """Skip the running test, or what uses the running fixture, where one of the files is not there."""
    if why := missing(*files):
        pytest.skip(why)
