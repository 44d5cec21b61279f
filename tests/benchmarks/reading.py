"""How well issues are read: by label, and by what the rules say.

Run as `python -m tests.benchmarks.reading [--ids REGEX] [--wrong] [--projects] [--held]`; skips with a reason where the
data is absent. Two sets of labelled issues are measured: the handed one and ours (tests/labels). Only ids are printed,
never texts.

For each label: of what was said, how much was right (precision), and of what was there, how much was said (recall).
For each rule: of its complaints, how many are right, and of the faults, how many it misses. The rules about the
description and the reason have no label; their complaints are judged one by one (tests/benchmarks/complaints.py).
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rules.backlog.index import Backlog
from rules.evaluate import LONG_AGO, NO_TRACKER
from rules.model import Category, Issue, Kind, Product, Snapshot
from rules.ready.acceptance import Acceptance
from rules.ready.blind_estimate import BlindEstimate
from rules.ready.expected_actual import ExpectedActual
from rules.ready.open_questions import OpenQuestions
from rules.ready.placeholders import Placeholders
from rules.ready.reproducible import Reproducible
from rules.ready.story_form import StoryForm
from rules.rule import Failed, ReadyRule, Subject
from tests.benchmarks.labelled import GOLD, Labelled, Share, handed, ours, share_of
from tests.benchmarks.material import DATA, Text, file_of
from tests.external_data import missing

HELD = "This is one of at most three measurements of the projects set aside: write its figures down."

# (label, value): what is counted as found.
TARGETS = (
    ("story_form", "yes"),
    ("story_benefit", "yes"),
    ("acceptance", "present"),
    ("acceptance", "empty"),
    ("acceptance", "na"),
    ("steps", "yes"),
    ("expected", "yes"),
    ("actual", "yes"),
    ("placeholder", "yes"),
    ("open_question", "yes"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing a rule complains about, and the label that says whether it is right.

    `faults` are the values of the label that mean a fault, and `reasons` those of the rule's answer that are about it
    (none for all). `instead` is the rule that reports some of these faults in its place. `types` are those of issues
    that the rule is about by default (none for all).
    """

    name: str
    rule: ReadyRule
    label: str
    faults: frozenset[str]
    reasons: frozenset[str] = frozenset()
    instead: ReadyRule | None = None
    types: frozenset[Kind] = frozenset()

    def is_fault(self, issue: Labelled) -> bool:
        """Whether the labels say that the fault is there; a text that reports a defect needs no story sentence."""
        labels = issue.labels
        if self.types and issue.text.kind not in self.types:
            return False
        return labels[self.label] in self.faults and not (self.label == "story_form" and labels["steps"] != "na")

    def complains(self, subject: Subject) -> bool:
        """Whether the rule reports the fault."""
        answer = self.rule.check(subject) if subject.issue.kind in self.rule.kinds else None
        return isinstance(answer, Failed) and (not self.reasons or answer.reason in self.reasons)

    def is_reported(self, subject: Subject) -> bool:
        """Whether the rule or the one in its place reports the fault."""
        other = self.instead is not None and isinstance(self.instead.check(subject), Failed)
        return other or self.complains(subject)


CHECKS = (
    Check(name="acceptance", rule=Acceptance(), label="acceptance", faults=frozenset({"absent", "empty"})),
    Check(
        name="reproducible", rule=Reproducible(), label="steps", faults=frozenset({"no"}), types=frozenset({Kind.BUG})
    ),
    Check(name="blind_estimate", rule=BlindEstimate(), label="acceptance", faults=frozenset({"absent", "empty"})),
    Check(
        name="expected_actual: expected",
        rule=ExpectedActual(),
        label="expected",
        faults=frozenset({"no"}),
        reasons=frozenset({"both", "expected"}),
    ),
    Check(
        name="expected_actual: actual",
        rule=ExpectedActual(),
        label="actual",
        faults=frozenset({"no"}),
        reasons=frozenset({"both", "actual"}),
    ),
    Check(
        name="open_questions",
        rule=OpenQuestions(),
        label="open_question",
        faults=frozenset({"yes"}),
        instead=Placeholders(),
    ),
    Check(
        name="placeholders",
        rule=Placeholders(),
        label="placeholder",
        faults=frozenset({"yes"}),
        instead=Acceptance(),
    ),
    Check(name="story_form", rule=StoryForm(), label="story_form", faults=frozenset({"no"})),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One label's figures, or one rule's, and the ids that are wrong.

    Of a label, `right` is its precision and `found` its recall; of a rule, `right` is the share of its complaints that
    are right and `found` the share of faults that are reported.
    """

    name: str
    right: Share
    found: Share
    missed: tuple[str, ...]
    false: tuple[str, ...]


def subject_of(text: Text) -> Subject:
    """An issue as a rule sees it that has nothing but a text and an estimate."""
    issue = Issue(
        id=text.id,
        key=text.id,
        type=text.type,
        kind=text.kind,
        title=text.title,
        status="",
        category=Category.TODO,
        created=LONG_AGO,
        updated=LONG_AGO,
        document=text.document,
        points=1.0,
    )
    unavailable = NO_TRACKER - {"points"}
    snapshot = Snapshot(taken_at=LONG_AGO, product=Product(name="", owner=""), issues=(issue,), unavailable=unavailable)
    return Subject(issue=issue, backlog=Backlog.of(snapshot))


Read = Sequence[tuple[Labelled, Subject]]


def read(issues: Iterable[Labelled]) -> Read:
    """Each issue with its reading."""
    return [(issue, subject_of(issue.text)) for issue in issues]


def by_label(issues: Read) -> list[Row]:
    """A row for each target."""

    def row(label: str, value: str) -> Row:
        def says(subject: Subject) -> bool:
            return bool(getattr(subject.reading.facts, label) == value)

        return _row(f"{label}={value}", issues, lambda issue: issue.labels[label] == value, says)

    return [row(label, value) for label, value in TARGETS]


def by_rule(issues: Read) -> list[Row]:
    """A row for each check."""
    return [_row(check.name, issues, check.is_fault, check.complains, check.is_reported) for check in CHECKS]


def _row(
    name: str,
    issues: Read,
    is_so: Callable[[Labelled], bool],
    says: Callable[[Subject], bool],
    reports: Callable[[Subject], bool] | None = None,
) -> Row:
    said = [(issue, is_so(issue)) for issue, subject in issues if says(subject)]
    real = [(issue, (reports or says)(subject)) for issue, subject in issues if is_so(issue)]
    return Row(
        name,
        share_of((right, issue.weight) for issue, right in said),
        share_of((found, issue.weight) for issue, found in real),
        missed=tuple(sorted(issue.text.id for issue, found in real if not found)),
        false=tuple(sorted(issue.text.id for issue, right in said if not right)),
    )


def table(rows: Iterable[Row], heads: tuple[str, str, str], *, wrong: bool) -> str:
    """The figures as text; with `wrong`, the wrong ids under each line."""
    lines = [f"{heads[0]:26} {'n':>4} {heads[1]:20} {'n':>4} {heads[2]:20}"]
    for row in rows:
        lines.append(f"{row.name:26} {row.right.count:4} {row.right!s:20} {row.found.count:4} {row.found!s:20}")
        lines += [f"    missed: {' '.join(row.missed)}"] if wrong and row.missed else []
        lines += [f"    false:  {' '.join(row.false)}"] if wrong and row.false else []
    return "\n".join(lines)


def by_project(issues: Read) -> str:
    """For each project and rule: complaints that are right, of all complaints, with the interval of their share.

    Nothing in the reader is learned from these issues by a program. A project's line is therefore also what the reader
    shows on a project, not what it learned there.
    """
    projects = sorted({issue.text.project for issue, _ in issues})
    names = [check.name.rpartition(" ")[2] for check in CHECKS]
    lines = [f"{'project':16}" + "".join(f"{name:>20}" for name in names)]
    for project in projects:
        rows = by_rule([(issue, subject) for issue, subject in issues if issue.text.project == project])
        lines.append(f"{project:16}" + "".join(f"{_of_complaints(row):>20}" for row in rows))
    return "\n".join(lines)


def _of_complaints(row: Row) -> str:
    """How many complaints are right, and the interval of their share; "" for none."""
    if not row.right.count:
        return ""
    low, high = row.right.interval
    return f"{row.right.count - len(row.false)}/{row.right.count} [{low:.2f}, {high:.2f}]"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ids", default="", help="only issues whose id matches this pattern")
    parser.add_argument("--wrong", action="store_true", help="the ids that are read wrongly")
    parser.add_argument("--projects", action="store_true", help="the complaints of each rule in each project")
    parser.add_argument("--held", action="store_true", help="the projects set aside, at most three times in all")
    options = parser.parse_args(arguments)
    if why := missing(GOLD, DATA, file_of("TIMOB")):
        print(f"skipped: {why}")
        return 0
    sets = {"ours, projects set aside": ours(held=True)} if options.held else {"handed": handed(), "ours": ours()}
    if options.held:
        print(HELD)
    for name, issues in sets.items():
        chosen = read(issue for issue in issues if re.search(options.ids, issue.text.id))
        print(f"\n{name}: {len(chosen)} issues of {len({one.text.project for one, _ in chosen})} projects")
        print(table(by_label(chosen), ("label", "precision", "recall"), wrong=options.wrong))
        print()
        print(table(by_rule(chosen), ("complaints of", "right", "faults reported"), wrong=options.wrong))
        if options.projects:
            print()
            print(by_project(chosen))
    return 0


if __name__ == "__main__":
    sys.exit(main())
