"""What JQL's fields, values and operators mean on the stand-in: a query becomes a predicate and a sort key.

As on Jira, `!=`, `not in` and every comparison leave out issues whose field is empty; only `is EMPTY` finds those.
A value that no issue could have (a project, status or sprint that is not there) is an error, not an empty answer.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sync.demo.jql import And, BadJql, Clause, Empty, Function, Node, Not, Operand, Or, Query, UnknownName, Word
from sync.demo.records import CATEGORIES, Record
from sync.demo.text import as_wiki
from sync.demo.world import World, next_named

Test = Callable[[Record], bool]
Values = Callable[[Record], tuple[object, ...]]
Resolve = Callable[["Scene", str, Operand], frozenset[object]]

EQUAL = frozenset({"=", "!=", "in", "not in", "is", "is not"})
ORDERED = EQUAL | {">", ">=", "<", "<="}
WORDS = frozenset({"~", "!~", "is", "is not"})

_PERIOD = re.compile(r"([+-]?)((?:\d+[wdhm]\s*)+)$")
_SECONDS = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60}
_DATES = ("%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M", "%Y/%m/%d", "%Y-%m-%d")
_NUMBER = re.compile(r"-?\d+(\.\d+)?$")


@dataclass(frozen=True, slots=True)
class Scene:
    """What a query is read against: the site, and the moment; `lenient` lets unknown names match nothing."""

    world: World
    now: datetime
    lenient: bool = False

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the account that asks: quoted dates are read in it."""
        return ZoneInfo(self.world.me.zone)


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its values on an issue, how an operand is understood, which operators it takes.

    `bound` is how an operand of `<` or `>` is understood where that differs.
    """

    values: Values
    resolve: Resolve
    operators: frozenset[str] = EQUAL
    bound: Resolve | None = None


def compile_query(query: Query, scene: Scene, custom: Mapping[str, str]) -> Test:
    """The predicate of a query; `custom` maps a custom field's id to our name. Raises `BadJql`."""
    if query.where is None:
        return lambda _: True
    return _compile(query.where, scene, custom)


def sort_records(records: list[Record], query: Query, world: World, custom: Mapping[str, str]) -> list[Record]:
    """The issues in the query's order; without one, newest first. Raises `BadJql`."""
    records.sort(key=lambda record: (len(record.id), record.id), reverse=True)
    for name, down in reversed(query.order):
        key = SORT_KEYS.get(_our_name(name, custom))
        if key is None:
            raise BadJql(f"Not able to sort using field '{name}'.")
        records.sort(key=lambda record, key=key: key(world, record), reverse=down)  # type: ignore[misc]
    return records


def _compile(node: Node, scene: Scene, custom: Mapping[str, str]) -> Test:
    match node:
        case And(parts):
            tests = [_compile(part, scene, custom) for part in parts]
            return lambda record: all(test(record) for test in tests)
        case Or(parts):
            tests = [_compile(part, scene, custom) for part in parts]
            return lambda record: any(test(record) for test in tests)
        case Not(part):
            test = _compile(part, scene, custom)
            return lambda record: not test(record)
        case Clause():
            return _clause(node, scene, custom)


def _clause(clause: Clause, scene: Scene, custom: Mapping[str, str]) -> Test:
    field = FIELDS.get(_our_name(clause.field, custom))
    if field is None:
        if scene.lenient:
            return lambda _: False
        raise UnknownName(f"Field '{clause.field}' does not exist or you do not have permission to view it.")
    operator = clause.operator
    if operator not in field.operators:
        raise BadJql(f"The operator '{operator}' is not supported by the '{clause.field}' field.")
    empty = [isinstance(operand, Empty) for operand in clause.operands]
    if operator in {"is", "is not"} and not all(empty):
        raise BadJql(f"The operator '{operator}' only supports EMPTY or NULL for the '{clause.field}' field.")
    wanted = _wanted(field, clause, scene)
    if operator in COMPARE:
        if any(empty):
            raise BadJql(f"The operator '{operator}' does not support EMPTY for the '{clause.field}' field.")
        return _compared(field.values, COMPARE[operator], wanted)
    return _membership(field.values, operator, wanted, or_empty=any(empty))


def _wanted(field: Field, clause: Clause, scene: Scene) -> frozenset[object]:
    """What the operands stand for; unknown names are left out where queries are not validated."""
    resolve = field.bound if clause.operator in COMPARE and field.bound else field.resolve
    wanted: set[object] = set()
    for operand in clause.operands:
        try:
            wanted |= frozenset() if isinstance(operand, Empty) else resolve(scene, clause.field, operand)
        except UnknownName:
            if not scene.lenient:
                raise
    return frozenset(wanted)


def _membership(values: Values, operator: str, wanted: frozenset[object], *, or_empty: bool) -> Test:
    if operator == "~":
        return lambda record: any(_holds(str(text), wanted) for text in values(record))
    if operator == "!~":
        return lambda record: not any(_holds(str(text), wanted) for text in values(record))
    if operator in {"=", "in", "is"}:
        return lambda record: (or_empty and not values(record)) or not wanted.isdisjoint(values(record))
    if or_empty and not wanted:
        return lambda record: bool(values(record))
    return lambda record: bool(values(record)) and wanted.isdisjoint(values(record))


def _holds(text: str, wanted: frozenset[object]) -> bool:
    said = text.casefold()
    return all(word in said for each in wanted for word in str(each).casefold().strip('"*').split())


def _compared(values: Values, compare: Callable[[float, float], bool], wanted: frozenset[object]) -> Test:
    bound = next(iter(wanted), None)
    if bound is None:
        return lambda _: False
    return lambda record: any(compare(value, bound) for value in values(record))  # type: ignore[arg-type]


COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    ">": lambda value, bound: value > bound,
    ">=": lambda value, bound: value >= bound,
    "<": lambda value, bound: value < bound,
    "<=": lambda value, bound: value <= bound,
}


def _our_name(name: str, custom: Mapping[str, str]) -> str:
    spelt = name.casefold()
    if (match := re.fullmatch(r"cf\[(\d+)\]", spelt)) is not None:
        spelt = f"customfield_{match[1]}"
    spelt = custom.get(spelt, spelt)
    return ALIASES.get(spelt, spelt)


# How operands are understood


def _text_of(operand: Operand) -> str:
    if isinstance(operand, Word):
        return operand.text
    name = operand.name if isinstance(operand, Function) else "EMPTY"
    raise BadJql(f"Unable to find JQL function '{name}()'.")


def _plain(scene: Scene, field: str, operand: Operand) -> frozenset[object]:  # noqa: ARG001 - one shape for all
    return frozenset({_text_of(operand)})


def _missing(value: str, field: str) -> UnknownName:
    return UnknownName(f"The value '{value}' does not exist for the field '{field}'.")


def _project(scene: Scene, field: str, operand: Operand) -> frozenset[object]:
    value = _text_of(operand)
    for key, name in scene.world.projects.items():
        if value.casefold() in (key.casefold(), name.casefold()):
            return frozenset({key})
    raise _missing(value, field)


def _key(scene: Scene, field: str, operand: Operand) -> frozenset[object]:
    value = _text_of(operand)
    try:
        return frozenset({scene.world.issue(value).id})
    except KeyError:
        raise UnknownName(f"An issue with key '{value}' does not exist for field '{field}'.") from None


def _status(scene: Scene, field: str, operand: Operand) -> frozenset[object]:
    value = _text_of(operand)
    same = {each.id for each in scene.world.statuses.values() if value.casefold() in (each.id, each.name.casefold())}
    if not same:
        raise _missing(value, field)
    return frozenset(same)


def _category(_: Scene, field: str, operand: Operand) -> frozenset[object]:
    value = _text_of(operand)
    for key, (number, name, _colour) in CATEGORIES.items():
        if value.casefold() in (key, str(number), name.casefold()):
            return frozenset({key})
    raise _missing(value, field)


def _type(scene: Scene, field: str, operand: Operand) -> frozenset[object]:
    if isinstance(operand, Function):
        wanted = {"standardissuetypes": (0, 1), "subtaskissuetypes": (-1,)}.get(operand.name.casefold())
        if wanted is None:
            raise BadJql(f"Unable to find JQL function '{operand.name}()'.")
        return frozenset(each.id for each in scene.world.types.values() if each.level in wanted)
    value = _text_of(operand)
    try:
        return frozenset({next_named(scene.world.types.values(), value).id})
    except KeyError:
        raise _missing(value, field) from None


def _priority(scene: Scene, field: str, operand: Operand) -> frozenset[object]:
    value = _text_of(operand)
    try:
        return frozenset({-next_named(scene.world.priorities.values(), value).order})
    except KeyError:
        raise _missing(value, field) from None


def _component(scene: Scene, field: str, operand: Operand) -> frozenset[object]:
    value = _text_of(operand)
    for name in sorted(set().union(*scene.world.components.values())):
        if name.casefold() == value.casefold():
            return frozenset({name})
    raise _missing(value, field)


def _sprint(scene: Scene, field: str, operand: Operand) -> frozenset[object]:  # noqa: ARG001 - one shape for all
    sprints = scene.world.sprints.values()
    if isinstance(operand, Function):
        state = {"opensprints": "active", "closedsprints": "closed", "futuresprints": "future"}
        if operand.name.casefold() not in state:
            raise BadJql(f"Unable to find JQL function '{operand.name}()'.")
        return frozenset(each.id for each in sprints if each.state == state[operand.name.casefold()])
    value = _text_of(operand)
    found = frozenset(each.id for each in sprints if value in (str(each.id), each.name))
    if not found:
        what = "id" if value.isdigit() else "name"
        raise UnknownName(f"Sprint with {what} '{value}' does not exist or you do not have permission to view it.")
    return found


def _account(scene: Scene, field: str, operand: Operand) -> frozenset[object]:
    if isinstance(operand, Function) and operand.name.casefold() == "currentuser":
        return frozenset({scene.world.me.id})
    value = _text_of(operand)
    try:
        return frozenset({scene.world.account(value).id})
    except KeyError:
        raise _missing(value, field) from None


def _number(_: Scene, field: str, operand: Operand) -> frozenset[object]:
    value = _text_of(operand)
    if not _NUMBER.match(value):
        raise BadJql(f"'{value}' is an invalid value for the '{field}' field.")
    return frozenset({float(value)})


def _issue_id(scene: Scene, field: str, operand: Operand) -> frozenset[object]:
    return frozenset(int(str(each)) for each in _key(scene, field, operand))


def _any_id(scene: Scene, field: str, operand: Operand) -> frozenset[object]:
    value = _text_of(operand)
    return frozenset({int(value)}) if value.isdigit() else _issue_id(scene, field, operand)


def _key_number(scene: Scene, field: str, operand: Operand) -> frozenset[object]:
    value = _text_of(operand)
    try:
        return frozenset({_key_order(scene.world.issue(value))})
    except KeyError:
        raise UnknownName(f"An issue with key '{value}' does not exist for field '{field}'.") from None


def _moment(scene: Scene, field: str, operand: Operand) -> frozenset[object]:
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


def _key_order(record: Record) -> tuple[str, int]:
    return record.project, record.number


def _at(moment: datetime | None) -> tuple[object, ...]:
    return (moment.timestamp(),) if moment else ()


def _some(value: object) -> tuple[object, ...]:
    return () if value is None or value == "" else (value,)


def _issue_text(record: Record) -> tuple[object, ...]:
    remarks = [as_wiki(remark.body) for remark in record.remarks]
    return ("\n".join([record.summary, as_wiki(record.description), record.environment, *remarks]),)


ALIASES: Mapping[str, str] = {
    "key": "issuekey",
    "issue": "issuekey",
    "type": "issuetype",
    "resolutiondate": "resolved",
    "createddate": "created",
    "updateddate": "updated",
    "epic link": "parent",
    "story points": "points",
    "story point estimate": "team_points",
    "acceptance criteria": "acceptance",
    "fixversion": "fix_versions",
    "affectedversion": "versions",
    "level": "security",
}

FIELDS: Mapping[str, Field] = {
    "project": Field(lambda record: (record.project,), _project),
    "issuekey": Field(lambda record: (_key_order(record),), _key_number, ORDERED),
    "id": Field(lambda record: (int(record.id),), _issue_id, ORDERED, bound=_any_id),
    "status": Field(lambda record: (record.status.id,), _status),
    "statuscategory": Field(lambda record: (record.status.category,), _category),
    "issuetype": Field(lambda record: (record.type.id,), _type),
    # A larger number is more urgent, so that `priority > Low` means what it says.
    "priority": Field(lambda record: (-record.priority.order,) if record.priority else (), _priority, ORDERED),
    "labels": Field(lambda record: tuple(record.labels), _plain),
    "component": Field(lambda record: tuple(record.components), _component),
    "fix_versions": Field(lambda record: tuple(record.fix_versions), _plain),
    "versions": Field(lambda record: tuple(record.versions), _plain),
    "sprint": Field(lambda record: tuple(record.sprints), _sprint),
    "parent": Field(lambda record: _some(record.parent), _key),
    "assignee": Field(lambda record: _some(record.assignee and record.assignee.id), _account),
    "reporter": Field(lambda record: _some(record.reporter and record.reporter.id), _account),
    "creator": Field(lambda record: _some(record.creator and record.creator.id), _account),
    "resolution": Field(lambda record: (record.resolution or "Unresolved",), _plain),
    "created": Field(lambda record: _at(record.created), _moment, ORDERED),
    "updated": Field(lambda record: _at(record.updated), _moment, ORDERED),
    "resolved": Field(lambda record: _at(record.resolved), _moment, ORDERED),
    "points": Field(lambda record: _some(record.points), _number, ORDERED),
    "team_points": Field(lambda record: _some(record.team_points), _number, ORDERED),
    "security": Field(lambda record: _some(record.security), _plain),
    "flagged": Field(lambda record: ("Impediment",) if record.flagged else (), _plain),
    "team": Field(lambda record: _some(record.team), _plain),
    "summary": Field(lambda record: (record.summary,), _plain, WORDS),
    "description": Field(lambda record: _some(as_wiki(record.description)), _plain, WORDS),
    "acceptance": Field(lambda record: _some(as_wiki(record.acceptance)), _plain, WORDS),
    "text": Field(_issue_text, _plain, WORDS),
}

_NEVER = datetime.max.replace(tzinfo=UTC)

SORT_KEYS: Mapping[str, Callable[[World, Record], tuple[object, ...]]] = {
    "rank": lambda _, record: (record.rank,),
    "issuekey": lambda _, record: _key_order(record),
    "id": lambda _, record: (int(record.id),),
    "created": lambda _, record: (record.created,),
    "updated": lambda _, record: (record.updated,),
    "resolved": lambda _, record: (record.resolved or _NEVER,),
    "summary": lambda _, record: (record.summary.casefold(),),
    "project": lambda _, record: (record.project,),
    "status": lambda world, record: (list(world.statuses).index(record.status.id),),
    "issuetype": lambda _, record: (record.type.name,),
    "points": lambda _, record: (record.points is None, record.points or 0.0),
    "assignee": lambda _, record: (record.assignee.display if record.assignee else "\uffff",),
    "priority": lambda _, record: (-record.priority.order if record.priority else -99,),
}
