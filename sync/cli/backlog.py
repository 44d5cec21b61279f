"""The commands that show the backlog: `check`, `why`, `capacity`, `forecast`, `plan`, `report`, `preview`.

Each loads its reports after it has read the backlog: a person sees at once that it reads.
"""

import sys
import webbrowser
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from sync.cli.exit_codes import FINDINGS, REFUSED, end, findings_code
from sync.cli.formats import Form
from sync.cli.looking import answer_in_json, day_of, look, only_team, team_named, verdict_on
from sync.cli.terminal import Terminal
from sync.errors import UsageError
from sync.reports import RENDERERS, make_room, write
from sync.reports.json_models import dump
from sync.reports.json_models.results import FilesDocument
from sync.reports.selection import Selection, select

if TYPE_CHECKING:
    from sync.cli.what_if import Assumptions
    from sync.reports.base import RunReport
    from sync.run.context import RunContext


def check(
    terminal: Terminal,
    keys: Sequence[str],
    selection: Selection,
    rules: Sequence[str],
    as_of: str | None,
    fail_on: str | None,
) -> int:
    """Print the verdicts on the selected issues, and return the exit code. Raises `UsageError` for unknown names."""
    if rules:
        selection = replace(selection, rules=_paths(rules))
    terminal.refuse_parts(keys, not selection.is_whole)

    def document(report: "RunReport") -> tuple[Iterable[str], int]:
        from sync.reports import as_json

        wanted = _selected(report, selection, keys)
        return as_json.check_portions(report, wanted), _code(report, wanted, fail_on)

    if terminal.form is Form.JSON and as_of is None:
        asked = ("check", tuple(keys), replace(selection, rules=frozenset()), sorted(selection.rules), fail_on)
        return answer_in_json(terminal, asked, document)
    report = look(terminal, as_of)
    from sync.reports import as_markdown, as_text

    selection = _selected(report, selection, keys)
    terminal.answer(
        text=lambda: as_text.check(report, selection),
        json=lambda: "".join(document(report)[0]),
        markdown=lambda: as_markdown.render(report),
    )
    return _code(report, selection, fail_on)


def _selected(report: "RunReport", selection: Selection, keys: Sequence[str]) -> Selection:
    """The selection with these issues. Raises `UsageError` for unknown names."""
    if selection.team:
        team_named(report, selection.team)
    return replace(selection, keys=frozenset(verdict_on(report, key).issue.key for key in keys))


def _code(report: "RunReport", selection: Selection, fail_on: str | None) -> int:
    return findings_code(select(report, selection).verdicts, fail_on)


def why(terminal: Terminal, key: str, rule: str) -> None:
    """Print the page of one issue, or what one rule says about it. Raises `UsageError`."""
    path = next(iter(_paths((rule,))), "") if rule else ""
    report = look(terminal)
    from sync.reports import as_json, horizon
    from sync.reports.issue import as_markdown, as_text
    from sync.reports.issue.page import IssuePage

    verdict = verdict_on(report, key)
    key = verdict.issue.key
    rank = 1 + [one.issue.key for one in report.judgement.verdicts].index(key)
    teams = [team.name for team in report.snapshot.teams_of(verdict.issue)]
    thresholds = terminal.thresholds(verdict, teams, rule=path)
    page = IssuePage(
        verdict,
        site=report.site,
        rank=rank,
        place=horizon.place(report, verdict),
        teams=teams,
        thresholds=thresholds,
        left_alone=report.plan.left_alone.get(key, ""),
        unit=report.snapshot.unit,
    )
    terminal.answer(
        text=lambda: as_text.why_rule(page, path) if path else as_text.why(page),
        json=lambda: dump(as_json.why_document(report, key, thresholds, path)),
        markdown=lambda: as_markdown.why_rule(page, path) if path else as_markdown.why(page),
    )


def capacity(terminal: Terminal, wanted: "Assumptions", as_of: str | None) -> None:
    """Print each team's capacity, with assumptions next to what it is without them. Raises `UsageError`."""
    if terminal.form is Form.JSON and as_of is None and not wanted:
        end(answer_in_json(terminal, ("capacity", wanted.team), lambda report: ([_capacity(report, wanted.team)], 0)))
        return
    if wanted:
        from sync.cli.what_if import assume

        report = look(terminal, as_of, lambda present, context: assume(present, context, wanted))
    else:
        terminal.refuse_parts(wanted.team)
        report = look(terminal, as_of)
    shown = _of_team(report, wanted.team)
    from sync.reports import as_markdown, as_text
    from sync.reports import what_if as comparison

    terminal.answer(
        text=lambda: as_text.capacity(shown),
        json=lambda: _capacity(report, wanted.team),
        markdown=lambda: comparison.as_markdown(shown, shown.what_if) if shown.what_if else as_markdown.render(shown),
    )


def _capacity(report: "RunReport", team: str | None) -> str:
    from sync.reports import as_json

    return dump(as_json.capacity_document(_of_team(report, team), filtered=team is not None))


def _of_team(report: "RunReport", team: str | None) -> "RunReport":
    """The report, with the capacity of this team only where one is named. Raises `UsageError`."""
    return report if team is None else only_team(report, team)


def forecast(terminal: Terminal, keys: Sequence[str], team: str | None) -> None:
    """Print what each team finishes in several sprints, or when issues are done. Raises `UsageError`."""
    if keys and team is not None:
        raise UsageError("--team limits the forecast of teams; leave it out where issues are named")
    report = look(terminal)
    from sync.cli import ahead

    ahead.show(terminal, _of_team(report, team), keys, filtered=team is not None)


def plan(terminal: Terminal, as_of: str | None) -> None:
    """Print the changes a run would write; ends with 3 where a limit refuses them. Raises `UsageError`."""
    if terminal.form is Form.JSON and as_of is None:
        code = answer_in_json(
            terminal,
            "plan",
            lambda report: ([_plan(report)], _plan_code(report)),
            lambda report: not report.plan.held,
            partial(_with_wiki, terminal),
        )
        end(code)
        return
    report = look(terminal, as_of, partial(_with_wiki, terminal))
    if report.earlier is not None and not report.earlier.run:
        day = report.earlier.day
        raise UsageError(f"there is no plan of {day}: no run of that day is stored, so what was written is not known")
    from sync.reports import as_markdown, as_text

    terminal.answer(
        text=lambda: as_text.plan(report),
        json=lambda: _plan(report),
        markdown=lambda: as_markdown.plan(report),
    )
    end(_plan_code(report))


def _with_wiki(terminal: Terminal, report: "RunReport", context: "RunContext") -> "RunReport":
    """The report with what the page in Confluence will say, unless it is of an earlier day."""
    if report.earlier is not None:
        return report
    from sync.config import policy_of
    from sync.run.confluence_page import with_wiki
    from sync.run.context import page_link

    settings = terminal.settings()
    page, pauses = settings.living_page.confluence, context.store.pauses.all()
    return with_wiki(report, page, policy_of(settings), page_link(settings), pauses)


def _plan(report: "RunReport") -> str:
    from sync.reports import as_json

    return dump(as_json.plan_document(report))


def _plan_code(report: "RunReport") -> int:
    return REFUSED if report.refused else 0


def write_reports(terminal: Terminal, out: Path, as_of: str | None, *, opened: bool) -> None:
    """Write every kind of report to a folder, and print the paths. Raises `UsageError`."""
    make_room(out)
    made = write(look(terminal, as_of, _with_learned), tuple(RENDERERS), out)
    files = [str(path) for path in made]
    terminal.print_result("\n".join(files), lambda: FilesDocument(files=tuple(files)))
    page = next(path for path in made if path.suffix == ".html")
    if opened and not webbrowser.open(page.resolve().as_uri()):
        terminal.warn(f"no browser could be opened; open {page}")


def preview(terminal: Terminal, against: str | None, max_flips: int | None) -> None:
    """Print which verdicts the configuration would change; ends with 1 above `max_flips`. Raises `UsageError`."""
    day = day_of(against, "--against") if against is not None else None
    with terminal.busy("Reading stored days"):
        from sync.run.preview import preview as compare

        compared = compare(terminal.settings(), day)
    from sync.reports import preview as flips
    from sync.reports.as_json import preview_document

    name = str(terminal.config)
    terminal.answer(
        text=lambda: flips.page(compared, name),
        json=lambda: dump(preview_document(compared, name, max_flips)),
        markdown=lambda: flips.markdown(compared, name),
    )
    if max_flips is not None and len(compared.flips) > max_flips:
        sys.stderr.write(f"{flips.summary(compared)} --max-flips allows {max_flips}.\n")
        raise typer.Exit(FINDINGS)


def _paths(rules: Sequence[str]) -> frozenset[str]:
    from sync.cli.rule_list import rule_paths

    return rule_paths(rules)


def _with_learned(report: "RunReport", context: "RunContext") -> "RunReport":
    from sync.run.run import with_learned

    return with_learned(report, context)
