"""What people are told after a pass: who, what, on which occasion, and how much of it in a week.

Pure: the messages follow from what the pass saw, and what was sent before is an argument. Whether and how they travel
is the channels' business, so a message holds plain strings and no markup of any kind.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from rules.capacity.model import Level, TeamCapacity
from rules.deep.model import Action, Deep, Runway, Signal
from rules.model import Snapshot
from rules.planning.lead_time import PlanningLeadTime
from rules.planning.model import SprintProposal
from rules.verdict import Judgement

WEEK = timedelta(days=7)
PLANNING_HOURS_A_WEEK = 2.0  # planning takes at most two hours for each week of the sprint (planning note, C.2)
URGENCY = tuple(Level)  # red first
DRY = {Signal.RED: Level.RED, Signal.AMBER: Level.AMBER}


class Audience(StrEnum):
    """Whom a message is for: the Product Owner, a team's Scrum Master, or a team."""

    PO = "po"
    SM = "sm"
    TEAM = "team"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message to one person or team; `team` is "" where it is about the whole product.

    `lines` are plain strings, one thought each. `occasions` name what it is about, so that nobody is told twice; a
    digest has those of everything in it. `link` is an address of ours, "" for none.
    """

    audience: Audience
    team: str
    title: str
    lines: tuple[str, ...]
    occasions: tuple[str, ...]
    at: datetime
    level: Level = Level.INFO
    link: str = ""

    @property
    def recipient(self) -> str:
        """Who gets it: what the weekly budget is counted by."""
        return f"{self.audience.value}:{self.team}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What the log knows of a message that went out."""

    at: datetime
    recipient: str
    occasions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Budgeted:
    """What may go out now, and what has to wait until the week has room again."""

    send: tuple[Message, ...] = ()
    held: tuple[Message, ...] = ()


def messages(  # noqa: PLR0913 - everything a pass found, and when planning is near
    snapshot: Snapshot,
    judgement: Judgement,
    deep: Deep,
    capacities: Sequence[TeamCapacity],
    proposal: SprintProposal,
    *,
    lead_time: PlanningLeadTime = PlanningLeadTime(),  # noqa: B008 - frozen
    link: str = "",
) -> tuple[Message, ...]:
    """One message for the Product Owner, and one for each Scrum Master from the eve of the planning on.

    The Product Owner's occasion is the week and how the runway stands, a Scrum Master's the
    sprint: the same pass repeated tells nothing new.
    """
    owner = _for_owner(snapshot, judgement, deep, link)
    masters = (
        _for_master(snapshot, capacity, proposal, link)
        for capacity in capacities
        if _planning_is_near(capacity, snapshot.taken_at, lead_time)
    )
    return (owner, *masters) if snapshot.issues else tuple(masters)


def within_budget(found: Iterable[Message], log: Iterable[Sent], *, now: datetime, per_week: int) -> Budgeted:
    """The messages that nobody had yet, at most `per_week` a recipient in any seven days (rows G4, N8).

    What is most pressing goes first. Where there is not room for all, the last one allowed is a digest of the rest;
    where there is no room at all, they are held, and a later pass finds them again if they are still true.
    """
    known: defaultdict[str, set[str]] = defaultdict(set)
    spent: defaultdict[str, int] = defaultdict(int)
    for row in log:
        known[row.recipient].update(row.occasions)
        spent[row.recipient] += now - row.at < WEEK
    fresh: defaultdict[str, list[Message]] = defaultdict(list)
    for message in found:
        if not known[message.recipient].issuperset(message.occasions):
            fresh[message.recipient].append(message)
    send: list[Message] = []
    held: list[Message] = []
    for recipient, waiting in fresh.items():
        waiting.sort(key=lambda message: URGENCY.index(message.level))
        room = max(0, per_week - spent[recipient])
        send.extend(_fitting(waiting, room))
        held.extend([] if room else waiting)
    return Budgeted(send=tuple(send), held=tuple(held))


def sent(message: Message, at: datetime) -> Sent:
    """The row for the log of a message that went out."""
    return Sent(at=at, recipient=message.recipient, occasions=message.occasions)


def _fitting(waiting: Sequence[Message], room: int) -> Sequence[Message]:
    if len(waiting) <= room or not room:
        return waiting if room else ()
    return (*waiting[: room - 1], _digest(waiting[room - 1 :]))


def _digest(rest: Sequence[Message]) -> Message:
    first = rest[0]
    lines = [line for message in rest for line in (f"{message.title}:", *(f"- {line}" for line in message.lines))]
    return Message(
        audience=first.audience,
        team=first.team,
        title=f"{len(rest)} messages in one",
        lines=tuple(lines),
        occasions=tuple(occasion for message in rest for occasion in message.occasions),
        at=first.at,
        level=first.level,
        link=first.link,
    )


def _for_owner(snapshot: Snapshot, judgement: Judgement, deep: Deep, link: str) -> Message:
    product = snapshot.product
    year, week, _ = snapshot.taken_at.isocalendar()
    whole = deep.runways[0] if deep.runways else None
    signal = whole.signal if whole else Signal.UNKNOWN
    return Message(
        audience=Audience.PO,
        team="",
        title=f"{product.name}: {_headline(whole)}",
        lines=(
            f"{len(judgement.ready)} of {len(judgement.verdicts)} issues are ready.",
            *(runway.text for runway in deep.runways if not runway.team or runway.signal in DRY),
            *_advice(deep.actions),
        ),
        occasions=(f"runway {product.name} {year}-W{week:02d} {signal.value}",),
        at=snapshot.taken_at,
        level=DRY.get(signal, Level.INFO),
        link=link,
    )


def _headline(whole: Runway | None) -> str:
    if whole is None or whole.sprints is None:
        return "how the backlog stands"
    until = f", used up by {whole.dry_on.isoformat()}" if whole.dry_on and whole.signal in DRY else ""
    return f"{whole.sprints:.1f} sprints of ready work{until}"


def _advice(actions: Sequence[Action]) -> Iterator[str]:
    if actions:
        yield "What helps most:"
    for number, action in enumerate(actions, 1):
        gains = [f"{action.gain:+.0f} points of the score"] if round(action.gain) else []
        gains += [f"{action.runway_gain:+.1f} sprints of ready work"] if round(action.runway_gain, 1) else []
        yield f"{number}. {action.text}" + (f" ({', '.join(gains)})" if gains else "")


def _planning_is_near(capacity: TeamCapacity, now: datetime, lead_time: PlanningLeadTime) -> bool:
    start = capacity.sprint.start if capacity.sprint is not None else None
    return start is not None and lead_time.of(capacity.team, start) <= now < start


def _for_master(snapshot: Snapshot, capacity: TeamCapacity, proposal: SprintProposal, link: str) -> Message:
    sprint, team = capacity.sprint, capacity.team
    assert sprint is not None
    assert sprint.start is not None
    pressing = [warning.level for warning in capacity.warnings]
    return Message(
        audience=Audience.SM,
        team=team.name,
        title=f"{team.name}: before planning {sprint.name} on {sprint.start.date().isoformat()}",
        lines=(
            *_numbers(capacity),
            *_proposed(proposal, team.name),
            *(f"{warning.level.value}: {warning.text}" for warning in capacity.warnings),
        ),
        occasions=(f"planning {snapshot.product.name} {team.name} {sprint.id}",),
        at=snapshot.taken_at,
        level=min(pressing, key=URGENCY.index, default=Level.INFO),
        link=link,
    )


def _numbers(capacity: TeamCapacity) -> Iterator[str]:
    lost = capacity.gross_days - capacity.net_days
    change = f", {lost:g} fewer" if lost > 0 else ""
    yield f"Availability: {capacity.net_days:g} of {capacity.gross_days:g} person-days{change}."
    if capacity.points is None:
        yield f"Plannable: {capacity.hours:g} hours; no pace in points is known."
    else:
        points = capacity.points
        yield (
            f"Plannable: {points.p50:g} points (at least {points.p15:g} in 85 of 100 sprints like this, "
            f"{points.p85:g} in 15), {capacity.hours:g} hours; already in the sprint: {capacity.load:g} points."
        )
    yield f"Time box of the planning: {capacity.team.sprint_days / 5 * PLANNING_HOURS_A_WEEK:g} hours at most."


def _proposed(proposal: SprintProposal, team: str) -> Iterator[str]:
    mine = [placement for placement in proposal.placements if placement.team == team]
    if mine:
        points = sum(placement.points for placement in mine)
        keys = ", ".join(placement.issue.key for placement in mine)
        yield f"Proposed by rank: {keys} ({len(mine)} issues, {points:g} points)."
    else:
        yield "No ready issue fits into the next sprint."
