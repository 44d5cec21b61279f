"""What another configuration would change on a stored day: verdicts, labels, comments and mails.

The changes that the run of that day planned count as written. What is left is due to the configuration alone.
"""

from dataclasses import replace
from datetime import date

from rules.plan.preview import Preview, as_written, flips_of, writes_of
from sync.config import Settings
from sync.errors import UsageError
from sync.run.as_of import OpenDay, open_day
from sync.run.context import RunContext
from sync.run.recorded import ReplayTracker
from sync.run.run import replay_run


def preview(settings: Settings, day: date | None) -> Preview:
    """Compare the verdicts of a stored day, or of the newest one, with those that these settings give.

    Nothing is asked or written. Raises `UsageError` where the day is not stored, `StoreError` and `ConfigError`.
    """
    with open_day(settings, day) as earlier:
        stored, answers = earlier.stored, earlier.stored.answers
        if not stored.verdicts:
            raise UsageError(f"no run of {day} is stored, so there is nothing to compare with; leave --against out")
        report = replay_run(_after_that_run(earlier), stored)
        changes = (*report.plan.changes, *report.plan.held)
        return Preview(
            day=answers.snapshot.taken_at.date(),
            taken_at=answers.snapshot.taken_at,
            run=stored.run,
            issues=len(report.judgement.verdicts),
            flips=flips_of(stored.verdicts, report.judgement),
            writes=writes_of(changes, report.snapshot.by_id, answers.audience, waiting=len(report.plan.held)),
            unknown=earlier.unknown,
        )


def _after_that_run(earlier: OpenDay) -> RunContext:
    """The context in which the changes of that day's run are written, and the commands of people answered."""
    context, tracker = earlier.context, earlier.context.tracker
    commands = replay_run(context, earlier.stored).commands
    context.store.commands.add(commands.fresh)
    context.store.commands.bind(commands.answers)
    assert isinstance(tracker, ReplayTracker)
    answers = tracker.answers
    read = tuple(issue for issue in answers.reads.values() if issue is not None)
    known = replace(answers.snapshot, left=read)  # those that left the backlog were read one by one
    written, ours = as_written(known, context.store.journal.memory(), earlier.stored.changes)
    context.store.journal.remember(ours)
    reads = {**answers.reads, **{issue.id: issue for issue in written.left}}
    snapshot = replace(written, left=answers.snapshot.left)
    return replace(context, tracker=ReplayTracker(replace(answers, snapshot=snapshot, reads=reads)))
