"""Changes, what became of them, and what a run did."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator, JsonValue

from sync.reports.json_models.base import Figure, Part, Text, encodable_json
from sync.reports.json_models.verdicts import EvidencePart


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
    value: Annotated[JsonValue, BeforeValidator(encodable_json)]


class LeftAsIsPart(Part):
    """A person's decision that readyline keeps."""

    issue: Text
    what: Text
    why: Text


class RefusalPart(Part):
    """Why the whole plan was refused."""

    reason: Text


class OutcomePart(Part):
    """The outcome of one change."""

    change: ChangePart
    outcome: Literal["done", "already-so", "skipped", "failed"]
    reason: Text
    status: int | None = None
    """The HTTP status of the tracker's answer to the write, null where nothing was sent."""


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
