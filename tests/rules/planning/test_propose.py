from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from rules.backlog.index import Backlog
from rules.capacity.model import TeamCapacity
from rules.deep.measures.must import Must
from rules.model import Category, Issue, Kind, LinkKind, OwnMarks, Snapshot, SprintState, TeamFilter, Unit
from rules.planning import reasons
from rules.planning.model import Choices, SprintProposal
from rules.planning.proposal import propose
from rules.release import Stay
from rules.verdict import Due, Judgement
from tests.factories import link, product, snapshot, sprint, team
from tests.rules.planning.judged import judged
from tests.rules.planning.world import PAYMENTS, SEARCH, START, capacity, codes, next_of, placed, story, why


def world(*issues: Issue, **overrides: object) -> Snapshot:
    values: dict[str, object] = {
        "product": product(PAYMENTS, SEARCH),
        "sprints": (next_of(PAYMENTS), next_of(SEARCH)),
    }
    return snapshot(*issues, **(values | overrides))


def proposed(
    *issues: Issue, capacities: Sequence[TeamCapacity] | None = None, unready: Sequence[str] = (), **overrides: object
) -> SprintProposal:
    both = (capacity(PAYMENTS), capacity(SEARCH)) if capacities is None else capacities
    return propose(Backlog.of(world(*issues, **overrides), both), judged(issues, unready))


def test_issues_are_placed_in_rank_order_up_to_the_points() -> None:
    plan = proposed(story("A-1", 5), story("A-2", 4), story("A-3", 3), story("A-4", 1))

    assert placed(plan) == {"A-1": "Payments", "A-2": "Payments", "A-4": "Payments"}
    assert codes(plan) == {"A-3": "CAPACITY_HIGHER"}
    assert "needs 3, 0 points left" in why(plan, "A-3")


def test_what_sits_in_the_sprint_counts_and_stays() -> None:
    inside = story("A-1", 8, sprint="120")
    plan = proposed(inside, story("A-2", 3), story("A-3", 2), capacities=[capacity(PAYMENTS, load=8.0)])

    assert placed(plan) == {"A-3": "Payments"}
    assert codes(plan) == {"A-1": "ALREADY_PLANNED", "A-2": "CAPACITY_HIGHER"}
    assert why(plan, "A-1") == 'Already in "Sprint 120".'


def test_done_issues_are_no_subject() -> None:
    plan = proposed(story("A-1", category=Category.DONE))

    assert (placed(plan), codes(plan)) == ({}, {})


def test_an_unready_issue_is_left_out_with_its_reasons_and_the_smallest_fix() -> None:
    plan = proposed(story("A-1"), unready=["A-1"])

    assert codes(plan) == {"A-1": "NOT_READY"}
    assert why(plan, "A-1") == "Not ready: no acceptance criteria. Smallest fix: Add a list of what must be true."


def test_a_sentence_is_made_once_somebody_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reasons, "Wording", None)
    others = (story(f"A-{number}", 9) for number in range(3, 6))
    plan = proposed(story("A-1"), story("A-2", 3, "unknown"), *others, unready=["A-1"])
    assert codes(plan) == {"A-1": "NOT_READY", "A-2": "NO_TEAM", "A-4": "CAPACITY_HIGHER", "A-5": "BELOW_HORIZON"}

    monkeypatch.undo()
    (left, *_) = plan.left_out
    assert left.why.startswith("Not ready")
    assert left.why is left.why


def test_an_issue_that_lacks_only_what_is_due_later_says_so() -> None:
    (lacking,) = judged((story("A-1"),), ["A-1"]).verdicts
    later = replace(lacking, findings=(), due=(Due(finding=lacking.findings[0], within=2.0),))
    facts = Backlog.of(world(later.issue), (capacity(PAYMENTS),))
    plan = propose(facts, Judgement(verdicts=(later,)))

    assert codes(plan) == {"A-1": "NOT_READY"}
    assert why(plan, "A-1") == "Not due yet: no acceptance criteria. Smallest fix: Add a list of what must be true."


@pytest.mark.parametrize("points", [None, -1.0])
def test_an_issue_without_an_estimate_is_never_placed(points: float | None) -> None:
    assert codes(proposed(story("A-1", points))) == {"A-1": "UNESTIMATED"}


@pytest.mark.parametrize(("kind", "code"), [(Kind.EPIC, "EPIC"), (Kind.SUBTASK, "SUBTASK")])
def test_epics_and_subtasks_are_not_placed(kind: Kind, code: str) -> None:
    assert codes(proposed(story("A-1", kind=kind, parent="A-9"))) == {"A-1": code}


def test_an_issue_nobody_takes_names_what_nobody_takes() -> None:
    plan = proposed(story("A-1", 3, "warehouse"))

    assert codes(plan) == {"A-1": "NO_TEAM"}
    assert (
        why(plan, "A-1")
        == 'No team yet: no team takes "warehouse". Set a component or label that a team takes (payments, search).'
    )


def test_an_issue_without_any_component_has_no_team() -> None:
    plan = proposed(story("A-1", components=()))

    assert why(plan, "A-1") == (
        "No team yet: it has no component. Set a component or label that a team takes (payments, search)."
    )


def test_a_team_without_known_points_gets_nothing() -> None:
    plan = proposed(story("A-1"), capacities=[capacity(PAYMENTS, None)])

    assert codes(plan) == {"A-1": "NO_CAPACITY"}


def test_where_issues_are_counted_the_velocity_is_what_is_unknown() -> None:
    plan = proposed(story("A-1"), capacities=[capacity(PAYMENTS, None)], unit=Unit.ISSUES)

    assert why(plan, "A-1") == "The velocity of Payments is unknown: no closed sprints."


@pytest.mark.parametrize(("unit", "amount"), [(Unit.HOURS, "13 hours"), (Unit.ISSUES, "13 issues")])
def test_what_is_too_big_is_said_in_the_unit_of_the_team(unit: Unit, amount: str) -> None:
    plan = proposed(story("A-1", 13), capacities=[capacity(PAYMENTS, 8.0, unit=unit)])

    assert why(plan, "A-1") == f"Too big: {amount}; the largest sprint of its teams has 8 (Payments)."


def test_where_teams_are_named_in_a_field_no_component_is_asked_for() -> None:
    by_field = replace(PAYMENTS, takes=TeamFilter(field="Team"))
    plan = proposed(
        story("A-1", components=()), capacities=[], product=product(by_field, replace(SEARCH, takes=by_field.takes))
    )

    assert why(plan, "A-1") == "No team yet: it has no component. Set a component or label that a team takes."


def test_an_issue_larger_than_any_sprint_says_how_large_that_is() -> None:
    plan = proposed(
        story("A-1", 13, "payments", "search"), capacities=[capacity(PAYMENTS, 8.0), capacity(SEARCH, 11.0)]
    )

    assert codes(plan) == {"A-1": "TOO_BIG"}
    assert why(plan, "A-1") == "Too big: 13 points; the largest sprint of its teams has 11 (Search)."


def test_far_issues_say_how_far() -> None:
    plan = proposed(*(story(f"A-{n}", 5) for n in range(1, 8)))

    assert codes(plan) == {
        "A-3": "CAPACITY_HIGHER",
        "A-4": "BELOW_HORIZON",
        "A-5": "BELOW_HORIZON",
        "A-6": "BELOW_HORIZON",
        "A-7": "BELOW_HORIZON",
    }
    text = '1.5 sprints away. Ranked above it for Payments: 30 ready points; "Sprint 120" takes 10.'
    assert why(plan, "A-7") == text


def test_of_several_teams_the_least_loaded_takes_it() -> None:
    plan = proposed(
        story("A-1", 3, "payments", "search"),
        story("A-2", 3, "payments", "search"),
        capacities=[capacity(PAYMENTS, 10.0, load=4.0), capacity(SEARCH, 20.0, load=5.0)],
    )

    # Search is at 25 % and takes the first, which brings it to 40 %; that equals Payments, whose name comes first.
    assert placed(plan) == {"A-1": "Search", "A-2": "Payments"}
    assert why(plan, "A-1").startswith("Search has the lowest load (of Payments, Search).")


def test_of_several_teams_the_only_one_with_room_takes_it() -> None:
    plan = proposed(
        story("A-1", 5, "payments", "search"),
        capacities=[capacity(PAYMENTS, 10.0, load=6.0), capacity(SEARCH, 20.0, load=15.0)],
    )

    assert placed(plan) == {"A-1": "Search"}
    assert why(plan, "A-1").startswith("Only Search has room (of Payments, Search).")


def test_a_board_without_a_future_sprint_still_gets_a_proposal() -> None:
    plan = proposed(story("A-1"), capacities=[capacity(PAYMENTS, sprint=None)], sprints=())

    assert [(p.issue.key, p.sprint) for p in plan.placements] == [("A-1", None)]
    assert "its next sprint" in why(plan, "A-1")


def test_what_a_person_took_out_of_the_sprint_is_not_proposed_for_it_again() -> None:
    taken = story("A-1", 8, marks=OwnMarks(refused=(("sprint", "120"),)))
    just_now = story("A-2", 8, marks=OwnMarks(sprint="120"))
    plan = proposed(taken, just_now, story("A-3", 8))

    assert placed(plan) == {"A-3": "Payments"}
    assert codes(plan) == {"A-1": "TAKEN_OUT", "A-2": "TAKEN_OUT"}


def test_a_blocker_placed_in_the_same_sprint_lets_its_issue_in_whatever_their_order() -> None:
    plan = proposed(story("A-1", links=(link("A-2"),)), story("A-2"))

    assert placed(plan) == {"A-1": "Payments", "A-2": "Payments"}
    assert "Its blockers are planned in time: A-2." in why(plan, "A-1")


def test_a_chain_of_blockers_against_the_rank_is_placed_whole() -> None:
    plan = proposed(story("A-1", links=(link("A-2"),)), story("A-2", links=(link("A-3"),)), story("A-3"))

    assert set(placed(plan)) == {"A-1", "A-2", "A-3"}


def test_links_are_read_from_the_other_end_too() -> None:
    blocking = story("A-2", links=(link("A-1", LinkKind.BLOCKS),))
    plan = proposed(story("A-1"), blocking, unready=["A-2"])

    assert codes(plan) == {"A-1": "BLOCKED", "A-2": "NOT_READY"}


def test_a_chain_of_blockers_is_reported_down_to_its_root() -> None:
    plan = proposed(
        story("A-1", links=(link("A-2"),)), story("A-2", links=(link("A-3"),)), story("A-3"), unready=["A-3"]
    )

    assert codes(plan) == {"A-1": "BLOCKED", "A-2": "BLOCKED", "A-3": "NOT_READY"}
    assert why(plan, "A-1").startswith("Depends on A-2 → A-3: Not ready: no acceptance criteria.")


def test_a_blocker_that_found_no_room_is_reported_with_its_reason() -> None:
    plan = proposed(story("A-1", 9), story("A-2", 2), story("A-3", 1, links=(link("A-2"),)))

    assert codes(plan) == {"A-2": "CAPACITY_HIGHER", "A-3": "BLOCKED"}
    assert "needs 2, 1 point left" in why(plan, "A-3")


def test_a_circular_dependency_is_printed_and_never_placed() -> None:
    plan = proposed(story("A-1", links=(link("A-2"),)), story("A-2", links=(link("A-1"),)))

    assert codes(plan) == {"A-1": "BLOCKED", "A-2": "BLOCKED"}
    assert why(plan, "A-1") == "Circular dependency: A-1 → A-2 → A-1. Remove or reverse one link."


def test_a_done_blocker_blocks_nothing() -> None:
    known = story("A-9", category=Category.DONE)
    plan = proposed(
        story("A-1", links=(link("B-1", category=Category.DONE),)), story("A-2", links=(link("A-9"),)), history=(known,)
    )

    assert set(placed(plan)) == {"A-1", "A-2"}


@pytest.mark.parametrize("category", [None, Category.TODO])
def test_a_blocker_not_known_to_be_done_blocks(category: Category | None) -> None:
    plan = proposed(story("A-1", links=(link("B-1", category=category),)))

    assert codes(plan) == {"A-1": "BLOCKED"}
    assert why(plan, "A-1") == "Depends on B-1, which is not planned yet."


def test_another_teams_blocker_in_the_same_fortnight_comes_too_late() -> None:
    plan = proposed(story("A-1", links=(link("B-1"),)), story("B-1", 3, "search"))

    assert placed(plan) == {"B-1": "Search"}
    assert codes(plan) == {"A-1": "DEP_TIMING"}
    assert (
        why(plan, "A-1") == 'Depends on B-1, planned in "Sprint 130" (Search): not done before "Sprint 120" (Payments).'
    )


def test_another_teams_blocker_whose_sprint_ends_before_is_in_time() -> None:
    earlier = next_of(SEARCH, START - timedelta(days=14))
    plan = proposed(
        story("A-1", links=(link("B-1"),)),
        story("B-1", 3, "search"),
        capacities=[capacity(PAYMENTS), capacity(SEARCH, sprint=earlier)],
        sprints=(next_of(PAYMENTS), earlier),
    )

    assert placed(plan) == {"A-1": "Payments", "B-1": "Search"}


PARKED = sprint("5", board=12, start=None)
RUNNING = sprint("110", SprintState.ACTIVE, board=12)
LATER = sprint("125", board=12, start=START + timedelta(days=14))
FOREIGN = sprint("131", board=99, start=None)


@pytest.mark.parametrize(
    ("where", "code"),
    [
        pytest.param("110", None, id="running-sprint-of-the-team"),
        pytest.param("120", None, id="the-very-sprint"),
        pytest.param("125", "DEP_TIMING", id="the-sprint-after"),
        pytest.param("5", "DEP_TIMING", id="a-parking-lot"),
        pytest.param("131", "DEP_TIMING", id="a-foreign-sprint-without-dates"),
        pytest.param("777", "BLOCKED", id="a-sprint-nobody-knows"),
    ],
)
def test_a_blocker_people_placed_counts_by_its_sprint(where: str, code: str | None) -> None:
    plan = proposed(
        story("A-1", links=(link("A-9"),)),
        story("A-9", sprint=where),
        sprints=(PARKED, RUNNING, next_of(PAYMENTS), LATER, FOREIGN, next_of(SEARCH)),
    )

    assert codes(plan).get("A-1") == code


def test_everything_keeps_its_rank_order() -> None:
    plan = proposed(story("A-1", links=(link("A-3"),)), story("A-2", 99), story("A-3"), story("A-4", None))

    assert [p.issue.key for p in plan.placements] == ["A-1", "A-3"]
    assert [left.issue.key for left in plan.left_out] == ["A-2", "A-4"]


def test_an_issue_nobody_judged_is_not_ready() -> None:
    one = story("A-1")

    assert codes(propose(Backlog.of(world(one), (capacity(PAYMENTS),)), judged(()))) == {"A-1": "NOT_READY"}


def test_without_teams_nothing_is_proposed() -> None:
    plan = proposed(story("A-1"), capacities=(), product=product(team("Other", board=1), SEARCH))

    assert codes(plan) == {"A-1": "NO_TEAM"}


def spellings() -> list[str]:
    """Every spelling of Won't that the measure of Must work reads, and some more that people write."""
    words = [word for word in Must().other_labels if word.startswith("won")]
    leads = ("", "moscow-", "moscow:", "moscow::", "MoSCoW-")
    return [*(f"{lead}{word}" for lead in leads for word in words), "Won’t", "wonthave", "moscow_wont", "won't-do"]


@pytest.mark.parametrize("label", spellings())
def test_what_will_not_be_done_this_time_is_never_proposed(label: str) -> None:
    plan = proposed(story("A-1", 5, labels=frozenset({label})), story("A-2", 4, labels=frozenset({"wonton"})))

    assert placed(plan) == {"A-2": "Payments"}
    assert codes(plan) == {"A-1": "WONT"}
    assert f'"{label}"' in why(plan, "A-1")


def test_an_issue_that_a_team_accepted_is_placed_though_not_ready() -> None:
    issues = (story("A-1", None), story("A-2", 4), story("A-3", 4))
    backlog = Backlog.of(world(*issues), (capacity(PAYMENTS), capacity(SEARCH)))
    judgement = judged(issues, ["A-1", "A-2"])

    assert set(placed(propose(backlog, judgement))) == {"A-3"}
    plan = propose(backlog, judgement, Choices(accepted=frozenset({issues[0].id, issues[2].id})))
    assert set(placed(plan)) == {"A-1", "A-3"}
    first, second = plan.placements
    assert first.though.startswith("Accepted though not ready: no acceptance criteria")
    assert first.why.startswith(first.though)
    assert first.points > 0
    assert second.though == ""


def chosen(*issues: Issue, choices: Choices = Choices(), **overrides: object) -> SprintProposal:  # noqa: B008
    backlog = Backlog.of(world(*issues, **overrides), (capacity(PAYMENTS), capacity(SEARCH)))
    return propose(backlog, judged(issues), choices)


def test_an_issue_that_its_team_rejected_is_left_out_with_the_reason() -> None:
    one = story("A-1")
    plan = chosen(one, choices=Choices(rejected={one.id: {"Payments": "Ana rejected it: too big."}}))

    assert codes(plan) == {"A-1": "REJECTED"}
    assert why(plan, "A-1") == "Ana rejected it: too big."


def test_an_issue_that_the_product_owner_released_is_left_out_with_the_reason() -> None:
    one = story("A-1")
    released = Stay(at=datetime(2026, 3, 1, tzinfo=UTC), until=date(2026, 9, 1), because="the market is gone.")
    plan = chosen(one, choices=Choices(released={one.id: released}))

    assert codes(plan) == {"A-1": "RELEASED"}
    assert why(plan, "A-1") == "The Product Owner released it: the market is gone."


def test_an_issue_that_one_team_rejected_goes_to_another_that_takes_it() -> None:
    one = story("A-1", 3.0, "payments", "search")

    assert placed(chosen(one, choices=Choices())) == {"A-1": "Payments"}
    assert placed(chosen(one, choices=Choices(rejected={one.id: {"Payments": "No."}}))) == {"A-1": "Search"}


def test_an_issue_that_people_gave_to_a_team_goes_there_whatever_the_team_recognises() -> None:
    free, other = story("A-1", 3.0, "elsewhere"), story("A-2")
    plan = chosen(free, other, takers={free.id: "Search", other.id: "Search"})

    assert placed(plan) == {"A-1": "Search", "A-2": "Search"}
    assert placed(chosen(free, takers={free.id: "Nowhere"})) == {}
