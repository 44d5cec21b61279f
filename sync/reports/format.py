"""Words for figures, dates, findings and changes, and links to issues, the same in every report."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import assert_never
from urllib.parse import quote, urlsplit

from rules.agent import RULES as AGENT_RULES
from rules.capacity.model import Level, Range, TeamCapacity
from rules.capacity.time_boxes import TimeBoxes
from rules.causes import SAME_CAUSE, Cause
from rules.deep.model import Deep, Runway, Trend
from rules.deep.runway import day_in_words
from rules.model import Issue, OwnMarks, Snapshot, Unit
from rules.plan.changes import (
    KINDS,
    AddLabel,
    Change,
    DeleteComment,
    MoveToBacklog,
    MoveToSprint,
    PutComment,
    PutPage,
    RemoveLabel,
)
from rules.plan.outcome import Outcome, Result
from rules.ready import RULES
from rules.rule import Finding
from rules.verdict import Due, RuleError, State, Verdict
from rules.wording import agreeing_of
from rules.wording import many as with_unit
from sync.reports.base import RunReport

_WORDS: dict[type[Change], tuple[str, str, str, str]] = {  # noun, done, to do, verb
    AddLabel: ("label", "added", "to add", "add label"),
    RemoveLabel: ("label", "removed", "to remove", "remove label"),
    PutComment: ("comment", "written", "to write", "write comment"),
    DeleteComment: ("comment", "deleted", "to delete", "delete comment"),
    MoveToSprint: ("issue", "moved", "to move", "move to sprint"),
    MoveToBacklog: ("issue", "moved out of a sprint", "to move out of a sprint", "move out of sprint"),
    PutPage: ("page", "written", "to write", "write page"),
}
_VERBS = {KINDS[change]: words[3] for change, words in _WORDS.items()}
RESULTS = {
    Result.DONE: "done",
    Result.ALREADY_SO: "already up to date",
    Result.SKIPPED: "skipped",
    Result.FAILED: "failed",
}
STATES = {State.READY: "ready", State.NOT_READY: "not ready", State.NOT_DUE: "not due yet"}
_CHECKS = {f"{rule.group}.{rule.name}": rule.title for rule in (*RULES, *AGENT_RULES)}
_FAILURES = {f"{rule.group}.{rule.name}": rule.failure for rule in (*RULES, *AGENT_RULES)}

MOST_KEYS = 10  # of a list
KEYS_AFTER_TEXT = 3  # that names none of them
NOTHING_TO_WRITE = "Nothing to write: the tracker is up to date"


def graded(deep: Deep) -> str:
    """`82 of 100, grade B`; "not measured" without a score."""
    return "not measured" if deep.score is None else f"{score(deep.score)} of 100, grade {deep.grade}"


def phrase(finding: Finding) -> str:
    """What is wrong in two or three words, such as `no estimate`."""
    return finding.phrase or f"failed check: {check(finding.rule)}"


def counts(verdicts: Sequence[Verdict], place: str = "") -> str:
    """`25 issues: 12 ready (48 %), 13 not ready.`; epics and sub-tasks are not counted. `place` follows the number."""
    counted = [verdict for verdict in verdicts if verdict.issue.is_counted]
    ready = sum(verdict.ready for verdict in counted)
    text = f"{many(len(counted), 'issue')}{place}"
    text += f": {ready} ready ({percent(ready, len(counted))})" if counted else ""
    apart = len(verdicts) - len(counted)
    rest = f" {many(apart, 'epic or sub-task', 'epics and sub-tasks')} not counted." if apart else ""
    return f"{', '.join(filter(None, (text, states(counted))))}.{rest}"


def sentences_of(cause: Cause) -> tuple[str, ...]:
    """What is wrong, then the smallest fix or why it was accepted, then what has the same cause."""
    return tuple(filter(None, (cause.finding.message, way_out(cause.finding), parts(cause))))


def way_out(finding: Finding) -> str:
    """The smallest fix, or why the finding was accepted."""
    return sentence(finding.waived) if finding.waived else finding.hint


def rule_name(finding: Finding) -> str:
    """The name of a finding's rule as `readyline rules` and `why KEY RULE` take it, such as `estimated`."""
    return finding.rule.removeprefix("ready.")


def parts(cause: Cause) -> str:
    """`Same cause: no expected result, no version or environment.`; "" for a finding alone."""
    phrases = [phrase(part) for part in cause.parts if phrase(part) != phrase(cause.finding)]
    return f"{SAME_CAUSE}: {', '.join(phrases)}." if phrases else ""


def what_is_missing(fix: Cause, more: Iterable[Cause]) -> str:
    """What keeps an issue from being ready: the smallest fix in full with its parts, the other causes in short."""
    others = (phrase(cause.finding) for cause in more)
    also = ", ".join(words for words in dict.fromkeys(others) if words != phrase(fix.finding))
    return " ".join((*sentences_of(fix), *([f"Also: {also}."] if also else [])))


def due(one: Due, distance: float | None) -> str:
    """`no estimate: due 2 sprints before its sprint, now 3.1 away`."""
    return f"{phrase(one.finding)}: {due_when(one, distance)}"


def due_when(one: Due, distance: float | None) -> str:
    """`due 2 sprints before its sprint, now 3.1 away`."""
    places = 1 if distance is None or round(distance, 1) > one.within else 2
    away = "" if distance is None else f", now {one.boxes.figure(distance):.{places}f} away"
    return f"due {length(one.within, one.boxes)} before its {one.boxes.box}{away}"


def states(verdicts: Iterable[Verdict]) -> str:
    """`12 not ready, 5 not due yet`: the states other than ready, "" where all are ready."""
    numbers = Counter(verdict.state for verdict in verdicts)
    shown = (State.NOT_READY, State.NOT_DUE)
    return ", ".join(f"{numbers[state]} {STATES[state]}" for state in shown if numbers[state])


def score_of(verdict: Verdict) -> str:
    """The score from 0 to 100, "" where it would mislead: rules that are not due yet are not in it."""
    return "" if verdict.state is State.NOT_DUE else str(verdict.score)


def for_agents(verdicts: Sequence[Verdict]) -> str:
    """How many issues are ready for a coding agent; "" where no rule for these was asked."""
    asked = [verdict.agent for verdict in verdicts if verdict.agent is not None]
    if not asked:
        return ""
    ready = sum(agent.ready for agent in asked)
    are = agreeing_of(ready, len(asked), "is", "are")
    return f"{ready} of {many(len(asked), 'issue')} {are} ready for a coding agent ({percent(ready, len(asked))})."


def check(path: str) -> str:
    """What a rule checks, such as `estimate`; a rule of another package is named by its path's last part."""
    return _CHECKS.get(path) or path.rpartition(".")[2].replace("_", " ")


def failure(path: str) -> str:
    """What is missing where a rule fails, such as `no estimate`."""
    return _FAILURES.get(path) or f"failed check: {check(path)}"


def unchecked(missing: str, rules: Iterable[str], snapshot: Snapshot) -> str:
    """What could not be checked because the project does not have `missing`, as sentences."""
    why = snapshot.unit_why if missing == "points" else ""
    are = "are" if missing.endswith("s") else "is"
    return sentence(f"{why or f'{missing} {are} not available here.'} Not checked: {', '.join(map(check, rules))}")


def rule_error(error: RuleError) -> str:
    """A rule that failed with an error of its own on one issue."""
    return f'{error.subject}: the check "{check(error.rule)}" ended with an error ({error.error})'


def sentence(phrase: str) -> str:
    """The phrase as a sentence: with a capital letter, and a full stop where it ends in neither of `.`, `!`, `?`."""
    text = phrase[:1].upper() + phrase[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."


def figure(value: float | None, missing: str = "unknown") -> str:
    """A number with at most one decimal, `5` rather than `5.0`."""
    if value is None:
        return missing
    rounded = round(value, 1)
    return f"{rounded:.0f}" if rounded == int(rounded) else f"{rounded:.1f}"


def many(count: float, one: str, more: str = "") -> str:
    """`1 issue`, `2 issues`; `more` is the plural where it is not formed with an s."""
    return with_unit(figure(count), one, more)


def keys(named: Sequence[str]) -> str:
    """The first keys of a list, and how many more there are: `SHOP-1, SHOP-2 and 3 more`."""
    if len(named) <= MOST_KEYS:
        return ", ".join(named)
    return f"{', '.join(named[:MOST_KEYS])} and {len(named) - MOST_KEYS} more"


def percent(part: float, whole: float) -> str:
    """A share as `40 %`, `none` of nothing."""
    return f"{round(100 * part / whole)} %" if whole else "none"


def day(when: date) -> str:
    """`27 March 2026`, for people of any country."""
    return f"{when.day} {when:%B %Y}"


def moment(when: datetime) -> str:
    """`2 March 2026, 09:00 UTC`, in the zone the value is in."""
    return f"{day(when)}, {when:%H:%M} {when.tzname() or ''}".rstrip()


def until(runway: Runway, seen: datetime) -> str:
    """`10 December (4 December if fast, 22 December if slow)`: when ready work is used up, "" if unknown."""
    day, ends = until_day(runway, seen), until_range(runway, seen)
    return f"{day} ({ends})" if day and ends else day


def until_day(runway: Runway, seen: datetime) -> str:
    """`10 December`: when ready work is used up at the usual velocity, "" if unknown."""
    return day_in_words(runway.usual_on, seen.date()) if runway.usual_on else ""


def until_range(runway: Runway, seen: datetime) -> str:
    """`4 December if fast, 22 December if slow`: when ready work is used up if sprints are fast or slow.

    "" where all of these are one day.
    """
    if runway.usual_on == runway.earliest_on == runway.latest_on:
        return ""
    fast = runway.earliest_on or runway.usual_on
    earliest = f"{day_in_words(fast, seen.date())} if fast, " if fast else ""
    latest = day_in_words(runway.latest_on, seen.date()) if runway.latest_on else "more than ten years"
    return f"{earliest}{latest} if slow"


def length(sprints: float, boxes: TimeBoxes) -> str:
    """`1.4 sprints`, or `2.8 weeks` where no team has sprints."""
    return many(boxes.figure(sprints), boxes.one)


def place(distance: float | None, boxes: TimeBoxes) -> str:
    """`next sprint`, or `2.4 sprints away`."""
    if distance is None:
        return "distance unknown"
    return boxes.ahead() if distance < 1 else f"{boxes.figure(distance):.1f} {boxes.several} away"


def spread(of: TeamCapacity) -> str:
    """`18 points (14 if slow, 22 if fast)`: the median, and what 85 and 15 of 100 sprints reach."""
    return f"{many(of.points.p50, of.unit.one)} ({ends(of.points)})" if of.points else f"no {of.unit} known"


def size(issue: Issue, unit: Unit) -> str:
    """`3 points`, `no estimate`; "1 issue" where issues are counted."""
    name = f"{issue.size_name}, " if issue.size_name and unit is Unit.POINTS and issue.points is not None else ""
    return f"{name}{size_of(issue.points, unit.one)}"


def size_of(points: float | None, one: str) -> str:
    """The same of a size that is known; `one` is the unit of a single one."""
    return "no estimate" if points is None else many(points, one)


def ends(points: Range) -> str:
    """`14 if slow, 22 if fast`: what 85 and 15 of 100 sprints reach."""
    return f"{figure(points.p15)} if slow, {figure(points.p85)} if fast"


def what_if(before: TeamCapacity, after: TeamCapacity) -> str:
    """What a what-if changes, by the figures as shown: `17.3 points instead of 19.2, 1.9 fewer; ...`."""
    if before.net_days == after.net_days:
        return "changes nothing in this sprint"
    pairs = [
        (before.exact_points, after.exact_points, after.unit.one),
        (before.net_days, after.net_days, "person-day"),
        (before.hours, after.hours, "hour"),
    ]
    shown = ((round(old, 1), round(new, 1), unit) for old, new, unit in pairs if old is not None and new is not None)
    return "; ".join(
        f"{many(new, unit)} instead of {figure(old)}, {figure(abs(new - old))} {'fewer' if new <= old else 'more'}"
        for old, new, unit in shown
    )


def warnings(of: Iterable[TeamCapacity]) -> tuple[tuple[Level, str], ...]:
    """The warnings of several teams by level, then by team, with the teams' names; the same sentence once."""
    teams: dict[tuple[Level, str], list[str]] = {}
    for capacity in of:
        for one in capacity.warnings:
            teams.setdefault((one.level, one.text), []).append(capacity.team.name)
    order = list(Level)
    return tuple(
        (level, _of_teams(names, text))
        for (level, text), names in sorted(teams.items(), key=lambda entry: order.index(entry[0][0]))
    )


def _of_teams(names: Iterable[str], text: str) -> str:
    missing = [name for name in dict.fromkeys(names) if name not in text]
    return f"{', '.join(missing)}: {text}" if missing else text


def days(of: TeamCapacity) -> str:
    """`12 of 20 person-days`: what is left after absences and holidays, of what was there before."""
    if not of.team.people:
        return "no people configured"
    return f"{figure(of.net_days)} of {many(of.gross_days, 'person-day')}"


def verb(change: Change) -> str:
    """What the change does, without its object."""
    if isinstance(change, PutComment) and change.comment is not None:
        return "update comment"
    return _WORDS[type(change)][3]


def verb_of(kind: str) -> str:
    """What a kind of change ("add-label") does, without its object."""
    return _VERBS[kind]


def what(change: Change, snapshot: Snapshot) -> str:
    """The object of the change: the label, what the comment says, the name of the sprint."""
    match change:
        case AddLabel(label=label) | RemoveLabel(label=label):
            return label
        case PutComment(note=note):
            return f"“{note.headline}”"
        case DeleteComment():
            return ""
        case MoveToSprint(sprint=sprint) | MoveToBacklog(sprint=sprint):
            planned = snapshot.sprint_by_id.get(sprint)
            return planned.name if planned else sprint
        case PutPage(page=page):
            return f"“{page.title}”" if page.title else ""
    assert_never(change)


def marks(ours: OwnMarks, snapshot: Snapshot) -> str:
    """What our issue property says: `readyline: label readyline-ready; our comment; in "Web 43"`."""
    sprint = snapshot.sprint_by_id.get(ours.sprint or "")
    parts = (
        *(f"label {label}" for label in sorted(ours.labels)),
        "our comment" if ours.comment_digest else "",
        f'in "{sprint.name}"' if sprint else "",
        "our part of the description" if ours.page else "",
    )
    return f"readyline: {'; '.join(filter(None, parts)) or 'nothing of ours'}"


def reason(change: Change) -> str:
    """Why the change is planned, "" where the change itself says it already."""
    return "" if isinstance(change, PutComment) and change.why == change.note.headline else change.why


def done(changes: Iterable[Change]) -> str:
    """`2 labels added, 1 comment written`, "" for no changes."""
    numbers = Counter(map(type, changes))
    return ", ".join(f"{many(numbers[kind], words[0])} {words[1]}" for kind, words in _WORDS.items() if numbers[kind])


def intended(changes: Iterable[Change]) -> str:
    """`2 labels to add, 1 comment to write`, "" for no changes."""
    numbers = Counter(map(type, changes))
    return ", ".join(f"{many(numbers[kind], words[0])} {words[2]}" for kind, words in _WORDS.items() if numbers[kind])


def ended(outcomes: Iterable[Outcome]) -> str:
    """`2 labels added, 1 already up to date, 1 skipped, 1 failed`."""
    outcomes = tuple(outcomes)
    numbers = Counter(one.result for one in outcomes)
    written = done(one.change for one in outcomes if one.result is Result.DONE) or "nothing written"
    others = (Result.ALREADY_SO, Result.SKIPPED, Result.FAILED)
    rest = (f"{numbers[result]} {RESULTS[result]}" for result in others if numbers[result])
    return ", ".join((written, *rest))


def idle(report: RunReport) -> str:
    """What a plan without changes says: what waits for a later run, or that nothing is to be written."""
    if report.earlier is not None and not report.earlier.run:
        return "What was to be written that day is not known"
    return f"{intended(report.plan.held)}, in a later run" if report.plan.held else NOTHING_TO_WRITE


def unwritten(report: RunReport) -> str:
    """Why planned changes were not written, to append to their count; "" where they may have been written."""
    if not report.writes:
        return "; nothing was written, because writing is off"
    if report.quiet_until is not None and not report.outcomes:
        return f"; nothing is written in the quiet hours, until {moment(report.quiet_until)}"
    return ""


def since(before: Trend, now: Trend, boxes: TimeBoxes) -> str:
    """What changed since the run before, in one sentence."""
    news = [
        _difference(now.near_ready, before.near_ready, "ready issue in the horizon", "ready issues in the horizon"),
        _difference(now.issues, before.issues, "issue in the backlog", "issues in the backlog"),
        _difference_of_work(now.runway, before.runway, boxes),
        _difference(now.score, before.score, "DEEP point"),
    ]
    return f"Since the run of {moment(before.at)}: {', '.join(filter(None, news)) or 'no change'}."


def _difference(now: float | None, before: float | None, one: str, more: str = "") -> str:
    """`+2 ready issues`, "" where nothing changed or one side is unknown."""
    change = 0.0 if now is None or before is None else round(now - before, 1)
    return f"{'+' if change > 0 else '−'}{many(abs(change), one, more)}" if change else ""


def _difference_of_work(now: float | None, before: float | None, boxes: TimeBoxes) -> str:
    """`+0.4 sprints of ready work`, from two numbers of sprints."""
    now, before = (None if one is None else boxes.figure(one) for one in (now, before))
    return _difference(now, before, f"{boxes.one} of ready work", f"{boxes.several} of ready work")


def gain(points: float, sprints: float, boxes: TimeBoxes) -> str:
    """What an action gains: `+0.4 sprints of ready work, +3 DEEP points`."""
    gains = (
        _difference_of_work(sprints, 0.0, boxes),
        _difference(points, 0.0, "DEEP point"),
    )
    return ", ".join(filter(None, gains))


def unlocking(points: float, unit: Unit) -> str:
    """What fixing the issues that are not ready gives, in one sentence; "" where none of them has an estimate."""
    return f"Fixing them makes {many(points, f'more {unit.one}')} ready." if points else ""


def score(value: float | None) -> str:
    """A score from 0 to 100 as a whole number, `–` where nothing could be measured."""
    return "–" if value is None else f"{value:.0f}"


_HOST = re.compile(r"[\w.-]+(:\d+)?|\[[0-9a-fA-F:]+\](:\d+)?")  # without user and password: they would be shared


def link_to(site: str, key: str) -> str:
    """The address of an issue on its site, "" where the site has no plain http or https address."""
    try:
        parts = urlsplit(site)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(parts.netloc):
        return ""
    # Jira's keys have no "#"; Redmine's have nothing before it, others the place of the issue.
    place, sign, number = key.rpartition("#")
    issue = f"issues/{quote(number, safe='')}"
    path = f"{quote(place)}/{issue}" if place else issue if sign else f"browse/{quote(key, safe='')}"
    return f"{parts.scheme}://{parts.netloc}{quote(parts.path.rstrip('/'))}/{path}"


def segments(text: str, keys: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """The text cut where it names one of the issues, each piece with whether it is a key.

    So a key in a sentence becomes a link. After a text that names none of its keys the first few of them follow.
    """
    left = list(dict.fromkeys(keys))
    pattern = "|".join(sorted(map(re.escape, left), key=len, reverse=True))
    pieces = re.split(rf"(?<![\w-])({pattern})(?![\w-])", text) if left else [text]
    for place, piece in enumerate(pieces):
        if piece:
            yield piece, place % 2 == 1
    unnamed = left if len(pieces) == 1 else []
    for place, key in enumerate(unnamed[:KEYS_AFTER_TEXT]):
        yield (", " if place else " "), False
        yield key, True
    if len(unnamed) > KEYS_AFTER_TEXT:
        yield f" and {len(unnamed) - KEYS_AFTER_TEXT} more", False
