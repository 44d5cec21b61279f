"""The weekly message to the Product Owner, and each Scrum Master's before a planning."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from rules.audience import Audience
from rules.capacity.model import Level, TeamCapacity
from rules.capacity.time_boxes import TimeBoxes, of_product
from rules.deep.measures.moved_by_others import moved_by_others
from rules.deep.model import Deep, Runway, Signal
from rules.deep.runway import day_in_words
from rules.inventory.old_issues import OldIssues
from rules.messages.model import URGENCY, Message
from rules.model import Snapshot, Unit
from rules.planning.lead_time import PlanningLeadTime
from rules.planning.model import SprintProposal
from rules.verdict import Judgement
from rules.wording import agreeing, agreeing_of, many

DRY = {Signal.RED: Level.RED, Signal.AMBER: Level.AMBER}


def messages(  # noqa: PLR0913 - all values of a run, and when planning is near
    snapshot: Snapshot,
    judgement: Judgement,
    deep: Deep,
    capacities: Sequence[TeamCapacity],
    proposal: SprintProposal,
    *,
    lead_time: PlanningLeadTime = PlanningLeadTime(),  # noqa: B008 - frozen
    old: OldIssues | None = None,
    link: str = "",
    team_links: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Message, ...]:
    """One message for the Product Owner, and one for each Scrum Master whose next planning is near.

    The Product Owner's occasion is the week and the state of the runway, a Scrum Master's the sprint: a repeated run
    has no new occasion. `link` is the address of the Product Owner's page, `team_links` has those of the teams' pages.
    """
    owner = _for_owner(snapshot, judgement, deep, old, link)
    masters = (
        _for_master(snapshot, capacity, proposal, team_links.get(capacity.team.name, link))
        for capacity in capacities
        if lead_time.is_near(capacity.team, capacity.sprint, snapshot.taken_at)
    )
    return (owner, *masters) if snapshot.issues else tuple(masters)


def _for_owner(snapshot: Snapshot, judgement: Judgement, deep: Deep, old: OldIssues | None, link: str) -> Message:
    product = snapshot.product
    year, week, _ = snapshot.taken_at.isocalendar()
    whole = deep.runways[0] if deep.runways else None
    signal = whole.signal if whole else Signal.UNKNOWN
    return Message(
        audience=Audience.PO,
        team="",
        title=owner_title(snapshot, deep),
        lines=owner_lines(snapshot, judgement, deep, old),
        occasions=(f"runway {product.name} {year}-W{week:02d} {signal.value}",),
        at=snapshot.taken_at,
        level=DRY.get(signal, Level.INFO),
        link=link,
    )


def owner_title(snapshot: Snapshot, deep: Deep) -> str:
    """How long the ready work of the product lasts."""
    whole = deep.runways[0] if deep.runways else None
    return f"{snapshot.product.name}: {_headline(whole, snapshot.taken_at.date(), of_product(snapshot.product))}"


def owner_lines(snapshot: Snapshot, judgement: Judgement, deep: Deep, old: OldIssues | None) -> tuple[str, ...]:
    """What the Product Owner is to know: readiness, how long the work lasts, what to do first, old issues."""
    today, boxes = snapshot.taken_at.date(), of_product(snapshot.product)
    return (
        _readiness(judgement),
        *snapshot.left_out,
        *(_lasting(runway, today, boxes) for runway in deep.runways),
        *_advice(deep, boxes),
        *moved_by_others(deep),
        *(_old_issues(old) if old is not None else ()),
    )


def _readiness(judgement: Judgement) -> str:
    """How many issues of the ready horizon are ready, as on the first page of the reports."""
    near, ready = len(judgement.near), sum(verdict.ready for verdict in judgement.near)
    return f"{ready} of {many(near, 'issue')} in the ready horizon {agreeing_of(ready, near, 'is', 'are')} ready."


def _headline(whole: Runway | None, today: date, boxes: TimeBoxes) -> str:
    if whole is None or whole.sprints is None:
        return "state of the backlog"
    until = f", to about {day_in_words(whole.usual_on, today)}" if whole.usual_on and whole.signal in DRY else ""
    return f"{boxes.figure(whole.sprints):.1f} {boxes.several} of ready work{until}"


def _lasting(runway: Runway, today: date, boxes: TimeBoxes) -> str:
    """The ready work of the product or a team: points, sprints and the day on which it is used up."""
    ready = f"{runway.team or 'All teams'}: {many(f'{runway.ready_points:.3g}', f'ready {runway.unit.one}')}"
    if runway.sprints is None:
        return f"{ready}; the velocity is unknown."
    until = f", to about {day_in_words(runway.usual_on, today)}" if runway.usual_on else ""
    slow = f" ({day_in_words(runway.latest_on, today)} if slow)" if runway.usual_on and runway.latest_on else ""
    length = f"{boxes.figure(runway.sprints):.1f} {boxes.several}"
    return f"{ready}, {length} at the usual velocity{until}{slow}."


def _advice(deep: Deep, boxes: TimeBoxes) -> Iterator[str]:
    if deep.actions:
        yield "What to do first:"
    for number, action in enumerate(deep.actions, 1):
        gains = [many(f"{action.gain:+.0f}", "DEEP point")] if round(action.gain) else []
        length = boxes.figure(0.0 if deep.is_more_than_needed else action.runway_gain)
        gains += [f"{length:+.1f} {boxes.several} of ready work"] if round(length, 1) else []
        yield f"{number}. {action.text}" + (f" ({', '.join(gains)})" if gains else "")


def _old_issues(old: OldIssues) -> Iterator[str]:
    """That the backlog is too big, and how many old issues wait for an answer."""
    size = old.size
    if size.is_above and size.months is not None:
        months, limit = many(f"{size.months:.0f}", "month"), many(f"{size.limit:g}", "month")
        last = agreeing(size.open, "lasts", "last")
        yield f"The backlog is big: {many(size.open, 'open issue')} {last} {months} at the usual pace (limit {limit})."
    if old.offers:
        issues = many(old.in_all, "old issue")
        wait = agreeing(old.in_all, "waits", "wait")
        yield f"{issues} {wait} for your answer, keep or release. The report shows the first {len(old.offers)}."


def _for_master(snapshot: Snapshot, capacity: TeamCapacity, proposal: SprintProposal, link: str) -> Message:
    sprint, team, today = capacity.sprint, capacity.team, snapshot.taken_at.date()
    assert sprint is not None
    assert sprint.start is not None
    pressing = [warning.level for warning in capacity.warnings]
    return Message(
        audience=Audience.SM,
        team=team.name,
        title=f"{team.name}: {sprint.name} starts on {sprint.start:%A} {day_in_words(sprint.start.date(), today)}",
        lines=(
            *([f"For the Scrum Master: {team.scrum_master}."] if team.scrum_master else []),
            *_numbers(capacity),
            *_proposed(proposal, team.name, capacity.unit),
            *(f"{warning.level.value}: {warning.text}" for warning in capacity.warnings),
            *_personal(capacity),
        ),
        occasions=(f"planning {snapshot.product.name} {team.name} {sprint.id}",),
        at=snapshot.taken_at,
        level=min(pressing, key=URGENCY.index, default=Level.INFO),
        link=link,
    )


def _personal(capacity: TeamCapacity) -> Iterator[str]:
    """That something is said of single people, which only the page of the team shows."""
    if capacity.personal:
        notes = many(len(capacity.personal), "warning")
        are = agreeing(len(capacity.personal), "is", "are")
        yield f"{notes} about the work of single people {are} on the page of the team only."


def _numbers(capacity: TeamCapacity) -> Iterator[str]:
    people = capacity.team.people
    lost = capacity.gross_days - capacity.net_days
    fewer = f", {lost:g} fewer" if lost > 0 else ""
    days = f"{capacity.net_days:g} of {many(capacity.gross_days, 'person-day')}{fewer}"
    yield f"Availability: {days if people else 'no people configured'}."
    hours = many(capacity.hours, "hour") if people else ""
    if capacity.points is None:
        yield f"Capacity: {f'{hours}; ' if hours else ''}the velocity in {capacity.unit} is unknown."
    else:
        points = capacity.points
        ends = f"{points.p15:g} if slow, {points.p85:g} if fast"
        yield f"Capacity: {many(points.p50, capacity.unit.one)} ({ends}){f', {hours}' if hours else ''}."
        yield f"Already planned: {many(capacity.load, capacity.unit.one)}."
    if capacity.team.has_sprints:
        yield f"Sprint Planning: at most {many(capacity.timebox, 'hour')}."


def _proposed(proposal: SprintProposal, team: str, unit: Unit) -> Iterator[str]:
    mine = [placement for placement in proposal.placements if placement.team == team]
    if mine:
        points = sum(placement.points for placement in mine)
        keys = ", ".join(placement.issue.key for placement in mine)
        counted = many(len(mine), "issue")
        size = counted if unit is Unit.ISSUES else f"{counted}, {many(points, unit.one)}"
        yield f"Proposed, by rank: {keys} ({size})."
    else:
        yield "Proposed: no ready issue fits into the sprint."
