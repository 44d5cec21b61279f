"""Configurations for tests: one that is right, and a way to write a file and read it."""

from collections.abc import Mapping
from pathlib import Path

from sync.config import Settings, load

RIGHT = """\
[tracker]
kind = "jira-cloud"
url = "https://example.atlassian.net"
email = "bot@example.com"

[product]
name = "Shop"
owner = "Ana Alvarez"
backlog = "project = SHOP AND statusCategory != Done"

[[teams]]
name = "Payments"
board = 12
takes = { components = ["payments"] }
people = [
  { name = "Bo", country = "DE", region = "BY" },
  { name = "Cy", share = 0.6, days = "Mon-Wed" },
]

[[teams]]
name = "Search"
board = 13
takes = { components = ["search"] }
"""


def written(folder: Path, *parts: str) -> Path:
    """A file with these parts below each other."""
    path = folder / "config.toml"
    path.write_text("\n".join(parts), encoding="utf-8")
    return path


def settings(folder: Path, *parts: str, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of a right configuration with these parts added."""
    return load(written(folder, RIGHT, *parts), environ or {})
