"""Which old issues the Product Owner is asked about, with which evidence, and when the question comes again."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.commands.answers import Answer, Commands
from rules.inventory.old_issues import Interest, OldIssues, old_issues
from rules.inventory.options import OldIssuesOptions
from rules.model import Category, EditField, Issue, Kind, LinkKind
from rules.release import Stay
from tests.factories import NOW, comment, edit, issue, link, product, sprint, team
from tests.rules.inventory.judged import judged

LABEL = "readyline-released"
TODAY = NOW.date()


def ago(days: float) -> Any:
    return NOW - timedelta(days=days)


def old(key: str = "SHOP-1", days: float = 200, **values: Any) -> Issue:
    """An issue that nobody changed for so many days."""
    return issue(key, **({"created": ago(days + 100), "updated": ago(days)} | values))


def asked(
    *issues: Issue,
    commands: Commands = Commands(),  # noqa: B008 - frozen
    unwanted: tuple[str, ...] = (),
    near: tuple[str, ...] = (),
    options: OldIssuesOptions | None = None,
    **world: Any,
) -> OldIssues:
    backlog, judgement = judged(*issues, near=near, **world)
    chosen = options or OldIssuesOptions()
    return old_issues(backlog, judgement, commands, chosen, label=LABEL, unwanted=unwanted)


def answered(of: Issue, stay: Stay) -> Commands:
    """The Product Owner's answer about an issue, which holds."""
    released = {of.id: stay} if stay.released else {}
    return Commands(answers=(Answer(comment="7", issue=of.id, text="", stay=stay),), released=released)


def test_the_longest_without_a_change_comes_first_and_only_so_many_at_a_time() -> None:
    issues = [old(f"SHOP-{number}", days=200 + number) for number in range(1, 13)]
    found = asked(*issues)
    assert found.keys == tuple(f"SHOP-{number}" for number in range(12, 2, -1))
    assert (found.in_all, found.days) == (12, 180)
    assert asked(*issues, options=OldIssuesOptions(at_once=2)).keys == ("SHOP-12", "SHOP-11")
    nothing = asked(*issues, options=OldIssuesOptions(at_once=0))
    assert (nothing.offers, nothing.in_all) == ((), 0)


def test_issues_that_become_old_in_thirty_days_have_their_day() -> None:
    """Changed 151 and 179 days ago: they are old in 29 days and tomorrow. One of 149 days ago comes later."""
    issues = [old("SHOP-1", 151), old("SHOP-2", 179), old("SHOP-3", 149), old("SHOP-4", 200), old("SHOP-5", 170)]
    coming = asked(*issues, near=("SHOP-5",)).coming
    assert [(one.issue.key, (one.on - TODAY).days) for one in coming] == [("SHOP-2", 1), ("SHOP-1", 29)]
    assert asked(*issues, options=OldIssuesOptions(at_once=0)).coming == ()


def test_an_issue_is_old_on_the_day_and_not_before() -> None:
    assert asked(old(days=180)).keys == ("SHOP-1",)
    assert asked(old(days=179.9)).keys == ()


@pytest.mark.parametrize(
    "values",
    [
        {"sprint": "5"},
        {"category": Category.DOING},
        {"category": Category.DONE},
        {"kind": Kind.EPIC},
        {"kind": Kind.SUBTASK},
        {"created": ago(20)},
        {"comments": (comment(created=ago(3)),)},
        {"updated": ago(900), "human_updated": ago(10)},
    ],
)
def test_nobody_is_asked_about_what_is_planned_or_in_progress_or_touched(values: dict[str, Any]) -> None:
    """One wrong question costs more trust than ten right ones earn."""
    assert asked(old(**values), sprints=(sprint("5"),)).keys == ()


def test_nobody_is_asked_about_an_issue_in_the_ready_horizon_or_one_to_which_nothing_is_written() -> None:
    assert asked(old(), near=("SHOP-1",)).keys == ()
    assert asked(old(), unwanted=("SHOP-1",)).keys == ()


def test_nobody_is_asked_about_an_issue_of_a_team_that_is_left_out() -> None:
    shop = product(team("Payments"), team("Search", board=13))
    assert asked(old(), product=shop, stopped={"Payments": "no access"}).keys == ()


@pytest.mark.parametrize(
    ("waiting", "near", "keys"),
    [({}, ("SHOP-2",), ()), ({"sprint": "5"}, (), ()), ({}, (), ("SHOP-1",))],
)
def test_nobody_is_asked_about_what_something_near_waits_for(
    waiting: dict[str, Any], near: tuple[str, ...], keys: tuple[str, ...]
) -> None:
    waits = issue("SHOP-2", links=(link("SHOP-1"),), **waiting)
    found = asked(waits, old(), near=near, sprints=(sprint("5"),))
    assert found.keys == keys


def test_something_outside_of_the_backlog_that_waits_may_be_near() -> None:
    assert asked(old(links=(link("OPS-4", LinkKind.BLOCKS),))).keys == ()


@pytest.mark.parametrize(
    "part", [{"updated": ago(2)}, {"sprint": "5"}, {"category": Category.DOING, "updated": ago(400)}]
)
def test_work_on_a_part_of_an_issue_is_work_on_the_issue(part: dict[str, Any]) -> None:
    child = issue("SHOP-2", kind=Kind.SUBTASK, parent="SHOP-1", **({"created": ago(900), "updated": ago(900)} | part))
    assert asked(old(), child, sprints=(sprint("5"),)).keys == ()
    far = issue("SHOP-2", kind=Kind.SUBTASK, parent="SHOP-1", created=ago(900), updated=ago(900))
    assert asked(old(), far).keys == ("SHOP-1",)


def test_the_evidence_is_dates_links_what_waits_and_likely_duplicates() -> None:
    twice: dict[str, Any] = {"title": "Crypto payments in the checkout of the shop"}
    first = old("SHOP-1", **twice, body="Shoppers pay with coins from their wallet in the browser.")
    second = old(
        "SHOP-2",
        days=300,
        **twice,
        body="Shoppers pay with coins from their wallet in the browser.",
        links=(link("SHOP-3", LinkKind.BLOCKS), link("SHOP-8", LinkKind.DUPLICATE), link("SHOP-9", LinkKind.RELATES)),
    )
    far = issue("SHOP-3")
    second_offer, first_offer = asked(first, second, far).offers
    assert (second_offer.rank, second_offer.last_touch) == (2, ago(300))
    assert second_offer.links == ("SHOP-3", "SHOP-8", "SHOP-9")
    assert second_offer.waiting == ("SHOP-3",)
    assert second_offer.duplicates == ("SHOP-1", "SHOP-8")
    assert first_offer.duplicates == ("SHOP-2",)


def test_votes_and_watchers_are_those_of_now() -> None:
    found = asked(old("SHOP-1", watchers=4, votes=2), old("SHOP-2"))
    fresh = found.with_interest({"1": Interest(votes=7, watchers=5)})
    assert {one.issue.key: (one.issue.votes, one.issue.watchers) for one in fresh.offers} == {
        "SHOP-1": (7, 5),
        "SHOP-2": (None, 0),
    }


def test_a_kept_issue_is_silent_up_to_its_day() -> None:
    kept = old()
    until = answered(kept, Stay(at=ago(5), until=TODAY))
    found = asked(kept, commands=until)
    assert (found.keys, [(one.issue.key, one.until) for one in found.kept]) == ((), [("SHOP-1", TODAY)])
    over = asked(kept, commands=answered(kept, Stay(at=ago(5), until=TODAY - timedelta(days=1))))
    assert (over.keys, over.kept) == (("SHOP-1",), ())


@given(silent=st.integers(0, 400), passed=st.integers(0, 800), because=st.sampled_from(["", "nobody wants it"]))
def test_an_answered_issue_is_never_asked_about_before_its_time(silent: int, passed: int, because: str) -> None:
    one = old(days=1000)
    at = ago(passed)
    stay = Stay(at=at, until=at.date() + timedelta(days=silent), because=because)
    found = asked(one, commands=answered(one, stay))
    assert (found.keys == ()) is (bool(because) or passed <= silent)


def test_released_issues_are_listed_with_their_reason_as_long_as_they_are_open() -> None:
    gone, labelled = old("SHOP-1"), old("SHOP-2", labels=frozenset({LABEL}))
    stay = Stay(at=ago(5), until=TODAY, because="the market is gone")
    found = asked(gone, labelled, old("SHOP-3"), commands=answered(gone, stay))
    assert [(one.issue.key, one.because, one.on) for one in found.released] == [
        ("SHOP-1", "the market is gone", date(2026, 2, 25)),
        ("SHOP-2", "", None),
    ]
    assert found.keys == ("SHOP-3",)


def test_a_release_that_is_taken_back_is_silent_up_to_its_day() -> None:
    one = old()
    stay = Stay(at=ago(5), until=TODAY, because="the market is gone")
    taken_back = Commands(answers=answered(one, stay).answers)
    assert asked(one, commands=taken_back).keys == ()
    before = Commands(answers=answered(one, Stay(at=ago(50), until=TODAY - timedelta(days=1), because="x")).answers)
    assert asked(one, commands=before).keys == ("SHOP-1",)


def test_a_release_ends_when_somebody_plans_the_issue_or_changes_its_status() -> None:
    stay = Stay(at=ago(5), until=TODAY, because="the market is gone")
    assert stay.holds(old(), ())
    assert not stay.holds(old(sprint="5"), ())
    assert not stay.holds(old(category=Category.DONE), ())
    assert not stay.holds(old(), (edit(EditField.STATUS, days_ago=2),))
    assert stay.holds(old(), (edit(EditField.STATUS, days_ago=6), edit(EditField.STATUS, days_ago=2, by_person=False)))
    assert stay.holds(old(), (edit(EditField.TITLE, days_ago=2),))
