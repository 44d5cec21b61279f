"""What a session is to settle about an issue: each result with its minutes, and who is asked for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import fsum

from rules.backlog.distance import Size
from rules.backlog.index import Backlog
from rules.model import Issue
from rules.planning.questions import QUESTIONS
from rules.refinement.layers import Layer, Routed
from rules.refinement.options import RefinementOptions
from rules.refinement.shared import NAMES, shared_issue
from rules.rule import Effort, Finding, Role
from rules.verdict import Judgement, Verdict

MINUTES: Mapping[Effort, float] = {Effort.FIELD: 2.0, Effort.LINE: 5.0, Effort.SECTION: 10.0, Effort.TALK: 15.0}
"""Minutes for one result by its effort, until earlier sessions taught better ones."""
ESTIMATED = "ready.estimated"
"""Its fix is an estimate "in the next refinement", which an agenda is of."""
WORKSHOP = 3
"""So many open questions of one issue are more than a session answers: a workshop with examples does."""
Efforts = Mapping[str, Effort]
"""The effort of a fix by the path of its rule."""


@dataclass(frozen=True, slots=True)
class Want:
    """One wanted result in words, its minutes, and who is asked for it."""

    text: str
    minutes: float
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An issue with everything that its layer is to settle; at least one result.

    `size` is its points, its assumed size, or the sum of the open issues below it; `assumed` where an estimate is
    missing. `worth` is what a session gains: the size within the ready horizon, less in proportion to the distance
    beyond it.
    """

    routed: Routed
    wants: tuple[Want, ...]
    size: float
    worth: float
    assumed: bool = False

    @property
    def minutes(self) -> float:
        """The minutes of all results."""
        return fsum(want.minutes for want in self.wants)

    @property
    def owners(self) -> tuple[str, ...]:
        """Who is asked, each once."""
        return tuple(dict.fromkeys(want.owner for want in self.wants))


def candidates(
    routes: tuple[Routed, ...],
    backlog: Backlog,
    judgement: Judgement,
    options: RefinementOptions,
    *,
    efforts: Efforts,
    horizon: float,
) -> tuple[Candidate, ...]:
    """The issues with something to settle, in rank order; `horizon` is the ready horizon in sprints."""
    asked = _Asked(backlog, judgement, options, efforts)
    wanted = ((one, tuple(asked.wants(one))) for one in routes)
    return tuple(_candidate(one, wants, backlog, horizon) for one, wants in wanted if wants)


def _candidate(one: Routed, wants: tuple[Want, ...], backlog: Backlog, horizon: float) -> Candidate:
    size, away = _size(one.issue, backlog), backlog.distances.get(one.issue.key, 0.0)
    worth = size.points if away <= horizon else size.points * horizon / away
    return Candidate(routed=one, wants=wants, size=size.points, worth=worth, assumed=size.imputed)


def _size(issue: Issue, backlog: Backlog) -> Size:
    below = [backlog.sizes[child.key] for child in backlog.counted_below(issue.key) if child.is_open]
    if whole := fsum(one.points for one in below):
        return Size(whole, any(one.imputed for one in below))
    own = backlog.sizes[issue.key]
    return own if own.points else Size(issue.points or 1.0, issue.points is None)


@dataclass(frozen=True, slots=True)
class _Asked:
    backlog: Backlog
    judgement: Judgement
    options: RefinementOptions
    efforts: Efforts

    def wants(self, one: Routed) -> Iterator[Want]:
        """What the layer of an issue is to settle."""
        owner = self.backlog.snapshot.product.owner
        if one.layer is Layer.OVERALL and one.teams:
            yield from self._decision(one, owner)
        elif one.layer is Layer.OVERALL or (one.layer is Layer.MULTI_TEAM and not one.handshakes):
            yield Want("the team that takes it", MINUTES[Effort.LINE], owner)
        elif one.layer is Layer.MULTI_TEAM:
            for shake in one.handshakes:
                provider = shake.provider or "one team"
                yield Want(f"{provider} promises a sprint for {shake.blocker.key}", MINUTES[Effort.TALK], provider)
        else:
            yield from self._ready(one, owner)

    def _decision(self, one: Routed, owner: str) -> Iterator[Want]:
        shared = shared_issue(one.issue, self.backlog, self.options)
        for part in shared.missing:
            yield Want(NAMES[part], MINUTES[Effort.LINE], owner)
        for team in shared.without_part:
            yield Want(f"part of {team}", MINUTES[Effort.LINE], team)
        yield Want("decision note", MINUTES[Effort.TALK], owner)

    def _ready(self, one: Routed, owner: str) -> Iterator[Want]:
        verdict = self.judgement.by_key.get(one.issue.key)
        if verdict is None:
            return
        for finding in _to_settle(verdict):
            if not finding.part_of:
                minutes = MINUTES[self.efforts.get(finding.rule, Effort.SECTION)]
                yield Want(_result(finding), minutes, _asked_for(finding, one, owner))
                if finding.rule == QUESTIONS and len(finding.evidence) >= WORKSHOP:
                    yield from self._workshop(one.issue, owner)

    def _workshop(self, issue: Issue, owner: str) -> Iterator[Want]:
        """A date and a label for a workshop; the label says that there is a date."""
        label = self.options.workshop_label
        if label.lower() not in map(str.lower, issue.labels):
            text = f'a date for a specification workshop, and the label "{label}"'
            yield Want(text, MINUTES[Effort.LINE], owner)


def _to_settle(verdict: Verdict) -> Iterator[Finding]:
    """What keeps an issue from being ready, now or later, and its open question, however much that weighs."""
    yield from verdict.blocking
    yield from (due.finding for due in verdict.due if not due.finding.waived)
    weighed = {finding.rule for finding in (*verdict.blocking, *(due.finding for due in verdict.due))}
    yield from (one for one in verdict.open_findings if one.rule == QUESTIONS and one.rule not in weighed)


def _result(finding: Finding) -> str:
    if finding.rule == ESTIMATED and finding.hint:
        return "Estimate it"
    text = finding.message if finding.rule == QUESTIONS else finding.hint or finding.phrase
    return text.rstrip(".")


def _asked_for(finding: Finding, one: Routed, owner: str) -> str:
    if finding.asks == Role.REPORTER and not one.issue.restricted:
        return one.issue.reporter_name or "reporter"
    return owner if finding.asks == Role.OWNER else " and ".join(one.teams)
