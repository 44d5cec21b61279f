"""Answers to commands outlive a run: with the template and values that show them in the language of comments."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.commands.answers import Answer
from rules.promise import Promise
from rules.release import Stay
from rules.translations import TRANSLATIONS
from rules.verdict import Waiver
from rules.wording import Wording, sentences, translated
from sync.store import Store
from sync.store.database import Place
from sync.store.serialization import text_from_json, text_to_json

WAIVER = Waiver(rule="ready.estimated", issue="SHOP-1", reason="pilot", owner="Ana", until=date(2026, 12, 1))
PROMISE = Promise(at=datetime(2026, 3, 2, 9, tzinfo=UTC), sprint="5", name="Web 5", team="Web")
ACCEPTED = sentences(
    Wording("{who} accepted {sprint!q}.", who="Ana", sprint="Web 5"),
    Wording("Accepted though not ready: {reasons}", reasons=(Wording("no estimate"), Wording("blocked"))),
    Wording(
        "Ranked above it for {team}: {points:ready point|ready points}; {sprint} takes {limit}.", points=2.5, limit=3
    ),
)


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    with closing(Store.open(place)) as opened:
        yield opened


def test_an_answer_is_read_back_as_it_was_given(store: Store) -> None:
    given_ = Answer(comment="7", issue="1", text=ACCEPTED, waiver=WAIVER, accepts=True, sprint="5", promise=PROMISE)
    store.commands.add([given_])
    (read,) = store.commands.answers()

    assert read == given_
    assert [translated(read.text, to) for to in TRANSLATIONS.values()] == [
        translated(ACCEPTED, to) for to in TRANSLATIONS.values()
    ]
    assert "2,5" in translated(read.text, TRANSLATIONS["de"])


def test_an_answer_of_an_earlier_version_is_a_plain_text(place: Place, store: Store) -> None:
    store.commands.add([Answer(comment="7", issue="1", text=Wording("The issue moves there."))])
    store.commands._db.write("UPDATE answers SET wording = ''")
    (read,) = store.commands.answers()

    assert type(read.text) is str
    assert read.text == "The issue moves there."


@given(st.text(), st.floats(allow_nan=False), st.lists(st.text(), min_size=1))
def test_a_text_is_read_back_with_its_template_and_values(text: str, figure: float, items: list[str]) -> None:
    made = Wording("{one!q} {two:point|points} {three}", one=text, two=figure, three=(*items, Wording("{x}", x=figure)))
    read = text_from_json(text_to_json(made))

    assert isinstance(read, Wording)
    assert (read, read.template, read.values) == (made, made.template, made.values)
    assert text_from_json(text_to_json(text)) == text


def test_what_people_said_of_hands_is_read_back(store: Store) -> None:
    said = (True, False, None)
    answers = [Answer(comment=f"{n}", issue="1", text="x", hands_off=off) for n, off in enumerate(said)]
    store.commands.add(answers)
    assert tuple(answer.hands_off for answer in store.commands.answers()) == said


def test_an_acceptance_is_bound_to_its_sprint_once(store: Store) -> None:
    accepted = Answer(comment="2", issue="1", text=ACCEPTED, accepts=True)
    refused = Answer(comment="3", issue="2", text="not proposed")
    store.commands.add([accepted, refused])
    store.commands.bind([replace(accepted, sprint="5"), replace(refused, sprint="5")])
    store.commands.bind([replace(accepted, sprint="6")])
    assert [answer.sprint for answer in store.commands.answers()] == ["5", ""]


def test_a_decision_for_a_team_is_read_back(store: Store) -> None:
    accepted = Answer(comment="cli:1", issue="1", text="Ana accepted it.", accepts=True, sprint="4", team="Search")
    rejected = Answer(comment="cli:2", issue="2", text="Ana rejected it.", rejects=True, sprint="4", team="Search")
    store.commands.add((accepted, rejected))

    assert store.commands.answers() == (accepted, rejected)


def test_an_answer_about_an_old_issue_is_read_back(store: Store) -> None:
    stay = Stay(at=datetime(2026, 3, 1, 9, tzinfo=UTC), until=date(2026, 9, 1), because="nobody asked for it")
    answers = (Answer(comment="1", issue="1", text="x", stay=stay), Answer(comment="2", issue="2", text="y"))
    store.commands.add(answers)
    assert tuple(answer.stay for answer in store.commands.answers()) == (stay, None)
