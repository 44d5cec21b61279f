"""How fast the whole catalogue judges real issues, and what it says about them.

Run as `python -m tests.benchmarks.catalogue [--all] [--rules] [--causes]`. Judges the open issues of a public Jira (or
all of them) on one core; parsing the markup is not counted. Prints figures only, never a text. The issues are test
material, looked for under READYLINE_SHARED.
"""

import argparse
import gzip
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from rules.issue_kinds import kind_of_type
from rules.model import Category, Issue, Link, LinkKind, Priority, Snapshot
from rules.ready import RULES
from rules.verdict import Judgement, Ruleset
from sync.markup import wiki
from tests.external_data import SHARED
from tests.factories import judge, product

PROJECTS = ("TIMOB", "MOD")
TAKEN_AT = datetime.fromisoformat("2021-11-20T00:00:00+00:00")
ALL = Ruleset(product=tuple(rule() for rule in RULES))

_CATEGORIES = {"new": Category.TODO, "indeterminate": Category.DOING, "done": Category.DONE}


def path_of(project: str) -> Path:
    """Where a project's issues lie."""
    return SHARED / "data" / "jira-raw" / project / "issues.jsonl.gz"


def issues_of(project: str) -> Iterator[Issue]:
    """Every issue of a project; FileNotFoundError where the material is absent."""
    with gzip.open(path_of(project), "rt", encoding="utf-8") as lines:
        yield from (issue_of(json.loads(line)) for line in lines)


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
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--all", action="store_true", help="closed issues as well")
    options.add_argument("--rules", action="store_true", help="failures and passes of each rule")
    options.add_argument("--causes", action="store_true", help="how many findings on 100 issues repeat another")
    asked = options.parse_args()
    for project in PROJECTS:
        if not path_of(project).exists():
            print(f"{project}: not at {path_of(project)}; set READYLINE_SHARED.")
            continue
        issues = tuple(i for i in issues_of(project) if asked.all or i.is_open)
        _measure(project, issues, rules=asked.rules)
        if asked.causes:
            _causes(project, issues)


def _measure(project: str, issues: tuple[Issue, ...], *, rules: bool) -> None:
    started = time.perf_counter()
    judgement = judged(issues)
    seconds = time.perf_counter() - started
    speed = len(issues) / seconds
    print(f"{project}: {len(issues)} issues in {seconds:.1f} s, {speed:.0f} issues/s, {len(judgement.errors)} errors")
    if rules:
        failed = Counter(finding.rule for verdict in judgement.verdicts for finding in verdict.findings)
        passed = Counter(path for verdict in judgement.verdicts for path in verdict.passed)
        for rule in ALL.product:
            print(f"  {rule.path:28} {failed[rule.path]:6} failed {passed[rule.path]:6} passed")


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
