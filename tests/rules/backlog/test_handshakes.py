"""A dependency between teams is agreed on by a sprint in time or a promise, and open again when the provider moves."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from rules.backlog.handshakes import Agreement, Handshake
from rules.backlog.index import Backlog
from rules.capacity.days import Window
from rules.model import EditField, Issue, LinkKind, Sprint, SprintState
from rules.promise import Promise
from rules.ready.cross_team import CrossTeam
from rules.rule import Failed, Passed, Subject
from tests.factories import NOW, edit, issue, link, product, snapshot, sprint, team

PAYMENTS, SEARCH = team("Payments", board=12), team("Search", board=13)
NEEDS = issue("A-1", links=(link("S-9", LinkKind.BLOCKED_BY),))
BLOCKER = issue("S-9", components=("search",))
THIS = sprint("40", SprintState.ACTIVE, board=13, name="Search 40")
NEXT = sprint("41", board=13, name="Search 41")
LATER = sprint("42", board=13, name="Search 42", start=NOW + timedelta(days=21))
OURS = sprint("50", board=12, name="Payments 50")
SPRINTS = (THIS, NEXT, LATER, OURS)


def promised(box: Sprint = NEXT, *, days_ago: float = 5) -> Promise:
    return Promise(at=NOW - timedelta(days=days_ago), sprint=box.id, name=box.name, team="Search")


def world(needs: Issue = NEEDS, blocker: Issue = BLOCKER, promise: Promise | None = None, **overrides: Any) -> Backlog:
    values = {"product": product(PAYMENTS, SEARCH), "sprints": SPRINTS} | overrides
    promises = {blocker.id: promise} if promise is not None else {}
    return Backlog.of(snapshot(needs, blocker, promises=promises, **values))


def the(backlog: Backlog) -> Handshake:
    ((one,),) = backlog.handshakes.values()
    return one


def moved(before: str, after: str, days_ago: float) -> dict[str, tuple[Any, ...]]:
    return {BLOCKER.id: (edit(EditField.SPRINT, BLOCKER.id, days_ago=days_ago, before=before, after=after),)}


def in_sprint(one: Issue, box: Sprint) -> Issue:
    return issue(one.key, components=one.components, links=one.links, sprint=box.id, sprints=(box.id,))


def test_what_nobody_answered_is_open_and_ages_from_the_day_of_the_link() -> None:
    one = the(world())
    assert (one.needs_team, one.provider, one.agreement) == ("Payments", "Search", Agreement.OPEN)
    assert one.state(NOW) == "not agreed on yet, open for 30 days"

    linked = {NEEDS.id: (edit(EditField.LINKS, NEEDS.id, days_ago=4, after="S-9"),)}
    assert the(world(edits=linked)).days_open(NOW) == 4


def test_a_promise_is_an_agreement() -> None:
    one = the(world(promise=promised()))
    assert one.is_agreed
    assert (one.state(NOW), one.days_open(NOW)) == ("promised for Search 41", 0)


@pytest.mark.parametrize(
    ("box", "agreement"), [(THIS, Agreement.PLANNED), (NEXT, Agreement.LATE), (LATER, Agreement.LATE)]
)
def test_a_sprint_of_the_provider_is_an_agreement_if_it_ends_before_ours_begins(
    box: Sprint, agreement: Agreement
) -> None:
    one = the(world(in_sprint(NEEDS, OURS), in_sprint(BLOCKER, box)))
    assert one.agreement is agreement
    assert one.is_agreed is (agreement is Agreement.PLANNED)


def test_a_long_name_of_a_sprint_leaves_room_for_what_to_do() -> None:
    box = sprint("43", board=13, name="Search " * 90)
    one = the(world(blocker=in_sprint(BLOCKER, box), sprints=(*SPRINTS, box)))
    assert len(one.state(NOW)) < 120
    assert one.state(NOW).startswith("planned in Search Search")


def test_the_words_for_what_is_planned_in_time_and_too_late() -> None:
    assert the(world(blocker=in_sprint(BLOCKER, NEXT))).state(NOW) == "planned in Search 41"
    late = the(world(in_sprint(NEEDS, OURS), promise=promised()))
    assert late.state(NOW) == "Search 41 ends too late, open for 5 days"


@pytest.mark.parametrize(
    ("blocker", "edits", "since"),
    [
        (in_sprint(BLOCKER, LATER), moved("41", "42", 2), 2),
        (BLOCKER, moved("41", "", 3), 3),
        (in_sprint(BLOCKER, LATER), {}, 5),
    ],
    ids=["moved to a later sprint", "taken out", "moved by a hand whose past is not known"],
)
def test_a_provider_that_moves_the_blocker_opens_the_dependency_again(
    blocker: Issue, edits: dict[str, Any], since: int
) -> None:
    one = the(world(in_sprint(NEEDS, sprint("50", board=12, start=NEXT.end)), blocker, promised(), edits=edits))
    assert one.agreement is Agreement.MOVED
    assert one.days_open(NOW) == since
    assert one.state(NOW) == f"not in Search 41 any more, which was promised, open for {since} days"


def test_a_move_before_the_promise_opens_nothing() -> None:
    assert the(world(promise=promised(), edits=moved("41", "", 9))).is_agreed


def test_a_promise_ends_with_its_sprint_and_a_new_one_holds() -> None:
    closed = sprint("39", SprintState.CLOSED, board=13, name="Search 39")
    boxes = (*SPRINTS, closed)
    over = the(world(promise=promised(closed, days_ago=20), sprints=boxes))
    assert over.agreement is Agreement.MOVED
    assert closed.completed is not None
    assert over.since == closed.completed
    assert the(world(promise=promised(), sprints=boxes)).is_agreed
    assert the(world(promise=promised(closed), sprints=SPRINTS)).agreement is Agreement.MOVED


def test_only_open_issues_of_two_teams_in_the_backlog_need_an_agreement() -> None:
    same, free = issue("S-9", components=("payments",)), issue("S-9", components=("printing",))
    shared = issue("S-9", components=("payments", "search"))
    assert world(blocker=same).handshakes == {}
    assert world(blocker=free).handshakes == {}
    assert world(blocker=shared).handshakes == {}
    assert world(issue("A-1", links=(link("X-1"),))).handshakes == {}
    assert world(issue("A-1", components=("printing",), links=NEEDS.links)).handshakes == {}


def test_the_team_that_has_an_issue_in_its_sprint_provides_it() -> None:
    third = team("Web", board=14)
    both = issue("S-9", components=("search", "web"), sprint="41", sprints=("41",))
    assert the(world(blocker=both, product=product(PAYMENTS, SEARCH, third))).provider == "Search"
    neither = issue("S-9", components=("search", "web"))
    one = the(world(blocker=neither, product=product(PAYMENTS, SEARCH, third)))
    assert (one.provider, one.agreement) == ("", Agreement.OPEN)


@pytest.mark.parametrize("agreed", [True, False])
def test_a_promise_is_enough_for_the_rule(*, agreed: bool) -> None:
    rule = CrossTeam(agreed=agreed)
    assert isinstance(rule.check(Subject(issue=NEEDS, backlog=world())), Failed)
    assert rule.check(Subject(issue=NEEDS, backlog=world(promise=promised()))) == Passed()


def at(days: float) -> datetime:
    return NOW + timedelta(days=days)


def test_the_age_never_is_below_zero() -> None:
    assert the(world()).days_open(at(-60)) == 0
    assert the(world()).state(at(-60)) == "not agreed on yet"


@pytest.mark.parametrize(
    ("starts_in", "promise", "notice"),
    [
        (21, None, f"agree by {(NOW + timedelta(days=7)).day} {NOW + timedelta(days=7):%B}"),
        (13, None, "less than one sprint of notice"),
        (30, promised(THIS, days_ago=1), ""),
        (12, promised(THIS, days_ago=1), "less than one sprint of notice"),
    ],
    ids=["time is left", "too late to agree", "promised in time", "promised too late"],
)
def test_a_provider_has_one_sprint_of_notice(starts_in: int, promise: Promise | None, notice: str) -> None:
    start = NOW + timedelta(days=starts_in)
    box = sprint("60", board=12, name="Payments 60", start=start, end=start + timedelta(days=14))
    before = sprint("40", SprintState.ACTIVE, board=13, name="Search 40", end=NOW + timedelta(days=2))
    one = the(world(in_sprint(NEEDS, box), promise=promise, sprints=(before, box)))

    assert one.is_agreed is (promise is not None)
    assert one.notice(NOW) == notice


def test_a_dependency_that_no_sprint_needs_yet_has_no_last_day() -> None:
    one = the(world())

    assert (one.agree_by, one.notice(NOW)) == (None, "")
    start = NOW.date() + timedelta(days=7)
    proposed = one.needed_from(Window(start, start + timedelta(days=11)))
    assert proposed.agree_by == start - timedelta(days=14)
    assert proposed.needed_from(Window(NOW.date(), NOW.date())) == proposed
