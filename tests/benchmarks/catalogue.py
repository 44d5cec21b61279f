"""How fast the whole catalogue judges real issues, and what it says about them.

Run as `python -m tests.benchmarks.catalogue [--all] [--rules] [--causes]`. Judges the open issues of a public Jira (or
all of them) on one core, in seconds of the processor: cold, with markup and reading, and with readings that an earlier
run kept in the mirror. Prints figures only, never a text. The issues are test material, looked for under
READYLINE_SHARED.
"""

import argparse
import gzip
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from rules.backlog.index import Backlog
from rules.evaluate import evaluate
from rules.issue_kinds import kind_of_type
from rules.model import Category, Issue, Link, LinkKind, Priority, Snapshot
from rules.ready import RULES
from rules.text import STANDARD
from rules.verdict import Judgement, Ruleset
from sync.logs import set_up
from sync.markup import wiki
from sync.run.readings import keep_readings, recall_readings
from sync.store.mirror import Mirror
from tests.external_data import SHARED
from tests.factories import judge, product

PROJECTS = ("TIMOB", "MOD")
TAKEN_AT = datetime.fromisoformat("2021-11-20T00:00:00+00:00")
ALL = Ruleset(product=tuple(rule() for rule in RULES))
WARM = 50  # issues judged before the clock starts: patterns are compiled at their first use

_CATEGORIES = {"new": Category.TODO, "indeterminate": Category.DOING, "done": Category.DONE}


def path_of(project: str) -> Path:
    """Where a project's issues lie."""
    return SHARED / "data" / "jira-raw" / project / "issues.jsonl.gz"


def raws_of(project: str) -> Iterator[dict[str, Any]]:
    """Every issue of a project as it came; FileNotFoundError where the material is absent."""
    with gzip.open(path_of(project), "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def issues_of(project: str) -> Iterator[Issue]:
    """Every issue of a project; FileNotFoundError where the material is absent."""
    return map(issue_of, raws_of(project))


def issue_of(raw: dict[str, Any]) -> Issue:
    """An issue of the public Jira; its epic counts as its parent."""
    told = raw["fields"]
    kind = told["issuetype"]
    return Issue(
        id=raw["id"],
        key=raw["key"],
        type=kind["name"],
        kind=kind_of_type(kind["name"], subtask=kind["subtask"]),
        title=told["summary"],
        status=told["status"]["name"],
        category=_CATEGORIES.get(told["status"]["statusCategory"]["key"], Category.TODO),
        created=datetime.fromisoformat(told["created"]),
        updated=datetime.fromisoformat(told["updated"]),
        document=wiki.read(told.get("description") or ""),
        priority=Priority(told["priority"]["name"], 1, 5) if told.get("priority") else None,
        labels=frozenset(told.get("labels", ())),
        components=tuple(component["name"] for component in told.get("components", ())),
        versions=tuple(version["name"] for version in told.get("versions", ())),
        environment=told.get("environment") or "",
        links=tuple(_link(link) for link in told.get("issuelinks", ())),
        parent=(told.get("parent") or told.get("epic") or {}).get("key"),
        subtasks=tuple(part["key"] for part in told.get("subtasks", ())),
        attachments=tuple(file["filename"] for file in told.get("attachment", ())),
    )


def _link(raw: dict[str, Any]) -> Link:
    inward = "inwardIssue" in raw
    other = raw["inwardIssue" if inward else "outwardIssue"]
    waits = {("Blocks", True): LinkKind.BLOCKED_BY, ("Blocks", False): LinkKind.BLOCKS}
    category = _CATEGORIES.get(other["fields"]["status"]["statusCategory"]["key"])
    return Link(kind=waits.get((raw["type"]["name"], inward), LinkKind.RELATES), key=other["key"], category=category)


def judged(issues: tuple[Issue, ...]) -> Judgement:
    """What the whole catalogue says."""
    return judge(Snapshot(taken_at=TAKEN_AT, product=product(), issues=issues), ALL)


def main() -> None:
    """Print issues per second, and with `--rules` how often each rule failed and passed."""
    set_up(verbosity=-1, secrets=())
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--all", action="store_true", help="closed issues as well")
    options.add_argument("--rules", action="store_true", help="failures and passes of each rule")
    options.add_argument("--causes", action="store_true", help="how many findings on 100 issues repeat another")
    asked = options.parse_args()
    for project in PROJECTS:
        if not path_of(project).exists():
            print(f"{project}: not at {path_of(project)}; set READYLINE_SHARED.")
            continue
        raws = [raw for raw in raws_of(project) if asked.all or issue_of(raw).is_open]
        _measure(project, raws, rules=asked.rules)
        if asked.causes:
            _causes(project, tuple(map(issue_of, raws)))


T = TypeVar("T")


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    """What it gives, and the seconds of the processor it takes."""
    started = time.process_time()
    made = work()
    return made, time.process_time() - started


def _measure(project: str, raws: Sequence[dict[str, Any]], *, rules: bool) -> None:
    issues = tuple(map(issue_of, raws))
    snapshot = Snapshot(taken_at=TAKEN_AT, product=product(), issues=issues)
    judged(issues[:WARM])
    _, markup = _timed(lambda: [wiki.read(raw["fields"].get("description") or "") for raw in raws])
    backlog, reading = _timed(lambda: Backlog.of(snapshot))
    judgement, judging = _timed(lambda: evaluate(backlog, ALL))
    mirror = _kept(raws, backlog)
    known, loading = _timed(lambda: recall_readings(mirror, issues, STANDARD))
    _, again = _timed(lambda: evaluate(Backlog.of(snapshot, known=known), ALL))
    mirror.close()
    steps = (("markup", markup), ("reading", reading), ("judging", judging), ("loading kept readings", loading))
    print(f"{project}: {len(issues)} issues, {len(judgement.errors)} errors")
    print("  " + ", ".join(f"{name} {1e6 * seconds / len(issues):.0f}" for name, seconds in steps) + " us an issue")
    cold, kept = (len(issues) / seconds for seconds in (markup + reading + judging, loading + again))
    print(f"  cold {cold:.0f} issues/s, with kept readings {kept:.0f} issues/s", flush=True)
    if rules:
        failed = Counter(finding.rule for verdict in judgement.verdicts for finding in verdict.findings)
        passed = Counter(path for verdict in judgement.verdicts for path in verdict.passed)
        for rule in ALL.product:
            print(f"  {rule.path:28} {failed[rule.path]:6} failed {passed[rule.path]:6} passed")


def _kept(raws: Sequence[dict[str, Any]], backlog: Backlog) -> Mirror:
    """A mirror that holds what was read."""
    mirror = Mirror.empty()
    mirror.begin(site="", account="", shape="", started=TAKEN_AT)
    mirror.keep(raws)
    mirror.keep_readings("by this program", ((issue.id, b"{}") for issue in backlog.snapshot.issues))
    keep_readings(mirror, backlog, {})
    return mirror


def _causes(project: str, issues: tuple[Issue, ...]) -> None:
    """Print how many findings reports show of 100 issues, drawn at random but always the same."""
    drawn = tuple(random.Random(1).sample(issues, min(100, len(issues))))
    findings = [finding for verdict in judged(drawn).verdicts for finding in verdict.findings]
    repeats = Counter(finding.rule for finding in findings if finding.part_of)
    share = round(100 * repeats.total() / len(findings))
    print(f"{project}: {len(findings)} findings on {len(drawn)} issues, {repeats.total()} of them part of another")
    print(f"  ({share} of 100): {len(findings) - repeats.total()} are shown")
    print("  " + ", ".join(f"{count} {rule}" for rule, count in repeats.most_common()))


if __name__ == "__main__":
    main()
