"""An HTML page taken apart, to ask of it what a browser would act on."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

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
