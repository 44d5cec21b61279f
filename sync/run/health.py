"""A small file that says when the last run ended and what it did: for whatever monitors the worker.

A run that fails leaves it as it was, so an old file means that something is wrong.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from rules.plan.outcome import Result
from sync.errors import StoreError
from sync.reports.base import RunReport

SCHEMA = "readyline/health/1"


def path_of(store: Path) -> Path:
    """Where the file is: next to the store."""
    return store.with_name(f"{store.name}.health.json")


def write(report: RunReport, path: Path) -> None:
    """Write that this run has ended. Raises `StoreError`."""
    write_facts(document(report), path)


def write_facts(facts: Mapping[str, object], path: Path) -> None:
    """Write the facts of a run that has ended; a reader sees the old file or the new one. Raises `StoreError`."""
    new = path.with_name(f".{path.name}.new")
    try:
        new.write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
        new.replace(path)
    except OSError as error:
        raise StoreError(f'"{path}" cannot be written ({error.strerror}); check that its folder has room') from error


def document(report: RunReport) -> dict[str, object]:
    """The facts of a run, as plain data."""
    results = [outcome.result for outcome in report.outcomes]
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
        "teams_left_out": len(report.snapshot.stopped),
        **{result.value.replace("-", "_"): results.count(result) for result in Result},
    }
