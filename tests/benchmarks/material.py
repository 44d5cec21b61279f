"""Public issues by project and id, read from READYLINE_SHARED/data.

An id is `gl/PROJECT/NUMBER` for GitLab, `sp/KEY` for the sets with story points and `jira/KEY` for raw Jira. The issues
are test material: what uses them prints ids and figures, never texts.
"""

import csv
import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from rules.document import Document
from rules.issue_kinds import kind_of_type
from rules.model import Kind
from sync import markup
from tests.external_data import SHARED

DATA = SHARED / "data"
csv.field_size_limit(2**31 - 1)  # a description may hold a whole log

Source = Literal["gitlab-json", "gitlab-csv", "points", "porru", "jira"]

PROJECTS: Mapping[str, tuple[Source, str]] = {
    "minds-engine": ("gitlab-json", "gitlab-stories/10171263-minds-engine.json.gz"),
    "minds-front": ("gitlab-csv", "gitlab-stories/10171270-minds-front.csv.gz"),
    "duplicity": ("gitlab-json", "gitlab-stories/12450835-duplicity.json.gz"),
    "mlreef": ("gitlab-json", "gitlab-stories/12894267-mlreef.json.gz"),
    "infrastructure": ("gitlab-csv", "gitlab-stories/1304532-gitlab-infrastructure.csv.gz"),
    "mythictable": ("gitlab-json", "gitlab-stories/14052249-mythictable.json.gz"),
    "postgres": ("gitlab-json", "gitlab-stories/14976868-postgres-ai-database-lab.json.gz"),
    "gitaly": ("gitlab-json", "gitlab-stories/2009901-gitaly.json.gz"),
    "upchieve": ("gitlab-json", "gitlab-stories/23285197-upchieve-subway.json.gz"),
    "gitlab-runner": ("gitlab-json", "gitlab-stories/250833-gitlab-runner.json.gz"),
    "lazarus": ("gitlab-json", "gitlab-stories/28419588-lazarus.json.gz"),
    "tezos": ("gitlab-json", "gitlab-stories/3836952-tezos.json.gz"),
    "vscode": ("gitlab-json", "gitlab-stories/5261717-gitlab-vscode-extension.json.gz"),
    "gitlab-ui": ("gitlab-json", "gitlab-stories/7071551-gitlab-ui.json.gz"),
    "gitlab-pages": ("gitlab-json", "gitlab-stories/734943-gitlab-pages.json.gz"),
    "www-gitlab": ("gitlab-json", "gitlab-stories/7764-www-gitlab-com.json.gz"),
    "porru-dnn": ("porru", "story-points/porru-dnn.csv.gz"),
    **{
        name: ("points", f"story-points/{name}.csv.gz")
        for name in ("talenddataquality", "moodle", "springxd", "mesos", "bamboo", "mulestudio", "duracloud")
    },
    "TIMOB": ("jira", "jira-raw/TIMOB/issues.jsonl.gz"),
    "MOD": ("jira", "jira-raw/MOD/issues.jsonl.gz"),
}
"""Where each project's issues are, below READYLINE_SHARED/data."""

_DIALECTS = {"jira": "wiki", "gl": "markdown"}
"""The markup a tracker would know by the first part of an id; flattened exports have lost theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One issue as its reader sees it; `labels` are the tracker's own."""

    id: str
    project: str
    type: str
    title: str
    text: str
    labels: frozenset[str] = frozenset()

    @property
    def kind(self) -> Kind:
        """The kind behind the type; what the sets call "story" or "pointed" may be any work, and counts as a story."""
        kind = kind_of_type(self.type)
        return Kind.STORY if kind is Kind.TASK else kind

    @property
    def document(self) -> Document:
        """The text as the product parses it."""
        return markup.read(self.text, dialect_of(self.id))


def dialect_of(issue_id: str) -> str | None:
    """The dialect a tracker would know: wiki for Jira, Markdown for GitLab, unknown for flattened exports."""
    return _DIALECTS.get(issue_id.split("/", maxsplit=1)[0])


def file_of(project: str) -> Path:
    """Where a project's issues are."""
    return DATA / PROJECTS[project][1]


def texts_of(project: str) -> Iterator[Text]:
    """Every issue of a project in the order of its file; FileNotFoundError where the material is absent."""
    source, _ = PROJECTS[project]
    match source:
        case "gitlab-json":
            yield from _gitlab_json(project)
        case "gitlab-csv":
            yield from _gitlab_csv(project)
        case "jira":
            yield from _jira(project)
        case "points" | "porru":
            yield from _points(project, _porru if source == "porru" else _pointed)


def texts_by_id(wanted: Iterable[tuple[str, str]]) -> dict[str, Text]:
    """The issues with these (project, id); each project's file is read once."""
    ids = set(wanted)
    return {
        text.id: text
        for project in sorted({project for project, _ in ids})
        for text in texts_of(project)
        if (project, text.id) in ids
    }


def _gitlab_json(project: str) -> Iterator[Text]:
    number = file_of(project).name.split("-", maxsplit=1)[0]
    with gzip.open(file_of(project), "rt", encoding="utf-8") as file:
        for raw in json.load(file):
            yield Text(
                id=f"gl/{number}/{raw['iid']}",
                project=project,
                type="story",
                title=raw["title"] or "",
                text=raw.get("description") or "",
                labels=frozenset(raw.get("labels") or ()),
            )


def _gitlab_csv(project: str) -> Iterator[Text]:
    number = file_of(project).name.split("-", maxsplit=1)[0]
    for row in _rows(project):
        key = f"gl/{number}/{row['issuekey']}"
        yield Text(id=key, project=project, type="story", title=row["title"] or "", text=row["description"] or "")


def _jira(project: str) -> Iterator[Text]:
    for raw in jira_issues(project):
        fields = raw["fields"]
        yield Text(
            id=f"jira/{raw['key']}",
            project=project,
            type=fields["issuetype"]["name"],
            title=fields["summary"] or "",
            text=fields.get("description") or "",
            labels=frozenset(fields.get("labels") or ()),
        )


def jira_issues(project: str) -> Iterator[dict[str, Any]]:
    """The raw documents of a Jira project."""
    with gzip.open(file_of(project), "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _points(project: str, parse: Any) -> Iterator[Text]:
    yield from (parse(project, row) for row in _rows(project))


def _pointed(project: str, row: Mapping[str, str]) -> Text:
    title, text = row["title"] or "", row["description"] or ""
    return Text(id=f"sp/{row['issuekey']}", project=project, type="pointed", title=title, text=text)


def _porru(project: str, row: Mapping[str, str]) -> Text:
    """One column a type; title and description are one text."""
    named = (kind for kind in ("Bug", "Improvement", "Story") if row.get(kind) in ("1", "1.0", "True"))
    kind = next(named, "New Feature")
    return Text(id=f"sp/{row['issuekey']}", project=project, type=kind, title="", text=row["context"] or "")


def _rows(project: str) -> Iterator[dict[str, str]]:
    with gzip.open(file_of(project), "rt", encoding="utf-8", errors="replace", newline="") as file:
        yield from csv.DictReader(file)
