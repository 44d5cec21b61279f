"""Which custom field of a site holds the estimate, the sprint, the rank and the rest, and why.

Ids differ from site to site and names are translated, so the schema type decides first; a name decides only where
several fields share a type. The configuration overrides everything.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rules.wording import agreeing
from sync.errors import NotFound
from sync.trackers.jira.settings import FieldNames
from sync.trackers.tolerant import Json

_GREENHOPPER = "com.pyxis.greenhopper.jira:"
_SYSTEM = "com.atlassian.jira.plugin.system.customfieldtypes:"
TYPES: Mapping[str, tuple[str, ...]] = {
    "points": (f"{_GREENHOPPER}jsw-story-points",),
    "sprint": (f"{_GREENHOPPER}gh-sprint",),
    "rank": (f"{_GREENHOPPER}gh-lexo-rank",),
    "epic": (f"{_GREENHOPPER}gh-epic-link",),
    "team": (f"{_SYSTEM}atlassian-team", "com.atlassian.teams:rm-teams-custom-field-team"),
}
"""The schema type of each field in Jira, which is independent of its name."""
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
"""Names in lower case, the likeliest first; used only where the role has no schema type."""
_FITTING: Mapping[str, frozenset[str]] = {
    "points": frozenset({"number"}),
    "flagged": frozenset({"array"}),
    "acceptance": frozenset({"string", "doc"}),
}
ROLES = ("points", "sprint", "rank", "epic", "team", "flagged", "acceptance")


@dataclass(frozen=True, slots=True)
class Choice:
    """The field chosen for a role, and why; `id` is "" where the site has none."""

    role: str
    id: str
    name: str
    why: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldMap:
    """All choices by role, the estimation field of each board, and the ids of fields configured by name.

    `points` lists the fields that may have an estimate, the likeliest first: sites with company-managed and
    team-managed projects have two, and each issue uses that of its project. `names` has the name of each field by its
    id: Data Center's histories have no ids.
    """

    choices: Mapping[str, Choice]
    points: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    boards: Mapping[int, str] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, role: str) -> str:
        return self.choices[role].id

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all fields to read, each once; the team field only where a team is recognised by it."""
        chosen = (self[role] for role in ROLES if role != "team" and self[role])
        return tuple(dict.fromkeys((*chosen, *self.points, *self.extra.values())))


def discover(
    fields: Sequence[Json], overrides: FieldNames, *, boards: Mapping[int, str], extra: Iterable[str] = ()
) -> FieldMap:
    """Choose the fields from the site's own list.

    `boards` has the estimation field of each board that has one; `extra` are more fields, by id or name. Raises
    `NotFound` for a field that the configuration names and the site does not have.
    """
    choices = {role: _choose(role, fields, getattr(overrides, role)) for role in ROLES}
    choices["points"] = _points(choices["points"], fields, boards, overridden=bool(overrides.points))
    chosen = choices["points"]
    estimates = (chosen.id, *chosen.others) if not overrides.points else (chosen.id,)
    points = tuple(name for name in dict.fromkeys(estimates) if name)
    used = {*points, *(choice.id for choice in choices.values())}
    return FieldMap(
        choices=choices,
        points=points,
        names={raw["id"]: str(raw.get("name") or "") for raw in fields if raw["id"] in used},
        boards=dict(boards),
        extra={name: _named(fields, name, "teams.takes.field or product.value_field")["id"] for name in extra if name},
    )


def _choose(role: str, fields: Sequence[Json], override: str) -> Choice:
    if override:
        named = _named(fields, override, f"tracker.fields.{role}")
        return Choice(role, named["id"], named["name"], f"[tracker.fields] {role} names it")
    by_type = [raw for raw in fields if _custom(raw) in TYPES.get(role, ())]
    by_name = _by_name(role, fields)
    candidates = [*by_type, *(raw for raw in by_name if raw not in by_type)]
    if not candidates:
        return Choice(role, "", "", "the site has no such field")
    first = candidates[0]
    why = f"its type is {_custom(first)}" if by_type else f'its name is "{first["name"]}"'
    return Choice(role, first["id"], first["name"], why, tuple(raw["id"] for raw in candidates[1:]))


def _points(choice: Choice, fields: Sequence[Json], boards: Mapping[int, str], *, overridden: bool) -> Choice:
    """The estimate: the boards' estimation fields first, then type and name; there may be several."""
    if overridden or not boards:
        return choice
    names = {raw["id"]: raw["name"] for raw in fields}
    used = tuple(dict.fromkeys(boards.values()))
    first = used[0]
    where = [str(board) for board, name in boards.items() if name == first]
    others = tuple(field for field in (*used[1:], choice.id, *choice.others) if field and field != first)
    board, estimates = (agreeing(len(where), *forms) for forms in (("board", "boards"), ("estimates", "estimate")))
    why = f"{board} {', '.join(where)} {estimates} by it"
    return Choice("points", first, names.get(first, first), why, tuple(dict.fromkeys(others)))


def _by_name(role: str, fields: Sequence[Json]) -> list[Json]:
    names = NAMES.get(role, ())
    fitting = [raw for raw in fields if raw.get("custom") and _type(raw) in _FITTING.get(role, frozenset())]
    named = [raw for raw in fitting if str(raw.get("name", "")).strip().casefold() in names]
    return sorted(named, key=lambda raw: names.index(str(raw["name"]).strip().casefold()))


def _named(fields: Sequence[Json], wanted: str, where: str) -> Json:
    """The field with this id or name. Raises `NotFound` with the place in the configuration."""
    plain = wanted.strip().casefold()
    for key in ("id", "key", "name"):
        for raw in fields:
            if str(raw.get(key, "")).casefold() == plain:
                return raw
    raise NotFound(
        f'{where} is "{wanted}" and the site has no such field, or this account cannot see it; '
        "write its id (customfield_12345) or its exact name"
    )


def _custom(raw: Json) -> str:
    return str((raw.get("schema") or {}).get("custom", ""))


def _type(raw: Json) -> str:
    return str((raw.get("schema") or {}).get("type", ""))
