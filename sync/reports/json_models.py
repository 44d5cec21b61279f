"""The JSON documents as pydantic models: a contract for scripts, and the source of its JSON Schema.

Field order is the order in the output. Fields may be added, never removed or renamed. Figures are rounded to four
decimals, so that floating-point noise is not a difference.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, JsonValue

from rules.text.model import Presence, YesNo, YesNoNa


def _rounded(value: float) -> float:
    return round(float(value), 4)


def _encodable(text: object) -> object:
    """The text with lone surrogates replaced: a tracker may send them, and no encoding can write them."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if isinstance(text, str) else text


def _encodable_json(value: object) -> object:
    """The same for every text in plain data."""
    match value:
        case dict():
            return {_encodable(key): _encodable_json(below) for key, below in value.items()}
        case list():
            return [_encodable_json(below) for below in value]
        case _:
            return _encodable(value)


Text = Annotated[str, BeforeValidator(_encodable)]
Figure = Annotated[float, AfterValidator(_rounded)]


class Part(BaseModel):
    """The base of all parts: frozen, no unknown fields."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        from_attributes=True,
        use_attribute_docstrings=True,
        serialize_by_alias=True,
        validate_by_name=True,
        json_schema_serialization_defaults_required=True,
    )


class EvidencePart(Part):
    """A quote from the issue and its line, 0 for the title."""

    text: Text
    line: int


class FindingPart(Part):
    """What is missing and the smallest fix."""

    rule: Text
    severity: Literal["must", "should", "info", "off"]
    message: Text
    hint: Text
    evidence: tuple[EvidencePart, ...]
    fingerprint: Text
    waived: Text
    """Why the finding was accepted and who did it, "" if it was not."""
    phrase: Text
    """What is missing, in a few words that fit into a sentence: "no estimate"."""
    part_of: Text
    """The rule of the first finding with the same cause, "" for a first one; reports show these as one."""


class FactsPart(Part):
    """What was read in the text."""

    story_form: YesNo
    story_benefit: YesNoNa
    acceptance: Presence
    steps: YesNoNa
    expected: YesNoNa
    actual: YesNoNa
    placeholder: YesNo
    open_question: YesNo
    criteria: int = 0
    """The number of acceptance criteria."""


class DuePart(Part):
    """Something that is missing and due only once the issue is near enough."""

    rule: Text
    missing: Text
    within_sprints: Figure
    """It is due once the issue is at most so many sprints away."""


class IssuePart(Part):
    """The verdict on one issue."""

    id: Text
    key: Text
    verdict: Literal["ready", "not-ready", "not-due"]
    score: int
    findings: tuple[FindingPart, ...]
    passed: tuple[Text, ...]
    due: tuple[DuePart, ...]
    """What is missing and not due yet."""
    facts: FactsPart
    distance: Figure | None
    """How many sprints away the issue is, null if the velocity is unknown."""
    near: bool
    """Whether it is in the ready horizon."""
    left_alone: Text
    """Why an issue in the ready horizon gets no label, or why nothing at all is written to an issue; else ""."""


class MeasurePart(Part):
    """One measure."""

    name: Text
    value: Figure | None
    unit: Text
    text: Text
    keys: tuple[Text, ...]
    rule: Text
    """The path of the measure, as `readyline rules` knows it."""


class LetterPart(Part):
    """One letter of DEEP, 0 to 100."""

    name: Text
    score: Figure | None
    measures: tuple[MeasurePart, ...]


class RunwayPart(Part):
    """How long the ready work of a team lasts, in sprints."""

    team: Text
    """The team's name, "" for the whole product."""
    unit: Literal["points", "hours", "issues"] = "points"
    """What `ready_points` counts."""
    ready_points: Figure
    sprints: Figure | None
    contiguous_sprints: Figure | None
    """The same, up to the first issue that is not ready."""
    dry_on: date | None
    """The same as `usual_on`."""
    usual_on: date | None
    """The day on which ready work is used up at the usual pace."""
    earliest_on: date | None
    """The same at the fast pace that 15 of 100 sprints reach."""
    latest_on: date | None
    """The same at the slow pace that 85 of 100 sprints reach."""
    signal: Literal["red", "amber", "green", "over-refined", "unknown"]
    text: Text


class RunwaysPart(Part):
    """The ready runway of the product and of each team."""

    product: RunwayPart | None
    teams: tuple[RunwayPart, ...]


class ActionPart(Part):
    """One of the best actions, and its gain."""

    text: Text
    keys: tuple[Text, ...]
    gain: Figure
    """Points of the DEEP score."""
    runway_gain: Figure
    """Sprints of ready work."""


class DeepPart(Part):
    """The four letters, their measures, the runway, the actions."""

    score: Figure | None
    grade: Text
    confidence: Text
    letters: tuple[LetterPart, ...]
    runway: RunwaysPart
    actions: tuple[ActionPart, ...]


class RuleErrorPart(Part):
    """A rule that ended with an error on an issue; the others are not affected."""

    rule: Text
    subject: Text
    error: Text


class SilencePart(Part):
    """Data the project does not have, and the rules that could not run without it."""

    missing: Text
    rules: tuple[Text, ...]


class ChangePart(Part):
    """One intended write."""

    kind: Text
    issue: Text
    value: Text
    why: Text
    text: Text = ""
    """The text of a comment, "" for other changes."""


class PropertyPart(Part):
    """The issue property that a run leaves on an issue with its changes: what of ours is there, and why."""

    issue: Text
    property: Text
    value: Annotated[JsonValue, BeforeValidator(_encodable_json)]


class LeftAsIsPart(Part):
    """A person's decision that readyline keeps."""

    issue: Text
    what: Text
    why: Text


class RefusalPart(Part):
    """Why the whole plan was refused."""

    reason: Text


class LeftAlonePart(Part):
    """An issue to which people want nothing to be written, and why."""

    issue: Text
    why: Text


class LeftOutTeamPart(Part):
    """A team that is left out because of its board: nothing is planned or written for it."""

    team: Text
    why: Text


class OutcomePart(Part):
    """The outcome of one change."""

    change: ChangePart
    outcome: Literal["done", "already-so", "skipped", "failed"]
    reason: Text
    status: int | None = None
    """The HTTP status of the tracker's answer to the write, null where nothing was sent."""


class RangePart(Part):
    """Points that 85, 50 and 15 of 100 sprints reach."""

    p15: Figure
    p50: Figure
    p85: Figure


class SharePart(Part):
    """A part of the capacity, in the split's unit."""

    name: Text
    amount: Figure


class SplitPart(Part):
    """The capacity for each kind of work."""

    unit: Text
    total: Figure
    shares: tuple[SharePart, ...]


class WarningPart(Part):
    """A warning about a team's next sprint."""

    code: Text
    level: Literal["red", "amber", "info"]
    text: Text


class FiguresPart(Part):
    """The capacity of a team in three units; the points are the median, null if unknown."""

    points: Figure | None
    net_days: Figure
    hours: Figure


class WhatIfPart(Part):
    """What further absences change: `difference` is `after` minus `before`, by the unrounded figures."""

    before: FiguresPart
    after: FiguresPart
    difference: FiguresPart


class ForecastPart(Part):
    """What was expected of a sprint before it began, and what came."""

    sprint: Text
    made: datetime
    expected: RangePart
    came: Figure
    ended: datetime
    reached_low: bool
    """Whether the low end was reached: meant are 85 of 100."""
    reached_high: bool
    """Whether the high end was reached: meant are 15 of 100."""


class CommittedPart(Part):
    """What the running sprint probably finishes: P50 is the root of usual × planned × kept."""

    planned: Figure
    """What was in it when it started."""
    kept: Figure
    """The median part, 0 to 1 or more, of a plan that was finished."""
    usual: Figure
    expected: RangePart


class LevelsPart(Part):
    """The probabilities at which the ends of the range are computed; they start at 0.15 and 0.85."""

    low: Figure
    high: Figure


class PastSprintPart(Part):
    """A closed sprint that the range is based on, and what was finished in it."""

    sprint: Text
    points: Figure


class TeamPart(Part):
    """What one team can take on in its next sprint."""

    name: Text
    sprint: Text | None
    """The sprint's name, null if the board has no future sprint."""
    sprint_id: Text | None
    gross_days: Figure
    net_days: Figure
    hours: Figure
    unit: Literal["points", "hours", "issues"] = "points"
    """What `points` and `load` count."""
    points: RangePart | None
    split: SplitPart
    load: Figure
    """Points already in the sprint."""
    used_sprints: int
    confidence: Text
    past: tuple[PastSprintPart, ...] = ()
    """The closed sprints the range is based on, the latest last."""
    levels: LevelsPart | None = None
    forecasts: tuple[ForecastPart, ...] = ()
    """The record: what was expected of sprints that are closed now, oldest first."""
    committed: CommittedPart | None = None
    """The forecast of the running sprint from its plan; null where that is not known."""
    take_out: tuple[tuple[Text, Figure], ...] = ()
    """What to take out of an over-committed sprint, in order: key and size."""
    warnings: tuple[WarningPart, ...]
    explanation: tuple[Text, ...]
    what_if: WhatIfPart | None = None
    """The comparison of `capacity --off`; null without it."""


class PlacementPart(Part):
    """One issue proposed for a sprint."""

    issue: Text
    team: Text
    sprint: Text | None
    points: Figure
    why: Text


class LeftOutPart(Part):
    """One issue that is not proposed."""

    issue: Text
    code: Text
    why: Text


class GoalLinkPart(Part):
    """One issue that serves a Sprint Goal."""

    issue: Text
    why: Text
    """What links it: the goal's text, a label, its epic."""
    planned: bool
    """Whether it is in the sprint or proposed for it."""


class GoalFindingPart(Part):
    """One finding about a Sprint Goal, for the Product Owner."""

    code: Text
    text: Text


class GoalPart(Part):
    """The Sprint Goal of a team's next sprint."""

    team: Text
    sprint: Text | None
    """The id of the sprint; null where the board has no future sprint."""
    goal: Text
    """"" where the sprint has none."""
    key_issue: Text
    """The key of the key issue, "" for none."""
    issues: tuple[GoalLinkPart, ...]
    findings: tuple[GoalFindingPart, ...]


class ProposalPart(Part):
    """Which issues go into which sprint, and which are not proposed."""

    goals: tuple[GoalPart, ...] = ()
    """The Sprint Goals, one a team."""
    unit: Literal["points", "hours", "issues"] = "points"
    """What `points` counts."""
    placements: tuple[PlacementPart, ...]
    left_out: tuple[LeftOutPart, ...]


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


class ThresholdPart(Part):
    """One option of a rule, its value as the configuration would write it, and where that came from."""

    rule: Text
    option: Text
    value: Text
    origin: Text


class LintedPart(IssuePart):
    """The verdict on one text of `lint`, and where it begins."""

    file: Text
    line: int


class TallyPart(Part):
    """How many texts have an open finding of a rule."""

    rule: Text
    severity: Literal["must", "should", "info"]
    issues: int


class LintDocument(Part):
    """What `lint --format json` prints."""

    schema_: Literal["readyline/lint/1"] = Field(default="readyline/lint/1", alias="schema")
    issues: tuple[LintedPart, ...]
    statistics: tuple[TallyPart, ...] = ()


class EarlierDayPart(Part):
    """The earlier day that a document is of; the configuration is the one of today."""

    day: date
    taken_at: datetime
    """The moment of its issues."""
    run: Text
    """The run that read them, "" for a day that was rebuilt from the changelog."""
    unknown: tuple[Text, ...]
    """What is not known of it, and what another configuration would have read."""


class OfferPart(Part):
    """An old issue that the Product Owner is asked to keep or release."""

    issue: Text
    rank: int
    created: datetime
    last_touch: datetime
    """The last change or comment by a person, on the issue or a part of it."""
    votes: int | None
    """Null where the site has no voting."""
    watchers: int
    links: tuple[Text, ...]
    waiting: tuple[Text, ...]
    """Open issues that it blocks."""
    duplicates: tuple[Text, ...]
    """Issues that are linked as duplicates, or read the same."""


class KeptPart(Part):
    """An issue that the Product Owner keeps: the question comes again after this day."""

    issue: Text
    until: date


class ReleasedPart(Part):
    """An open issue that the Product Owner released; "" and null where only its label is known."""

    issue: Text
    because: Text
    on: date | None


class BacklogSizePart(Part):
    """How many months of work the backlog holds: open issues over the issues that are finished in a month."""

    open: int
    per_month: Figure | None
    months: Figure | None
    """Null where too little is finished to say."""
    limit: Figure
    is_above: bool


class OldIssuesPart(Part):
    """Issues that no person changed for so many days, the longest without a change first."""

    days: int
    in_all: int
    """The offers, and those that follow once these are answered."""
    offers: tuple[OfferPart, ...]
    kept: tuple[KeptPart, ...]
    released: tuple[ReleasedPart, ...]
    size: BacklogSizePart


class NewIssuePart(Part):
    """An issue, its age in days, and after how many days it was first ranked and estimated, null: not yet."""

    issue: Text
    created: datetime
    age: Figure
    ranked_after: Figure | None
    estimated_after: Figure | None
    known: bool
    """False where its past is not known: the two days above then say nothing."""


class FirstWaitPart(Part):
    """Of so many issues, how many got it, and within how many days half of these did; null where too few did."""

    issues: int
    got: int
    median_days: Figure | None


class NewIssuesPart(Part):
    """What is new since the last run and the last planning, and how long new issues wait."""

    since_run: datetime | None
    since_planning: datetime | None
    run: tuple[NewIssuePart, ...]
    planning: tuple[NewIssuePart, ...]
    ranked: FirstWaitPart
    estimated: FirstWaitPart | None
    unranked: tuple[NewIssuePart, ...]
    """Open issues that nobody ranked for longer than `unranked_days`."""
    days: int
    unranked_days: int


class PortionPart(Part):
    """The issues of one kind of work or one channel, "" for none known, in a part of the backlog."""

    name: Text
    issues: int
    size: Figure
    share: Figure


class AreaPart(Part):
    """A part of the backlog by kind of work or by channel."""

    name: Text
    portions: tuple[PortionPart, ...]


class UnmappedPart(Part):
    """The issues of one type that have no kind of work."""

    type: Text
    issues: tuple[Text, ...]


class LateActionPart(Part):
    """An open action of a retrospective without an owner, or older than two sprints."""

    issue: Text
    has_owner: bool
    is_late: bool


class ContentsPart(Part):
    """The ready horizon and the sprints by kind of work and by channel."""

    kinds: tuple[AreaPart, ...]
    channels: tuple[AreaPart, ...]
    unmapped: tuple[UnmappedPart, ...]
    actions: tuple[LateActionPart, ...]


class CheckDocument(Part):
    """What `check --format json` prints. It holds no run id, and a time only where the issues are not read just now."""

    schema_: Literal["readyline/check/1"] = Field(default="readyline/check/1", alias="schema")
    product: Text
    issues: tuple[IssuePart, ...]
    deep: DeepPart
    blind: tuple[SilencePart, ...]
    unused_waivers: tuple[Text, ...]
    errors: tuple[RuleErrorPart, ...]
    unknown_links: tuple[Text, ...]
    """Phrases of links whose meaning is not known: they count as no dependency."""
    thresholds: tuple[ThresholdPart, ...] = ()
    """With `why`, the options of the rules that had a say about the issue; else empty."""
    left_out_teams: tuple[LeftOutTeamPart, ...] = ()
    """Teams whose board cannot be read; all other teams are as usual."""
    as_of: datetime | None = None
    """The moment of the issues: of an earlier day, or of the mirror while another run writes; null: read just now."""
    earlier_day: EarlierDayPart | None = None
    """The day that was asked for with `--as-of`."""
    old_issues: OldIssuesPart | None = None
    """Issues that the Product Owner is asked to keep or release, and what is answered."""
    new_issues: NewIssuesPart | None = None
    """The latest issues, and how long each waited for its first rank and estimate."""
    contents: ContentsPart | None = None
    """The kinds of work and the channels."""


class PlanDocument(Part):
    """What `plan --format json` prints."""

    schema_: Literal["readyline/plan/1"] = Field(default="readyline/plan/1", alias="schema")
    digest: Text
    refused: RefusalPart | None
    in_scope: int
    changes: tuple[ChangePart, ...]
    properties: tuple[PropertyPart, ...]
    standing: tuple[LeftAsIsPart, ...]
    proposal: ProposalPart
    left_alone: tuple[LeftAlonePart, ...] = ()
    """Issues to which people want nothing to be written: by a label, a comment or the configuration."""
    left_out_teams: tuple[LeftOutTeamPart, ...] = ()
    """Teams whose board cannot be read; all other teams are as usual."""
    as_of: datetime | None = None
    """The moment of the issues: of an earlier day, or of the mirror while another run writes; null: read just now."""
    earlier_day: EarlierDayPart | None = None
    """The day that was asked for with `--as-of`."""


class UncountedPart(Part):
    """What an absence file holds and no person's absences contain; titles are never part of it."""

    file: Text
    reason: Text
    """Why: unknown-name, no-absence-word, unclear-person, only-invited, no-known-person, marked-free, too-short ..."""
    count: int
    names: tuple[Text, ...]
    """The names in a list that no person of the configuration has."""
    text: Text


class ShiftedPart(Part):
    """An issue on the other side of its team's cut line."""

    key: Text
    team: Text
    rank: int
    points: Figure | None
    serves: Text
    """How it serves the Sprint Goal, "" where it does not."""
    is_key: bool
    left: Figure | None
    """What the team has left with it; below 0 it does not fit."""


class MovedDayPart(Part):
    """The day to which ready work lasts at the usual pace, of a team or of the product ("")."""

    team: Text
    before: date | None
    after: date | None


class WhatIfPlanPart(Part):
    """What the assumptions of `--off`, `--add` and `--without-issue` change in the plan."""

    assumed: tuple[Text, ...]
    falls: tuple[ShiftedPart, ...]
    """Issues that fall below a cut line, those that serve the goal first."""
    rises: tuple[ShiftedPart, ...]
    moves: tuple[tuple[Text, Text, Text], ...]
    """Issues that another team would take: key, team before, team then."""
    days: tuple[MovedDayPart, ...]


class CapacityDocument(Part):
    """What `capacity --format json` prints."""

    schema_: Literal["readyline/capacity/1"] = Field(default="readyline/capacity/1", alias="schema")
    teams: tuple[TeamPart, ...]
    what_if: WhatIfPlanPart | None = None
    """Null without a what-if."""
    absences_left_out: tuple[UncountedPart, ...] = ()
    """What the absence files hold that is not counted, by file and reason."""
    left_out_teams: tuple[LeftOutTeamPart, ...] = ()
    """Teams whose board cannot be read; all other teams are as usual."""
    as_of: datetime | None = None
    """The moment of the issues: of an earlier day, or of the mirror while another run writes; null: read just now."""
    earlier_day: EarlierDayPart | None = None
    """The day that was asked for with `--as-of`."""


class PostPart(Part):
    """The estimated mails to one person."""

    person: Text
    """The name, or the account where no name is known."""
    busiest: int
    """The number in the busiest seven days."""
    total: int
    account: Text = ""
    """The account in the tracker, "" for unnamed watchers."""


class GoLivePart(Part):
    """The summary of the dry-run log."""

    since: datetime
    entries: int
    """How many changes were planned."""
    passes: int
    """In how many runs."""
    largest: int
    """The most changes of one run after the first."""
    widest: Figure
    """The largest share of issues of one run after the first, 0 to 1."""
    max_changes: int
    """A limit above all runs after the first."""
    max_share: Figure
    wave: tuple[int, int] = (0, 0)
    """What the first run with writing on would write now: changes and issues."""
    first_max_changes: int = 0
    """A limit that lets that run pass."""
    first_max_share: Figure = 0.0
    findings: int
    """How many findings a baseline would accept today."""
    post: tuple[PostPart, ...]


class RunDocument(Part):
    """What `run --format json` prints: the plan and the outcome of each change."""

    schema_: Literal["readyline/run/1"] = Field(default="readyline/run/1", alias="schema")
    run: Text
    digest: Text
    refused: RefusalPart | None
    in_scope: int
    changes: tuple[ChangePart, ...]
    properties: tuple[PropertyPart, ...]
    standing: tuple[LeftAsIsPart, ...]
    writes: bool
    """Whether writing was switched on."""
    quiet_until: datetime | None
    """The end of the quiet hours, null outside of them."""
    shadow: GoLivePart | None
    """The dry run, null if writing is on."""
    outcomes: tuple[OutcomePart, ...]
    left_alone: tuple[LeftAlonePart, ...] = ()
    """Issues to which people want nothing to be written: by a label, a comment or the configuration."""
    left_out_teams: tuple[LeftOutTeamPart, ...] = ()
    """Teams whose board cannot be read; all other teams are as usual."""


class CutRunDocument(Part):
    """What `run --format json` prints of a run that was cut short."""

    schema_: Literal["readyline/cut-run/1"] = Field(default="readyline/cut-run/1", alias="schema")
    run: Text
    why: Text
    outcomes: tuple[OutcomePart, ...]
    """The outcome of each change of the plan; none where the run had no plan yet."""
    go_on: tuple[Text, ...]
    """What to do next."""


class ReportDocument(Part):
    """The JSON report of a whole run."""

    schema_: Literal["readyline/report/1"] = Field(default="readyline/report/1", alias="schema")
    run: Text
    started: datetime
    finished: datetime
    site: Text
    requests: int
    product: Text
    owner: Text
    goal: Text
    issues: tuple[IssuePart, ...]
    deep: DeepPart
    blind: tuple[SilencePart, ...]
    unused_waivers: tuple[Text, ...]
    errors: tuple[RuleErrorPart, ...]
    teams: tuple[TeamPart, ...]
    proposal: ProposalPart
    digest: Text
    refused: RefusalPart | None
    in_scope: int
    changes: tuple[ChangePart, ...]
    properties: tuple[PropertyPart, ...]
    standing: tuple[LeftAsIsPart, ...]
    writes: bool
    quiet_until: datetime | None
    shadow: GoLivePart | None
    outcomes: tuple[OutcomePart, ...]
    history: tuple[TrendPart, ...]
    left_alone: tuple[LeftAlonePart, ...] = ()
    """Issues to which people want nothing to be written: by a label, a comment or the configuration."""
    left_out_teams: tuple[LeftOutTeamPart, ...] = ()
    """Teams whose board cannot be read; all other teams are as usual."""
    as_of: datetime | None = None
    """The moment of the issues: of an earlier day, or of the mirror while another run writes; null: read just now."""
    earlier_day: EarlierDayPart | None = None
    """The day that was asked for with `--as-of`."""
    learned: LearnedPart | None = None
    """What the past teaches the teams; figures of teams only."""
    old_issues: OldIssuesPart | None = None
    """Issues that the Product Owner is asked to keep or release, and what is answered."""
    new_issues: NewIssuesPart | None = None
    """The latest issues, and how long each waited for its first rank and estimate."""
    contents: ContentsPart | None = None
    """The kinds of work and the channels."""


class SettingPart(Part):
    """One effective value of the configuration."""

    path: Text
    value: JsonValue
    origin: Text
    """Its origin: a line of the file, an environment variable, a preset, or the default."""


class SettingsDocument(Part):
    """What `config show --format json` prints."""

    schema_: Literal["readyline/config/1"] = Field(default="readyline/config/1", alias="schema")
    settings: tuple[SettingPart, ...]


class AcceptedPart(Part):
    """One finding that a baseline accepts."""

    fingerprint: Text
    issue: Text
    rule: Text
    missing: Text
    because: Text
    """Why it is accepted, "" where it is not accepted yet."""


class BaselineDocument(Part):
    """What `baseline --format json` prints."""

    schema_: Literal["readyline/baseline/1"] = Field(default="readyline/baseline/1", alias="schema")
    accepted: int
    """How many findings the command accepted; with --list and --clear --dry-run, how many are accepted."""
    findings: tuple[AcceptedPart, ...]


class UndoDocument(Part):
    """What `undo --format json` prints."""

    schema_: Literal["readyline/undo/1"] = Field(default="readyline/undo/1", alias="schema")
    run: Text
    """The run that did the undo."""
    undoes: Text
    """The run that was undone."""
    outcomes: tuple[OutcomePart, ...]
    conflicts: tuple[LeftAsIsPart, ...]
    """What was kept, because somebody changed it since."""


class RulePart(Part):
    """A rule behind a decision about a write: a rule of the Definition of Ready, or planning, hands-off, undo ..."""

    rule: Text
    passed: bool
    """Whether the issue passes it."""
    says: Text
    """What is missing, or why else it decided, "" where it only passes."""
    evidence: tuple[EvidencePart, ...]


class HistoryEntryPart(Part):
    """One write that a run made or did not make."""

    at: datetime | None
    """When it was sent, null where it was not."""
    issue: Text
    mark: Text
    """What it is about: a label's name, "comment", "sprint", or "label" for an issue that gets none."""
    kind: Text
    """The kind of change, "" where none was planned."""
    value: Text
    why: Text
    """The reason of the change."""
    rules: tuple[RulePart, ...]
    before: Text
    """What was at the mark: the label, the text of our comment, the sprint's id; "" for nothing."""
    after: Text | None
    """The same afterwards, null where it is not known."""
    status: int | None
    """The HTTP status of the tracker's answer, null where nothing was sent or answered."""
    decision: Literal[
        "done", "already-so", "skipped", "failed", "unknown",
        "off", "refused", "quiet-hours", "held", "left-as-is", "left-alone",
    ]  # fmt: skip
    """How it ended, or why it was not made."""
    reason: Text
    """What explains the decision."""


class HistoryDocument(Part):
    """What `history RUN --format json` prints."""

    schema_: Literal["readyline/history/1"] = Field(default="readyline/history/1", alias="schema")
    run: Text
    started: datetime
    finished: datetime | None
    """Null for a run that wrote nothing or was cut off."""
    digest: Text
    undoes: Text | None
    """The run that this one undid."""
    written: tuple[HistoryEntryPart, ...]
    not_written: tuple[HistoryEntryPart, ...] | None
    """Null for a run of a version that did not keep them."""


class PastRunPart(Part):
    """One run in figures."""

    run: Text
    at: datetime
    undoes: Text | None
    done: int
    already_so: int
    skipped: int
    failed: int
    unknown: int
    """Writes whose end is unknown: the run was cut off, and no run came after it."""
    not_written: int | None
    """Writes that were not made, null for a run of a version that did not keep them."""


class RunsDocument(Part):
    """What `history --format json` prints without a run: the latest runs, the newest first."""

    schema_: Literal["readyline/runs/1"] = Field(default="readyline/runs/1", alias="schema")
    runs: tuple[PastRunPart, ...]


class FlipPart(Part):
    """An issue that gets another verdict."""

    issue: Text
    before: Literal["ready", "not-ready", "not-due"]
    after: Literal["ready", "not-ready", "not-due"]
    fails: tuple[Text, ...]
    """The rules that fail only with the other configuration."""
    passes: tuple[Text, ...]
    """The rules that failed only before."""
    rules: tuple[Text, ...]
    """All rules that fail with the other configuration."""


class PreviewDocument(Part):
    """What `preview --format json` prints."""

    schema_: Literal["readyline/preview/1"] = Field(default="readyline/preview/1", alias="schema")
    config: Text
    """The file with the other configuration."""
    day: date
    """The day it is compared with."""
    taken_at: datetime
    run: Text
    """The run of that day whose verdicts are compared."""
    issues: int
    """How many issues have a verdict."""
    flips: tuple[FlipPart, ...]
    labels: int
    """On how many issues labels would change."""
    comments: int
    moves: int
    mails: int
    """How many mails that would send; watchers whose names are not known count as one person."""
    people: int
    """How many people would get them."""
    waiting: int
    """How many of the changes would wait, for the weekly limit of mails or another reason."""
    unknown: tuple[Text, ...]
    """What could not be compared."""
    max_flips: int | None
    """The limit that was asked for."""


Document = (
    LintDocument
    | CheckDocument
    | PlanDocument
    | CapacityDocument
    | RunDocument
    | ReportDocument
    | SettingsDocument
    | UndoDocument
    | CutRunDocument
    | BaselineDocument
    | HistoryDocument
    | RunsDocument
    | PreviewDocument
)

DOCUMENTS: dict[str, type[Document]] = {
    "lint": LintDocument,
    "check": CheckDocument,
    "plan": PlanDocument,
    "capacity": CapacityDocument,
    "run": RunDocument,
    "report": ReportDocument,
    "config": SettingsDocument,
    "undo": UndoDocument,
    "cut-run": CutRunDocument,
    "baseline": BaselineDocument,
    "history": HistoryDocument,
    "runs": RunsDocument,
    "preview": PreviewDocument,
}
