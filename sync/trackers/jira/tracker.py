"""Jira as a `sync.trackers.base.Tracker`."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace

from rules.inventory.old_issues import Interest
from rules.model import Category, Issue, OwnMarks, Snapshot
from rules.plan.changes import Change
from rules.plan.mail_budget import Audience
from rules.plan.outcome import Outcome
from sync.errors import Forbidden, NotFound, Rejected
from sync.store.mirror import Mirror
from sync.trackers.base import Doubles, Scope
from sync.trackers.damage import rebuilding
from sync.trackers.http import Transport
from sync.trackers.jira.api import JiraApi
from sync.trackers.jira.audience import AudienceReader
from sync.trackers.jira.boards import BoardReader
from sync.trackers.jira.cloud import CloudApi
from sync.trackers.jira.datacenter import DatacenterApi
from sync.trackers.jira.dialect import JIRA
from sync.trackers.jira.fetch import wanted_fields
from sync.trackers.jira.own_comments import OwnComments
from sync.trackers.jira.parse import Site, read_issue
from sync.trackers.jira.payloads import RawIssue
from sync.trackers.jira.people import comments_changed, description_editors, marks_changed
from sync.trackers.jira.pull import Looked, Pulled, digest_of, learn, load, look, stand
from sync.trackers.jira.settings import CloudSettings, DatacenterSettings, JiraSettings
from sync.trackers.jira.site_answers import SiteAnswers
from sync.trackers.jira.write import Writer


class JiraTracker:
    """A Jira site. `mirror` keeps issues between runs; without one each pull reads everything."""

    def __init__(self, api: JiraApi, settings: JiraSettings, mirror: Mirror | None = None) -> None:
        self.api = api
        self._settings = settings
        self._mirror = mirror
        self._site: Site | None = None
        self._looked: Looked | None = None
        self._found = ""
        self._pulled: tuple[Looked, Mapping[str, Category | None]] | None = None
        self._own: OwnComments | None = None
        self._writer: Writer | None = None
        self._audience = AudienceReader(api, silent=settings.silent)

    @property
    def requests(self) -> int:
        """Number of requests so far, with retries."""
        return self.api.transport.requests

    @property
    def site(self) -> Site:
        """What is known of the site; asked once, and again at each pull."""
        if self._site is None:
            answers = SiteAnswers(self.api)
            self._site = learn(self.api, self._settings, answers, BoardReader(answers, ()))
        return self._site

    def look(self, scope: Scope) -> str:
        """A digest of what is in the scope, "" where none is known; `pull` or `stand` then go on from there."""
        self._pulled = None
        self._looked, self._found = rebuilding(self._mirror, lambda: self._look(scope))
        return self.state

    @property
    def state(self) -> str:
        """The digest after the last look, with what a pull has added to the mirror since.

        A look that has no digest, because the mirror was not filled, has one after the pull.
        """
        if not self._found and self._pulled is not None:
            self._found = digest_of(self.api, self._mirror, *self._pulled)
        return f"{self._found} {self._mirror.generation}" if self._found and self._mirror is not None else ""

    def stand(self) -> None:
        """End the pull that `look` began without loading anything."""
        looked, self._looked = self._looked, None
        assert looked is not None, "look comes first"
        assert self._mirror is not None, "no state is known without a mirror"
        stand(self._mirror, looked)

    def pull(self, scope: Scope) -> Snapshot:
        """Read everything in the scope. Nothing is written."""
        pulled = rebuilding(self._mirror, lambda: self._pull(scope))
        self._site = pulled.site
        self._pulled = pulled.looked, pulled.blockers
        self._audience = AudienceReader(self.api, silent=self._settings.silent)
        self._own, self._writer = None, None
        return pulled.snapshot

    def _look(self, scope: Scope) -> tuple[Looked, str]:
        looked = look(self.api, self._settings, scope, self._mirror)
        return looked, digest_of(self.api, self._mirror, looked)

    def _pull(self, scope: Scope) -> Pulled:
        """What was found when the tracker was last looked at, once; else what is there now."""
        looked, self._looked = self._looked, None
        return load(self.api, scope, self._mirror, looked or look(self.api, self._settings, scope, self._mirror))

    def read(self, issue_id: str) -> Issue | None:
        """One issue as it is now, `None` if it is deleted or hidden.

        Its marks are those of our property, but a comment with our mark takes precedence. What people did to our marks
        is known from its comments and its history.
        """
        raw = self.api.issue(issue_id, wanted_fields(self.site.fields))
        if raw is None:
            return None
        issue = read_issue(raw, self.site)
        embedded = RawIssue.model_validate(raw).fields.comment
        is_whole = embedded.total <= len(embedded.comments)
        remarks = embedded.comments if is_whole else list(self.api.comments(issue.id))
        account = self.site.account
        changed_by = comments_changed(remarks, account) | marks_changed(raw.get("changelog"), account)
        ours = self._own_comments().among(remarks)
        comment, digest = next(iter(ours.items()), (issue.marks.comment, issue.marks.comment_digest))
        marks = replace(issue.marks, comment=comment, comment_digest=digest)
        editors = description_editors(raw.get("changelog"), account)
        return replace(issue, marks=marks, changed_by=changed_by, described_by=editors)

    def audience(self, issues: Sequence[Issue]) -> Audience:
        """Who gets mail about these issues, asked once a run for each of them."""
        return self._audience.of(issues, self.site.account)

    def names(self, accounts: Sequence[str]) -> Mapping[str, str]:
        """The names of these accounts: of watchers as read before, of others asked once. Unknown ones are missing."""
        unknown = [account for account in accounts if account not in self._audience.names]
        try:
            people = self.api.people(unknown) if unknown else []
        except (NotFound, Forbidden, Rejected):
            people = []
        asked = {person.account: person.displayName for person in people if person.displayName}
        self._audience.names |= asked
        return {account: self._audience.names[account] for account in accounts if account in self._audience.names}

    def interest(self, issues: Sequence[str]) -> Mapping[str, Interest]:
        """The votes and watchers of these issues as they are now, by id; deleted and hidden ones are missing."""
        with closing(self.api.fetch(issues, ("votes", "watches"))) as portions:
            read = [RawIssue.model_validate(raw) for portion in portions for raw in portion]
        return {one.id: Interest(one.fields.votes.others, one.fields.watches.others) for one in read}

    def apply(self, batch: Sequence[Change], marks: Mapping[str, OwnMarks]) -> tuple[Outcome, ...]:
        """Apply one batch; returns the outcomes. Raises `LoggedOut` and `Unreachable`."""
        if self._mirror is not None:
            self._mirror.forget(change.issue for change in batch)
        return self._write_client().apply(batch, marks)

    def remove_doubles(self, issue: Issue) -> Doubles | None:
        """Delete all but the oldest of our comments on an issue; `None` where there is at most one."""
        try:
            ours = self._own_comments().on(issue.id)
        except NotFound:  # deleted since it was read
            return None
        if len(ours) < 2:
            return None
        kept, *others = ours.items()
        if self._mirror is not None:
            self._mirror.forget([issue.id])
        deleted = self._write_client().delete_doubles(issue.key, issue.id, [comment for comment, _ in others])
        return Doubles(kept=kept[0], digest=kept[1], deleted=deleted)

    def _own_comments(self) -> OwnComments:
        if self._own is None or self._own.account != self.site.account:
            self._own = OwnComments(self.api, self.site.account)
        return self._own

    def _write_client(self) -> Writer:
        """What writes, made before the first write: a command that only looks has none."""
        own = self._own_comments()
        if self._writer is None or self._writer.own is not own:
            self._writer = Writer(
                api=self.api,
                own=own,
                account_name=self.site.account_name,
                sprint_field=self.site.fields["sprint"],
                may_silence=self._audience.may_silence,
            )
        return self._writer


class JiraCloud(JiraTracker):
    """Jira Cloud, with an account's e-mail and API token."""

    def __init__(
        self, settings: CloudSettings, token: str, mirror: Mirror | None = None, transport: Transport | None = None
    ) -> None:
        super().__init__(CloudApi(settings, token, transport or Transport.to(settings, JIRA)), settings, mirror)


class JiraDatacenter(JiraTracker):
    """Jira Data Center, with a personal access token."""

    def __init__(
        self, settings: DatacenterSettings, token: str, mirror: Mirror | None = None, transport: Transport | None = None
    ) -> None:
        super().__init__(DatacenterApi(settings, token, transport or Transport.to(settings, JIRA)), settings, mirror)
