"""Which custom field holds the estimate, the sprint, the rank and the rest on this site, and why we think so.

Ids differ from site to site and names are translated, so the schema type decides first; a name decides only where
several fields share a type. The configuration overrides everything.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sync.errors import NotFound
from sync.trackers.jira.payloads import Json
from sync.trackers.jira.settings import FieldNames

_GREENHOPPER = "com.pyxis.greenhopper.jira:"
_SYSTEM = "com.atlassian.jira.plugin.system.customfieldtypes:"
TYPES: Mapping[str, tuple[str, ...]] = {
    "points": (f"{_GREENHOPPER}jsw-story-points",),
    "sprint": (f"{_GREENHOPPER}gh-sprint",),
    "rank": (f"{_GREENHOPPER}gh-lexo-rank",),
    "epic": (f"{_GREENHOPPER}gh-epic-link",),
    "team": (f"{_SYSTEM}atlassian-team", "com.atlassian.teams:rm-teams-custom-field-team"),
}
"""What Jira itself calls the type of each field, whatever people call the field."""
NAMES: Mapping[str, tuple[str, ...]] = {
    "points": (
        "story points",
        "story point estimate",
        "storypoints",
        "story-points",
        "estimation",
        "puntos de historia",
    ),
    "flagged": ("flagged", "impediment", "markiert", "marcado", "signalé"),
    "acceptance": (
        "acceptance criteria",
        "acceptance criterion",
        "acceptance test criteria",
        "definition of done",
        "akzeptanzkriterien",
        "critères d'acceptation",
        "criterios de aceptación",
    ),
}
"""Names in lower case, the likeliest first; asked only where no type of its own exists."""
_FITTING: Mapping[str, frozenset[str]] = {
    "points": frozenset({"number"}),
    "flagged": frozenset({"array"}),
    "acceptance": frozenset({"string", "doc"}),
}
ROLES = ("points", "sprint", "rank", "epic", "team", "flagged", "acceptance")


@dataclass(frozen=True, slots=True)
class Choice:
    """The field that was chosen for a role, and why; `id` is "" where the site has none."""

    role: str
    id: str
    name: str
    why: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldMap:
    """Every choice by role, the estimation field of each board, and the ids of fields asked for by name.

    `points` lists the fields an estimate may be in, the likeliest first: sites that hold company-managed and
    team-managed projects have two, and each issue fills the one of its own project.
    """

    choices: Mapping[str, Choice]
    points: tuple[str, ...] = ()
    boards: Mapping[int, str] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, role: str) -> str:
        return self.choices[role].id

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all fields that are to be read, each once; the team's only where a team is recognised by it."""
        chosen = (self[role] for role in ROLES if role != "team" and self[role])
        return tuple(dict.fromkeys((*chosen, *self.points, *self.extra.values())))


def discover(
    fields: Sequence[Json], overrides: FieldNames, *, boards: Mapping[int, str], extra: Iterable[str] = ()
) -> FieldMap:
    """Choose the fields from the site's own list.

    `boards` holds the estimation field of each board that has one; `extra` are further fields, by id or name. Raises
    `NotFound` for a field that the configuration names and the site does not have.
    """
    choices = {role: _choose(role, fields, getattr(overrides, role)) for role in ROLES}
    choices["points"] = _points(choices["points"], fields, boards, overridden=bool(overrides.points))
    chosen = choices["points"]
    estimates = (chosen.id, *chosen.others) if not overrides.points else (chosen.id,)
    return FieldMap(
        choices=choices,
        points=tuple(name for name in dict.fromkeys(estimates) if name),
        boards=dict(boards),
        extra={name: _named(fields, name, "teams.takes.field")["id"] for name in extra if name},
    )


def _choose(role: str, fields: Sequence[Json], override: str) -> Choice:
    if override:
        named = _named(fields, override, f"tracker.fields.{role}")
        return Choice(role, named["id"], named["name"], f"[tracker.fields] {role} names it")
    by_type = [each for each in fields if _custom(each) in TYPES.get(role, ())]
    by_name = _by_name(role, fields)
    found = [*by_type, *(each for each in by_name if each not in by_type)]
    if not found:
        return Choice(role, "", "", "the site has no such field")
    first = found[0]
    why = f"its type is {_custom(first)}" if by_type else f'its name is "{first["name"]}"'
    return Choice(role, first["id"], first["name"], why, tuple(each["id"] for each in found[1:]))


def _points(choice: Choice, fields: Sequence[Json], boards: Mapping[int, str], *, overridden: bool) -> Choice:
    """The estimate: what the boards estimate by, before any type or name; several fields may stand side by side."""
    if overridden or not boards:
        return choice
    names = {each["id"]: each["name"] for each in fields}
    used = tuple(dict.fromkeys(boards.values()))
    first = used[0]
    where = ", ".join(str(board) for board, name in boards.items() if name == first)
    others = tuple(each for each in (*used[1:], choice.id, *choice.others) if each and each != first)
    why = f"board {where} estimates by it"
    return Choice("points", first, names.get(first, first), why, tuple(dict.fromkeys(others)))


def _by_name(role: str, fields: Sequence[Json]) -> list[Json]:
    names = NAMES.get(role, ())
    fitting = [each for each in fields if each.get("custom") and _type(each) in _FITTING.get(role, frozenset())]
    named = [each for each in fitting if str(each.get("name", "")).strip().casefold() in names]
    return sorted(named, key=lambda each: names.index(str(each["name"]).strip().casefold()))


def _named(fields: Sequence[Json], wanted: str, where: str) -> Json:
    """The field with this id or name. Raises `NotFound` naming where it was asked for."""
    plain = wanted.strip().casefold()
    for key in ("id", "key", "name"):
        for each in fields:
            if str(each.get(key, "")).casefold() == plain:
                return each
    raise NotFound(
        f'{where} is "{wanted}" and the site has no such field, or this account may not see it; '
        "write its id (customfield_12345) or its exact name"
    )


def _custom(each: Json) -> str:
    return str((each.get("schema") or {}).get("custom", ""))


def _type(each: Json) -> str:
    return str((each.get("schema") or {}).get("type", ""))
