"""How much of a team's next sprints is ready: the proposal, then the look-ahead with what people planned there."""

from rules.refinement.look_ahead import readiness_ahead
from tests.sync.reports.sample import sample


def test_the_next_sprint_is_the_proposal_and_each_later_one_has_what_people_put_there_and_what_is_planned() -> None:
    report = sample()
    later = report.look_ahead
    assert later is not None
    for capacity, goal in zip(report.capacities, report.goals, strict=True):
        first, *others = readiness_ahead(capacity, goal, later, report.backlog, report.judgement)
        mine = [one for one in later.sprints if one.slot.team == goal.team]

        assert sorted((*first.ready, *first.unready)) == sorted(goal.planned)
        assert first.name == (capacity.sprint.name if capacity.sprint else "")
        assert first.all_points >= first.ready_points
        assert len(others) == len(mine) > 0
        for ahead, one in zip(others, mine, strict=True):
            inside = {planned.issue.key for planned in one.issues}
            assert inside <= {*ahead.ready, *ahead.unready}
            assert {planned.issue.key for planned in one.issues if planned.is_ready} <= set(ahead.ready)
            assert (ahead.first, ahead.points) == (one.slot.first, one.slot.limit)


def test_what_people_put_into_a_later_sprint_is_there_in_rank_order() -> None:
    report = sample()
    later = report.look_ahead
    assert later is not None
    names = [one.slot.sprint.id for one in later.sprints if one.slot.sprint is not None]
    inside = [issue.key for issue in report.snapshot.issues if issue.sprint in names and issue.is_counted]
    shown = [
        key
        for capacity, goal in zip(report.capacities, report.goals, strict=True)
        for one in readiness_ahead(capacity, goal, later, report.backlog, report.judgement)[1:]
        for key in (*one.ready, *one.unready)
    ]
    assert set(inside) <= set(shown)
    assert len(shown) == len(set(shown))


def test_without_a_look_ahead_only_the_next_sprint_is_there() -> None:
    report = sample()
    (one,) = readiness_ahead(report.capacities[0], report.goals[0], None, report.backlog, report.judgement)
    assert one.ready
