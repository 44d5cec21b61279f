"""What the backlog is made of: the kind of work of each issue, and the channel that it came through.

The kinds and channels are found by the configuration's table of each: first by labels, components and type names, then
by reporters, last by the kind of the type. The most specific kind comes first, so a bug with the label "debt" is debt.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from rules.backlog.index import Backlog
from rules.inventory.options import ChannelOptions, ContentsOptions, Recognised
from rules.model import Issue, Product, SprintState
from rules.verdict import Judgement

OLD_ACTION = 2
"""Sprints after which an action of a retrospective should be done."""


class Work(StrEnum):
    """The six kinds of work, the most specific first; the values are the keys of `[contents]` and of the JSON."""

    ACTION = "action"
    REQUEST = "request"
    DESIGN = "design"
    DEBT = "debt"
    BUG = "bug"
    STORY = "story"


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
    """

    kinds: tuple[Area, ...]
    channels: tuple[Area, ...]
    unmapped: Mapping[str, tuple[str, ...]]
    actions: tuple[LateAction, ...]


def contents(backlog: Backlog, judgement: Judgement, kinds: ContentsOptions, channels: ChannelOptions) -> Contents:
    """What the ready horizon and the running and future sprints are made of; epics and sub-tasks do not count."""
    product, snapshot = backlog.snapshot.product, backlog.snapshot
    open_sprints = {sprint.id for sprint in snapshot.sprints if sprint.state is not SprintState.CLOSED}
    areas = {
        "ready horizon": [verdict.issue for verdict in judgement.near],
        "sprints": [one for one in snapshot.issues if one.is_counted and one.is_open and one.sprint in open_sprints],
    }
    seen = {issue.key: issue for issues in areas.values() for issue in issues}
    unmapped: dict[str, list[str]] = {}
    for issue in seen.values():
        if not kind_of(issue, kinds, product):
            unmapped.setdefault(issue.type, []).append(issue.key)
    return Contents(
        kinds=tuple(
            _area(name, issues, Work, backlog, lambda issue: kind_of(issue, kinds, product))
            for name, issues in areas.items()
        ),
        channels=tuple(
            _area(name, issues, Channel, backlog, lambda issue: channel_of(issue, channels, product))
            for name, issues in areas.items()
        ),
        unmapped={name: tuple(keys) for name, keys in sorted(unmapped.items())},
        actions=tuple(_late_actions(backlog, kinds)),
    )


def kind_of(issue: Issue, options: ContentsOptions, product: Product) -> str:
    """The kind of work, "" where no table recognises the issue."""
    return _first(issue, {kind.value: getattr(options, kind.value) for kind in Work}, product)


def channel_of(issue: Issue, options: ChannelOptions, product: Product) -> str:
    """The channel, "" where no table recognises the issue."""
    return _first(issue, {channel.value: getattr(options, channel.value) for channel in Channel}, product)


def _first(issue: Issue, tables: Mapping[str, Recognised], product: Product) -> str:
    ways: Sequence[Callable[[Recognised], bool]] = (
        lambda table: _is_marked(issue, table),
        lambda table: _is_reported(issue, table, product),
        lambda table: issue.kind in table.kinds,
    )
    return next((name for is_one in ways for name, table in tables.items() if is_one(table)), "")


def _is_marked(issue: Issue, table: Recognised) -> bool:
    return (
        _is_among([issue.type], table.types)
        or _is_among(issue.labels, table.labels)
        or _is_among(issue.components, table.components)
    )


def _is_reported(issue: Issue, table: Recognised, product: Product) -> bool:
    who = [name for name in (issue.reporter, issue.reporter_name) if name]
    members = [name for team in product.teams for one in team.people for name in (one.account, one.name) if name]
    return _is_among(who, table.reporters) or (table.members and _is_among(who, members))


def _is_among(values: Iterable[str], names: Collection[str]) -> bool:
    return not {value.casefold() for value in values}.isdisjoint(name.casefold() for name in names)


def _area(
    name: str, issues: Sequence[Issue], names: Iterable[str], backlog: Backlog, name_of: Callable[[Issue], str]
) -> Area:
    by_name: dict[str, list[Issue]] = {name: [] for name in (*map(str, names), "")}
    for issue in issues:
        by_name[name_of(issue)].append(issue)
    sizes = backlog.sizes
    return Area(
        name,
        tuple(
            Portion(one, len(several), sum(sizes[issue.key].points for issue in several))
            for one, several in by_name.items()
        ),
    )


def _late_actions(backlog: Backlog, options: ContentsOptions) -> Iterable[LateAction]:
    snapshot = backlog.snapshot
    days = max((team.sprint_days for team in snapshot.product.teams), default=10) * 7 / 5
    late = snapshot.taken_at - timedelta(days=OLD_ACTION * days)
    for issue in snapshot.issues:
        if issue.is_open and issue.is_counted and kind_of(issue, options, snapshot.product) == Work.ACTION:
            action = LateAction(issue, has_owner=issue.assignee is not None, is_late=issue.created < late)
            if action.is_late or not action.has_owner:
                yield action
