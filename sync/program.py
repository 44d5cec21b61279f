"""What program this is: a cached result is valid only as long as the program that made it is the same."""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import entry_points, version
from pathlib import Path

import rules
import sync

HOLIDAYS = "holidays"
"""The package with the tables of public holidays."""


@cache
def source_key() -> str:
    """Cache key over the source files; changes with every release or local edit."""
    files = sorted(file for package in (rules, sync) for file in Path(str(package.__file__)).parent.rglob("*.py"))
    stats = [(file.name, (stat := file.stat()).st_size, stat.st_mtime_ns) for file in files]
    return hashlib.sha256(repr(stats).encode()).hexdigest()


@cache
def program_key(plug_in_groups: Iterable[str]) -> str:
    """Cache key over the source files, the tables of holidays, and what other packages add to these groups."""
    added = [
        (group, entry.name, entry.value, entry.dist.version if entry.dist else "")
        for group in plug_in_groups
        for entry in sorted(entry_points(group=group), key=lambda one: one.name)
    ]
    return hashlib.sha256(repr((source_key(), version(HOLIDAYS), added)).encode()).hexdigest()
