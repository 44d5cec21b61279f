"""JSON: one document per command, by the contract in `json_models`; the same input gives the same bytes."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rules.deep.model import Deep
from rules.plan.changes import Change, ChangePlan, as_data
from rules.plan.outcome import Outcome
from rules.plan.preview import Preview
from rules.planning.goals import TeamGoal
from rules.rule import Finding
from rules.verdict import AgentVerdict, Judgement, Verdict
from sync.absences.model import LeftOut
from sync.reports import capacity_as_json, inventory_as_json, look_ahead, planned_writes
from sync.reports.base import CutRun, RunReport, Threshold
from sync.reports.coverage import Coverage, coverage
from sync.reports.json_models import contract as doc
from sync.reports.json_models import dump, dump_with
from sync.reports.lint import Linted, tallies
from sync.reports.redact import shared, shared_verdict
from sync.reports.selection import ALL, Selection, select
from sync.store.baseline import Accepted
from sync.store.serialization import marks_to_json

PROPERTY = "readyline"
"""The name of our issue property in the tracker."""


def render(report: RunReport) -> str:
    """The whole run as `readyline/report/1`."""
    return dump(report_document(report))


def lint_document(checked: Sequence[Linted]) -> doc.LintDocument:
    """The verdicts of `lint`, in the order of its input, and how often each rule complains."""
    parts = zip(checked, _issues([one.verdict for one in checked]), strict=True)
    return doc.LintDocument(
        issues=tuple(doc.LintedPart(**dict(part), file=one.file, line=one.line) for one, part in parts),
        statistics=tuple(doc.TallyPart.model_validate(tally) for tally in tallies(checked)),
    )


def check_document(report: RunReport, selection: Selection = ALL) -> doc.CheckDocument:
    """The verdicts on the selected issues, and the DEEP measures of the whole backlog."""
    frame, issues = _check(report, selection)
    return frame.model_copy(update={"issues": tuple(issues)})


def check_portions(report: RunReport, selection: Selection) -> Iterator[str]:
    """The text of `check_document` in portions: that of a large backlog is never in memory as a whole."""
    frame, issues = _check(report, selection)
    return dump_with(frame, "issues", issues)


def _check(report: RunReport, selection: Selection) -> tuple[doc.CheckDocument, Iterator[doc.IssuePart]]:
    """The document without its issues, and the issues."""
    report = shared(report)
    frame = doc.CheckDocument(
        product=report.snapshot.product.name,
        issues=(),
        deep=_deep(report.deep),
        **_silences(report.judgement),
        unknown_links=report.snapshot.unknown_links,
        left_out_teams=_left_out_teams(report),
        **_rests_on(report, filtered=not selection.is_whole),
        old_issues=inventory_as_json.old_issues(report.old_issues),
        new_issues=inventory_as_json.new_issues(report.new_issues),
        contents=inventory_as_json.contents(report.contents),
    )
    return frame, _issues(select(report, selection).verdicts, report.plan.left_alone)


def why_document(report: RunReport, key: str, thresholds: Iterable[Threshold], rule: str = "") -> doc.CheckDocument:
    """The verdict on one issue with the thresholds of its rules; with `rule` (its path), only what it says."""
    document = check_document(report, Selection(keys=frozenset({key})))
    issues = tuple(_only(issue, rule) for issue in document.issues) if rule else document.issues
    parts = tuple(doc.ThresholdPart.model_validate(one) for one in thresholds)
    return document.model_copy(update={"issues": issues, "thresholds": parts})


def _only(issue: doc.IssuePart, rule: str) -> doc.IssuePart:
    return issue.model_copy(
        update={
            "findings": tuple(one for one in issue.findings if one.rule == rule),
            "passed": tuple(path for path in issue.passed if path == rule),
            "agent": None if issue.agent is None else _only_of_agent(issue.agent, rule),
            "due": tuple(one for one in issue.due if one.rule == rule),
        }
    )


def _only_of_agent(agent: doc.AgentPart, rule: str) -> doc.AgentPart:
    findings = tuple(one for one in agent.findings if one.rule == rule)
    passed = tuple(path for path in agent.passed if path == rule)
    return agent.model_copy(update={"findings": findings, "passed": passed})


def plan_document(report: RunReport) -> doc.PlanDocument:
    """The proposal with what is left out, the exact changes, their digest, and why they were refused if they were."""
    report = shared(report)
    wiki = None if report.wiki is None else doc.WikiPagePart.model_validate(report.wiki)
    return doc.PlanDocument(**_plan(report), proposal=_proposal(report), confluence=wiki, **_rests_on(report))


def capacity_document(report: RunReport, *, filtered: bool = False) -> doc.CapacityDocument:
    """What each team can take on; `filtered` where only one team is in the report."""
    return doc.CapacityDocument(
        teams=capacity_as_json.teams(report.capacities, report.before),
        what_if=None if report.what_if is None else doc.WhatIfPlanPart.model_validate(report.what_if),
        absences_left_out=uncounted_parts(report.absences_left_out),
        left_out_teams=_left_out_teams(report),
        **_rests_on(report, filtered=filtered),
    )


def _rests_on(report: RunReport, *, filtered: bool = False) -> dict[str, Any]:
    """How complete the issues are, and of when."""
    earlier = None if report.earlier is None else doc.EarlierDayPart.model_validate(report.earlier)
    return {**coverage_parts(coverage(report, filtered=filtered)), "earlier_day": earlier}


def coverage_parts(rests_on: Coverage) -> dict[str, Any]:
    """How complete the issues are, and of when, for documents of several commands."""
    return {"coverage": doc.CoveragePart.model_validate(rests_on), "as_of": rests_on.as_of}


def uncounted_parts(left_out: Iterable[LeftOut]) -> tuple[doc.UncountedPart, ...]:
    """What the absence files hold that is not counted, for documents of several commands."""
    return tuple(doc.UncountedPart.model_validate(one) for one in left_out)


def run_document(report: RunReport) -> doc.RunDocument:
    """The plan and the outcome of each change."""
    report = shared(report)
    return doc.RunDocument(
        run=report.run,
        writes=report.writes,
        quiet_until=report.quiet_until,
        shadow=None if report.go_live is None else doc.GoLivePart.model_validate(report.go_live),
        outcomes=_outcomes(report.outcomes, planned_writes.written_texts(report)),
        **_plan(report),
    )


def unchanged_document(standing: str, run: str) -> doc.RunDocument:
    """What a run says whose result is still that of an earlier one; `standing` is what that one printed."""
    former = doc.RunDocument.model_validate_json(standing)
    return former.model_copy(update={"run": run, "unchanged_since": former.run})


def cut_run_document(cut: CutRun) -> doc.CutRunDocument:
    """What a run that was cut short had done until then, and how to go on."""
    outcomes: tuple[doc.OutcomePart, ...] = ()
    if cut.report is not None:
        report = shared(cut.report)
        outcomes = _outcomes(report.outcomes, planned_writes.written_texts(report))
    return doc.CutRunDocument(run=cut.run, why=cut.why, outcomes=outcomes, go_on=cut.how_to_go_on)


def report_document(report: RunReport) -> doc.ReportDocument:
    """Everything a run read, found, planned and did."""
    report = shared(report)
    product = report.snapshot.product
    return doc.ReportDocument(
        run=report.run,
        started=report.started,
        finished=report.finished,
        site=report.site,
        requests=report.requests,
        product=product.name,
        owner=product.owner,
        goal=product.goal,
        issues=tuple(_issues(report.judgement.verdicts, report.plan.left_alone)),
        deep=_deep(report.deep),
        teams=capacity_as_json.teams(report.capacities),
        proposal=_proposal(report),
        writes=report.writes,
        **_rests_on(report),
        old_issues=inventory_as_json.old_issues(report.old_issues),
        new_issues=inventory_as_json.new_issues(report.new_issues),
        contents=inventory_as_json.contents(report.contents),
        quiet_until=report.quiet_until,
        shadow=None if report.go_live is None else doc.GoLivePart.model_validate(report.go_live),
        outcomes=_outcomes(report.outcomes, planned_writes.written_texts(report)),
        history=tuple(doc.TrendPart.model_validate(trend) for trend in report.history),
        learned=None if report.learned is None else doc.LearnedPart.model_validate(report.learned),
        **_silences(report.judgement),
        **_plan(report),
    )


def baseline_document(rows: Iterable[Accepted], accepted: int) -> doc.BaselineDocument:
    """The findings that were shown, and how many are accepted now."""
    findings = tuple(
        doc.AcceptedPart(
            fingerprint=row.fingerprint, issue=row.key, rule=row.rule, missing=row.phrase, because=row.because
        )
        for row in rows
    )
    return doc.BaselineDocument(accepted=accepted, findings=findings)


def undo_document(run: str, undoes: str, plan: ChangePlan, outcomes: Sequence[Outcome]) -> doc.UndoDocument:
    """What of a run was undone by which run, and what was kept."""
    return doc.UndoDocument(run=run, undoes=undoes, outcomes=_outcomes(outcomes, {}), conflicts=_left_as_is(plan))


def preview_document(preview: Preview, config: str, max_flips: int | None) -> doc.PreviewDocument:
    """What another configuration would change."""
    flips = tuple(
        doc.FlipPart(
            issue=flip.key,
            before=flip.before.value,
            after=flip.after.value,
            fails=flip.fails,
            passes=flip.passes,
            rules=flip.rules,
        )
        for flip in preview.flips
    )
    writes = preview.writes
    return doc.PreviewDocument(
        config=config,
        day=preview.day,
        taken_at=preview.taken_at,
        run=preview.run,
        issues=preview.issues,
        flips=flips,
        labels=writes.labels,
        comments=writes.comments,
        moves=writes.moves,
        mails=sum(writes.mails.values()),
        people=len(writes.mails),
        waiting=writes.waiting,
        unknown=preview.unknown,
        max_flips=max_flips,
    )


def _issues(verdicts: Iterable[Verdict], left_alone: Mapping[str, str] | None = None) -> Iterator[doc.IssuePart]:
    notes = left_alone or {}
    return (_issue(shared_verdict(verdict), notes.get(verdict.issue.key, "")) for verdict in verdicts)


def _issue(verdict: Verdict, left_alone: str) -> doc.IssuePart:
    return doc.IssuePart(
        id=verdict.issue.id,
        key=verdict.issue.key,
        verdict=verdict.state.value,
        agent=_agent(verdict.agent),
        score=verdict.score,
        findings=tuple(map(_finding, verdict.findings)),
        passed=verdict.passed,
        due=tuple(
            doc.DuePart(rule=due.rule, missing=due.finding.message, within_sprints=due.within) for due in verdict.due
        ),
        facts=doc.FactsPart.model_validate(verdict.facts),
        distance=verdict.distance,
        near=verdict.in_horizon,
        left_alone=left_alone,
    )


def _agent(agent: AgentVerdict | None) -> doc.AgentPart | None:
    if agent is None:
        return None
    findings = tuple(map(_finding, agent.findings))
    return doc.AgentPart(verdict=agent.state.value, findings=findings, passed=agent.passed)


def _finding(finding: Finding) -> doc.FindingPart:
    return doc.FindingPart.model_validate(finding)


def _deep(deep: Deep) -> doc.DeepPart:
    runways = tuple(doc.RunwayPart.model_validate(runway) for runway in deep.runways)
    return doc.DeepPart(
        score=deep.score,
        grade=deep.grade,
        confidence=deep.confidence,
        letters=tuple(doc.LetterPart.model_validate(letter) for letter in deep.letters),
        runway=doc.RunwaysPart(
            product=next((runway for runway in runways if not runway.team), None),
            teams=tuple(runway for runway in runways if runway.team),
        ),
        actions=tuple(doc.ActionPart.model_validate(action) for action in deep.actions),
    )


def _silences(judgement: Judgement) -> dict[str, Any]:
    return {
        "blind": tuple(
            doc.SilencePart(missing=name, rules=rules) for name, rules in sorted(judgement.unavailable.items())
        ),
        "unused_waivers": judgement.unused_waivers,
        "errors": tuple(doc.RuleErrorPart.model_validate(error) for error in judgement.errors),
    }


def _plan(report: RunReport) -> dict[str, Any]:
    plan: ChangePlan = report.plan
    texts = planned_writes.written_texts(report)
    return {
        "digest": plan.digest,
        "refused": doc.RefusalPart(reason=report.refused) if report.refused else None,
        "in_scope": plan.in_scope,
        "changes": tuple(_change(change, texts) for change in plan.changes),
        "properties": tuple(
            doc.PropertyPart(issue=key, property=PROPERTY, value=json.loads(marks_to_json(marks)))
            for key, marks in planned_writes.properties(report).items()
        ),
        "standing": _left_as_is(plan),
        "left_alone": tuple(doc.LeftAlonePart(issue=key, why=why) for key, why in plan.unwanted.items()),
        "left_out_teams": _left_out_teams(report),
    }


def _left_out_teams(report: RunReport) -> tuple[doc.LeftOutTeamPart, ...]:
    return tuple(doc.LeftOutTeamPart(team=team, why=why) for team, why in report.snapshot.stopped.items())


def _left_as_is(plan: ChangePlan) -> tuple[doc.LeftAsIsPart, ...]:
    return tuple(doc.LeftAsIsPart(issue=one.key, what=one.what, why=one.why) for one in plan.left_as_is)


def _change(change: Change, texts: Mapping[Change, str]) -> doc.ChangePart:
    return doc.ChangePart(**as_data(change), text=texts.get(change, ""))


def _outcomes(outcomes: Iterable[Outcome], texts: Mapping[Change, str]) -> tuple[doc.OutcomePart, ...]:
    return tuple(
        doc.OutcomePart(
            change=_change(one.change, texts), outcome=one.result.value, reason=one.reason, status=one.status
        )
        for one in outcomes
    )


def goal_part(goal: TeamGoal) -> doc.GoalPart:
    """The Sprint Goal of one team."""
    return doc.GoalPart(
        team=goal.team,
        sprint=goal.sprint.id if goal.sprint else None,
        goal=goal.text,
        key_issue=goal.key,
        issues=tuple(
            doc.GoalLinkPart(issue=key, why=why, planned=key in goal.planned) for key, why in goal.links.items()
        ),
        findings=tuple(doc.GoalFindingPart(code=one.code, text=one.text) for one in goal.findings),
    )


def _proposal(report: RunReport) -> doc.ProposalPart:
    return doc.ProposalPart(
        goals=tuple(map(goal_part, report.goals)),
        unit=report.snapshot.unit.value,
        placements=tuple(map(doc.PlacementPart.model_validate, report.proposal.placements)),
        left_out=tuple(map(doc.LeftOutPart.model_validate, report.proposal.left_out)),
        look_ahead=look_ahead.as_json(report.look_ahead),
    )
