"""The example configuration of each tracker works as it is written, on a site that has what it names."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rules.model import Snapshot
from sync.config import load
from sync.doctor import State, examine
from sync.fake_github.server import FakeGithub
from sync.fake_github.state import State as GithubState
from sync.fake_gitlab.server import FakeGitlab
from sync.run.context import open_context
from sync.run.run import plan_run
from tests.contract import github_place, gitlab_place, small_redmine

ROOT = Path(__file__).parents[2]
Site = Callable[[pytest.MonkeyPatch], AbstractContextManager[tuple[str, str]]]


@contextmanager
def github(_patch: pytest.MonkeyPatch) -> Iterator[tuple[str, str]]:
    """A GitHub whose Project has the fields of the example."""

    def company(state: GithubState, now: datetime) -> None:
        github_place.small_site(state, now)
        board = state.board
        names = {"Story points": "Estimate", "Sprint": "Iteration", "Component": "Priority"}
        board.fields = {names.get(name, name): kind for name, kind in board.fields.items()}
        board.options["Priority"] = ["Urgent", "payments"]
        for item in board.items:
            item.values = {names.get(name, name): value for name, value in item.values.items()}

    with FakeGithub(company) as site:
        yield site.url, site.token


@contextmanager
def gitlab(_patch: pytest.MonkeyPatch) -> Iterator[tuple[str, str]]:
    """A GitLab with the project of the example."""
    with FakeGitlab(gitlab_place.small_site) as site:
        site.state.projects[gitlab_place.PROJECT].path = "acme/shop"
        yield site.url, site.token


@contextmanager
def redmine(patch: pytest.MonkeyPatch) -> Iterator[tuple[str, str]]:
    """A Redmine with the fields of the example."""
    patch.setitem(small_redmine.FIELDS, small_redmine.NOT_READY, "RL not ready")
    with small_redmine.served(small_redmine.small_site(datetime.now(UTC).replace(microsecond=0))) as url:
        yield url, "key-of-bot"


SITES: Mapping[str, Site] = {"github": github, "gitlab": gitlab, "redmine": redmine}
OTHERS = {"project_id=shop": "project_id=test", "board = 3": "board = 1"}
"""What has another name on the small Redmine."""


@pytest.mark.parametrize("tracker", SITES)
def test_the_example_configuration_of_a_tracker_works(
    tracker: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = (ROOT / f"config.{tracker}.example.toml").read_text(encoding="utf-8")
    with SITES[tracker](monkeypatch) as (url, token):
        text = re.sub(r'^(# )?url = "https://\S+"', f'url = "{url}"', example, count=1, flags=re.MULTILINE)
        for old, new in OTHERS.items():
            text = text.replace(old, new)
        (tmp_path / "config.toml").write_text(text, encoding="utf-8")
        settings = load(tmp_path / "config.toml", {"READYLINE_TOKEN": token})
        looked = examine(settings, {"READYLINE_TOKEN": token}, datetime.now(UTC)).checks
        assert [check for check in looked if check.state is State.FAILED] == []
        with open_context(settings) as context:
            complete(plan_run(context).snapshot)


def complete(snapshot: Snapshot) -> None:
    """The backlog has issues, one has an estimate, and there are sprints."""
    assert any(issue.points for issue in snapshot.issues)
    assert snapshot.sprints
    assert snapshot.stopped == {}
