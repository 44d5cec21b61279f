"""What is on this machine and in the file itself: the store, secrets in the environment, the teams' tables."""

import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from sync.config import Settings
from sync.config.settings import TeamSettings
from sync.doctor.check import WRONG, Check, State, fine, listed, warning
from sync.notifiers import ChannelSettings

_BUSY = 0.2  # seconds to wait for another pass that is just writing


def checks(settings: Settings, environ: Mapping[str, str]) -> Iterator[Check]:
    """Everything that needs no tracker."""
    for team in settings.teams:
        yield from team_table(team)
    yield write_back(settings)
    yield store(settings.store.path)
    yield from secrets(settings.notify, environ)


def team_table(team: TeamSettings) -> Iterator[Check]:
    """Whether a team's table says who works for it and what is its."""
    name = f"team {team.name}"
    if not team.people:
        yield warning(
            name,
            "nobody is listed for it: no person-days, and absences cannot change its points",
            "list the people in [[teams]] people",
        )
    takes = team.takes
    if not (takes.components or takes.labels or takes.field):
        todo = "name components, labels or a field in [[teams]] takes"
        yield warning(name, "no issue is recognised as its own", todo)


def write_back(settings: Settings) -> Check:
    """Whether anything may be written."""
    if not settings.write_back.enabled:
        return fine("write-back", "it is off: nothing is ever written to the tracker")
    limits = settings.write_back.limits
    return fine(
        "write-back",
        f"it is on, for at most {limits.max_changes} changes and {limits.max_share:.0%} of the issues a pass",
    )


def store(path: Path) -> Check:
    """Whether the store can be written; it is neither made nor changed."""
    todo = "check that its folder exists, is writable and has room, or name another file in [store] path"
    try:
        if path.exists():
            _lock_for_writing(path)
            return fine("store", f"{path} can be written")
        with tempfile.TemporaryFile(dir=path.parent):
            return fine("store", f"{path} is not there yet and can be made")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            return fine("store", f"{path} is there, and another pass is writing to it")
        return Check("store", State.FAILED, f"{path} cannot be written ({error})", todo, WRONG)
    except (sqlite3.Error, OSError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        return Check("store", State.FAILED, f"{path} cannot be written ({why})", todo, WRONG)


def _lock_for_writing(path: Path) -> None:
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=_BUSY)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")


def secrets(channels: tuple[ChannelSettings, ...], environ: Mapping[str, str]) -> Iterator[Check]:
    """Whether the environment holds what each channel needs; names only, never values."""
    for number, channel in enumerate(channels, start=1):
        name = f"channel {number} ({getattr(channel, 'kind', '')})"
        wanted = [str(value) for key, value in channel if key.endswith("_env") and value]
        missing = [variable for variable in wanted if not environ.get(variable, "").strip()]
        if missing:
            sentence = f"{listed(missing)} {'is' if len(missing) == 1 else 'are'} not set in the environment"
            yield Check(name, State.FAILED, sentence, "put the channel's secret into it", WRONG)
        else:
            yield fine(
                name, f"{listed(wanted)} {'is' if len(wanted) == 1 else 'are'} set" if wanted else "needs no secret"
            )
