"""What readyline may write, as the configuration allows it."""

from dataclasses import dataclass
from enum import StrEnum


class CommentZone(StrEnum):
    """Which issues may get our comment."""

    OFF = "off"
    NEAR = "near"
    ALL = "all"


class SprintMode(StrEnum):
    """What becomes of a sprint proposal."""

    OFF = "off"
    PROPOSE = "propose"
    ACCEPTED = "accepted"
    ASSIGN = "assign"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Past either limit a plan is refused as a whole.

    `changes` counts intended writes; `share` is issues touched to issues in scope, 0 to 1.
    """

    changes: int = 50
    share: float = 0.10


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Everything that decides which differences become changes. All our labels start with `prefix`.

    `commands` says whether anybody may command in comments; `mails_per_week` is the most mails the tracker may send to
    one person because of us in seven days, 0 for no limit; `silent_labels` says whether it sends none for labels.
    """

    prefix: str = "readyline-"
    labels: bool = True
    comments: CommentZone = CommentZone.NEAR
    sprints: SprintMode = SprintMode.PROPOSE
    limits: Limits = Limits()
    commands: bool = False
    mails_per_week: int = 0
    silent_labels: bool = True

    @property
    def ready(self) -> str:
        """The label of an issue that is ready."""
        return f"{self.prefix}ready"

    @property
    def not_ready(self) -> str:
        """The label of an issue that is not."""
        return f"{self.prefix}not-ready"

    @property
    def hands_off(self) -> str:
        """The label by which a person stops every write on an issue."""
        return f"{self.prefix}hands-off"

    @property
    def verdict_labels(self) -> tuple[str, str]:
        """Both labels that tell a verdict."""
        return (self.ready, self.not_ready)

    @property
    def own_labels(self) -> tuple[str, str, str]:
        """Every label that concerns us: an issue that bears one may bear other marks of ours."""
        return (*self.verdict_labels, self.hands_off)
