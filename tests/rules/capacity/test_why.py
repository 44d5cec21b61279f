"""Every number of a capacity can be computed again from the numbers in its explanation."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from math import exp, fsum, sqrt
from statistics import NormalDist, median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.capacity.compute import capacities
from rules.capacity.model import TeamCapacity
from rules.capacity.options import CapacityOptions
from rules.model import Category, Issue, Person, SprintState
from tests.factories import absence, issue, person, product, snapshot, sprint, team
from tests.thorough import scaled

START = datetime(2026, 12, 21, 9, 0, tzinfo=UTC)
NUMBER = re.compile(r"(?<![\w.-])-?\d+(?:\.\d+)?")
DAYS = st.dates(date(2026, 12, 14), date(2027, 1, 8))
PEOPLE = st.lists(
    st.builds(
        person,
        st.just("Bo"),
        share=st.sampled_from([1.0, 0.6, 0.5]),
        weeks=st.sampled_from([(frozenset(range(5)),), (frozenset({0, 1, 2}), frozenset({0, 1}))]),
        country=st.sampled_from(["", "DE", "US"]),
        absences=st.lists(st.builds(absence, DAYS, fraction=st.sampled_from([0.5, 1.0])), max_size=3).map(tuple),
        joins=st.none() | st.just(date(2026, 12, 21)),
        ramp_up=st.just((0.25, 0.5)),
        mentor=st.sampled_from(["", "P0"]),
        mentoring=st.just(0.15),
    ),
    min_size=1,
    max_size=4,
)
SIZES = st.sampled_from([1.0, 2.0, 3.0, 5.0, 8.0])


def past(sprints: Sequence[Sequence[float]]) -> tuple[list[Issue], list[object]]:
    """Closed sprints of two weeks with what was finished in each, the latest last."""
    boxes, done = [], []
    for back, sizes in enumerate(reversed(sprints), start=1):
        begin = START - timedelta(days=14 + 14 * back)
        box = sprint(str(900 + back), SprintState.CLOSED, start=begin)
        boxes.append(box)
        for place, size in enumerate(sizes):
            values = {"status": "Done", "category": Category.DONE, "resolved": begin + timedelta(days=3)}
            done.append(issue(f"D-{back}{place:02d}", "", points=size, sprints=(box.id,), **values))
    return done, list(boxes)


def numbers(one: TeamCapacity, begin: str) -> list[float]:
    """The numbers of the sentence with this beginning, in order."""
    sentence = next(text for text in one.explanation if re.match(begin, text))
    return [float(number) for number in NUMBER.findall(re.sub(begin, "", sentence, count=1))]


@settings(max_examples=scaled(25, 200), deadline=None)
@given(
    people=PEOPLE,
    finished=st.lists(st.lists(SIZES, min_size=1, max_size=4), min_size=1, max_size=9),
    planned=st.lists(SIZES, max_size=5),
    running=st.lists(SIZES, max_size=3),
    focus=st.sampled_from([0.70, 0.75, 0.80]),
)
def test_every_number_follows_from_its_explanation(
    people: list[Person], finished: list[list[float]], planned: list[float], running: list[float], focus: float
) -> None:
    crew = tuple(person(f"P{number}", **_facts(one)) for number, one in enumerate(people))
    done, boxes = past(finished)
    active = sprint("949", SprintState.ACTIVE, start=START - timedelta(days=14))
    coming = sprint("950", start=START)
    inside = [issue(f"A-{number}", "", points=size, sprint="950") for number, size in enumerate(planned)]
    inside += [issue(f"B-{number}", "", points=size, sprint="949") for number, size in enumerate(running)]
    world = snapshot(
        *(inside or [issue("C-1")]),
        taken_at=START - timedelta(days=3),
        product=product(team(people=crew)),
        sprints=(*boxes, active, coming),
        history=tuple(done),
    )
    one = capacities(world, CapacityOptions(focus=focus))[0]

    _check_days(one)
    _check_hours(one, focus)
    _check_points(one)
    _check_load(one)
    assert fsum(share.amount for share in one.split.shares) == pytest.approx(one.split.total, abs=1e-9)


def _facts(one: Person) -> dict[str, object]:
    names = ("share", "weeks", "country", "absences", "joins", "ramp_up", "mentor", "mentoring")
    return {name: getattr(one, name) for name in names}


def _check_days(one: TeamCapacity) -> None:
    gross, *less, net, _ = numbers(one, r"\d+ (?:person|people):")
    assert gross == pytest.approx(one.gross_days, abs=1e-3)
    assert net == pytest.approx(one.net_days, abs=1e-3)
    assert gross - fsum(less) == pytest.approx(net, abs=1e-3)


def _check_hours(one: TeamCapacity, focus: float) -> None:
    net, a_day, available, _ = numbers(one, "Available:")
    plannable, factor, *_ = numbers(one, "Plannable:")
    assert net * a_day == pytest.approx(available, abs=0.1)
    assert factor == focus
    assert plannable == pytest.approx(one.hours, abs=0.06)
    assert available * factor == pytest.approx(plannable, abs=0.1)


def _check_points(one: TeamCapacity) -> None:
    texts = [text for text in one.explanation if text.startswith("The last ")]
    if not texts or one.points is None:  # nobody was there yet in any closed sprint
        return
    source = re.search(r"finished ([\d., ]+?) points? in ([\d., ]+?) person-days?: median", texts[0])
    spread = float(re.search(r"spread ([\d.]+)", " ".join(one.explanation))[1])  # type: ignore[index]
    points, days = ([float(part) for part in group.split(",")] for group in source.groups())  # type: ignore[union-attr]
    usual, power = median(days), _power(one)
    level = [done * (usual / had) ** power for done, had in zip(points, days, strict=True)]
    middle = median(sqrt(a * b) for place, a in enumerate(level) for b in level[place:])
    middle *= (one.net_days / usual) ** power
    z = NormalDist().inv_cdf(0.85)
    assert one.points.p50 == pytest.approx(middle, abs=0.06, rel=2e-3)
    assert one.points.p15 == pytest.approx(middle * exp(-z * spread), abs=0.1, rel=5e-3)
    assert one.points.p85 == pytest.approx(middle * exp(z * spread), abs=0.1, rel=5e-3)


def _power(one: TeamCapacity) -> float:
    texts = [text for text in one.explanation if text.startswith("Absences count less")]
    return numbers(one, "Absences count less")[-1] if texts else 1.0


def _check_load(one: TeamCapacity) -> None:
    if not one.load:
        return
    sentence = next(text for text in one.explanation if text.startswith("Already planned:"))
    listed = [float(size) for size in re.findall(r"[AB]-\d+ ([\d.]+)", sentence)]
    inside, *_, carried, total = numbers(one, "Already planned:")
    assert fsum(listed) == pytest.approx(inside)
    assert inside + carried == pytest.approx(total, abs=0.051)
    assert total == pytest.approx(one.load, abs=0.051)
    assert carried == pytest.approx(one.carry_over)
