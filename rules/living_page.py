"""What the living page in the tracker says: the Product Owner's message as it is today, and what people may decide.

A box that a person ticked there is read as its command, as if that were a comment on its issue.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from rules.commands.answers import Commands
from rules.commands.grammar import COMMAND
from rules.deep.model import Deep
from rules.document import Block, BlockKind, Document
from rules.messages import owner_lines, owner_title
from rules.model import Comment, Editor, Issue, Snapshot
from rules.plan.page import ticked
from rules.plan.page_body import Box, PageBody
from rules.plan.policy import Policy, SprintMode
from rules.planning.model import Placement, SprintProposal
from rules.verdict import Judgement

MOST_KEYS, MOST_BOXES = 12, 20
"""Issues that a line names, and boxes on the page."""


def page_body(  # noqa: PLR0913 - all that the page shows
    snapshot: Snapshot,
    judgement: Judgement,
    deep: Deep,
    proposal: SprintProposal,
    commands: Commands,
    policy: Policy,
    *,
    link: str = "",
) -> PageBody:
    """Our part of the page. It names issues by their keys only; `link` is the address of the reports, "" for none."""
    boxes = tuple(_boxes(snapshot, proposal, commands)) if _asks(policy) else ()
    proposed = () if boxes else tuple(_proposals(snapshot, proposal))
    return PageBody(
        title=owner_title(snapshot, deep),
        lines=(*owner_lines(snapshot, judgement, deep, None), *proposed),
        boxes=boxes[:MOST_BOXES],
        link=link,
    )


def with_ticks(snapshot: Snapshot, allowed: frozenset[str]) -> Snapshot:
    """The snapshot with a command on each issue whose box on the living page a person ticked.

    `allowed` are the accounts that may command. Who ticked a box is not kept by the tracker: the command is that of the
    last person who edited the page since we wrote it. If somebody who may not command edited it, too, it is theirs.
    """
    page = snapshot.by_id.get(snapshot.page)
    if page is None or not page.described_by or not (keys := ticked(page)):
        return snapshot
    strangers = [one for one in page.described_by if one.account not in allowed]
    who = strangers[0] if strangers else page.described_by[-1]
    issues = tuple(
        replace(one, comments=(*one.comments, _comment(one, keys[one.key], who, page.updated)))
        if one.key in keys
        else one
        for one in snapshot.issues
    )
    return replace(snapshot, issues=issues)


def _comment(issue: Issue, box: re.Match[str], who: Editor, at: datetime) -> Comment:
    text = f"{COMMAND} accept {box['team']}"
    document = Document((Block(kind=BlockKind.PARAGRAPH, text=text),))
    name = f"box-{issue.id}-{box['sprint']}-{who.account}"  # each decision is answered once, as a comment is
    return Comment(id=name, author=who.account, author_name=who.name, created=at, document=document)


def _asks(policy: Policy) -> bool:
    """Whether people may accept what is proposed."""
    return policy.commands and policy.sprints in {SprintMode.PROPOSE, SprintMode.ACCEPTED}


def _boxes(snapshot: Snapshot, proposal: SprintProposal, commands: Commands) -> Iterator[Box]:
    for one in proposal.placements:
        if one.sprint is None or one.issue.id in commands.accepted:
            continue
        text = f"Accept {one.issue.key} for {one.team} ({_sprint(one, snapshot)})"
        yield Box(text=text, key=one.issue.key, command=f"{COMMAND} accept")


def _proposals(snapshot: Snapshot, proposal: SprintProposal) -> Iterator[str]:
    """What each team is proposed for its next sprint, by rank."""
    for team in snapshot.product.teams:
        mine = [one for one in proposal.placements if one.team == team.name and one.sprint is not None]
        keys = [one.issue.key for one in mine]
        if mine:
            more = f" and {len(keys) - MOST_KEYS} more" if len(keys) > MOST_KEYS else ""
            yield f"Proposed for {team.name}, {_sprint(mine[0], snapshot)}: {', '.join(keys[:MOST_KEYS])}{more}."


def _sprint(placement: Placement, snapshot: Snapshot) -> str:
    sprint = snapshot.sprint_by_id.get(placement.sprint or "")
    return sprint.name if sprint else ""
