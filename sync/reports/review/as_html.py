"""The page of the Sprint Review as HTML: for a screen in the meeting, and for paper."""

from collections.abc import Sequence

from sync.reports import as_html
from sync.reports import format as wording
from sync.reports.address import Link
from sync.reports.review.page import (
    NO_GOAL,
    NO_OUTCOME,
    ReviewPage,
    carried_size,
    goal_state,
    plan_state,
    state,
)


def render(page: ReviewPage, navigation: Sequence[Link] = ()) -> str:
    """The page, self-contained: no script, nothing from elsewhere."""
    values = {
        "page": page,
        "navigation": navigation,
        "key": lambda key: as_html.key_link(page.site, key),
        "linked": lambda text: as_html.linked(page.site, text, [key for key in page.keys if key in text]),
        "state": state,
        "goal_state": goal_state,
        "carried_size": carried_size,
        "plan_state": plan_state,
        "no_goal": NO_GOAL,
        "no_outcome": NO_OUTCOME,
        "figure": wording.figure,
        "many": wording.many,
        "moment": wording.moment,
    }
    return as_html.page("review.html.j2", ("base.css", "planning.css", "review.css"), values)
