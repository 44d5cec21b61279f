"""What a rule is, and what it answers about an issue.

A rule is a frozen record of its own options with one question to answer. Its table in the configuration
*is* the model, so a misspelt option fails at start. Its class docstring is the page users read.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cached_property
from sys import intern
from typing import ClassVar

from pydantic import Field

from rules.backlog.blockers import Blocker
from rules.backlog.index import Backlog
from rules.model import Issue, Kind, Snapshot, Team
from rules.options import Options
from rules.text import Quote, Reading
from rules.text.doubt import may_report_defect
from rules.text.plain_request import why_clear
from rules.wording import Wording


class Severity(StrEnum):
    """How much a finding weighs: `must` decides about ready, `should` and `info` do not."""

    MUST = "must"
    SHOULD = "should"
    INFO = "info"
    OFF = "off"


WEIGHTS: Mapping[Severity, int] = {Severity.MUST: 5, Severity.SHOULD: 2, Severity.INFO: 1}
"""Weight of a rule in the score: 100 times the weights of passed rules, divided by those of all applicable rules."""


class Effort(IntEnum):
    """The effort of fixing a rule's finding; findings are sorted by it, the smallest first."""

    FIELD = 1  # set a field, delete a line
    LINE = 2  # write or correct one sentence
    SECTION = 3  # write a few sentences that need knowledge of the subject
    TALK = 4  # agree on something with others, split the work


class Role(StrEnum):
    """Who can fix a rule's findings."""

    OWNER = "Product Owner"
    DEVELOPERS = "Developers"
    REPORTER = "reporter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is missing in an issue, and the smallest fix.

    `rule` is the rule's path ("ready.acceptance"), `subject` an issue key, or "" for the whole backlog.
    `message` says what is wrong, `hint` the smallest fix, `evidence` quotes the text concerned. `phrase` names the
    failure within a sentence ("no estimate", "blocked by SHOP-116").
    `fingerprint` stays the same while the reason does; it names the finding in waivers, baseline and marks.
    `waived` says why it was accepted and who did it, "" if it was not; `asks` who can fix it, "" if that is open.
    `part_of` is the rule's path of the first finding with the same cause, "" for a first one (`rules.causes`).
    """

    rule: str
    severity: Severity
    subject: str
    message: str
    hint: str
    evidence: tuple[Quote, ...] = ()
    fingerprint: str = ""
    waived: str = ""
    asks: str = ""
    phrase: str = ""
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class Passed:
    """The issue meets the rule."""

    evidence: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """The issue does not meet the rule.

    `reason` feeds the fingerprint: what must change for this to be a new finding. `phrase` names the failure where the
    rule's own `failure` is not exact enough ("blocked by SHOP-116"). A text with values in it is a `Wording`, so that
    comments can have it in another language.
    """

    message: str
    hint: str
    evidence: tuple[Quote, ...] = ()
    reason: str = ""
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The rule does not apply to the issue. `unavailable` names data the project lacks; a report lists it once."""

    why: str
    unavailable: str = ""


Answer = Passed | Failed | NotApplicable


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One issue to check, with the backlog it belongs to."""

    issue: Issue
    backlog: Backlog

    @property
    def snapshot(self) -> Snapshot:
        """The data of the tracker."""
        return self.backlog.snapshot

    @property
    def reading(self) -> Reading:
        """The reading of the issue's text."""
        return self.backlog.readings[self.issue.key]

    @property
    def distance(self) -> float | None:
        """How many sprints away the issue is, 0 is next; `None` where no velocity is known."""
        return self.backlog.distances.get(self.issue.key)

    @property
    def team(self) -> Team | None:
        """The one team that may take it."""
        return self.backlog.team(self.issue.key)

    @property
    def team_points(self) -> float | None:
        """Typical velocity of that team, or of the strongest one where no single team has it; `None` if unknown."""
        velocities = self.backlog.velocities
        return velocities.get(self.team.name) if self.team else max(velocities.values(), default=None)

    @property
    def open_blockers(self) -> tuple[Blocker, ...]:
        """The open issues that block it, sorted by key."""
        return self.backlog.blockers_of(self.issue.key)

    @property
    def reports_defect(self) -> bool:
        """Whether it is a bug, by its type or by its text; what is asked of a wish is not asked of it."""
        return self.reading.facts.acceptance == "na"

    @property
    def may_be_no_wish(self) -> bool:
        """Whether it reports a defect or gives reason to doubt that it does not."""
        reading = self.reading
        return (
            self.reports_defect
            or reading.may_be_defect
            or may_report_defect(self.issue.title, self.issue.document, reading.sections)
        )

    @property
    def why_clear(self) -> str:
        """Why the text of a wish says by itself when it is done; "" where that needs acceptance criteria."""
        return why_clear(self.issue.title, self.issue.document, self.reading)

    def cannot_see(self, what: str) -> bool:
        """Whether the tracker lacks this kind of data, so that its absence means nothing for the issue."""
        return what in self.snapshot.unavailable


class ReadyRule(Options):
    """A question about one issue. Subclasses add their options as fields and answer in `check`.

    `group` is the rule set it belongs to, `name` the rule's name in the configuration, `title` a short name of what it
    checks ("estimate") for lists, `failure` the phrase for its failure ("no estimate"). `kinds` are the kinds of issue
    it applies to, `effort` is that of a fix and `asks` names who can make it. `reads_text` says whether its answer
    rests on an issue's words, so that it may be wrong. `replayable` says whether title, texts, labels, estimate, links
    and priority are enough for its answer: it is then known for an earlier day, too. The class docstring is the page
    users read; `rules.rule_page` says which parts it has.
    """

    group: ClassVar[str] = "ready"
    name: ClassVar[str]
    title: ClassVar[str] = ""
    failure: ClassVar[str] = ""
    kinds: ClassVar[frozenset[Kind]] = frozenset(Kind) - {Kind.SUBTASK}
    effort: ClassVar[Effort] = Effort.LINE
    asks: ClassVar[Role] = Role.OWNER
    reads_text: ClassVar[bool] = True
    replayable: ClassVar[bool] = True

    severity: Severity = Severity.SHOULD
    """How much a finding of this rule weighs: must, should, info or off."""
    within_sprints: float | None = Field(default=None, ge=0)
    """The rule applies to issues at most this many sprints away; without a value, to all issues."""

    @cached_property
    def path(self) -> str:
        """The rule's one name, everywhere."""
        return intern(f"{self.group}.{self.name}")  # a large backlog has it a million times

    @cached_property
    def label(self) -> str:
        """The short name of the check; a rule without a title is called by its name in words."""
        return self.title or intern(self.name.replace("_", " "))

    @property
    def phrase(self) -> str:
        """The phrase for the rule's failure; a rule of another package may have none of its own."""
        return self.failure or Wording("failed check: {check}", check=self.label)

    def speaks_at(self, distance: float | None) -> bool:
        """Whether the rule applies to an issue this many sprints away; it does where the distance is unknown."""
        return self.within_sprints is None or distance is None or distance <= self.within_sprints

    def check(self, subject: Subject) -> Answer:
        """Answer about one issue. Pure: the same subject gives the same answer."""
        raise NotImplementedError


def fingerprint_of(rule: str, subject: str, reason: str) -> str:
    """A short name for a finding that stays the same as long as its reason does."""
    text = f"{rule}\n{subject}\n{reason}".encode("utf-8", "surrogatepass")  # a reason may quote any text
    return hashlib.sha256(text).hexdigest()[:12]
