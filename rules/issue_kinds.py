"""The kind of work (one of six) behind a tracker's type name."""

import re
from collections.abc import Iterable, Mapping

from rules.lazy_regex import regex
from rules.model import Kind

_NAMES: Mapping[Kind, tuple[str, ...]] = {
    Kind.EPIC: ("epic", "epos", "épica", "épopée", "epopeia", "эпик", "エピック", "史诗"),
    Kind.SUBTASK: ("sub-task", "subtask", "technical task", "dev. sub-task", "unteraufgabe", "sous-tâche", "subtarea"),
    Kind.BUG: (
        "bug",
        "defect",
        "fault",
        "problem",
        "fehler",
        "bogue",
        "anomalie",
        "error",
        "erro",
        "ошибка",
        "バグ",
        "故障",
    ),
    Kind.TASK: ("task", "aufgabe", "tâche", "tarea", "tarefa", "taak", "compito", "задача", "タスク", "任务"),
    Kind.SPIKE: ("spike", "research", "investigation", "recherche", "untersuchung", "investigación"),
    Kind.STORY: (
        "story",
        "user story",
        "new feature",
        "feature",
        "feature request",
        "improvement",
        "enhancement",
        "suggestion",
        "neue funktion",
        "verbesserung",
        "anwenderbericht",
        "récit",
        "nouvelle fonctionnalité",
        "amélioration",
        "historia",
        "história",
        "mejora",
        "история",
        "ストーリー",
        "故事",
    ),
}
"""Type names as sites use them, translations included. A type that is not here counts as a task."""
_BY_NAME = {name: kind for kind, names in _NAMES.items() for name in names}
_SCOPE = regex(r"(?:type|kind)\W+(?=\w)", re.IGNORECASE)
"""In front of the name in labels such as "type::bug" and "kind/feature"."""


def is_known_type(name: str) -> bool:
    """Whether the kind behind a type name is known by the name alone."""
    return _plain(name) in _BY_NAME


def type_in(labels: Iterable[str]) -> str:
    """The label that names a kind of work, for issues without a type of their own; "" for none.

    One such as "type::bug" comes before a plain "bug", and before "type::polish", whose kind is not known.
    """
    named = sorted(label for label in labels if _SCOPE.match(label) or is_known_type(label))
    return min(named, key=lambda label: (not is_known_type(label), _SCOPE.match(label) is None), default="")


def kind_of_type(
    name: str, *, subtask: bool = False, level: int | None = None, own: Mapping[str, Kind] | None = None
) -> Kind:
    """The kind behind a type name.

    `own` is the configuration's table by type name (any case) and comes first. `subtask` and `level` are Jira's own
    data about the type, whatever its name: level 1 and above are epics and their parents, -1 is a sub-task.
    """
    if own and (kind := _fold(own).get(_folded(name))) is not None:
        return kind
    if subtask or (level is not None and level < 0):
        return Kind.SUBTASK
    if level is not None and level > 0:
        return Kind.EPIC
    return _BY_NAME.get(_plain(name), Kind.TASK)


def _fold(own: Mapping[str, Kind]) -> dict[str, Kind]:
    return {_folded(name): kind for name, kind in own.items()}


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _plain(name: str) -> str:
    """The name without its scope: "bug" of "type::bug"."""
    return _folded(_SCOPE.sub("", name, count=1) if _SCOPE.match(name) else name)
