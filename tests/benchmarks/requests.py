"""How often a wish without acceptance criteria says by itself when it is done, as readers see it.

    python -m tests.benchmarks.requests

`tests/labels/requests.jsonl` holds 833 wishes without criteria. Readers who wrote no rules judged the complaint that
criteria are missing: right, pedantic (they would only repeat the text) or wrong (none are asked of such an issue). One
to four readers saw each. The table shows, for each reason of `rules.text.plain_request` and for what is still
complained about, the share of complaints that are not right, and of wrong ones. Prints figures only.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from rules.text import read_issue
from rules.text.plain_request import why_clear
from tests.benchmarks.labelled import FOLDER
from tests.benchmarks.material import DATA, file_of, texts_of
from tests.external_data import missing

JUDGED = FOLDER / "requests.jsonl"
ASKED = "still complained about"
SILENT = "all reasons to be silent"
_JIRA = ("TIMOB", "MOD")
_OTHERS = "others"


@dataclass(slots=True)
class Share:
    """Complaints, and how many of them are not right and wrong; where readers differ, parts of one."""

    complaints: int = 0
    not_right: float = 0.0
    wrong: float = 0.0

    def add(self, judged: list[str]) -> None:
        """Count one complaint with the judgements of its readers."""
        self.complaints += 1
        self.not_right += 1 - judged.count("right") / len(judged)
        self.wrong += judged.count("wrong") / len(judged)

    def __str__(self) -> str:
        """The number of complaints and both shares."""
        if not self.complaints:
            return f"{'-':>19}"
        return f"{self.complaints:5}  {self.not_right / self.complaints:.2f}  {self.wrong / self.complaints:.2f}"


def reasons() -> Iterator[tuple[str, str, list[str]]]:
    """The project of each judged issue, why the text is clear or `ASKED`, and what its readers said."""
    rows = [json.loads(line) for line in JUDGED.read_text(encoding="utf-8").splitlines()]
    said = {row["id"]: row["judged"] for row in rows}
    for project in sorted({row["project"] for row in rows}):
        for text in texts_of(project):
            if text.id not in said:
                continue
            document = text.document
            reading = read_issue(text.title, document, text.kind)
            why = why_clear(text.title, document, reading)
            yield project, why or ASKED, said[text.id]


def table() -> str:
    """A line for each reason, with three columns for each of two projects and the others."""
    shares: defaultdict[str, defaultdict[str, Share]] = defaultdict(lambda: defaultdict(Share))
    for project, why, said in reasons():
        place = project if project in _JIRA else _OTHERS
        shares[why][place].add(said)
        if why != ASKED:
            shares[SILENT][place].add(said)
    columns = (*_JIRA, _OTHERS)
    order = sorted(shares, key=lambda why: (why == ASKED, why == SILENT, why))
    rows = (f"{why:42}  " + "  ".join(f"{shares[why][name]!s:>19}" for name in columns) for why in order)
    return "\n".join((f"{'':42}  " + "  ".join(f"{name:>19}" for name in columns), *rows))


def main() -> int:
    """Print the table."""
    if why := missing(DATA, file_of("TIMOB")):
        print(f"skipped: {why}")
    else:
        print("complaints, share not right, share wrong")
        print(table())
    return 0


if __name__ == "__main__":
    sys.exit(main())
