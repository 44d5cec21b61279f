"""A site filled with real issues, and a configuration for it. The data is test material and stays where it is."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sync.fake_jira.raw import loader
from sync.fake_jira.server import FakeJira
from tests.external_data import SHARED
from tests.journeys.app_harness import Office

REAL = SHARED / "data" / "jira-raw"


def raw_issues(project: str) -> Path:
    """Where a project's issues are, whether they are there or not."""
    return REAL / project / "issues.jsonl.gz"


@contextmanager
def real_office(folder: Path, dialect: str, project: str = "TIMOB") -> Iterator[Office]:
    """Open a site with a real project. The team's board is the one with most sprints."""
    with FakeJira(dialect, loader(raw_issues(project))) as jira:
        boards = Counter(sprint.board for sprint in jira.state.sprints.values() if sprint.board in jira.state.boards)
        config = folder / "config.toml"
        config.write_text(_config(jira, project, boards.most_common(1)[0][0]), encoding="utf-8")
        yield Office(jira, folder, config, {"READYLINE_TOKEN": jira.token})


def _config(jira: FakeJira, project: str, board: int | None) -> str:
    login = f'email = "{jira.email}"\n' if jira.dialect == "cloud" else ""
    return f"""\
[tracker]
kind = "jira-{jira.dialect}"
url = "{jira.url}"
{login}
[product]
name = "{project}"
owner = "Product Owner"
backlog = "project = {project} AND statusCategory != Done"

[[teams]]
name = "SDK"
board = {board}
takes = {{ components = ["Android", "iOS"] }}

[write_back]
enabled = true
[write_back.limits]
max_changes = 10000
max_share = 1.0
"""
