"""`accept` and `reject`: what they record, what the next run does with it, and what is refused."""

from collections.abc import Iterator

import pytest

from sync.demo.people import EMAIL
from sync.fake_jira.server import FakeJira
from tests.journeys.app_harness import Office
from tests.journeys.test_golden import ABSENCES, BACKEND, COLUMNS, FRONTEND, SATURDAY, fill, write_config

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The worked example with writing on, where only accepted issues move."""
    folder = tmp_path_factory.mktemp("decisions")
    with FakeJira("cloud", fill, email=EMAIL, clock=lambda: SATURDAY) as jira:
        (folder / "absences.csv").write_text(ABSENCES, encoding="utf-8")
        write_config(folder / "config.toml", jira)
        app = Office(jira, folder, folder / "config.toml", {"READYLINE_TOKEN": jira.token})
        app.write_config("enabled = false", "enabled = true")
        app.write_config('sprints = "propose"', 'sprints = "accepted"')
        yield app


def test_what_is_accepted_moves_and_what_is_rejected_makes_room(place: Office) -> None:
    place.write_config("enabled = true", "enabled = false")
    while_off = place.run("accept", BACKEND, "--by", "Ana").out
    place.write_config("enabled = false", "enabled = true")
    accepted = place.run("accept", BACKEND, "--by", "Ana", "--format", "json").document["decisions"]
    rejected = place.run("reject", FRONTEND, "--because", "not before the API", "--by", "Ben")

    assert "Nothing is moved, because [write_back] enabled is false." in " ".join(while_off.split())
    assert [(one["issue"], one["accepted"], one["sprint"]) for one in accepted] == [(BACKEND, True, "4")]
    assert " ".join(rejected.out.split()) == f'{FRONTEND}: Ben rejected "Sprint 4" for Team: not before the API.'
    page = place.run("planning", "--format", "json").document["teams"][0]
    assert [one["issue"] for one in page["selected"]] == [BACKEND, COLUMNS]
    assert [(one["issue"], one["code"]) for one in page["below"]] == [(FRONTEND, "REJECTED")]
    assert "Ben rejected" in page["below"][0]["why"]
    moves = [
        one["issue"]
        for one in place.run("run", "--format", "json").document["changes"]
        if one["kind"] == "move-to-sprint"
    ]
    assert moves == [BACKEND]

    again = place.run("accept", FRONTEND, "--by", "Ben", "--format", "json").document["decisions"]
    assert [one["issue"] for one in again] == [FRONTEND]
    changes = place.run("run", "--format", "json").document["changes"]
    assert [one["issue"] for one in changes if one["kind"] == "move-to-sprint"] == [FRONTEND]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("accept", "EXP-99"), "not an open issue"),
        (("accept", COLUMNS, "--team", "Nowhere"), "there is no team"),
        (("accept", BACKEND, "EXP-99"), "nothing was recorded"),
        (("reject", COLUMNS), "needs a reason"),
        (("reject", COLUMNS, "--because", "x", "--team", "Nowhere"), "there is no team"),
    ],
)
def test_a_decision_that_cannot_be_recorded_says_why(place: Office, words: tuple[str, ...], says: str) -> None:
    ended = place.run(*words)

    assert ended.code == 2
    assert says in ended.err
