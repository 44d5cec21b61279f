"""Jira Data Center: offset paging below its window, wiki markup, personal access token."""

from collections.abc import Iterator, Sequence
from typing import Any

from atlassian.jira import Jira as CoreClient
from jira import JIRA

from rules.plan.comment import CommentBody
from rules.plan.page_body import PageBody
from sync.errors import BadQuery, NotFound
from sync.markup import page_wiki, wiki
from sync.trackers.concurrency import map_ordered
from sync.trackers.http import Transport
from sync.trackers.jira.api import MANY_PAGES, Histories, JiraApi, Portions, endless, portions
from sync.trackers.jira.jql import any_of, both
from sync.trackers.jira.payloads import PROPERTY, RemarkProperty, Row, User
from sync.trackers.jira.settings import DatacenterSettings
from sync.trackers.tolerant import Json, read_moment

PAGE = 1000  # the server's own default cap; what it echoes is what counts
WINDOW = 9_000  # `startAt + maxResults` above 10,000 fails on the OpenSearch back end
IDS_A_QUERY = 250
MOST_PEOPLE = 20  # requests for names a run may cost


class DatacenterApi(JiraApi):
    """The calls that differ on Data Center."""

    version = "2"

    @property
    def page(self) -> int:
        """Issues per page."""
        return PAGE

    def __init__(self, settings: DatacenterSettings, token: str, transport: Transport) -> None:
        site = JIRA(
            server=settings.base,
            token_auth=token,
            get_server_info=False,  # it would ask before our transport is in place
            max_retries=0,
            timeout=(settings.connect_timeout, settings.read_timeout),
        )
        site.deploymentType = "Server"
        # Fields are asked for by id; to translate names, the library would first ask for all fields of the site.
        site._fields_cache_value = {"id": "id"}  # noqa: SLF001 - no public way in
        super().__init__(transport, site, CoreClient, settings, token=token)

    def sweep(self, jql: str, rank: str) -> list[Row]:
        """Read by creation date, which never changes while we page, then sorted by the text of the rank."""
        fields = ["created", "updated", *([rank] if rank else [])]
        issues = list(self._all(jql, fields))
        issues.sort(key=lambda raw: _place(raw, rank))
        return [Row(str(raw["id"]), str(raw["fields"].get("updated") or "")) for raw in issues]

    def changed(self, jql: str, since: int) -> frozenset[str]:
        """Ids of what changed since then."""
        return frozenset(str(raw["id"]) for raw in self._all(both(jql, f"updated >= {since}"), ["created"]))

    def head(self, jql: str, rank: str) -> list[str]:
        """One page, in the server's own order by rank."""
        if not rank:
            return []
        return [str(raw["id"]) for raw in self._page(f"{jql} ORDER BY Rank ASC", ["created"], 0)["issues"]]

    def count(self, jql: str) -> int:
        """As the server counts; the library warns when asked for no issue at all, so one comes along."""
        return int(self._page(jql, ["created"], 0, size=1).get("total") or 0)

    def fetch(self, ids: Sequence[str], fields: Sequence[str]) -> Portions:
        """By search: there is no bulk fetch. Issues come without properties."""
        return self._by("id", ids, fields)

    def changelogs(self, ids: Sequence[str]) -> Histories:
        """By search, which has whole histories here."""
        asked = portions(ids, IDS_A_QUERY)
        return map_ordered(self._changelogs, asked, self.transport.breadth.most)

    def _changelogs(self, ids: Sequence[str]) -> dict[str, list[Json]]:
        issues = self._named("id", ids, ["created"], expand=("changelog",))
        return {issue: [] for issue in ids} | {str(raw["id"]): _entries(raw) for raw in issues}

    def statuses(self, keys: Sequence[str]) -> Iterator[Json]:
        """By search."""
        for portion in self._by("issuekey", keys, ["status"]):
            yield from portion

    def marks_on(self, comments: Sequence[str]) -> dict[str, str]:
        """One request per comment."""
        digests: dict[str, str] = {}
        for comment in comments:
            try:
                answer = self._core.get(self._path(f"comment/{comment}/properties/{PROPERTY}"))
            except NotFound:
                continue
            value = RemarkProperty.model_validate(answer).value
            digests[comment] = str(value.get("said", "")) if isinstance(value, dict) else ""
        return digests

    def people(self, accounts: Sequence[str]) -> list[User]:
        """One request an account, for the first few: Data Center has none for several."""
        people = []
        for account in accounts[:MOST_PEOPLE]:
            try:
                people.append(User.model_validate(self._core.get(self._path("user"), params={"username": account})))
            except NotFound:
                continue
        return people

    def with_page(self, description: object, body: PageBody) -> Any:
        """Wiki markup."""
        return page_wiki.replaced(description, body)

    def body(self, note: CommentBody) -> Any:
        """Wiki markup."""
        return wiki.write(note)

    def _by(self, field: str, values: Sequence[str], fields: Sequence[str]) -> Portions:
        """Issues by id or key, several portions at once."""
        asked = portions(values, IDS_A_QUERY)
        return map_ordered(lambda portion: self._named(field, portion, fields), asked, self.transport.breadth.most)

    def _named(
        self, field: str, values: Sequence[str], fields: Sequence[str], expand: Sequence[str] = ()
    ) -> list[Json]:
        """These issues; where a deleted one makes the whole query invalid, it is split in halves."""
        try:
            return list(self._pages(any_of(field, values), fields, validate=False, expand=expand))
        except BadQuery:
            if len(values) == 1:
                return []
            half = len(values) // 2
            halves = (self._named(field, part, fields, expand) for part in (values[:half], values[half:]))
            return [issue for part in halves for issue in part]

    def _all(self, jql: str, fields: Sequence[str]) -> Iterator[Json]:
        """Every issue of a query once, in windows by creation date: each begins where the last one ended."""
        seen: set[str] = set()
        clause = jql
        for _ in range(MANY_PAGES):
            last, before = "", len(seen)
            for count, issue in enumerate(self._pages(f"{clause} ORDER BY created ASC, key ASC", fields), start=1):
                last = str(issue["fields"].get("created"))
                if issue["id"] not in seen:
                    seen.add(issue["id"])
                    yield issue
                if count >= WINDOW:
                    break
            else:
                return
            moment = read_moment(last)
            if moment is None or len(seen) == before:
                raise endless("search results")
            clause = both(jql, f"created >= {int(moment.timestamp()) * 1000}")
        raise endless("search results")

    def _pages(
        self, jql: str, fields: Sequence[str], *, validate: bool = True, expand: Sequence[str] = ()
    ) -> Iterator[Json]:
        start = 0
        for _ in range(MANY_PAGES):
            page = self._page(jql, fields, start, validate=validate, expand=expand)
            issues = page.get("issues") or []
            yield from issues
            start += len(issues)
            if not issues or start >= int(page.get("total") or 0):
                return
        raise endless("search results")

    def _page(
        self,
        jql: str,
        fields: Sequence[str],
        start: int,
        *,
        size: int | None = None,
        validate: bool = True,
        expand: Sequence[str] = (),
    ) -> Json:
        page: Json = self._site.search_issues(  # type: ignore[call-overload]  # by POST `expand` is a list
            jql,
            startAt=start,
            maxResults=PAGE if size is None else size,
            fields=list(fields),
            expand=list(expand) or None,
            validate_query=validate,
            json_result=True,
            use_post=True,
        )
        return page


def _place(issue: Json, rank: str) -> tuple[bool, str, str, int]:
    """Ranked issues by rank, then the others by age."""
    fields = issue["fields"]
    place = fields.get(rank) if rank else None
    return (not place, str(place or ""), str(fields.get("created") or ""), int(issue["id"]))


def _entries(raw: Json) -> list[Json]:
    return list((raw.get("changelog") or {}).get("histories") or [])
