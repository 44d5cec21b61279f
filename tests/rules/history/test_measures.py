"""What holds for every measure of the past: our own edits never count, and names never matter."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.backlog.own_edits import LastHumanEdit, last_human_edit, without_own_edits
from rules.model import Category, Edit, EditField, Issue, Snapshot
from tests.factories import NOW, person, snapshot, team
from tests.rules.history.worlds import PREFIX, changed_last, figures, plain, said, worlds
from tests.thorough import scaled

pytestmark = pytest.mark.slow


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


@settings(max_examples=scaled(12, 300))
@given(worlds(), st.sampled_from(sorted(RENAMED)))
def test_renaming_a_person_a_status_a_sprint_or_a_project_changes_no_figure(world: Snapshot, what: str) -> None:
    """Of DEEP, verdicts, capacity, proposal, running sprint, trends, reactions, late debate, waits, old and new."""
    assert figures(said(RENAMED[what](world))) == figures(said(world))


@st.composite
def worlds_we_wrote_to(draw: st.DrawFn) -> tuple[Snapshot, Snapshot, Mapping[str, LastHumanEdit]]:
    """A world, the same one after we wrote to some of its issues once or twice, and what we remember of that.

    The tracker's date of the last change is then ours, unless somebody came later. Labels of later edits by others
    have ours among them.
    """
    world = draw(worlds())
    memory: dict[str, LastHumanEdit] = {}
    written: dict[str, Issue] = {}
    edits = dict(world.edits)
    for number in draw(st.sets(st.sampled_from(sorted(world.by_id)), max_size=8)):
        one = world.by_id[number]
        age = (NOW - one.created) / timedelta(days=1)
        for days_ago in sorted(draw(st.lists(st.floats(0.1, age), min_size=1, max_size=2)), reverse=True):
            wrote = NOW - timedelta(days=days_ago)
            memory[one.id] = remembered(one, edits[one.id], wrote, memory, written.get(one.id))
            labels = one.labels | {f"{PREFIX}not-ready"}
            written[one.id] = replace(one, updated=max(one.updated, wrote), labels=labels, own_comments=("77",))
            edits[one.id] = tuple(with_our_label(each) if each.at > wrote else each for each in edits[one.id])
    after = with_issues(world, lambda one: written.get(one.id, one))
    return world, replace(after, edits=edits), memory


def remembered(
    one: Issue, edits: Sequence[Edit], wrote: datetime, memory: Mapping[str, LastHumanEdit], ours: Issue | None
) -> LastHumanEdit:
    """What a run that writes at a moment remembers of the issue as it is then."""
    past = tuple(each for each in edits if each.at <= wrote)
    comments = tuple(each for each in one.comments if each.created <= wrote)
    later = any(each.at > wrote and each.field is not EditField.RANK for each in edits)
    then = changed_last(replace(one, comments=comments, title="Another" if later else one.title), past)
    if ours is not None and one.id in memory:
        then = replace(then, updated=max(then.updated, memory[one.id].wrote))
    pulled = snapshot(then, edits={one.id: past}, taken_at=wrote)
    return last_human_edit(without_own_edits(pulled, memory, PREFIX).issues[0], PREFIX, wrote)


def with_our_label(one: Edit) -> Edit:
    """An edit of the labels after ours was there."""
    if one.field is not EditField.LABELS:
        return one
    return replace(one, before=f"{one.before} {PREFIX}not-ready", after=f"{one.after} {PREFIX}not-ready")


@settings(max_examples=scaled(12, 300))
@given(worlds_we_wrote_to())
def test_our_own_edits_change_nothing_that_rests_on_the_past(
    worlds: tuple[Snapshot, Snapshot, Mapping[str, LastHumanEdit]],
) -> None:
    """Nothing of DEEP, verdicts, capacity, proposal, running sprint, trends, reactions, debate, waits, old and new."""
    world, written_to, memory = worlds

    before, after = said(world), said(written_to, memory)

    for name, value in before.items():
        assert plain(after[name]) == plain(value), name


@settings(max_examples=scaled(12, 200))
@given(worlds())
def test_without_a_known_past_no_figure_claims_anything_of_it(world: Snapshot) -> None:
    """What needs it says so; a value of 0 would be a claim."""
    unknown = replace(world, edits={}, unavailable=frozenset({"changelog"}))
    names = {"blind estimates", "frozen horizon", "churn", "top replaced", "moved by others", "priority chosen"}

    deep = said(unknown)["deep"]

    claimed = [each for one in deep.letters for each in one.measures if each.name in names and each.value is not None]
    assert claimed == []
