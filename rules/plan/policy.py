"""What readyline may write: the configuration of `[write_back]`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from rules.model import Issue
from rules.plan.guard import Limits
from rules.text.main_language import main_language
from rules.translations import TRANSLATIONS
from rules.wording import ENGLISH


class CommentZone(StrEnum):
    """Which issues may get our comment."""

    OFF = "off"
    NEAR = "near"
    ALL = "all"


class CommentLanguage(StrEnum):
    """The language of our comments: the code of a translation, or that of each issue's own text."""

    EN = "en"
    DE = "de"
    FR = "fr"
    ES = "es"
    AUTO = "auto"


class SprintMode(StrEnum):
    """What happens to a sprint proposal."""

    OFF = "off"
    PROPOSE = "propose"
    ACCEPTED = "accepted"
    ASSIGN = "assign"


@dataclass(frozen=True, slots=True, kw_only=True)
class OptOut:
    """Where nothing is written: in these projects, by key, and on issues of these people, by account.

    The people get no mail because of us either, wherever it is from; `addresses` are theirs, in lower case.
    """

    projects: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Which differences become changes. All our labels start with `prefix`.

    `commands` is whether any person may use commands in comments; `mails_per_week` is the most mails the tracker may
    send to one person because of us in seven days (0: no limit). `accounts` has the account of each mail address that
    the configuration names. `docs` is the address of the folder with the rules' pages, "" for no links. `opt_out` says
    where nothing is written. `agent_label` is whether issues that are ready for a coding agent get a label.
    `released_name` is what follows the prefix in the label of released issues.
    """

    prefix: str = "readyline-"
    labels: bool = True
    comments: CommentZone = CommentZone.NEAR
    language: CommentLanguage = CommentLanguage.EN
    sprints: SprintMode = SprintMode.PROPOSE
    limits: Limits = field(default_factory=Limits)
    commands: bool = False
    mails_per_week: int = 0
    accounts: Mapping[str, str] = field(default_factory=dict)
    docs: str = ""
    opt_out: OptOut = field(default_factory=OptOut)
    released_name: str = "released"
    agent_label: bool = False

    @cached_property
    def ready(self) -> str:
        """The label of an issue that is ready."""
        return f"{self.prefix}ready"

    @cached_property
    def not_ready(self) -> str:
        """The label of an issue that is not ready."""
        return f"{self.prefix}not-ready"

    @cached_property
    def agent_ready(self) -> str:
        """The label of an issue that is ready for a coding agent."""
        return f"{self.prefix}agent-ready"

    @cached_property
    def hands_off(self) -> str:
        """The label with which a person stops all writes to an issue."""
        return f"{self.prefix}hands-off"

    @cached_property
    def released(self) -> str:
        """The label of an old issue that the Product Owner released."""
        return f"{self.prefix}{self.released_name}"

    @cached_property
    def verdict_labels(self) -> tuple[str, ...]:
        """The labels that show a verdict; the one for coding agents is ours even where it is not written any more."""
        return (self.ready, self.not_ready, self.agent_ready)

    @cached_property
    def written_labels(self) -> tuple[str, ...]:
        """All labels that readyline writes."""
        return (*self.verdict_labels, self.released)

    @cached_property
    def own_labels(self) -> tuple[str, ...]:
        """All labels of ours: an issue with one of them may have other marks too."""
        return (*self.written_labels, self.hands_off)


def language_for(issue: Issue, language: CommentLanguage) -> str:
    """The code of the language of our comment on an issue; "auto" is English where the issue's own is unclear."""
    code = main_language(issue) if language is CommentLanguage.AUTO else language.value
    return code if code in TRANSLATIONS else ENGLISH.code
