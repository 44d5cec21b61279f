"""What people decided, as a run reads it: commands in comments, waivers, the baseline, and which marks are ours."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rules.backlog.index import Backlog
from rules.commands.answers import Commands
from rules.commands.read import read_commands
from rules.evaluate import judge_alone
from rules.model import OwnMarks, Snapshot
from rules.plan.decisions import without_idle_waivers
from rules.plan.policy import Policy
from rules.plan.promises import with_promises
from rules.verdict import Ruleset, Waiver
from sync.run.context import RunContext
from sync.store import Store
from sync.trackers.base import Tracker


def given_commands(snapshot: Snapshot, context: RunContext, store: Store) -> Commands:
    """The commands in the comments of a snapshot, with promises by the team that takes the issue."""
    paths = {rule.path for rule in context.ruleset.product}
    read = read_commands(
        snapshot,
        allowed=context.commanders,
        rules=paths,
        given=store.commands.answers(),
        keep_days=context.old_issues.keep_days,
    )
    return with_promises(read, replace(snapshot, takers=read.takers))


def counted_commands(commands: Commands, backlog: Backlog, context: RunContext, store: Store) -> Commands:
    """The commands without waivers of what does not fail."""
    snapshot = backlog.snapshot
    earlier = tuple(answer.waiver for answer in store.commands.answers() if answer.waiver is not None)
    rules = rules_today(context.ruleset, earlier, store, snapshot)
    return without_idle_waivers(commands, snapshot, lambda issue: judge_alone(backlog, issue, rules))


def rules_today(ruleset: Ruleset, waived: Sequence[Waiver], store: Store, snapshot: Snapshot) -> Ruleset:
    """The configured rules with what people accepted: the baseline of the first day, and waivers from comments.

    Waivers name people, and follow issues that moved to another key.
    """
    names, renamed = snapshot.names, snapshot.renamed
    waivers = tuple(
        replace(
            waiver,
            owner=names.get(waiver.owner, waiver.owner),
            issue=renamed.get(waiver.issue, waiver.issue),
        )
        for waiver in (*ruleset.waivers, *waived)
    )
    return replace(ruleset, waivers=waivers, baseline=store.baseline.reasons())


def known_marks(snapshot: Snapshot, policy: Policy, store: Store, tracker: Tracker) -> Mapping[str, OwnMarks]:
    """What we know to be ours; where the store was lost, our property in the tracker of issues with our labels."""
    memory = store.journal.memory()
    forgotten = [
        issue
        for issue in (*snapshot.issues, *snapshot.history)
        if issue.id not in memory and not issue.labels.isdisjoint(policy.own_labels)
    ]
    for issue in forgotten:
        fresh = tracker.read(issue.id)
        if fresh is not None:
            memory[issue.id] = fresh.marks
    return memory
