"""Our comments on the issues of a site, recognised by account and mark, never by their text. Only reads."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sync.trackers.jira.api import JiraApi
from sync.trackers.jira.payloads import Remark
from sync.trackers.jira.people import comments_changed


@dataclass(slots=True)
class OwnComments:
    """The comments of one account.

    `others` are ids of comments that other accounts wrote, as far as they were seen; an earlier account of ours is one
    of these.
    """

    api: JiraApi
    account: str
    others: set[str] = field(default_factory=set)

    def on(self, issue: str) -> dict[str, str]:
        """The digests of our comments on an issue, by id, the oldest first."""
        return self.among(list(self.api.comments(issue)))

    def among(self, remarks: Sequence[Remark]) -> dict[str, str]:
        """Our comments among these, with their digests. One that a person edited or answered is the person's now."""
        given_up = comments_changed(remarks, self.account)
        own = [remark for remark in remarks if remark.author.account == self.account and remark.id not in given_up]
        self.others |= {remark.id for remark in remarks if remark.author.account != self.account}
        digests = {remark.id: remark.digest for remark in own if remark.digest is not None}
        unknown = [remark.id for remark in own if remark.id not in digests]
        both = {**digests, **(self.api.marks_on(unknown) if unknown else {})}
        return {remark.id: both[remark.id] for remark in own if remark.id in both}
