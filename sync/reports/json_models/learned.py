"""Trends and what the past teaches."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from sync.reports.json_models.base import Figure, Part, Text


class TrendPart(Part):
    """The figures of one earlier run."""

    at: datetime
    issues: int
    ready: int
    score: Figure | None
    runway: Figure | None
    near: int | None = None
    """Issues in the ready horizon, null for a run of a version that did not keep it."""
    near_ready: int | None = None
    """Ready ones among these."""


class SprintDebatePart(Part):
    """The late changes of one sprint."""

    sprint: Text
    """The sprint's id."""
    begins: datetime
    """From when on a change is late: one working day before the sprint."""
    ends: datetime
    total: int
    counts: dict[Literal["text", "criteria", "estimate", "comments"], int]
    """Late changes by what changed; what did not change is missing."""
    changed: int
    """How many issues changed late."""
    issues: int
    """How many issues were in the sprint while it was planned."""
    unclear: int
    """How many of them had an open question or a placeholder in their text when the time began."""


class TeamDebatePart(Part):
    """The late changes of a team's latest planned sprint, and of those before it."""

    team: Text
    latest: SprintDebatePart
    before: tuple[SprintDebatePart, ...]
    usual: Figure | None
    """The median of the sprints before, null where they are too few."""


class ComparisonPart(Part):
    """Issues that rules found fault with when their sprint started, against those that passed."""

    rules: tuple[Text, ...]
    """Paths of rules that found fault with the same issues; "ready" is the verdict as a whole."""
    trouble: Literal["not-finished", "changed", "estimated-again"]
    failed: int
    failed_hit: int
    """How many of the failed ones had the trouble."""
    passed: int
    passed_hit: int
    chance: Figure | None
    """That of so much trouble if the rule made no difference, corrected for all comparisons; null for too few data."""
    result: Literal["claim", "no-claim", "too-few-data"]


class ReadinessPart(Part):
    """The comparisons of one team, "" for all teams together."""

    team: Text
    issues: int
    sprints: int
    comparisons: tuple[ComparisonPart, ...]


class PlannedDonePart(Part):
    """Points in a closed sprint at its start and finished in it."""

    sprint: Text
    planned: Figure | None
    done: Figure
    issues: int
    """Issues that were in it at its start."""
    finished: int
    """How many of these were finished in it."""


class SizeSpreadPart(Part):
    """Calendar days that finished issues of one size took; null where they are too few."""

    size: Figure
    issues: int
    low: Figure | None
    usual: Figure | None
    high: Figure | None
    estimated_again: int


class TeamEstimatesPart(Part):
    """A team's closed sprints and sizes."""

    team: Text
    sprints: tuple[PlannedDonePart, ...]
    usual_share: Figure | None
    sizes: tuple[SizeSpreadPart, ...]


class WaitPart(Part):
    """Issues that wait in one status before work begins, in calendar days."""

    status: Text
    issues: int
    usual: Figure | None
    longest: tuple[tuple[Text, Figure], ...]
    """Keys with their days, the longest first."""


class TeamWaitPart(Part):
    """Calendar days that a team's finished issues waited from their creation until work began."""

    team: Text
    issues: int
    usual: Figure | None


class RuleReactionsPart(Part):
    """How people reacted to the findings of a rule that they were shown, as numbers of findings."""

    rule: Text
    fixed_in_time: int
    fixed_later: int
    waived: int
    label_removed: int
    ignored: int
    """The issue was begun or finished with the finding still there."""
    overridden: int
    """Waived, without label, or ignored."""
    total: int
    waiting: int
    """Findings without a reaction yet; they are not in the total."""
    severity: Literal["must", "should", "info", "off"] | None
    """The severity to propose, null where nothing is proposed."""


class SeriesPointPart(Part):
    """The value of one sprint (its id), with the range of its forecast where there was one."""

    sprint: Text
    value: Figure
    low: Figure | None
    high: Figure | None


class SeriesPart(Part):
    """One figure by sprint, the oldest first; shares are 0 to 100."""

    kind: Literal["ready", "runway", "finished", "late-changes", "accepted-findings"]
    is_enough: bool
    """Whether there are enough sprints for a trend."""
    points: tuple[SeriesPointPart, ...]


class TeamTrendPart(Part):
    """The figures of one team by sprint."""

    team: Text
    series: tuple[SeriesPart, ...]


class LearnedPart(Part):
    """What the past teaches the teams, in the order of the configuration: no figures of persons, no ranking."""

    known: bool
    """False where the tracker does not show past changes."""
    late_debates: tuple[TeamDebatePart, ...] = Field(validation_alias="debates")
    readiness: tuple[ReadinessPart, ...]
    estimates: tuple[TeamEstimatesPart, ...]
    waits: tuple[WaitPart, ...]
    waits_before_work: tuple[TeamWaitPart, ...]
    reactions: tuple[RuleReactionsPart, ...]
    trends: tuple[TeamTrendPart, ...] = ()
