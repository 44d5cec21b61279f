"""The invented shop on the local GitHub: the issues of the local Jira, in one repository and one Project.

What GitHub has no place for is left out: former sprints, the past of fields, sprints of each team, sub-tasks.
"""

from datetime import datetime, timedelta

from sync.demo import company
from sync.demo.markdown import as_markdown
from sync.demo.people import BOT as JIRA_BOT
from sync.demo.people import Crew
from sync.demo.site_builder import CLOSED_SPRINTS, FUTURE_SPRINTS, NEWEST_NUMBER, SPRINT_DAYS, sprint_start
from sync.fake_github.state import BOT, Event, Home, Item, Iteration, Record, Remark, State, node_id
from sync.fake_jira import records as jira
from sync.fake_jira.state import State as JiraState

SHOP, PROJECT = "acme/shop", 7
IMPEDED = "impeded"
_FIELDS = {"Estimate": "NUMBER", "Sprint": "ITERATION"}
_CHOICES = ("Status", "Priority")


def fill(state: State, now: datetime) -> None:
    """Fill an empty site with the shop as it is at `now`."""
    shop = JiraState(clock=lambda: now)
    company.fill(shop, now)
    state.people |= {account.name: account.display for account in shop.accounts.values() if account.id != JIRA_BOT.id}
    state.homes = {SHOP: Home(SHOP)}
    _make_project(state, shop, now)
    for record in sorted(shop.issues.values(), key=lambda one: one.number):
        issue = _issue(state, shop, record)
        state.issues[issue.key] = issue
        state.homes[SHOP].labels += [label for label in issue.labels if label not in state.homes[SHOP].labels]
    for record in sorted(shop.issues.values(), key=lambda one: one.rank):
        state.board.items.append(Item(node_id("PVTI", record.key), _key(record), _values(record)))


def _make_project(state: State, shop: JiraState, now: datetime) -> None:
    board = state.board
    board.number, board.title = PROJECT, shop.title
    board.fields = {**_FIELDS, **dict.fromkeys(_CHOICES, "SINGLE_SELECT")}
    urgencies = sorted(shop.priorities.values(), key=lambda one: one.order)
    board.options = {
        "Status": [status.name for status in shop.statuses.values()],
        "Priority": [urgency.name for urgency in urgencies],
    }
    first = sprint_start(now).date()
    board.iterations = [
        Iteration(_iteration(offset), f"Sprint {NEWEST_NUMBER + offset}", first + timedelta(days=SPRINT_DAYS * offset))
        for offset in range(-CLOSED_SPRINTS, FUTURE_SPRINTS + 1)
    ]


def _key(record: jira.Record) -> str:
    return f"{SHOP}#{record.number}"


def component(name: str) -> str:
    """The label of a component."""
    return f"component: {name}"


def _iteration(offset: int) -> str:
    """The id of the sprint so many after the present one, as GitHub makes them: eight hexadecimal digits."""
    return f"{0xA0000000 + NEWEST_NUMBER + offset:x}"


def _issue(state: State, shop: JiraState, record: jira.Record) -> Record:
    author = record.reporter.name if record.reporter else BOT
    updated = record.updated.replace(microsecond=0)
    environment = f"\n\n## Environment\n\n{record.environment}" if record.environment else ""
    blockers = [bond.other for bond in record.bonds if bond.type.name == "Blocks" and not bond.outward]
    labels = [*record.labels, *map(component, record.components), *([IMPEDED] if record.flagged else [])]
    return Record(
        home=SHOP,
        number=record.number,
        title=record.summary,
        author=author,
        created=record.created.replace(microsecond=0),
        updated=updated,
        body=f"{as_markdown(record.description.wiki)}{environment}",
        type=record.type.name,
        closed=record.resolved.replace(microsecond=0) if record.resolved else None,
        labels=labels,
        assignees=[record.assignee.name] if record.assignee else [],
        parent=_key(shop.issue(record.parent)) if record.parent else "",
        blockers=[_key(shop.issue(other)) for other in blockers],
        remarks=[_remark(state, remark) for remark in record.remarks],
        events=[Event("RenamedTitleEvent", author, updated)],
    )


def _remark(state: State, remark: jira.Remark) -> Remark:
    body = as_markdown(remark.body.wiki)
    return Remark(state.fresh_id(), remark.author.name, body, remark.created, remark.updated)


def _values(record: jira.Record) -> dict[str, object]:
    """The values of an issue in the Project."""
    sprint = _iteration(record.sprints[-1] % 100 - 10) if record.sprints else None
    return {
        "Estimate": record.points,
        "Sprint": sprint,
        "Status": record.status.name,
        "Priority": record.priority.name if record.priority else None,
    }


def config_toml(url: str) -> str:
    """A configuration for the shop; a local GitHub needs no pause between writes."""
    tracker = f"""\
kind = "github"
url = "{url}"
project = "acme/{PROJECT}"
flagged = "{IMPEDED}"
pause = 0
[tracker.fields]
points = "Estimate"
sprint = "Sprint"
priority = "Priority"
"""
    return company.shop_toml(tracker, "state=open", lambda crew: f'labels = ["{component(crew.component)}"]', _board)


def _board(_: Crew) -> int:
    """The same for all teams: the number of the Project."""
    return PROJECT
