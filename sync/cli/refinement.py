"""What `readyline refinement` shows, writes and keeps. The page is loaded when a person sees that it reads."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sync.cli.looking import planned, team_named, warn_if_empty
from sync.cli.pages import Forms, show_page
from sync.cli.terminal import Terminal
from sync.errors import UsageError
from sync.reports.address import slugs
from sync.reports.base import RunReport

if TYPE_CHECKING:
    from rules.refinement.layers import Layer
    from sync.reports.refinement.page import RefinementPage, Wanted
    from sync.run.context import RunContext


def show(terminal: Terminal, layer: str, team: str, minutes: int | None, at: str, out: Path | None) -> None:
    """Print the agenda of a layer, by its name, or write it to a folder. With `at` it is kept as that of a session.

    Raises `UsageError`.
    """
    moment = moment_of(at, terminal.settings().schedule.timezone) if at else None
    opened = terminal.look if moment is None else terminal.context
    with opened() as context:
        report = warn_if_empty(planned(context), context, terminal)
        from rules.deep.measures.fresh import Fresh
        from rules.refinement.layers import Layer
        from sync.reports.refinement.page import refinement_page

        wanted = _wanted(report, context, Layer(layer), team, minutes, moment)
        items, fresh = context.store.refinements.all(), context.measures[Fresh]
        page = refinement_page(report, context.ruleset, context.refinement, items, wanted, fresh)
        if moment is not None:
            _keep(page, moment, context)
    terminal.warn_if_old(report)
    show_page(terminal, forms_of(page, _stem(report, wanted)), out)


def keep_seen(terminal: Terminal, team: str, *, by: str) -> None:
    """Record that a team has seen its next sprints. Raises `UsageError`."""
    with terminal.context() as context:
        report = planned(context)
        from rules.refinement.layers import Layer
        from rules.refinement.look_ahead import Seen

        name = _wanted(report, context, Layer.TEAM, team, None, None).team
        seen = Seen(at=context.clock(), by=by)
        context.store.seen_ahead.keep(name, seen)
    from sync.reports.json_models.results import SeenDocument, SeenPart

    part = SeenPart(team=name, at=seen.at, by=by)
    terminal.print_result(f"{name} saw its next sprints ({by})", lambda: SeenDocument(seen=(part,)))


def _wanted(
    report: RunReport, context: "RunContext", layer: "Layer", team: str, minutes: int | None, at: datetime | None
) -> "Wanted":
    from rules.refinement.layers import Layer
    from sync.reports.refinement.page import Wanted

    teams = report.snapshot.product.teams
    if layer is not Layer.TEAM and team:
        raise UsageError(f"the agenda of the layer {layer.value} is for all teams; leave --team out")
    if layer is Layer.TEAM and not team and len(teams) != 1:
        raise UsageError(f"name the team with --team; the teams are {', '.join(one.name for one in teams)}")
    chosen = (team_named(report, team).name if team else teams[0].name) if layer is Layer.TEAM else ""
    return Wanted(layer=layer, team=chosen, timebox=minutes or context.refinement.minutes, at=at)


def _keep(page: "RefinementPage", at: datetime, context: "RunContext") -> None:
    if at < page.taken_at:
        raise UsageError(f"--at {at:%Y-%m-%d %H:%M} is over; name the time of a session to come")
    moment = at.astimezone(UTC)  # the same session, whatever the zone it was written in
    context.store.refinements.keep(page.agenda.layer, page.agenda.team, moment, page.agenda.planned(moment))


def moment_of(text: str, zone: str) -> datetime:
    """The moment that --at names, in the time zone of the configuration. Raises `UsageError`."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f'--at "{text}": write a day and a time such as 2026-03-04T10:00') from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


def _stem(report: RunReport, wanted: "Wanted") -> str:
    names = slugs(one.name for one in report.snapshot.product.teams)
    return f"refinement-{names[wanted.team]}" if wanted.team else f"refinement-{wanted.layer.value}"


def forms_of(page: "RefinementPage", stem: str) -> Forms:
    """The page in each format; there is a calendar file only where the session has a time."""
    from sync.reports.json_models import dump
    from sync.reports.refinement import as_calendar, as_html, as_json, as_markdown, as_text

    return Forms(
        stem=stem,
        html=lambda: as_html.render(page),
        markdown=lambda: as_markdown.render(page),
        json=lambda: dump(as_json.document(page)),
        text=lambda: as_text.render(page),
        more={f"{stem}.ics": as_calendar.render(page, page.wanted.at)} if page.wanted.at is not None else {},
    )
