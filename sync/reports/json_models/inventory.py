"""Old and new issues, and what the backlog is made of."""

from datetime import date, datetime

from sync.reports.json_models.base import Figure, IssueKey, Part, Text


class OfferPart(Part):
    """An old issue that the Product Owner is asked to keep or release."""

    issue: Text
    rank: int
    created: datetime
    last_touch: datetime
    """The last change or comment by a person, on the issue or a part of it."""
    votes: int | None
    """Null where the site has no voting."""
    watchers: int
    links: tuple[Text, ...]
    waiting: tuple[Text, ...]
    """Open issues that it blocks."""
    duplicates: tuple[Text, ...]
    """Issues that are linked as duplicates, or read the same."""


class ComingPart(Part):
    """An issue that becomes old on this day, if no person changes it until then."""

    issue: IssueKey
    on: date


class KeptPart(Part):
    """An issue that the Product Owner keeps: the question comes again after this day."""

    issue: IssueKey
    until: date


class ReleasedPart(Part):
    """An open issue that the Product Owner released; "" and null where only its label is known."""

    issue: IssueKey
    because: Text
    on: date | None


class BacklogSizePart(Part):
    """How many months of work the backlog holds: open issues over the issues that are finished in a month."""

    open: int
    per_month: Figure | None
    months: Figure | None
    """Null where too little is finished to say."""
    limit: Figure
    is_above: bool


class OldIssuesPart(Part):
    """Issues that no person changed for so many days, the longest without a change first."""

    days: int
    in_all: int
    """The offers, and those that follow once these are answered."""
    offers: tuple[OfferPart, ...]
    coming: tuple[ComingPart, ...]
    """Those that become old in the next 30 days, the first one first."""
    kept: tuple[KeptPart, ...]
    released: tuple[ReleasedPart, ...]
    size: BacklogSizePart


class NewIssuePart(Part):
    """An issue, its age in days, and after how many days it was first ranked and estimated, null: not yet."""

    issue: Text
    created: datetime
    age: int
    ranked_after: Figure | None
    estimated_after: Figure | None
    known: bool
    """False where its past is not known: the two days above then say nothing."""


class FirstWaitPart(Part):
    """Of so many issues, how many got it, and within how many days half of these did; null where too few did."""

    issues: int
    got: int
    median_days: Figure | None


class FeedbackPart(Part):
    """Issues of stakeholders: their wait for a first rank, and how many were done in the last `days` days.

    Half of the done ones took `median_days` or less from their creation; null where they are too few.
    """

    ranked: FirstWaitPart
    done: int
    median_days: Figure | None


class NewIssuesPart(Part):
    """What is new since the last run and the last planning, and how long new issues wait."""

    since_run: datetime | None
    since_planning: datetime | None
    run: tuple[NewIssuePart, ...]
    planning: tuple[NewIssuePart, ...]
    ranked: FirstWaitPart
    estimated: FirstWaitPart | None
    unranked: tuple[NewIssuePart, ...]
    """Open issues that nobody ranked for longer than `unranked_days`."""
    feedback: FeedbackPart
    days: int
    unranked_days: int


class PortionPart(Part):
    """The issues of one kind of work or one channel, "" for none known, in a part of the backlog."""

    name: Text
    issues: int
    size: Figure
    share: Figure


class AreaPart(Part):
    """A part of the backlog by kind of work or by channel."""

    name: Text
    portions: tuple[PortionPart, ...]


class UnmappedPart(Part):
    """The issues of one type that have no kind of work."""

    type: Text
    issues: tuple[Text, ...]


class LateActionPart(Part):
    """An open action of a retrospective without an owner, or older than two sprints."""

    issue: IssueKey
    has_owner: bool
    is_late: bool


class TakenPartPart(Part):
    """How many issues of the ready horizon show that stakeholders took part in their content, and the others."""

    issues: int
    evident: int
    without: tuple[Text, ...]


class OrderGroundsPart(Part):
    """How many issues of the ready horizon have a value, a goal, and a sign of stakeholders; keys with none."""

    issues: int
    value: int
    goal: int
    stakeholders: int
    without: tuple[Text, ...]


class ContentsPart(Part):
    """The ready horizon and the sprints by kind of work and by channel."""

    kinds: tuple[AreaPart, ...]
    channels: tuple[AreaPart, ...]
    unmapped: tuple[UnmappedPart, ...]
    actions: tuple[LateActionPart, ...]
    taken_part: TakenPartPart | None = None
    """Null where no issue shows it."""
    grounds: OrderGroundsPart | None = None
    """What the order of the ready horizon rests on; null where that is empty."""
