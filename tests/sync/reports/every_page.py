"""Every kind of page that readyline writes, from the sample: for what must hold of all of them."""

from pathlib import Path

from sync.reports import write
from sync.reports.epics import as_html as epics
from sync.reports.planning import as_html as planning
from sync.reports.planning.team import team_page
from sync.reports.refinement import as_html as refinement
from sync.reports.review import as_html as review
from tests.sync.reports import test_epics, test_refinement, test_review
from tests.sync.reports.busy import TEAM, busy
from tests.sync.reports.sample import sample

KINDS = (
    "index",
    "readyline",
    "readyline-team-payments",
    "readyline-planning",
    "readyline-admin",
    "part-two",
    "refinement",
    "review",
    "epics",
)


def write_every_page(folder: Path) -> None:
    """Write one page of each kind into a folder."""
    write(sample(), ("html", "planning"), folder)
    part_two = team_page(busy(4), TEAM)
    assert part_two is not None
    made = {
        "part-two": planning.team(part_two),
        "refinement": refinement.render(test_refinement.page()),
        "review": review.render(test_review.page()),
        "epics": epics.render(test_epics.page()),
    }
    for name, source in made.items():
        (folder / f"{name}.html").write_text(source, encoding="utf-8")
