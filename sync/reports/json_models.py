"""The JSON documents as pydantic models: the contract people script against, and the source of its JSON Schema.

Field order is the order in the output. Names and meanings stay; a new field may come, an old one never goes.
Figures are rounded to four decimals, so that noise in the last place of a float is never a difference.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, JsonValue

from rules.text.model import Presence, YesNo, YesNoNa


def _rounded(value: float) -> float:
    return round(float(value), 4)


def _sound(text: object) -> object:
    """Half of a surrogate pair, which a tracker may send, has no bytes in any encoding."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if isinstance(text, str) else text


Text = Annotated[str, BeforeValidator(_sound)]
Figure = Annotated[float, AfterValidator(_rounded)]


class Part(BaseModel):
    """Every piece of a document: closed, frozen, every field told."""

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
    """A piece of the issue's own text and its line, 0 for the title."""

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
    """Why the finding was accepted, "" where it was not."""
    phrase: Text
    """What is missing, in a few words that fit into a sentence: "no estimate"."""


class FactsPart(Part):
    """What was read in the text, in the words of the labelling guideline."""

    story_form: YesNo
    story_benefit: YesNoNa
    acceptance: Presence
    steps: YesNoNa
    expected: YesNoNa
    actual: YesNoNa
    placeholder: YesNo
    open_question: YesNo


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
    """How many sprints away the issue is, null where no pace is known."""
    near: bool
    """Whether it lies in the ready horizon."""


class MeasurePart(Part):
    """One measured figure."""

    name: Text
    value: Figure | None
    unit: Text
    text: Text
    keys: tuple[Text, ...]


class LetterPart(Part):
    """One letter of DEEP, 0 to 100."""

    name: Text
    score: Figure | None
    measures: tuple[MeasurePart, ...]


class RunwayPart(Part):
    """How long ready work feeds a team, in sprints."""

    team: Text
    """The team's name, "" for the whole product."""
    ready_points: Figure
    sprints: Figure | None
    contiguous_sprints: Figure | None
    """The same, counted only up to the first issue that is not ready."""
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
    """One thing that helps most, and what it gains."""

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
    """A rule that failed on an issue; the rest went on."""

    rule: Text
    subject: Text
    error: Text


class SilencePart(Part):
    """What could not be judged: what the project does not have, and the rules that had to stay silent for it."""

    missing: Text
    rules: tuple[Text, ...]


class ChangePart(Part):
    """One intended write."""

    kind: Text
    issue: Text
    value: Text
    why: Text


class StandingPart(Part):
    """Something a person decided against us, left as it is."""

    issue: Text
    what: Text
    why: Text


class RefusalPart(Part):
    """Why the whole plan was refused."""

    reason: Text


class OutcomePart(Part):
    """How one change ended."""

    change: ChangePart
    outcome: Literal["done", "already-so", "skipped", "failed"]
    reason: Text


class RangePart(Part):
    """Points reached with a probability of 85 %, 50 % and 15 %."""

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
    """Something to know before planning."""

    code: Text
    level: Literal["red", "amber", "info"]
    text: Text


class TeamPart(Part):
    """What one team can take on in its next sprint."""

    name: Text
    sprint: Text | None
    """The sprint's name, null where the board has no future sprint yet."""
    sprint_id: Text | None
    gross_days: Figure
    net_days: Figure
    hours: Figure
    points: RangePart | None
    split: SplitPart
    load: Figure
    """Points already in the sprint."""
    used_sprints: int
    confidence: Text
    warnings: tuple[WarningPart, ...]
    explanation: tuple[Text, ...]


class PlacementPart(Part):
    """One issue proposed for a sprint."""

    issue: Text
    team: Text
    sprint: Text | None
    points: Figure
    why: Text


class LeftOutPart(Part):
    """One issue that stays out of the proposal."""

    issue: Text
    code: Text
    why: Text


class ProposalPart(Part):
    """Which issues go into which sprint, and which stay out."""

    placements: tuple[PlacementPart, ...]
    left_out: tuple[LeftOutPart, ...]


class TrendPart(Part):
    """One earlier pass in figures."""

    at: datetime
    issues: int
    ready: int
    score: Figure | None
    runway: Figure | None


class LintDocument(Part):
    """What `lint --format json` prints."""

    schema_: Literal["readyline/lint/1"] = Field(default="readyline/lint/1", alias="schema")
    issues: tuple[IssuePart, ...]


class CheckDocument(Part):
    """What `check --format json` prints. It holds no time and no run id: the same backlog gives the same bytes."""

    schema_: Literal["readyline/check/1"] = Field(default="readyline/check/1", alias="schema")
    product: Text
    issues: tuple[IssuePart, ...]
    deep: DeepPart
    blind: tuple[SilencePart, ...]
    unused_waivers: tuple[Text, ...]
    errors: tuple[RuleErrorPart, ...]


class PlanDocument(Part):
    """What `plan --format json` prints."""

    schema_: Literal["readyline/plan/1"] = Field(default="readyline/plan/1", alias="schema")
    digest: Text
    refused: RefusalPart | None
    in_scope: int
    changes: tuple[ChangePart, ...]
    standing: tuple[StandingPart, ...]


class CapacityDocument(Part):
    """What `capacity --format json` prints."""

    schema_: Literal["readyline/capacity/1"] = Field(default="readyline/capacity/1", alias="schema")
    teams: tuple[TeamPart, ...]


class PostPart(Part):
    """The mails one person would have had, by estimate."""

    person: Text
    busiest: int
    """Those of the busiest seven days."""
    total: int


class ShadowPart(Part):
    """What the diary of shadow mode says by now."""

    since: datetime
    entries: int
    """How many changes would have been written."""
    passes: int
    """In how many passes."""
    largest: int
    """The most changes of one pass after the first."""
    widest: Figure
    """The largest share of issues of one pass after the first, 0 to 1."""
    max_changes: int
    """A limit that ordinary passes stay below."""
    max_share: Figure
    findings: int
    """How many a baseline would accept today."""
    post: tuple[PostPart, ...]


class RunDocument(Part):
    """What `run --format json` prints: the plan and how each change ended."""

    schema_: Literal["readyline/run/1"] = Field(default="readyline/run/1", alias="schema")
    run: Text
    digest: Text
    refused: RefusalPart | None
    in_scope: int
    changes: tuple[ChangePart, ...]
    standing: tuple[StandingPart, ...]
    writes: bool
    """Whether writing was switched on."""
    quiet_until: datetime | None
    """When the quiet hours end in which the run fell and wrote nothing, null outside of them."""
    shadow: ShadowPart | None
    """What would have been written while writing is off, null where it is on."""
    outcomes: tuple[OutcomePart, ...]


class ReportDocument(Part):
    """The JSON report of a whole pass."""

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
    standing: tuple[StandingPart, ...]
    writes: bool
    quiet_until: datetime | None
    shadow: ShadowPart | None
    outcomes: tuple[OutcomePart, ...]
    history: tuple[TrendPart, ...]


class SettingPart(Part):
    """One effective value of the configuration."""

    path: Text
    value: JsonValue
    origin: Text
    """What set it: a place in the file, a variable of the environment, a preset, or the default."""


class SettingsDocument(Part):
    """What `config show --format json` prints."""

    schema_: Literal["readyline/config/1"] = Field(default="readyline/config/1", alias="schema")
    settings: tuple[SettingPart, ...]


class UndoDocument(Part):
    """What `undo --format json` prints."""

    schema_: Literal["readyline/undo/1"] = Field(default="readyline/undo/1", alias="schema")
    run: Text
    """The run that took it back."""
    undoes: Text
    """The run that was taken back."""
    outcomes: tuple[OutcomePart, ...]
    conflicts: tuple[StandingPart, ...]
    """What stands, because somebody touched it since."""


Document = (
    LintDocument
    | CheckDocument
    | PlanDocument
    | CapacityDocument
    | RunDocument
    | ReportDocument
    | SettingsDocument
    | UndoDocument
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
}
