"""The pages of refinement, of the Sprint Review and of epics, with the text of an issue wherever it can be."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

import icalendar

from rules.inventory.options import ChannelOptions
from rules.model import Kind
from rules.planning.options import GoalLink, PlanningOptions
from rules.ready import RULES
from rules.refinement.layers import Layer
from rules.refinement.options import RefinementOptions
from rules.review.options import IncrementOptions, ObjectiveOptions
from rules.verdict import Ruleset
from sync.reports import as_text
from sync.reports.base import RunReport
from sync.reports.epics import as_html as epics_html
from sync.reports.epics import as_json as epics_json
from sync.reports.epics import as_markdown as epics_markdown
from sync.reports.epics import as_text as epics_text
from sync.reports.epics.page import epics_page
from sync.reports.json_models import dump
from sync.reports.refinement import as_calendar, as_html, as_json, as_markdown
from sync.reports.refinement import as_text as agenda_text
from sync.reports.refinement.page import RefinementPage, Wanted, refinement_page
from sync.reports.review import as_html as review_html
from sync.reports.review import as_json as review_json
from sync.reports.review import as_markdown as review_markdown
from sync.reports.review import as_text as review_text
from sync.reports.review.page import review_page
from tests.factories import document
from tests.sync.reports.sample import hostile

RULESET = Ruleset(product=tuple(rule() for rule in RULES))
PROPERTIES = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION"}


def _report(text: str) -> RunReport:
    """The run with the text in finished issues too, in decisions, in shared parts, and in an epic with issues below."""
    report = hostile(text)
    snapshot = report.snapshot
    told = document(text, "## Vision", text, "## Decision", text)
    issues = tuple(
        replace(one, kind=Kind.EPIC, sprint=None) if number == 0 else replace(one, parent=snapshot.issues[0].key)
        for number, one in enumerate(snapshot.issues)
    )
    history = tuple(replace(one, title=text, document=told, parent=issues[0].key) for one in snapshot.history)
    known = replace(snapshot, issues=issues, history=history)
    by_label = PlanningOptions(goal_links=frozenset({GoalLink.LABEL}))  # a text of one word is in no goal
    return replace(report, backlog=replace(report.backlog, snapshot=known), planning=by_label)


def _agendas(report: RunReport) -> Iterator[RefinementPage]:
    at = report.snapshot.taken_at + timedelta(days=1)
    for layer, team in ((Layer.OVERALL, ""), (Layer.TEAM, report.capacities[0].team.name)):
        wanted = Wanted(layer=layer, team=team, timebox=480, at=at)
        yield refinement_page(report, RULESET, RefinementOptions(), (), wanted)


@lru_cache(maxsize=64)
def meetings(text: str) -> Mapping[str, str]:
    """The pages in every format, one after the other."""
    report = _report(text)
    agendas = tuple(_agendas(report))
    review = review_page(report, {}, ChannelOptions())
    epics = epics_page(report, IncrementOptions(objectives=(ObjectiveOptions(name="Guests pay"),)))
    documents = (*map(as_json.document, agendas), review_json.document(review), epics_json.document(epics))
    html = (*map(as_html.render, agendas), review_html.render(review), epics_html.render(epics))
    texts = (*map(agenda_text.render, agendas), review_text.render(review), epics_text.render(epics))
    markdown = (*map(as_markdown.render, agendas), review_markdown.render(review), epics_markdown.render(epics))
    return {
        "html": "".join(html),
        "markdown": "".join(markdown),
        "text": "".join(map(as_text.plain, texts)),
        "json": f"[{','.join(map(dump, documents))}]",
        "calendar": as_calendar.render(agendas[0], report.snapshot.taken_at),
    }


def in_calendar(text: str) -> list[str]:
    """What in a calendar file is more than one event with our own properties."""
    read = icalendar.Calendar.from_ical(text)
    events = [part for part in read.walk() if part.name != "VCALENDAR"]
    others = [name for event in events for name in event if name not in PROPERTIES]
    return [*others, *(str(event.name) for event in events[1:])]
