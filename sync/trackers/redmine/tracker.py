"""Redmine as a `sync.trackers.base.Tracker`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rules.model import Issue, OwnMarks, Snapshot
from rules.plan.changes import Change
from rules.plan.mail_budget import Audience
from rules.plan.outcome import Outcome
from sync.store.mirror import Mirror
from sync.trackers.base import Doubles, Scope
from sync.trackers.damage import rebuilding
from sync.trackers.http import Transport
from sync.trackers.link_ends import with_ends
from sync.trackers.redmine.api import RedmineApi
from sync.trackers.redmine.dialect import REDMINE
from sync.trackers.redmine.journals import own_notes
from sync.trackers.redmine.parse import read_issue
from sync.trackers.redmine.payloads import RawIssue
from sync.trackers.redmine.pull import ends_of, pull
from sync.trackers.redmine.settings import RedmineSettings
from sync.trackers.redmine.site import Site, find_fields, learn
from sync.trackers.redmine.write import Writer


class RedmineTracker:
    """A Redmine. `mirror` keeps journals between runs; without one each pull reads all of them."""

    def __init__(
        self, settings: RedmineSettings, token: str, mirror: Mirror | None = None, transport: Transport | None = None
    ) -> None:
        self.api = RedmineApi(settings, token, transport or Transport.to(settings, REDMINE))
        self.settings = settings
        self._mirror = mirror
        self._site: Site | None = None

    @property
    def requests(self) -> int:
        """Number of requests so far, with retries."""
        return self.api.transport.requests

    @property
    def site(self) -> Site:
        """What is known of the site; asked once, and again at each pull."""
        if self._site is None:
            site = learn(self.api, self.settings)
            self._site = replace(site, fields=find_fields(self.settings, self.api.newest()))
        return self._site

    def pull(self, scope: Scope) -> Snapshot:
        """Read everything in the scope. Nothing is written."""
        pulled = rebuilding(self._mirror, lambda: pull(self.api, self.settings, scope, self._mirror))
        self._site = pulled.site
        return pulled.snapshot

    def read(self, issue_id: str) -> Issue | None:
        """One issue as it is now, `None` if it is deleted or hidden."""
        answer = self.api.issue(issue_id)
        if answer is None:
            return None
        issue = read_issue(RawIssue.model_validate(answer), self.site)
        [read] = with_ends([issue], ends_of(self.api, self.site, (), [issue]))
        return read

    def audience(self, issues: Sequence[Issue]) -> Audience:
        """Who watches these issues, as far as the account may see it. Labels are mailed to them, comments are not."""
        watchers: dict[str, frozenset[str]] = {}
        names: dict[str, str] = {}
        for issue in issues:
            answer = self.api.issue(issue.id) if issue.watchers else {"id": issue.id, "watchers": []}
            if answer is None or "watchers" not in answer:
                continue
            people = [one for one in RawIssue.model_validate(answer).watchers if one.id != self.site.account]
            watchers[issue.id] = frozenset(one.id for one in people)
            names |= {one.id: one.name for one in people if one.name}
        return Audience(silent_comments=True, watchers=watchers, names=names)

    def apply(self, batch: Sequence[Change], marks: Mapping[str, OwnMarks]) -> tuple[Outcome, ...]:
        """Apply one batch; returns the outcomes. Raises `LoggedOut` and `Unreachable`."""
        if self._mirror is not None:
            self._mirror.forget(change.issue for change in batch)
        return Writer(self.api, self.site).apply(batch, marks)

    def remove_doubles(self, issue: Issue) -> Doubles | None:
        """Take away all but one of our comments on an issue; `None` where there is at most one."""
        answer = self.api.issue(issue.id)
        notes = own_notes(RawIssue.model_validate(answer), self.site) if answer else None
        if notes is None or notes.first is None or len(notes.written) < 2:
            return None
        if self._mirror is not None:
            self._mirror.forget([issue.id])
        deleted = Writer(self.api, self.site).empty(notes, but=notes.first.id)
        return Doubles(kept=notes.first.id, digest=notes.digest, deleted=deleted)
