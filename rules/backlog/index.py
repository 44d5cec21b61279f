"""`Backlog`: every fact that is derived from a snapshot, each worked out once for a whole run.

Ready rules, DEEP, planning and reports read these facts and compute none of them themselves. One run therefore has one
size, one distance, one team and one list of blockers for an issue. What no reader asks for is not computed.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import count, islice
from statistics import median
from types import MappingProxyType
from typing import Self

from rules.backlog.blockers import Blocker, Blockers, blocked_by_itself, blockers_of, waiting_on
from rules.backlog.cycles import find_cycles
from rules.backlog.distance import (
    COVERED,
    Size,
    Typical,
    active_sprints,
    distances,
    finished_issues,
    open_issues,
    parents_among,
    size_of,
    typical_points,
)
from rules.backlog.handshakes import Handshake, handshakes_of
from rules.backlog.near_duplicates import NearDuplicate, Text, find_near_duplicates
from rules.capacity.model import TeamCapacity
from rules.capacity.time_boxes import TimeBoxes, of_product
from rules.history.firsts import first_ranked
from rules.history.priorities import usual_priorities, was_chosen
from rules.lazy_regex import regex
from rules.model import Issue, Kind, Snapshot, Team
from rules.text import STANDARD, Reading, Vocabulary, names_environment, read_issue

ORDERED_SHARE = 0.1
"""Where people moved this share of the issues, the place in the order says what comes first."""
SCALE_SHARE = 0.02
"""A value that 2 % of the estimates have belongs to the team's scale."""
STORY_SAMPLE, STORY_SHARE = 10, 0.05
"""Of so many stories, at least this share has a sentence that says who wants what, where teams write such sentences."""
SCALE_SAMPLE = 30
"""Fewer estimates than this do not show a scale."""
TOP = 30
"""Where no velocity is known, so many of the first in rank order count as within the ready horizon: about what three
teams look at in a refinement. Without this limit all of a large backlog would be labelled at once."""
ENVIRONMENT_SAMPLE = 100
"""So many bugs, first in rank order, show whether bugs here name a version or environment."""
COMPARED_CHARS = 4_000
"""Of one description, when near duplicates are looked for."""

_WORD = regex(r"[^\W_]{2,}")
_WORD_OR_NUMBER = regex(r"\d+|[^\W\d_][^\W_]+")


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """A snapshot, the capacities of its teams, and everything derived from the two.

    `readings` holds the reading of every backlog issue's text by key; `same_texts` the near duplicates of a backlog
    with the very same texts, where these are known; `vocabulary` what the site taught the reader of texts. `usual` is
    the priority that new issues get, by project, where more issues than these showed it. Make one with `Backlog.of`;
    `with_issue` gives the backlog after a change of one issue, `rules.backlog.what_if` one to ask "what if" about.
    """

    snapshot: Snapshot
    capacities: tuple[TeamCapacity, ...] = ()
    readings: Mapping[str, Reading] = field(default_factory=dict)
    same_texts: Mapping[str, NearDuplicate] | None = None
    vocabulary: Vocabulary = STANDARD
    usual: Mapping[str, str] | None = None

    @classmethod
    def of(
        cls,
        snapshot: Snapshot,
        capacities: Sequence[TeamCapacity] = (),
        vocabulary: Vocabulary = STANDARD,
        known: Mapping[str, Reading] = MappingProxyType({}),
    ) -> Self:
        """The backlog of a snapshot; each text is read once. Without capacities no velocity is known.

        `known` are readings by key, of the very same texts with this vocabulary; they are not made again.
        """
        return cls(
            snapshot=snapshot,
            capacities=tuple(capacities),
            readings={issue.key: known.get(issue.key) or _read(issue, vocabulary) for issue in snapshot.issues},
            vocabulary=vocabulary,
        )

    def with_issue(self, issue: Issue) -> "Backlog":
        """The backlog in which `issue` replaces the one of the same id; only its own text is read again.

        An issue that the snapshot does not hold changes nothing.
        """

        def replaced(issues: tuple[Issue, ...]) -> tuple[Issue, ...]:
            return tuple(issue if one.id == issue.id else one for one in issues)

        before = self.snapshot
        former = next((one for one in before.issues if one.id == issue.id), None)
        is_same_text, readings = True, self.readings
        if former is not None:
            is_same_text = (former.key, former.title, former.document) == (issue.key, issue.title, issue.document)
            others = {key: reading for key, reading in self.readings.items() if key != former.key}
            readings = others | {issue.key: _read(issue, self.vocabulary)}
        return Backlog(
            snapshot=replace(
                before,
                issues=replaced(before.issues),
                history=replaced(before.history),
                left=replaced(before.left),
            ),
            capacities=self.capacities,
            readings=readings,
            same_texts=self.near_duplicates if is_same_text else None,
            vocabulary=self.vocabulary,
            usual=self.usual,
        )

    @cached_property
    def has_story_sentences(self) -> bool:
        """Whether stories say who wants what here; with few stories it is taken to be so."""
        stories = [
            self.readings[issue.key]
            for issue in self.snapshot.issues
            if issue.kind is Kind.STORY and issue.key in self.readings
        ]
        written = sum(reading.facts.story_form == "yes" for reading in stories)
        return len(stories) < STORY_SAMPLE or written >= STORY_SHARE * len(stories)

    @cached_property
    def open(self) -> tuple[Issue, ...]:
        """Open issues in no running sprint, in rank order."""
        return open_issues(self.snapshot)

    @cached_property
    def finished(self) -> tuple[Issue, ...]:
        """The latest finished issues, oldest first."""
        return finished_issues(self.snapshot)

    @cached_property
    def sizes(self) -> Mapping[str, Size]:
        """Key to size of every issue of the snapshot.

        An issue without an estimate gets the median of its kind, else of all kinds, else 1. Nothing is counted twice:
        sub-tasks, epics with open issues below them, and what else does not count, are `COVERED`.
        """
        return self.sizes_of(self.snapshot.by_key.values())

    def sizes_of(self, issues: Iterable[Issue]) -> dict[str, Size]:
        """Key to size of some issues of the snapshot."""
        typical, parents, inside = self.typical, self.parents, {issue.key for issue in self.open}
        return {issue.key: size_of(issue, typical, parents if issue.key in inside else ()) for issue in issues}

    @cached_property
    def typical(self) -> Typical:
        """The median points of each kind of issue, of the finished ones where these have estimates."""
        return typical_points(self.open, self.finished)

    @cached_property
    def parents(self) -> frozenset[str]:
        """Keys of what has open issues below it, and of every epic where the tracker does not show what is below."""
        hidden = (
            [one.key for one in self.open if one.kind is Kind.EPIC] if "parent" in self.snapshot.unavailable else ()
        )
        return parents_among(self.open).union(hidden)

    @cached_property
    def counted(self) -> tuple[Issue, ...]:
        """Open issues that have a size of their own: no sub-tasks, no issues whose children are counted."""
        sizes = self.sizes
        return tuple([issue for issue in self.open if sizes[issue.key] is not COVERED])

    @cached_property
    def counted_by_key(self) -> Mapping[str, Issue]:
        """The same by key, in rank order."""
        return {issue.key: issue for issue in self.counted}

    @cached_property
    def velocities(self) -> Mapping[str, float]:
        """Team name to its typical velocity in points a sprint; teams without one are missing."""
        return {one.team.name: one.velocity for one in self.capacities if one.velocity}

    @cached_property
    def velocity(self) -> float | None:
        """Typical velocity of all teams together, in points a sprint; `None` where no team has one."""
        return sum(self.velocities.values()) or None

    @cached_property
    def median_velocity(self) -> float | None:
        """The median team's typical velocity."""
        return median(self.velocities.values()) if self.velocities else None

    def velocity_for(self, key: str) -> float | None:
        """What "fits into a sprint" is measured by: the velocity of its one team, else that of the median team."""
        team = self.team(key)
        return (self.velocities.get(team.name) if team else None) or self.median_velocity

    @cached_property
    def distances(self) -> Mapping[str, float]:
        """Key to distance in sprints, 0 for what is in a running sprint; empty where no velocity is known."""
        away, active = distances(self.open, self.sizes, self.velocity), active_sprints(self.snapshot)
        return {**away, **{issue.key: 0.0 for issue in self.snapshot.issues if issue.sprint in active}}

    def is_within(self, key: str, sprints: float) -> bool:
        """Whether an issue is at most so many sprints away; without a velocity, whether it is among the first `TOP`.

        An issue of a team that is left out is not: its distance is not known.
        """
        if key in self.stopped:
            return False
        away = self.distances.get(key)
        return self.rank.get(key, 0) < TOP if away is None else away <= sprints

    @cached_property
    def stopped(self) -> frozenset[str]:
        """The keys of issues for which nothing is planned, because their teams are left out."""
        if not self.snapshot.stopped:
            return frozenset()
        return frozenset(issue.key for issue in self.snapshot.issues if self.snapshot.why_stopped(issue))

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """Each backlog issue's place, 0 for the most important."""
        return dict(zip([issue.key for issue in self.snapshot.issues], count(), strict=False))

    @cached_property
    def teams(self) -> Mapping[str, tuple[Team, ...]]:
        """Key to the teams that may take an issue, in the order of the configuration."""
        return {key: self.snapshot.teams_of(issue) for key, issue in self.snapshot.by_key.items()}

    def team(self, key: str) -> Team | None:
        """The one team that may take an issue; `None` where no team or several may."""
        teams = self.teams.get(key, ())
        return teams[0] if len(teams) == 1 else None

    @cached_property
    def blockers(self) -> Blockers:
        """Key to the open issues that block it, whichever of the two holds the link."""
        return blockers_of(self.snapshot, self.rank)

    def blockers_of(self, key: str) -> tuple[Blocker, ...]:
        """The open blockers of one issue, sorted by key."""
        return self.blockers.get(key, ())

    @cached_property
    def blocks(self) -> Mapping[str, tuple[str, ...]]:
        """Key to the open issues that it blocks."""
        return waiting_on(self.snapshot)

    @cached_property
    def handshakes(self) -> Mapping[str, tuple[Handshake, ...]]:
        """Key to the dependencies of an open issue on other teams; issues without one are missing."""
        known = ((issue.key, self.handshakes_of(issue)) for issue in self.snapshot.issues)
        return {key: handshakes for key, handshakes in known if handshakes}

    def handshakes_of(self, issue: Issue) -> tuple[Handshake, ...]:
        """The dependencies of one issue on other teams, sorted by the blocker's key."""
        return handshakes_of(issue, self.snapshot, self.blockers_of(issue.key), self.teams)

    @cached_property
    def cycles(self) -> Mapping[str, tuple[str, ...]]:
        """Every issue that is blocked by itself, with the shortest cycle, starting with itself."""
        ahead = {key: tuple(one.key for one in blockers) for key, blockers in self.blockers.items()}
        return find_cycles(ahead | {key: (key, *ahead.get(key, ())) for key in blocked_by_itself(self.snapshot)})

    @cached_property
    def usual_priorities(self) -> Mapping[str, str]:
        """The priority that new issues get, by project."""
        return usual_priorities(self.snapshot) if self.usual is None else self.usual

    @cached_property
    def unchosen_priorities(self) -> frozenset[str]:
        """Keys of issues that still have the priority that new issues get, which no person chose.

        Issues whose past is not known are missing.
        """
        return self.unchosen_among(self.snapshot.issues)

    def unchosen_among(self, issues: Iterable[Issue]) -> frozenset[str]:
        """Those of some issues of the snapshot."""
        usual, edits = self.usual_priorities, self.snapshot.edits
        known = (issue for issue in issues if issue.id in edits)
        return frozenset(issue.key for issue in known if not was_chosen(issue, edits[issue.id], usual))

    @cached_property
    def is_ordered_by_people(self) -> bool:
        """Whether people gave a place in the order to at least a tenth of the issues whose past is known."""
        known = [self.snapshot.edits[issue.id] for issue in self.snapshot.issues if issue.id in self.snapshot.edits]
        moved = sum(first_ranked(edits) is not None for edits in known)
        return moved > 0 and moved >= ORDERED_SHARE * len(known)

    @cached_property
    def components_are_usual(self) -> bool:
        """Whether at least half of the issues have a component, so that one without is an exception; true for one."""
        issues = self.snapshot.issues
        return 2 * sum(bool(issue.components) for issue in issues) >= len(issues) - 1

    @cached_property
    def environments_are_usual(self) -> bool:
        """Whether at least half of the first bugs name a version or environment; true for one bug."""
        bugs = list(islice((issue for issue in self.snapshot.issues if issue.kind is Kind.BUG), ENVIRONMENT_SAMPLE))
        return 2 * sum(map(self.names_environment, bugs)) >= len(bugs) - 1

    def names_environment(self, issue: Issue) -> bool:
        """Whether a bug names a version or environment, in its fields or in its text."""
        if issue.environment.strip() or issue.versions:
            return True
        reading = self.readings.get(issue.key)
        return reading is not None and names_environment(issue.title, issue.document, reading)

    @cached_property
    def boxes(self) -> TimeBoxes:
        """How texts about the product count sprints."""
        return of_product(self.snapshot.product)

    @cached_property
    def near_duplicates(self) -> Mapping[str, NearDuplicate]:
        """For each issue the one ranked above it that reads the same, where there is one."""
        if self.same_texts is not None:
            return self.same_texts
        return find_near_duplicates([_text(issue) for issue in self.snapshot.issues])

    @cached_property
    def children(self) -> Mapping[str, tuple[Issue, ...]]:
        """Each parent's key with the known issues below it, done ones among them."""
        below: dict[str, list[Issue]] = {}
        for issue in self.snapshot.by_key.values():
            if issue.parent:
                below.setdefault(issue.parent, []).append(issue)
        return {key: tuple(issues) for key, issues in below.items()}

    def counted_below(self, key: str) -> tuple[Issue, ...]:
        """The issues below one that counts are about; of an issue that is counted by its children, these."""
        below: list[Issue] = []
        parents, seen = [key], set()
        while parents:
            parent = parents.pop()
            seen.add(parent)  # a tracker that is being edited may show a circle for a moment
            children = self.children.get(parent, ())
            below += (child for child in children if child.is_counted)
            parents += (child.key for child in children if child.counted_elsewhere and child.key not in seen)
        return tuple(below)

    @cached_property
    def scale(self) -> tuple[float, ...]:
        """The estimates in use, smallest first; empty where too few are known."""
        counts = Counter(issue.points for issue in self.snapshot.by_key.values() if issue.points is not None)
        if counts.total() < SCALE_SAMPLE:
            return ()
        return tuple(sorted(value for value, count in counts.items() if count >= SCALE_SHARE * counts.total()))


def _read(issue: Issue, vocabulary: Vocabulary) -> Reading:
    return read_issue(issue.title, issue.document, issue.kind, issue.acceptance, vocabulary)


def _text(issue: Issue) -> Text:
    return Text(issue.key, _WORD_OR_NUMBER.findall(issue.title.lower()), partial(_words, issue))


def _words(issue: Issue) -> list[str]:
    return _WORD.findall(issue.document.prose[:COMPARED_CHARS].lower())
