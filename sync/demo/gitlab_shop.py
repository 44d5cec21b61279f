"""The invented shop on a local GitLab: one project, iterations of three cadences, labels where there is no field."""

from datetime import UTC, date, datetime

from sync.demo import company
from sync.demo.markdown import as_markdown
from sync.demo.people import CREWS, Crew
from sync.demo.plain_issues import Values, blocked_by, shop_issues
from sync.fake_gitlab.records import REPORTER, Account, Box, Group, Project, Record
from sync.fake_gitlab.server import BOT
from sync.fake_gitlab.state import State
from sync.fake_jira.records import Account as JiraAccount
from sync.fake_jira.records import Record as JiraRecord
from sync.fake_jira.records import Sprint
from sync.fake_jira.state import State as JiraState

GROUP, PATH = "shop", "shop/web"
_PROJECT = _GROUP = 1
_STATES = {"closed": "closed", "active": "current", "future": "upcoming"}
DOING = ("workflow::In Progress", "workflow::In Review")
_DONE = {"Done", "Won't Do"}
_PRIORITIES = ("Highest", "High", "Medium", "Low", "Lowest")
TYPES = {"Bug": "bug", "Task": "task", "Spike": "spike", "Epic": "epic", "Sub-task": "subtask"}


def fill(state: State, now: datetime) -> None:
    """Fill an empty site with the shop as it is at `now`."""
    jira = JiraState(clock=state.clock)
    company.fill(jira, now)
    _Shop(state, jira).build()


def config_toml(url: str) -> str:
    """A configuration for the shop."""
    types = "".join(f'"type::{name}" = "{kind}"\n' for name, kind in TYPES.items())
    tracker = f"""\
kind = "gitlab"
url = "{url}"
group = "{GROUP}"
sprints = "iterations"
doing = {list(DOING)}
priorities = {[_priority(name) for name in _PRIORITIES]}
flagged = "impeded"
[tracker.types]
{types}"""
    return company.shop_toml(tracker, "issue_type=issue", _takes)


def _takes(crew: Crew) -> str:
    return f'labels = ["{_component(crew.component)}"]'


def _component(name: str) -> str:
    return f"component::{name}"


def _priority(name: str) -> str:
    return f"priority::{name}"


class _Shop:
    """Fills one site; short-lived."""

    def __init__(self, state: State, jira: JiraState) -> None:
        self.state, self.jira = state, jira
        self.by_id: dict[str, Record] = {}

    def build(self) -> None:
        """Fill the site."""
        self.state.groups[_GROUP] = Group(id=_GROUP, path=GROUP, name="Shop")
        roles = {BOT.id: REPORTER}
        self.state.projects[_PROJECT] = Project(id=_PROJECT, path=PATH, name="Web shop", group=_GROUP, roles=roles)
        self.state.cadences = {crew.board: crew.name for crew in CREWS}
        for sprint in self.jira.sprints.values():
            self.state.boxes[sprint.id] = _iteration(sprint)
        for issue in shop_issues(self.jira):
            record = self._created(issue.record, issue.first)
            for step in issue.steps:
                self.state.edit(record, by=self._who(step.by), at=step.at, **self._fields(issue.record, step.values))
            record.position, record.updated = float(issue.record.rank), issue.record.updated
            self.by_id[issue.record.id] = record
        for number, record in self.by_id.items():
            record.blocks = [self.by_id[other.id] for other in blocked_by(self.jira.issues[number], self.jira)]

    def _created(self, source: JiraRecord, values: Values) -> Record:
        record = self.state.create(
            _PROJECT,
            source.summary,
            by=self._who(source.reporter or self.jira.me),
            at=source.created,
            **self._fields(source, values),
            assignee=self.state.accounts[self._who(source.assignee)] if source.assignee else None,
            due=source.due,
            is_confidential=source.security is not None,
            seconds=source.original_seconds or 0,
        )
        for remark in source.remarks:
            self.state.comment(record, as_markdown(remark.body.wiki), by=self._who(remark.author), at=remark.created)
        return record

    def _fields(self, source: JiraRecord, values: Values) -> dict[str, object]:
        """The fields of an issue with these values."""
        labels = [*source.labels, *map(_component, source.components)]
        if source.type.name in TYPES:
            labels.append(f"type::{source.type.name}")
        if source.flagged:
            labels.append("impeded")
        if values.priority:
            labels.append(_priority(values.priority))
        if (doing := f"workflow::{values.status}") in DOING:
            labels.append(doing)
        is_done = values.status in _DONE
        return {
            "labels": labels,
            "weight": None if values.points is None else int(values.points),
            "iteration": self.state.boxes[int(values.sprint)] if values.sprint else None,
            "description": values.text,
            "closed": (source.resolved or source.updated) if is_done else None,
        }

    def _who(self, account: JiraAccount) -> str:
        """The name of an account here, which is made where it is new."""
        if account.name not in self.state.accounts:
            number = 100 + len(self.state.accounts)
            token = f"token-of-{account.name}"
            self.state.enrol(Account(id=number, username=account.name, name=account.display, token=token))
        return account.name


def _iteration(sprint: Sprint) -> Box:
    return Box(
        id=sprint.id,
        place="cadences",
        owner=sprint.board or 0,
        title=sprint.name,
        state=_STATES[sprint.state],
        start=_day(sprint.start),
        due=_day(sprint.end),
        description=sprint.goal,
    )


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(UTC).date() if moment else None
