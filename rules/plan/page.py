"""When our part of the living page is written: only when it says something else, and people have nothing against it."""

import re
from collections.abc import Mapping
from dataclasses import replace

from rules.document import BlockKind
from rules.model import Issue, OwnMarks, Snapshot
from rules.plan.changes import PAGE, ChangePlan, LeftAsIs, PutPage
from rules.plan.grounds import PAGE as BY_PAGE
from rules.plan.grounds import Ground
from rules.plan.left_alone import wish_of
from rules.plan.marks import PAUSED, marks_of
from rules.plan.page_body import BEGIN, END, PageBody
from rules.plan.policy import Policy

_BOX = re.compile(r"Accept (?P<key>\S+) for (?P<team>.+) \((?P<sprint>.+)\)")
WHO = "a box on it is ticked, but its history does not say who did that; comment the command on the issue"
WHY = "the page in the tracker says something else by now"


def with_page(
    plan: ChangePlan,
    snapshot: Snapshot,
    body: PageBody,
    policy: Policy,
    memory: Mapping[str, OwnMarks],
    hands_off: Mapping[str, bool],
) -> ChangePlan:
    """The plan with a change of the living page at its end, where what is there is not `body`.

    `hands_off` says, by issue id, what people last wrote in comments about readyline. Where a person ticked a
    box, which was acted on, the page is written all the same: its boxes are to be as new.
    """
    issue = snapshot.by_id.get(snapshot.page)
    if issue is None:
        return plan
    marks = plan.marks.get(issue.id, marks_of(issue, memory))
    plan = replace(plan, marks={**plan.marks, issue.id: marks})
    wish = wish_of(issue, policy, hands_off, marks)
    if wish is not None or marks.has_undone(PAGE, PAGE):
        left = LeftAsIs(key=issue.key, what=PAGE, why=PAUSED if wish is None else wish.why)
        return replace(plan, left_as_is=(*plan.left_as_is, left))
    has_ticks = bool(ticked(issue))
    if has_ticks and not issue.described_by:
        unknown = LeftAsIs(key=issue.key, what=PAGE, why=WHO)
        plan = replace(plan, left_as_is=(*plan.left_as_is, unknown))
    if marks.page == body.digest and not has_ticks:
        return plan
    grounds = (Ground(rule=BY_PAGE, passed=True, says=WHY),)
    change = PutPage(issue=issue.id, key=issue.key, page=body, why=WHY, grounds=grounds)
    return replace(plan, changes=(*plan.changes, change), in_scope=plan.in_scope + 1)


def ticked(page: Issue) -> Mapping[str, re.Match[str]]:
    """The ticked boxes in our part of the page, by the key of their issue."""
    boxes: dict[str, re.Match[str]] = {}
    inside = False
    for block in page.document.blocks:
        if block.kind is BlockKind.TICK:
            match = _BOX.fullmatch(block.text.strip()) if inside and block.ticked else None
            boxes |= {match["key"]: match} if match else {}
        elif block.text.lstrip().startswith((BEGIN, END)):
            inside = block.text.lstrip().startswith(BEGIN)
    return boxes
