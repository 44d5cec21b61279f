"""What is known of a GitHub: our account, which parts its issues have, and the Project with its fields."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rules.model import Category, Sprint, SprintState
from sync.trackers.github.api import GithubApi
from sync.trackers.github.payloads import NO_ITEM, Item, Project, ProjectField, RawIssue, read_login
from sync.trackers.github.queries import OPTIONAL
from sync.trackers.github.settings import GithubSettings

TEAM_FIELD = "team"
"""The beginning of the roles of fields that name the team of an issue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What is needed to read and write issues.

    `login` is our account's name. `known` are the newer parts of an issue that this GitHub has. `roles` are the names
    of the Project's fields by what they are for us, as far as the Project has them; `extra` are the roles of fields
    that name the team of an issue, by their configured name. `sprints` are by their ids, `milestones` the repository
    and number of each that is a milestone.
    """

    settings: GithubSettings
    login: str
    known: Sequence[str]
    project: Project | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    sprints: Mapping[str, Sprint] = field(default_factory=dict)
    milestones: Mapping[str, tuple[str, int]] = field(default_factory=dict)

    @property
    def asked(self) -> Mapping[str, str] | None:
        """The fields to ask for with an issue, `None` without a Project."""
        return self.roles if self.project else None

    def item_of(self, raw: RawIssue) -> Item:
        """The item of the Project that holds an issue."""
        wanted = self.project.id if self.project else None
        items = (one for one in raw.project_items if (one.get("project") or {}).get("id") == wanted)
        return next((Item(one) for one in items), NO_ITEM)

    def category(self, raw: RawIssue, item: Item) -> Category:
        """The category of an issue: closed ones are done, whatever their option says."""
        if raw.state == "CLOSED":
            return Category.DONE
        doing = {option.casefold() for option in self.settings.doing}
        return Category.DOING if item.text("status").casefold() in doing else Category.TODO

    def sprint_in(self, raw: RawIssue, item: Item) -> str:
        """The id of the sprint that an issue is in, "" for none."""
        return item.iteration if self.settings.has_iterations else raw.milestone.id

    def open_sprint(self, sprint: str) -> str | None:
        """The sprint, `None` if it is closed. One that is not read counts as open."""
        known = self.sprints.get(sprint)
        return None if not sprint or (known and known.state is SprintState.CLOSED) else sprint


def learn(api: GithubApi, settings: GithubSettings, more: Iterable[str] = ()) -> Site:
    """Ask who we are, and what the site is like. Raises `LoggedOut`, and `NotFound` for a hidden Project."""
    answer = api.site()
    names = {str(one.get("name")) for one in (answer.get("issue") or {}).get("fields") or []}
    known = tuple(name for name in OPTIONAL if name in names)
    login = read_login((answer.get("viewer") or {}).get("login"))
    if not settings.project:
        return Site(settings=settings, login=login, known=known)
    project = Project.model_validate(api.project())
    named = {name: f"{TEAM_FIELD}{number}" for number, name in enumerate(more)}
    wanted = {**settings.fields.model_dump(), **{role: name for name, role in named.items()}}
    roles = {role: there.name for role, name in wanted.items() if (there := project.field(name)) is not None}
    extra = {name: role for name, role in named.items() if role in roles}
    return Site(settings=settings, login=login, known=known, project=project, roles=roles, extra=extra)


def field_of(site: Site, role: str) -> ProjectField | None:
    """The field of the Project with this role."""
    return site.project.field(site.roles[role]) if site.project and role in site.roles else None
