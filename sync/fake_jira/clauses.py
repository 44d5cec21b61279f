"""The meaning of JQL's fields, values and operators: a query becomes a predicate and a sort key.

As on Jira, `!=`, `not in` and every comparison leave out issues whose field is empty; only `is EMPTY` finds those.
A value that no issue can have (an unknown project, status or sprint) is an error, not an empty answer.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sync.fake_jira import operands
from sync.fake_jira.jql import And, BadJql, Clause, Empty, Node, Not, Operand, Or, Query, UnknownName
from sync.fake_jira.operands import Scene
from sync.fake_jira.records import Record
from sync.fake_jira.text import as_wiki
from sync.fake_jira.world import World

Test = Callable[[Record], bool]
Values = Callable[[Record], tuple[object, ...]]
Resolve = Callable[["Scene", str, Operand], frozenset[object]]

EQUAL = frozenset({"=", "!=", "in", "not in", "is", "is not"})
ORDERED = EQUAL | {">", ">=", "<", "<="}
WORDS = frozenset({"~", "!~", "is", "is not"})


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
    """The values of the operands; unknown names are left out where queries are not validated."""
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
    content = text.casefold()
    return all(word in content for operand in wanted for word in str(operand).casefold().strip('"*').split())


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
    "project": Field(lambda record: (record.project,), operands.project),
    "filter": Field(
        lambda record: ((record.project, ""), *((record.project, one) for one in record.components)),
        operands.saved_filter,
    ),
    "issuekey": Field(lambda record: (operands.key_order(record),), operands.key_number, ORDERED),
    "id": Field(lambda record: (int(record.id),), operands.issue_id, ORDERED, bound=operands.any_id),
    "status": Field(lambda record: (record.status.id,), operands.status),
    "statuscategory": Field(lambda record: (record.status.category,), operands.category),
    "issuetype": Field(lambda record: (record.type.id,), operands.issue_type),
    # A larger number is more urgent, so that `priority > Low` means what it says.
    "priority": Field(lambda record: (-record.priority.order,) if record.priority else (), operands.priority, ORDERED),
    "labels": Field(lambda record: tuple(record.labels), operands.plain),
    "component": Field(lambda record: tuple(record.components), operands.component),
    "fix_versions": Field(lambda record: tuple(record.fix_versions), operands.plain),
    "versions": Field(lambda record: tuple(record.versions), operands.plain),
    "sprint": Field(lambda record: tuple(record.sprints), operands.sprint),
    "parent": Field(lambda record: _some(record.parent), operands.key),
    "assignee": Field(lambda record: _some(record.assignee and record.assignee.id), operands.account),
    "reporter": Field(lambda record: _some(record.reporter and record.reporter.id), operands.account),
    "creator": Field(lambda record: _some(record.creator and record.creator.id), operands.account),
    "resolution": Field(lambda record: (record.resolution or "Unresolved",), operands.plain),
    "created": Field(lambda record: _at(record.created), operands.moment, ORDERED),
    "updated": Field(lambda record: _at(record.updated), operands.moment, ORDERED),
    "resolved": Field(lambda record: _at(record.resolved), operands.moment, ORDERED),
    "points": Field(lambda record: _some(record.points), operands.number, ORDERED),
    "team_points": Field(lambda record: _some(record.team_points), operands.number, ORDERED),
    "security": Field(lambda record: _some(record.security), operands.plain),
    "flagged": Field(lambda record: ("Impediment",) if record.flagged else (), operands.plain),
    "team": Field(lambda record: _some(record.team), operands.plain),
    "summary": Field(lambda record: (record.summary,), operands.plain, WORDS),
    "description": Field(lambda record: _some(as_wiki(record.description)), operands.plain, WORDS),
    "acceptance": Field(lambda record: _some(as_wiki(record.acceptance)), operands.plain, WORDS),
    "text": Field(_issue_text, operands.plain, WORDS),
}

_NEVER = datetime.max.replace(tzinfo=UTC)

SORT_KEYS: Mapping[str, Callable[[World, Record], tuple[object, ...]]] = {
    "rank": lambda _, record: (record.rank,),
    "issuekey": lambda _, record: operands.key_order(record),
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
