"""Commands in comments: only the first line, only by those allowed, each answered once, everything else is data."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from rules.commands.answers import ASKED, Answer, Commands
from rules.commands.grammar import commands_of
from rules.commands.read import answer_to, read_commands
from rules.commands.values import Accept, Command, Give, Hands, Pledge, Recheck, Refusal, Reject, Scope, Unknown, Waive
from rules.model import SprintState
from rules.translations import TRANSLATIONS
from rules.wording import translated
from tests.factories import comment, issue, person, product, snapshot, sprint, team

BOSS = "acc-1"
RULES = ("ready.acceptance", "ready.estimated")


def read(text: str, author: str = BOSS, known: frozenset[str] = frozenset()) -> tuple[Command, ...]:
    said = issue(comments=(comment(text, id="77", author=author, author_name="Ana"),))
    return commands_of(said, allowed=frozenset({BOSS}), rules=RULES, answered=known, teams=("Web shop", "Search"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("/ready recheck", Recheck),
        ("/READY accept", Accept),
        ("/ready accept.", Accept),
        ("/ready hands-off", Hands),
        ("/ready hands-on please", Hands),
        ("/ready Hands off", Hands),
        ("/ready hands\u2013off!", Hands),
    ],
)
def test_a_command_by_somebody_allowed_is_read(text: str, kind: type[Command]) -> None:
    assert [type(one) for one in read(text)] == [kind]


@pytest.mark.parametrize(
    ("text", "team"),
    [("accept", ""), ("accept search", "Search"), ('accept "Web shop".', "Web shop")],
)
def test_an_acceptance_may_name_the_team(text: str, team: str) -> None:
    (one,) = read(f"/ready {text}")
    assert isinstance(one, Accept)
    assert one.team == team


@pytest.mark.parametrize(
    ("text", "team"), [("reject because it is too big", ""), ("reject Web shop because it is too big", "Web shop")]
)
def test_a_rejection_has_a_reason_and_may_name_the_team(text: str, team: str) -> None:
    (one,) = read(f"/ready {text}")
    assert isinstance(one, Reject)
    assert (one.team, one.reason) == (team, "it is too big")


def test_an_issue_is_given_to_a_team() -> None:
    (one,) = read("/ready team SEARCH")
    assert isinstance(one, Give)
    answer = answer_to(one, issue())
    assert (one.team, answer.text, answer.accepts, answer.rejects) == (
        "Search",
        "Ana gave this issue to Search.",
        False,
        False,
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("accept please", 'there is no team "please"; the teams are Web shop, Search'),
        ("team", 'there is no team ""; the teams are Web shop, Search'),
        ("reject Sales because it is ours", 'there is no team "Sales"; the teams are Web shop, Search'),
        ("reject", "a rejection needs a reason; write: /ready reject because REASON"),
        ("reject because", "a rejection needs a reason; write: /ready reject because REASON"),
    ],
)
def test_a_decision_that_cannot_be_read_says_how_to_write_it(text: str, why: str) -> None:
    (one,) = read(f"/ready {text}")
    assert isinstance(one, Refusal)
    assert one.why == why


def test_only_the_product_owner_acknowledges_a_change_of_scope() -> None:
    def asked(text: str, account: str) -> Command:
        shop = product(owner="Ana", account=account)
        said = issue(comments=(comment(text, id="77", author=BOSS, author_name="Ana"),))
        allowed = frozenset({BOSS})
        (one,) = commands_of(said, allowed=allowed, rules=RULES, answered=frozenset(), owner=shop)
        return one

    assert isinstance(asked("/ready scope OK.", BOSS), Scope)
    assert answer_to(asked("/ready scope ok", BOSS), issue()).scope == ASKED
    other, unclear = asked("/ready scope ok", "acc-2"), asked("/ready scope fine", BOSS)
    assert isinstance(other, Refusal)
    assert isinstance(unclear, Refusal)
    assert other.why == "only Ana (Product Owner) can acknowledge changes of scope here"
    assert unclear.why == "this command cannot be read; write: /ready scope ok"


def test_a_promise_names_a_sprint() -> None:
    (one,) = read('/ready promise "Search 44".')
    assert isinstance(one, Pledge)
    answer = answer_to(one, issue())
    assert answer.promise is not None
    assert (answer.promise.at, answer.promise.sprint) == (one.comment.created, "")
    (unclear,) = read("/ready promise")
    assert isinstance(unclear, Refusal)
    assert unclear.why == "this command cannot be read; write: /ready promise SPRINT"


def test_a_waiver_has_rule_reason_owner_and_last_day() -> None:
    (one,) = read("/ready waive acceptance until 2026-12-01 because the pilot shows it")
    assert isinstance(one, Waive)
    waiver = one.waiver
    assert (waiver.rule, waiver.issue, waiver.owner) == ("ready.acceptance", "SHOP-1", "Ana")
    assert (waiver.until, waiver.reason) == (date(2026, 12, 1), "the pilot shows it")


@pytest.mark.parametrize(
    "text",
    [
        "/ready waive acceptance",
        "/ready waive nothing until 2026-12-01 because x",
        "/ready waive acceptance until 2026-02-31 because x",
        "/ready waive acceptance until 2026-12-01",
    ],
)
def test_a_waiver_that_cannot_be_read_is_refused_with_the_way_to_write_it(text: str) -> None:
    (one,) = read(text)
    assert isinstance(one, Refusal)
    assert "/ready waive RULE until" in one.why


def test_somebody_else_is_refused() -> None:
    (one,) = read("/ready recheck", author="acc-2")
    assert isinstance(one, Refusal)


def test_a_refusal_names_who_may_command() -> None:
    bo, sofia = person(name="Bo", account="acc-2"), person(name="Sofia Rossi", account="acc-3")
    shop = product(team(people=(bo, sofia)), owner="Ana Alvarez")
    asking = issue(comments=(comment("/ready waive", id="77", author="acc-9", author_name="Max"),))

    def answer(*accounts: str) -> str:
        world = snapshot(asking, product=shop)
        return read_commands(world, allowed=frozenset(accounts), rules=RULES, given=()).fresh[0].text

    assert answer("acc-1") == "Max, only Ana Alvarez (Product Owner) can waive here."
    assert (
        answer("acc-1", "acc-2", "acc-3") == "Max, only Ana Alvarez (Product Owner), Bo and Sofia Rossi can waive here."
    )
    assert answer() == "Max, you cannot waive here."


def test_a_refusal_names_five_people_at_most() -> None:
    crew = tuple(person(name=f"P{number}", account=f"acc-{number}") for number in range(8))
    asking = issue(comments=(comment("/ready accept", id="77", author="acc-9", author_name="Max"),))
    world = snapshot(asking, product=product(team(people=crew)))
    allowed = frozenset(one.account for one in crew)
    (answer,) = read_commands(world, allowed=allowed, rules=RULES, given=()).fresh
    assert answer.text == "Max, only P0, P1, P2, P3, P4 and 3 others can accept here."


def test_a_command_that_was_answered_is_not_read_again() -> None:
    assert read("/ready recheck", known=frozenset({"77"})) == ()


@pytest.mark.parametrize(
    "text",
    [
        "I would say /ready recheck",
        "/readyrecheck",
        "# /ready recheck",
        "- /ready recheck",
        "> /ready accept",
        "{{ '/ready accept' }}",
        "",
    ],
)
def test_any_other_text_is_inert(text: str) -> None:
    assert read(text) == ()


def test_an_answer_gives_the_moment_of_the_question_in_utc_whatever_zone_the_tracker_uses() -> None:
    asked = datetime(2026, 11, 20, 14, 50, tzinfo=timezone(timedelta(hours=1)))
    said = issue(comments=(comment("/ready recheck", author=BOSS, created=asked),))
    (command,) = commands_of(said, allowed=frozenset({BOSS}), rules=RULES, answered=frozenset())
    assert answer_to(command, said).text.endswith("asked 2026-11-20 13:50 UTC.")


@pytest.mark.parametrize(
    ("command", "accounts", "language", "text"),
    [
        ("waive", (), "de", "Max, /ready waive ist hier nicht möglich."),
        ("accept", ("acc-1",), "fr", "Max, /ready accept est réservé ici à Ana (Product Owner)."),
        ("accept", ("acc-1", "acc-2"), "es", "Max, /ready accept está reservado aquí a Ana (Product Owner) y Bo."),
        ("recheck", ("acc-9",), "de", "Erneut geprüft für Max, Anfrage vom 2026-03-01 09:00 UTC."),
        ("waive rest until 2026-12-01 because x", ("acc-9",), "de", "Max, es gibt keine Regel „rest“; richtig ist: "),
        (
            "waive acceptance until 2026-12-01 because because",
            ("acc-9",),
            "fr",
            "Max a accepté acceptance jusqu'au 2026-12-01 : because",
        ),
    ],
)
def test_an_answer_can_be_in_another_language(
    command: str, accounts: tuple[str, ...], language: str, text: str
) -> None:
    """The words of commands and the names of rules stay as they are written."""
    asking = issue(comments=(comment(f"/ready {command}", id="77", author="acc-9", author_name="Max"),))
    world = snapshot(asking, product=product(team(people=(person(name="Bo", account="acc-2"),)), owner="Ana"))
    (answer,) = read_commands(world, allowed=frozenset(accounts), rules=RULES, given=()).fresh

    assert translated(answer.text, TRANSLATIONS[language]).startswith(text)


def answered(*texts: str, author: str = BOSS, given: tuple[Answer, ...] = ()) -> Commands:
    """What is answered to these comments on one issue, each with an id of its own."""
    comments = tuple(
        comment(text, id=str(number), author=author, author_name="Ana") for number, text in enumerate(texts)
    )
    world = snapshot(issue(comments=comments))
    return read_commands(world, allowed=frozenset({BOSS}), rules=RULES, given=given)


def test_an_unknown_word_gets_one_short_answer_from_those_allowed() -> None:
    (answer,) = answered("/ready approve this").fresh
    assert answer.text == (
        'Ana, there is no command "approve"; the commands are '
        "recheck, accept, reject, team, waive, hands-off, hands-on, keep, release, scope, promise."
    )
    assert (answer.accepts, answer.waiver, answer.hands_off) == (False, None, None)


def test_an_unknown_word_of_anybody_else_is_only_text() -> None:
    assert answered("/ready approve", author="acc-9").fresh == ()


def test_the_answer_to_an_unknown_word_is_never_repeated() -> None:
    first = answered("/ready approve", "/ready approve")
    assert len(first.fresh) == 1
    again = answered("/ready approve", "/ready approve", "/ready approve", given=first.answers)
    assert again.fresh == ()
    assert len(answered("/ready approve", "/ready merge", given=first.answers).fresh) == 1


def test_a_long_unknown_word_is_cut() -> None:
    (one,) = read(f"/ready {'x' * 500}")
    assert isinstance(one, Unknown)
    assert len(one.word) == 31


@pytest.mark.parametrize("text", ["/ready", "/ready\nto go", "ready approve", "> /ready approve", "- /ready approve"])
def test_what_is_quoted_or_not_a_command_is_never_answered(text: str) -> None:
    assert read(text) == ()


def test_the_last_word_about_hands_counts() -> None:
    assert answered("/ready hands-off").hands_off == {"1": True}
    assert answered("/ready hands-off", "/ready hands-on").hands_off == {"1": False}
    earlier = answered("/ready hands-off").answers
    assert answered("", "/ready hands-on", given=earlier).hands_off == {"1": False}
    assert answered("/ready recheck").hands_off == {}


def test_hands_off_by_anybody_else_is_refused() -> None:
    (answer,) = answered("/ready hands-off", author="acc-9").fresh
    assert answer.hands_off is None
    assert answer.text == "Ana, only Ana Alvarez (Product Owner) can keep readyline away here."


def test_a_waiver_that_is_over_already_is_answered() -> None:
    (answer,) = answered("/ready waive acceptance until 2026-01-31 because the pilot shows it").fresh
    assert answer.waiver is None
    assert "2026-01-31 is over" in answer.text


def test_a_waiver_follows_an_issue_that_moves_to_another_key() -> None:
    waived = answered("/ready waive acceptance until 2026-12-01 because the pilot shows it")
    moved = snapshot(issue("PAY-7", id="1"))
    (waiver,) = read_commands(moved, allowed=frozenset({BOSS}), rules=RULES, given=waived.answers).waivers
    assert (waiver.issue, waiver.reason) == ("PAY-7", "the pilot shows it")


def test_commands_to_a_team_that_is_left_out_wait() -> None:
    asking = issue(comments=(comment("/ready recheck", id="77", author=BOSS),))
    world = snapshot(asking, stopped={"Payments": "its board does not exist"})
    assert read_commands(world, allowed=frozenset({BOSS}), rules=RULES, given=()).fresh == ()


def decision(comment: str, **values: Any) -> Answer:
    return Answer(comment=comment, issue="1", **({"text": comment} | values))


def test_of_several_decisions_about_an_issue_the_last_one_counts() -> None:
    accepts, rejects = decision("a", accepts=True, team="Search"), decision("r", rejects=True, team="Payments")

    both = Commands(answers=(accepts, rejects))
    assert (both.accepted, both.takers, both.rejected) == (frozenset(), {}, {"1": {"Payments": "r"}})
    again = Commands(answers=(rejects, accepts))
    assert (again.accepted, again.takers, again.rejected) == (frozenset({"1"}), {"1": "Search"}, {})


def test_what_was_given_to_a_team_stays_with_it_when_a_team_rejects_it() -> None:
    gives, rejects = decision("g", team="Search"), decision("r", rejects=True, team="Search", sprint="4")

    assert Commands(answers=(gives, rejects)).takers == {"1": "Search"}
    later = decision("h", team="Payments")
    assert Commands(answers=(gives, later)).takers == {"1": "Payments"}


def test_an_acceptance_for_a_team_ends_with_its_sprint_and_giving_it_to_a_team_does_not() -> None:
    over = snapshot(sprints=(sprint("4", SprintState.ACTIVE),))
    accepts, gives = decision("a", accepts=True, team="Search", sprint="4"), decision("g", team="Payments")

    def takers(answer: Answer) -> object:
        return read_commands(over, allowed=frozenset(), rules=(), given=(answer,)).takers

    assert (takers(accepts), takers(gives)) == ({}, {"1": "Payments"})


def test_a_rejection_ends_once_its_sprint_has_started() -> None:
    rejects = decision("r", rejects=True, team="Payments", sprint="4")

    def rejected(state: SprintState) -> object:
        of = snapshot(sprints=(sprint("4", state),))
        return read_commands(of, allowed=frozenset(), rules=(), given=(rejects,)).rejected

    assert rejected(SprintState.FUTURE) == {"1": {"Payments": "r"}}
    assert rejected(SprintState.ACTIVE) == {}


def owned(*texts: str, author: str = BOSS, **values: Any) -> Commands:
    """What is answered to these comments on an issue of a product whose owner has the account `BOSS`."""
    bo = person(name="Bo", account="acc-2")
    comments = tuple(
        comment(text, id=str(number), author=author, author_name="Ana") for number, text in enumerate(texts)
    )
    world = snapshot(issue(comments=comments, **values), product=product(team(people=(bo,)), account=BOSS))
    return read_commands(world, allowed=frozenset({BOSS, "acc-2"}), rules=RULES, given=(), keep_days=90)


def test_a_kept_issue_is_silent_up_to_the_day_that_is_named() -> None:
    (answer,) = owned("/ready keep until 2026-12-01").fresh
    assert answer.stay is not None
    assert (answer.stay.until, answer.stay.released) == (date(2026, 12, 1), False)
    assert answer.text == "Ana keeps this issue. The question comes again after 2026-12-01."


@pytest.mark.parametrize("text", ["/ready keep", "/ready keep.", "/READY Keep"])
def test_a_kept_issue_is_silent_for_the_configured_time_where_no_day_is_named(text: str) -> None:
    """Counted from the comment of 1 March: a command that is read again means the same."""
    commands = owned(text)
    assert commands.stays["1"].until == date(2026, 3, 1) + timedelta(days=90)


def test_a_release_has_its_reason() -> None:
    (answer,) = owned("/ready release because nobody asked for it.").fresh
    assert answer.stay is not None
    assert (answer.stay.because, answer.stay.until) == ("nobody asked for it.", date(2026, 5, 30))
    assert answer.text == "Ana released this issue: nobody asked for it."


@pytest.mark.parametrize(
    ("text", "values", "why"),
    [
        ("/ready keep it", {}, "Ana, this command cannot be read; write: /ready keep until YYYY-MM-DD."),
        ("/ready keep until 2026-02-31", {}, "Ana, there is no day 2026-02-31; write: /ready keep until YYYY-MM-DD."),
        ("/ready keep until 2026-02-01", {}, "Ana, 2026-02-01 is over; write: /ready keep until YYYY-MM-DD."),
        ("/ready release", {}, "Ana, a release needs a reason; write: /ready release because REASON."),
        ("/ready release because x", {"sprint": "5"}, "Ana, this issue is in a sprint; move it to the backlog first."),
    ],
)
def test_what_cannot_be_kept_or_released_is_refused_with_the_reason(
    text: str, values: dict[str, Any], why: str
) -> None:
    (answer,) = owned(text, **values).fresh
    assert (answer.text, answer.stay) == (why, None)


@pytest.mark.parametrize("verb", ["keep", "release because x"])
def test_only_the_product_owner_keeps_and_releases(verb: str) -> None:
    (answer,) = owned(f"/ready {verb}", author="acc-2").fresh
    assert answer.text == f"Ana, only Ana Alvarez (Product Owner) can {verb.split(maxsplit=1)[0]} here."
    assert answer.stay is None


def test_the_last_answer_about_an_issue_counts() -> None:
    commands = owned("/ready release because x", "/ready keep until 2026-12-01")
    assert not commands.stays["1"].released
