"""A small file that says when the last pass came to its end and what it did: for whatever watches over the worker.

A pass that fails leaves it as it was, so its age tells that something is wrong.
"""

import json
from pathlib import Path

from rules.plan.outcome import Result
from sync.errors import StoreError
from sync.reports.base import RunReport

SCHEMA = "readyline/health/1"


def beside(store: Path) -> Path:
    """Where the file lies: next to the store."""
    return store.with_name(f"{store.name}.health.json")


def note(report: RunReport, path: Path) -> None:
    """Write down that this pass came to its end; a reader sees the old file or the new one. Raises `StoreError`."""
    half = path.with_name(f".{path.name}.new")
    try:
        half.write_text(json.dumps(document(report), indent=2) + "\n", encoding="utf-8")
        half.replace(path)
    except OSError as error:
        raise StoreError(f'"{path}" cannot be written ({error.strerror}); check that its folder has room') from error


def document(report: RunReport) -> dict[str, object]:
    """The facts of a pass, as plain data."""
    ended = [outcome.result for outcome in report.outcomes]
    return {
        "schema": SCHEMA,
        "last_success": report.finished.isoformat(),
        "run": report.run,
        "seconds": round((report.finished - report.started).total_seconds(), 3),
        "requests": report.requests,
        "issues": len(report.snapshot.issues),
        "ready": len(report.judgement.ready),
        "rule_errors": len(report.judgement.errors),
        "writes": report.writes,
        "planned": len(report.plan.changes),
        "held": len(report.plan.held),
        "refused": bool(report.refused),
        **{result.value.replace("-", "_"): ended.count(result) for result in Result},
    }
