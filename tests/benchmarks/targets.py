"""How far the targets for reading are met on all labelled issues: together, and in each project.

Run as `python -m tests.benchmarks.targets [--held | --later | --fresh]`. For each label: of what was read, how much was
right (precision), and of what was there, how much was read (recall). For each rule: how many of its complaints are
right, on the labelled issues and on complaints that nobody had seen (tests/benchmarks/complaints.py). Intervals hold 95
times of 100.

No program learned from these labels. People wrote patterns by what they showed, so that a project's line is no proof of
what the reader does elsewhere; the projects set aside are (`--held`), and so are the complaints that nobody had seen.
The weights of `rules.text.scenario` are learned from sentences: `python -m tests.benchmarks.scenario` leaves out each
project in turn. Prints figures only; skips with a reason where the data is absent.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rules.measured_figures import MEASURED
from tests.benchmarks.labelled import GOLD, Share, fresh, handed, later, ours
from tests.benchmarks.material import DATA, PROJECTS, file_of
from tests.benchmarks.reading import HELD, Read, Row, by_label, by_rule, read
from tests.external_data import missing

_BY_KEY = {
    "XD": "springxd",
    "MESOS": "mesos",
    "BAM": "bamboo",
    "STUDIO": "mulestudio",
    "DURACLOUD": "duracloud",
    "TDQ": "talenddataquality",
    "MDL": "moodle",
}


@dataclass(frozen=True, slots=True)
class Target:
    """A row of figures with the least precision it should have, and the least recall, 0 for none.

    `rule` is the rule whose complaints were judged on other issues as well, "" for a label.
    """

    row: str
    precision: float
    recall: float = 0.0
    rule: str = ""


TARGETS = (
    Target("acceptance", 0.95, rule="acceptance"),
    Target("reproducible", 0.95, rule="reproducible"),
    Target("expected_actual: expected", 0.95, rule="expected_actual"),
    Target("open_questions", 0.85, rule="open_questions"),
    Target("placeholders", 0.85, rule="placeholders"),
    Target("acceptance=present", 0.95, 0.95),
    Target("story_form=yes", 0.95, 0.95),
    Target("expected=yes", 0.95, 0.95),
    Target("actual=yes", 0.95, 0.95),
    Target("steps=yes", 0.92, 0.90),
)
JUDGED_ONLY = (("described", 0.95),)
"""Rules without a label, with the share of right complaints they should have."""


def rows_of(issues: Read) -> dict[str, Row]:
    """The figures of every label and rule by their names."""
    return {row.name: row for row in (*by_label(issues), *by_rule(issues))}


def lines(issues: Read) -> Iterator[str]:
    """A line for each target: what is wanted, and what the issues together show."""
    rows = rows_of(issues)
    yield f"{'target':26} {'wanted':>9} {'right':>26} {'found':>26}  unseen complaints"
    for target in TARGETS:
        row = rows[target.row]
        wanted = f"{target.precision:.2f}" + (f"/{target.recall:.2f}" if target.recall else "")
        found = _counted(row.found) if target.recall else ""
        yield f"{target.row:26} {wanted:>9} {_counted(row.right):>26} {found:>26}  {_unseen(target.rule)}".rstrip()
    for name, least in JUDGED_ONLY:
        yield f"{name:26} {least:>9.2f} {'':>26} {'':>26}  {_unseen(name)}"


def _counted(share: Share) -> str:
    return f"{share} of {share.count:4}"


def _unseen(rule: str) -> str:
    one = MEASURED.get(rule)
    return f"{one.share:.3f} [{one.low:.2f}, {one.high:.2f}] of {one.complaints}" if one else ""


def by_project(issues: Read) -> Iterator[str]:
    """A line for each project: of each target what is right of what was said, and what was found of what was there."""
    projects = sorted({project_of(issue.text.project) for issue, _ in issues})
    yield f"{'project':18}" + "".join(f"{target.row.removeprefix('expected_actual: '):>20}" for target in TARGETS)
    for project in projects:
        rows = rows_of([one for one in issues if project_of(one[0].text.project) == project])
        yield f"{project:18}" + "".join(f"{_of(rows[target.row], target):>20}" for target in TARGETS)


def _of(row: Row, target: Target) -> str:
    right = f"{row.right.count - len(row.false)}/{row.right.count}" if row.right.count else "-"
    found = f"{row.found.count - len(row.missed)}/{row.found.count}" if row.found.count else "-"
    return f"{right}  {found}" if target.recall else right


def project_of(name: str) -> str:
    """The one name of a project, which the handed issues call by number or key."""
    source, _, rest = name.partition("/")
    if source == "gl":
        return next(project for project in PROJECTS if f"/{rest}-" in PROJECTS[project][1])
    return _BY_KEY.get(rest, rest) if rest else name


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held", action="store_true", help="the projects set aside, at most three times in all")
    parser.add_argument("--later", action="store_true", help="the issues labelled later, of projects once set aside")
    parser.add_argument("--fresh", action="store_true", help="defect reports that nobody had read before")
    options = parser.parse_args(arguments)
    if why := missing(GOLD, DATA, file_of("TIMOB")):
        print(f"skipped: {why}")
        return 0
    if options.held:
        print(HELD)
    if options.later:
        for is_read, name in ((True, "texts that were read"), (False, "texts that were not read")):
            _print(name, read(later(read=is_read)))
    elif options.fresh:
        _print("", read(fresh()))
    else:
        _print("", read(ours(held=True) if options.held else (*handed(), *ours())))
    return 0


def _print(name: str, issues: Read) -> None:
    """Print both tables."""
    if name:
        print(f"{name}: ", end="")
    print(f"{len(issues)} issues of {len({project_of(issue.text.project) for issue, _ in issues})} projects\n")
    print("\n".join(lines(issues)))
    print()
    print("\n".join(by_project(issues)))


if __name__ == "__main__":
    sys.exit(main())
