"""Teams that share a board without saying what each takes."""

from rules.capacity.shared_boards import shared_boards
from rules.model import Team, TeamFilter
from tests.factories import team


def silent(name: str, board: int = 12) -> Team:
    return team(name, board=board, takes=TeamFilter())


def facts(*teams: Team) -> list[str]:
    return [one.fact.partition(":")[0] for one in shared_boards(teams)]


def test_teams_with_a_board_of_their_own_need_not_say_what_they_take() -> None:
    assert facts(silent("A"), silent("B", board=13), team("C", board=14)) == []


def test_teams_that_share_a_board_and_say_what_they_take_are_all_right() -> None:
    assert facts(team("A"), team("B")) == []


def test_the_teams_that_do_not_say_what_they_take_are_named_where_others_do() -> None:
    assert facts(team("A"), silent("B")) == ["is shared by A and B, and B does not say what it takes"]
    assert facts(team("A"), silent("B"), silent("C")) == [
        "is shared by A and B and C, and B and C do not say what they take"
    ]


def test_where_no_team_says_what_it_takes_that_is_said_of_all_in_one_sentence() -> None:
    assert facts(silent("A"), silent("B")) == ["is shared by A and B, and neither says what it takes"]
    assert facts(silent("A"), silent("B"), silent("C")) == ["is shared by A and B and C, and none says what it takes"]
