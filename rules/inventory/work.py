"""What the backlog is made of: the kind of work of each issue, and the channel that it came through.

The kinds and channels are found by the configuration's table of each: first by labels, components and type names, then
by reporters, last by the kind of the type. The most specific kind comes first, so a bug with the label "debt" is debt.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from rules.backlog.index import Backlog
from rules.inventory.options import ChannelOptions, ContentsOptions, Recognised, Work
from rules.inventory.order_grounds import OrderGrounds, order_grounds
from rules.inventory.taken_part import TakenPart, taken_part
from rules.model import Issue, Kind, Product, SprintState
from rules.verdict import Judgement

OLD_ACTION = 2
"""Sprints after which an action of a retrospective should be done."""


class Channel(StrEnum):
    """The three ways into the backlog, the most specific first; the values are the keys of `[channels]`."""

    ART = "art"
    STAKEHOLDER = "stakeholder"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Portion:
    """The issues of one kind or channel ("" for none known): how many, and their size in the unit of the snapshot."""

    name: str
    issues: int
    size: float


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the backlog by kind or by channel."""

    name: str
    portions: tuple[Portion, ...]

    @property
    def issues(self) -> int:
        """All its issues."""
        return sum(one.issues for one in self.portions)

    def share(self, portion: Portion) -> float:
        """The part of the size, or of the issues where nothing has a size: 0 to 1."""
        size = sum(one.size for one in self.portions)
        return portion.size / size if size else portion.issues / max(1, self.issues)


@dataclass(frozen=True, slots=True)
class LateAction:
    """An open action of a retrospective without an owner, or created more than two sprints ago."""

    issue: Issue
    has_owner: bool
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The ready horizon and the sprints by kind and by channel.

    `unmapped` has, by type name, the keys of the issues there that have no kind. `actions` are all of the backlog.
    `taken_part` is how many near issues show that stakeholders took part in their content, `None` where none does.
    `grounds` is what the order of the near issues rests on, `None` without any.
    """

    kinds: tuple[Area, ...]
    channels: tuple[Area, ...]
    unmapped: Mapping[str, tuple[str, ...]]
    actions: tuple[LateAction, ...]
    taken_part: TakenPart | None = None
    grounds: OrderGrounds | None = None


def contents(
    backlog: Backlog,
    judgement: Judgement,
    kinds: ContentsOptions,
    channels: ChannelOptions,
    served: Collection[str] = (),
) -> Contents:
    """What the ready horizon and the running and future sprints are made of; epics and sub-tasks do not count.

    `served` are the keys of the issues that serve a Sprint Goal.
    """
    snapshot = backlog.snapshot
    kind_of, channel_of = kinds_of(kinds, snapshot.product), channels_of(channels, snapshot.product)
    in_sprints = f"{backlog.boxes.box}s"
    open_sprints = {sprint.id for sprint in snapshot.sprints if sprint.state is not SprintState.CLOSED}
    areas = {
        "ready horizon": [verdict.issue for verdict in judgement.near],
        in_sprints: [one for one in snapshot.issues if one.is_counted and one.is_open and one.sprint in open_sprints],
    }
    near = areas["ready horizon"]
    theirs = [issue for issue in near if channel_of.name(issue) == Channel.STAKEHOLDER]
    seen = {issue.key: issue for issues in areas.values() for issue in issues}
    unmapped: dict[str, list[str]] = {}
    for issue in seen.values():
        if not kind_of.name(issue):
            unmapped.setdefault(issue.type, []).append(issue.key)
    part = taken_part(near, backlog, channels.stakeholder, theirs)
    unevident = part.without if part is not None else tuple(issue.key for issue in near)
    return Contents(
        kinds=tuple(_area(name, issues, kind_of, backlog) for name, issues in areas.items()),
        channels=tuple(_area(name, issues, channel_of, backlog) for name, issues in areas.items()),
        unmapped={name: tuple(keys) for name, keys in sorted(unmapped.items())},
        actions=tuple(_late_actions(backlog, kind_of)),
        taken_part=part,
        grounds=order_grounds(near, backlog, served, unevident) if near else None,
    )


def kinds_of(options: ContentsOptions, product: Product) -> "Tables":
    """The tables of the kinds of work."""
    return Tables(tuple(_table(kind.value, getattr(options, kind.value), product) for kind in Work))


def channels_of(options: ChannelOptions, product: Product) -> "Tables":
    """The tables of the channels."""
    return Tables(tuple(_table(channel.value, getattr(options, channel.value), product) for channel in Channel))


@dataclass(frozen=True, slots=True)
class _Table:
    """How the issues of one kind or channel are recognised: names in lower case."""

    name: str
    types: frozenset[str]
    labels: frozenset[str]
    components: frozenset[str]
    reporters: frozenset[str]
    kinds: frozenset[Kind]


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of all kinds or channels, in their order."""

    tables: tuple[_Table, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the tables, and "" for what none recognises."""
        return (*(table.name for table in self.tables), "")

    def name(self, issue: Issue) -> str:
        """The kind or channel of an issue, "" where no table recognises it."""
        by_kind = (table.name for table in self.tables if issue.kind in table.kinds)
        return self._marked(issue) or self._reported(issue) or next(by_kind, "")

    def _marked(self, issue: Issue) -> str:
        kind, labels, components = issue.type.casefold(), _folded(issue.labels), _folded(issue.components)
        return next(
            (
                table.name
                for table in self.tables
                if kind in table.types or table.labels & labels or table.components & components
            ),
            "",
        )

    def _reported(self, issue: Issue) -> str:
        if not any(table.reporters for table in self.tables):
            return ""
        who = _folded(filter(None, (issue.reporter, issue.reporter_name)))
        return next((table.name for table in self.tables if table.reporters & who), "")


def _table(name: str, options: Recognised, product: Product) -> _Table:
    people = (person for team in product.teams for person in team.people) if options.members else ()
    members = (one for person in people for one in (person.account, person.name) if one)
    return _Table(
        name=name,
        types=_folded(options.types),
        labels=_folded(options.labels),
        components=_folded(options.components),
        reporters=_folded((*options.reporters, *members)),
        kinds=options.kinds,
    )


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.casefold() for name in names)


def _area(name: str, issues: Sequence[Issue], tables: Tables, backlog: Backlog) -> Area:
    by_name: dict[str, list[Issue]] = {one: [] for one in tables.names}
    for issue in issues:
        by_name[tables.name(issue)].append(issue)
    sizes = backlog.sizes
    return Area(
        name,
        tuple(
            Portion(one, len(several), sum(sizes[issue.key].points for issue in several))
            for one, several in by_name.items()
        ),
    )


def _late_actions(backlog: Backlog, kind_of: Tables) -> Iterable[LateAction]:
    snapshot = backlog.snapshot
    days = max((team.sprint_days for team in snapshot.product.teams), default=10) * 7 / 5
    late = snapshot.taken_at - timedelta(days=OLD_ACTION * days)
    for issue in snapshot.issues:
        if issue.is_open and issue.is_counted and kind_of.name(issue) == Work.ACTION:
            action = LateAction(issue, has_owner=issue.assignee is not None, is_late=issue.created < late)
            if action.is_late or not action.has_owner:
                yield action
