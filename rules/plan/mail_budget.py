"""The mails people get because of us, and the limit per person and week.

A site's notification scheme decides what its tracker sends, and only administrators can read it. Assumed is Jira's
default scheme: assignee, reporter and watchers of an issue get one mail for a comment that is added, edited or
deleted, for a changed sprint, and for labels unless they are changed silently; all labels of an issue change in
one request. Our own messages count for the mailboxes they go to.

Where the account may not read who watches, the unnamed watchers of all issues count as one person. That person may be
anybody, so a mail to unnamed watchers counts for everybody.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rules.deep.runway import day_in_words
from rules.model import Issue, project_of
from rules.plan.changes import (
    COMMENT,
    PAGE,
    SPRINT,
    AddLabel,
    Change,
    ChangePlan,
    MoveToBacklog,
    MoveToSprint,
    PutComment,
    RemoveLabel,
    mark_of,
)

WEEK = timedelta(days=7)
LABELS, MESSAGE = "labels", "message"
UNNAMED = "unnamed watchers"
"""All people together who watch an issue and whose names the account may not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who gets mail about some issues, as far as the tracker shows it to our account.

    `silent` holds the keys of projects in which our edits of issues send no mail: where the right to silence was seen.
    `silent_comments` is whether our comments send none.
    `watchers` are the accounts that watch, by issue id; issues whose watchers cannot be read by name are missing.
    `addresses` has the account of each mail address that the tracker shows, `names` the name of each watcher.
    """

    silent: frozenset[str] = frozenset()
    silent_comments: bool = False
    watchers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


NO_AUDIENCE = Audience()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail to one person: the issue (its id, "" for a message of ours), and its subject.

    `about` is "labels", "comment", "sprint", "page" or "message". `person` is an account, a mail address, or `UNNAMED`.
    """

    issue: str
    about: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMail:
    """A mail that was sent: when, and by which run."""

    at: datetime
    run: str
    mail: Mail


class MailCount:
    """The mails of the last seven days by person; `accounts` joins mail addresses to accounts."""

    def __init__(self, sent: Iterable[SentMail], accounts: Mapping[str, str]) -> None:
        self._accounts = accounts
        self._named: defaultdict[str, list[datetime]] = defaultdict(list)
        self._unnamed: list[datetime] = []
        self._messages: Counter[str] = Counter()
        events: defaultdict[tuple[datetime, str, str, str], set[str]] = defaultdict(set)
        for one in sent:
            issue = one.mail.issue or one.mail.person  # a message is one mail an address
            events[one.at, one.run, issue, one.mail.about].add(one.mail.person)
            self._messages[self.person(one.mail.person)] += one.mail.about == MESSAGE
        for (at, *_), people in events.items():
            self.add(people, at)

    def person(self, name: str) -> str:
        """The account behind a mail address, where it is known; else the name itself."""
        return self._accounts.get(name.casefold(), name)

    def add(self, people: Iterable[str], at: datetime) -> None:
        """Count one event that each of these people gets a mail about."""
        persons = {self.person(name) for name in people}
        if UNNAMED in persons:
            self._unnamed.append(at)
        else:
            for person in persons:
                self._named[person].append(at)

    def messages(self, name: str) -> int:
        """How many of our own messages a person got."""
        return self._messages[self.person(name)]

    def times(self, name: str) -> list[datetime]:
        """When a person got mail, oldest first: the most that it can be, where some watchers have no name."""
        person = self.person(name)
        if person == UNNAMED:
            busiest = max(self._named.values(), key=len, default=[])
            return sorted((*busiest, *self._unnamed))
        return sorted((*self._named[person], *self._unnamed))


def readers(issue: Issue, audience: Audience) -> tuple[str, ...]:
    """Who gets mail about an issue: accounts, and `UNNAMED` where people watch whose names are not known."""
    named = {person for person in (issue.assignee, issue.reporter) if person}
    if issue.id in audience.watchers:
        return tuple(sorted(named | audience.watchers[issue.id]))
    return (*sorted(named), UNNAMED) if issue.watchers else tuple(sorted(named))


def mails_of(changes: Iterable[Change], issues: Mapping[str, Issue], audience: Audience) -> tuple[Mail, ...]:
    """The mails that these changes cause; `issues` are by id."""
    events = dict.fromkeys((change.issue, about(change)) for change in changes if not _is_silent(change, audience))
    return tuple(
        Mail(issue=issue, about=what, person=person)
        for issue, what in events
        if issue in issues
        for person in readers(issues[issue], audience)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgency:
    """In which order changes get the mails of a week.

    `exempt` are ids of issues that people want to be left alone: our marks are removed at once, whatever it costs.
    `asked` are ids of issues on which a person waits for an answer. `since` says how long a request has waited, by
    issue id and subject.
    """

    exempt: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    since: Mapping[tuple[str, str], datetime] = field(default_factory=dict)


def hold_mails(  # noqa: PLR0913 - the plan, who gets mail, what they got, and the limit
    plan: ChangePlan,
    issues: Mapping[str, Issue],
    audience: Audience,
    count: MailCount,
    *,
    per_week: int,
    now: datetime,
    urgency: Urgency = Urgency(),
) -> ChangePlan:
    """The plan without changes that exceed a person's mails per week; `per_week` 0 sets no limit.

    First come removals on issues that people want to be left alone, which never wait; then what people decided or asked
    for; then what has waited longest; then what keeps issues from being ready; then the higher rank.
    `count` is updated.
    """
    if not per_week:
        return plan
    held: dict[Change, str] = {}
    queued: Counter[str] = Counter()
    for request in sorted(_requests(plan), key=lambda request: _order(request, urgency, now)):
        people = tuple(dict.fromkeys(mail.person for mail in mails_of(request, issues, audience)))
        busiest = max(people, key=lambda person: len(count.times(person)), default="")
        times = count.times(busiest) if busiest else []
        if len(times) < per_week or request[0].issue in urgency.exempt:
            count.add(people, now)
            continue
        until = _free_from(times, per_week, queued[busiest])
        held.update(dict.fromkeys(request, _why(len(times) + 1, per_week, until, now)))
        queued[busiest] += 1
    return plan.holding(held)


def requests_of(changes: Iterable[Change]) -> frozenset[tuple[str, str]]:
    """The events that changes cause: pairs of an issue's id and a subject."""
    return frozenset((change.issue, about(change)) for change in changes)


def about(change: Change) -> str:
    """The subject of the mail that a change causes: the labels of an issue together, its comment, sprint or page."""
    mark = mark_of(change)
    return mark if mark in (COMMENT, SPRINT, PAGE) and not isinstance(change, AddLabel | RemoveLabel) else LABELS


def _is_silent(change: Change, audience: Audience) -> bool:
    if about(change) == COMMENT:
        return audience.silent_comments
    return about(change) in (LABELS, PAGE) and project_of(change.key) in audience.silent


def _requests(plan: ChangePlan) -> Iterable[tuple[Change, ...]]:
    """The changes that cause one mail together: the labels of an issue, and each other change alone."""
    requests: dict[tuple[str, str], list[Change]] = {}
    for change in plan.changes:
        requests.setdefault((change.issue, about(change)), []).append(change)
    return map(tuple, requests.values())


def _order(request: tuple[Change, ...], urgency: Urgency, now: datetime) -> tuple[int, datetime, int]:
    """Sort key; requests that are alike in it stay in the plan's order, which is the rank."""
    first = request[0]
    since = urgency.since.get((first.issue, about(first)), now)
    if first.issue in urgency.exempt:
        return (0, since, 0)
    asked: Collection[str] = urgency.asked
    decided = first.issue in asked or isinstance(first, MoveToSprint | MoveToBacklog)
    blocks = isinstance(first, PutComment) and any(fix.must for fix in first.note.fixes)
    return (1 if decided else 2, since, 0 if blocks else 1)


def _free_from(times: list[datetime], per_week: int, ahead: int) -> datetime:
    """When a mail fits again, with so many others waiting ahead of it: each mail makes room after a week."""
    place = len(times) - per_week + ahead
    rounds, place = divmod(place, len(times))
    return times[place] + WEEK * (rounds + 1)


def _why(number: int, per_week: int, until: datetime, now: datetime) -> str:
    day = day_in_words(until.date(), now.date())
    return (
        f"held back until about {day}: it would be mail {number} within seven days to one person, "
        f"[write_back] mails_per_week allows {per_week}"
    )
