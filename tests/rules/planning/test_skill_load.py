"""The work of a sprint by skill, and skills that nobody has in it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from rules.capacity.days import Window, team_days
from rules.capacity.model import Warning  # noqa: A004 - the word of the domain
from rules.capacity.skills import Skill, skill_loads, skills_of
from rules.model import Issue, Person
from rules.planning.skill_load import skill_warnings
from tests.factories import absence, issue, person, product, team
from tests.rules.planning.world import capacity

SPRINT = Window(date(2026, 3, 9), date(2026, 3, 20))
IOS = frozenset({"ios"})
AWAY = (absence(date(2026, 3, 1), date(2026, 3, 31)),)


def skills(*people: Person, marks: dict[str, frozenset[str]] | None = None) -> tuple[Skill, ...]:
    crew = team(people=people)
    other = team("Search", board=13, people=(person("Zoe", skills=frozenset({"maps"})),))
    return skills_of(product(crew, other), team_days(crew, SPRINT, {}), marks or {})


def told(found: Sequence[Skill], *issues: Issue, usual: float | None = 12, filled: float = 12) -> list[Warning]:
    one = capacity(team(), usual)
    return list(skill_warnings(one, skill_loads(found, issues, usual), filled))


def app(key: str, **overrides: Any) -> Issue:
    return issue(key, "", **({"components": ("iOS",)} | overrides))


def test_a_skill_that_nobody_available_has_is_named_with_its_issues() -> None:
    found = skills(person("Bo", skills=IOS, absences=AWAY), person("Cy"))

    (warning,) = told(found, app("A-1"), app("A-2"))

    assert warning.code == "SKILL-MISSING"
    assert "No available person of Payments has the skill ios in" in warning.text
    assert warning.text.endswith("2 issues need it: A-1, A-2.")


def test_a_skill_that_only_another_team_has_is_missing_too() -> None:
    (warning,) = told(skills(person("Bo", skills=IOS)), issue("A-1", "", labels=frozenset({"Maps"})))

    assert "has the skill maps" in warning.text


def test_a_skill_may_have_components_and_labels_of_other_names() -> None:
    found = skills(person("Bo", skills=IOS, absences=AWAY), marks={"ios": frozenset({"App"})})

    assert [one.code for one in told(found, issue("A-1", "", components=("app",)))] == ["SKILL-MISSING"]
    assert told(found, app("A-2")) == []


def test_more_work_than_matches_the_days_of_several_people_is_a_warning() -> None:
    found = skills(person("Bo", skills=IOS), person("Cy", skills=IOS), person("Di"), person("Ed"))

    (warning,) = told(found, app("A-1", points=4.0), app("A-2", points=3.0))

    assert warning.code == "SKILL-LOAD"
    assert "7 points in" in warning.text
    assert "2 people have it, and 6.0 match their 20 of 40 person-days." in warning.text
    assert told(found, app("A-1", points=6.0)) == []


def test_the_load_of_a_skill_of_one_person_or_of_a_full_sprint_is_no_warning() -> None:
    alone, two = (
        skills(person("Bo", skills=IOS), person("Cy")),
        skills(person("Bo", skills=IOS), person("Cy", skills=IOS)),
    )

    assert told(alone, app("A-1", points=11.0)) == []
    assert told(two, app("A-1", points=13.0), filled=13) == []


def test_without_a_velocity_or_without_skills_nothing_is_compared() -> None:
    two = skills(person("Bo", skills=IOS), person("Cy", skills=IOS))

    assert told(two, app("A-1", points=50.0), usual=None) == []
    assert skills(person("Bo"), person("Cy"), marks={"ios": IOS}) == ()
