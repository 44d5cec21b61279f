"""Every kind of page that readyline writes, from the sample: for what must hold of all of them."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree.ElementTree import Element

import html5lib

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


def structure() -> str:
    """The outline of each page: headings, the columns of tables, charts, and what is folded."""
    with TemporaryDirectory() as folder:
        write_every_page(Path(folder))
        sources = {kind: (Path(folder) / f"{kind}.html").read_text(encoding="utf-8") for kind in KINDS}
    parts = (f"{kind}\n" + "".join(f"{line}\n" for line in outline(source)) for kind, source in sources.items())
    return "\n".join(parts)


def outline(source: str) -> Iterator[str]:
    """The lines of one page; alike lines in a row are one."""
    tree = html5lib.parse(source, namespaceHTMLElements=False)
    yield from (line for line, _ in groupby(filter(None, map(_line, tree.iter()))))


def _line(element: Element) -> str:
    match str(element.tag):
        case "h1" | "h2" | "h3" as tag:
            return f"{'  ' * int(tag[1])}{_words(element)}"
        case "table":
            columns = (_words(one) for one in element.iter("th") if one.get("scope") == "col")
            return f"        table: {' | '.join(columns) or 'without columns'}"
        case "summary":
            return f"        folded: {_words(element)}"
        case "figcaption":
            return f"        chart: {_words(element)}"
    return ""


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
