"""What the page of one issue says, for each format."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rules.causes import SAME_CAUSE, firsts
from rules.model import Unit
from rules.rule import Finding
from rules.verdict import State, Verdict
from sync.reports import format as wording
from sync.reports.base import Threshold
from sync.sanitize import clip

LONGEST_QUOTE = 160  # characters


@dataclass(frozen=True, slots=True)
class IssuePage:
    """What is known of one issue.

    `place` is the sprint it is in or how far away it is, `unit` what its size counts. `left_alone` is why it gets no
    label. Nothing is withheld, not even for a restricted issue: a person asked for exactly this one.
    """

    verdict: Verdict
    site: str = ""
    rank: int = 0
    place: str = ""
    teams: Sequence[str] = ()
    thresholds: Sequence[Threshold] = ()
    left_alone: str = ""
    unit: Unit = Unit.POINTS

    @property
    def circumstances(self) -> str:
        """Type, status, size, rank, sprint and teams."""
        issue = self.verdict.issue
        rank = f"rank {self.rank}" if self.rank else ""
        teams = " and ".join(self.teams) or "no team"
        parts = (issue.type, issue.status, wording.size(issue, self.unit), rank, self.place, teams)
        return ", ".join(filter(None, parts))

    @property
    def state(self) -> str:
        """`Not ready`."""
        word = wording.STATES[self.verdict.state]
        return word[:1].upper() + word[1:]

    @property
    def reasons(self) -> str:
        """What is missing, the score, and the smallest fix, to follow the state."""
        verdict = self.verdict
        later = firsts(one.finding for one in verdict.due) if verdict.state is State.NOT_DUE else ()
        missing = ", ".join(map(wording.phrase, (*firsts(verdict.missing), *later)))
        score = wording.score_of(verdict)
        first = next(iter((*firsts(verdict.blocking), *later, *firsts(verdict.open_findings))), None)
        return "".join(
            (
                f": {missing}." if missing else ".",
                f" Score {score} of 100." if score else "",
                f" Smallest fix: {clip(first.hint)}" if first else "",
            )
        )

    @property
    def not_due(self) -> tuple[str, ...]:
        """The rules that fail and are not due yet, once each."""
        return tuple(dict.fromkeys(due.rule for due in self.verdict.due))

    @property
    def due_later(self) -> tuple[str, ...]:
        """What is missing and not due yet, and when it is."""
        return tuple(wording.due(one, self.verdict.distance) for one in self.verdict.due)

    @property
    def facts(self) -> str:
        """What was read in the text."""
        facts = self.verdict.facts
        words = (
            ("story form", facts.story_form), ("benefit", facts.story_benefit), ("acceptance", facts.acceptance),
            ("steps", facts.steps), ("expected", facts.expected), ("actual", facts.actual),
            ("placeholder", facts.placeholder), ("open question", facts.open_question),
        )  # fmt: skip
        return ", ".join(f"{name} {value}" for name, value in words if value != "na")

    @property
    def passed(self) -> str:
        """The checks that passed, by name."""
        names = self.verdict.checked
        return f"{wording.many(len(names), 'check')}: {', '.join(names)}" if names else "no check"

    @property
    def other_thresholds(self) -> tuple[str, ...]:
        """The thresholds of the rules without a finding, one line a rule."""
        failed = {*(finding.rule for finding in (*self.verdict.findings, *self.agent_findings)), *self.not_due}
        rules = [rule for rule in dict.fromkeys(one.rule for one in self.thresholds) if rule not in failed]
        return tuple(f"{rule}: {', '.join(self.options(rule))}" for rule in rules)

    def options(self, rule: str) -> tuple[str, ...]:
        """The options of a rule, and where each value came from: `max_points = 8 (config.toml:41)`."""
        return tuple(f"{one.option} = {one.value} ({one.origin})" for one in self.thresholds if one.rule == rule)

    def about(self, finding: Finding) -> Iterator[str]:
        """Below a finding and its hint: quotations, why it is accepted, what names it in waivers, the thresholds."""
        for quote in finding.evidence:
            place = f"line {quote.line}" if quote.line else "title"
            yield f"{place}: “{clip(quote.text, LONGEST_QUOTE)}”"
        if finding.waived:
            yield wording.sentence(finding.waived)
        yield from self._named(finding)

    def about_part(self, part: Finding) -> Iterator[str]:
        """A finding with the same cause: the words of its failure, what names it in waivers, the thresholds."""
        yield f"{SAME_CAUSE}: {wording.phrase(part)} ({part.severity.value})"
        yield from self._named(part)

    def _named(self, finding: Finding) -> Iterator[str]:
        yield f"rule {finding.rule}, fingerprint {finding.fingerprint}"
        yield from self.options(finding.rule)

    @property
    def agent(self) -> str:
        """Whether a coding agent may begin, and what is missing; "" where these rules are not asked."""
        agent = self.verdict.agent
        if agent is None:
            return ""
        missing = ", ".join(map(wording.phrase, agent.missing))
        return f"Not ready for a coding agent: {missing}." if missing else "Ready for a coding agent."

    @property
    def agent_findings(self) -> tuple[Finding, ...]:
        """What the rules for coding agents miss."""
        return self.verdict.agent.findings if self.verdict.agent is not None else ()

    def findings_of(self, rule: str) -> tuple[Finding, ...]:
        """What one rule (its path) misses, of whichever rule set."""
        return tuple(one for one in (*self.verdict.findings, *self.agent_findings) if one.rule == rule)

    def answer(self, rule: str) -> str:
        """The result of one rule (its path)."""
        passed_for_agent = self.verdict.agent.passed if self.verdict.agent is not None else ()
        if rule in self.verdict.passed or rule in passed_for_agent:
            return "passed"
        if self.findings_of(rule):
            return "failed"
        return "not due yet" if rule in self.not_due else "does not apply to this issue now"

    def about_rule(self, rule: str) -> Iterator[str]:
        """Where a rule has no finding: when what is missing is due, and the thresholds."""
        due = (one for one in self.verdict.due if one.rule == rule)
        yield from (wording.sentence(wording.due(one, self.verdict.distance)) for one in due)
        yield from self.options(rule)


def explained_by(rule: str) -> str:
    """The command that explains a rule (its path)."""
    return f"`readyline rules {rule.removeprefix('ready.')}` explains the check."
