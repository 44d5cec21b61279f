"""Presets: named starting points for `[rules]`, kept as TOML beside the code."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

DEFAULT = "scrum"
PRESETS = ("scrum", "less", "safe", "kanban", "minimal")


@cache
def preset(name: str) -> Mapping[str, Any]:
    """The `[rules]` table of a preset. Raises `KeyError` for a name that is none."""
    if name not in PRESETS:
        raise KeyError(name)
    text = files("sync.config").joinpath("presets", f"{name}.toml").read_text(encoding="utf-8")
    table: Mapping[str, Any] = tomllib.loads(text)["rules"]
    return table
