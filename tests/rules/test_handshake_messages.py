"""Messages about dependencies between teams: to whom, what they say, and that a fact is said once."""

from datetime import timedelta

import pytest

from rules.backlog.index import Backlog
from rules.capacity.model import Level
from rules.messages import Audience, Message, handshake_messages
from rules.model import Issue, LinkKind, Sprint
from rules.promise import Promise
from tests.factories import NOW, issue, link, product, snapshot, sprint, team
from tests.rules.planning.judged import judged

PAYMENTS, SEARCH = team("Payments", board=12), team("Search", board=13)
BLOCKER = issue("S-9", components=("search",))
SOON = sprint("50", board=12, name="Payments 50", start=NOW + timedelta(days=7), end=NOW + timedelta(days=21))
FAR = sprint("51", board=12, name="Payments 51", start=NOW + timedelta(days=21), end=NOW + timedelta(days=35))
GONE = Promise(at=NOW - timedelta(days=2), sprint="99", name="Search 40", team="Search")


def needs(box: Sprint | None = None, blocker: str = "S-9", key: str = "A-1") -> Issue:
    return issue(key, links=(link(blocker, LinkKind.BLOCKED_BY),), sprint=box.id if box else None)


def sent(*issues: Issue, promise: Promise | None = None) -> dict[str, Message]:
    world = snapshot(
        *issues,
        product=product(PAYMENTS, SEARCH),
        sprints=(SOON, FAR),
        promises={BLOCKER.id: promise} if promise is not None else {},
    )
    backlog = Backlog.of(world, ())
    return {one.team: one for one in handshake_messages(backlog, judged(issues), links={"Search": "https://x/search"})}


def test_nothing_is_sent_where_nothing_is_to_agree_on() -> None:
    assert sent(needs(), issue("S-9")) == {}


def test_the_providing_team_is_asked_with_the_day_by_which_to_agree() -> None:
    made = sent(needs(FAR), BLOCKER)

    assert list(made) == ["Search"]
    message = made["Search"]
    assert (message.audience, message.level, message.link) == (Audience.SM, Level.INFO, "https://x/search")
    assert message.title == "Search: 1 promise is asked for"
    agree_by = NOW + timedelta(days=7)
    assert message.lines == (
        "Other teams need:",
        f"- S-9 for A-1 (Payments): not agreed on yet, open for 30 days; agree by {agree_by.day} {agree_by:%B}.",
        'Comment "/ready promise SPRINT" on it, or put it into a sprint that ends before.',
    )
    assert message.occasions == (f"handshake asked {needs().id} {BLOCKER.id} open",)


def test_with_less_than_one_sprint_of_notice_both_teams_hear_of_it_once_more() -> None:
    made = sent(needs(SOON), BLOCKER)

    assert set(made) == {"Search", "Payments"}
    assert made["Payments"].level is Level.AMBER
    assert made["Payments"].title == "Payments: 1 issue waits for another team"
    assert "less than one sprint of notice" in made["Payments"].lines[1]
    assert made["Search"].occasions == (f"handshake asked {needs().id} {BLOCKER.id} open short",)


def test_a_promise_that_is_not_kept_any_more_is_told_to_the_team_that_waits() -> None:
    made = sent(needs(FAR), BLOCKER, promise=GONE)
    day = f"{(NOW + timedelta(days=7)).day} {NOW + timedelta(days=7):%B}"

    assert made["Payments"].lines == (
        "Your team waits for:",
        f"- S-9 (Search) for A-1: not in Search 40 any more, which was promised, open for 2 days; agree by {day}.",
    )
    assert made["Search"].level is Level.AMBER


@pytest.mark.parametrize("count", [10, 12])
def test_a_long_list_is_cut(count: int) -> None:
    issues = [needs(SOON, key=f"A-{n}") for n in range(1, count + 1)]
    made = sent(*issues, BLOCKER)

    assert made["Search"].title == f"Search: {count} promises are asked for"
    assert ("- and 2 more, on the page" in made["Search"].lines) is (count == 12)
    assert len(made["Payments"].occasions) == count
