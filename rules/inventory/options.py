"""The options of `[old_issues]`, `[new_issues]`, `[contents]` and `[channels]`, with their defaults."""

from collections.abc import Iterable
from enum import StrEnum

from pydantic import ConfigDict, Field, field_validator

from rules.model import Kind
from rules.options import Options
from rules.release import KEEP_DAYS

TAKEN = frozenset({"ready", "not-ready", "hands-off"})
"""What follows the prefix in the other labels."""


class Work(StrEnum):
    """The six kinds of work, the most specific first; the values are the keys of `[contents]` and of the JSON."""

    ACTION = "action"
    REQUEST = "request"
    DESIGN = "design"
    DEBT = "debt"
    BUG = "bug"
    STORY = "story"


class OldIssuesOptions(Options):
    """Which issues the Product Owner is asked to keep or release, and how many at a time."""

    model_config = ConfigDict(allow_inf_nan=False)

    days: int = Field(default=180, ge=30, le=3650)
    """An issue is old where no person changed it for this many days."""
    at_once: int = Field(default=10, ge=0, le=50)
    """So many issues are asked about at a time; 0 asks about nothing."""
    keep_days: int = Field(default=KEEP_DAYS, ge=1, le=3650)
    """A kept issue is not asked about again for so many days, where its command names no day."""
    max_months: float = Field(default=12.0, gt=0, le=120)
    """Above so many months of work the Product Owner is informed that the backlog is too big."""
    label: str = Field(default="released", pattern=r"^[A-Za-z0-9._:-]{1,50}$")
    """What follows `label_prefix` in the label of released issues."""

    @field_validator("label")
    @classmethod
    def _own_meaning(cls, value: str) -> str:
        if value in TAKEN:
            raise ValueError("another label of readyline has this name; choose another one")
        return value


class NewIssuesOptions(Options):
    """What is said of new issues."""

    days: int = Field(default=90, ge=7, le=365)
    """Waits for a first rank and a first estimate are those of issues that were created in so many days."""
    unranked_days: int = Field(default=14, ge=1, le=365)
    """A new issue that nobody ranked for longer than this is named."""


class Recognised(Options):
    """How the issues of one kind of work, or of one channel, are recognised; names in any case."""

    types: frozenset[str] = frozenset()
    """Names of issue types."""
    labels: frozenset[str] = frozenset()
    """Labels."""
    components: frozenset[str] = frozenset()
    """Components."""
    reporters: frozenset[str] = frozenset()
    """Names or accounts of people who report such issues."""
    members: bool = False
    """Whether all people of [[teams]] are among the reporters."""
    kinds: frozenset[Kind] = frozenset()
    """Kinds of issue types, if nothing else recognises an issue: story | bug | task | spike."""


def _recognised(types: Iterable[str] = (), labels: Iterable[str] = (), kinds: Iterable[Kind] = ()) -> Recognised:
    return Recognised(types=frozenset(types), labels=frozenset(labels), kinds=frozenset(kinds))


class ContentsOptions(Options):
    """The six kinds of work in a backlog; the first table that recognises an issue wins, in this order."""

    action: Recognised = _recognised(
        types=("Retrospective Action", "Retro Action", "Action Item"),
        labels=("retro", "retrospective", "retro-action", "kaizen"),
    )
    """Actions of a retrospective."""
    request: Recognised = _recognised(
        types=("Change Request", "Feature Request", "Service Request", "Request", "Suggestion"),
        labels=("request", "feature-request", "customer-request"),
    )
    """Requests from users."""
    design: Recognised = _recognised(types=("Design", "UX"), labels=("design", "ux"))
    """Design changes."""
    debt: Recognised = _recognised(
        types=("Technical Debt", "Tech Debt", "Refactoring"),
        labels=("debt", "tech-debt", "technical-debt", "refactoring"),
    )
    """Technical debt."""
    bug: Recognised = _recognised(kinds=(Kind.BUG,))
    """Bugs."""
    story: Recognised = _recognised(kinds=(Kind.STORY,))
    """Stories."""


class ChannelOptions(Options):
    """The three ways into a backlog; the first table that recognises an issue wins, in this order."""

    art: Recognised = _recognised(labels=("art", "pi", "pi-objective"))
    """From the Agile Release Train: features and objectives of a planning interval."""
    stakeholder: Recognised = _recognised(
        types=("Change Request", "Feature Request", "Service Request", "Request"),
        labels=("stakeholder", "customer", "customer-request", "support"),
    )
    """From stakeholders and users."""
    team: Recognised = Recognised(members=True)
    """From the teams: what their own people reported."""
