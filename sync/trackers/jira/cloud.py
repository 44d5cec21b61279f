"""Jira Cloud: token paging, bulk reading, ADF, e-mail and token."""

from collections.abc import Iterator, Sequence
from typing import Any

from atlassian.jira.jira_cloud import JiraCloud as CoreClient
from jira import JIRA

from rules.plan.comment import CommentBody
from rules.plan.page_body import PageBody
from rules.wording import many
from sync.errors import BadQuery, Rejected, TrackerError
from sync.logs import get_logger
from sync.markup import adf_writer as adf_note
from sync.markup import page_adf
from sync.trackers.concurrency import map_ordered
from sync.trackers.http import Transport
from sync.trackers.jira.api import MANY_PAGES, Histories, JiraApi, Portions, endless, portions
from sync.trackers.jira.jql import both
from sync.trackers.jira.payloads import PROPERTY, Remark, Row, User
from sync.trackers.jira.settings import CloudSettings
from sync.trackers.tolerant import Json

log = get_logger()

PAGE_OF_IDS = 5000  # granted for `id` alone; with any other field a page holds about a hundred
FEW, MANY = 100, 1000  # issues a bulk fetch takes: always, and with explicit single-valued fields
LISTS = {"attachment", "comment", "worklog"}  # the fields that always make it few
MARKS_A_REQUEST = 1000
MOST_PEOPLE = 100  # accounts in one request
HISTORIES_A_REQUEST = 250  # of a thousand that are granted: they fill a page, and several are in memory at once
ENTRIES_A_PAGE = 5000  # half of what a page may have: each entry repeats who made it, which is a kilobyte


class _TokenExpired(TrackerError):
    """The page token has expired on the site."""


class CloudApi(JiraApi):
    """The calls that differ on Cloud."""

    version = "3"

    @property
    def page(self) -> int:
        """Ids per page."""
        return PAGE_OF_IDS

    def __init__(self, settings: CloudSettings, token: str, transport: Transport) -> None:
        site = JIRA(
            server=settings.base,
            options={"rest_api_version": self.version},
            basic_auth=(settings.email, token),
            get_server_info=False,  # it would ask before our transport is in place
            max_retries=0,
            timeout=(settings.connect_timeout, settings.read_timeout),
        )
        site.deploymentType = "Cloud"
        super().__init__(transport, site, CoreClient, settings, username=settings.email, password=token)
        self._portion = MANY

    def sweep(self, jql: str, rank: str) -> list[Row]:  # noqa: ARG002 - Cloud orders by itself
        """Ids alone, five thousand per page, in rank order; changed ones are a separate query."""
        return [Row(issue) for issue in self._ids(f"{jql} ORDER BY Rank ASC")]

    def changed(self, jql: str, since: int) -> frozenset[str]:
        """Ids of what changed since then; milliseconds are absolute, a quoted date would be in the account's zone."""
        return frozenset(self._ids(f"{both(jql, f'updated >= {since}')} ORDER BY key ASC"))

    def head(self, jql: str, rank: str) -> list[str]:  # noqa: ARG002 - Cloud orders by itself
        """One page of ids."""
        page = self._page({"jql": f"{jql} ORDER BY Rank ASC", "fields": ["id"], "maxResults": PAGE_OF_IDS})
        return [str(raw["id"]) for raw in page.get("issues") or []]

    def count(self, jql: str) -> int:
        """An estimate; a wrong one costs a full sweep, and nothing else."""
        return int((self._core.count_issues(data={"jql": jql}) or {}).get("count") or 0)

    def fetch(self, ids: Sequence[str], fields: Sequence[str]) -> Portions:
        """In portions of a thousand where the site accepts them, else of a hundred."""
        size = FEW if LISTS.intersection(fields) else self._portion
        return map_ordered(
            lambda portion: self._fetch(portion, fields), portions(ids, size), self.transport.breadth.most
        )

    def _fetch(self, ids: Sequence[str], fields: Sequence[str]) -> list[Json]:
        """One portion, split where the site does not accept it."""
        try:
            return self._bulk(ids, fields)
        except Rejected:
            if len(ids) <= FEW:
                raise
            self._portion = FEW
        return [issue for portion in portions(ids, FEW) for issue in self._bulk(portion, fields)]

    def changelogs(self, ids: Sequence[str]) -> Histories:
        """Some hundred issues a request, all fields: a filter takes ten fields, and knows neither links nor parents."""
        asked = portions(ids, HISTORIES_A_REQUEST)
        return map_ordered(self._changelogs, asked, self.transport.breadth.most)

    def _changelogs(self, ids: Sequence[str]) -> dict[str, list[Json]]:
        """Page by page; pages go by date over all issues, so one issue may be on each of them."""
        histories: dict[str, list[Json]] = {issue: [] for issue in ids}
        data: Json = {"issueIdsOrKeys": list(ids), "maxResults": ENTRIES_A_PAGE}
        seen: set[str] = set()
        for _ in range(MANY_PAGES):
            page: Json = self._core.get_bulk_changelogs(data=data) or {}
            for log in page.get("issueChangeLogs") or []:
                histories.setdefault(str(log.get("issueId")), []).extend(log.get("changeHistories") or [])
            token = page.get("nextPageToken")
            if not token:
                return histories
            if token in seen:
                break
            seen.add(token)
            data = {**data, "nextPageToken": token}
        raise endless("histories")

    def statuses(self, keys: Sequence[str]) -> Iterator[Json]:
        """Through the same bulk fetch: it finds moved issues by their old keys."""
        for portion in self.fetch(keys, ("status",)):
            yield from portion

    def marks_on(self, comments: Sequence[str]) -> dict[str, str]:
        """A thousand comments per request, with their properties."""
        digests: dict[str, str] = {}
        for portion in portions(comments, MARKS_A_REQUEST):
            page = self._core.get_comments_by_ids(
                expand="properties", data={"ids": [int(comment) for comment in portion]}
            )
            for raw in (page or {}).get("values") or []:
                remark = Remark.model_validate(raw)
                if remark.digest is not None:
                    digests[remark.id] = remark.digest
        return digests

    def people(self, accounts: Sequence[str]) -> list[User]:
        """In one request."""
        asked = {"accountId": list(accounts[:MOST_PEOPLE]), "maxResults": MOST_PEOPLE}
        page = self._core.get(self._path("user/bulk"), params=asked) or {}
        return [User.model_validate(raw) for raw in page.get("values") or [] if isinstance(raw, dict)]

    def with_page(self, description: object, body: PageBody) -> Any:
        """ADF."""
        return page_adf.replaced(description, body)

    def body(self, note: CommentBody) -> Any:
        """ADF."""
        return adf_note.write(note)

    def _bulk(self, ids: Sequence[str], fields: Sequence[str]) -> list[Json]:
        answer = self._core.bulk_fetch_issues(
            data={"issueIdsOrKeys": list(ids), "fields": list(fields), "properties": [PROPERTY]}
        )
        issues: list[Json] = (answer or {}).get("issues") or []
        if errors := (answer or {}).get("issueErrors"):
            # Only issues that may be asked for again are listed here; deleted and hidden ones are left out.
            again = [str(raw["id"]) for raw in errors if isinstance(raw, dict) and raw.get("id")]
            log.warning("tracker.fetched_in_part", missing=len(errors))
            if len(again) < len(ids):
                return [*issues, *self._fetch(again, fields)]
            raise TrackerError(f"the site could not return {many(len(again), 'issue')}; run again")
        return issues

    def _ids(self, jql: str) -> list[str]:
        """The ids of a query; where a page token expires on the way, all are read again, once."""
        try:
            return list(self._paged(jql))
        except _TokenExpired as expired:
            log.info("tracker.swept_again", why=str(expired))
        return list(self._paged(jql))

    def _paged(self, jql: str) -> Iterator[str]:
        """Page by page, until there is no next token; a short page is not the end."""
        data: Json = {"jql": jql, "fields": ["id"], "maxResults": PAGE_OF_IDS}
        seen: set[str] = set()
        for _ in range(MANY_PAGES):
            page = self._next(data) if seen else self._page(data)
            yield from (str(raw["id"]) for raw in page.get("issues") or [])
            token = page.get("nextPageToken")
            if not token or page.get("isLast"):
                return
            if token in seen:
                raise endless("search results")
            seen.add(token)
            data = {**data, "nextPageToken": token}
        raise endless("search results")

    def _next(self, data: Json) -> Json:
        """A page by its token: a valid query is refused here only because of the token."""
        try:
            return self._page(data)
        except BadQuery as error:
            raise _TokenExpired(f"{error} Run again.") from error

    def _page(self, data: Json) -> Json:
        return self._core.search_and_reconsile_issues_using_jql_post(data=data) or {}
