"""What the past teaches the teams, in sentences that are the same in every report.

Figures of teams, in the order of the configuration: nothing about persons, and no ranking.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rules.learning.estimates import SizeSpread, TeamEstimates
from rules.learning.late_debate import DebateKind, SprintDebate, TeamDebate
from rules.learning.learn import Learned
from rules.learning.reactions import RuleReactions
from rules.learning.readiness import LEAST, READY, Comparison, Readiness, Result, Trouble
from rules.learning.trends import LEAST as FEWEST
from rules.learning.trends import Series, SeriesKind, SeriesPoint, TeamTrend
from rules.learning.waits import TeamWait, Wait
from rules.model import Unit
from sync.reports import format as wording
from sync.reports.base import RunReport

TITLE = "What we learned"
UNKNOWN = "Not known: the tracker does not show past changes."
LATE = (
    "Changes of issues from the working day before the sprint until its planning is over. "
    "The aim is 0: what is not known belongs to refinement."
)
PAYS = (
    "Issues that a rule found fault with when their sprint started, against those that it passed. "
    'Of 100 reports, at most 5 say "More than chance" of a team where it is chance. '
    "The numbers show what goes together. They do not show the cause."
)
NO_CLAIM = "Where nothing is claimed, with the figures"
PLANNED = "What was in each sprint at its start, and what was finished in it, in {unit}, the oldest sprint first."
SIZES = "Calendar days from the start of work to the end, by the estimate at the start of the sprint."
WAITING = "Calendar days that issues wait before work begins, outside of running {boxes}."
REACTIONS = (
    "Findings that were on issues in a label or comment, and what people did. Overridden are those that were waived, "
    "whose label was removed, or whose issue was begun or finished all the same."
)
PROPOSED = (
    "People override most findings of these rules. To make them info, paste this into config.toml. "
    "Where a table is there, change its severity instead. Nothing changes by itself; `readyline preview --config FILE` "
    "shows what would."
)
SHOWN = 10
"""Sprints of a series in a sentence: a line of text has room for so many."""
BY_SPRINT = "Trends by sprint"
COURSE = (
    "Each team's sprints, the oldest first. Readiness, ready work, forecast and accepted findings are as of the last "
    "run before the sprint. The forecast is in parentheses, in charts gray. Seven of ten sprints should end within it."
)
FINISHED = "finished in the sprint, in {unit}"
_SERIES = {
    SeriesKind.READY: "ready issues in the ready horizon at its start",
    SeriesKind.RUNWAY: "sprints of ready work at its start",
    SeriesKind.LATE: "late changes",
    SeriesKind.ACCEPTED: "accepted findings at its start",
}
_TROUBLES = {
    Trouble.NOT_FINISHED: "not finished in the sprint",
    Trouble.CHANGED: "text changed in the sprint",
    Trouble.ESTIMATED_AGAIN: "estimated again in the sprint",
}
_KINDS = {
    DebateKind.TEXT: ("change of text", "changes of text"),
    DebateKind.CRITERIA: ("change of criteria", "changes of criteria"),
    DebateKind.ESTIMATE: ("estimate", "estimates"),
    DebateKind.COMMENTS: ("comment", "comments"),
}


@dataclass(frozen=True, slots=True)
class Chapter:
    """One thing that was learned: a title, what it is about, some sentences, and lines to paste into config.toml.

    `folded` are more sentences, which pages fold under the line `fold`.
    """

    title: str
    about: str
    sentences: tuple[str, ...]
    patch: tuple[str, ...] = ()
    fold: str = ""
    folded: tuple[str, ...] = ()

    @property
    def all_sentences(self) -> tuple[str, ...]:
        """What formats without folds show."""
        return (*self.sentences, *self.folded)


def chapters(report: RunReport) -> tuple[Chapter, ...]:
    """Everything that was learned; empty where nobody asked for it or nothing is there to learn from."""
    return (*of_teams(report), *of_rules(report))


def of_rules(report: RunReport) -> tuple[Chapter, ...]:
    """What people did with the findings of each rule, and the patch that is proposed."""
    return _reaction_chapters(report.learned.reactions) if report.learned is not None else ()


def of_team(report: RunReport, team: str) -> tuple[Chapter, ...]:
    """What was learned of one team alone."""
    learned = report.learned
    if learned is None:
        return ()
    own = replace(
        learned,
        debates=tuple(one for one in learned.debates if one.team == team),
        readiness=tuple(one for one in learned.readiness if one.team == team),
        estimates=tuple(one for one in learned.estimates if one.team == team),
        waits=(),
        waits_before_work=tuple(one for one in learned.waits_before_work if one.team == team),
        trends=tuple(one for one in learned.trends if one.team == team),
    )
    return _of_teams(report, own)


def of_product(report: RunReport) -> tuple[Chapter, ...]:
    """What was learned of all teams together, without the figures of single ones."""
    learned = report.learned
    if learned is None:
        return ()
    whole = tuple(one for one in learned.readiness if not one.team)
    together = replace(learned, debates=(), readiness=whole, estimates=(), waits_before_work=(), trends=())
    return _of_teams(report, together)


def of_teams(report: RunReport) -> tuple[Chapter, ...]:
    """What was learned of the teams and their issues."""
    return _of_teams(report, report.learned) if report.learned is not None else ()


def _of_teams(report: RunReport, learned: Learned) -> tuple[Chapter, ...]:
    unit, waiting = report.snapshot.unit, WAITING.format(boxes=f"{report.backlog.boxes.box}s")
    course = Chapter(BY_SPRINT, COURSE, tuple(_course(learned.trends, unit)))
    if not learned.known:
        return (Chapter("Past changes", UNKNOWN, ()), *([course] if course.sentences else []))
    made = (
        course,
        Chapter("Late debate", LATE, tuple(_debates(report, learned.debates))),
        _readiness(learned.readiness),
        Chapter("Planned and done", PLANNED.format(unit=unit), tuple(map(_planned, learned.estimates))),
        Chapter(
            "How long each size takes", SIZES, tuple(filter(None, (_sizes(one, unit) for one in learned.estimates)))
        ),
        Chapter("Waiting", waiting, (*map(_wait, learned.waits), *map(_before_work, learned.waits_before_work))),
    )
    return tuple(chapter for chapter in made if chapter.all_sentences)


def sprint_name(report: RunReport, sprint: str) -> str:
    """A sprint's name as it is now."""
    known = report.snapshot.sprint_by_id.get(sprint)
    return known.name if known else f"sprint {sprint}"


def series_name(kind: SeriesKind, unit: Unit) -> str:
    """What a series shows."""
    return FINISHED.format(unit=unit) if kind is SeriesKind.FINISHED else _SERIES[kind]


def too_few(series: Series) -> str:
    """Whether a series has enough sprints for a trend: a sentence where it has not."""
    if series.is_enough:
        return ""
    return f"Too few data for a trend: {wording.many(len(series.points), 'sprint')}, {FEWEST} are needed."


def _course(trends: tuple[TeamTrend, ...], unit: Unit) -> Iterator[str]:
    for trend in trends:
        measured = [series for series in trend.series if series.points]
        for series in measured:
            values = ", ".join(_short(series.kind, point) for point in series.points[-SHOWN:])
            parts = (f"{series_name(series.kind, unit)}: {values}.", _forecasts(series), too_few(series))
            yield f"{trend.team}, {' '.join(filter(None, parts))}"
        if missing := [series_name(one.kind, unit) for one in trend.series if not one.points]:
            yield f"{trend.team}, no data yet: {', '.join(missing)}."


def series_value(kind: SeriesKind, point: SeriesPoint) -> str:
    """`62 %`, `2.4`, or `21 (forecast 15 to 30)`."""
    if kind is SeriesKind.READY:
        return f"{point.value:.0f} %"
    forecast = (
        f" (forecast {wording.figure(point.low)} to {wording.figure(point.high)})" if point.low is not None else ""
    )
    return f"{wording.figure(point.value)}{forecast}"


def _short(kind: SeriesKind, point: SeriesPoint) -> str:
    return series_value(kind, point).replace("(forecast ", "(")


def _forecasts(series: Series) -> str:
    if series.kind is not SeriesKind.FINISHED or series.spread is None:
        return ""
    low, usual, high = map(wording.figure, series.spread)
    kept = f" Within the forecast: {series.kept} of {series.forecasts}." if series.forecasts else ""
    return f"Usual: {usual}, from {low} to {high}.{kept}"


def _debates(report: RunReport, debates: tuple[TeamDebate, ...]) -> Iterator[str]:
    for one in debates:
        yield f"{one.team}, {sprint_name(report, one.latest.sprint)}: {_debate(one.latest)} {_usual(one)}"


def _debate(sprint: SprintDebate) -> str:
    when = f"from {wording.day(sprint.begins)} to {wording.day(sprint.ends)}"
    if not sprint.total:
        return f"no late change, {when}.{_unclear(sprint)}"
    changes = wording.many(sprint.total, "late change")
    issues = f"on {sprint.changed} of {wording.many(sprint.issues, 'issue')}"
    parts = ", ".join(
        wording.many(sprint.counts[kind], *_KINDS[kind]) for kind in DebateKind if sprint.counts.get(kind)
    )
    return f"{changes} {issues}, {when} ({parts}).{_unclear(sprint)}"


def _unclear(sprint: SprintDebate) -> str:
    if not sprint.unclear:
        return ""
    return f" With an open question or a placeholder before it: {wording.many(sprint.unclear, 'issue')}."


def _usual(debate: TeamDebate) -> str:
    earlier = ", ".join(str(one.total) for one in debate.before)
    if debate.usual is None:
        return f"Too few sprints before it to compare ({earlier or 'none'})."
    return f"Usual in the sprints before: {wording.figure(debate.usual)} ({earlier})."


def _readiness(teams: tuple[Readiness, ...]) -> Chapter:
    claims = (
        f"More than chance, {one.team or 'all teams'}, {_comparison(case)}." for one in teams for case in one.claims
    )
    others = (f"{_name(one)}, {part}." for one in teams for part in _without_claim(one))
    return Chapter("Does readiness pay?", PAYS, tuple(claims), fold=NO_CLAIM, folded=tuple(others))


def _name(one: Readiness) -> str:
    return one.team or "All teams"


def _without_claim(one: Readiness) -> Iterator[str]:
    """The other comparisons by the kind of trouble, and the rules that cannot be compared at all."""
    for trouble in Trouble:
        alike = [case for case in one.comparisons if case.result is Result.NO_CLAIM and case.trouble is trouble]
        if alike:
            yield f"no claim, {_TROUBLES[trouble]}: {'; '.join(f'{_rule(case)} {_counts(case)}' for case in alike)}"
    compared = {case.rules for case in one.comparisons if case.result is not Result.TOO_FEW}
    left = (case for case in one.comparisons if case.failed and case.rules not in compared)
    if few := dict.fromkeys(map(_rule, left)):
        seen = f"{wording.many(one.issues, 'issue')} of {wording.many(one.sprints, 'sprint')}"
        yield f"{seen}, too few data (fewer than {wording.many(LEAST, 'issue')} on a side): {', '.join(few)}"


def _comparison(one: Comparison) -> str:
    """`no acceptance criteria: text changed in the sprint 15 of 20, others 3 of 40`."""
    return f"{_rule(one)}: {_TROUBLES[one.trouble]} {_counts(one)}"


def _counts(one: Comparison) -> str:
    return f"{one.failed_hit} of {one.failed}, others {one.passed_hit} of {one.passed}"


def _rule(one: Comparison) -> str:
    """What is missing, such as `no acceptance criteria`; that of several rules for the same issues together."""
    return " + ".join("not ready" if path == READY else wording.failure(path) for path in one.rules)


def _planned(team: TeamEstimates) -> str:
    sprints = ", ".join(f"{wording.figure(one.planned)} and {wording.figure(one.done)}" for one in team.sprints)
    issues = ", ".join(f"{one.finished} of {one.issues}" for one in team.sprints)
    if team.usual_share is None:
        usual = "Too few sprints for a usual share"
    else:
        usual = f"Usual share: {wording.percent(round(100 * team.usual_share), 100)}"
    return f"{team.team}: {sprints}. {usual}. Issues finished in the sprint that they were planned for: {issues}."


def _sizes(team: TeamEstimates, unit: Unit) -> str:
    return f"{team.team}: {'; '.join(_size(one, unit) for one in team.sizes)}." if team.sizes else ""


def _size(size: SizeSpread, unit: Unit) -> str:
    issues = wording.many(size.issues, "issue")
    again = f", {size.estimated_again} of them estimated again" if size.estimated_again else ""
    if size.usual is None:
        return f"{wording.many(size.size, unit.one)}: too few data ({issues}{again})"
    spread = f"usual {wording.many(size.usual, 'day')}, half {wording.figure(size.low)} to {wording.figure(size.high)}"
    return f"{wording.many(size.size, unit.one)}: {spread} ({issues}{again})"


def _wait(wait: Wait) -> str:
    usual = "too few data" if wait.usual is None else f"usual {wording.many(wait.usual, 'day')}"
    longest = ", ".join(f"{key} ({wording.many(round(days), 'day')})" for key, days in wait.longest)
    return f"{wait.status}: {wording.many(wait.issues, 'issue')}, {usual}; longest {longest}."


def _before_work(team: TeamWait) -> str:
    issues = wording.many(team.issues, "finished issue")
    if team.usual is None:
        return f"{team.team}, until work began: too few data ({issues})."
    return f"{team.team}, until work began: usual {wording.many(team.usual, 'day')} ({issues})."


def _reaction_chapters(rules: tuple[RuleReactions, ...]) -> tuple[Chapter, ...]:
    """What people did with the findings of each rule, and the patch that is proposed."""
    if not rules:
        return ()
    shown = Chapter("Reactions to findings", REACTIONS, tuple(_reactions(rules)))
    patch = tuple(line for one in rules if one.severity for line in _patch(one))
    return (shown, Chapter("Proposed change of the rules", PROPOSED, (), patch)) if patch else (shown,)


def _reactions(rules: tuple[RuleReactions, ...]) -> Iterator[str]:
    """A sentence for each rule that people reacted to, then how many findings of each wait."""
    yield from (_reaction(one) for one in rules if one.total)
    if waiting := [f"{wording.failure(one.rule)} {one.waiting}" for one in rules if one.waiting]:
        yield f"Without a reaction yet: {', '.join(waiting)}."


def _reaction(one: RuleReactions) -> str:
    name = wording.failure(one.rule)
    how = (
        (one.fixed_in_time, "fixed in time"),
        (one.fixed_later, "fixed later"),
        (one.waived, "waived"),
        (one.label_removed, "with the label removed"),
        (one.ignored, "begun or finished all the same"),
    )
    parts = ", ".join(f"{count} {words}" for count, words in how if count)
    return f"{name[:1].upper()}{name[1:]}: {one.overridden} of {one.total} overridden ({parts})."


def _patch(one: RuleReactions) -> Iterator[str]:
    """The lines of the configuration that make a rule info."""
    yield f"[rules.{one.rule}]"
    yield f'severity = "{one.severity}"  # {one.overridden} of {wording.many(one.total, "finding")} overridden'
