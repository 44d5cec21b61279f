"""Who gets a message."""

from enum import StrEnum


class Audience(StrEnum):
    """The role that gets a message: the Product Owner, a team's Scrum Master, or a team."""

    PO = "po"
    SM = "sm"
    TEAM = "team"
