"""A run to render: the demo company as it is on a fixed Monday, judged, planned and half written.

The backlog is cut to `KEYS`, so that reports stay short enough to review. Every finding, figure, reason and change is
what the rules say about it; only the outcomes, the earlier runs and one failing rule are invented. `sample()` is one
RunReport; a test overrides fields of it, or puts its own text into every place a tracker can fill with `hostile(text)`.
"""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from rules.backlog.index import Backlog
from rules.capacity.compute import capacities
from rules.capacity.model import TeamCapacity
from rules.capacity.model import Warning as Caution
from rules.commands.answers import Answer, Commands
from rules.commands.read import read_commands
from rules.deep.model import Deep, Letter, Measure, Trend
from rules.deep.score import score
from rules.evaluate import evaluate, judge_alone
from rules.inventory.new_issues import new_issues
from rules.inventory.old_issues import OldIssues, old_issues
from rules.inventory.options import ChannelOptions, ContentsOptions, NewIssuesOptions, OldIssuesOptions
from rules.inventory.work import contents
from rules.learning.learn import Kept, learn
from rules.model import Comment, Issue, OwnMarks, Snapshot
from rules.plan.changes import AddLabel, Change, LeftAsIs, PutComment, RemoveLabel
from rules.plan.comment import CommentBody, Fix
from rules.plan.compare import plan_changes
from rules.plan.dry_run import Page, Post, go_live
from rules.plan.grounds import Ground
from rules.plan.outcome import Outcome, Result
from rules.plan.preview import Flip, Preview, Writes
from rules.planning.goals import GoalCode, GoalFinding, goals_of
from rules.planning.look_ahead import look_ahead
from rules.planning.model import as_is
from rules.planning.options import PlanningOptions
from rules.planning.proposal import propose
from rules.planning.since import last_planning
from rules.release import Stay
from rules.text import Quote
from rules.verdict import AgentVerdict, RuleError, State, Verdict, Waiver
from sync.absences.read import read_absences
from sync.config import Settings, load, policy_of, product_of, ruleset_of
from sync.demo.company import absences_csv, config_toml, fill
from sync.demo.reactions import past_reactions
from sync.fake_jira.server import FakeJira
from sync.reports.base import HistoryEntry, PlanAhead, RunHistory, RunReport
from sync.trackers import open_tracker
from sync.trackers.base import Scope
from tests import factories as make

STARTED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SITE = "https://shop.example.net"
KEYS = frozenset(
    f"SHOP-{number}"
    for number in (
        109, 110, 112, 113, 114, 116, 117, 118, 121, 122, 123, 125, 127, 128, 129, 132, 134, 136, 137, 139, 143, 145,
        151, 153, 158,
    )
)  # fmt: skip
PLANNED = ("SHOP-109", "SHOP-112", "SHOP-113", "SHOP-114", "SHOP-134")
"""The issues whose changes the plan holds."""
HIDDEN = "SHOP-134"
"""The restricted issue."""
SECRET = "SEPA direct debit: mandate reference is missing on the bank statement"
"""The title of the restricted issue; no shared report may hold it."""


@cache
def company() -> tuple[Snapshot, Settings]:
    """The demo company as readyline reads it over HTTP on the fixed Monday, and its configuration."""
    with (
        tempfile.TemporaryDirectory() as folder,
        FakeJira("cloud", fill, now=STARTED, clock=lambda: STARTED) as jira,
    ):
        Path(folder, "absences.csv").write_text(absences_csv(STARTED), encoding="utf-8")
        config = Path(folder, "config.toml")
        config.write_text(config_toml(jira.url, "cloud", email=jira.email), encoding="utf-8")
        settings = load(config, {"READYLINE_TOKEN": jira.token})
        zone = settings.schedule.timezone
        absences = read_absences(settings.capacity.absences, product_of(settings), today=STARTED.date(), timezone=zone)
        scope = Scope(
            backlog=settings.product.backlog,
            product=product_of(settings, absences.by_name),
            closed_sprints=settings.capacity.history,
        )
        snapshot = open_tracker(settings.tracker, jira.token).pull(scope)
    return replace(snapshot, taken_at=STARTED), settings


def _snapshot(whole: Snapshot) -> Snapshot:
    """The cut backlog, with one restricted issue, our earlier marks on three, and no priorities."""
    issues = tuple(_prepared(issue) for issue in whole.issues if issue.key in KEYS)
    return replace(whole, issues=issues, unavailable=frozenset({"priority"}))


def _prepared(issue: Issue) -> Issue:
    marked = {"SHOP-109": "readyline-not-ready", "SHOP-112": "readyline-ready"}
    labels = issue.labels | {marked[issue.key]} if issue.key in marked else issue.labels
    if issue.key == "SHOP-112":
        labels |= {"readyline-hands-off"}
    comments = (_command(issue.id),) if issue.key in ("SHOP-113", HIDDEN) else ()
    asked = make.document(QUESTION).blocks if issue.key == "SHOP-109" else ()
    document = replace(issue.document, blocks=(*issue.document.blocks, *asked))
    return replace(issue, labels=labels, comments=comments, document=document, restricted=issue.key == HIDDEN)


def _command(number: str) -> Comment:
    return Comment(
        id=f"9{number}",
        author="ana",
        author_name="Ana",
        created=STARTED - timedelta(hours=1),
        document=make.document("/ready waive unblocked until 2026-06-30 because agreed with support"),
    )


QUESTION = "Should we keep the address of a guest for the next order?"
WAIVERS = (
    Waiver(rule="open_questions", issue="SHOP-109", reason="answered on the call", owner="Ana", until=None),
    Waiver(rule="estimated", issue="SHOP-3", reason="too small", owner="Ana", until=date(2026, 12, 1)),
)


@cache
def _report() -> RunReport:
    whole, settings = company()
    snapshot = _snapshot(whole)
    commands = read_commands(
        snapshot, allowed=frozenset({"ana"}), rules=[rule.path for rule in ruleset_of(settings).product], given=()
    )
    ruleset = replace(ruleset_of(settings), waivers=WAIVERS)
    backlog = Backlog.of(snapshot, capacities(snapshot, settings.capacity))
    judgement = evaluate(backlog, ruleset)
    proposal = propose(backlog, judgement)
    plan = plan_changes(snapshot, judgement, proposal, policy_of(settings), _memory(snapshot), commands)
    changes = tuple(change for change in plan.changes if change.key in PLANNED)
    return RunReport(
        run="20260302T090000-7f3a12",
        started=STARTED,
        finished=STARTED + timedelta(seconds=31),
        site=SITE,
        backlog=backlog,
        judgement=replace(
            judgement,
            errors=(RuleError(rule="ready.testable", subject="SHOP-145", error="ValueError: empty pattern"),),
        ),
        deep=score(
            backlog, judgement, lambda around, issue: judge_alone(around, issue, ruleset), target=ruleset.horizon
        ),
        capacities=proposal.capacities,
        proposal=proposal,
        goals=goals_of(backlog, judgement, proposal, settings.planning),
        old_issues=_old(whole, settings),
        contents=contents(backlog, judgement, ContentsOptions(), ChannelOptions()),
        new_issues=new_issues(
            Backlog.of(whole),
            NewIssuesOptions(),
            ChannelOptions(),
            since_run=STARTED - timedelta(days=7),
            since_planning=last_planning(backlog),
        ),
        plan=replace(plan, changes=changes),
        commands=commands,
        writes=True,
        outcomes=outcomes_of(changes),
        requests=57,
        history=history(),
        plan_ahead=PlanAhead(lambda: look_ahead(backlog, judgement, proposal, PlanningOptions(planner="greedy"), None)),
        learn=cache(lambda: learn(backlog, ruleset, settings.capacity, Kept(shown=past_reactions(STARTED)))),
    )


def _old(whole: Snapshot, settings: Settings) -> OldIssues:
    """The old issues of the whole backlog, two at a time; one is kept and one released."""
    at = STARTED - timedelta(days=3)
    kept = Stay(at=at, until=date(2026, 6, 30))
    released = Stay(at=at, until=date(2026, 6, 30), because="nobody asked for it since <spring>")
    answers = {whole.by_key["SHOP-227"].id: kept, whole.by_key["SHOP-222"].id: released}
    commands = Commands(
        answers=tuple(
            Answer(comment=f"8{number}", issue=issue, text="", stay=stay)
            for number, (issue, stay) in enumerate(answers.items())
        ),
        released={whole.by_key["SHOP-222"].id: released},
    )
    backlog = Backlog.of(whole, capacities(whole, settings.capacity))
    options = OldIssuesOptions(at_once=2)
    judgement = evaluate(backlog, ruleset_of(settings))
    return old_issues(backlog, judgement, commands, options, label="readyline-released")


def _memory(snapshot: Snapshot) -> dict[str, OwnMarks]:
    """What we wrote before: a label that a person removed, one that is out of date, and marks on a hands-off issue."""
    marks = {
        "SHOP-110": OwnMarks(labels=frozenset({"readyline-ready"}), reasons=(("readyline-ready", "ready"),)),
        "SHOP-109": OwnMarks(labels=frozenset({"readyline-not-ready"})),
        "SHOP-112": OwnMarks(labels=frozenset({"readyline-ready"}), comment="10077"),
    }
    return {snapshot.by_key[key].id: mark for key, mark in marks.items()}


def outcomes_of(changes: Iterable[Change]) -> tuple[Outcome, ...]:
    """How the changes ended: the third was skipped, a move failed, the rest is done."""
    return tuple(_outcome(place, change) for place, change in enumerate(changes))


def _outcome(place: int, change: Change) -> Outcome:
    if place == 2:
        return Outcome(change=change, result=Result.SKIPPED, reason="the issue changed meanwhile")
    if change.key == "SHOP-114" and not isinstance(change, AddLabel):
        return Outcome(change=change, result=Result.FAILED, reason="Jira answered 400: the sprint is closed")
    return Outcome(change=change, result=Result.DONE)


def history() -> tuple[Trend, ...]:
    """Six earlier Mondays, slowly getting better."""
    rows = (
        (24, 7, 58.0, 0.8),
        (24, 8, 60.0, 0.9),
        (26, 8, 61.0, 0.9),
        (26, 10, 66.0, 1.2),
        (25, 9, 65.0, 1.1),
        (25, 10, 69.0, 1.3),
    )
    return tuple(
        Trend(
            at=STARTED - timedelta(days=7 * (len(rows) - place)),
            issues=issues,
            ready=ready,
            score=score,
            runway=runway,
            near=20,
            near_ready=ready,
        )
        for place, (issues, ready, score, runway) in enumerate(rows)
    )


def sample(**overrides: Any) -> RunReport:
    """The whole run, with fields of it replaced."""
    return replace(_report(), **overrides)


DRY_RUN: dict[str, Any] = {
    "writes": False,
    "outcomes": (),
    "go_live": go_live(
        [
            Page(at=STARTED - timedelta(days=14), changes=31, issues=19),
            *(Page(at=STARTED - timedelta(days=day), changes=day, issues=day // 2) for day in (9, 4, 2)),
        ],
        [
            (STARTED - timedelta(days=14 - number % 13), person)
            for number, person in enumerate(
                ("Bo", "Cy", "Bo", "Ana", "Bo", "Di", "Eli", "Fay", "a watcher of SHOP-113")
            )
        ],
        since=STARTED - timedelta(days=14),
        until=STARTED,
        in_scope=25,
        findings=22,
        wave=(33, 20),
    ),
}
"""The run with writing off and two weeks of the dry-run log."""


def history_of_run() -> RunHistory:
    """Two writes and one that was not made."""
    quote = Quote("soon", 3)
    grounds = (Ground(rule="ready.estimated", says="The estimate is missing.", evidence=(quote,)),)
    entry = HistoryEntry(
        at=STARTED,
        issue="SHOP-116",
        mark="readyline-not-ready",
        kind="add-label",
        value="readyline-not-ready",
        why="The estimate is missing.",
        grounds=grounds,
        before="",
        after="readyline-not-ready",
        status=204,
        decision="done",
        reason="",
    )
    comment = replace(
        entry,
        mark="comment",
        kind="put-comment",
        value="abc",
        after="Not ready: no estimate.\nEstimate it.",
        status=201,
    )
    kept = replace(entry, at=None, kind="", after="", status=None, decision="left-as-is", reason="a person removed it")
    return RunHistory(
        run="20260302T090000-7f3a12",
        started=STARTED,
        finished=STARTED + timedelta(seconds=31),
        digest="d",
        undoes=None,
        written=(entry, comment),
        not_written=(kept,),
    )


@dataclass(frozen=True)
class Row:
    """An effective value of the configuration."""

    path: str
    value: object
    text: str
    origin: str


SETTINGS = (
    Row("product.name", "Shop", '"Shop"', "config.toml:4"),
    Row("rules.ready.small_enough.max_points", 8, "8", "preset scrum"),
    Row("write_back.limits.max_share", 0.1, "0.1", "READYLINE__WRITE_BACK__LIMITS__MAX_SHARE"),
    Row("teams.people", [{"name": "Bo"}], '[{ name = "Bo" }]', "default"),
)


def hostile(text: str) -> RunReport:
    """The run with `text` wherever words of a tracker, of a person or of an error can end up in a report."""
    base = sample()
    verdicts = tuple(_hostile_verdict(one, text) for one in base.judgement.verdicts)
    issues = tuple(one.issue for one in verdicts)
    by_key = {one.key: one for one in issues}
    return replace(
        base,
        backlog=replace(
            base.backlog,
            snapshot=replace(
                base.snapshot,
                issues=issues,
                product=replace(base.snapshot.product, name=text, owner=text, goal=text),
                sprints=tuple(replace(box, name=text, goal=text) for box in base.snapshot.sprints),
            ),
        ),
        judgement=replace(
            base.judgement,
            verdicts=verdicts,
            unavailable={text: (text,)},
            unused_waivers=(text,),
            errors=(RuleError(rule="ready.testable", subject="SHOP-145", error=text),),
        ),
        deep=_hostile_deep(base.deep, text),
        capacities=tuple(_hostile_capacity(one, text) for one in base.capacities),
        proposal=replace(
            base.proposal,
            placements=tuple(replace(one, issue=by_key[one.issue.key], why=text) for one in base.proposal.placements),
            left_out=tuple(
                replace(one, issue=by_key[one.issue.key], say=as_is(text)) for one in base.proposal.left_out
            ),
        ),
        goals=tuple(
            replace(goal, text=text, findings=(GoalFinding(GoalCode.NOT_THE_PRODUCTS, text),)) for goal in base.goals
        ),
        plan=replace(
            base.plan,
            changes=tuple(_hostile_change(change, text) for change in base.plan.changes),
            left_as_is=(LeftAsIs(key="SHOP-110", what=text, why=text),),
        ),
        commands=Commands(fresh=(Answer(comment="501", issue=issues[0].id, text=text),)),
        refused=text,
        go_live=replace(DRY_RUN["go_live"], post=(Post(person=text, busiest=1, total=1),)),
        outcomes=tuple(replace(one, change=_hostile_change(one.change, text), reason=text) for one in base.outcomes),
    )


def _hostile_verdict(one: Verdict, text: str) -> Verdict:
    findings = tuple(
        replace(found, message=text, hint=text, waived=found.waived and text, evidence=(Quote(text, 3),))
        for found in one.findings
    )
    issue = replace(one.issue, title=text, restricted=False, type=text)
    return replace(one, issue=issue, findings=findings, agent=AgentVerdict(findings=findings, passed=()))


def _hostile_deep(one: Deep, text: str) -> Deep:
    letters = tuple(
        Letter(letter.name, letter.score, tuple(Measure(text, m.value, m.unit, text) for m in letter.measures))
        for letter in one.letters
    )
    actions = tuple(replace(action, text=text) for action in one.actions)
    return replace(one, letters=letters, actions=actions, confidence=text)


def _hostile_capacity(one: TeamCapacity, text: str) -> TeamCapacity:
    warnings = tuple(Caution(warning.code, warning.level, text) for warning in one.warnings)
    box = one.sprint and replace(one.sprint, name=text)
    return replace(one, sprint=box, warnings=warnings, explanation=(text,), confidence=text)


def _hostile_change(change: Change, text: str) -> Change:
    if isinstance(change, PutComment):
        encodable = text.encode(errors="replace").decode()  # a digest has no bytes for half a surrogate pair
        return replace(
            change,
            why=text,
            note=CommentBody(headline=encodable, summary=encodable, fixes=(Fix(encodable, encodable, must=True),)),
        )
    if isinstance(change, AddLabel | RemoveLabel):
        return replace(change, why=text, label=text)
    return replace(change, why=text)


PREVIEW = Preview(
    day=STARTED.date(),
    taken_at=STARTED,
    run="20260302T090000-ab12cd",
    issues=49,
    flips=(
        Flip(
            key="SHOP-109",
            before=State.READY,
            after=State.NOT_READY,
            fails=("ready.small_enough",),
            passes=(),
            rules=("ready.small_enough",),
        ),
        Flip(
            key="SHOP-113",
            before=State.NOT_READY,
            after=State.READY,
            fails=(),
            passes=("ready.acceptance", "ready.estimated"),
            rules=(),
        ),
        Flip(
            key="SHOP-151",
            before=State.NOT_DUE,
            after=State.NOT_READY,
            fails=(),
            passes=(),
            rules=("ready.estimated",),
        ),
    ),
    writes=Writes(labels=3, comments=2, moves=1, mails={"acc-ana": 2, "acc-bo": 3}, waiting=1),
    unknown=("what [[teams]] board would have read that day, because it has another value now",),
)
"""Another configuration that changes three verdicts."""
