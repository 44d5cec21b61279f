"""Whether readiness pays: issues that failed a rule when their sprint started, against those that passed it.

For each rule and team it is counted how many of the two were not finished in the sprint, were changed after its start,
or were estimated again. A claim is made only where an exact test leaves at most 5 of 100 reports with a wrong claim
about a team, however many rules are compared (`exact_test`). Otherwise the numbers stand without a claim, or are too
few. Issues are compared within a sprint and a kind only: a bad sprint, or bugs that take longer, make no claim.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from rules.backlog.index import Backlog
from rules.capacity.points import GRACE, was_cancelled
from rules.evaluate import judge_alone
from rules.history.links import linked_at, links_at, lost_a_link
from rules.history.priorities import priorities_by_id, priority_id_at
from rules.history.replay import Edits, edits_after, sprint_members, was_open
from rules.history.texts import issue_at
from rules.learning.exact_test import Group, chance, corrected
from rules.learning.reader import PastReader
from rules.learning.sprints import issues_of, was_there
from rules.model import Category, EditField, Issue, Kind, Priority, SprintState, Team
from rules.verdict import Ruleset

LEAST = 5
"""With fewer issues on either side, or fewer with or without the trouble, nothing is compared."""
RATE = 0.05
"""At most this share of reports makes a claim about a team that is chance."""
READY = "ready"
"""The name under which the verdict as a whole is compared: all replayable rules that are must."""
NOT_ON_THAT_DAY = frozenset({"assignee", "dates", "parent", "sprints", "teams"})
"""What is not known of any issue on an earlier day."""

_TEXTS = {EditField.TITLE, EditField.DESCRIPTION, EditField.ACCEPTANCE}


class Trouble(StrEnum):
    """What can happen to an issue in its sprint."""

    NOT_FINISHED = "not-finished"
    CHANGED = "changed"
    ESTIMATED_AGAIN = "estimated-again"


class Result(StrEnum):
    """What can be said of a rule and a kind of trouble."""

    CLAIM = "claim"
    NO_CLAIM = "no-claim"
    TOO_FEW = "too-few-data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """An issue at the start of its first sprint, and what happened to it there.

    `failed` and `passed` are paths of rules, and `READY`. Rules that did not apply are in neither.
    """

    issue: str
    team: str
    sprint: str
    kind: Kind
    failed: frozenset[str]
    passed: frozenset[str]
    troubles: frozenset[Trouble]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Issues that failed `rules`, and how many of them had the trouble, against those that passed.

    Several rules are one comparison where they failed on the very same issues. `chance` is that of so much trouble
    among the failed ones if failing made no difference, corrected for the number of comparisons; `None` where the data
    are too few.
    """

    rules: tuple[str, ...]
    trouble: Trouble
    failed: int
    failed_hit: int
    passed: int
    passed_hit: int
    chance: float | None
    result: Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """All comparisons of one team ("" for all teams together), over so many issues of so many sprints."""

    team: str
    issues: int
    sprints: int
    comparisons: tuple[Comparison, ...]

    @property
    def claims(self) -> tuple[Comparison, ...]:
        """The comparisons that are more than chance."""
        return tuple(one for one in self.comparisons if one.result is Result.CLAIM)


def readiness(backlog: Backlog, ruleset: Ruleset, reader: PastReader) -> tuple[Readiness, ...]:
    """Whether readiness paid, for all teams together (where there are several), then for each in the given order."""
    teams = backlog.snapshot.product.teams
    begun = {team.name: tuple(starts(backlog, ruleset, team, reader)) for team in teams}
    by_team = tuple(compare(name, mine) for name, mine in begun.items() if mine)
    if len(by_team) < 2:
        return by_team
    return (compare("", [one for mine in begun.values() for one in mine]), *by_team)


def starts(backlog: Backlog, ruleset: Ruleset, team: Team, reader: PastReader) -> Iterator[Start]:
    """The issues of a team's closed sprints, each in the first that it was in at the start."""
    snapshot, members = backlog.snapshot, sprint_members(backlog.snapshot)
    priorities = priorities_by_id(snapshot)
    seen: set[str] = set()
    for sprint in snapshot.sprints_of(team, SprintState.CLOSED):
        end = sprint.completed or sprint.end
        if sprint.start is None or end is None or was_cancelled(sprint):
            continue
        for issue in issues_of(snapshot, team, members.get(sprint.id, ())):
            edits = snapshot.edits.get(issue.id)
            if edits is None or issue.id in seen or not was_there(issue, edits, sprint.id, sprint.start):
                continue
            seen.add(issue.id)
            then = issue_at(issue, edits, sprint.start)
            if then is not None:
                around = _around(_waiting(then, sprint.id), edits, sprint.start, backlog, priorities)
                failed, passed = _answers(around, ruleset, team, reader)
                yield Start(
                    issue=issue.key,
                    team=team.name,
                    sprint=sprint.id,
                    kind=issue.kind,
                    failed=failed,
                    passed=passed,
                    troubles=frozenset(_troubles(issue, edits, sprint.start, end)),
                )


def _waiting(issue: Issue, sprint: str) -> Issue:
    """The issue as if nobody had begun with it; what it waits for must come before its sprint."""
    return replace(issue, category=Category.TODO, sprint=sprint, sprints=(), resolved=None, flagged=False)


def _around(
    issue: Issue, edits: Edits, moment: datetime, backlog: Backlog, priorities: Mapping[str, Priority | None]
) -> Backlog:
    """A backlog of one issue and what it was linked to at that moment; what is not known of them is unavailable."""
    snapshot, number = backlog.snapshot, priority_id_at(edits, moment)
    links = links_at(issue, edits, moment)
    linked = None if _is_joined_otherwise(edits, moment) else linked_at(links, moment, snapshot)
    priority = issue.priority if number is None else priorities.get(number)
    unknown = {"links"} if linked is None else set()
    unknown |= {"priority"} if number is not None and number not in priorities else set()
    alone = replace(
        snapshot,
        issues=(replace(issue, links=links, priority=priority),),
        history=linked or (),
        left=(),
        edits={issue.id: tuple(edit for edit in edits if edit.at <= moment)},
        unavailable=snapshot.unavailable | NOT_ON_THAT_DAY | unknown,
    )
    return replace(backlog, snapshot=alone, readings={}, same_texts={}, usual=backlog.usual_priorities)


def _is_joined_otherwise(edits: Edits, moment: datetime) -> bool:
    """Whether a link was removed or the parent changed since: what they were is not known."""
    return lost_a_link(edits, moment) or any(edits_after(edits, EditField.PARENT, moment))


def _answers(
    around: Backlog, ruleset: Ruleset, team: Team, reader: PastReader
) -> tuple[frozenset[str], frozenset[str]]:
    """The paths of the replayable rules that failed and that passed; each rule is asked about the one issue."""
    (issue,) = around.snapshot.issues
    alone = replace(around, readings={issue.key: reader.read(issue)})
    asked = ruleset.for_issue(team.name, issue.kind, ruleset.work_of(issue))
    rules = tuple(rule for rule in asked if rule.replayable)
    verdict = judge_alone(alone, issue, Ruleset(product=rules))
    failed, passed = {finding.rule for finding in verdict.findings}, set(verdict.passed)
    if failed or passed:
        (passed if verdict.ready else failed).add(READY)
    return frozenset(failed), frozenset(passed)


def _troubles(issue: Issue, edits: Edits, start: datetime, end: datetime) -> Iterator[Trouble]:
    inside = [edit for edit in edits if start < edit.at <= end and edit.by_person]
    if was_open(issue, end + GRACE):
        yield Trouble.NOT_FINISHED
    if any(edit.field in _TEXTS for edit in inside):
        yield Trouble.CHANGED
    if any(edit.field is EditField.ESTIMATE and edit.before and edit.before != edit.after for edit in inside):
        yield Trouble.ESTIMATED_AGAIN


@dataclass(frozen=True, slots=True)
class _Case:
    """What is compared: the rules, the trouble, and the issues of each sprint."""

    rules: tuple[str, ...]
    trouble: Trouble
    groups: tuple[Group, ...]

    @property
    def whole(self) -> Group:
        """All groups added up."""
        groups = self.groups
        return Group(
            failed_hit=sum(group.failed_hit for group in groups),
            failed=sum(group.failed for group in groups),
            passed_hit=sum(group.passed_hit for group in groups),
            passed=sum(group.passed for group in groups),
        )

    @property
    def is_enough(self) -> bool:
        """Whether there is enough to compare; how the trouble is divided between the two sides does not matter here."""
        whole = self.whole
        hit, total = whole.failed_hit + whole.passed_hit, whole.failed + whole.passed
        return min(whole.failed, whole.passed, hit, total - hit) >= LEAST


def compare(team: str, begun: Sequence[Start]) -> Readiness:
    """Every rule and kind of trouble over these issues; the correction is for all of them together."""
    cases = [_Case(rules, trouble, _groups(begun, rules[0], trouble)) for rules in _rules(begun) for trouble in Trouble]
    chances = iter(corrected([chance(case.groups) for case in cases if case.is_enough]))
    return Readiness(
        team=team,
        issues=len(begun),
        sprints=len({one.sprint for one in begun}),
        comparisons=tuple(_comparison(case, next(chances) if case.is_enough else None) for case in cases),
    )


def _rules(begun: Sequence[Start]) -> tuple[tuple[str, ...], ...]:
    """All rules that said something, `READY` first; those that failed and passed on the very same issues together."""
    alike: dict[tuple[frozenset[int], frozenset[int]], list[str]] = {}
    paths = {path for one in begun for path in (*one.failed, *one.passed)}
    for path in sorted(paths, key=lambda path: (path != READY, path)):
        failed = frozenset(place for place, one in enumerate(begun) if path in one.failed)
        passed = frozenset(place for place, one in enumerate(begun) if path in one.passed)
        alike.setdefault((failed, passed), []).append(path)
    return tuple(map(tuple, alike.values()))


def _groups(begun: Sequence[Start], rule: str, trouble: Trouble) -> tuple[Group, ...]:
    """By sprint and kind, the issues that failed the rule and that passed it, each with and without the trouble."""
    alike: dict[tuple[str, str, Kind], Counter[tuple[bool, bool]]] = {}
    for one in begun:
        if rule in one.failed or rule in one.passed:
            counts = alike.setdefault((one.team, one.sprint, one.kind), Counter())
            counts[rule in one.failed, trouble in one.troubles] += 1
    return tuple(
        Group(
            failed_hit=counts[True, True],
            failed=counts[True, True] + counts[True, False],
            passed_hit=counts[False, True],
            passed=counts[False, True] + counts[False, False],
        )
        for counts in alike.values()
    )


def _comparison(case: _Case, corrected_chance: float | None) -> Comparison:
    result = Result.TOO_FEW
    if corrected_chance is not None:
        result = Result.CLAIM if corrected_chance <= RATE else Result.NO_CLAIM
    whole = case.whole
    return Comparison(
        rules=case.rules,
        trouble=case.trouble,
        failed=whole.failed,
        failed_hit=whole.failed_hit,
        passed=whole.passed,
        passed_hit=whole.passed_hit,
        chance=corrected_chance,
        result=result,
    )
