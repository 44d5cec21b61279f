"""The Markdown of commands that show no whole report, with the text in every field."""

from dataclasses import replace
from functools import lru_cache

from sync.doctor.check import Check, Examination, State
from sync.doctor.output import as_markdown as doctor
from sync.reports import baseline, lint, outcomes, run_history
from sync.reports.base import CutRun, HistoryEntry, Threshold
from sync.reports.issue import as_markdown as issue
from sync.reports.issue.page import IssuePage
from sync.reports.markdown import sentences
from sync.store.baseline import Accepted
from tests.sync.reports.sample import SITE, STARTED, history_of_run, hostile


@lru_cache(maxsize=64)
def in_markdown(text: str) -> str:
    """Every such page, one after the other."""
    report = hostile(text)
    verdict = report.judgement.verdicts[5]
    rule = verdict.findings[0].rule
    thresholds = (Threshold(rule=rule, option="words", value=text, origin=text),)
    page = IssuePage(verdict, SITE, 5, text, (text,), thresholds, text)
    history = history_of_run()
    return "\n".join(
        (
            issue.why(page),
            issue.why_rule(page, rule),
            lint.markdown((lint.Linted(verdict, text, 1, is_whole_file=True),)),
            run_history.markdown(replace(history, written=tuple(_written(one, text) for one in history.written))),
            outcomes.undo_markdown("first", report.plan, report.outcomes),
            outcomes.cut_run_markdown(CutRun(run="second", why=text, report=report)),
            baseline.as_markdown(
                (Accepted("f", "SHOP-1", rule, text, text, STARTED.isoformat()),), "accepted", "Done."
            ),
            doctor(Examination((Check(text, State.FAILED, text, text),))),
            sentences((text, text)),
        )
    )


def _written(entry: HistoryEntry, text: str) -> HistoryEntry:
    grounds = tuple(replace(one, says=text) for one in entry.grounds)
    return replace(entry, value=text, why=text, reason=text, before=text, after=text, grounds=grounds)
