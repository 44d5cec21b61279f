"""The doctor looks at a GitLab, and says each thing that is wrong in one sentence."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sync.config import load
from sync.doctor import Check, State, examine
from sync.fake_gitlab.records import GUEST, MAINTAINER, Account
from sync.fake_gitlab.server import BOT
from sync.fake_http.faults import Answer
from tests.contract.gitlab_place import PROJECT, GitlabPlace, gitlab_place

pytestmark = pytest.mark.journey

CONFIG = """
[tracker]
kind = "gitlab"
url = "URL"
project = "acme/test"
[product]
name = "Test"
owner = "Ana"
backlog = "issue_type=issue"
[[teams]]
name = "Payments"
board = 7
[write_back]
enabled = true
[store]
path = "store.db"
"""


def checks(place: GitlabPlace, folder: Path, token: str = "", *texts: tuple[str, str]) -> Mapping[str, Check]:
    """The checks by name; of each pair the first text is replaced by the second in the configuration."""
    content = CONFIG.replace("URL", place.gitlab.url)
    for old, new in texts:
        assert old in content
        content = content.replace(old, new)
    (folder / "config.toml").write_text(content)
    environ = {"READYLINE_TOKEN": token or place.gitlab.token}
    looked = examine(load(folder / "config.toml", environ), environ, datetime.now(UTC)).checks
    return {check.name: check for check in looked}


def failures(looked: Mapping[str, Check]) -> Mapping[str, str]:
    return {name: check.sentence for name, check in looked.items() if check.state is State.FAILED}


def test_a_gitlab_that_is_set_up_has_no_failures(tmp_path: Path) -> None:
    with gitlab_place() as place:
        looked = checks(place, tmp_path)
        assert failures(looked) == {}
        assert looked["token"].sentence == "belongs to readyline, with the scope api"
        assert looked["sprints of Payments"].sentence == "the board has 4 milestones"
        assert looked["backlog"].sentence == "the query finds 6 open issues"
        assert place.gitlab.writes == []


Change = Callable[[GitlabPlace], None]


def token_of(**values: object) -> Change:
    def change(place: GitlabPlace) -> None:
        account = Account(**{"id": 9, "username": "x", "name": "Xi", "token": "theirs", **values})  # type: ignore[arg-type]
        place.gitlab.state.enrol(account)
        place.gitlab.state.projects[PROJECT].roles[9] = 20

    return change


def project(**values: object) -> Change:
    def change(place: GitlabPlace) -> None:
        for name, value in values.items():
            setattr(place.gitlab.state.projects[PROJECT], name, value)

    return change


WRONG: Mapping[str, tuple[Change, str, str, str]] = {
    "wrong-token": (token_of(), "nonsense", "token", "does not accept the token"),
    "admin": (token_of(is_admin=True), "theirs", "token", "an administrator, who may change everything on this site"),
    "too-broad": (token_of(scopes=("api", "sudo")), "theirs", "token", "may do far too much: sudo"),
    "read-only": (token_of(scopes=("read_api",)), "theirs", "token", "lacks the scope api; it has read_api"),
    "archived": (project(is_archived=True), "", "project acme/test", "acme/test is archived: GitLab lets nobody"),
    "small-role": (project(roles={BOT.id: GUEST}), "", "project acme/test", "is too small to change labels"),
    "not-a-member": (project(roles={}), "", "project", "does not exist, or the account is not a member of it"),
}


@pytest.mark.parametrize(("change", "token", "name", "sentence"), WRONG.values(), ids=WRONG)
def test_each_fault_is_one_sentence_and_nothing_is_written(
    tmp_path: Path, change: Change, token: str, name: str, sentence: str
) -> None:
    with gitlab_place() as place:
        change(place)
        failed = failures(checks(place, tmp_path, token))
        assert list(failed) == [name]
        assert sentence in failed[name]
        assert place.gitlab.writes == []


def test_an_edition_without_weights_is_named_with_the_other_estimates(tmp_path: Path) -> None:
    with gitlab_place("free") as place:
        edition = checks(place, tmp_path)["edition"]
        assert edition.state is State.WARNING
        assert "has no weights here" in edition.sentence
        assert 'points = "label" or "time"' in edition.todo
        by_label = ("project =", 'points = "label"\npoints_label = "size::"\nproject =')
        assert "without weights and without links" in checks(place, tmp_path, "", by_label)["edition"].sentence


def test_iterations_on_an_edition_without_them_are_a_failure(tmp_path: Path) -> None:
    group = ('project = "acme/test"', 'group = "acme"\nsprints = "iterations"')
    with gitlab_place("free") as place:
        assert "doesn't exist on type" in failures(checks(place, tmp_path, "", group))["sprints of Payments"]
    with gitlab_place() as place:
        looked = checks(place, tmp_path, "", group, ("board = 7", "board = 11"))
        assert looked["sprints of Payments"].sentence == "the board has 4 iterations"
        assert looked["project acme/test"].state is State.OK


WORTH_A_LOOK: Mapping[str, tuple[Change, tuple[str, str], str, str]] = {
    "maintainer": (
        project(roles={BOT.id: MAINTAINER}),
        ("", ""),
        "project acme/test",
        "change the comments of everybody",
    ),
    "case": (project(labels=["Readyline-Ready"]), ("", ""), "labels", 'has the label "Readyline-Ready"'),
    "missing": (project(), ("project =", 'doing = ["dooing"]\nproject ='), "labels", "there is no label dooing"),
    "by-hand": (
        lambda place: place.gitlab.state.comment(place.record("T-1"), "Hi", by="readyline") and None,
        ("", ""),
        "account",
        "somebody comments with the account readyline by hand, on acme/test#1",
    ),
    "no-order": (project(), ("project =", 'rank = "created_at"\nproject ='), "rank", "order of their age"),
    "no-issues": (lambda place: place.gitlab.state.issues.clear(), ("", ""), "backlog", "finds no open issues"),
    "no-sprints": (lambda place: place.gitlab.state.boxes.clear(), ("", ""), "sprints of Payments", "no milestones"),
}


@pytest.mark.parametrize(("change", "text", "name", "sentence"), WORTH_A_LOOK.values(), ids=WORTH_A_LOOK)
def test_what_is_worth_a_look_is_a_warning(
    tmp_path: Path, change: Change, text: tuple[str, str], name: str, sentence: str
) -> None:
    with gitlab_place() as place:
        change(place)
        check = checks(place, tmp_path, "", *([text] if text[0] else []))[name]
        assert check.state is State.WARNING
        assert sentence in check.sentence


def test_before_write_back_is_on_a_small_scope_and_role_are_a_hint(tmp_path: Path) -> None:
    with gitlab_place() as place:
        token_of(scopes=("read_api",), expires=datetime.now(UTC).date())(place)
        place.gitlab.state.projects[PROJECT].roles[9] = GUEST
        looked = checks(place, tmp_path, "theirs", ("enabled = true", "enabled = false"))
        assert failures(looked) == {}
        assert "before you switch write-back on" in looked["token"].todo
        assert "role Reporter" in looked["project acme/test"].todo
        assert "expires on" in looked["token's last day"].sentence


def test_a_board_that_does_not_exist_and_a_bad_filter_are_failures(tmp_path: Path) -> None:
    with gitlab_place() as place:
        failed = failures(checks(place, tmp_path, "", ("board = 7", "board = 8")))
        assert 'project 8 of team "Payments" does not exist' in failed["sprints of Payments"]
        failed = failures(checks(place, tmp_path, "", ("issue_type=", "issuetype=")))
        assert '"issuetype=issue" is not NAME=VALUE' in failed["backlog"]


@pytest.mark.parametrize(
    ("path", "name"),
    [("self$", ""), ("version$", "edition"), ("labels$", "labels"), ("acme%2Ftest$", "project acme/test")],
)
def test_what_the_site_does_not_say_is_one_check(tmp_path: Path, path: str, name: str) -> None:
    with gitlab_place() as place:
        place.gitlab.faults.on(Answer(403, '{"message":"403 Forbidden"}'), path=path.replace("%2F", "/"), times=None)
        looked = checks(place, tmp_path)
        assert list(failures(looked)) == [name] if name else "does not say what it may do" in looked["token"].sentence
