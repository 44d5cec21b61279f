"""How well the checks for atomic and minimal stories agree with people's labels.

Run as `python -m tests.benchmarks.atomic`. The labels are 630 stories of a public set (QUS criteria); it is test
material only, looked for under READYLINE_SHARED. Beside our checks stand the naive ones they must beat, and the base
rate: what calling every story faulty would reach.
"""

import csv
import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rules.document import Block, BlockKind, Document
from rules.model import Kind
from rules.ready.atomic import wants_two_things
from rules.ready.minimal import extra_in
from rules.text import read_issue
from tests.external_data import SHARED

LABELLED = SHARED / "data" / "user-stories" / "qus-labelled" / "ustai-annotated-updated.csv.gz"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A story with what people said of it."""

    text: str
    atomic: bool
    minimal: bool


@dataclass(frozen=True, slots=True)
class Score:
    """Agreement of a check with the labels."""

    check: str
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def stories() -> list[Labelled]:
    """The labelled stories; FileNotFoundError where the material is absent."""
    with gzip.open(LABELLED, "rt", encoding="utf-8", errors="replace", newline="") as lines:
        return [
            Labelled(row["User story"].strip(), row["atomic"] == "atomic", row["minimal"] == "minimal")
            for row in csv.DictReader(lines)
        ]


def is_atomic(text: str) -> bool:
    """Our check."""
    document = Document((Block(kind=BlockKind.PARAGRAPH, text=text, line=1),))
    story = read_issue("", document, Kind.STORY).story
    return story is None or not wants_two_things(story.want)


def is_minimal(text: str) -> bool:
    """Our check."""
    return not extra_in(text)


def naively_atomic(text: str) -> bool:
    """The naive one: no conjunction before the "so that"."""
    return re.search(r"\b(?:and|or)\b|[&+]", text.split(" so that ", maxsplit=1)[0].partition(", I")[2]) is None


def naively_minimal(text: str) -> bool:
    """The naive one: no bracket, no example, no second clause."""
    return re.search(r"\(|\be\.g\.|\bsuch as\b|[.;] \w", text) is None


def score(check: str, wrong: Callable[[str], bool], labelled: list[tuple[str, bool]]) -> Score:
    """How well `wrong` finds the stories that are labelled as faulty."""
    hits = sum(1 for text, fine in labelled if wrong(text) and not fine)
    told = sum(1 for text, _ in labelled if wrong(text))
    faulty = sum(1 for _, fine in labelled if not fine)
    return Score(check, hits / told if told else 0.0, hits / faulty if faulty else 0.0)


def scores() -> Iterator[Score]:
    """All rows of the table."""
    known = stories()
    atomic = [(story.text, story.atomic) for story in known]
    minimal = [(story.text, story.minimal) for story in known]
    yield score("atomic: every story", lambda _: True, atomic)
    yield score("atomic: any and/or", lambda text: not naively_atomic(text), atomic)
    yield score("atomic: ours", lambda text: not is_atomic(text), atomic)
    yield score("minimal: every story", lambda _: True, minimal)
    yield score("minimal: brackets, examples, clauses", lambda text: not naively_minimal(text), minimal)
    yield score("minimal: ours", lambda text: not is_minimal(text), minimal)


def main() -> None:
    """Print the table."""
    if not LABELLED.exists():
        print(f"The labelled stories are not at {LABELLED}; set READYLINE_SHARED.")
        return
    print(f"{'check':38} precision  recall     F1")
    for row in scores():
        print(f"{row.check:38} {row.precision:9.3f} {row.recall:7.3f} {row.f1:6.3f}")


if __name__ == "__main__":
    main()
