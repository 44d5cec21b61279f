"""A comment in Markdown as a page shows it.

Mentions and references are looked for in the text of the page, after Markdown, as GitHub and GitLab do.
"""

import html
import re

from markdown_it import MarkdownIt

PAGE = MarkdownIt("commonmark").enable(["table", "strikethrough"])
OURS = {"p", "strong", "em", "ul", "li"}
LIVE = re.compile(
    r"(?<![\w`])@[a-z\d]"  # a mention of a person or team
    r"|#\d|\bGH-\d"  # an issue
    r"|\b[0-9a-f]{7,40}\b"  # a commit
    r"|(?:https?:|ftp:)//\w|www\.\w|[\w.+-]+@[\w-]+\.\w"  # an address
    r"|:[a-z+\d][\w+-]*:"  # a picture
    r"|\{\{\w"  # a macro
    r"|\[[ xX]\]",  # a box to tick
    re.IGNORECASE,
)


def live_in(body: str, link: str = "") -> list[str]:
    """Elements that are not our own marks, and text that is read; `link` is the address of the one link of ours."""
    page = str(PAGE.render(re.sub(r"\n\n<!-- readyline [^>]*-->\s*$", "", body)))
    if link:
        page = re.sub(rf'<a href="{re.escape(link)}">(.*?)</a>', r"\1", page, count=1)
    elements = set(re.findall(r"</?(\w+)", page)) - OURS
    return [*sorted(elements), *LIVE.findall(html.unescape(re.sub(r"<[^>]+>", " ", page)))]
