"""What the latest sprints show of each team: who works for it, which issues are its own, what is estimated."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rules.issue_kinds import is_known_type
from rules.model import TeamFilter
from sync.trackers.jira.sprint_work import SprintIssue

SELDOM = 2  # who was assigned fewer issues of several sprints is not proposed as one of the team
MOST_PEOPLE = 12  # of a team
OWN = 0.8  # of a team's issues have the same component or label
FOREIGN = 0.1  # of the other teams' issues may have it too


@dataclass(frozen=True, slots=True)
class PersonFound:
    """Somebody who was assigned issues of a team's latest sprints, and how many."""

    name: str
    account: str
    issues: int


def people_of(teams: Sequence[Sequence[SprintIssue]]) -> tuple[tuple[PersonFound, ...], ...]:
    """The people of each team, the busiest first; each person only in the team with most of their issues."""
    counts = [Counter((one.person, one.account) for one in issues if one.person.strip()) for issues in teams]
    return tuple(
        tuple(
            PersonFound(*who, number)
            for who, number in sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))
            if number >= SELDOM and _home(who[0], counts) == place
        )[:MOST_PEOPLE]
        for place, count in enumerate(counts)
    )


def _home(name: str, counts: Sequence[Mapping[tuple[str, str], int]]) -> int:
    """The place of the team in which a person of this name has most issues; the first of several."""
    totals = [sum(number for (other, _), number in count.items() if other == name) for count in counts]
    return totals.index(max(totals))


def own_filters(teams: Sequence[Sequence[SprintIssue]]) -> tuple[TeamFilter, ...]:
    """The one component, or else the one label, that is on a team's issues and hardly on those of the others."""
    return tuple(_own_filter(place, teams) for place in range(len(teams)))


def _own_filter(place: int, teams: Sequence[Sequence[SprintIssue]]) -> TeamFilter:
    own = teams[place]
    others = [one for number, issues in enumerate(teams) if number != place for one in issues]
    if component := _distinctive([one.components for one in own], [one.components for one in others]):
        return TeamFilter(components=frozenset({component}))
    if label := _distinctive([one.labels for one in own], [one.labels for one in others]):
        return TeamFilter(labels=frozenset({label}))
    return TeamFilter()


def _distinctive(own: Sequence[frozenset[str]], others: Sequence[frozenset[str]]) -> str:
    counts = Counter(value for values in own for value in values)
    for value, number in counts.most_common(1):
        foreign = sum(value in values for values in others)
        if number >= OWN * len(own) and foreign <= FOREIGN * len(others):
            return value
    return ""


def estimated_of(issues: Iterable[SprintIssue]) -> tuple[int, int]:
    """How many issues have an estimate, and how many there are; sub-tasks and epics are not counted."""
    counted = [one.estimated for one in issues if one.level in {None, 0}]
    return sum(counted), len(counted)


def unknown_types(issues: Iterable[SprintIssue]) -> tuple[str, ...]:
    """The types of issue whose kind of work is not known by their name, the commonest first."""
    counts = Counter(one.type for one in issues if one.level in {None, 0} and one.type.strip())
    return tuple(name for name, _ in counts.most_common() if not is_known_type(name))
