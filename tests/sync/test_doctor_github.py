"""The doctor looks at a GitHub, and says each thing that is wrong in one sentence."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from sync.config import load
from sync.doctor import Check, State, examine
from sync.fake_github.server import FakeGithub
from sync.fake_github.state import BOT
from sync.fake_http.faults import Answer
from tests.contract.github_place import NOW, SHOP
from tests.sync.trackers.test_github import with_milestones

pytestmark = pytest.mark.journey

CONFIG = """
[tracker]
kind = "github"
url = "URL"
PLACE
[product]
name = "Test"
owner = "Ana"
backlog = "state=open"
[[teams]]
name = "Payments"
board = 7
[write_back]
enabled = true
sprints = "accepted"
[store]
path = "store.db"
"""
PROJECT = """project = "acme/7"
[tracker.fields]
points = "Story points"
sprint = "Sprint"
"""
REPOSITORIES = f'repositories = ["{SHOP}"]'


@pytest.fixture
def github() -> Iterator[FakeGithub]:
    with FakeGithub(with_milestones, now=NOW, clock=lambda: NOW) as site:
        yield site


def checks(
    github: FakeGithub, folder: Path, text: tuple[str, str] = ("", ""), place: str = PROJECT, token: str = ""
) -> Mapping[str, Check]:
    """The checks by name; of `text` the first is replaced by the second in the configuration."""
    config = CONFIG.replace("URL", github.url).replace("PLACE", place).replace(*text)
    (folder / "config.toml").write_text(config)
    environ = {"READYLINE_TOKEN": token or github.token}
    found = examine(load(folder / "config.toml", environ), environ, NOW).checks
    return {check.name: check for check in found}


def failures(found: Mapping[str, Check]) -> Mapping[str, str]:
    return {name: check.sentence for name, check in found.items() if check.state is State.FAILED}


def warnings(found: Mapping[str, Check]) -> Mapping[str, str]:
    return {name: check.sentence for name, check in found.items() if check.state is State.WARNING}


def test_a_github_that_is_set_up_has_no_failures(github: FakeGithub, tmp_path: Path) -> None:
    found = checks(github, tmp_path)
    assert failures(found) == {}
    assert found["token"].sentence == f"belongs to {BOT}"
    assert found["project"].sentence == 'Project acme/7 is "Shop"'
    assert found["sprints of Payments"].sentence == "the board has 4 iterations"
    assert found[f"repository {SHOP}"].sentence == f"{SHOP} can be read, and this account has WRITE there"
    assert found["backlog"].sentence == "there are 6 open issues to choose from"
    assert "account" not in found


def test_without_a_project_milestones_are_looked_at_and_the_order_is_missing(
    github: FakeGithub, tmp_path: Path
) -> None:
    found = checks(github, tmp_path, ("board = 7", "board = 1"), REPOSITORIES)
    assert failures(found) == {}
    assert found["sprints of Payments"].sentence == "the board has 4 milestones"
    assert "in the order of their age" in warnings(found)["rank"]


def _archive(github: FakeGithub) -> None:
    github.state.homes[SHOP].archived = True


def _read_only(github: FakeGithub) -> None:
    github.state.homes[SHOP].permission = "READ"


def _no_project_right(github: FakeGithub) -> None:
    github.state.board.may_update = False


def _scopes(scopes: str) -> Callable[[FakeGithub], None]:
    def set_scopes(github: FakeGithub) -> None:
        github.state.scopes = scopes

    return set_scopes


def _nothing(_: FakeGithub) -> None:
    pass


WRONG: Mapping[str, tuple[Callable[[FakeGithub], None], dict[str, Any], str, str]] = {
    "wrong-token": (_nothing, {"token": "wrong"}, "token", "does not accept the token"),
    "missing-scope": (_scopes("read:user"), {}, "token", f"the token of {BOT} lacks the scopes repo and project"),
    "too-broad": (
        _scopes("repo, project, delete_repo, admin:org"),
        {},
        "token",
        "far too much: admin:org and delete_repo",
    ),
    "archived": (_archive, {}, f"repository {SHOP}", f"{SHOP} is archived: nobody can write to its issues"),
    "missing-right": (
        _read_only,
        {},
        f"repository {SHOP}",
        "has READ in acme/shop, which allows no labels",
    ),
    "project-right": (_no_project_right, {}, "project", "cannot be changed with this token, so no issue can be moved"),
    "no-project": (_nothing, {"text": ("acme/7", "acme/8")}, "project", "Project acme/8 does not exist"),
    "wrong-board": (_nothing, {"text": ("board = 7", "board = 9")}, "sprints of Payments", "board 9"),
    "bad-query": (_nothing, {"text": ("state=open", "is:open")}, "backlog", '"is:open" is not state=open'),
    "no-repository": (
        _nothing,
        {"place": 'repositories = ["acme/none"]', "text": ("board = 7", "board = 1")},
        "repositories",
        "acme/none does not exist, or this token cannot see it",
    ),
}


@pytest.mark.parametrize(("break_it", "given", "name", "sentence"), WRONG.values(), ids=WRONG)
def test_each_fault_is_one_sentence_and_nothing_is_written(
    github: FakeGithub,
    tmp_path: Path,
    break_it: Callable[[FakeGithub], None],
    given: dict[str, Any],
    name: str,
    sentence: str,
) -> None:
    break_it(github)
    failed = failures(checks(github, tmp_path, **given))
    assert list(failed) == [name]
    assert sentence in failed[name]
    assert github.writes == []


def test_what_is_only_doubtful_is_a_warning(github: FakeGithub, tmp_path: Path) -> None:
    state = github.state
    state.scopes = "repo, project, gist"
    state.homes[SHOP].permission = "ADMIN"
    state.board.closed = True
    state.board.iterations.clear()
    state.board.fields["Story points"] = "TEXT"
    state.comment(f"{SHOP}#1", "By hand", by=BOT)
    found = warnings(checks(github, tmp_path, ('sprint = "Sprint"', 'sprint = "Sprint"\npriority = "Prio"')))
    assert found["token"] == f"the token of {BOT} may do more than is needed: gist"
    assert found[f"repository {SHOP}"] == f"this account administers {SHOP}"
    assert found["project"] == 'Project acme/7 "Shop" is closed'
    assert found["sprints of Payments"] == "there are no iterations"
    assert found["fields"] == "Story points is of a type that cannot be read"
    assert found["account"] == f"somebody comments with the account {BOT} by hand, on {SHOP}#1"


def test_a_field_that_the_project_lacks_and_an_empty_backlog_are_named(github: FakeGithub, tmp_path: Path) -> None:
    priority = ('sprint = "Sprint"', 'sprint = "Sprint"\npriority = "Prio"')
    assert "has no field Prio" in warnings(checks(github, tmp_path, priority))["fields"]
    assert "matches the query" in warnings(checks(github, tmp_path, ("state=open", "label=none")))["backlog"]
    github.state.board.items.clear()
    assert warnings(checks(github, tmp_path))["backlog"] == "there are no open issues"


def test_the_closed_issues_of_a_project_do_not_hide_the_open_ones(github: FakeGithub, tmp_path: Path) -> None:
    first = [github.state.create(SHOP, f"Done {number}", by="ana", values={}, closed=NOW).key for number in range(30)]
    items = github.state.board.items
    items.sort(key=lambda item: item.issue not in first)
    assert checks(github, tmp_path)["backlog"].sentence == "there are 6 open issues to choose from"


def test_a_part_that_cannot_be_asked_for_does_not_hide_the_others(github: FakeGithub, tmp_path: Path) -> None:
    github.faults.on(Answer(404, '{"message": "Not Found"}'), path="graphql/Repository")
    found = checks(github, tmp_path)
    assert list(failures(found)) == [f"repository {SHOP}"]
    assert found["fields"].state is State.OK


def test_before_write_back_a_missing_right_is_only_a_step_to_take(github: FakeGithub, tmp_path: Path) -> None:
    github.state.homes[SHOP].permission = "READ"
    check = checks(github, tmp_path, ("enabled = true", "enabled = false"))[f"repository {SHOP}"]
    assert (check.state, check.todo.startswith("before you switch write-back on")) == (State.OK, True)
