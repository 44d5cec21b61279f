"""The skills of a team's people: which issues need one, and who has it in a sprint (docs/capacity.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from rules.capacity.days import TeamDays
from rules.model import Issue, Product


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """A skill in a team's sprint.

    `marks` are the components and labels that say that an issue needs it, in lower case. `people` of the team have it
    and are here on `days` person-days, of `team_days` of the whole team; nobody where `people` is empty.
    """

    name: str
    marks: frozenset[str]
    people: tuple[str, ...]
    days: float
    team_days: float

    def is_needed_by(self, issue: Issue) -> bool:
        """Whether an issue has one of its components or labels."""
        return not self.marks.isdisjoint(mark.casefold() for mark in (*issue.components, *issue.labels))


@dataclass(frozen=True, slots=True)
class SkillLoad:
    """What is in a sprint or proposed for it and needs a skill: `points` of these issues, in the unit of the team."""

    skill: Skill
    issues: tuple[Issue, ...]
    usual: float | None

    @property
    def points(self) -> float:
        """The size of the issues."""
        return fsum(issue.points or 0.0 for issue in self.issues)

    @property
    def part(self) -> float | None:
        """The part of the usual points that matches the days of these people; `None` if the velocity is unknown."""
        if self.usual is None or not self.skill.team_days:
            return None
        return self.usual * self.skill.days / self.skill.team_days


def skills_of(product: Product, days: TeamDays, marks: Mapping[str, frozenset[str]]) -> tuple[Skill, ...]:
    """Each skill that is named anywhere in the product, as a team has it in a sprint, by name.

    `marks` has the components and labels of a skill; one that is not there is recognised by its own name. Empty where
    nobody of the team has a skill: then nothing is known about the others either.
    """
    if not any(one.person.skills for one in days.people):
        return ()
    named = {skill for team in product.teams for person in team.people for skill in person.skills}
    return tuple(_skill(name, days, marks.get(name, frozenset({name}))) for name in sorted({*named, *marks}))


def _skill(name: str, days: TeamDays, marks: frozenset[str]) -> Skill:
    holders = [one for one in days.people if name in one.person.skills and one.net > 0]
    return Skill(
        name=name,
        marks=frozenset(mark.casefold() for mark in marks),
        people=tuple(one.person.name for one in holders),
        days=round(sum(one.net for one in holders), 6),
        team_days=days.net,
    )


def skill_loads(skills: Sequence[Skill], inside: Sequence[Issue], usual: float | None) -> tuple[SkillLoad, ...]:
    """The load of each skill that some of these issues of a sprint need; `usual` is what the team usually finishes."""
    counted = [issue for issue in inside if issue.is_counted and issue.is_open]
    loads = (
        SkillLoad(skill, tuple(issue for issue in counted if skill.is_needed_by(issue)), usual) for skill in skills
    )
    return tuple(load for load in loads if load.issues)
