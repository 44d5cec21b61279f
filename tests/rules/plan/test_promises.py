"""A team promises one of its open sprints for its own issue, and the answer says which."""

from dataclasses import replace

import pytest

from rules.commands.answers import Answer, Commands
from rules.commands.read import read_commands
from rules.model import SprintState, Team
from rules.plan.promises import with_promises
from tests.factories import comment, issue, person, product, snapshot, sprint
from tests.rules.planning.world import PAYMENTS, SEARCH


def pledged(words: str, author: str = "acc-di", teams: tuple[Team, ...] = (), boxes: int = 2) -> Answer:
    """The answer to a promise on an issue of Search, whose sprints are Search 1 (running) and Search 2."""
    people = (person("Di", account="acc-di"), person("Ed"))
    search = replace(SEARCH, people=people, scrum_master="Fe", scrum_master_account="acc-fe")
    states = (SprintState.ACTIVE, SprintState.FUTURE)[:boxes]
    sprints = tuple(sprint(str(n), state, board=13, name=f"Search {n}") for n, state in enumerate(states, start=1))
    said = comment(f"/ready promise {words}", id="7", author=author, author_name="Di")
    on = issue("S-9", components=("search",), comments=(said,))
    place = snapshot(on, product=product(PAYMENTS, *(teams or (search,))), sprints=sprints)
    commands = read_commands(place, allowed=frozenset({author}), rules=(), given=())
    (given,) = with_promises(commands, place).fresh
    return given


@pytest.mark.parametrize(
    ("words", "author", "box"),
    [('"search 2".', "acc-di", "2"), ("Search 1", "acc-di", "1"), ("Search 2", "acc-fe", "2")],
)
def test_the_team_of_an_issue_promises_one_of_its_open_sprints(words: str, author: str, box: str) -> None:
    given = pledged(words, author)
    assert given.promise is not None
    assert (given.promise.sprint, given.promise.name, given.promise.team) == (box, f"Search {box}", "Search")
    assert given.text == f'Di promised this issue for "Search {box}".'
    commands = Commands(answers=(given, replace(given, issue="other")))
    assert commands.promises[given.issue] == given.promise


def test_only_the_team_of_an_issue_promises() -> None:
    given = pledged("Search 2", "acc-bo")
    assert given.promise is None
    assert given.text == "Di, only Fe and Di can promise a sprint here."
    assert pledged("Search 2", "acc-bo", (SEARCH,)).text == "Di, you cannot promise a sprint here."


def test_a_promise_of_a_sprint_that_is_not_open_promises_nothing() -> None:
    given = pledged("next")
    assert given.promise is None
    assert given.text == (
        'Di, Search has no open sprint "next", so nothing was promised; its sprints are Search 1, Search 2.'
    )
    assert pledged("next", boxes=0).text == "Di, Search has no open sprint, so nothing was promised."
