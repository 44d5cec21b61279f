"""Old issues: those that nobody changed for a long time, and what the Product Owner said about them.

An issue is asked about only where nothing speaks against it: it is in no sprint and outside the ready horizon, nobody
works on it or on a part of it, nothing near waits for it, and people let readyline write there. One that the Product
Owner answered about is not asked about again before its time.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from operator import itemgetter

from rules.backlog.index import Backlog
from rules.commands.answers import Commands
from rules.inventory.options import OldIssuesOptions
from rules.inventory.size import BacklogSize, size_of
from rules.model import Category, Issue, LinkKind
from rules.verdict import Judgement

SOON = timedelta(days=30)
"""Issues that become old in this time are named beforehand."""


@dataclass(frozen=True, slots=True)
class Interest:
    """How many other accounts voted for an issue (`None` where the site has no voting) and watch it."""

    votes: int | None
    watchers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One issue that the Product Owner is asked to keep or release, with the evidence.

    `last_touch` is the last change or comment by a person. `links` are the keys of linked issues, `waiting` those of
    open issues that it blocks, `duplicates` those of issues that are linked as duplicates or read the same.
    """

    issue: Issue
    rank: int
    last_touch: datetime
    links: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    duplicates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """An issue that becomes old on a day soon, if no person changes it until then."""

    issue: Issue
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An issue that is not asked about again up to the day `until`."""

    issue: Issue
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """An open issue that the Product Owner released; without a reason where only its label is known."""

    issue: Issue
    because: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OldIssues:
    """What the Product Owner is asked about, the longest without a change first, and what is answered.

    `in_all` counts the offers and those that follow once these are answered; `days` is how long nobody changed them.
    `coming` become old in the next days, the first one first.
    """

    offers: tuple[Offer, ...] = ()
    in_all: int = 0
    coming: tuple[Coming, ...] = ()
    kept: tuple[Kept, ...] = ()
    released: tuple[Released, ...] = ()
    size: BacklogSize
    days: int

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the issues that are asked about."""
        return tuple(offer.issue.key for offer in self.offers)

    def with_interest(self, interest: Mapping[str, Interest]) -> "OldIssues":
        """The same with the votes and watchers of these issues, by id, as they are now."""

        def counted(offer: Offer) -> Offer:
            now = interest.get(offer.issue.id)
            if now is None:
                return offer
            return replace(offer, issue=replace(offer.issue, votes=now.votes, watchers=now.watchers))

        return replace(self, offers=tuple(map(counted, self.offers)))


def old_issues(
    backlog: Backlog,
    judgement: Judgement,
    commands: Commands,
    options: OldIssuesOptions,
    *,
    label: str,
    unwanted: Collection[str] = (),
) -> OldIssues:
    """The old issues of a backlog.

    `label` is that of released issues, `unwanted` are the keys of issues to which people want nothing to be written.
    """
    now, stays = backlog.snapshot.taken_at, commands.stays
    released = tuple(_released(backlog, commands, label))
    gone = {one.issue.id for one in released} | {issue for issue, stay in stays.items() if now.date() <= stay.until}
    before = now - timedelta(days=options.days)
    touched = _Touches(backlog, judgement)
    askable = [
        (at, issue.key, issue)
        for issue in backlog.open
        if issue.id not in gone and issue.key not in unwanted and touched.may_be_old(issue)
        if (at := touched.at(issue)) <= before + SOON
    ]
    askable.sort(key=itemgetter(0, 1))
    old = [(at, issue) for at, _, issue in askable if at <= before]
    return OldIssues(
        offers=tuple(_offer(issue, backlog, at) for at, issue in old[: options.at_once]),
        in_all=len(old) if options.at_once else 0,
        coming=tuple(
            Coming(issue=issue, on=(at + timedelta(days=options.days)).date())
            for at, _, issue in (askable[len(old) :] if options.at_once else ())
        ),
        kept=tuple(
            Kept(issue=issue, until=stay.until)
            for issue in backlog.open
            if (stay := stays.get(issue.id)) is not None and not stay.released and now.date() <= stay.until
        ),
        released=released,
        size=size_of(backlog, options.max_months),
        days=options.days,
    )


class _Touches:
    """When people last did something about an issue, and what that means for it."""

    def __init__(self, backlog: Backlog, judgement: Judgement) -> None:
        self._backlog, self._judgement = backlog, judgement

    def at(self, issue: Issue) -> datetime:
        """The last change or comment by a person on the issue or a part of it."""
        family = (issue, *self._backlog.children.get(issue.key, ()))
        return max(map(_last_touch, family))

    def may_be_old(self, issue: Issue) -> bool:
        """Whether the Product Owner may be asked about it once no person did anything for long."""
        return (
            issue.is_counted
            and issue.category is Category.TODO
            and issue.sprint is None
            and not any(map(_is_worked_on, self._backlog.children.get(issue.key, ())))
            and not self._is_near(issue.key)
            and not any(map(self._is_near, self._backlog.blocks.get(issue.key, ())))
        )

    def _is_near(self, key: str) -> bool:
        """Whether an issue is in the ready horizon or in a sprint; one that is not judged may be."""
        verdict = self._judgement.by_key.get(key)
        return verdict is None or verdict.in_horizon or verdict.issue.sprint is not None


def _is_worked_on(issue: Issue) -> bool:
    return issue.sprint is not None or issue.category is Category.DOING


def _last_touch(issue: Issue) -> datetime:
    changed = max(issue.created, issue.last_human_edit)
    return max(changed, *(comment.created for comment in issue.comments)) if issue.comments else changed


def _released(backlog: Backlog, commands: Commands, label: str) -> Iterable[Released]:
    """Those that the Product Owner released, and those with the label of which no answer is known."""
    for issue in backlog.open:
        stay = commands.released.get(issue.id)
        if stay is not None:
            yield Released(issue=issue, because=stay.because, on=stay.at.date())
        elif label in issue.labels and issue.id not in commands.stays:
            yield Released(issue=issue)


def _offer(issue: Issue, backlog: Backlog, touched: datetime) -> Offer:
    near = backlog.near_duplicates
    alike = [near[issue.key].key] if issue.key in near else []
    alike += [key for key, other in near.items() if other.key == issue.key]
    alike += [link.key for link in issue.links if link.kind is LinkKind.DUPLICATE]
    return Offer(
        issue=issue,
        rank=backlog.rank[issue.key] + 1,
        last_touch=touched,
        links=tuple(dict.fromkeys(link.key for link in issue.links)),
        waiting=backlog.blocks.get(issue.key, ()),
        duplicates=tuple(dict.fromkeys(alike)),
    )
