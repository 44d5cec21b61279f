"""The page of Sprint Planning part one as messages: to the Product Owner, and to each team's representatives."""

from collections.abc import Iterator, Sequence

from rules.audience import Audience
from rules.backlog.index import Backlog
from rules.deep.runway import day_in_words
from rules.messages.model import Message
from rules.planning.goals import TeamGoal
from rules.planning.lead_time import PlanningLeadTime
from rules.planning.model import SprintProposal
from rules.planning.part_one import PartOne, part_one
from rules.planning.team_part import TeamPart
from rules.verdict import Judgement
from rules.wording import agreeing, many

MOST = 6
"""Decisions in a message; the page has all of them."""


def planning_messages(
    backlog: Backlog,
    judgement: Judgement,
    proposal: SprintProposal,
    goals: Sequence[TeamGoal],
    *,
    lead_time: PlanningLeadTime,
    link: str = "",
) -> tuple[Message, ...]:
    """One message for the Product Owner and one for each team whose planning is near, once for each sprint.

    They name issues by their keys only. `link` is the address of the page, "" for none.
    """
    now = backlog.snapshot.taken_at
    near = {one.team.name for one in proposal.capacities if lead_time.is_near(one.team, one.sprint, now)}
    if not near:
        return ()
    page = part_one(backlog, judgement, proposal, goals)
    teams = [team for team in page.teams if team.name in near]
    return (_for_owner(page, teams, backlog, link), *(_for_team(team, page, backlog, link) for team in teams))


def _for_owner(page: PartOne, near: Sequence[TeamPart], backlog: Backlog, link: str) -> Message:
    product, now = backlog.snapshot.product, backlog.snapshot.taken_at
    first = min(team.capacity.first for team in near if team.capacity.first is not None)
    return Message(
        audience=Audience.PO,
        team="",
        title=f"{product.name}: Sprint Planning part one, {first:%A} {day_in_words(first, now.date())}",
        lines=tuple(_owner_lines(page)),
        occasions=tuple(f"part one {product.name} {team.name} {_sprint(team)}" for team in near),
        at=now,
        link=link,
    )


def _owner_lines(page: PartOne) -> Iterator[str]:
    yield from (f"Sprint Goal of {team.name}: {team.goal.shown}." for team in page.teams)
    yield f"Proposed: {page.sum}."
    yield f"{many(page.for_goal, page.unit.one)} {agreeing(page.for_goal, 'serves', 'serve')} a goal."
    yield from _about("Open questions", [one.issue for one in page.questions if not one.accepted])
    yield from _about("Side work, not in the backlog", [one.issue.key for one in page.side_work])
    people = "; ".join(f"{team.name}: {', '.join(team.representatives) or 'nobody yet'}" for team in page.teams)
    yield f"Representatives: {people}."
    yield "To decide:"
    yield from (f"- {one.text}" for one in page.decisions[:MOST])
    if len(page.decisions) > MOST:
        yield f"- and {len(page.decisions) - MOST} more, on the page"


def _for_team(team: TeamPart, page: PartOne, backlog: Backlog, link: str) -> Message:
    now, first = backlog.snapshot.taken_at, team.capacity.first
    when = f", {first:%A} {day_in_words(first, now.date())}" if first else ""
    return Message(
        audience=Audience.TEAM,
        team=team.name,
        title=f"{team.name}: Sprint Planning part one{when}",
        lines=tuple(_team_lines(team, page)),
        occasions=(f"part one {backlog.snapshot.product.name} {team.name} {_sprint(team)}",),
        at=now,
        link=link,
    )


def _team_lines(team: TeamPart, page: PartOne) -> Iterator[str]:
    yield f"For the representatives: {', '.join(team.representatives) or 'nobody yet; name somebody'}."
    yield f"Sprint Goal: {team.goal.shown}."
    keys = [one.issue.key for one in team.selected]
    limit = f" of {team.limit:g}" if team.limit is not None else ""
    what = (
        f"{', '.join(keys)} ({many(len(keys), 'issue')}, {team.points:g}{limit} {team.capacity.unit})"
        if keys
        else "no issue"
    )
    yield f"Proposed, by rank: {what}."
    yield from _about("Open questions", [one.issue for one in page.questions if one.team == team.name])
    for one in page.dependencies:
        if team.name in {one.needs_team, one.blocker_team}:
            provider = one.blocker_team or "no team"
            yield f"{one.needs.key} ({one.needs_team}) needs {one.blocker} ({provider}): {one.state}."


def _about(title: str, keys: Sequence[str]) -> Iterator[str]:
    if keys:
        yield f"{title}: {', '.join(dict.fromkeys(keys))}."


def _sprint(team: TeamPart) -> str:
    return team.capacity.sprint.id if team.capacity.sprint else ""
