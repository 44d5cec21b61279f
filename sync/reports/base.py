"""What a report tells about: one pass, as a value."""

from dataclasses import dataclass, field
from datetime import datetime

from rules.backlog.index import Backlog
from rules.capacity.model import TeamCapacity
from rules.commands import Commands
from rules.deep.model import Deep, Trend
from rules.model import Snapshot
from rules.plan.changes import ChangePlan
from rules.plan.dry_run import GoLive
from rules.plan.outcome import Outcome
from rules.planning.model import SprintProposal
from rules.verdict import Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """What one pass saw, found, planned and did.

    `refused` is the sentence with which the plan refused itself, "" if it did not. `outcomes` is empty where nothing
    was to be written. `site` is the tracker's address for links to issues, "" for none. `requests` counts the calls
    to the tracker. `quiet_until` is when the quiet hours end in which this pass fell, `None` outside of them.
    `shadow` is what the diary taught so far, `None` where none is kept.
    """

    run: str
    started: datetime
    finished: datetime
    site: str
    snapshot: Snapshot
    backlog: Backlog
    judgement: Judgement
    deep: Deep
    capacities: tuple[TeamCapacity, ...]
    proposal: SprintProposal
    plan: ChangePlan
    commands: Commands = field(default_factory=Commands)
    refused: str = ""
    writes: bool = False
    outcomes: tuple[Outcome, ...] = ()
    requests: int = 0
    history: tuple[Trend, ...] = ()
    quiet_until: datetime | None = None
    shadow: GoLive | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """An option that a verdict rests on: the rule's path, the option, its value, and where that value came from."""

    rule: str
    option: str
    value: str
    origin: str
