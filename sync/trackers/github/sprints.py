"""Iterations of a Project or milestones of a repository as sprints.

An iteration has its first day and its length. A milestone has a last day only.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from rules.model import Sprint
from sync.trackers.dated_sprints import TimeBox, read_sprints
from sync.trackers.github.payloads import Configuration, Iteration, Milestone
from sync.trackers.github.settings import GithubSettings


def from_iterations(configuration: Configuration, board: int, settings: GithubSettings, today: date) -> list[Sprint]:
    """The iterations of a field, in time order."""
    both = (*configuration.completed_iterations, *configuration.iterations)
    return read_sprints((_iteration(raw, today) for raw in both), board, today, settings.sprint_days)


def _iteration(raw: Iteration, today: date) -> TimeBox:
    last = raw.start_date + timedelta(days=max(raw.duration, 1) - 1) if raw.start_date else None
    is_closed = last is not None and last < today
    return TimeBox(id=raw.id, name=raw.title, first=raw.start_date, last=last, is_closed=is_closed)


def from_milestones(raws: Iterable[Milestone], board: int, settings: GithubSettings, today: date) -> list[Sprint]:
    """The milestones of a repository, in the order of their last days."""
    return read_sprints(map(_milestone, raws), board, today, settings.sprint_days)


def _milestone(raw: Milestone) -> TimeBox:
    last, is_closed = (raw.due_on.date() if raw.due_on else None), raw.state == "closed"
    return TimeBox(id=raw.node_id, name=raw.title, last=last, is_closed=is_closed, goal=raw.description)
