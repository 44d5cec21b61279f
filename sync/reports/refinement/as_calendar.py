"""The agenda of refinement as a calendar file (RFC 5545) with one event; nobody is invited."""

import hashlib
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from sync.reports.refinement.page import RefinementPage, owners, results
from sync.sanitize import clip


def render(page: RefinementPage, at: datetime) -> str:
    """The session as an event that lasts as long as its time box; the same session has the same id."""
    event = Event()
    event.add("uid", _uid(page, at))
    event.add("dtstamp", page.taken_at.astimezone(UTC))
    event.add("dtstart", at.astimezone(UTC))
    event.add("dtend", (at + timedelta(minutes=page.agenda.timebox)).astimezone(UTC))
    event.add("summary", clip(f"{page.title} ({page.product.name})"))
    event.add("description", "\n".join(_description(page)))
    calendar = Calendar()
    calendar.add("prodid", "-//readyline//refinement//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical()).decode()


def _description(page: RefinementPage) -> list[str]:
    lines = [
        clip(f"{one.routed.issue.key} ({one.minutes} min): {results(one)}. Asks: {owners(one)}.")
        for one in page.agenda.lines
    ]
    return [f"{page.answer}.", *lines]


def _uid(page: RefinementPage, at: datetime) -> str:
    text = "\n".join((page.product.name, page.agenda.layer, page.agenda.team, at.astimezone(UTC).isoformat()))
    return f"{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}@readyline"
