"""The answers to commands, and what all of them together say about each issue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rules.promise import Promise
from rules.release import Stay
from rules.verdict import Waiver

ASKED = "?"
LINES = 3  # how many of the newest answers our comment shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to a command, and its effect. Answers are stored, so that nothing is answered twice.

    `comment` and `issue` are ids. `waiver` is the finding it accepts, `accepts` whether a team accepts the
    sprint with the id `sprint`, "" where it was not in the tracker yet. `hands_off` is whether nothing is written to
    the issue from now on, `None` where the command was about something else. `rejects` is whether `team` does not take
    the issue into that sprint; `text` then has the reason. With `team`, an acceptance is for this team; `team` alone
    says who takes the issue from now on. `reason` is that of a rejection, or the sprint of a promise, which is not in
    words yet; it is not stored. `stay` is whether the Product Owner keeps or releases the issue. `scope` names the
    change of a running sprint that the Product Owner acknowledges, `ASKED` before that is known. `promise` is the
    sprint that the issue's team promised.
    """

    comment: str
    issue: str
    text: str
    waiver: Waiver | None = None
    accepts: bool = False
    sprint: str = ""
    hands_off: bool | None = None
    team: str = ""
    rejects: bool = False
    reason: str = ""
    stay: Stay | None = None
    scope: str = ""
    promise: Promise | None = None


@dataclass(frozen=True, kw_only=True)
class Commands:
    """All answers so far, oldest first; `fresh` are those of this run.

    `released` are, by issue id, the releases that stand (`rules.plan.release_label`).
    """

    answers: tuple[Answer, ...] = ()
    fresh: tuple[Answer, ...] = ()
    released: Mapping[str, Stay] = field(default_factory=dict)

    @cached_property
    def waivers(self) -> tuple[Waiver, ...]:
        """The waivers from comments."""
        return tuple(answer.waiver for answer in self.answers if answer.waiver is not None)

    @cached_property
    def accepted(self) -> frozenset[str]:
        """The ids of issues whose proposal a team accepted, and rejected no more since."""
        return frozenset(issue for issue, last in self._last_decisions.items() if last.accepts)

    @cached_property
    def takers(self) -> Mapping[str, str]:
        """By issue id, the team that takes it as people last said, where they named one."""
        last = self._last_decisions
        named = (answer for answer in self.answers if answer.team and not answer.rejects)
        return {one.issue: one.team for one in named if not one.accepts or one is last[one.issue]}

    @cached_property
    def rejected(self) -> Mapping[str, Mapping[str, str]]:
        """By issue id and team, what people said when they rejected it for the team's next sprint."""
        rejected: dict[str, dict[str, str]] = {}
        for answer in self.answers:
            if answer.rejects:
                rejected.setdefault(answer.issue, {})[answer.team] = answer.text
            elif answer.accepts:
                rejected.pop(answer.issue, None)
        return rejected

    @cached_property
    def _last_decisions(self) -> Mapping[str, Answer]:
        return {answer.issue: answer for answer in self.answers if answer.accepts or answer.rejects}

    @cached_property
    def hands_off(self) -> Mapping[str, bool]:
        """By issue id, whether people last said that nothing is to be written there; others said nothing of it."""
        return {answer.issue: answer.hands_off for answer in self.answers if answer.hands_off is not None}

    @cached_property
    def stays(self) -> Mapping[str, Stay]:
        """By issue id, the Product Owner's last answer to "keep or release?"."""
        return {answer.issue: answer.stay for answer in self.answers if answer.stay is not None}

    @cached_property
    def promises(self) -> Mapping[str, Promise]:
        """By issue id, the sprint that its team promised last."""
        return {answer.issue: answer.promise for answer in self.answers if answer.promise is not None}

    def lines(self, issue: str) -> tuple[str, ...]:
        """The newest answers on an issue (its id), as our comment shows them."""
        return tuple(self._texts.get(issue, ())[-LINES:])

    def is_waiting(self, issue: str) -> bool:
        """Whether a person waits for an answer on this issue (its id)."""
        return issue in self._waiting

    @cached_property
    def _texts(self) -> Mapping[str, Sequence[str]]:
        """By issue id, all answers there."""
        texts: dict[str, list[str]] = {}
        for answer in self.answers:
            texts.setdefault(answer.issue, []).append(answer.text)
        return texts

    @cached_property
    def _waiting(self) -> frozenset[str]:
        return frozenset(answer.issue for answer in self.fresh)
