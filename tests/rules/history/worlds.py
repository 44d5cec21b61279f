"""Invented backlogs with a past, and everything that is said about one."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from enum import Enum
from typing import Any

from hypothesis import strategies as st

from rules.backlog.own_edits import LastHumanEdit, without_own_edits
from rules.capacity.options import CapacityOptions
from rules.commands.answers import Commands
from rules.deep.score import score
from rules.evaluate import evaluate, judge_alone
from rules.inventory.new_issues import new_issues
from rules.inventory.old_issues import old_issues
from rules.inventory.options import ChannelOptions, ContentsOptions, NewIssuesOptions, OldIssuesOptions
from rules.inventory.work import contents
from rules.learning.learn import Kept, learn
from rules.learning.reactions import Look, ShownFinding, followed
from rules.learning.trends import SprintStart, sprint_starts
from rules.model import Category, Edit, EditField, Issue, OwnMarks, Snapshot, SprintState
from rules.planning.model import LeftOut
from rules.planning.options import PlanningOptions
from rules.planning.proposal import propose
from rules.planning.running import running_sprints, scopes_at_start
from rules.planning.since import changed_since
from rules.ready import RULES
from rules.verdict import Ruleset
from tests.factories import NOW, backlog, comment, document, edit, finished, issue, snapshot, sprint

PREFIX = "readyline-"
EVERY_RULE = Ruleset(product=tuple(rule() for rule in RULES))
TEXTS = (document("Show it."), document("## Acceptance criteria", "- one is shown"), None)
SINCE = NOW - timedelta(days=3)
"""When the run before looked."""
MARKS = {str(number): OwnMarks(comment="77") for number in range(1, 7)}
"""Half of the stories have a comment of ours."""
WAITING = tuple(
    ShownFinding(issue=str(number), rule=rule, first=NOW - timedelta(days=9))
    for number in range(1, 13)
    for rule in ("ready.acceptance", "ready.estimated")
)
"""Findings that people were shown and did not react to so far."""
STARTS = tuple(
    SprintStart(team="Payments", sprint=box, at=NOW - timedelta(days=days), near=4, ready=2, runway=1.5, accepted=1)
    for box, days in (("902", 36), ("901", 22), ("6", 8))
)
"""What runs knew the day before each sprint."""


@st.composite
def worlds(draw: st.DrawFn) -> Snapshot:
    """A dozen stories, two closed sprints and a running one, each issue with a past of its own."""
    closed, done = finished(2)
    stories = [draw(open_stories(number)) for number in range(1, 13)]
    ended = [
        replace(one, id=f"9{place}", resolved=draw(st.sampled_from([None, one.resolved])))
        for place, one in enumerate(done)
    ]
    pasts = {one.id: draw(pasts_of(one)) for one in (*stories, *ended)}
    boxes = (*closed, sprint("6", SprintState.ACTIVE), sprint("7", start=NOW + timedelta(days=7)))
    stories, ended = ([changed_last(one, pasts[one.id]) for one in several] for several in (stories, ended))
    return snapshot(*stories, history=tuple(ended), sprints=boxes, edits=pasts)


def open_stories(number: int) -> st.SearchStrategy[Issue]:
    """A story that may be in a sprint, may have criteria, and may have a comment."""
    return st.builds(
        lambda body, points, age, box, commented: issue(
            f"SHOP-{number}",
            body,
            points=points,
            created=NOW - timedelta(days=age),
            category=Category.DOING if box == "6" else Category.TODO,
            sprint=box,
            sprints=() if box is None else (box,),
            comments=(comment(created=NOW - timedelta(days=age * commented)),) if commented else (),
        ),
        st.sampled_from([None, "Show it.", "Which card? TBD"]),
        st.sampled_from([None, 3.0, 8.0]),
        st.integers(1, 300),
        st.sampled_from([None, None, None, "6", "7"]),
        st.sampled_from([0.0, 0.2, 0.9]),
    )


def pasts_of(one: Issue) -> st.SearchStrategy[tuple[Edit, ...]]:
    """Up to six edits of anything by anybody, since the issue was created."""
    age = (NOW - one.created) / timedelta(days=1)
    edits = st.builds(
        edit,
        st.sampled_from(EditField),
        st.just(one.id),
        days_ago=st.floats(0, age),
        before=st.sampled_from(["", "3", "5", "901", "901, 902"]),
        after=st.sampled_from(["", "3", "5", "901", "901, 902"]),
        former=st.sampled_from(TEXTS),
        by_person=st.booleans(),
        name=st.sampled_from(["Bo", "Ana Alvarez"]),
    )
    return st.lists(edits, max_size=6).map(lambda found: tuple(sorted(found, key=lambda one: one.at)))


def changed_last(one: Issue, edits: tuple[Edit, ...]) -> Issue:
    """The issue with the date that its tracker keeps: a new rank does not move it, everything else does."""
    moments = (edit.at for edit in edits if edit.field is not EditField.RANK)
    return replace(one, updated=max((one.created, *moments, *(comment.created for comment in one.comments))))


def said(world: Snapshot, ours: Mapping[str, LastHumanEdit] | None = None) -> dict[str, Any]:
    """Everything that rests on the past of a world; `ours` is what we know of our own writes."""
    facts = backlog(without_own_edits(world, ours or {}, PREFIX))
    of, options = facts.snapshot, CapacityOptions()
    judgement = evaluate(facts, EVERY_RULE)
    deep = score(facts, judgement, lambda around, one: judge_alone(around, one, EVERY_RULE))
    proposal = propose(facts, judgement)
    scopes = scopes_at_start(facts, {}, facts.capacities)
    look = Look(snapshot=of, judgement=judgement, marks=MARKS, not_ready=f"{PREFIX}not-ready", since=SINCE)
    ended = followed(WAITING, look)
    kept = Kept(shown=ended, starts=(*STARTS, *sprint_starts(of, judgement, deep, facts.capacities)))
    return {
        "deep": deep,
        "verdicts": judgement.verdicts,
        "capacities": facts.capacities,
        "proposal": proposal,
        "running": running_sprints(facts, scopes, facts.capacities, PlanningOptions()),
        "since the planning": changed_since(facts, of.issues),
        "reactions": ended,
        "learned": learn(facts, EVERY_RULE, options, kept),
        "contents": contents(facts, judgement, ContentsOptions(), ChannelOptions()),
        "new": new_issues(facts, NewIssuesOptions(), ChannelOptions(), since_run=SINCE, since_planning=SINCE),
        "old": old_issues(facts, judgement, Commands(), OldIssuesOptions(days=30), label=f"{PREFIX}released"),
    }


def plain(value: object) -> Any:
    """What was said, in a form that can be compared: an issue is its id."""
    return _bare(value, str)


def figures(value: object) -> Any:
    """The same without the names in it: numbers, dates and codes in their order."""
    return _bare(value, lambda _: "a text")


def _bare(value: object, text: Callable[[str], str]) -> Any:
    if isinstance(value, Issue):
        return value.id
    if isinstance(value, str) and not isinstance(value, Enum):
        return text(value)
    if isinstance(value, LeftOut):
        value = (value.issue, value.code, value.why)  # the sentence, not what makes it
    if isinstance(value, AbstractSet):
        return sorted(repr(_bare(one, text)) for one in value)
    if isinstance(value, Mapping):
        value = tuple(value.items())
    elif is_dataclass(value):
        value = [getattr(value, each.name) for each in fields(value)]
    return [_bare(one, text) for one in value] if isinstance(value, (tuple, list)) else value
