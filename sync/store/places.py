"""The place that a setting names."""

from pathlib import Path

from sync.store.database import Place
from sync.store.sqlite import FilePlace


def place(where: Place | Path) -> Place:
    """The place itself, or a SQLite file by its path."""
    return FilePlace(where) if isinstance(where, Path) else where
