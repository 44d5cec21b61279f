"""What a tracker answers while a run looks, written down; and a tracker that gives the same answers again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rules.inventory.old_issues import Interest
from rules.model import Issue, OwnMarks, Snapshot
from rules.plan.changes import Change
from rules.plan.mail_budget import NO_AUDIENCE, Audience
from rules.plan.outcome import Outcome
from sync.errors import Forbidden
from sync.store.day_parts import Answers
from sync.trackers.base import CountsInterest, Scope, Tracker


def reading_of(scope: Scope) -> dict[str, str]:
    """What decides which issues and sprints are read, by what the configuration calls it."""
    product, teams = scope.product, scope.product.teams
    value = {"[product] value_field": product.value_field} if product.value_field else {}
    return {
        "[product] backlog": " ".join(scope.backlog.split()),
        "[[teams]] board": ", ".join(str(board) for board in sorted({team.board for team in teams})),
        "[[teams]] takes.field": ", ".join(sorted({team.takes.field for team in teams if team.takes.field})),
        "[capacity] history": str(scope.closed_sprints),
        **value,
    }


@dataclass
class Recorder:
    """A tracker that asks another one and keeps what it answers; nothing is written through it."""

    tracker: Tracker
    reads: dict[str, Issue | None] = field(default_factory=dict)
    readers: Audience = NO_AUDIENCE
    interests: dict[str, Interest] = field(default_factory=dict)
    pulled: Snapshot | None = None

    @property
    def requests(self) -> int:
        """Number of requests so far."""
        return self.tracker.requests

    @property
    def answers(self) -> Answers:
        """What was answered so far; there was a pull."""
        assert self.pulled is not None
        return Answers(
            snapshot=self.pulled,
            reads=self.reads,
            audience=self.readers,
            interests=self.interests,
        )

    def pull(self, scope: Scope) -> Snapshot:
        """Read everything in the scope."""
        self.pulled = self.tracker.pull(scope)
        return self.pulled

    def read(self, issue_id: str) -> Issue | None:
        """One issue as it is now; one that may not be read is kept as hidden."""
        self.reads[issue_id] = None
        self.reads[issue_id] = self.tracker.read(issue_id)
        return self.reads[issue_id]

    def audience(self, issues: Sequence[Issue]) -> Audience:
        """Who gets mail about these issues; a run asks once."""
        self.readers = self.tracker.audience(issues)
        return self.readers

    def interest(self, issues: Sequence[str]) -> Mapping[str, Interest]:
        """The votes and watchers of these issues; none where the tracker does not count them apart."""
        interests = self.tracker.interest(issues) if isinstance(self.tracker, CountsInterest) else {}
        self.interests |= interests
        return interests

    def apply(self, _batch: Sequence[Change], _marks: Mapping[str, OwnMarks]) -> tuple[Outcome, ...]:
        """Nothing is written while a run looks."""
        raise NotImplementedError


@dataclass
class ReplayTracker:
    """A tracker that answers as a tracker did on an earlier day, and is never asked over the network.

    About what it was not asked then it knows what the issues of that day show.
    """

    answers: Answers
    requests: int = 0

    def pull(self, _scope: Scope) -> Snapshot:
        """What was read that day."""
        return self.answers.snapshot

    def read(self, issue_id: str) -> Issue | None:
        """One issue as it was that day."""
        known = {**self.answers.snapshot.by_id, **self.answers.reads}
        return known.get(issue_id)

    def audience(self, _issues: Sequence[Issue]) -> Audience:
        """Who got mail about issues that day."""
        return self.answers.audience

    def interest(self, issues: Sequence[str]) -> Mapping[str, Interest]:
        """The votes and watchers that were read that day."""
        return {issue: self.answers.interests[issue] for issue in issues if issue in self.answers.interests}

    def apply(self, _batch: Sequence[Change], _marks: Mapping[str, OwnMarks]) -> tuple[Outcome, ...]:
        """Nothing is written to an earlier day."""
        raise Forbidden("an earlier day is only read")
