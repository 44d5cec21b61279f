"""The first page: is there enough ready work, until when, what to do first, and how that moved from run to run.

The text, the Markdown and the HTML report print these values, and prepare none themselves.
"""

from dataclasses import dataclass
from datetime import date, datetime

from rules.capacity.time_boxes import TimeBoxes
from rules.deep.model import ENOUGH, Action, Doers, Runway, Signal, Trend
from rules.deep.runway import day_in_words, first_dry, short_teams
from rules.model import Unit
from rules.wording import agreeing, agreeing_of
from sync.reports import format as wording
from sync.reports import horizon
from sync.reports.base import RunReport

FRESH = "fresh"  # the measure of the letter E on the first page
ACTIONS = 3  # on the first page
REFINE_LESS = "What is ready for more than {three} goes out of date: refine less for now."
LATEST_DAYS = 30  # points of a trend; a chart cannot show more
STATES = {
    Signal.RED: "Not enough ready work",
    Signal.AMBER: "Not enough ready work",
    Signal.GREEN: "Enough ready work",
    Signal.OVER_REFINED: "More ready work than needed",
    Signal.UNKNOWN: "Ready work: velocity unknown",
}
"""The answer of the first page for each state of the product's runway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPage:
    """What a Product Owner sees first.

    `state` answers whether there is enough ready work, `lasts` for how long, `teams` for how long of each team ("" for
    one team), `first_out` names the team that runs out first ("" where that is unknown), `readiness` counts ready
    issues. `signal` is the state as the runway has it, and `advice` what follows from it, "" for nothing.
    `boxes` are what lengths are counted in.
    """

    product: str
    day: str
    goal: str
    signal: Signal
    state: str
    lasts: str
    teams: str
    first_out: str
    readiness: str
    actions: tuple[Action, ...]
    boxes: TimeBoxes
    advice: str = ""

    def gain(self, action: Action) -> str:
        """What an action gains. Where more is ready than needed, more of it does not count."""
        return wording.gain(action.gain, 0.0 if self.advice else action.runway_gain, self.boxes)


def freshness(report: RunReport) -> str:
    """How many near issues changed lately, in the words of the measure of DEEP; "" where it has no value."""
    measures = (measure for letter in report.deep.letters for measure in letter.measures)
    return next((measure.text for measure in measures if measure.name == FRESH and measure.value is not None), "")


def product_runway(report: RunReport) -> Runway | None:
    """The runway of the whole product."""
    return next((runway for runway in report.deep.runways if not runway.team), None)


def first_out_first(report: RunReport) -> tuple[Runway, ...]:
    """The runway of the product, then those of the teams: the one that runs out first on top, unknown ones last."""
    product, teams = product_runway(report), [runway for runway in report.deep.runways if runway.team]
    teams.sort(key=lambda one: (one.usual_on is None, one.usual_on or date.max))
    return (product, *teams) if product is not None else tuple(teams)


def doers(action: Action, report: RunReport) -> str:
    """Who can do it: the Product Owner, the teams that may take the issues, or both."""
    issues = (report.snapshot.by_key.get(key) for key in action.keys)
    named = {team.name for issue in issues if issue is not None for team in report.snapshot.teams_of(issue)}
    product = report.snapshot.product
    teams = ", ".join(team.name for team in product.teams if team.name in named)
    if action.doers is Doers.OWNER or not teams:
        return product.owner
    return teams if action.doers is Doers.TEAMS else f"{product.owner} with {teams}"


def first_page(report: RunReport) -> FirstPage:
    """The answer to "Is there enough ready work?", and what to do first."""
    product, runway = report.snapshot.product, product_runway(report)
    signal = runway.signal if runway else Signal.UNKNOWN
    return FirstPage(
        product=product.name,
        day=wording.day(report.snapshot.taken_at),
        goal=product.goal,
        signal=signal,
        state=_state(signal, short_teams(report.deep.runways)),
        lasts=_lasts(runway, report.snapshot.taken_at, report.backlog.boxes),
        teams=_teams(report),
        first_out=_first_out(report),
        readiness=_readiness(report),
        actions=report.deep.actions[:ACTIONS],
        boxes=report.backlog.boxes,
        advice=REFINE_LESS.format(three=report.backlog.boxes.words(3)) if report.deep.is_more_than_needed else "",
    )


def _state(signal: Signal, short: str) -> str:
    """The answer; `short` are the teams with too little ready work."""
    if short and signal in ENOUGH:
        return f"{STATES[Signal.GREEN]}, but too little for {short}"
    return STATES[signal]


def _lasts(runway: Runway | None, seen: datetime, boxes: TimeBoxes) -> str:
    """How long ready work lasts: in sprints or weeks, and to which day."""
    if runway is None:
        return "How long ready work lasts is unknown."
    if runway.sprints is None:
        points = wording.many(runway.ready_points, runway.unit.one)
        are, last = agreeing(runway.ready_points, "is", "are"), agreeing(runway.ready_points, "it lasts", "they last")
        estimated = "" if runway.unit is Unit.ISSUES else " with estimates"
        closed = f"a {boxes.box}{estimated}"
        return f"{points} {are} ready. How long {last} is unknown until {closed} is closed."
    until = wording.until(runway, seen)
    about = f", to about {until}" if until else ""
    return f"It lasts {wording.length(runway.sprints, boxes)} at the usual velocity{about}."


def _teams(report: RunReport) -> str:
    """Each team's ready work in sprints; "" for one team, and where none is known."""
    runways = [runway for runway in report.deep.runways if runway.team]
    if len(runways) < 2 or all(runway.sprints is None for runway in runways):
        return ""
    boxes = report.backlog.boxes
    lengths = (None if runway.sprints is None else boxes.figure(runway.sprints) for runway in runways)
    parts = (f"{one.team} {wording.figure(length, 'unknown')}" for one, length in zip(runways, lengths, strict=True))
    return f"By team, in {boxes.several}: {', '.join(parts)}."


def _first_out(report: RunReport) -> str:
    """The team that runs out of ready work first, and the planning before that if its sprints are planned."""
    first, seen = first_dry(report.deep.runways), report.snapshot.taken_at.date()
    if first is None or first.usual_on is None:
        return ""
    out = f"First to run out: {first.team}, about {day_in_words(first.usual_on, seen)}."
    sprints = next((one.outlook for one in report.capacities if one.team.name == first.team), ())
    starts = [sprint.first for sprint in sprints if sprint.first <= first.usual_on <= sprints[-1].last]
    if not starts:
        return out
    return f"{out} The planning before that: {starts[-1]:%A} {day_in_words(starts[-1], seen)}."


def _readiness(report: RunReport) -> str:
    near = horizon.gauge(report)
    if not near.total:
        return "No issue is in the ready horizon."
    are = agreeing_of(near.ready, near.total, "is", "are")
    ready = f"{near.ready} of {wording.many(near.total, 'issue')} in the ready horizon {are} ready"
    others = wording.states(report.judgement.near)
    share = wording.percent(near.ready, near.total)
    return f"{ready} ({share}){f', {others}' if others else ''}. {freshness(report)}".rstrip()


def now(report: RunReport) -> Trend:
    """This run as a point of the trend."""
    runway, near = product_runway(report), horizon.gauge(report)
    return Trend(
        at=report.started,
        issues=len(report.judgement.verdicts),
        ready=len(report.judgement.ready),
        score=report.deep.score,
        runway=runway.sprints if runway else None,
        near=near.total,
        near_ready=near.ready,
    )


def trend(report: RunReport) -> tuple[Trend, ...]:
    """The last run of each earlier day, oldest first, and this one at the end."""
    earlier = sorted((one for one in report.history if one.at < report.started), key=lambda one: one.at)
    daily = {one.at.date(): one for one in earlier if one.at.date() < report.started.date()}
    return (*tuple(daily.values())[-LATEST_DAYS + 1 :], now(report))


def last_time(report: RunReport) -> tuple[Trend, Trend] | None:
    """The run before this one and this one, `None` if there was none."""
    earlier = [one for one in report.history if one.at < report.started]
    return (max(earlier, key=lambda one: one.at), now(report)) if earlier else None
