"""An HTML page taken apart, to ask of it what a browser would act on."""

from collections.abc import Collection
from dataclasses import dataclass, field
from html.parser import HTMLParser

from sync.reports import RENDERERS, pages
from sync.reports.address import FIRST, team_files
from sync.reports.base import RunReport

VOID = {"meta", "br", "hr", "img", "input", "link", "source", "wbr", "base"}


@dataclass
class Element:
    """A start tag: its name and its attributes."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Page(HTMLParser):
    """All elements in order, and the tags that were opened and never closed."""

    source: str
    elements: list[Element] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data: str) -> None:
        if self.elements:
            self.elements[-1].text += data

    def all(self, tag: str) -> list[Element]:
        """Every element of one name."""
        return [element for element in self.elements if element.tag == tag]

    @property
    def text(self) -> str:
        """All text between the tags."""
        return " ".join(element.text for element in self.elements if element.tag != "style")

    @property
    def shape(self) -> list[str]:
        """The tags in order: what a text of an issue must never change."""
        return [element.tag for element in self.elements]


def first_page(report: RunReport) -> str:
    """The Product Owner's page of a run."""
    return pages.render(report)[FIRST]


def all_pages(report: RunReport, beside: Collection[str] = ("planning",)) -> str:
    """Every page of the HTML report of a run, one after the other."""
    return "".join(pages.render(report, beside).values())


def team_page(report: RunReport, team: str) -> str:
    """The page of a team's Scrum Master."""
    return pages.render(report)[team_files(one.name for one in report.snapshot.product.teams)[team]]


def made(kind: str, report: RunReport) -> str:
    """Every file of a kind of report, one after the other."""
    return "".join(RENDERERS[kind].render(report, RENDERERS).values())
