"""The report of a run as it would be with other people or without some issues. Nothing is written."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from rules.capacity.compute import capacities
from rules.evaluate import evaluate
from rules.model import Product
from rules.planning.part_one import part_one
from rules.planning.what_if import Picture, compare
from sync.reports.base import RunReport
from sync.run.context import RunContext
from sync.run.decisions import rules_today
from sync.run.look import allocated, scored


def what_if(
    report: RunReport, context: RunContext, product: Product, without: Collection[str], assumed: Iterable[str]
) -> RunReport:
    """The report with this product and without these issues (their keys), compared with the one given."""
    store, before = context.store, report.snapshot
    rest = tuple(issue for issue in before.issues if issue.key not in without)
    snapshot = replace(before, product=product, issues=rest)
    of_teams = capacities(snapshot, context.capacity, store.forecasts.all())
    same = report.backlog.near_duplicates
    backlog = replace(report.backlog, snapshot=snapshot, capacities=of_teams, same_texts=same)
    ruleset = rules_today(context.ruleset, report.commands.waivers, store, snapshot)
    judgement = evaluate(backlog, ruleset)
    deep = scored(backlog, judgement, ruleset, context)
    proposal, goals = allocated(backlog, judgement, report.commands, context)
    changed = replace(
        report,
        backlog=backlog,
        judgement=judgement,
        deep=deep,
        capacities=proposal.capacities,
        proposal=proposal,
        goals=goals,
        before=report.capacities,
    )
    differences = compare(_picture(report), _picture(changed), assumed=assumed, without=without)
    return replace(changed, what_if=differences)


def _picture(report: RunReport) -> Picture:
    whole = part_one(report.backlog, report.judgement, report.proposal, report.goals)
    return Picture(whole, {runway.team: runway.usual_on for runway in report.deep.runways})
