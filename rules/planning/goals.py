"""The Sprint Goal of each team's next sprint: which issues serve it, which one is the key issue, what to correct.

The findings are for the Product Owner. They never change a verdict, a score, a label or a comment.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache

from rules.backlog.index import Backlog
from rules.capacity.model import TeamCapacity
from rules.lazy_regex import regex
from rules.model import Issue, Kind, Product, Sprint, Team
from rules.planning.model import SprintProposal
from rules.planning.options import GoalLink, PlanningOptions
from rules.verdict import Judgement
from rules.wording import many

_KEY = regex(r"\b[A-Z][A-Z0-9_]*-\d+\b")
_WORD = regex(r"[^\W\d_]{4,}")
_COMMON = regex(
    r"able|about|also|been|both|each|every|from|have|into|less|make|more|most|must|only|other|over|same|should|some|than"
    r"|that|their|them|then|there|they|this|those|when|where|which|will|with|without|your"
)
"""English words that two goals may share without being about the same."""
NO_GOAL = "none yet; agree on it before the issues are selected"
NO_SPRINTS = "none; the team works without sprints"
"""What is shown for a goal that is missing."""
EPIC_WORDS = 2
"""An epic's title needs at least so many words to be recognised in a goal: one word is often a coincidence."""


class GoalCode(StrEnum):
    """What a finding about a goal is about; the values are part of the JSON outputs."""

    NO_ISSUE = "GOAL-WITHOUT-ISSUE"
    NOT_PLANNED = "PLAN-WITHOUT-GOAL"
    NOT_THE_PRODUCTS = "GOAL-APART"
    SEVERAL_KEYS = "SEVERAL-KEY-ISSUES"
    KEY_UNLINKED = "KEY-NOT-LINKED"
    KEY_UNREADY = "KEY-NOT-READY"
    KEY_UNPLANNED = "KEY-NOT-PLANNED"
    KEY_NOT_FIRST = "KEY-NOT-FIRST"


@dataclass(frozen=True, slots=True)
class GoalFinding:
    """One fact about a goal for the Product Owner, and what to do."""

    code: GoalCode
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamGoal:
    """The Sprint Goal of one team's next sprint, "" where it has none yet.

    `links` says of each open issue that serves it why: "named in the goal". `key` is the key issue, "" for none.
    `planned` are the keys of all issues that are in the sprint or proposed for it, in rank order.
    """

    team: str
    sprint: Sprint | None = None
    text: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    planned: tuple[str, ...] = ()
    findings: tuple[GoalFinding, ...] = ()

    @property
    def is_missing(self) -> bool:
        """Whether the team has to agree on one: a team without sprints has none."""
        return not self.text and not (self.sprint is not None and self.sprint.is_period)

    @property
    def shown(self) -> str:
        """The goal, or why there is none."""
        return self.text or (NO_GOAL if self.is_missing else NO_SPRINTS)

    @property
    def served(self) -> tuple[str, ...]:
        """The planned issues that serve the goal."""
        return tuple(key for key in self.planned if key in self.links)


def goal_text(team: Team, sprint: Sprint | None) -> str:
    """The goal of a sprint: the board's, else the one that the configuration has for a sprint of this name."""
    if sprint is None:
        return ""
    return " ".join((sprint.goal or team.goals.get(sprint.name, "")).split())


def goals_of(
    backlog: Backlog, judgement: Judgement, proposal: SprintProposal, options: PlanningOptions
) -> tuple[TeamGoal, ...]:
    """The goal of each team's next sprint, in the order of the configuration."""
    return tuple(_goal(capacity, backlog, judgement, proposal, options) for capacity in proposal.capacities)


def _goal(
    capacity: TeamCapacity,
    backlog: Backlog,
    judgement: Judgement,
    proposal: SprintProposal,
    options: PlanningOptions,
) -> TeamGoal:
    team, sprint = capacity.team, capacity.sprint
    text = goal_text(team, sprint)
    planned = planned_keys(backlog, proposal, team, sprint)
    if not text:
        return TeamGoal(team=team.name, sprint=sprint, planned=planned)
    links = links_of(text, team, backlog, options)
    keys = _key_issues(text, team, backlog, options)
    goal = TeamGoal(team=team.name, sprint=sprint, text=text, links=links, key=next(iter(keys), ""), planned=planned)
    return replace(goal, findings=(*_about_links(goal, backlog), *_about_key(goal, keys, judgement)))


def planned_keys(backlog: Backlog, proposal: SprintProposal, team: Team, sprint: Sprint | None) -> tuple[str, ...]:
    """The team's open issues that are in a sprint or proposed for it, in rank order; no sub-tasks."""
    keys = {placed.issue.key for placed in proposal.placements if placed.team == team.name}
    keys |= {issue.key for issue in backlog.snapshot.open_in(sprint, team) if issue.is_counted}
    return tuple(issue.key for issue in backlog.snapshot.issues if issue.key in keys and issue.is_open)


def links_of(text: str, team: Team, backlog: Backlog, options: PlanningOptions) -> Mapping[str, str]:
    """Key to reason of each open issue that serves the goal, in rank order; sub-tasks serve with their parent."""
    link = _links_to(text, team, backlog, options)
    issues = (issue for issue in backlog.snapshot.issues if issue.is_open and issue.is_counted)
    return {issue.key: why for issue in issues if (why := link(issue))}


def link_of(issue: Issue, text: str, team: Team, backlog: Backlog, options: PlanningOptions) -> str:
    """Why an issue, done or not, serves the goal with this text, "" where it does not."""
    return _links_to(text, team, backlog, options)(issue)


def _links_to(text: str, team: Team, backlog: Backlog, options: PlanningOptions) -> Callable[[Issue], str]:
    """What says why an issue serves the goal with this text, "" where it does not."""
    ways, named, wanted = options.goal_links, keys_in(text), options.goal_labels | options.key_labels

    @cache
    def is_named(epic: str) -> bool:
        return _names_epic(text, epic, named, backlog)

    def link(issue: Issue) -> str:
        if GoalLink.NAMED in ways and issue.key in named:
            return "named in the goal"
        labels = () if wanted.isdisjoint(issue.labels) else sorted(wanted & issue.labels)
        if GoalLink.LABEL in ways and labels and team in backlog.teams[issue.key]:
            return f'label "{labels[0]}"'
        if GoalLink.EPIC in ways and issue.parent and is_named(issue.parent):
            return f"epic {issue.parent}"
        return ""

    return link


def _names_epic(text: str, key: str, named: tuple[str, ...], backlog: Backlog) -> bool:
    epic = backlog.snapshot.by_key.get(key)
    if key in named:
        return True
    if epic is None or epic.kind is not Kind.EPIC or epic.restricted:
        return False
    words = epic.title.casefold().split()
    title = re.escape(" ".join(words))
    goal = " ".join(text.casefold().split())
    return len(words) >= EPIC_WORDS and re.search(rf"(?<!\w){title}(?!\w)", goal) is not None


def keys_in(text: str) -> tuple[str, ...]:
    """The keys of issues that a goal names, in its order."""
    return tuple(dict.fromkeys(_KEY.findall(text)))


def _key_issues(text: str, team: Team, backlog: Backlog, options: PlanningOptions) -> tuple[str, ...]:
    """The issues marked as the key issue, in rank order; without a mark, the first issue that the goal names."""
    marked = tuple(
        issue.key
        for issue in backlog.snapshot.issues
        if not options.key_labels.isdisjoint(issue.labels)
        if issue.is_open and issue.is_counted and team in backlog.teams[issue.key]
    )
    known = backlog.snapshot.by_key
    named = (key for key in keys_in(text) if key in known and known[key].is_counted and known[key].is_open)
    return marked or tuple(named)[:1]


def _about_links(goal: TeamGoal, backlog: Backlog) -> Iterator[GoalFinding]:
    if not goal.links:
        yield GoalFinding(
            GoalCode.NO_ISSUE,
            "No issue of the backlog is linked to the Sprint Goal. Name issues or an epic in the goal, or label them.",
        )
    elif goal.planned and not goal.served:
        first = ", ".join(tuple(goal.links)[:3])
        text = f"No planned issue serves the Sprint Goal: the plan is output only. Linked, but not planned: {first}."
        yield GoalFinding(GoalCode.NOT_PLANNED, text)
    if not _serves_product(goal, backlog):
        text = (
            f'The Sprint Goal shares no word, issue or epic with the Product Goal "{backlog.snapshot.product.goal}". '
            "Say how it helps to reach it."
        )
        yield GoalFinding(GoalCode.NOT_THE_PRODUCTS, text)


def _serves_product(goal: TeamGoal, backlog: Backlog) -> bool:
    """Whether the two goals share a word or key, or the Product Goal names an epic of the issues that serve the goal.

    True where the product has no goal: then there is nothing to be linked to.
    """
    product: Product = backlog.snapshot.product
    if not product.goal.strip() or _words(goal.text) & _words(product.goal):
        return True
    known, named = backlog.snapshot.by_key, keys_in(product.goal)
    epics = {known[key].parent or "" for key in goal.links if key in known} - {""}
    keys = {*goal.links, *epics, *keys_in(goal.text)}
    return bool(keys & set(named)) or any(_names_epic(product.goal, epic, named, backlog) for epic in epics)


def _words(text: str) -> frozenset[str]:
    """The words of a goal that say what it is about, without a plural s."""
    return frozenset(word.removesuffix("s") for word in _WORD.findall(text.casefold()) if not _COMMON.fullmatch(word))


def _about_key(goal: TeamGoal, keys: tuple[str, ...], judgement: Judgement) -> Iterator[GoalFinding]:
    if len(keys) > 1:
        marked = many(len(keys), "issue")
        text = f"{marked} are marked as the key issue: {', '.join(keys[:5])}. Keep one; {keys[0]} counts."
        yield GoalFinding(GoalCode.SEVERAL_KEYS, text)
    if not goal.key:
        return
    if goal.key not in goal.links:
        yield GoalFinding(GoalCode.KEY_UNLINKED, f"The key issue {goal.key} is not linked to the Sprint Goal. Link it.")
    verdict = judgement.by_key.get(goal.key)
    if verdict is not None and not verdict.ready:
        yield GoalFinding(GoalCode.KEY_UNREADY, f"The key issue {goal.key} is not ready: {', '.join(verdict.reasons)}.")
    if goal.key not in goal.planned:
        text = f"The key issue {goal.key} is not planned. Plan it, or change the goal."
        yield GoalFinding(GoalCode.KEY_UNPLANNED, text)
    elif goal.planned[0] != goal.key:
        text = f"The key issue {goal.key} is not first in the plan: {goal.planned[0]} is ranked above it."
        yield GoalFinding(GoalCode.KEY_NOT_FIRST, text)
