"""How texts count time: sprints, or weeks where no team has sprints."""

from rules.capacity.time_boxes import SPRINTS, TimeBoxes, of_product, of_team
from tests.factories import product, team

SCRUM, FORTNIGHT = team(), team("Ops", has_sprints=False)
WEEK = team("Help", has_sprints=False, sprint_days=5)


def test_sprints_are_counted_where_any_team_has_them() -> None:
    assert of_product(product(SCRUM, FORTNIGHT)) == of_product(product()) == of_team(SCRUM) == SPRINTS
    assert of_product(product(FORTNIGHT)) == of_team(FORTNIGHT) == TimeBoxes(2.0)
    assert of_product(product(FORTNIGHT, WEEK, WEEK)) == TimeBoxes(1.0)


def test_a_length_is_in_weeks_where_there_are_no_sprints() -> None:
    boxes = TimeBoxes(2.0)

    assert (SPRINTS.words(2.0), SPRINTS.between(2.0, 6.0)) == ("two sprints", "two to six sprints")
    assert (boxes.words(2.0), boxes.between(2.0, 6.0)) == ("four weeks", "four to twelve weeks")
    assert (SPRINTS.figure(1.4), boxes.figure(1.4)) == (1.4, 2.8)
    assert (SPRINTS.rate(20.0), boxes.rate(20.0)) == (20.0, 10.0)


def test_what_comes_next_is_named_in_the_words_of_the_team() -> None:
    named = [(one.box, one.length, one.ahead(), one.whose) for one in (SPRINTS, TimeBoxes(1.0), TimeBoxes(2.0))]

    assert named == [
        ("sprint", "a sprint", "next sprint", "the next sprint's"),
        ("week", "a week", "next week", "the next week's"),
        ("period", "two weeks", "next two weeks", "the next two weeks'"),
    ]
    assert (SPRINTS.ahead(3.0), TimeBoxes(2.0).ahead(3.0)) == ("next three sprints", "next six weeks")
