"""Checks without the tracker: the store, secrets in the environment, the tables of the teams."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date, datetime, timedelta

from rules.capacity.shared_boards import shared_boards
from rules.model import TeamFilter
from rules.wording import agreeing, many
from sync.config import Settings, absences_of, meetings_of, product_of
from sync.config.store_place import store_of
from sync.config.team_settings import TeamSettings
from sync.doctor.check import WRONG, Check, State, fine, listed, warning
from sync.errors import ConfigError, StoreError
from sync.notifiers import ChannelSettings
from sync.store import Store
from sync.store.database import Place
from sync.store.schema import STORE

LATELY = timedelta(days=14)
_MOST_KEYS = 5


def checks(settings: Settings, environ: Mapping[str, str], now: datetime) -> Iterator[Check]:
    """All checks that need no tracker."""
    for team in settings.teams:
        yield from team_table(team)
    if len(settings.teams) > 1:
        yield from what_teams_take(settings)
    yield from absences(settings, now.date())
    yield from meetings(settings, now.date())
    yield write_back(settings)
    yield from store(settings, environ, now)
    yield from secrets(settings.notify, environ)
    yield from confluence_token(settings, environ)


def team_table(team: TeamSettings) -> Iterator[Check]:
    """Whether a team has people."""
    if not team.people:
        yield warning(
            f"team {team.name}",
            "no people listed: no person-days, and absences cannot change its points",
            "list the people in [[teams]] people",
        )


def what_teams_take(settings: Settings) -> Iterator[Check]:
    """Which of several teams do not say what they take: on a board of their own, and on one that they share."""
    todo = "name components, labels or a field in [[teams]] takes"
    teams = product_of(settings).teams
    shared = tuple(shared_boards(teams))
    named = {name for board in shared for name in board.silent}
    yield from (warning(f"board {one.board}", one.fact, todo) for one in shared)
    for team in teams:
        if team.takes == TeamFilter() and team.name not in named:
            yield warning(f"team {team.name}", "no issues are recognised as this team's", todo)


def absences(settings: Settings, today: date) -> Iterator[Check]:
    """Whether the absence files can be read, and what in them is not counted: numbers, and unknown names."""
    name = "absences"
    if not settings.capacity.absences:
        return
    try:
        content = absences_of(settings, today)
    except ConfigError as error:
        yield from (Check(name, State.FAILED, fault, "", WRONG) for fault in error.faults)
        return
    days = sum(len(of_person) for of_person in content.by_name.values())
    people = len(content.by_name)
    read = f"{many(days, 'absence')} of {many(people, 'person', 'people')}"
    yield fine(name, f"{listed(map(str, settings.capacity.absences))}: {read}")
    yield from ((fine if one.is_meant else warning)(name, one.fact, one.todo) for one in content.left_out)


def meetings(settings: Settings, today: date) -> Iterator[Check]:
    """Whether the calendars of meetings can be read, and how many meetings each team has in them."""
    name = "meetings"
    if not settings.capacity.events:
        return
    try:
        by_team = meetings_of(settings, today)
    except ConfigError as error:
        yield from (Check(name, State.FAILED, fault, "", WRONG) for fault in error.faults)
        return
    for team, several in by_team.items():
        read = f"{team}: {many(len(several), 'meeting')} in {listed(map(str, settings.capacity.events))}"
        todo = "check [capacity.event_words], and that titles or invitations name the team or its people"
        yield fine(name, read) if several else warning(name, read, todo)


def write_back(settings: Settings) -> Check:
    """Whether write-back is on, and its limits."""
    if not settings.write_back.enabled:
        return fine("write-back", "off: nothing is ever written to the tracker")
    limits = settings.write_back.limits
    return fine(
        "write-back",
        f"on, for at most {many(limits.max_changes, 'change')} and {100 * limits.max_share:.0f} % of the issues a run",
    )


def store(settings: Settings, environ: Mapping[str, str], now: datetime) -> Iterator[Check]:
    """Whether the store can be read and written; it is neither created nor changed."""
    try:
        place = store_of(settings, environ)
        yield fine("store", place.condition(STORE))
    except (ConfigError, StoreError) as error:
        yield Check("store", State.FAILED, str(error), code=WRONG)
    else:
        yield from second_worker(place, now)


def second_worker(place: Place, now: datetime) -> Iterator[Check]:
    """Whether another worker with a store of its own wrote to the same site lately."""
    with closing(Store.copy_of(place)) as copy:
        doubles = [double for double in copy.journal.doubles() if now - double.at < LATELY]
    if doubles:
        last = doubles[-1]
        keys = listed(dict.fromkeys(double.change.key for double in doubles[-_MOST_KEYS:]))
        yield warning(
            "second worker",
            f"another worker writes with this account and a store of its own: it had commented on {keys} at the same "
            f"moment, last seen at {last.at:%Y-%m-%d %H:%M} UTC",
            "stop one of the two, or let both use the same store",
        )


def secrets(channels: tuple[ChannelSettings, ...], environ: Mapping[str, str]) -> Iterator[Check]:
    """Whether the environment variables of each channel are set; names only, never values."""
    for number, channel in enumerate(channels, start=1):
        name = f"channel {number} ({getattr(channel, 'kind', '')})"
        wanted = [str(value) for key, value in channel if key.endswith("_env") and value]
        missing = [variable for variable in wanted if not environ.get(variable, "").strip()]
        if missing:
            sentence = f"{listed(missing)} {agreeing(len(missing), 'is', 'are')} not set in the environment"
            yield Check(name, State.FAILED, sentence, "set it to the channel's secret", WRONG)
        else:
            yield fine(
                name, f"{listed(wanted)} {agreeing(len(wanted), 'is', 'are')} set" if wanted else "needs no secret"
            )


def confluence_token(settings: Settings, environ: Mapping[str, str]) -> Iterator[Check]:
    """Whether the token for the page in Confluence is set, where one is configured."""
    page, name = settings.living_page.confluence, "Confluence page"
    if page is None:
        return
    if environ.get(page.token_env, "").strip():
        yield fine(name, f"{page.token_env} is set")
    else:
        sentence = f"{page.token_env} is not set in the environment"
        yield Check(name, State.FAILED, sentence, "set it to a token that may edit the page", WRONG)
