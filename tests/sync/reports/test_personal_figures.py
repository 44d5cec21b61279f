"""Figures of single people are on the page of their team, and in no other output."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from rules.capacity.model import TeamCapacity
from rules.capacity.person_load import PersonLoad
from rules.capacity.skills import Skill, SkillLoad
from rules.capacity.warnings import personal_warnings
from rules.inventory.options import ChannelOptions
from rules.living_page import page_body
from rules.messages import handshake_messages, messages, planning_messages, sprint_messages
from rules.model import Unit
from rules.plan.policy import Policy
from rules.planning.lead_time import PlanningLeadTime
from rules.ready import RULES
from rules.refinement.layers import Layer
from rules.refinement.options import RefinementOptions
from rules.review.options import IncrementOptions
from rules.verdict import Ruleset
from sync.reports import RENDERERS, as_json, as_markdown, as_text
from sync.reports.address import HTML, team_files
from sync.reports.ahead import as_json as ahead_json
from sync.reports.ahead import as_markdown as ahead_markdown
from sync.reports.ahead import as_text as ahead_text
from sync.reports.ahead.page import ahead_page
from sync.reports.base import RunReport
from sync.reports.epics import as_html as epics_html
from sync.reports.epics import as_json as epics_json
from sync.reports.epics import as_markdown as epics_markdown
from sync.reports.epics import as_text as epics_text
from sync.reports.epics.page import epics_page
from sync.reports.json_models import dump
from sync.reports.planning import as_html as planning_html
from sync.reports.planning import as_json as planning_json
from sync.reports.planning import as_markdown as planning_markdown
from sync.reports.planning import as_text as planning_text
from sync.reports.planning import running_as_json, team_as_json
from sync.reports.planning.part_one import part_one_page
from sync.reports.planning.running import sprint_page
from sync.reports.planning.team import team_page
from sync.reports.refinement import as_html as refinement_html
from sync.reports.refinement import as_json as refinement_json
from sync.reports.refinement import as_markdown as refinement_markdown
from sync.reports.refinement import as_text as refinement_text
from sync.reports.refinement.page import Wanted, refinement_page
from sync.reports.review import as_html as review_html
from sync.reports.review import as_json as review_json
from sync.reports.review import as_markdown as review_markdown
from sync.reports.review import as_text as review_text
from sync.reports.review.page import review_page
from sync.run import health
from tests.factories import issue
from tests.sync.reports.sample import sample

BO = PersonLoad(
    name="Bo",
    days=4417.1,
    team_days=8834.2,
    lost=4417.2,
    assigned=44170.3,
    usual=8834.8,
    hours=44170.5,
    plannable=4417.6,
    issues=("SHOP-4417",),
)
"""Every figure of this person has 4417 in it."""
IOS = SkillLoad(
    Skill(name="ios", marks=frozenset({"ios"}), people=("Bo",), days=4417.7, team_days=8835.4),
    (issue("SHOP-4417", points=4417.8),),
    8835.4,
)
READS = re.compile(r"\.personal\b|\.skill_loads\b|skill_loads=|import PersonLoad")
ROOT = Path(__file__).parents[3]
FIGURE = re.compile(r"44[.,]?17")


@cache
def planted() -> RunReport:
    """The sample, with the load of one person and of one skill in its first team."""
    report = sample()
    first, *rest = report.capacities
    personal = tuple(personal_warnings([BO], "Sprint 43", Unit.POINTS))
    planted = replace(first, people=(BO,), personal=personal, skills=(IOS.skill,), skill_loads=(IOS,))
    capacities: tuple[TeamCapacity, ...] = (planted, *rest)
    return replace(
        report,
        backlog=replace(report.backlog, capacities=capacities),
        proposal=replace(report.proposal, capacities=capacities),
        capacities=capacities,
    )


def reports(report: RunReport) -> Iterator[tuple[str, str]]:
    """Every file of every kind of report."""
    for kind, renderer in RENDERERS.items():
        yield from ((f"{kind} {file}", text) for file, text in renderer.render(report, (HTML,)).items())


def commands(report: RunReport) -> Iterator[tuple[str, str]]:
    """What commands print, in each format."""
    for page in (as_text.summary, as_text.check, as_text.capacity, as_text.plan):
        yield f"text of {page.__name__}", as_text.plain(page(report))
    documents = (
        as_json.check_document, as_json.plan_document, as_json.capacity_document, as_json.run_document,
        as_json.report_document,
    )  # fmt: skip
    for document in documents:
        yield f"JSON of {document.__name__}", dump(document(report))
    yield "Markdown of plan", as_markdown.plan(report)


def pages(report: RunReport) -> Iterator[tuple[str, str]]:
    """The pages of planning, of the running sprint and of the sprints ahead, in each format."""
    one, running = part_one_page(report), sprint_page(report)
    for name in (capacity.team.name for capacity in report.capacities):
        team = team_page(report, name)
        assert team is not None
        yield f"HTML of part two, {name}", planning_html.team(team)
        yield f"Markdown of part two, {name}", planning_markdown.team(team)
        yield f"text of part two, {name}", as_text.plain(planning_text.team(team))
        yield f"JSON of part two, {name}", dump(team_as_json.team(team))
    yield "HTML of part one", planning_html.part_one(one)
    yield "Markdown of part one", planning_markdown.part_one(one)
    yield "text of part one", as_text.plain(planning_text.part_one(one))
    yield "JSON of part one", dump(planning_json.part_one(one))
    yield "Markdown of the running sprint", planning_markdown.running(running)
    yield "text of the running sprint", as_text.plain(planning_text.running(running))
    yield "JSON of the running sprint", dump(running_as_json.running(running))
    far = ahead_page(report)
    yield "text of the forecast", as_text.plain(ahead_text.ahead(far))
    yield "Markdown of the forecast", ahead_markdown.ahead(far)
    yield "JSON of the forecast", dump(ahead_json.ahead(far))


def meetings(report: RunReport) -> Iterator[tuple[str, str]]:
    """The Sprint Review, the epics and refinement in each format, the page in the tracker, and the health file."""
    one, parts = review_page(report, {}, ChannelOptions()), epics_page(report, IncrementOptions())
    yield "text of the review", as_text.plain(review_text.render(one))
    yield "Markdown of the review", review_markdown.render(one)
    yield "HTML of the review", review_html.render(one)
    yield "JSON of the review", dump(review_json.document(one))
    yield "text of epics", as_text.plain(epics_text.render(parts))
    yield "Markdown of epics", epics_markdown.render(parts)
    yield "HTML of epics", epics_html.render(parts)
    yield "JSON of epics", dump(epics_json.document(parts))
    rules = Ruleset(product=tuple(rule() for rule in RULES))
    for layer in Layer:
        team = report.capacities[0].team.name if layer is Layer.TEAM else ""
        wanted = Wanted(layer=layer, team=team, timebox=60, at=report.started)
        agenda = refinement_page(report, rules, RefinementOptions(), (), wanted)
        yield f"text of refinement, {layer}", as_text.plain(refinement_text.render(agenda))
        yield f"Markdown of refinement, {layer}", refinement_markdown.render(agenda)
        yield f"HTML of refinement, {layer}", refinement_html.render(agenda)
        yield f"JSON of refinement, {layer}", dump(refinement_json.document(agenda))
    said = (report.snapshot, report.judgement, report.deep, report.proposal, report.commands)
    yield "living page", "\n".join(page_body(*said, Policy()).lines)
    yield "health file", json.dumps(health.document(report))


def sent(report: RunReport) -> Iterator[tuple[str, str]]:
    """Every message, with planning near."""
    near = PlanningLeadTime(working_days=60)
    found = [
        *messages(report.snapshot, report.judgement, report.deep, report.capacities, report.proposal, lead_time=near),
        *planning_messages(report.backlog, report.judgement, report.proposal, report.goals, lead_time=near),
        *sprint_messages(report.running, report.started, unit="point"),
        *handshake_messages(report.backlog, report.judgement),
    ]
    assert {message.audience.value for message in found} >= {"po", "sm", "team"}
    for number, one in enumerate(found, start=1):
        yield f"message {number} to {one.audience.value}", "\n".join((one.title, *one.lines))


@pytest.mark.parametrize("outputs", [reports, commands, pages, meetings, sent], ids=lambda outputs: outputs.__name__)
def test_no_figure_of_a_single_person_leaves_the_page_of_the_team(
    outputs: Callable[[RunReport], Iterator[tuple[str, str]]],
) -> None:
    report = planted()
    page = team_files(team.name for team in report.snapshot.product.teams)[report.capacities[0].team.name]
    found = dict(outputs(report))

    assert {name for name, text in found.items() if FIGURE.search(text)} == (
        {f"html {page}"} if outputs is reports else set()
    )


def test_only_the_page_of_the_team_reads_figures_of_single_people() -> None:
    """So an output that comes later has none either."""
    readers = {
        f"{path.relative_to(ROOT)}"
        for folder in ("rules", "sync")
        for path in ROOT.joinpath(folder).rglob("*.*")
        if path.suffix in {".py", ".j2"} and READS.search(path.read_text(encoding="utf-8"))
    }

    assert {one for one in readers if not one.startswith("rules/capacity/")} == {
        "rules/messages/weekly.py",  # how many warnings there are
        "rules/planning/plan_warnings.py",  # where the work by skill is computed
        "sync/reports/pages/team.py",
        "sync/reports/templates/team.html.j2",
    }


def test_the_page_of_the_team_has_every_figure_and_where_it_comes_from() -> None:
    text = dict(reports(planted()))
    page = next(one for name, one in text.items() if FIGURE.search(one))

    assert "Work of each person" in page
    for figure in ("4417.1", "4417.2", "44170.3", "4417.4", "44170.5", "4417.6", "4417.7", "4417.8"):
        assert figure in page
    assert "Bo: 4417.1 of 8834.2 person-days; 4417.2 less for ramp-up, handover and mentoring" in page


def test_a_message_says_that_the_page_has_more_without_naming_anybody() -> None:
    lines = [text for name, text in sent(planted()) if "sm" in name]

    assert sum("2 warnings about the work of single people" in text for text in lines) == 1
