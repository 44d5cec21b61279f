"""Verdicts on issues and what led to them."""

from typing import Literal

from rules.text.model import Presence, YesNo, YesNoNa
from sync.reports.json_models.base import Figure, Part, Text


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


class AgentPart(Part):
    """Whether a coding agent may begin with an issue, by the rules of `[agent]`."""

    verdict: Literal["ready", "not-ready"]
    findings: tuple[FindingPart, ...]
    passed: tuple[Text, ...]


class IssuePart(Part):
    """The verdict on one issue."""

    id: Text
    key: Text
    verdict: Literal["ready", "not-ready", "not-due"]
    agent: AgentPart | None = None
    """The verdict for coding agents; null where `[agent]` is off or does not ask about issues of this kind."""
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


class RuleErrorPart(Part):
    """A rule that ended with an error on an issue; the others are not affected."""

    rule: Text
    subject: Text
    error: Text


class SilencePart(Part):
    """Data the project does not have, and the rules that could not run without it."""

    missing: Text
    rules: tuple[Text, ...]


class LeftAlonePart(Part):
    """An issue to which people want nothing to be written, and why."""

    issue: Text
    why: Text


class LeftOutTeamPart(Part):
    """A team that is left out because of its board: nothing is planned or written for it."""

    team: Text
    why: Text


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


class AcceptedPart(Part):
    """One finding that a baseline accepts."""

    fingerprint: Text
    issue: Text
    rule: Text
    missing: Text
    because: Text
    """Why it is accepted, "" where it is not accepted yet."""
