"""Who gets mail about an issue, as far as Jira shows it to our account: the right to silence, and who watches."""

from collections.abc import Sequence

from rules.model import Issue, project_of
from rules.plan.mail_budget import Audience
from sync.errors import Forbidden, NotFound, Rejected
from sync.trackers.jira.api import JiraApi
from sync.trackers.jira.site_info import rights

SILENCE = ("ADMINISTER_PROJECTS", "ADMINISTER")
"""Either permission lets an edit of fields send no mail (`notifyUsers=false`)."""
WATCHERS = "VIEW_VOTERS_AND_WATCHERS"


class AudienceReader:
    """Reads rights once a project and watchers once an issue; `silent` is whether silence is wanted at all."""

    def __init__(self, api: JiraApi, *, silent: bool) -> None:
        self._api, self._silent = api, silent
        self._rights: dict[str, dict[str, bool]] = {}
        self._watchers: dict[str, frozenset[str]] = {}
        self._addresses: dict[str, str] = {}
        self.names: dict[str, str] = {}
        """The names of watchers, by account."""

    def of(self, issues: Sequence[Issue], own: str) -> Audience:
        """Who gets mail about these issues; `own` is our account, which gets none about its own edits."""
        for issue in issues:
            if issue.watchers and issue.id not in self._watchers and self._has(project_of(issue.key), WATCHERS):
                self._read(issue, own)
        projects = {project_of(issue.key) for issue in issues}
        return Audience(
            silent=frozenset(filter(self.may_silence, projects)),
            watchers=dict.fromkeys((issue.id for issue in issues if not issue.watchers), frozenset()) | self._watchers,
            addresses=dict(self._addresses),
            names=dict(self.names),
        )

    def may_silence(self, project: str) -> bool:
        """Whether our account may edit labels without mail in a project."""
        return self._silent and any(self._has(project, right) for right in SILENCE)

    def _has(self, project: str, right: str) -> bool:
        if project not in self._rights:
            try:
                self._rights[project] = rights(self._api, project, (*SILENCE, WATCHERS))
            except (NotFound, Forbidden, Rejected):
                self._rights[project] = {}
        return self._rights[project].get(right, False)

    def _read(self, issue: Issue, own: str) -> None:
        """Keep who watches an issue; a list that is shorter than the number of watchers names not all of them."""
        try:
            watchers, count = self._api.watchers(issue.id)
        except (NotFound, Forbidden, Rejected):
            return
        for watcher in watchers:
            if watcher.displayName:
                self.names[watcher.account] = watcher.displayName
            if watcher.emailAddress:
                self._addresses[watcher.emailAddress.casefold()] = watcher.account
        if len(watchers) >= count:
            self._watchers[issue.id] = frozenset(watcher.account for watcher in watchers) - {own}
