"""Checks of the connection: the site, the token, clocks, and the permissions of the account."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum

from rules.plan.policy import CommentZone, SprintMode
from rules.wording import many
from sync.doctor.check import AWAY, WRONG, Check, State, fine, listed, unanswered, unasked, warning
from sync.doctor.probe import Probe
from sync.errors import LoggedOut, NotFound, TrackerError
from sync.trackers.jira.settings import CloudSettings
from sync.trackers.jira.site_info import KINDS, Account, Token

SOON = timedelta(days=14)
FAR_APART = 60.0  # seconds between the clocks
CLOUD_TOKENS = "https://id.atlassian.com/manage-profile/security/api-tokens"
TITLES = {
    "BROWSE_PROJECTS": "Browse Projects",
    "EDIT_ISSUES": "Edit Issues",
    "ADD_COMMENTS": "Add Comments",
    "EDIT_OWN_COMMENTS": "Edit Own Comments",
    "DELETE_OWN_COMMENTS": "Delete Own Comments",
    "SCHEDULE_ISSUES": "Schedule Issues",
    "ADMINISTER_PROJECTS": "Administer Projects",
}
"""The name of each permission on Jira's permission page."""
HIDDEN = "check the project in [product] backlog; a Jira administrator grants this account Browse Projects in it"


class Need(Enum):
    """Whether the configuration needs a feature."""

    NOW = "needed"
    BETTER = "nice to have"
    LATER = "not needed while [write_back] is off"
    OFF = "switched off in [write_back]"


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature, and the permissions it needs."""

    name: str
    rights: tuple[str, ...]


READ = Feature("read", ("BROWSE_PROJECTS",))
LABELS = Feature("labels", ("EDIT_ISSUES",))
COMMENTS = Feature("comments", ("ADD_COMMENTS", "EDIT_OWN_COMMENTS", "DELETE_OWN_COMMENTS"))
SPRINTS = Feature("sprints", ("SCHEDULE_ISSUES", "EDIT_ISSUES"))
SILENCE = Feature("silent label edits", ("ADMINISTER_PROJECTS",))


def checks(probe: Probe) -> Iterator[Check]:
    """All checks of the connection."""
    yield site(probe)
    yield token(probe)
    yield expiry(probe)
    yield time_zone(probe)
    yield clock(probe)
    yield from rights(probe)


def site(probe: Probe) -> Check:
    """Whether Jira answers at the address, and is of the configured kind."""
    server = probe.server
    if isinstance(server, TrackerError):
        return unanswered("site", server)
    if server.kind != probe.kind:
        sentence = f'[tracker] kind is "{probe.kind}", and {probe.settings.tracker.url} is {server.product}'
        return Check("site", State.FAILED, sentence, f'set kind = "{server.kind}" in [tracker]', WRONG)
    return fine("site", f"{server.title} answers: {server.product} {server.version}")


def token(probe: Probe) -> Check:
    """Whether the token is accepted, and its account."""
    account = probe.account
    if isinstance(account, TrackerError):
        return replace(unanswered("token", account), todo=_scoped(account, probe))
    if not account.id:
        todo = "check READYLINE_TOKEN (it may have expired) and its account"
        return Check("token", State.FAILED, "Jira treated us as anonymous", todo, AWAY)
    return fine("token", f"belongs to {account.name or account.id}")


def _scoped(error: TrackerError, probe: Probe) -> str:
    """What to try where Jira Cloud refuses a token: scoped tokens work only through the gateway."""
    settings = probe.settings.tracker
    if not isinstance(error, LoggedOut) or not isinstance(settings, CloudSettings) or settings.cloud_id:
        return ""
    return f"for a scoped token, set [tracker] cloud_id to the id from {settings.url}/_edge/tenant_info"


def expiry(probe: Probe) -> Check:
    """When the token expires, where that is visible."""
    name, tokens = "token's end", probe.tokens
    if isinstance(probe.account, TrackerError) or not probe.account.id:
        return unasked(name)
    if probe.kind == KINDS[True]:
        sentence = "Jira Cloud does not show when a token expires; the longest lifetime is one year"
        return Check(name, State.UNKNOWN, sentence, f"its owner finds the date at {CLOUD_TOKENS}")
    if isinstance(tokens, TrackerError):
        if isinstance(tokens, NotFound):
            return Check(name, State.UNKNOWN, "this Jira does not show when a token expires", "ask its owner")
        return Check(name, State.UNKNOWN, f"not known: {tokens}")
    return _soonest(name, [one for one in tokens if one.expires is None or one.expires > probe.now], probe)


def _soonest(name: str, living: list[Token], probe: Probe) -> Check:
    """The token that expires first; Jira does not show which of several is ours."""
    ending = sorted((one.expires, one.name) for one in living if one.expires is not None)
    if not living:
        return Check(name, State.UNKNOWN, "Jira shows no valid token of the account", "ask its owner")
    if not ending:
        return fine(name, "the account's tokens never expire")
    expires, called = ending[0]
    days = (expires - probe.now).days
    sentence = f'the account\'s token "{called}" expires on {expires.date().isoformat()}, in {many(days, "day")}'
    if expires - probe.now > SOON:
        return fine(name, sentence)
    return warning(name, sentence, "its owner creates a new one in the profile; put it into READYLINE_TOKEN")


def time_zone(probe: Probe) -> Check:
    """The time zones of account and schedule, for information: queries use absolute times."""
    if isinstance(probe.account, TrackerError):
        return unasked("time zone")
    mine, ours = probe.account.zone or "an unknown zone", probe.settings.schedule.timezone
    if mine == ours:
        return fine("time zone", f"the account and [schedule] timezone are both {ours}")
    return fine(
        "time zone", f"the account is in {mine}, [schedule] in {ours}; queries use absolute times, so nothing is missed"
    )


def clock(probe: Probe) -> Check:
    """The difference between the site's clock and this machine's."""
    if isinstance(probe.account, TrackerError):
        return unasked("clock")
    apart = abs(probe.ahead)
    if apart <= FAR_APART:
        return fine("clock", "the site's clock and this machine's agree")
    way = "behind" if probe.ahead > 0 else "ahead of"
    sentence = f"this machine's clock is {many(f'{apart:.0f}', 'second')} {way} the site's"
    return warning("clock", sentence, "set this machine's clock (NTP): days off and schedules depend on it")


def rights(probe: Probe) -> Iterator[Check]:
    """One check per feature, over all projects of the backlog."""
    allowed, on = probe.settings.write_back, probe.settings.write_back.enabled
    wanted = Need.NOW if on else Need.LATER
    moves = allowed.sprints in {SprintMode.ACCEPTED, SprintMode.ASSIGN}
    quiet = probe.settings.tracker.silent and allowed.labels
    yield _feature(READ, Need.NOW, probe)
    yield _feature(LABELS, wanted if allowed.labels else Need.OFF, probe)
    yield _feature(COMMENTS, wanted if allowed.comments is not CommentZone.OFF else Need.OFF, probe)
    yield _feature(SPRINTS, wanted if moves else Need.OFF, probe)
    yield _feature(SILENCE, Need.OFF if not quiet else Need.BETTER if on else Need.LATER, probe)


def _feature(feature: Feature, need: Need, probe: Probe) -> Check:
    name = f"right to {feature.name}" if feature is READ else f"right for {feature.name}"
    granted = {key: answer for key, answer in probe.rights.items() if not isinstance(answer, TrackerError)}
    for answer in probe.rights.values():
        if isinstance(answer, TrackerError):
            return replace(unanswered(name, answer), todo=HIDDEN, code=AWAY)
    if not granted:
        return Check(name, State.UNKNOWN, "no project is known")
    lacking = _lacking(feature, granted)
    missing = listed(dict.fromkeys(TITLES[right] for rights in lacking.values() for right in rights))
    if any(right not in granted[key] for key, rights in lacking.items() for right in rights):
        return Check(name, State.UNKNOWN, f"the site does not show whether {missing} is granted in {listed(lacking)}")
    if not lacking:
        return fine(name, f"granted in {listed(granted)}{_aside(need)}")
    verb = "are" if " and " in missing else "is"
    return _refused(name, f"{missing} {verb} not granted in {listed(lacking)}", _who(missing, probe, lacking), need)


def _refused(name: str, sentence: str, who: str, need: Need) -> Check:
    match need:
        case Need.NOW:
            return Check(name, State.FAILED, sentence, who, AWAY)
        case Need.BETTER:
            return warning(name, sentence, f"{who}; without it people get mail about label changes")
        case Need.LATER:
            return fine(name, f"{sentence}; {need.value}", f"before you switch it on, {who}")
        case Need.OFF:
            return fine(name, f"{sentence}; {need.value}")


def _lacking(feature: Feature, granted: Mapping[str, Mapping[str, bool]]) -> dict[str, list[str]]:
    lacking = {key: [right for right in feature.rights if not has.get(right)] for key, has in granted.items()}
    return {key: missing for key, missing in lacking.items() if missing}


def _aside(need: Need) -> str:
    return f"; {need.value}" if need in {Need.LATER, Need.OFF} else ""


def _who(missing: str, probe: Probe, projects: Mapping[str, object]) -> str:
    """Who can grant it, and where."""
    me = probe.account.name if isinstance(probe.account, Account) else "the account"
    return (
        f"a Jira administrator grants {missing} to {me} in the permission scheme of {listed(projects)}; "
        "in a team-managed project its administrator does this under Access"
    )
