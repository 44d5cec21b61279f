"""How well the one-sprint forecast holds its percentages, on public sprints.

    python -m tests.benchmarks.forecast

For every board the sprints are taken in their order and each is forecast from the (at most eight) before it, by the
code the product uses. A forecast that is worth its name is reached in 85, 50 and 15 of 100 sprints. What is
delivered is the upstream `vel_diff` (delivered minus committed) plus the points of the sprint at its start.
The quarters tell whether shrinking every board's spread towards the common one wrongs steady boards.
"""

import gzip
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from statistics import fmean, pstdev

from rules.capacity.model import Range
from rules.capacity.points import Delivered, Velocity, forecast
from rules.model import Sprint, SprintState
from tests.external_data import SHARED

SPRINTS = SHARED / "data" / "sprints"
HISTORY = 8
FEWEST = 8  # boards with fewer delivering sprints say little, as in the planning note
DAYS = range(5, 36)

Series = list[float]


@dataclass(frozen=True, slots=True)
class Hit:
    """One forecast, how many sprints it rested on, how much those differed, and what then came."""

    n: int
    expected: Range
    came: float
    unrest: float = 0.0


def boards(root: Path) -> Iterator[tuple[str, Series]]:
    """Each board's delivered points in the order of its sprints."""
    for path in sorted(root.glob("*/*_iteration_0.csv.gz")):
        series: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for row in rows(path):
            came = delivered(row)
            if came > 0 and int(float(row["planday"])) in DAYS:
                series[row["boardid"]].append((int(row["sprintid"]), came))
        for board in sorted(series):
            if len(series[board]) >= FEWEST:
                yield path.parent.name, [points for _, points in sorted(series[board])]


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The table's rows; sprint names hold bare commas, so the columns after the name are counted from the right."""
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as lines:
        names = next(lines).strip().split(",")
        for line in lines:
            board, sprint, rest = line.strip().split(",", 2)
            name, *figures = rest.rsplit(",", len(names) - 3)
            yield dict(zip(names, (board, sprint, name, *figures), strict=True))


def delivered(row: dict[str, str]) -> float:
    """Points finished in a sprint."""
    at_start = sum(float(row[name]) for name in ("vel_todo", "vel_inprogress", "vel_done"))
    return float(row["vel_diff"]) + at_start


def forecasts(series: Series) -> Iterator[Hit]:
    """Every sprint but the first, forecast from those before it."""
    for place in range(1, len(series)):
        past = series[max(0, place - HISTORY) : place]
        expected = forecast(_velocity(past), 1)
        if expected is not None:
            yield Hit(place, expected, series[place], pstdev(log(points) for points in past))


def _velocity(past: Sequence[float]) -> Velocity:
    box = Sprint(id="1", name="", state=SprintState.CLOSED, board=1)
    return Velocity(tuple(Delivered(box, points) for points in past))


def told(name: str, hits: Sequence[Hit]) -> str:
    """One line of the table."""
    reached = [fmean(hit.came >= limit(hit.expected) for hit in hits) for limit in (_p15, _p50, _p85)]
    inside = fmean(hit.expected.p15 <= hit.came <= hit.expected.p85 for hit in hits)
    width = fmean((hit.expected.p85 - hit.expected.p15) / hit.expected.p50 for hit in hits if hit.expected.p50)
    figures = "  ".join(f"{value:7.3f}" for value in (*reached, inside, width))
    return f"{name:24} {len(hits):6}  {figures}"


def _p15(expected: Range) -> float:
    return expected.p15


def _p50(expected: Range) -> float:
    return expected.p50


def _p85(expected: Range) -> float:
    return expected.p85


def main() -> int:
    """Print the table; leave with 0 even where the data is absent, for it is not a part of the product."""
    if not SPRINTS.is_dir():
        print(f"skipped: no sprint data in {SPRINTS} (set READYLINE_SHARED)")
        return 0
    by_project: defaultdict[str, list[Hit]] = defaultdict(list)
    for project, series in boards(SPRINTS):
        by_project[project] += forecasts(series)
    every = [hit for hits in by_project.values() for hit in hits]
    full = [hit for hit in every if hit.n >= FEWEST]
    print(f"{'':24} {'n':>6}  {'>= P15':>7}  {'>= P50':>7}  {'>= P85':>7}  {'inside':>7}  {'width':>7}")
    print(f"{'wanted':24} {'':>6}  {0.85:7.3f}  {0.5:7.3f}  {0.15:7.3f}  {0.7:7.3f}")
    for project, hits in sorted(by_project.items()):
        print(told(f"{project}, all", hits))
    print(told("all", every))
    print(told("after 8 sprints or more", full))
    calm = sorted(full, key=lambda hit: hit.unrest)
    print(told("steadiest quarter", calm[: len(calm) // 4]))
    print(told("most restless quarter", calm[-len(calm) // 4 :]))
    for n in (1, 2, 3, 5, 8):
        print(told(f"after exactly {n}", [hit for hit in every if hit.n == n]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
