"""Which writes our account may make in a project, asked once before the first of them, so that none is refused."""

from rules.model import project_of
from rules.plan.changes import (
    AddLabel,
    Change,
    DeleteComment,
    MoveToBacklog,
    MoveToSprint,
    PutComment,
    PutPage,
    RemoveLabel,
)
from sync.errors import Forbidden, NotFound, Rejected
from sync.logs import get_logger
from sync.trackers.jira.api import JiraApi
from sync.trackers.jira.site_info import rights

log = get_logger()

TITLES = {
    "EDIT_ISSUES": "Edit Issues",
    "ADD_COMMENTS": "Add Comments",
    "EDIT_OWN_COMMENTS": "Edit Own Comments",
    "DELETE_OWN_COMMENTS": "Delete Own Comments",
    "SCHEDULE_ISSUES": "Schedule Issues",
}
"""The permissions of all writes, with their names on Jira's permission page."""


class ProjectRights:
    """The rights of our account, read once a project; a right that the site does not show counts as granted."""

    def __init__(self, api: JiraApi) -> None:
        self._api = api
        self._granted: dict[str, dict[str, bool]] = {}

    def lacking(self, change: Change) -> str:
        """Why our account may not write this change, "" where it may."""
        project = project_of(change.key)
        granted = self._of(project)
        missing = [TITLES[right] for right in _needed(change) if not granted.get(right, True)]
        if not missing:
            return ""
        return (
            f"this account has no permission {' and '.join(missing)} in {project}: `readyline doctor` says who can help"
        )

    def _of(self, project: str) -> dict[str, bool]:
        if project not in self._granted:
            try:
                granted = rights(self._api, project, tuple(TITLES))
            except (NotFound, Forbidden, Rejected):
                granted = {}
            self._granted[project] = granted
            if missing := [TITLES[right] for right, given in granted.items() if not given]:
                log.warning("tracker.rights_missing", project=project, missing=missing)
        return self._granted[project]


def _needed(change: Change) -> tuple[str, ...]:
    match change:
        case AddLabel() | RemoveLabel() | PutPage():
            return ("EDIT_ISSUES",)
        case PutComment(comment=None):
            return ("ADD_COMMENTS",)
        case PutComment():
            return ("EDIT_OWN_COMMENTS",)
        case DeleteComment():
            return ("DELETE_OWN_COMMENTS",)
        case MoveToSprint() | MoveToBacklog():
            return ("SCHEDULE_ISSUES", "EDIT_ISSUES")
