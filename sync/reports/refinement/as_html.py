"""The agenda of refinement as HTML: for a screen in the meeting, and for paper."""

from collections.abc import Sequence

from rules.refinement.shared import NAMES
from sync.reports import as_html
from sync.reports import format as wording
from sync.reports.address import Link
from sync.reports.refinement.as_text import ADVICE, DISAGREE, EXPERTS, TECHNIQUES, no_room
from sync.reports.refinement.page import RefinementPage, owners, remark, results, topic_line


def render(page: RefinementPage, navigation: Sequence[Link] = ()) -> str:
    """The page, self-contained: no script, nothing from elsewhere."""
    values = {
        "page": page,
        "navigation": navigation,
        "key": lambda key: as_html.key_link(page.site, key),
        "linked": lambda text: as_html.linked(page.site, text, [key for key in page.keys if key in text]),
        "results": results,
        "owners": owners,
        "remark": remark,
        "topic_line": topic_line,
        "no_room": tuple(no_room(page)),
        "names": NAMES,
        "ADVICE": ADVICE,
        "DISAGREE": DISAGREE,
        "EXPERTS": EXPERTS,
        "TECHNIQUES": TECHNIQUES,
        "figure": wording.figure,
        "many": wording.many,
        "day": wording.day,
        "moment": wording.moment,
    }
    return as_html.page("refinement.html.j2", ("base.css", "planning.css", "refinement.css"), values)
