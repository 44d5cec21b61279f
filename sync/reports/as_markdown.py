"""Markdown: the refinement report for a wiki page or a pull request."""

from collections.abc import Callable, Iterable

from rules.model import Issue
from rules.plan.changes import Change, mark_of
from rules.verdict import Verdict
from sync.reports import contents, coverage, go_live, horizon, learned, look_ahead, overview, planned_writes, proposed
from sync.reports import format as wording
from sync.reports.base import RunReport
from sync.reports.format import link_to
from sync.reports.learned import Chapter
from sync.reports.markdown import escape, foot, table_head, table_row
from sync.reports.old_issues import section_of
from sync.reports.proposed import TeamProposal
from sync.reports.redact import shared
from sync.sanitize import visible

MOST = 25  # longer lists end with the number of the rest
FIRST = 3


def render(report: RunReport) -> str:
    """The whole run as one Markdown page."""
    return _page(shared(report), _changes)


def plan(report: RunReport) -> str:
    """The same page for the command `plan`: every change in full, with the text of each comment and each property."""
    return _page(shared(report), _exact_changes)


def _page(report: RunReport, changes: Callable[[RunReport], Iterable[str]]) -> str:
    sections = (
        _head(report),
        _actions(report),
        _obstacles(report),
        _not_due(report),
        _later(report),
        _decisions(report),
        _proposals(report),
        _later_sprints(report),
        _capacity(report),
        _deep(report),
        _chapters(contents.TITLE, contents.chapters(report)),
        _chapters(learned.TITLE, learned.chapters(report)),
        _old_issues(report),
        changes(report),
        _dry_run(report),
        _left_as_is(report),
        _left_alone(report),
        _answers(report),
        _silences(report),
        _foot(report),
    )
    return "\n\n".join("\n".join(lines) for lines in map(tuple, sections) if lines) + "\n"


def link(site: str, key: str) -> str:
    """The key of an issue, as a link where the site has an address."""
    address = link_to(site, key)
    return f"[{escape(key)}]({address})" if address else escape(key)


def _named(report: RunReport, issue: Issue) -> str:
    return f"{link(report.site, issue.key)} {escape(issue.title)}"


def _linked(report: RunReport, text: str, keys: Iterable[str]) -> str:
    pieces = wording.segments(visible(text), keys)
    return "".join(link(report.site, piece) if is_key else _around(piece) for piece, is_key in pieces)


def _around(piece: str) -> str:
    """A piece of a sentence escaped, with the blanks at its ends kept."""
    before, after = piece[: len(piece) - len(piece.lstrip())], piece[len(piece.rstrip()) :]
    return f"{before}{escape(piece)}{after}" if piece.strip() else piece


def _rest(count: int) -> Iterable[str]:
    if count > MOST:
        yield ""
        yield f"And {count - MOST} more."


def _head(report: RunReport) -> Iterable[str]:
    page = overview.first_page(report)
    yield f"# {escape(page.product)}: {escape(page.state[:1].lower() + page.state[1:])}"
    yield ""
    goal = f" · **Product Goal:** {escape(page.goal)}" if page.goal else ""
    yield f"{page.day}{goal}"
    for_agents = wording.for_agents(report.judgement.verdicts)
    for sentence in (page.lasts, page.teams, page.first_out, page.readiness, page.advice, for_agents):
        if sentence:
            yield ""
            yield escape(sentence)
    for sentence in coverage.earlier_day(report):
        yield ""
        yield escape(sentence)
    for sentence in report.snapshot.left_out:
        yield ""
        yield f"**{escape(sentence)}**"
    if news := overview.last_time(report):
        yield ""
        yield wording.since(*news, report.backlog.boxes)


def _actions(report: RunReport) -> Iterable[str]:
    if not report.deep.actions:
        return
    yield "## What to do first"
    yield ""
    page = overview.first_page(report)
    for place, action in enumerate(page.actions, start=1):
        gain = page.gain(action)
        yield f"{place}. {_linked(report, action.text, action.keys)}{f' ({gain})' if gain else ''}"


def _obstacles(report: RunReport) -> Iterable[str]:
    obstacles = horizon.obstacles(report)
    yield f"## Not ready: {horizon.of_all(len(obstacles), report)}"
    yield ""
    if not obstacles:
        yield horizon.no_obstacles(report)
        return
    yield f"In rank order. {wording.unlocking(horizon.unlocked(report), report.snapshot.unit)}".rstrip()
    yield ""
    sizes = report.snapshot.unit.capitalize()
    yield from table_head(
        "Rank", "Issue", "Team", report.backlog.boxes.box.capitalize(), "Missing, and the smallest fix", sizes
    )
    for one in obstacles:
        yield table_row(
            str(one.rank),
            _named(report, one.issue),
            escape(", ".join(one.teams)) or "no team",
            escape(one.place),
            escape(wording.what_is_missing(one.fix, one.more)),
            wording.figure(one.points, "no estimate"),
        )


def _not_due(report: RunReport) -> Iterable[str]:
    verdicts = horizon.not_due(report)
    if verdicts:
        yield f"## Not due yet: {horizon.of_all(len(verdicts), report)}"
        yield ""
        yield from (_due_later(report, one) for one in verdicts)


def _later(report: RunReport) -> Iterable[str]:
    verdicts = horizon.later(report)
    if verdicts:
        yield "## Later"
        yield ""
        box = report.backlog.boxes.box
        yield f"{wording.many(len(verdicts), 'issue')} outside the ready horizon, to prepare before their {box}."
        yield ""
        yield from (_due_later(report, one) for one in verdicts[:MOST])
        yield from _rest(len(verdicts))


def _due_later(report: RunReport, one: Verdict) -> str:
    return f"- {_named(report, one.issue)}: {escape('; '.join(wording.due(due, one.distance) for due in one.due))}"


def _decisions(report: RunReport) -> Iterable[str]:
    unclaimed, shared_by = horizon.unclaimed(report), horizon.cross_team(report)
    accepted = horizon.waived(report)
    if not (unclaimed or shared_by or accepted):
        return
    yield "## Decisions"
    yield ""
    yield from (f"- {_named(report, issue)}: no team yet. Who takes it?" for issue in unclaimed[:MOST])
    yield from (f"- {_named(report, issue)}: more than one team. Who takes it?" for issue in shared_by[:MOST])
    yield from (
        f"- {link(report.site, issue.key)} {escape(finding.message)} {escape(wording.sentence(finding.waived))}"
        for issue, finding in accepted[:MOST]
    )


def _proposals(report: RunReport) -> Iterable[str]:
    yield "## Proposal"
    for proposal in proposed.proposals(report):
        yield ""
        yield f"### {escape(proposal.team)}, {escape(proposal.sprint)}"
        yield ""
        yield from _proposal(report, proposal)


def _proposal(report: RunReport, proposal: TeamProposal) -> Iterable[str]:
    if proposal.goal is not None:
        yield f"**Sprint Goal:** {escape(proposal.goal.text)}"
        yield ""
        yield from (f"- {escape(one.text)}" for one in proposal.goal.findings)
        yield from ([""] if proposal.goal.findings else [])
    if proposal.capacity and proposal.capacity.points:
        planned = wording.many(proposal.capacity.load, proposal.capacity.unit.one)
        yield f"Already planned: {planned}. Capacity: {wording.spread(proposal.capacity)}."
        yield ""
    if proposal.issues:
        yield from table_head("Issue", report.snapshot.unit.capitalize(), "Running total", "Left after")
        for one in proposal.issues:
            note = f" ({escape(one.note)})" if one.note else ""
            figures = wording.figure(one.points), wording.figure(one.total), wording.figure(one.left, "–")
            yield table_row(f"{_named(report, one.issue)}{note}", *figures)
    else:
        yield "No ready issue fits."
    if proposal.below:
        yield ""
        yield "Not proposed, the highest in rank:"
        yield ""
        yield from (f"- {_named(report, left.issue)}: {escape(left.why)}" for left in proposal.below[:FIRST])


def _later_sprints(report: RunReport) -> Iterable[str]:
    if lines := look_ahead.lines(report.look_ahead):
        yield f"## {look_ahead.title(report.backlog.boxes)}"
        yield ""
        yield from (f"- {escape(one)}" for one in lines)


def _capacity(report: RunReport) -> Iterable[str]:
    if not report.capacities:
        return
    yield "## Capacity"
    yield ""
    yield from table_head(
        "Team",
        report.backlog.boxes.box.capitalize(),
        "Person-days",
        "Hours",
        report.snapshot.unit.capitalize(),
        "Already planned",
    )
    for one in report.capacities:
        yield table_row(
            escape(one.team.name),
            escape(one.sprint.name) if one.sprint else "none yet",
            wording.days(one).removesuffix(" person-days"),
            wording.figure(one.hours) if one.team.people else "–",
            wording.spread(one),
            wording.figure(one.load),
        )
    if warnings := wording.warnings(report.capacities):
        yield ""
        yield from (f"- {level.value}: {escape(text)}" for level, text in warnings)


def _deep(report: RunReport) -> Iterable[str]:
    deep = report.deep
    yield f"## DEEP: {wording.graded(deep)}"
    yield ""
    if deep.confidence != "good":
        yield f"Confidence: {escape(deep.confidence)}"
        yield ""
    yield from table_head("Letter", "Score", "Measure")
    for letter in deep.letters:
        head = escape(letter.name), wording.score(letter.score)
        for place, measure in enumerate(letter.measures):
            yield table_row(*(("", "") if place else head), _linked(report, measure.text, measure.keys))


def _chapters(title: str, chapters: Iterable[Chapter]) -> Iterable[str]:
    if chapters:
        yield f"## {title}"
    for chapter in chapters:
        yield ""
        yield f"### {chapter.title}"
        yield ""
        yield escape(chapter.about)
        yield ""
        yield from (f"- {escape(sentence)}" for sentence in chapter.all_sentences)
        if chapter.patch:  # escaped like all other text: in wiki markup, brackets are links
            yield "\n\n".join(map(escape, chapter.patch))


def _old_issues(report: RunReport) -> Iterable[str]:
    section = section_of(report)
    if section is None:
        return
    yield f"## {escape(section.title)}"
    for sentence in section.lead:
        yield ""
        yield escape(sentence)
    if section.offers:
        yield ""
        yield from table_head("Issue", "Evidence")
        yield from (table_row(_named(report, one.issue), _linked(report, one.text, one.keys)) for one in section.offers)
    for sentence in (section.answer, section.kept):
        if sentence:
            yield ""
            yield escape(sentence)
    if section.released:
        yield ""
        yield "Released, until a person closes them:"
        yield ""
        yield from (f"- {_named(report, one.issue)}: {escape(one.text)}" for one in section.released)
    if section.more_released:
        yield ""
        yield f"And {section.more_released} more."


def _changes(report: RunReport) -> Iterable[str]:
    plan = report.plan
    outcome_of = planned_writes.outcome_of(report)
    yield "## Changes written" if report.outcomes else "## Changes planned"
    yield ""
    if report.refused:
        yield f"**Refused:** {escape(report.refused)}"
        yield ""
    if not plan.changes:
        yield f"{wording.idle(report)}."
        return
    if not report.outcomes and (why := wording.unwritten(report)):
        yield f"{wording.intended(plan.changes)}{why}."
        yield ""
    yield from table_head("Issue", "Change", "Why", "Outcome")
    for change in plan.changes[:MOST]:
        outcome = outcome_of(change)
        ended = f"{wording.RESULTS[outcome.result]} {escape(outcome.reason)}".strip() if outcome else "planned"
        yield table_row(*_change(report, change), ended)
    yield from _rest(len(plan.changes))


def _change(report: RunReport, change: Change) -> tuple[str, str, str]:
    """The issue, what is written there, and why."""
    what = f"{wording.verb(change)} {escape(wording.what(change, report.snapshot))}".strip()
    return link(report.site, change.key), what, escape(wording.reason(change))


def _exact_changes(report: RunReport) -> Iterable[str]:
    """Every change in full: the text of each comment, of each issue property and of the page in Confluence, too."""
    yield from _wiki(report)
    yield "## Changes planned"
    yield ""
    if report.refused:
        yield f"**Refused:** {escape(report.refused)}"
        yield ""
    if not report.plan.changes:
        yield f"{wording.idle(report)}."
        return
    yield from table_head("Issue", "Change", "Why")
    yield from (table_row(*_change(report, change)) for change in report.plan.changes)
    texts = planned_writes.written_texts(report)
    for change, text in texts.items():
        yield ""
        yield f"### {escape(change.key)}: the {mark_of(change)}"
        for line in text.splitlines():
            yield ""
            yield escape(line)
    yield ""
    yield "## Issue properties"
    yield ""
    for key, marks in planned_writes.properties(report).items():
        yield f"- {link(report.site, key)} {escape(wording.marks(marks, report.snapshot))}"


def _wiki(report: RunReport) -> Iterable[str]:
    """What our part of the page in Confluence will say."""
    if (wiki := report.wiki) is not None:
        yield f"## Page {wiki.page} in Confluence"
        for row in (f"{wiki.url}, {wiki.when}:", *wiki.text.splitlines()):
            yield ""
            yield escape(row)
        yield ""


def _dry_run(report: RunReport) -> Iterable[str]:
    if report.go_live is None:
        return
    yield "## Dry run"
    yield ""
    yield from (f"- {escape(sentence)}" for sentence in go_live.sentences(report.go_live))


def _left_as_is(report: RunReport) -> Iterable[str]:
    if not report.plan.left_as_is:
        return
    yield "## Kept as people set it"
    yield ""
    for one in report.plan.left_as_is[:MOST]:
        yield f"- {link(report.site, one.key)} {escape(one.what)}: {escape(one.why)}"
    yield from _rest(len(report.plan.left_as_is))


def _left_alone(report: RunReport) -> Iterable[str]:
    groups = planned_writes.left_alone(report)
    if not groups:
        return
    yield "## Left alone"
    yield ""
    yield "Nothing is written to these issues."
    yield ""
    yield from (f"- {_linked(report, wording.keys(keys), keys)}: {escape(why)}" for why, keys in groups)


def _answers(report: RunReport) -> Iterable[str]:
    answers = planned_writes.answers(report)
    if not answers:
        return
    yield "## Answers to commands"
    yield ""
    yield from (f"- {link(report.site, key)} {escape(text)}" for key, text in answers[:MOST])
    yield from _rest(len(answers))


def _silences(report: RunReport) -> Iterable[str]:
    judgement = report.judgement
    lines = [
        *(f"- {escape(wording.unchecked(*item, report.snapshot))}" for item in sorted(judgement.unavailable.items())),
        *(f"- {escape(sentence)}" for sentence in judgement.unused_waivers),
        *(f"- {_linked(report, wording.rule_error(e), (e.subject,))}" for e in judgement.errors),
    ]
    return ("## What could not be checked", "", *lines) if lines else ()


def _foot(report: RunReport) -> Iterable[str]:
    yield from foot(coverage.sentences(report))
    yield ""
    yield f"Run {visible(report.run)}, plan digest {report.plan.digest}."
