"""The work of a sprint by the skill that it needs, against the days of the people who have it (docs/capacity.md)."""

from collections.abc import Iterator, Sequence

from rules.capacity.model import Level, TeamCapacity, Warning, WarningCode  # noqa: A004 - the word of the domain
from rules.capacity.skills import SkillLoad
from rules.wording import agreeing, many

NAMED = 5
"""So many issues are named in a sentence."""


def skill_warnings(capacity: TeamCapacity, loads: Sequence[SkillLoad], filled: float) -> Iterator[Warning]:
    """Skills that nobody has in the sprint, and those of several people with more work than their part.

    The second is said where the sprint as a whole, with `filled` points in it, is not too full. The load of a skill
    that one person has is the load of that person, and only on the page of the team.
    """
    name = f'"{capacity.sprint.name}"' if capacity.sprint else "the next sprint"
    for load in loads:
        skill, number = load.skill, len(load.issues)
        if not skill.people:
            keys = ", ".join(issue.key for issue in load.issues[:NAMED])
            yield Warning(
                WarningCode.SKILL_MISSING,
                Level.AMBER,
                f"No available person of {capacity.team.name} has the skill {skill.name} in {name}. "
                f"{many(number, 'issue')} {agreeing(number, 'needs', 'need')} it: {keys}.",
            )
        elif len(skill.people) > 1 and _is_over(load, filled):
            several = len(skill.people)
            have = f"{many(several, 'person', 'people')} {agreeing(several, 'has', 'have')} it"
            yield Warning(
                WarningCode.SKILL_LOAD,
                Level.AMBER,
                f"{many(load.points, capacity.unit.one)} in {name} {agreeing(load.points, 'needs', 'need')} the skill "
                f"{skill.name}. {have}, and {load.part:.1f} match their {skill.days:g} of "
                f"{many(skill.team_days, 'person-day')}.",
            )


def _is_over(load: SkillLoad, filled: float) -> bool:
    return load.part is not None and load.points > load.part + 1e-9 and filled <= (load.usual or 0.0) + 1e-9
