"""What a run keeps about refinement: what is settled of past agendas, and the agendas of the next day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from rules.refinement.agenda import agenda
from rules.refinement.cadence import NextSession, next_session_of
from rules.refinement.escalated import escalated
from rules.refinement.layers import Layer
from rules.refinement.refinement import Refinement, refine
from rules.refinement.sessions import PlannedItem, settle
from sync.reports.base import RunReport
from sync.run.context import RunContext

BEFORE = timedelta(days=1)
"""So long before a session, each run keeps its agenda: the last one counts."""


def follow_refinement(report: RunReport, context: RunContext) -> None:
    """Keep which issues of past agendas are settled by now, and what the teams' next sessions are about."""
    now, stored = report.snapshot.taken_at, context.store.refinements
    items = stored.all()
    waiting = [item for item in items if item.settled is None and item.at < now]
    coming = _coming(report, context, items, now)
    if waiting or coming:
        whole = refine(report.backlog, report.judgement, context.ruleset, context.refinement)
        stored.settle(settle(waiting, whole.unsettled, now))
        for team, session in coming:
            _keep(report, team, session, whole, items, context)


def with_escalated(report: RunReport, context: RunContext) -> RunReport:
    """The report with what several sessions left open; none where a team is missing, whose issues nobody saw."""
    if report.snapshot.stopped:
        return report
    items, after = context.store.refinements.all(), context.refinement.escalate_after
    return replace(report, escalated=escalated(items, report.topics, after, report.snapshot.taken_at))


def _coming(
    report: RunReport, context: RunContext, items: Sequence[PlannedItem], now: datetime
) -> list[tuple[str, NextSession]]:
    """The sessions of the next day that have no agenda for another moment, which a person asked for."""
    sessions = []
    for capacity in report.capacities:
        team = capacity.team.name
        future = {item.at for item in items if item.layer is Layer.TEAM and item.team == team and item.at > now}
        local = now.astimezone(context.lead_time.zone)
        session = next_session_of(capacity, context.refinement.cadence.get(team), items, local)
        if session is not None and session.is_certain and session.at <= now + BEFORE and future <= {session.at}:
            sessions.append((team, session))
    return sessions


def _keep(
    report: RunReport,
    team: str,
    session: NextSession,
    whole: Refinement,
    items: Sequence[PlannedItem],
    context: RunContext,
) -> None:
    made = agenda(
        whole.candidates,
        whole.routes,
        items,
        context.refinement,
        layer=Layer.TEAM,
        team=team,
        timebox=session.minutes or context.refinement.minutes,
        now=report.snapshot.taken_at,
        topics=report.topics,
    )
    moment = session.at.astimezone(UTC)
    context.store.refinements.keep(Layer.TEAM, team, moment, made.planned(moment))
