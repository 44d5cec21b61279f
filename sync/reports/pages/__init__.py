"""The HTML report: one page a role. The Product Owner's is the first, and an overview links all of them."""

from collections.abc import Collection

from sync.reports import address
from sync.reports.base import RunReport
from sync.reports.pages import admin, index, product_owner, team
from sync.reports.redact import shared


def render(report: RunReport, beside: Collection[str] = ()) -> dict[str, str]:
    """The text of every page by its file name, the first page first; `beside` are the kinds in the same folder."""
    report = shared(report)
    files = address.team_files(one.name for one in report.snapshot.product.teams)

    def links(here: str) -> tuple[address.Link, ...]:
        return address.links(files, here, beside)

    planning = address.STEM + address.PLANNING_SUFFIX if address.PLANNING in beside else ""
    return {
        address.FIRST: product_owner.render(report, links(address.FIRST)),
        **{file: team.render(report, name, links(file)) for name, file in files.items()},
        address.ADMIN: admin.render(report, links(address.ADMIN)),
        address.INDEX: index.render(report, links(address.INDEX), planning),
    }
