"""Who knows about the issues of an agenda: the people with the skills that these need. Nobody is invited by it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rules.capacity.model import TeamCapacity
from rules.capacity.skills import Skill
from rules.model import Issue
from rules.wording import agreeing


@dataclass(frozen=True, slots=True, kw_only=True)
class Expertise:
    """A skill, the keys of the issues that need it, and who of all teams has it and is here in the next sprint."""

    skill: str
    issues: tuple[str, ...]
    people: tuple[str, ...]

    @property
    def text(self) -> str:
        """The sentence about it."""
        need = agreeing(len(self.issues), "needs", "need")
        known = f"{', '.join(self.people)} {agreeing(len(self.people), 'has', 'have')} it"
        who = known if self.people else "nobody who is here in the next sprint has it"
        return f"{', '.join(self.issues)} {need} the skill {self.skill}: {who}."


def experts(issues: Sequence[Issue], capacities: Iterable[TeamCapacity]) -> tuple[Expertise, ...]:
    """The skills that these issues need, by name; none where no team says what its people can do."""
    skills: dict[str, list[Skill]] = {}
    for capacity in capacities:
        for skill in capacity.skills:
            skills.setdefault(skill.name, []).append(skill)
    named = (_expertise(several, issues) for _, several in sorted(skills.items()))
    return tuple(one for one in named if one.issues)


def _expertise(several: list[Skill], issues: Sequence[Issue]) -> Expertise:
    """One skill as the teams have it; what needs it is the same in each."""
    first = several[0]
    return Expertise(
        skill=first.name,
        issues=tuple(issue.key for issue in issues if first.is_needed_by(issue)),
        people=tuple(dict.fromkeys(person for skill in several for person in skill.people)),
    )
