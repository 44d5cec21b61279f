"""What holds for every measure of the past: our own edits never count, and names never matter."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.capacity.compute import capacities
from rules.capacity.options import CapacityOptions
from rules.deep import score
from rules.deep.model import Deep
from rules.evaluate import evaluate, judge_alone
from rules.model import Category, Edit, EditField, Issue, Snapshot
from rules.ready import RULES
from rules.verdict import Judgement, Ruleset
from tests.factories import NOW, backlog, document, edit, finished, issue, person, snapshot, sprint, team

EVERY_RULE = Ruleset(product=tuple(rule() for rule in RULES))
TEXTS = (document("Show it."), document("## Acceptance criteria", "- one is shown"), None)


@st.composite
def worlds(draw: st.DrawFn) -> Snapshot:
    """A dozen stories with two closed sprints of work behind them, each with a past of its own."""
    closed, done = finished(2)
    stories = [
        issue(
            f"SHOP-{number}",
            points=draw(st.sampled_from([None, 3.0, 8.0])),
            created=NOW - timedelta(days=draw(st.integers(1, 200))),
        )
        for number in range(1, 13)
    ]
    later = [replace(one, id=f"9{place}") for place, one in enumerate(done)]
    pasts = {one.id: draw(pasts_of(one)) for one in (*stories, *later)}
    next_one = sprint("7", start=NOW + timedelta(days=1))
    return snapshot(*stories, history=tuple(later), sprints=(*closed, next_one), edits=pasts)


def pasts_of(one: Issue) -> st.SearchStrategy[tuple[Edit, ...]]:
    """Up to six edits of anything by anybody."""
    edits = st.builds(
        edit,
        st.sampled_from(EditField),
        st.just(one.id),
        days_ago=st.floats(0, 120),
        before=st.sampled_from(["", "3", "5", "901", "901, 902"]),
        after=st.sampled_from(["", "3", "5", "901", "901, 902"]),
        former=st.sampled_from(TEXTS),
        by_person=st.booleans(),
        name=st.sampled_from(["Bo", "Ana Alvarez"]),
    )
    return st.lists(edits, max_size=6).map(lambda found: tuple(sorted(found, key=lambda one: one.at)))


def judged(world: Snapshot) -> tuple[Deep, Judgement, Any]:
    """Everything that is said about it."""
    facts = backlog(world)
    judgement = evaluate(facts, EVERY_RULE)
    deep = score(facts, judgement, lambda around, one: judge_alone(around, one, EVERY_RULE))
    return deep, judgement, capacities(world, CapacityOptions())


def figures(world: Snapshot) -> Any:
    """All figures, without the keys and names that a rename changes by right."""
    deep, judgement, capacity = judged(world)
    letters = [(one.score, [(each.name, each.value) for each in one.measures]) for one in deep.letters]
    verdicts = [(verdict.state, verdict.passed) for verdict in judgement.verdicts]
    return letters, deep.score, [one.sprints for one in deep.runways], verdicts, [one.velocity for one in capacity]


def renamed_people(world: Snapshot) -> Snapshot:
    """Everybody has another display name; the Product Owner's is renamed in the configuration, too."""
    pasts = {
        number: tuple(replace(one, name=f"Z {one.name}") for one in edits) for number, edits in world.edits.items()
    }
    people = team(people=(person("Zoe"), person("Zed")))
    return replace(world, edits=pasts, product=replace(world.product, owner="Z Ana Alvarez", teams=(people,)))


def renamed_statuses(world: Snapshot) -> Snapshot:
    """Every status has another name; its id, which pasts hold, stays."""
    return with_issues(world, lambda one: replace(one, status="Erledigt" if one.category is Category.DONE else "Neu"))


def renamed_sprints(world: Snapshot) -> Snapshot:
    """Every sprint has another name."""
    return replace(world, sprints=tuple(replace(one, name=f"Renamed {one.id}") for one in world.sprints))


def renamed_project(world: Snapshot) -> Snapshot:
    """Every issue moved to another project: its key changed, its id did not."""
    return with_issues(world, lambda one: replace(one, key=one.key.replace("SHOP", "MART").replace("DONE", "MADE")))


def with_issues(world: Snapshot, change: Callable[[Issue], Issue]) -> Snapshot:
    return replace(world, issues=tuple(map(change, world.issues)), history=tuple(map(change, world.history)))


RENAMED: Mapping[str, Callable[[Snapshot], Snapshot]] = {
    "person": renamed_people,
    "status": renamed_statuses,
    "sprint": renamed_sprints,
    "project": renamed_project,
}


@settings(deadline=None, max_examples=40)
@given(worlds(), st.sampled_from(sorted(RENAMED)))
def test_renaming_a_person_a_status_a_sprint_or_a_project_changes_no_figure(world: Snapshot, what: str) -> None:
    assert figures(RENAMED[what](world)) == figures(world)


@settings(deadline=None, max_examples=25)
@given(worlds())
def test_without_a_known_past_no_figure_claims_anything_of_it(world: Snapshot) -> None:
    """What needs it says so; a value of 0 would be a claim."""
    unknown = replace(world, edits={}, unavailable=frozenset({"changelog"}))
    names = {"blind estimates", "frozen horizon", "churn", "top replaced", "moved by others", "priority chosen"}

    deep, _, _ = judged(unknown)

    claimed = [each for one in deep.letters for each in one.measures if each.name in names and each.value is not None]
    assert claimed == []
