"""What commands that only look print, kept in the mirror: while all it rests on is the same, it is printed again.

It rests on the same as the result of a run (`sync.run.unchanged`), and holds no longer.
"""

from sync.reports.base import RunReport
from sync.run.context import RunContext
from sync.run.unchanged import given, joined, lasts_until
from sync.store.mirror import KeptOutput
from sync.trackers.base import LooksFirst
from sync.trackers.damage import rebuilding


class KeptOutputs:
    """The outputs that were kept of one context. `asked` says which output is meant: the command and its options.

    A backlog with a living page has none, because its boxes are read by a whole run only. Nor has one with a run whose
    writes are still to be looked at.
    """

    def __init__(self, context: RunContext) -> None:
        self._context, self._mirror = context, context.mirror
        self._given = given(context)  # a look adds to its copy of the store

    def find(self, asked: str) -> KeptOutput | None:
        """What was printed before, where it holds; the tracker is looked at, and a pull goes on from there."""
        context, tracker = self._context, self._context.tracker
        if self._mirror is None or not isinstance(tracker, LooksFirst) or context.page:
            return None
        state = tracker.look(context.scope)
        mirror, inputs = self._mirror, joined(state, self._given)
        kept = rebuilding(mirror, lambda: mirror.output(asked, inputs)) if state else None
        if kept is None or kept.until <= context.clock() or context.store.journal.unsettled():
            return None
        tracker.stand()
        return kept

    def keep(self, asked: str, report: RunReport, content: bytes, code: int) -> None:
        """Keep what was made of a report, as `packed`; not while a team is left out or a rule is broken."""
        context, tracker = self._context, self._context.tracker
        state = tracker.state if isinstance(tracker, LooksFirst) and not context.page else ""
        faults = report.snapshot.stopped or report.judgement.errors or not report.snapshot.issues
        if self._mirror is None or not state or faults or context.store.journal.unsettled():
            return
        inputs, until = joined(state, self._given), lasts_until(report, context)
        self._mirror.keep_output(asked, KeptOutput(inputs=inputs, until=until, code=code, content=content))
