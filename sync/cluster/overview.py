"""What `readyline queue` shows: each product of a cluster, as the document `readyline/queue/1` and as a page."""

from datetime import UTC, datetime
from typing import Literal

from pydantic import Field
from rich.console import Group, RenderableType
from rich.text import Text

from rules.wording import many
from sync.reports import format as wording
from sync.reports.blocks import BAD, GOOD, QUIET, SOON, grid_of, heading, line
from sync.reports.json_models import Part
from sync.reports.json_models import Text as Sound
from sync.sanitize import clip

_STYLES = {"running": GOOD, "queued": SOON, "waiting": QUIET, "stopped": BAD}


class QueuedProduct(Part):
    """A product, its run in the queue, and its last runs."""

    product: Sound
    state: Literal["running", "queued", "waiting", "stopped"]
    """Whether a run is under way or waits for a worker; stopped: the site refused the log-in."""
    due: datetime | None
    """When the next run is due; `null` where the product is stopped."""
    began: datetime | None
    """When the last run began; `null` before the first one."""
    last_good: datetime | None
    """When the last good run ended."""
    worker: Sound
    """The machine and process that began the last run."""
    failures: int
    """How many runs in a row failed."""
    why: Sound
    """What was wrong with the last run; "" where it was good."""


class QueueDocument(Part):
    """The output of `queue --format json`."""

    schema_: Literal["readyline/queue/1"] = Field(default="readyline/queue/1", alias="schema")
    workers: int
    """How many processes gave a sign of life in the last 20 seconds."""
    products: tuple[QueuedProduct, ...]


def page(document: QueueDocument) -> RenderableType:
    """The number of workers, a line for each product, and what was wrong with the last run of some."""
    title = heading("Queue", f"{many(document.workers, 'worker')}, {many(len(document.products), 'product')}")
    if not document.products:
        return Group(title, line("No worker has seen a product yet."))
    grid = grid_of(12, 8, 22, 22)
    grid.add_row(*(Text(name, QUIET) for name in ("Product", "State", "Last good run", "Next run")))
    for one in document.products:
        state = line(one.state, _STYLES[one.state])
        grid.add_row(Text(clip(one.product, 40)), state, _at(one.last_good), _at(one.due))
    failed = [one for one in document.products if one.why]
    return Group(
        title, grid, *(line(f"{one.product}, {many(one.failures, 'failed run')}: {one.why}", BAD) for one in failed)
    )


def _at(moment: datetime | None) -> Text:
    return Text("-", QUIET) if moment is None else Text(wording.moment(moment.astimezone(UTC)))
