"""The old issues of a run, with the votes and watchers that they have now."""

from rules.backlog.index import Backlog
from rules.commands.answers import Commands
from rules.inventory.old_issues import OldIssues, old_issues
from rules.plan.changes import ChangePlan
from rules.verdict import Judgement
from sync.run.context import RunContext
from sync.trackers.base import CountsInterest


def asked_about(
    backlog: Backlog, judgement: Judgement, commands: Commands, plan: ChangePlan, context: RunContext
) -> OldIssues:
    """What the Product Owner is asked; votes and watchers are read again, because they change no date in a tracker."""
    tracker, options, label = context.tracker, context.old_issues, context.policy.released
    old = old_issues(backlog, judgement, commands, options, label=label, unwanted=plan.unwanted)
    if not old.offers or not isinstance(tracker, CountsInterest):
        return old
    return old.with_interest(tracker.interest([offer.issue.id for offer in old.offers]))
