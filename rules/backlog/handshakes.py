"""Dependencies between teams, and whether the providing team agreed to them.

A dependency is agreed on if the provider planned the blocker in a sprint before, or promised one with `/ready promise`.
A provider that moves the blocker opens it again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil

from rules.backlog.blockers import Blocker
from rules.capacity.days import Window, day_text, window_of
from rules.model import Edit, EditField, Issue, Snapshot, Sprint, SprintState, Team
from rules.promise import Promise
from rules.text.content import shorten
from rules.wording import many


class Agreement(StrEnum):
    """Whether the providing team agreed; the values are part of the JSON outputs."""

    PLANNED = "planned"
    """The blocker is in a sprint of the provider that ends in time."""
    PROMISED = "promised"
    """The provider promised a sprint that ends in time."""
    LATE = "late"
    """The sprint that was planned or promised ends too late."""
    MOVED = "moved"
    """The blocker left the promised sprint, or is still open after it."""
    OPEN = "open"
    """The provider said nothing yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handshake:
    """One issue that needs another team's: the issue, its team, the blocker, the team that provides it ("" if open).

    `sprint` is the name of the sprint that `agreement` is about, "" for none. `since` is when the dependency was added,
    for a promise that was not kept when that happened. `promised` is when a promise that counts was given. `agree_by`
    is the last day that leaves the provider one sprint of notice, `None` where no sprint needs it yet.
    """

    needs: Issue
    needs_team: str
    blocker: Issue
    provider: str
    agreement: Agreement
    since: datetime
    sprint: str = ""
    promised: datetime | None = None
    agree_by: date | None = None

    @property
    def is_agreed(self) -> bool:
        """Whether the provider planned or promised it in time."""
        return self.agreement in {Agreement.PLANNED, Agreement.PROMISED}

    def days_open(self, now: datetime) -> int:
        """For how many days it waits for an agreement; 0 for one that is agreed on."""
        return 0 if self.is_agreed else max(0, (now - self.since).days)

    def is_short_notice(self, now: datetime) -> bool:
        """Whether the provider has less than one sprint of notice: it agreed too late, or did not agree until now."""
        agreed = self.promised if self.is_agreed else now
        return self.agree_by is not None and agreed is not None and agreed.date() > self.agree_by

    def notice(self, now: datetime) -> str:
        """By when to agree, or that it is less than one sprint of notice; "" where neither is to be said."""
        if self.is_short_notice(now):
            return "less than one sprint of notice"
        return f"agree by {day_text(self.agree_by)}" if self.agree_by is not None and not self.is_agreed else ""

    def needed_from(self, window: Window) -> "Handshake":
        """The same dependency, needed for a sprint of these days, unless a sprint needs it already."""
        return self if self.agree_by is not None else replace(self, agree_by=_one_sprint_before(window))

    def state(self, now: datetime) -> str:
        """The agreement in words, with the age of one that is missing."""
        if self.is_agreed:
            return f"{self.agreement} in {self._name}" if self.agreement is Agreement.PLANNED else self._promised
        facts = {
            Agreement.LATE: f"{self._name} ends too late",
            Agreement.MOVED: f"not in {self._name} any more, which was promised",
        }
        return f"{facts.get(self.agreement, 'not agreed on yet')}{self.age(now)}"

    def state_and_notice(self, now: datetime) -> str:
        """The agreement in words, then what to know about the notice."""
        return "; ".join(filter(None, (self.state(now), self.notice(now))))

    def age(self, now: datetime) -> str:
        """How long it waits for an agreement, to put behind its state: ", open for 5 days"; "" on the first day."""
        days = self.days_open(now)
        return f", open for {many(days, 'day')}" if days else ""

    @property
    def _promised(self) -> str:
        return f"promised for {self._name}"

    @property
    def _name(self) -> str:
        """The sprint's name; a page cuts a long sentence, and then what to do would be missing."""
        return shorten(self.sprint)


def handshakes_of(
    issue: Issue, snapshot: Snapshot, blockers: Sequence[Blocker], teams: Mapping[str, Sequence[Team]]
) -> tuple[Handshake, ...]:
    """The dependencies of an open issue on other teams, sorted by the blocker's key.

    Blockers outside the backlog are not among them: nobody there reads our commands.
    """
    own = team_of(issue, snapshot, teams) if blockers else ""
    return tuple(_handshakes(issue, own, blockers, snapshot, teams)) if own else ()


def team_of(issue: Issue, snapshot: Snapshot, teams: Mapping[str, Sequence[Team]]) -> str:
    """The team that has an issue in a sprint, else the only one that may take it; "" where that is open."""
    takers = [team.name for team in teams.get(issue.key, ())]
    return takers[0] if len(takers) == 1 else snapshot.planner_of(issue)


def _handshakes(
    issue: Issue, own: str, blockers: Sequence[Blocker], snapshot: Snapshot, teams: Mapping[str, Sequence[Team]]
) -> Iterator[Handshake]:
    for one in blockers:
        blocker = one.issue
        takers = [team.name for team in teams.get(one.key, ())]
        if blocker is None or not takers:
            continue
        provider = team_of(blocker, snapshot, teams)
        if provider == own or (not provider and own in takers):
            continue
        agreement, sprint, since = _agreement(issue, blocker, snapshot)
        promise = snapshot.promises.get(blocker.id)
        yield Handshake(
            needs=issue,
            needs_team=own,
            blocker=blocker,
            provider=provider,
            agreement=agreement,
            sprint=sprint,
            since=since or _linked_at(issue, blocker, snapshot),
            promised=promise.at if promise is not None and agreement is Agreement.PROMISED else None,
            agree_by=_agree_by(issue, snapshot),
        )


def _agree_by(issue: Issue, snapshot: Snapshot) -> date | None:
    """One sprint before the future sprint of an issue; `None` where it is in none."""
    sprint = snapshot.sprint_by_id.get(issue.sprint or "")
    window = window_of(sprint) if sprint is not None and sprint.state is SprintState.FUTURE else None
    return _one_sprint_before(window) if window is not None else None


def _one_sprint_before(window: Window) -> date:
    """The first day minus the length of the sprint, in whole weeks."""
    return window.first - timedelta(weeks=ceil(len(window.days) / 7))


def _agreement(issue: Issue, blocker: Issue, snapshot: Snapshot) -> tuple[Agreement, str, datetime | None]:
    """The agreement, the name of its sprint, and since when it is not kept, where that is known."""
    planned = snapshot.sprint_by_id.get(blocker.sprint or "")
    promise = snapshot.promises.get(blocker.id)
    if planned is not None and ends_before(planned, issue, snapshot):
        return Agreement.PLANNED, planned.name, None
    if promise is not None:
        return _kept(promise, issue, blocker, snapshot)
    return (Agreement.LATE, planned.name, None) if planned is not None else (Agreement.OPEN, "", None)


def _kept(promise: Promise, issue: Issue, blocker: Issue, snapshot: Snapshot) -> tuple[Agreement, str, datetime | None]:
    sprint = snapshot.sprint_by_id.get(promise.sprint)
    if sprint is None or sprint.state is SprintState.CLOSED:
        ended = (sprint.completed or sprint.end) if sprint is not None else None
        return Agreement.MOVED, promise.name, ended or promise.at
    out = _left(snapshot.edits.get(blocker.id, ()), promise)
    if blocker.sprint not in {None, promise.sprint} or (blocker.sprint is None and out is not None):
        return Agreement.MOVED, sprint.name, out or promise.at
    in_time = ends_before(sprint, issue, snapshot)
    return (Agreement.PROMISED if in_time else Agreement.LATE), sprint.name, None if in_time else promise.at


def ends_before(sprint: Sprint, issue: Issue, snapshot: Snapshot) -> bool:
    """Whether a sprint ends before that of an issue begins; true where the issue is in none."""
    needed = snapshot.sprint_by_id.get(issue.sprint or "")
    if needed is None:
        return True
    ends, begins = window_of(sprint), window_of(needed)
    return ends is not None and begins is not None and ends.last < begins.first


def _left(edits: Sequence[Edit], promise: Promise) -> datetime | None:
    """When the issue was last moved out of the promised sprint, `None` where it was not since the promise."""
    moves = (edit for edit in edits if edit.field is EditField.SPRINT and edit.at > promise.at)
    out = (edit.at for edit in moves if promise.sprint in _ids(edit.before) - _ids(edit.after))
    return max(out, default=None)


def _linked_at(issue: Issue, blocker: Issue, snapshot: Snapshot) -> datetime:
    """When the two issues were linked; without a past of the links, since both are there."""
    pairs = ((issue, blocker.key), (blocker, issue.key))
    links = (
        edit.at
        for one, other in pairs
        for edit in snapshot.edits.get(one.id, ())
        if edit.field is EditField.LINKS and edit.after == other
    )
    return max(links, default=max(issue.created, blocker.created))


def _ids(text: str) -> set[str]:
    return {part.strip() for part in text.split(",")} - {""}
