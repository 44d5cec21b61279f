"""What is kept between runs changes nothing: after any edits, a command prints the same with and without it.

People edit at random, from a seed that the name of the test shows. After each handful of edits the program looks twice:
with all that earlier looks kept (issues, their past, readings, orders of lists, printed documents), and with nothing.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from shutil import rmtree

import pytest

from sync.fake_jira.records import Record
from sync.fake_jira.state import State
from tests.journeys.app_harness import Office, office
from tests.thorough import scaled

pytestmark = [pytest.mark.journey, pytest.mark.uncovered]  # many runs over the same lines

SEEDS = range(scaled(1, 20))
STEPS, EDITS = scaled(3, 6), 25
COMMANDS = ("check", "plan", "capacity")
TEXTS = (
    "",
    "Guests pay with one click.",
    "As a guest I want to pay with one click, so that I save time.\n\nh3. Acceptance criteria\n* It takes one click",
    "h3. Steps to reproduce\n# Open the cart\n\nh3. Expected result\nA total\n\nh3. Actual result\nNone",
    "TODO: write this",
    "Should it work offline?",
)
TITLES = ("Pay with a saved card", "Pay with saved card", "Refund a whole order", "Search", "The search is slow")
OTHER = "Edited with a program of its own"


def write(state: State, record: Record, chance: random.Random) -> None:
    state.edit(record.key, by="ana.alvarez", description=chance.choice(TEXTS))


def entitle(state: State, record: Record, chance: random.Random) -> None:
    state.edit(record.key, summary=chance.choice(TITLES))


def estimate(state: State, record: Record, chance: random.Random) -> None:
    state.edit(record.key, by="ana.alvarez", points=chance.choice([None, 0.0, 1.0, 3.0, 8.0, 40.0]))


def prioritise(state: State, record: Record, chance: random.Random) -> None:
    state.edit(record.key, by="ana.alvarez", priority=chance.choice([None, *state.priorities.values()]))


def label(state: State, record: Record, chance: random.Random) -> None:
    act = chance.choice([state.add_label, state.remove_label])
    act(record.key, chance.choice(["must", "readyline-not-ready"]), by="ana.alvarez")


def work_on(state: State, record: Record, chance: random.Random) -> None:
    state.transition(record.key, chance.choice([one.name for one in state.statuses.values()]), by="ana.alvarez")


def link(state: State, record: Record, chance: random.Random) -> None:
    other = chance.choice([one.key for one in state.issues.values()])
    if other != record.key:
        state.link(record.key, chance.choice(["Blocks", "Duplicate", "Relates"]), other, by="ana.alvarez")


def rank(state: State, record: Record, chance: random.Random) -> None:
    other = chance.choice([one.key for one in state.issues.values()])
    if other != record.key:
        state.rank([record.key], before=other)


def move(state: State, record: Record, chance: random.Random) -> None:
    coming = [sprint.id for sprint in state.sprints.values() if sprint.state != "closed"]
    state.move_to_sprint(record.key, chance.choice([None, *coming]), by="ana.alvarez")


def comment(state: State, record: Record, chance: random.Random) -> None:
    text = chance.choice(["Fine by me.", "/ready waive ready.acceptance it is known", "/ready recheck"])
    state.comment(record.key, text, by="ana.alvarez")


def create(state: State, record: Record, chance: random.Random) -> None:
    values = {"description": record.description, "components": record.components, "points": chance.choice([None, 2.0])}
    state.create(record.project, record.type.name, record.summary, by="ana.alvarez", **values)


def delete(state: State, record: Record, chance: random.Random) -> None:
    if chance.random() < 0.3:
        state.delete(record.key)


def rename(state: State, record: Record, chance: random.Random) -> None:
    if chance.random() < 0.3:
        numbers = [one.number for one in state.issues.values()]
        state.rename(record.key, f"{record.project}-{max(numbers) + 1}", by="ana.alvarez")


Act = Callable[[State, Record, random.Random], None]
ACTS: tuple[Act, ...] = (
    *(write, entitle, estimate, prioritise, label, work_on, link),
    *(rank, move, comment, create, delete, rename),
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A small shop, with a configuration beside it whose store is always empty."""
    with office(tmp_path_factory.mktemp("incremental"), "cloud") as app:
        yield app


def without_anything_kept(place: Office) -> Office:
    """The same configuration with a store of its own that holds nothing."""
    folder = place.folder / "empty"
    rmtree(folder, ignore_errors=True)
    folder.mkdir()
    config = folder / "config.toml"
    config.write_text(place.config.read_text(encoding="utf-8"), encoding="utf-8")
    Path(folder / "absences.csv").write_bytes((place.folder / "absences.csv").read_bytes())
    return replace(place, config=config)


@pytest.mark.parametrize("seed", SEEDS)
def test_after_any_edits_commands_print_the_same_with_and_without_what_was_kept(place: Office, seed: int) -> None:
    chance = random.Random(seed)
    state = place.jira.state
    for step in range(STEPS):
        done = []
        for _ in range(EDITS):
            act, record = chance.choice(ACTS), chance.choice(list(state.issues.values()))
            act(state, record, chance)
            done.append(f"{act.__name__} {record.key}")
        words = (COMMANDS[step % len(COMMANDS)], "--format", "json")

        kept, whole = place.run(*words), without_anything_kept(place).run(*words)

        assert kept.out == whole.out, (seed, step, words, done)
        assert kept.code == whole.code
        assert place.run(*words).out == kept.out  # printed again
