"""Whether we get in, as whom, and what that account may do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum

from rules.plan.policy import CommentZone, SprintMode
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
"""What Jira's permission page calls each right."""


class Need(Enum):
    """How much a feature is needed as things are configured."""

    NOW = "needed"
    BETTER = "nice to have"
    LATER = "not needed while [write_back] is off"
    OFF = "switched off in [write_back]"


@dataclass(frozen=True, slots=True)
class Feature:
    """What an account may do for us, and the rights it takes."""

    name: str
    rights: tuple[str, ...]


READ = Feature("read", ("BROWSE_PROJECTS",))
LABELS = Feature("labels", ("EDIT_ISSUES",))
COMMENTS = Feature("comments", ("ADD_COMMENTS", "EDIT_OWN_COMMENTS", "DELETE_OWN_COMMENTS"))
SPRINTS = Feature("sprints", ("SCHEDULE_ISSUES", "EDIT_ISSUES"))
SILENCE = Feature("silent label edits", ("ADMINISTER_PROJECTS",))


def checks(visit: Probe) -> Iterator[Check]:
    """Everything about getting in."""
    yield site(visit)
    yield token(visit)
    yield expiry(visit)
    yield time_zone(visit)
    yield clock(visit)
    yield from rights(visit)


def site(visit: Probe) -> Check:
    """Whether Jira answers at the address, and the kind that is configured."""
    server = visit.server
    if isinstance(server, TrackerError):
        return unanswered("site", server)
    if server.kind != visit.kind:
        sentence = f'[tracker] kind is "{visit.kind}", and {visit.settings.tracker.url} is {server.product}'
        return Check("site", State.FAILED, sentence, f'write kind = "{server.kind}" into [tracker]', WRONG)
    return fine("site", f"{server.title} answers: {server.product} {server.version}")


def token(visit: Probe) -> Check:
    """Whether the token lets us in, and as whom."""
    account = visit.account
    if isinstance(account, TrackerError):
        return replace(unanswered("token", account), todo=_scoped(account, visit))
    if not account.id:
        todo = "check READYLINE_TOKEN (it may have expired) and the account it belongs to"
        return Check("token", State.FAILED, "the site answers as to a stranger", todo, AWAY)
    return fine("token", f"it belongs to {account.name} ({account.id})")


def _scoped(error: TrackerError, visit: Probe) -> str:
    """What to try where a site of Atlassian's knows no such token: scoped ones are only known at the gateway."""
    settings = visit.settings.tracker
    if not isinstance(error, LoggedOut) or not isinstance(settings, CloudSettings) or settings.cloud_id:
        return ""
    return f"a scoped token works only with [tracker] cloud_id, which {settings.url}/_edge/tenant_info tells"


def expiry(visit: Probe) -> Check:
    """When the token ends, where that is visible."""
    name, tokens = "token's end", visit.tokens
    if isinstance(visit.account, TrackerError) or not visit.account.id:
        return unasked(name)
    if visit.kind == KINDS[True]:
        sentence = "Jira Cloud does not tell when a token expires; none lives longer than a year"
        return Check(name, State.UNKNOWN, sentence, f"its owner finds the day at {CLOUD_TOKENS}")
    if isinstance(tokens, TrackerError):
        if isinstance(tokens, NotFound):
            return Check(name, State.UNKNOWN, "this Jira does not tell when a token expires", "ask its owner")
        return Check(name, State.UNKNOWN, f"it could not be asked: {tokens}")
    return _soonest(name, [each for each in tokens if each.expires is None or each.expires > visit.now], visit)


def _soonest(name: str, living: list[Token], visit: Probe) -> Check:
    """The token that ends first; which of several is ours is not told."""
    ending = sorted((each.expires, each.name) for each in living if each.expires is not None)
    if not living:
        return Check(name, State.UNKNOWN, "the account shows no token that is valid", "ask its owner")
    if not ending:
        return fine(name, "the account's tokens never expire")
    expires, called = ending[0]
    days = (expires - visit.now).days
    sentence = f'the account\'s token "{called}" expires on {expires.date().isoformat()}, in {days} days'
    if expires - visit.now > SOON:
        return fine(name, sentence)
    return warning(name, sentence, "its owner makes a new one in the profile; put it into READYLINE_TOKEN")


def time_zone(visit: Probe) -> Check:
    """Whose clock shows what: for information, because queries name moments and no local times."""
    if isinstance(visit.account, TrackerError):
        return unasked("time zone")
    mine, ours = visit.account.zone or "an unknown zone", visit.settings.schedule.timezone
    if mine == ours:
        return fine("time zone", f"the account and [schedule] timezone are both {ours}")
    return fine(
        "time zone", f"the account is in {mine}, [schedule] in {ours}; queries name moments, so nothing is missed"
    )


def clock(visit: Probe) -> Check:
    """How far the site's clock and this machine's are apart."""
    if isinstance(visit.account, TrackerError):
        return unasked("clock")
    apart = abs(visit.ahead)
    if apart <= FAR_APART:
        return fine("clock", "the site's clock and this machine's agree")
    way = "behind" if visit.ahead > 0 else "ahead of"
    sentence = f"this machine's clock is {apart:.0f} seconds {way} the site's"
    return warning("clock", sentence, "set this machine's clock (NTP): days off and schedules go by it")


def rights(visit: Probe) -> Iterator[Check]:
    """One check a feature, over all projects of the backlog."""
    allowed, on = visit.settings.write_back, visit.settings.write_back.enabled
    wanted = Need.NOW if on else Need.LATER
    moves = allowed.sprints in {SprintMode.ACCEPTED, SprintMode.ASSIGN}
    quiet = visit.settings.tracker.silent and allowed.labels
    yield _feature(READ, Need.NOW, visit)
    yield _feature(LABELS, wanted if allowed.labels else Need.OFF, visit)
    yield _feature(COMMENTS, wanted if allowed.comments is not CommentZone.OFF else Need.OFF, visit)
    yield _feature(SPRINTS, wanted if moves else Need.OFF, visit)
    yield _feature(SILENCE, Need.OFF if not quiet else Need.BETTER if on else Need.LATER, visit)


def _feature(feature: Feature, need: Need, visit: Probe) -> Check:
    name = f"right to {feature.name}" if feature is READ else f"right for {feature.name}"
    known = {key: answer for key, answer in visit.rights.items() if not isinstance(answer, TrackerError)}
    for answer in visit.rights.values():
        if isinstance(answer, TrackerError):
            return unanswered(name, answer)
    if not known:
        return Check(name, State.UNKNOWN, "no project is known to ask about")
    lacking = _lacking(feature, known)
    missing = listed(dict.fromkeys(TITLES[right] for found in lacking.values() for right in found))
    if any(right not in known[key] for key, found in lacking.items() for right in found):
        return Check(name, State.UNKNOWN, f"the site does not tell whether it grants {missing} in {listed(lacking)}")
    if not lacking:
        return fine(name, f"granted in {listed(known)}{_aside(need)}")
    verb = "are" if " and " in missing else "is"
    return _refused(name, f"{missing} {verb} not granted in {listed(lacking)}", _who(missing, visit, lacking), need)


def _refused(name: str, sentence: str, who: str, need: Need) -> Check:
    match need:
        case Need.NOW:
            return Check(name, State.FAILED, sentence, who, AWAY)
        case Need.BETTER:
            return warning(name, sentence, f"{who}; without it people get mail about our labels")
        case Need.LATER:
            return fine(name, f"{sentence}; {need.value}", f"before it is switched on, {who}")
        case Need.OFF:
            return fine(name, f"{sentence}; {need.value}")


def _lacking(feature: Feature, known: Mapping[str, Mapping[str, bool]]) -> dict[str, list[str]]:
    found = {key: [right for right in feature.rights if not has.get(right)] for key, has in known.items()}
    return {key: missing for key, missing in found.items() if missing}


def _aside(need: Need) -> str:
    return f"; {need.value}" if need in {Need.LATER, Need.OFF} else ""


def _who(missing: str, visit: Probe, projects: Mapping[str, object]) -> str:
    """Who can grant it, and where."""
    me = visit.account.name if isinstance(visit.account, Account) else "the account"
    return (
        f"a Jira administrator grants {missing} to {me} in the permission scheme of {listed(projects)}; "
        "in a team-managed project its administrator does, under Access"
    )
