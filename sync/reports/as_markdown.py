"""Markdown: the refinement report for a wiki page or a pull request.

Words from a tracker are escaped so that no dialect makes anything of them: no markup, macro, link, mention, reference,
formula of a table or of mathematics, and no HTML.
"""

import re
from collections.abc import Iterable

from rules.model import Issue
from sync.reports import format as wording
from sync.reports import go_live as golive
from sync.reports import view_model as refinement
from sync.reports.base import RunReport
from sync.reports.links import link_to
from sync.reports.redact import shared
from sync.reports.view_model import Obstacle, TeamProposal
from sync.sanitize import clip, visible

MOST = 25  # longer lists end with how many more there are: a page nobody finishes helps nobody
FIRST = 3

_JOIN = "\N{WORD JOINER}"  # invisible; breaks what a site would turn into a link, a mention or a reference
_SPECIAL = re.compile(r"([\\`*_{}\[\]#|~$!^])")
_OPENING = re.compile(r"^([-+=]|\d+(?=[.)]))")  # what would begin a list or underline a heading
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_CALLS = re.compile(r"(?<=[@#!%])(?=\w)|(?<=:)(?=//)|(?<=\bwww)(?=\.)|(?<=\bmailto)(?=:)", re.IGNORECASE)
_COLONS = re.compile(r":(?=[a-z0-9_+-]+:)", re.IGNORECASE)  # :emoji: and :macro:


def escape(text: str) -> str:
    """The text on one line, literal in CommonMark, in its GitHub and GitLab dialects and in wiki markup."""
    broken = _COLONS.sub(":" + _JOIN, _CALLS.sub(_JOIN, clip(text)))
    entities = "".join(_ENTITIES.get(char, char) for char in broken)
    return _OPENING.sub(_JOIN + r"\1", _SPECIAL.sub(r"\\\1", entities))


def render(report: RunReport) -> str:
    """The whole pass as one Markdown page."""
    report = shared(report)
    sections = (
        _head(report),
        _actions(report),
        _obstacles(report),
        _decisions(report),
        _proposals(report),
        _capacity(report),
        _deep(report),
        _changes(report),
        _shadow(report),
        _standing(report),
        _answers(report),
        _silences(report),
        _foot(report),
    )
    return "\n\n".join("\n".join(lines) for lines in map(tuple, sections) if lines) + "\n"


def _link(report: RunReport, issue_key: str) -> str:
    address = link_to(report.site, issue_key)
    return f"[{escape(issue_key)}]({address})" if address else escape(issue_key)


def _named(report: RunReport, issue: Issue) -> str:
    return f"{_link(report, issue.key)} {escape(issue.title)}"


def _linked(report: RunReport, text: str, keys: Iterable[str]) -> str:
    pieces = refinement.segments(visible(text), keys)
    return "".join(_link(report, piece) if is_key else _around(piece) for piece, is_key in pieces)


def _around(piece: str) -> str:
    """A piece of a sentence escaped, with the blanks at its ends kept."""
    before, after = piece[: len(piece) - len(piece.lstrip())], piece[len(piece.rstrip()) :]
    return f"{before}{escape(piece)}{after}" if piece.strip() else piece


def _table(*columns: str) -> Iterable[str]:
    yield f"| {' | '.join(columns)} |"
    yield "|" + " --- |" * len(columns)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _rest(count: int) -> Iterable[str]:
    if count > MOST:
        yield ""
        yield f"And {count - MOST} more."


def _head(report: RunReport) -> Iterable[str]:
    product = report.snapshot.product
    yield f"# {escape(product.name)}: refinement"
    yield ""
    if product.goal:
        yield f"**Goal:** {escape(product.goal)}"
        yield ""
    gauge, fresh = refinement.gauge(report), refinement.freshness(report)
    freshly = "" if fresh is None else f", {fresh:.0f} % fresh"
    share = wording.percent(gauge.ready, gauge.total)
    feeding = escape(refinement.feeding(report))
    yield f"**Next sprints: {share} ready ({gauge.ready} of {gauge.total}){freshly}.** {feeding}"
    if news := refinement.last_time(report):
        yield ""
        yield wording.since(*news)


def _actions(report: RunReport) -> Iterable[str]:
    if not report.deep.actions:
        return
    yield "## What helps most"
    yield ""
    for place, action in enumerate(report.deep.actions, start=1):
        gain = wording.gain(action.gain, action.runway_gain)
        yield f"{place}. {_linked(report, action.text, action.keys)}{f' ({gain})' if gain else ''}"


def _obstacles(report: RunReport) -> Iterable[str]:
    found = refinement.obstacles(report)
    yield "## What keeps the next sprints from being ready"
    yield ""
    if not found:
        yield "Nothing: every issue of the ready horizon is ready."
        return
    yield f"{wording.many(len(found), 'issue')} in rank order; repaired, they unlock {_unlocked(found)}."
    yield ""
    yield from _table("Rank", "Issue", "Team", "Sprints away", "Smallest fix", "Unlocks")
    for one in found[:MOST]:
        more = f" (and {len(one.more)} more)" if one.more else ""
        yield _row(
            str(one.rank),
            _named(report, one.issue),
            escape(", ".join(one.teams)) or "nobody's",
            wording.away(one.distance),
            f"{escape(one.fix.message)} {escape(one.fix.hint)}{more}".strip(),
            "no estimate" if one.points is None else wording.many(one.points, "point"),
        )
    yield from _rest(len(found))


def _unlocked(found: tuple[Obstacle, ...]) -> str:
    return wording.many(refinement.unlocked(found), "point")


def _decisions(report: RunReport) -> Iterable[str]:
    unclaimed, shared_by = refinement.unclaimed(report), refinement.cross_team(report)
    accepted = refinement.waived(report)
    if not (unclaimed or shared_by or accepted):
        return
    yield "## Decisions"
    yield ""
    yield from (f"- No team recognises {_named(report, issue)}: whose is it?" for issue in unclaimed[:MOST])
    yield from (f"- More than one team recognises {_named(report, issue)}: who leads?" for issue in shared_by[:MOST])
    yield from (
        f"- Accepted: {_link(report, issue.key)} {escape(finding.message)} {escape(finding.waived)}"
        for issue, finding in accepted[:MOST]
    )


def _proposals(report: RunReport) -> Iterable[str]:
    yield "## Proposal"
    for proposal in refinement.proposals(report):
        yield ""
        yield f"### {escape(proposal.team)}, {escape(proposal.sprint)}"
        yield ""
        yield from _proposal(report, proposal)


def _proposal(report: RunReport, proposal: TeamProposal) -> Iterable[str]:
    if not proposal.placements:
        yield "Nothing fits."
    for placed in proposal.placements:
        yield f"- {_named(report, placed.issue)}, {wording.many(placed.points, 'point')}: {escape(placed.why)}"
    if proposal.capacity and proposal.capacity.points:
        yield ""
        load = wording.many(proposal.capacity.load, "point")
        yield f"Cut: {load} already in, capacity {wording.spread(proposal.capacity.points)}."
    if proposal.below:
        yield ""
        yield "Left out first:"
        yield ""
        yield from (f"- {_named(report, left.issue)}: {escape(left.why)}" for left in proposal.below[:FIRST])


def _capacity(report: RunReport) -> Iterable[str]:
    if not report.capacities:
        return
    yield "## Capacity"
    yield ""
    yield from _table("Team", "Sprint", "Person-days", "Hours", "Points", "Already in", "Warnings")
    for one in report.capacities:
        yield _row(
            escape(one.team.name),
            escape(one.sprint.name) if one.sprint else "none yet",
            f"{wording.figure(one.net_days)} of {wording.figure(one.gross_days)}",
            wording.figure(one.hours),
            wording.spread(one.points),
            wording.figure(one.load),
            " ".join(escape(warning.text) for warning in one.warnings) or "none",
        )


def _deep(report: RunReport) -> Iterable[str]:
    deep = report.deep
    yield f"## DEEP: {wording.score(deep.score)}, grade {escape(deep.grade)}"
    yield ""
    if deep.confidence != "good":
        yield f"Confidence: {escape(deep.confidence)}."
        yield ""
    yield from _table("Letter", "Score", "Measures")
    for letter in deep.letters:
        measures = " ".join(_linked(report, one.text, one.keys) for one in letter.measures)
        yield _row(escape(letter.name), wording.score(letter.score), measures)


def _changes(report: RunReport) -> Iterable[str]:
    plan = report.plan
    ended = {one.change: one for one in report.outcomes}
    yield "## What was written" if report.outcomes else "## What would be written"
    yield ""
    if report.refused:
        yield f"**Refused:** {escape(report.refused)}"
        yield ""
    if not plan.changes:
        idle = wording.idle(plan)
        yield f"{idle[:1].upper()}{idle[1:]}."
        return
    if not report.outcomes and (why := wording.unwritten(report)):
        yield f"{wording.intended(plan.changes)}{why}."
        yield ""
    yield from _table("Issue", "Change", "Why", "Outcome")
    for change in plan.changes[:MOST]:
        outcome = ended.get(change)
        yield _row(
            _link(report, change.key),
            f"{wording.verb(change)} {escape(wording.what(change, report.snapshot))}".strip(),
            escape(change.why),
            f"{outcome.result.value} {escape(outcome.reason)}".strip() if outcome else "planned",
        )
    yield from _rest(len(plan.changes))


def _shadow(report: RunReport) -> Iterable[str]:
    if report.shadow is None:
        return
    yield "## Shadow mode"
    yield ""
    yield from (f"- {escape(sentence)}" for sentence in golive.sentences(report.shadow))


def _standing(report: RunReport) -> Iterable[str]:
    if not report.plan.standing:
        return
    yield "## Left as it is"
    yield ""
    for one in report.plan.standing[:MOST]:
        yield f"- {_link(report, one.key)} {escape(one.what)}: {escape(one.why)}"
    yield from _rest(len(report.plan.standing))


def _answers(report: RunReport) -> Iterable[str]:
    found = refinement.answers(report)
    if not found:
        return
    yield "## Answered in comments"
    yield ""
    yield from (f"- {_link(report, key)} {escape(text)}" for key, text in found[:MOST])
    yield from _rest(len(found))


def _silences(report: RunReport) -> Iterable[str]:
    judgement = report.judgement
    lines = [
        *(
            f"- {escape(name)}: {escape(', '.join(rules))} cannot tell"
            for name, rules in sorted(judgement.unavailable.items())
        ),
        *(f"- The waiver {escape(name)} matched nothing" for name in judgement.unused_waivers),
        *(f"- {escape(e.rule)} failed on {_link(report, e.subject)}: {escape(e.error)}" for e in judgement.errors),
    ]
    return ("## What could not be judged", "", *lines) if lines else ()


def _foot(report: RunReport) -> Iterable[str]:
    taken, requests = wording.moment(report.snapshot.taken_at), wording.many(report.requests, "request")
    yield "---"
    yield ""
    yield f"Run {visible(report.run)}, seen {taken}, {requests}, digest {report.plan.digest}."
