"""A believable pass to render: a shop's backlog, three teams, findings of every weight, a plan and its outcomes.

`sample()` is one RunReport; a test overrides fields of it, or puts its own text into every place a tracker can fill
with `hostile(text)`.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from rules.backlog.index import Backlog
from rules.capacity.model import CapacitySplit, Level, Range, Share, TeamCapacity
from rules.capacity.model import Warning as Caution
from rules.commands import Answer, Commands
from rules.deep.model import Action, Deep, Letter, Measure, Runway, Signal, Trend
from rules.model import Issue, Kind, SprintState, Team, TeamFilter
from rules.plan.changes import (
    AddLabel,
    Change,
    ChangePlan,
    DeleteComment,
    LeftAsIs,
    MoveToSprint,
    PutComment,
    RemoveLabel,
)
from rules.plan.comment import CommentBody, Fix
from rules.plan.dry_run import Page, Post, go_live
from rules.plan.outcome import Outcome, Result
from rules.planning.model import LeftOut, Placement, SprintProposal
from rules.rule import Finding, Severity, fingerprint_of
from rules.text import Quote
from rules.verdict import Judgement, RuleError, Verdict
from sync.reports.base import RunReport
from tests import factories as make

SECRET = "Insider plan to buy Pear Payments"
"""Stands in the title and the text of the restricted issue; no shared report may hold it."""

STARTED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

PAYMENTS, SEARCH, DELIVERY = "Payments", "Search", "Delivery"
BOARDS = {PAYMENTS: 12, SEARCH: 13, DELIVERY: 14}

FINDINGS = {
    "acceptance": (Severity.MUST, "No acceptance criteria.", "Add at least two lines a tester can answer yes or no."),
    "slots": (
        Severity.MUST,
        "The acceptance criteria are an empty template.",
        "Fill the two empty lines or delete them.",
    ),
    "estimate": (Severity.MUST, "No estimate.", "Estimate it in the next refinement."),
    "large": (
        Severity.MUST,
        "13 points are more than the 8 a sprint can bear.",
        "Split it; the criteria show three parts.",
    ),
    "steps": (Severity.MUST, "No steps to reproduce.", "Write the three clicks that lead to the error."),
    "blocked": (Severity.MUST, "Blocked by SHOP-31, which no sprint holds.", "Place SHOP-31 first, or drop the link."),
    "benefit": (Severity.SHOULD, "The story does not say why.", "Finish the sentence: so that ..."),
    "question": (Severity.SHOULD, "A question is still open.", "Answer it, or note who will."),
    "vague": (Severity.INFO, 'The word "fast" cannot be tested.', "Name the seconds."),
}
RULES = {
    "acceptance": "ready.acceptance", "slots": "ready.acceptance", "estimate": "ready.estimated",
    "large": "ready.small_enough", "steps": "ready.reproducible", "blocked": "ready.unblocked",
    "benefit": "ready.story_form", "question": "ready.no_open_questions", "vague": "ready.testable",
}  # fmt: skip

# number, kind, title, points, team ("" for nobody's), distance in sprints, what is missing (space separated)
BACKLOG: tuple[tuple[int, str, str, float | None, str, float, str], ...] = (
    (12, "story", "Pay with a saved card at checkout", 5, PAYMENTS, 0.0, ""),
    (14, "bug", "Receipt shows the total without the voucher", 2, PAYMENTS, 0.2, ""),
    (31, "story", "Address look-up answers while the guest types", 5, DELIVERY, 0.3, "benefit"),
    (15, "story", "Guests check out without an account", 8, PAYMENTS, 0.4, "slots"),
    (22, "story", "Search finds products by their colour", 3, SEARCH, 0.6, ""),
    (23, "story", "Search results load fast on a phone", 5, SEARCH, 0.8, "acceptance vague"),
    (32, "story", "Choose a delivery day at checkout", 5, DELIVERY, 0.9, "blocked"),
    (16, "bug", "Payment page stays white after the bank's redirect", 3, PAYMENTS, 1.0, "steps"),
    (24, "story", "Suggest a spelling when nothing is found", 3, SEARCH, 1.1, ""),
    (33, "task", "Move the parcel labels to the new printer service", 3, DELIVERY, 1.2, ""),
    (17, "spike", "Which provider takes instalments in Austria?", 2, PAYMENTS, 1.4, "question"),
    (40, "story", "Say on the order page who handles a return", 3, "", 1.5, "acceptance"),
    (25, "story", "Filter by size and width together", 8, SEARCH, 1.7, "estimate"),
    (34, "story", "Tell the guest when the parcel is late", 5, DELIVERY, 1.9, ""),
    (18, "story", "Refund part of an order", 13, PAYMENTS, 2.1, "large benefit"),
    (99, "story", SECRET, 5, PAYMENTS, 2.2, "acceptance"),
    (26, "bug", "Umlauts in the search box find nothing", 2, SEARCH, 2.4, "steps"),
    (35, "story", "Pick-up points on the map", 8, DELIVERY, 2.6, "acceptance question"),
    (27, "story", "Show what others looked at next", 5, SEARCH, 2.9, "benefit"),
    (19, "story", "Pay by invoice up to 200 euros", None, PAYMENTS, 3.1, "estimate acceptance"),
    (36, "task", "Archive delivery notes after ten years", 3, DELIVERY, 3.3, ""),
    (28, "story", "Compare three products side by side", None, SEARCH, 3.6, "estimate"),
    (41, "epic", "A shop for business customers", None, "", 4.0, "estimate acceptance"),
    (20, "story", "Gift cards", None, PAYMENTS, 4.4, "estimate acceptance"),
    (37, "story", "Deliver to a neighbour", None, DELIVERY, 4.9, "estimate acceptance"),
)  # fmt: skip

FACTS = make.facts()


def teams() -> tuple[Team, ...]:
    """Payments, Search and Delivery, each with its board and component."""
    return tuple(
        make.team(name, board=board, takes=TeamFilter(components=frozenset({name.lower()})))
        for name, board in BOARDS.items()
    )


def issue(row: tuple[int, str, str, float | None, str, float, str]) -> Issue:
    """The issue of one row of the backlog."""
    number, kind, title, points, team, _, _ = row
    return make.issue(
        f"SHOP-{number}",
        kind=Kind(kind),
        title=title,
        points=None if points is None else float(points),
        components=(team.lower(),) if team else (),
        restricted=title == SECRET,
        updated=make.NOW - timedelta(days=number),
    )


def finding(key: str, missing: str, title: str) -> Finding:
    """One finding of the table above about an issue."""
    severity, message, hint = FINDINGS[missing]
    evidence = (Quote(title, 0),) if missing in {"vague", "question", "acceptance"} else ()
    fingerprint = fingerprint_of(RULES[missing], key, missing)
    return Finding(
        rule=RULES[missing],
        severity=severity,
        subject=key,
        message=message,
        hint=hint,
        evidence=evidence,
        fingerprint=fingerprint,
        waived="Ana: agreed with support" if (key, missing) == ("SHOP-31", "benefit") else "",
    )


def verdict(row: tuple[int, str, str, float | None, str, float, str]) -> Verdict:
    """The verdict on one row of the backlog."""
    one = issue(row)
    findings = tuple(finding(one.key, missing, one.title) for missing in row[6].split())
    must = [found for found in findings if found.severity is Severity.MUST]
    passed = tuple(sorted({*RULES.values()} - {found.rule for found in findings}))
    return Verdict(
        issue=one,
        score=100 - 35 * len(must) - 5 * (len(findings) - len(must)),
        findings=findings,
        passed=passed,
        facts=FACTS,
        distance=row[5],
        in_horizon=row[5] <= 3.0,
    )


def capacities() -> tuple[TeamCapacity, ...]:
    """Three teams: one well known, one with people away, one new."""
    payments, search, delivery = teams()
    box = {
        team.name: make.sprint(str(team.board * 10 + 7), board=team.board, name=f"{team.name} 7")
        for team in (payments, search, delivery)
    }
    return (
        TeamCapacity(
            team=payments,
            sprint=box[PAYMENTS],
            gross_days=30.0,
            net_days=26.5,
            hours=143.1,
            points=Range(14.0, 18.0, 22.0),
            split=CapacitySplit("points", 18.0, (Share("features", 13.5), Share("defects", 3.6), Share("spikes", 0.9))),
            load=5.0,
            used_sprints=8,
            confidence="good",
            explanation=(
                "3 people for 10 days give 30.0 person-days; 3.5 are away (Bo: 9 to 11 March, Cy: half a Friday).",
                "The last 8 sprints finished 0.68 points a person-day in the median.",
                "26.5 person-days at that pace give 18 points, between 14 (85 %) and 22 (15 %).",
            ),
        ),
        TeamCapacity(
            team=search,
            sprint=box[SEARCH],
            gross_days=20.0,
            net_days=9.0,
            hours=48.6,
            points=Range(4.0, 6.0, 9.0),
            split=CapacitySplit("points", 6.0, (Share("features", 4.5), Share("defects", 1.2), Share("spikes", 0.3))),
            load=8.0,
            used_sprints=6,
            confidence="good",
            warnings=(
                Caution("overload", Level.RED, "8 points are in the sprint, 6 are likely, 9 would be luck."),
                Caution("absent", Level.AMBER, "More than half of the person-days are lost: 11 of 20."),
            ),
            explanation=("2 people for 10 days give 20.0 person-days; 11 are away.",),
        ),
        TeamCapacity(
            team=delivery,
            sprint=None,
            gross_days=30.0,
            net_days=30.0,
            hours=162.0,
            points=None,
            split=CapacitySplit("hours", 162.0, (Share("features", 121.5), Share("defects", 40.5))),
            used_sprints=1,
            confidence="guess",
            warnings=(Caution("history", Level.INFO, "One closed sprint is too few to tell points; hours are shown."),),
        ),
    )


def deep() -> Deep:
    """A middling backlog whose product runs dry in two sprints."""
    return Deep(
        letters=(
            Letter(
                "Detailed appropriately",
                64.0,
                (
                    Measure("ready in the horizon", 52.6, "%", "10 of 19 issues in the next 3 sprints are ready."),
                    Measure("detail far away", 20.0, "%", "1 of 5 distant issues is detailed more than it needs."),
                ),
            ),
            Letter(
                "Emergent",
                71.0,
                (
                    Measure(
                        "fresh", 73.7, "%", "14 of 19 issues in the horizon were touched by a person within 30 days."
                    ),
                ),
            ),
            Letter(
                "Estimated",
                78.0,
                (Measure("estimated in the horizon", 94.7, "%", "18 of 19 issues in the horizon have an estimate."),),
            ),
            Letter(
                "Prioritised",
                None,
                (Measure("inversions", None, "", "The project has no priority field that anybody uses."),),
            ),
        ),
        score=71.0,
        grade="C",
        confidence="good",
        runways=(
            Runway(
                team="",
                ready_points=33.0,
                sprints=1.4,
                usual_on=date(2026, 3, 27),
                signal=Signal.AMBER,
                contiguous_sprints=0.3,
            ),
            Runway(
                team=PAYMENTS,
                ready_points=9.0,
                sprints=0.5,
                usual_on=date(2026, 3, 16),
                signal=Signal.RED,
                contiguous_sprints=0.4,
            ),
            Runway(
                team=SEARCH,
                ready_points=16.0,
                sprints=2.7,
                usual_on=date(2026, 4, 13),
                signal=Signal.GREEN,
                contiguous_sprints=0.5,
            ),
            Runway(team=DELIVERY, ready_points=16.0, sprints=None, usual_on=None),
        ),
        actions=(
            Action(text="Fill the two empty criteria", keys=("SHOP-15",), gain=3.1, runway_gain=0.4),
            Action(text="Add acceptance criteria", keys=("SHOP-23", "SHOP-40"), gain=4.2, runway_gain=0.8),
            Action(text="Write steps to reproduce", keys=("SHOP-16", "SHOP-26"), gain=2.0, runway_gain=0.5),
        ),
    )


def proposal(verdicts: tuple[Verdict, ...]) -> SprintProposal:
    """Two ready issues for Payments, none for Search, one for Delivery; everything else is left out with a reason."""
    by_key = {one.issue.key: one for one in verdicts}
    placements = (
        Placement(
            issue=by_key["SHOP-12"].issue,
            team=PAYMENTS,
            sprint="127",
            points=5.0,
            why="Rank 1, ready, 5 of 13 points free.",
        ),
        Placement(
            issue=by_key["SHOP-14"].issue,
            team=PAYMENTS,
            sprint="127",
            points=2.0,
            why="Rank 2, ready, 2 of 8 points free.",
        ),
        Placement(
            issue=by_key["SHOP-31"].issue,
            team=DELIVERY,
            sprint=None,
            points=5.0,
            why="Rank 3, ready; the board has no future sprint.",
        ),
    )
    placed = {one.issue.key for one in placements}
    left = tuple(_left_out(one) for one in verdicts if one.issue.key not in placed)
    return SprintProposal(placements=placements, left_out=left, capacities=capacities())


def _left_out(verdict: Verdict) -> LeftOut:
    if not verdict.issue.components:
        return LeftOut(issue=verdict.issue, code="no-team", why="No team recognises it.")
    if not verdict.ready:
        return LeftOut(issue=verdict.issue, code="not-ready", why=f"Not ready: {verdict.blocking[0].message}")
    return LeftOut(issue=verdict.issue, code="no-room", why="Below the line: the sprint is full.")


def changes() -> tuple[Change, ...]:
    """One change of each kind, and one on the restricted issue."""
    note = CommentBody(
        headline="Not ready: one thing is missing",
        summary="Fill the two empty lines or delete them.",
        fixes=(Fix("The acceptance criteria are an empty template.", "Fill the two empty lines.", must=True),),
    )
    return (
        AddLabel(issue="12", key="SHOP-12", label="readyline-ready", why="All 9 rules pass."),
        RemoveLabel(issue="15", key="SHOP-15", label="readyline-ready", why="The criteria were emptied on Friday."),
        AddLabel(
            issue="15", key="SHOP-15", label="readyline-not-ready", why="The acceptance criteria are an empty template."
        ),
        PutComment(issue="15", key="SHOP-15", note=note, why="First time it is not ready in the horizon."),
        DeleteComment(issue="14", key="SHOP-14", comment="10077", why="Steps were added; nothing is missing."),
        AddLabel(issue="99", key="SHOP-99", label="readyline-not-ready", why=f"No criteria in {SECRET}."),
        MoveToSprint(issue="12", key="SHOP-12", sprint="127", why="Rank 1, ready, fits."),
    )


def outcomes() -> tuple[Outcome, ...]:
    """How the changes ended: one skipped, one failed, the rest done."""
    told = {
        2: (Result.SKIPPED, "Somebody edited the issue at 09:01."),
        6: (Result.FAILED, "Sprint 127 was just started."),
    }
    return tuple(
        Outcome(
            change=change, result=told.get(place, (Result.DONE, ""))[0], reason=told.get(place, (Result.DONE, ""))[1]
        )
        for place, change in enumerate(changes())
    )


def history() -> tuple[Trend, ...]:
    """Six earlier mornings, slowly getting better."""
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
            at=STARTED - timedelta(days=7 * (len(rows) - place)), issues=issues, ready=ready, score=score, runway=runway
        )
        for place, (issues, ready, score, runway) in enumerate(rows)
    )


def sample(**overrides: Any) -> RunReport:
    """The whole pass, finished half a minute after it began."""
    verdicts = tuple(map(verdict, BACKLOG))
    boxes = tuple(one.sprint for one in capacities() if one.sprint)
    active = make.sprint("126", SprintState.ACTIVE, name="Payments 6")
    product = make.product(*teams())
    values: dict[str, Any] = {
        "run": "2026-03-02-0900-7f3a",
        "started": STARTED,
        "finished": STARTED + timedelta(seconds=31),
        "site": "https://shop.example.net",
        "snapshot": make.snapshot(
            *(one.issue for one in verdicts),
            product=product,
            sprints=(active, *boxes),
            unavailable=frozenset({"priority"}),
        ),
        "judgement": Judgement(
            verdicts=verdicts,
            unavailable={"priority": ("ready.prioritised", "deep.prioritised")},
            unused_waivers=("ready.estimated on SHOP-3 (Ana)",),
            errors=(RuleError(rule="ready.testable", subject="SHOP-37", error="ValueError: empty pattern"),),
        ),
        "deep": deep(),
        "capacities": capacities(),
        "proposal": proposal(verdicts),
        "plan": ChangePlan(
            changes=changes(),
            standing=(
                LeftAsIs(key="SHOP-24", what="readyline-ready", why="a person took it away; nothing changed since"),
            ),
            in_scope=len(verdicts),
        ),
        "commands": Commands(
            fresh=(
                Answer(comment="501", issue="31", text="Bo waived the reason of the story until 30 June 2026."),
                Answer(comment="502", issue="99", text=f"Judged again: {SECRET}."),
            )
        ),
        "writes": True,
        "outcomes": outcomes(),
        "requests": 57,
        "history": history(),
    }
    values |= overrides
    return RunReport(**(values | {"backlog": Backlog(snapshot=values["snapshot"])}))


SHADOW: dict[str, Any] = {
    "writes": False,
    "outcomes": (),
    "shadow": go_live(
        [
            Page(at=STARTED - timedelta(days=14), changes=31, issues=19),
            *(Page(at=STARTED - timedelta(days=day), changes=day, issues=day // 2) for day in (9, 4, 2)),
        ],
        [
            (STARTED - timedelta(days=14 - number % 13), person)
            for number, person in enumerate(("Bo", "Cy", "Bo", "Ana", "Bo", "Di", "Eli", "Fay", "a watcher of SHOP-15"))
        ],
        since=STARTED - timedelta(days=14),
        until=STARTED,
        in_scope=25,
        findings=22,
    ),
}
"""The pass with writing off and a fortnight's diary."""


@dataclass(frozen=True)
class Row:
    """An effective value, as the configuration tells it."""

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
    """The pass with `text` wherever words of a tracker, of a person or of an error can end up in a report."""
    base = sample()
    verdicts = tuple(_hostile_verdict(one, text) for one in base.judgement.verdicts)
    issues = tuple(one.issue for one in verdicts)
    by_key = {one.key: one for one in issues}
    return replace(
        base,
        snapshot=replace(
            base.snapshot,
            issues=issues,
            product=replace(base.snapshot.product, name=text, owner=text, goal=text),
            sprints=tuple(replace(box, name=text, goal=text) for box in base.snapshot.sprints),
        ),
        judgement=replace(
            base.judgement,
            verdicts=verdicts,
            unavailable={text: (text,)},
            unused_waivers=(text,),
            errors=(RuleError(rule="ready.testable", subject="SHOP-37", error=text),),
        ),
        deep=_hostile_deep(base.deep, text),
        capacities=tuple(_hostile_capacity(one, text) for one in base.capacities),
        proposal=replace(
            base.proposal,
            placements=tuple(replace(one, issue=by_key[one.issue.key], why=text) for one in base.proposal.placements),
            left_out=tuple(replace(one, issue=by_key[one.issue.key], why=text) for one in base.proposal.left_out),
        ),
        plan=replace(
            base.plan,
            changes=tuple(_hostile_change(change, text) for change in base.plan.changes),
            standing=(LeftAsIs(key="SHOP-24", what=text, why=text),),
        ),
        commands=Commands(fresh=(Answer(comment="501", issue="31", text=text),)),
        refused=text,
        shadow=replace(SHADOW["shadow"], post=(Post(person=text, busiest=1, total=1),)),
        outcomes=tuple(replace(one, change=_hostile_change(one.change, text), reason=text) for one in base.outcomes),
    )


def _hostile_verdict(one: Verdict, text: str) -> Verdict:
    findings = tuple(
        replace(found, message=text, hint=text, waived=found.waived and text, evidence=(Quote(text, 3),))
        for found in one.findings
    )
    return replace(one, issue=replace(one.issue, title=text, restricted=False, type=text), findings=findings)


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
        said = text.encode(errors="replace").decode()  # a digest has no bytes for half a surrogate pair
        return replace(
            change, why=text, note=CommentBody(headline=said, summary=said, fixes=(Fix(said, said, must=True),))
        )
    if isinstance(change, AddLabel | RemoveLabel):
        return replace(change, why=text, label=text)
    return replace(change, why=text)
