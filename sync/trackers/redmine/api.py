"""The calls to Redmine, through python-redmine's engine over our transport. JSON in, JSON out.

Its objects are not used: reading an attribute that is missing in an answer would cost a request each time.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from redminelib import Redmine
from requests import PreparedRequest

from sync.errors import BadQuery, NotFound, TrackerError
from sync.trackers.http import Transport
from sync.trackers.redmine.settings import RedmineSettings
from sync.trackers.tolerant import Json

PAGE = 100  # the most a page holds, whatever is asked
IDS_A_QUERY = 100  # three hundred were always fine, six hundred were an error of the server
MANY_PAGES = 10_000  # a paging that has not ended by then never will
DETAILS = "journals,relations,attachments,watchers,children"


class RedmineApi:
    """One Redmine with one account's key. Every error is one of `sync.errors`."""

    def __init__(self, settings: RedmineSettings, token: str, transport: Transport) -> None:
        self.transport = transport
        self._url = settings.url
        self._engine: Any = Redmine(settings.url, key=token).engine  # Any: it carries no types
        self._engine.session.auth = _key_only
        transport.serve(self._engine.session)

    # what the site is like

    def me(self) -> Json:
        """Our own account, with its memberships. Raises `LoggedOut` for a wrong key."""
        return self._object("users/current", "user", include="memberships")

    def statuses(self) -> list[Json]:
        """All statuses."""
        return self._list("issue_statuses", "issue_statuses")

    def trackers(self) -> list[Json]:
        """All trackers, which are our issue types, with the first status of each."""
        return self._list("trackers", "trackers")

    def priorities(self) -> list[Json]:
        """All priorities, the least urgent first."""
        return self._list("enumerations/issue_priorities", "issue_priorities")

    def project(self, project: int | str) -> Json:
        """One project, by its number or identifier. Raises `NotFound`, and `Forbidden` for an archived one."""
        return self._object(f"projects/{project}", "project")

    def versions(self, project: int) -> list[Json]:
        """The versions of a project, those that other projects share with it among them."""
        return self._list(f"projects/{project}/versions", "versions")

    def version(self, version: str) -> Json:
        """One version as it is now. Raises `NotFound`."""
        return self._object(f"versions/{version}", "version")

    def role(self, role: str) -> Json:
        """A role with its rights."""
        return self._object(f"roles/{role}", "role")

    # issues

    def issues(self, filters: Mapping[str, str]) -> list[Json]:
        """All issues of a query with their relations, each once, by number. Raises `BadQuery`."""
        asked = {**filters, "include": "relations,attachments", "sort": "id", "limit": str(PAGE)}
        by_id: dict[str, Json] = {}
        for page in range(MANY_PAGES):
            answer = self._get("issues", {**asked, "offset": str(page * PAGE)})
            entries = [entry for entry in answer.get("issues") or [] if isinstance(entry, dict)]
            by_id |= {str(entry.get("id")): entry for entry in entries}
            if len(entries) < PAGE:
                return list(by_id.values())
        raise TrackerError("the site returns pages of issues without an end; run again, and report it if it repeats")

    def by_ids(self, ids: Sequence[str]) -> Iterator[Json]:
        """These issues, open or not; deleted and hidden ones are left out."""
        for first in range(0, len(ids), IDS_A_QUERY):
            yield from self.issues({"issue_id": ",".join(ids[first : first + IDS_A_QUERY]), "status_id": "*"})

    def newest(self) -> list[Json]:
        """The issues that changed last, one page: what fields there are can be seen from issues only."""
        asked = {"status_id": "*", "sort": "updated_on:desc", "limit": str(PAGE)}
        return [entry for entry in self._get("issues", asked).get("issues") or [] if isinstance(entry, dict)]

    def issue(self, issue: str) -> Json | None:
        """One issue as it is now, with its journals; `None` if it is deleted or hidden."""
        try:
            return self._object(f"issues/{issue}", "issue", include=DETAILS)
        except NotFound:
            return None

    # writing

    def edit(self, issue: str, **values: Any) -> None:
        """Change fields of an issue; what the account may not change is ignored without an error."""
        self._engine.request("put", self._address(f"issues/{issue}"), data={"issue": values})

    def edit_note(self, journal: str, text: str) -> None:
        """Put a text onto a journal, "" to take it away. No mail is sent."""
        self._engine.request("put", self._address(f"journals/{journal}"), data={"journal": {"notes": text}})

    def _get(self, path: str, asked: Mapping[str, str] | None = None) -> Json:
        answer = self._engine.request("get", self._address(path), params=dict(asked or {}))
        if isinstance(answer, dict):
            return answer
        raise TrackerError(f"the site's answer to {path} is unexpected; check [tracker] url and kind")

    def _object(self, path: str, name: str, **asked: str) -> Json:
        part = self._get(path, asked).get(name)
        if isinstance(part, dict):
            return part
        raise TrackerError(f"the site's answer has no {name}; check [tracker] url and kind")

    def _list(self, path: str, name: str) -> list[Json]:
        return [entry for entry in self._get(path).get(name) or [] if isinstance(entry, dict)]

    def _address(self, path: str) -> str:
        return f"{self._url}/{path}.json"


ALLOWED = {
    "assigned_to_id",
    "category_id",
    "fixed_version_id",
    "parent_id",
    "priority_id",
    "project_id",
    "status_id",
    "subproject_id",
    "tracker_id",
}
"""Filters of a backlog query. Redmine ignores unknown ones and answers with every issue."""


def filters_of(query: str) -> dict[str, str]:
    """The filters of a backlog query such as "project_id=shop&tracker_id=1|2". Raises `BadQuery`."""
    filters: dict[str, str] = {}
    for part in query.replace("\n", "&").split("&"):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        known = name in ALLOWED or (name.startswith("cf_") and name[3:].isdigit())
        if not part.strip():
            continue
        if not known or not equals or not value:
            names = ", ".join((*sorted(ALLOWED), "cf_N"))
            wrong = f'"{part.strip()}" is not NAME=VALUE with one of the names {names}'
            raise BadQuery(f"{wrong}; correct [product] backlog")
        filters[name] = value
    if "project_id" not in filters:
        raise BadQuery('[product] backlog names no project: write it like "project_id=shop&status_id=open"')
    return filters


def _key_only(request: PreparedRequest) -> PreparedRequest:
    """No other log-in than the key: a .netrc file might add one."""
    return request
