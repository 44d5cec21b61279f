"""What is known of a Redmine: our account, the meaning of statuses and priorities, and which field holds what.

Only administrators may list the custom fields, so their numbers are learned from issues.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from rules.model import Category, Sprint, SprintState
from sync.trackers.redmine.api import RedmineApi
from sync.trackers.redmine.payloads import CustomValue, RawIssue
from sync.trackers.redmine.settings import HOURS, RedmineSettings
from sync.trackers.tolerant import Json, Named


@dataclass(frozen=True, slots=True)
class FieldIds:
    """The numbers of the custom fields, "" for one that is not configured or on no issue.

    `labels` are the labels that readyline writes by the number of their field, `read_labels` fields with labels of
    people. `extra` are the fields that name the team of an issue, by their configured name.
    """

    points: str = ""
    rank: str = ""
    flagged: str = ""
    acceptance: str = ""
    mark: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    read_labels: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def of_labels(self) -> Mapping[str, str]:
        """The field of each label that readyline writes."""
        return {label: number for number, label in self.labels.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What is needed to read and write issues.

    `closed` are the numbers of statuses that mean done, `first` the first status by tracker, `priorities` the names
    with the most urgent first. `sprints` holds the versions of the teams' projects by their numbers.
    """

    settings: RedmineSettings
    account: str
    account_name: str
    closed: frozenset[str]
    first: Mapping[str, str]
    priorities: Sequence[Named]
    fields: FieldIds = FieldIds()
    sprints: Mapping[str, Sprint] = field(default_factory=dict)

    def category(self, raw: RawIssue) -> Category:
        """The category of an issue's status."""
        if raw.status.id in self.closed:
            return Category.DONE
        if self.settings.doing:
            return Category.DOING if raw.status.name in self.settings.doing else Category.TODO
        return Category.TODO if raw.status.id == self.first.get(raw.tracker.id) else Category.DOING

    def open_sprint(self, version: str) -> str | None:
        """The version as a sprint, `None` if it is closed. One of another project counts as open."""
        known = self.sprints.get(version)
        return None if not version or (known and known.state is SprintState.CLOSED) else version


def learn(api: RedmineApi, settings: RedmineSettings) -> Site:
    """Ask who we are, and what the site is like; its fields are learned from issues. Raises `LoggedOut`."""
    me = api.me()
    statuses, trackers = api.statuses(), api.trackers()
    priorities = [Named.model_validate(raw) for raw in api.priorities() if raw.get("active", True)]
    return Site(
        settings=settings,
        account=str(me.get("id", "")),
        account_name=name_of(me),
        closed=frozenset(str(raw.get("id")) for raw in statuses if raw.get("is_closed")),
        first={str(raw.get("id")): str((raw.get("default_status") or {}).get("id", "")) for raw in trackers},
        priorities=tuple(reversed(priorities)),
    )


def name_of(user: Json) -> str:
    """The name of an account, as Redmine shows it."""
    return f"{user.get('firstname', '')} {user.get('lastname', '')}".strip()


def find_fields(settings: RedmineSettings, raws: Iterable[Json], more: Iterable[str] = ()) -> FieldIds:
    """The numbers of the configured fields, as far as issues have them."""
    known = fields_on(raws)
    names, by_name = settings.fields, {field.name: number for number, field in known.items()}

    def number(wanted: str) -> str:
        return wanted if wanted in known else by_name.get(wanted, "")

    labels = {number(name): label for label, name in settings.label_fields.items() if number(name)}
    return FieldIds(
        points="" if names.points == HOURS else number(names.points),
        rank=number(names.rank),
        flagged=number(names.flagged),
        acceptance=number(names.acceptance),
        mark=number(names.mark),
        labels=labels,
        read_labels=tuple(filter(None, map(number, settings.read_labels))),
        extra={name: number(name) for name in more if number(name)},
    )


def fields_on(raws: Iterable[Json]) -> Mapping[str, CustomValue]:
    """The custom fields that these issues have, by their numbers."""
    return {field.id: field for raw in raws for field in RawIssue.model_validate(raw).custom_fields}


def last_change_by_people(raw: RawIssue, account: str) -> datetime | None:
    """When somebody else than our account last changed or commented on an issue, its creation if nobody did."""
    moments = [one.created_on for one in raw.journals if one.user.id != account and one.created_on]
    return max(moments, default=raw.created_on)


def labels_of(raw: RawIssue, site: Site) -> frozenset[str]:
    """Our labels by their yes/no fields, and people's labels by the values of theirs."""
    values = raw.values
    ours = {label for number, label in site.fields.labels.items() if number in values and values[number].text == "1"}
    theirs = {label for number in site.fields.read_labels if number in values for label in values[number].values}
    return frozenset(ours | theirs)
