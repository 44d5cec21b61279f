"""Whether a plan is aligned, committed and realistic."""

from dataclasses import replace

from rules.planning.checks import planning_checks
from rules.planning.goals import TeamGoal
from rules.planning.part_one import PartOne
from rules.planning.questions import Question
from rules.planning.team_part import Selected, TeamPart
from tests.rules.planning.world import PAYMENTS, SEARCH, capacity, story


def part(name: str, points: float = 5, *, serves: str = "named in the goal", goal: str = "Guests pay") -> TeamPart:
    team = PAYMENTS if name == "Payments" else SEARCH
    issue = story(f"{name[0]}-1", points)
    one = Selected(issue=issue, rank=1, points=points, left=10 - points, proposed=True, why="", serves=serves)
    return TeamPart(capacity=capacity(team), goal=TeamGoal(team=name, text=goal), selected=(one,), below=())


def test_a_plan_whose_teams_serve_their_goals_is_accepted_and_fits() -> None:
    whole = PartOne(teams=(part("Payments"), part("Search")))
    checks = planning_checks(whole, {one.issue.id for team in whole.teams for one in team.selected})

    assert [one.text for one in checks] == [
        "Aligned? Yes: 2 of 2 teams work for the goal.",
        "Committed? Yes: 2 of 2 proposed issues are accepted.",
        "Realistic? Yes: no team takes more than it usually finishes.",
        "Understood? Yes: no question is open.",
    ]


def test_what_is_missing_is_named() -> None:
    open_one = Question(issue="A-1", team="Search", text="Which account?")
    questions = (open_one, replace(open_one, accepted="Ana"))
    whole = PartOne(teams=(part("Payments", 11, goal=""), part("Search", 12, serves="")), questions=questions)

    assert [one.text for one in planning_checks(whole, frozenset())] == [
        "Aligned? No: 0 of 2 teams work for the goal; not Payments, Search.",
        "Committed? No: 0 of 2 proposed issues are accepted.",
        "Realistic? No: Payments is 1 point over, Search is 2 points over.",
        "Understood? No: 1 of 2 open questions is accepted.",
    ]


def test_where_nothing_new_is_proposed_nothing_is_to_be_accepted() -> None:
    one = part("Payments")
    planned = replace(one, selected=(replace(one.selected[0], proposed=False),))

    empty = replace(one, selected=())

    texts = [planning_checks(PartOne(teams=(part,)), frozenset())[1].text for part in (planned, empty)]
    assert texts == ["Committed? Yes: every issue is in its sprint already.", "Committed? Yes: nothing is proposed."]
    unknown = replace(one, capacity=capacity(PAYMENTS, None))
    assert planning_checks(PartOne(teams=(unknown,)), frozenset())[2].holds
