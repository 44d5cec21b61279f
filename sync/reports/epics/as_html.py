"""The page of epics as HTML: for a screen in the meeting, and for paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from rules.review.epics import ChildState, EpicProgress
from sync.reports import as_html
from sync.reports import format as wording
from sync.reports.address import Link
from sync.reports.epics.page import EpicsPage, child_line, progress, team_line

SHOWN = 12
"""Issues of an epic that are shown at once; the rest folds."""
CLASSES = {  # of the piece of a bar
    ChildState.DONE: "f-done",
    ChildState.RUNNING: "f-running",
    ChildState.PLANNED: "f-planned",
    ChildState.READY: "f-ready",
    ChildState.NOT_READY: "f-unready",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """The points of an epic in one state, in percent of its bar."""

    kind: str
    x: float
    width: float


def render(page: EpicsPage, navigation: Sequence[Link] = ()) -> str:
    """The page, self-contained: no script, nothing from elsewhere."""
    values = {
        "page": page,
        "navigation": navigation,
        "key": lambda key: as_html.key_link(page.site, key),
        "linked": lambda text: as_html.linked(page.site, text, [key for key in page.keys if key in text]),
        "progress": progress,
        "child_line": child_line,
        "team_line": team_line,
        "pieces": pieces,
        "states": {state.value: kind for state, kind in CLASSES.items()},
        "figure": wording.figure,
        "many": wording.many,
        "moment": wording.moment,
        "SHOWN": SHOWN,
    }
    return as_html.page("epics.html.j2", ("base.css", "planning.css", "epics.css"), values)


def pieces(epic: EpicProgress) -> tuple[Piece, ...]:
    """The bar of an epic: done, running, planned, ready, not ready, one behind the other."""
    whole = epic.points()
    sizes = [(kind, 100 * epic.points(state) / whole if whole else 0.0) for state, kind in CLASSES.items()]
    ends = accumulate(size for _, size in sizes)
    return tuple(
        Piece(kind, round(end - size, 2), round(size, 2)) for (kind, size), end in zip(sizes, ends, strict=True) if size
    )
