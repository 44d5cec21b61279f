"""GitHub as a `sync.trackers.base.Tracker`."""

from collections.abc import Mapping, Sequence

from rules.model import Issue, OwnMarks, Snapshot, project_of
from rules.plan.changes import Change
from rules.plan.mail_budget import Audience
from rules.plan.outcome import Outcome
from sync.store.mirror import Mirror
from sync.trackers.base import Doubles, Scope
from sync.trackers.damage import rebuilding
from sync.trackers.github.api import GithubApi
from sync.trackers.github.dialect import GithubDialect
from sync.trackers.github.parse import read_issue
from sync.trackers.github.pull import ends_in, pull
from sync.trackers.github.settings import GithubSettings
from sync.trackers.github.site import Site, learn
from sync.trackers.github.write import Writer, comment_writer, read_raw
from sync.trackers.http import Transport
from sync.trackers.link_ends import with_ends


class GithubTracker:
    """A GitHub. `mirror` keeps issues between runs; without one each pull reads all of them."""

    def __init__(
        self, settings: GithubSettings, token: str, mirror: Mirror | None = None, transport: Transport | None = None
    ) -> None:
        dialect = GithubDialect(settings.comments_an_hour, settings.pause)
        self.api = GithubApi(settings, token, transport or Transport.to(settings, dialect))
        self.settings = settings
        self._mirror = mirror
        self._site: Site | None = None
        self._labels: dict[str, dict[str, str]] = {}

    @property
    def requests(self) -> int:
        """Number of requests so far, with retries."""
        return self.api.transport.requests

    @property
    def site(self) -> Site:
        """What is known of the site; asked once, and again at each pull."""
        if self._site is None:
            self._site = learn(self.api, self.settings)
        return self._site

    def pull(self, scope: Scope) -> Snapshot:
        """Read everything in the scope. Nothing is written."""
        pulled = rebuilding(self._mirror, lambda: pull(self.api, self.settings, scope, self._mirror))
        self._site, self._labels = pulled.site, {}
        return pulled.snapshot

    def read(self, issue_id: str) -> Issue | None:
        """One issue as it is now, `None` if it is deleted, transferred or hidden."""
        raw = read_raw(self.api, self.site, issue_id)
        if raw is None:
            return None
        issue = read_issue(raw, self.site.item_of(raw), self.site)
        [read] = with_ends([issue], ends_in([raw]))
        return read

    def audience(self, issues: Sequence[Issue]) -> Audience:
        """GitHub does not say who watches an issue, and mails nobody about labels."""
        return Audience(silent=frozenset(project_of(issue.key) for issue in issues))

    def apply(self, batch: Sequence[Change], marks: Mapping[str, OwnMarks]) -> tuple[Outcome, ...]:
        """Apply one batch; returns the outcomes. Raises `LoggedOut` and `Unreachable`."""
        if self._mirror is not None:
            self._mirror.forget(change.issue for change in batch)
        return Writer(self.api, self.site, self._labels).apply(batch, marks)

    def remove_doubles(self, issue: Issue) -> Doubles | None:
        """Delete all but one of our comments on an issue; `None` where there is at most one."""
        raw = read_raw(self.api, self.site, issue.id)
        if raw is None:
            return None
        if self._mirror is not None:
            self._mirror.forget([issue.id])
        return comment_writer(self.api, self.site, raw).remove_doubles(issue.id)
