"""Whether a plan is aligned, committed, realistic and understood: four questions of Sprint Planning part one."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from rules.planning.part_one import PartOne
from rules.wording import agreeing_of, many


@dataclass(frozen=True, slots=True)
class Check:
    """A question, whether the answer is yes, and what it rests on as one sentence."""

    question: str
    holds: bool
    why: str

    @property
    def text(self) -> str:
        """`Aligned? No: 1 of 3 teams ...`."""
        return f"{self.question}? {'Yes' if self.holds else 'No'}: {self.why}"


def planning_checks(whole: PartOne, accepted: AbstractSet[str]) -> tuple[Check, ...]:
    """The four answers for a plan. `accepted` are the ids of the issues that a team accepted."""
    return (_aligned(whole), _committed(whole, accepted), _realistic(whole), _understood(whole))


def _aligned(whole: PartOne) -> Check:
    without = [team.name for team in whole.teams if team.goal.is_missing or not team.for_goal]
    number, count = len(whole.teams) - len(without), len(whole.teams)
    work = agreeing_of(number, count, "works", "work")
    missing = f"; not {', '.join(without)}" if without else ""
    return Check("Aligned", not without, f"{number} of {many(count, 'team')} {work} for the goal{missing}.")


def _committed(whole: PartOne, accepted: AbstractSet[str]) -> Check:
    proposed = [one.issue.id for team in whole.teams for one in team.selected if one.proposed]
    if not proposed:
        is_planned = any(team.selected for team in whole.teams)
        why = "every issue is in its sprint already." if is_planned else "nothing is proposed."
        return Check("Committed", holds=True, why=why)
    number, count = sum(one in accepted for one in proposed), len(proposed)
    are = agreeing_of(number, count, "is", "are")
    return Check("Committed", number == count, f"{number} of {many(count, 'proposed issue')} {are} accepted.")


def _realistic(whole: PartOne) -> Check:
    over = [
        f"{team.name} is {many(round(-team.left, 1), team.capacity.unit.one)} over"
        for team in whole.teams
        if team.left is not None and team.left < 0
    ]
    return Check("Realistic", not over, f"{', '.join(over) or 'no team takes more than it usually finishes'}.")


def _understood(whole: PartOne) -> Check:
    count = len(whole.questions)
    if not count:
        return Check("Understood", holds=True, why="no question is open.")
    number = sum(bool(one.accepted) for one in whole.questions)
    are = agreeing_of(number, count, "is", "are")
    return Check("Understood", number == count, f"{number} of {many(count, 'open question')} {are} accepted.")
