"""Who of the teams knows about the issues of an agenda."""

from dataclasses import replace

import pytest

from rules.capacity.model import TeamCapacity
from rules.capacity.skills import Skill
from rules.refinement.experts import Expertise, experts
from tests.factories import issue
from tests.rules.planning.world import PAYMENTS, SEARCH, capacity

ISSUES = (issue("A-1", components=("iOS",)), issue("A-2"), issue("A-3", labels=frozenset({"ios", "maps"})))


def ios(*people: str, name: str = "ios") -> Skill:
    return Skill(name=name, marks=frozenset({name}), people=people, days=5.0, team_days=20.0)


def of(*skills: Skill) -> TeamCapacity:
    return replace(capacity(PAYMENTS), skills=skills)


def test_an_issue_is_named_with_the_people_of_all_teams_who_have_its_skill() -> None:
    other = replace(capacity(SEARCH), skills=(ios("Di", "Bo"), ios("Zoe", name="maps")))
    assert experts(ISSUES, (of(ios("Di")), other)) == (
        Expertise(skill="ios", issues=("A-1", "A-3"), people=("Di", "Bo")),
        Expertise(skill="maps", issues=("A-3",), people=("Zoe",)),
    )


def test_a_skill_that_no_issue_needs_and_teams_without_skills_are_not_named() -> None:
    assert experts(ISSUES[1:2], (of(ios("Di")),)) == ()
    assert experts(ISSUES, (of(),)) == ()


@pytest.mark.parametrize(
    ("issues", "people", "text"),
    [
        (("A-1",), ("Di",), "A-1 needs the skill ios: Di has it."),
        (("A-1", "A-3"), ("Di", "Bo"), "A-1, A-3 need the skill ios: Di, Bo have it."),
        (("A-1",), (), "A-1 needs the skill ios: nobody who is here in the next sprint has it."),
    ],
)
def test_the_sentence_agrees_with_the_numbers(issues: tuple[str, ...], people: tuple[str, ...], text: str) -> None:
    assert Expertise(skill="ios", issues=issues, people=people).text == text
