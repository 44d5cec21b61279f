"""A product of teams without sprints: its reports, pages and messages speak of weeks."""

import re
from dataclasses import replace
from functools import cache

from rules.backlog.index import Backlog
from rules.capacity.compute import capacities
from rules.capacity.periods import with_periods
from rules.deep.score import score
from rules.evaluate import evaluate, judge_alone
from rules.inventory.new_issues import new_issues
from rules.inventory.options import ChannelOptions, ContentsOptions, NewIssuesOptions
from rules.inventory.work import contents
from rules.learning.learn import learn
from rules.messages.weekly import owner_lines, owner_title
from rules.model import Issue, Snapshot
from rules.plan.compare import plan_changes
from rules.planning.goals import goals_of
from rules.planning.look_ahead import look_ahead
from rules.planning.options import PlanningOptions
from rules.planning.proposal import propose
from sync.config import policy_of, ruleset_of
from sync.reports import as_markdown, as_text, pages
from sync.reports.ahead import as_text as forecast
from sync.reports.ahead.page import ahead_page
from sync.reports.base import PlanAhead, RunReport
from sync.reports.planning import as_html as planning_html
from sync.reports.planning import as_markdown as planning_markdown
from sync.reports.planning import as_text as planning_text
from sync.reports.planning.part_one import part_one_page
from sync.reports.planning.team import team_page
from tests.sync.reports.page import Page
from tests.sync.reports.sample import company, sample

SAID_OF_SPRINTS = re.compile(r"\bsprints?\b", re.IGNORECASE)
RIGHTLY = (
    "works without sprints",
    "Sprints are not available here",  # of the tracker
    "put into a sprint",  # which a team without may do on its board
    "/ready promise SPRINT",  # the command
    "Sprint Planning",
    "Sprint Goal",
)
"""What is still said of sprints: that there are none, what the tracker has, and events of Scrum."""


def flowing(whole: Snapshot) -> Snapshot:
    """The invented shop as if none of its teams ever had a sprint."""

    def outside(issue: Issue) -> Issue:
        return replace(issue, sprint=None, sprints=())

    teams = tuple(replace(team, has_sprints=False) for team in whole.product.teams)
    snapshot = replace(
        whole,
        product=replace(whole.product, teams=teams),
        sprints=(),
        issues=tuple(map(outside, whole.issues)),
        history=tuple(map(outside, whole.history)),
    )
    return with_periods(snapshot, 8)


@cache
def flow() -> RunReport:
    """A run over it, judged and planned."""
    whole, settings = company()
    snapshot, ruleset = flowing(whole), ruleset_of(settings)
    backlog = Backlog.of(snapshot, capacities(snapshot, settings.capacity))
    judgement = evaluate(backlog, ruleset)
    proposal = propose(backlog, judgement)
    return replace(
        sample(),
        backlog=backlog,
        judgement=judgement,
        deep=score(backlog, judgement, lambda around, issue: judge_alone(around, issue, ruleset)),
        capacities=proposal.capacities,
        proposal=proposal,
        goals=goals_of(backlog, judgement, proposal, settings.planning),
        contents=contents(backlog, judgement, ContentsOptions(), ChannelOptions()),
        new_issues=new_issues(backlog, NewIssuesOptions(), ChannelOptions(), since_run=None, since_planning=None),
        plan=plan_changes(snapshot, judgement, proposal, policy_of(settings), {}),
        outcomes=(),
        plan_ahead=PlanAhead(lambda: look_ahead(backlog, judgement, proposal, PlanningOptions(planner="greedy"), None)),
        learn=lambda: learn(backlog, ruleset, settings.capacity),
    )


def of_sprints(text: str) -> list[str]:
    """What is said of sprints with the words around it."""
    for words in RIGHTLY:
        text = text.replace(words, "")
    return [text[max(0, found.start() - 60) : found.end() + 40] for found in SAID_OF_SPRINTS.finditer(text)]


def test_reports_speak_of_weeks() -> None:
    said = " ".join(as_text.render(flow()).split())

    assert of_sprints(said) == []
    assert re.search(r"It lasts [\d.]+ weeks at the usual velocity", said)
    assert of_sprints(as_markdown.render(flow())) == []


def test_pages_speak_of_weeks() -> None:
    for name, source in pages.render(flow()).items():
        assert of_sprints(Page(source).text) == [], name


def test_part_one_and_the_page_of_a_team_speak_of_weeks() -> None:
    one, two = part_one_page(flow()), team_page(flow(), "Payments")
    assert two is not None
    for text in (
        as_text.plain(planning_text.part_one(one)),
        planning_markdown.part_one(one),
        Page(planning_html.part_one(one)).text,
        as_text.plain(planning_text.team(two)),
        planning_markdown.team(two),
        Page(planning_html.team(two)).text,
    ):
        assert of_sprints(text) == []
    assert one.goal_text == "none; the team works without sprints"


def test_messages_to_the_product_owner_speak_of_weeks() -> None:
    run = flow()
    lines = (owner_title(run.snapshot, run.deep), *owner_lines(run.snapshot, run.judgement, run.deep, None))

    assert of_sprints("\n".join(lines)) == []
    assert "weeks of ready work" in lines[0]


def test_the_forecast_speaks_of_weeks() -> None:
    [first, *_] = ahead_page(flow()).teams

    assert of_sprints(as_text.plain(forecast.ahead(ahead_page(flow())))) == []
    assert first.basis.endswith("closed periods")
