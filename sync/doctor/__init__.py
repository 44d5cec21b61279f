"""`readyline doctor`: check connection, permissions, fields and boards.

    probe           asks the site everything once          check           one check, and all of them
    permissions     site, token, clocks, rights            site_checks     backlog, boards, sprints, fields
    local_checks    store, environment, teams              output          as a table and as JSON
    redmine_checks  everything about a Redmine              github_checks   everything about a GitHub
    gitlab_checks   everything about a GitLab

`probe` collects answers (or errors instead of them); the checks are functions of these. Nothing is written, and no
sentence contains the token.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from sync.config import Settings
from sync.doctor import github_checks, local_checks, permissions, site_checks
from sync.doctor.check import NOT_ASKED, Check, Examination, State
from sync.doctor.probe import Probe, kind_of, probe
from sync.errors import TrackerError
from sync.trackers import open_tracker
from sync.trackers.base import Tracker
from sync.trackers.github.tracker import GithubTracker
from sync.trackers.jira.tracker import JiraTracker

__all__ = ["Check", "Examination", "State", "examine"]


def examine(settings: Settings, environ: Mapping[str, str], now: datetime) -> Examination:
    """Run all checks. Raises `ConfigError` without a token."""
    tracker = open_tracker(settings.tracker, settings.token.get_secret_value())
    here = tuple(local_checks.checks(settings, environ, now))
    if kind_of(settings.tracker) == "redmine":
        return _of_redmine(tracker, settings, here)
    if kind_of(settings.tracker) == "gitlab":
        return _of_gitlab(tracker, settings, here, now)
    if isinstance(tracker, GithubTracker):
        checks, account, name = github_checks.examine(tracker.api, settings, tracker.settings, now)
        return Examination((*_together(checks), *here), account=account, name=name)
    if not isinstance(tracker, JiraTracker):
        sentence = f"not checked: the tracker is from another package ({type(tracker).__module__})"
        return Examination((Check("site", State.UNKNOWN, sentence), *here))
    answers = probe(tracker.api, settings, now)
    checks = (*_together(tuple(_of_site(answers))), *here)
    if isinstance(answers.account, TrackerError):
        return Examination(checks)
    return Examination(checks, account=answers.account.id, name=answers.account.name)


def _of_redmine(tracker: Tracker, settings: Settings, here: tuple[Check, ...]) -> Examination:
    """The library is imported here: it is in an extra of its own."""
    from sync.doctor import redmine_checks
    from sync.trackers.redmine.tracker import RedmineTracker

    assert isinstance(tracker, RedmineTracker), "this kind opens no other"
    checks, account, name = redmine_checks.examine(tracker.api, settings, tracker.settings)
    return Examination((*_together(checks), *here), account=account, name=name)


def _of_gitlab(tracker: Tracker, settings: Settings, here: tuple[Check, ...], now: datetime) -> Examination:
    """The library is imported here: it is in an extra of its own."""
    from sync.doctor import gitlab_checks
    from sync.trackers.gitlab.tracker import GitlabTracker

    assert isinstance(tracker, GitlabTracker), "this kind opens no other"
    checks, account, name = gitlab_checks.examine(tracker.api, settings, tracker.settings, now)
    return Examination((*_together(checks), *here), account=account, name=name)


def _of_site(answers: Probe) -> Iterator[Check]:
    yield from permissions.checks(answers)
    yield from site_checks.checks(answers)


def _together(checks: tuple[Check, ...]) -> Iterator[Check]:
    """The checks, with everything that was not asked in one line."""
    yield from (check for check in checks if check.sentence != NOT_ASKED)
    if unasked := list(dict.fromkeys(check.name for check in checks if check.sentence == NOT_ASKED)):
        yield Check("everything else", State.UNKNOWN, f"{NOT_ASKED}: {', '.join(unasked)}")
