"""The formats of what commands print."""

from enum import StrEnum


class Form(StrEnum):
    """The format of the output."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    CSV = "csv"


class PlainForm(StrEnum):
    """The format of the output of a command that shows no page."""

    TEXT = "text"
    JSON = "json"


class PageForm(StrEnum):
    """The format of the output of a command that shows a page."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
