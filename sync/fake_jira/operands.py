"""The operands of a query: names become ids, dates become times; unknown names are errors.

A value that no issue could have (a project, a status, a sprint) is refused, as on Jira, not answered with nothing.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sync.fake_jira.jql import BadJql, Function, Operand, UnknownName, Word
from sync.fake_jira.records import CATEGORIES, Record
from sync.fake_jira.world import World, next_named

FIRST_FILTER = 10_000
"""A board's filter has the board's number after this one."""
_PERIOD = re.compile(r"([+-]?)((?:\d+[wdhm]\s*)+)$")
_SECONDS = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60}
_DATES = ("%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M", "%Y/%m/%d", "%Y-%m-%d")
_NUMBER = re.compile(r"-?\d+(\.\d+)?$")


@dataclass(frozen=True, slots=True)
class Scene:
    """The context of a query: the site and the time; with `lenient` unknown names match nothing."""

    world: World
    now: datetime
    lenient: bool = False

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the account that asks: quoted dates are read in it."""
        return ZoneInfo(self.world.me.zone)


def _text_of(operand: Operand) -> str:
    if isinstance(operand, Word):
        return operand.text
    name = operand.name if isinstance(operand, Function) else "EMPTY"
    raise BadJql(f"Unable to find JQL function '{name}()'.")


def plain(scene: Scene, field: str, operand: Operand) -> frozenset[object]:  # noqa: ARG001 - one shape for all
    """The text unchanged."""
    return frozenset({_text_of(operand)})


def _missing(value: str, field: str) -> UnknownName:
    return UnknownName(f"The value '{value}' does not exist for the field '{field}'.")


def project(scene: Scene, field: str, operand: Operand) -> frozenset[object]:
    """A project by key or name."""
    value = _text_of(operand)
    for key, name in scene.world.projects.items():
        if value.casefold() in (key.casefold(), name.casefold()):
            return frozenset({key})
    raise _missing(value, field)


def saved_filter(scene: Scene, field: str, operand: Operand) -> frozenset[object]:
    """The filter of a board by its number: the project, with each component where the board has some."""
    value = _text_of(operand)
    board = scene.world.boards.get(int(value) - FIRST_FILTER) if value.isdigit() else None
    if board is None:
        raise _missing(value, field)
    return frozenset((board.project, component) for component in board.components or ("",))


def key(scene: Scene, field: str, operand: Operand) -> frozenset[object]:
    """An issue by key: its id."""
    value = _text_of(operand)
    try:
        return frozenset({scene.world.issue(value).id})
    except KeyError:
        raise UnknownName(f"An issue with key '{value}' does not exist for field '{field}'.") from None


def status(scene: Scene, field: str, operand: Operand) -> frozenset[object]:
    """All statuses of that name or id."""
    value = _text_of(operand)
    same = {
        status.id for status in scene.world.statuses.values() if value.casefold() in (status.id, status.name.casefold())
    }
    if not same:
        raise _missing(value, field)
    return frozenset(same)


def category(_: Scene, field: str, operand: Operand) -> frozenset[object]:
    """A status category by key, id or name."""
    value = _text_of(operand)
    for key, (number, name, _colour) in CATEGORIES.items():
        if value.casefold() in (key, str(number), name.casefold()):
            return frozenset({key})
    raise _missing(value, field)


def issue_type(scene: Scene, field: str, operand: Operand) -> frozenset[object]:
    """An issue type by name or id, or those of a function."""
    if isinstance(operand, Function):
        wanted = {"standardissuetypes": (0, 1), "subtaskissuetypes": (-1,)}.get(operand.name.casefold())
        if wanted is None:
            raise BadJql(f"Unable to find JQL function '{operand.name}()'.")
        return frozenset(row.id for row in scene.world.types.values() if row.level in wanted)
    value = _text_of(operand)
    try:
        return frozenset({next_named(scene.world.types.values(), value).id})
    except KeyError:
        raise _missing(value, field) from None


def priority(scene: Scene, field: str, operand: Operand) -> frozenset[object]:
    """A priority: a larger number is more urgent."""
    value = _text_of(operand)
    try:
        return frozenset({-next_named(scene.world.priorities.values(), value).order})
    except KeyError:
        raise _missing(value, field) from None


def component(scene: Scene, field: str, operand: Operand) -> frozenset[object]:
    """A component by name, in any case."""
    value = _text_of(operand)
    for name in sorted(set().union(*scene.world.components.values())):
        if name.casefold() == value.casefold():
            return frozenset({name})
    raise _missing(value, field)


def sprint(scene: Scene, field: str, operand: Operand) -> frozenset[object]:  # noqa: ARG001 - one shape for all
    """Sprints by id or name, or those of a function."""
    sprints = scene.world.sprints.values()
    if isinstance(operand, Function):
        state = {"opensprints": "active", "closedsprints": "closed", "futuresprints": "future"}
        if operand.name.casefold() not in state:
            raise BadJql(f"Unable to find JQL function '{operand.name}()'.")
        return frozenset(sprint.id for sprint in sprints if sprint.state == state[operand.name.casefold()])
    value = _text_of(operand)
    matches = frozenset(sprint.id for sprint in sprints if value in (str(sprint.id), sprint.name))
    if not matches:
        what = "id" if value.isdigit() else "name"
        raise UnknownName(f"Sprint with {what} '{value}' does not exist or you do not have permission to view it.")
    return matches


def account(scene: Scene, field: str, operand: Operand) -> frozenset[object]:
    """An account by id or name, or the one that asks."""
    if isinstance(operand, Function) and operand.name.casefold() == "currentuser":
        return frozenset({scene.world.me.id})
    value = _text_of(operand)
    try:
        return frozenset({scene.world.account(value).id})
    except KeyError:
        raise _missing(value, field) from None


def number(_: Scene, field: str, operand: Operand) -> frozenset[object]:
    """A number."""
    value = _text_of(operand)
    if not _NUMBER.match(value):
        raise BadJql(f"'{value}' is an invalid value for the '{field}' field.")
    return frozenset({float(value)})


def issue_id(scene: Scene, field: str, operand: Operand) -> frozenset[object]:
    """An issue by id or key: its id as a number."""
    return frozenset(int(str(number)) for number in key(scene, field, operand))


def any_id(scene: Scene, field: str, operand: Operand) -> frozenset[object]:
    """An id to compare with, whether there is such an issue or not."""
    value = _text_of(operand)
    return frozenset({int(value)}) if value.isdigit() else issue_id(scene, field, operand)


def key_number(scene: Scene, field: str, operand: Operand) -> frozenset[object]:
    """An issue by key: its place in the order of keys."""
    value = _text_of(operand)
    try:
        return frozenset({key_order(scene.world.issue(value))})
    except KeyError:
        raise UnknownName(f"An issue with key '{value}' does not exist for field '{field}'.") from None


def moment(scene: Scene, field: str, operand: Operand) -> frozenset[object]:
    """A time in seconds: epoch milliseconds, a period from now, a function, or a date in the account's zone."""
    if isinstance(operand, Function):
        return frozenset({_named_moment(scene, operand).timestamp()})
    value = _text_of(operand)
    quoted = isinstance(operand, Word) and operand.quoted
    if not quoted and re.fullmatch(r"-?\d+", value):
        return frozenset({int(value) / 1000})
    if (period := _PERIOD.fullmatch(value.strip())) is not None:
        return frozenset({(scene.now + _span(period)).timestamp()})
    for shape in _DATES:
        try:
            read = datetime.strptime(value, shape)  # noqa: DTZ007 - the account's zone is put on next
        except ValueError:
            continue
        return frozenset({read.replace(tzinfo=scene.zone).timestamp()})
    raise BadJql(
        f"Date value '{value}' for field '{field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', "
        "'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'."
    )


def _span(period: re.Match[str]) -> timedelta:
    seconds = sum(int(part[:-1]) * _SECONDS[part[-1]] for part in re.findall(r"\d+[wdhm]", period[2]))
    return timedelta(seconds=-seconds if period[1] == "-" else seconds)


def _named_moment(scene: Scene, function: Function) -> datetime:
    today = scene.now.astimezone(scene.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    base = {"now": scene.now, "startofday": today, "endofday": today + timedelta(days=1)}.get(function.name.casefold())
    if base is None:
        raise BadJql(f"Unable to find JQL function '{function.name}()'.")
    period = _PERIOD.fullmatch(function.arguments[0]) if function.arguments else None
    return base + _span(period) if period else base


def key_order(record: Record) -> tuple[str, int]:
    """The place of an issue in the order of keys."""
    return record.project, record.number
