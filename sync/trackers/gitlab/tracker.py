"""GitLab as a `sync.trackers.base.Tracker`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rules.model import Issue, OwnMarks, Snapshot, project_of
from rules.plan.changes import Change
from rules.plan.mail_budget import Audience
from rules.plan.outcome import Outcome
from sync.errors import Forbidden, NotFound
from sync.store.mirror import Mirror
from sync.trackers.base import Doubles, Scope
from sync.trackers.damage import rebuilding
from sync.trackers.gitlab.api import GitlabApi
from sync.trackers.gitlab.dialect import GITLAB
from sync.trackers.gitlab.parse import read_issue
from sync.trackers.gitlab.payloads import RawIssue, User
from sync.trackers.gitlab.pull import details_of, ends_of, pull
from sync.trackers.gitlab.settings import GitlabSettings
from sync.trackers.gitlab.site import Site, learn, shows_weights
from sync.trackers.gitlab.write import Writer, comment_writer
from sync.trackers.http import Transport
from sync.trackers.link_ends import with_ends


class GitlabTracker:
    """A GitLab. `mirror` keeps notes and events between runs; without one each pull reads all of them."""

    def __init__(
        self, settings: GitlabSettings, token: str, mirror: Mirror | None = None, transport: Transport | None = None
    ) -> None:
        self.api = GitlabApi(settings, token, transport or Transport.to(settings, GITLAB))
        self.settings = settings
        self._mirror = mirror
        self._site: Site | None = None
        self._writer: Writer | None = None

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
        self._site, self._writer = pulled.site, None
        return pulled.snapshot

    def read(self, issue_id: str) -> Issue | None:
        """One issue as it is now, `None` if it is deleted or hidden."""
        answer = self.api.issue(issue_id)
        if answer is None:
            return None
        site = replace(self.site, is_premium=shows_weights([answer]))
        try:
            raw = RawIssue.model_validate(details_of(self.api, site, answer))
        except NotFound:
            return None
        issue = read_issue(raw, site)
        [read] = with_ends([issue], ends_of(self.api, [raw], (), [issue]))
        return read

    def audience(self, issues: Sequence[Issue]) -> Audience:
        """Who takes part in these issues and gets mail about a new comment. Labels are mailed to nobody."""
        watchers: dict[str, frozenset[str]] = {}
        names: dict[str, str] = {}
        for issue in issues:
            try:
                users = [User.model_validate(raw) for raw in self.api.participants(issue.id)]
            except (NotFound, Forbidden):
                continue
            people = {one.id: one.name for one in users if one.id != self.site.account}
            watchers[issue.id] = frozenset(people)
            names |= people
        projects = frozenset(project_of(issue.key) for issue in issues)
        return Audience(silent=projects, watchers=watchers, names=names)

    def apply(self, batch: Sequence[Change], marks: Mapping[str, OwnMarks]) -> tuple[Outcome, ...]:  # noqa: ARG002
        """Apply one batch; GitLab has no place for our marks. Raises `LoggedOut` and `Unreachable`."""
        self._forget(change.issue for change in batch)
        if self._writer is None:
            self._writer = Writer(self.api, self.site)
        return self._writer.apply(batch)

    def remove_doubles(self, issue: Issue) -> Doubles | None:
        """Delete all but one of our comments on an issue; `None` where there is at most one."""
        self._forget([issue.id])
        answer = self.api.issue(issue.id)
        if answer is None:
            return None
        return comment_writer(self.api, self.site, RawIssue.model_validate(answer)).remove_doubles(issue.id)

    def _forget(self, issues: Iterable[str]) -> None:
        if self._mirror is not None:
            self._mirror.forget(issues)
