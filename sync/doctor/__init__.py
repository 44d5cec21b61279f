"""What `readyline doctor` says: whether everything the configuration names is there, allowed and in order.

    visit       asks the site everything once             check      what one check says
    access      site, token, clocks, rights               content    backlog, boards, sprints, fields
    local       store, environment, teams                 telling    as a table and as JSON

Asking and judging are apart: `visit` gathers answers (or the errors that came instead), the checks are functions of
what was gathered. Nothing is written anywhere, and no sentence holds the token.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from sync.config import Settings
from sync.doctor import local_checks as local
from sync.doctor import permissions as access
from sync.doctor import site_checks as content
from sync.doctor.check import NOT_ASKED, Check, Examination, State
from sync.doctor.probe import Probe, visit
from sync.trackers import open_tracker
from sync.trackers.jira.tracker import JiraTracker

__all__ = ["Check", "Examination", "State", "examine"]


def examine(settings: Settings, environ: Mapping[str, str], now: datetime) -> Examination:
    """Check everything. Raises `ConfigError` where there is no token at all."""
    tracker = open_tracker(settings.tracker, settings.token.get_secret_value())
    here = tuple(local.checks(settings, environ))
    if not isinstance(tracker, JiraTracker):
        foreign = (
            f"this tracker comes from another package ({type(tracker).__module__}); only this machine was looked at"
        )
        return Examination((Check("site", State.UNKNOWN, foreign), *here))
    there = tuple(_of_site(visit(tracker.api, settings, now)))
    return Examination((*_together(there), *here))


def _of_site(found: Probe) -> Iterator[Check]:
    yield from access.checks(found)
    yield from content.checks(found)


def _together(checks: tuple[Check, ...]) -> Iterator[Check]:
    """What was never asked becomes one line instead of many."""
    yield from (check for check in checks if check.sentence != NOT_ASKED)
    if unasked := list(dict.fromkeys(check.name for check in checks if check.sentence == NOT_ASKED)):
        yield Check("everything else", State.UNKNOWN, f"{NOT_ASKED}: {', '.join(unasked)}")
