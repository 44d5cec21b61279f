"""How well issues are read: precision and recall per label on the labelled issues.

Run as `python -m tests.benchmarks.reading [--ids REGEX] [--show]`; skips with a reason where the data is absent.
Only ids are printed, never texts.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rules.model import Kind
from rules.text import read_issue
from sync import markup
from tests.external_data import SHARED

GOLD = SHARED / "gold" / "dev.jsonl"

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
_KINDS = {"bug": Kind.BUG, "story": Kind.STORY, "epic": Kind.EPIC}


@dataclass(frozen=True)
class Row:
    """One label's figures and the ids read wrongly."""

    label: str
    right: int
    missed: tuple[str, ...]
    false: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Of what was said, how much was right."""
        return _share(self.right, self.right + len(self.false))

    @property
    def recall(self) -> float:
        """Of what was there, how much was said."""
        return _share(self.right, self.right + len(self.missed))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def dialect_of(issue: Mapping[str, Any]) -> str | None:
    """The dialect a tracker would know: wiki for Jira, Markdown for GitLab, unknown for flattened exports."""
    return {"jira": "wiki", "gl": "markdown"}.get(issue["id"].split("/")[0])


def facts_of(issue: Mapping[str, Any]) -> dict[str, str]:
    """What the product reads in one labelled issue."""
    document = markup.read(issue["text"], dialect_of(issue))
    kind = _KINDS.get(issue["type"].lower(), Kind.TASK)
    return asdict(read_issue(issue["title"], document, kind).facts)


def score(issues: Iterable[Mapping[str, Any]]) -> list[Row]:
    """A row for each target."""
    read = [(issue["id"], issue["labels"], facts_of(issue)) for issue in issues]
    return [_row(label, value, read) for label, value in TARGETS]


def _row(label: str, value: str, read: Sequence[tuple[str, Mapping[str, str], Mapping[str, str]]]) -> Row:
    wanted = {name for name, labels, _ in read if labels[label] == value}
    said = {name for name, _, facts in read if facts[label] == value}
    return Row(f"{label}={value}", len(wanted & said), tuple(sorted(wanted - said)), tuple(sorted(said - wanted)))


def table(rows: Iterable[Row]) -> str:
    """The figures as text, wrong ids under each line."""
    lines = [f"{'label':22} {'n':>4} {'precision':>10} {'recall':>8}"]
    for row in rows:
        count = row.right + len(row.missed)
        lines.append(f"{row.label:22} {count:4} {row.precision:10.3f} {row.recall:8.3f}")
        lines += [f"    missed: {' '.join(row.missed)}"] if row.missed else []
        lines += [f"    false:  {' '.join(row.false)}"] if row.false else []
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ids", default="", help="only issues whose id matches this pattern")
    options = parser.parse_args(arguments)
    if not GOLD.is_file():
        print(f"skipped: {GOLD} does not exist; set READYLINE_SHARED to the folder that holds gold/dev.jsonl")
        return 0
    issues = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    print(table(score(issue for issue in issues if re.search(options.ids, issue["id"]))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
