"""The page of part one as messages: whose planning is near, what they say, once for each sprint."""

from datetime import datetime, timedelta
from typing import Any

from rules.backlog.index import Backlog
from rules.messages import Audience, Message, planning_messages
from rules.model import Issue
from rules.planning.goals import goals_of
from rules.planning.lead_time import PlanningLeadTime
from rules.planning.options import PlanningOptions
from rules.planning.proposal import propose
from tests.factories import person, product, snapshot, team
from tests.rules.planning.judged import judged
from tests.rules.planning.world import START, capacity, next_of, story

PAYMENTS = team("Payments", board=12, representatives=("Bo", "Cy"), people=(person("Bo"),))
SEARCH = team("Search", board=13, people=(person("Di"),))
THURSDAY = START - timedelta(days=4)


def sent(*issues: Issue, at: datetime = THURSDAY, later: bool = False, link: str = "") -> tuple[Message, ...]:
    """The messages about two teams; `later` says that Search starts three weeks after Payments."""
    box = next_of(SEARCH, START + timedelta(days=21)) if later else next_of(SEARCH)
    boxes = (capacity(PAYMENTS), capacity(SEARCH, sprint=box))
    values: dict[str, Any] = {"product": product(PAYMENTS, SEARCH), "sprints": (next_of(PAYMENTS), box)}
    backlog = Backlog.of(snapshot(*issues, taken_at=at, **values), boxes)
    verdicts = judged(issues)
    proposal = propose(backlog, verdicts)
    goals = goals_of(backlog, verdicts, proposal, PlanningOptions())
    return planning_messages(backlog, verdicts, proposal, goals, lead_time=PlanningLeadTime(), link=link)


def test_the_product_owner_and_the_representatives_get_the_page_two_working_days_before() -> None:
    assert sent(story("A-1"), at=THURSDAY - timedelta(days=1)) == ()
    assert [(one.audience, one.team) for one in sent(story("A-1"))] == [
        (Audience.PO, ""),
        (Audience.TEAM, "Payments"),
        (Audience.TEAM, "Search"),
    ]
    assert sent(story("A-1"), at=START) == ()


def test_a_team_whose_planning_is_far_gets_no_message_yet_and_is_a_new_occasion_later() -> None:
    first, *teams = sent(story("A-1"), later=True)

    assert [one.team for one in teams] == ["Payments"]
    assert first.occasions == ("part one Shop Payments 120",)


def test_the_product_owner_sees_goals_sums_people_and_decisions() -> None:
    owner, *_ = sent(story("A-1", 3), story("A-2", 4, "search"), link="https://r.example/p.html")

    assert owner.title == "Shop: Sprint Planning part one, Monday 9 March"
    assert owner.link == "https://r.example/p.html"
    assert owner.lines[0] == "Sprint Goal of Payments: none yet; agree on it before the issues are selected."
    assert "Proposed: 7 of 20 points = Payments 3 + Search 4; not distributed: 0." in owner.lines
    assert "0 points serve a goal." in owner.lines
    assert "Representatives: Payments: Bo, Cy; Search: nobody yet." in owner.lines
    assert "- Payments has no Sprint Goal yet. Agree on it before issues are selected." in owner.lines


def test_the_representatives_see_what_is_proposed_for_their_team() -> None:
    _, payments, search = sent(story("A-1", 3), story("A-2", 4))

    assert payments.lines[0] == "For the representatives: Bo, Cy."
    assert "Proposed, by rank: A-1, A-2 (2 issues, 7 of 10 points)." in payments.lines
    assert search.lines[0] == "For the representatives: nobody yet; name somebody."
    assert "Proposed, by rank: no issue." in search.lines
