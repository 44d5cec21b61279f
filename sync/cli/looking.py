"""What commands that only look have in common: the report of the backlog as it is, or as it was on an earlier day."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from rules.model import Team
from rules.verdict import Verdict
from sync.cli.keys import key_of
from sync.cli.terminal import Terminal
from sync.collector import no_search_for_cycles
from sync.errors import UsageError
from sync.reports.base import RunReport

if TYPE_CHECKING:
    from sync.run.context import RunContext


def look(
    terminal: Terminal,
    as_of: str | None = None,
    finish: "Callable[[RunReport, RunContext], RunReport]" = lambda report, _: report,
) -> RunReport:
    """The report of a run up to the guard, or of an earlier day; `finish` adds to it while its store is open."""
    if as_of is not None:
        from sync.run.as_of import open_day

        with open_day(terminal.settings(), day_of(as_of, "--as-of")) as earlier:
            return finish(earlier.report(), earlier.context)
    with terminal.look() as context:
        report = finish(warn_if_empty(planned(context), context, terminal), context)
    terminal.warn_if_old(report)
    return report


@no_search_for_cycles()
def answer_in_json(
    terminal: Terminal,
    asked: object,
    make: Callable[[RunReport], tuple[Iterable[str], int]],
    lasts: Callable[[RunReport], bool] = lambda _: True,
    finish: "Callable[[RunReport, RunContext], RunReport]" = lambda report, _: report,
) -> int:
    """Print a document about the backlog as it is, and return the exit code; `make` gives its text and the code.

    `asked` names the command and its options. What was printed for them before is printed again while nothing that it
    rests on has changed; a document of a report that does not last is not kept. `finish` is as for `look`.
    """
    from sync.run.kept_output import KeptOutputs
    from sync.store.mirror import packed, unpacked

    with terminal.look() as context:
        outputs = KeptOutputs(context)
        kept = outputs.find(repr(asked))
        if kept is not None:
            content, code = kept.content, kept.code
        else:
            report = finish(warn_if_empty(planned(context), context, terminal), context)
            portions, code = make(report)
            content = packed(portions)
            if lasts(report):
                outputs.keep(repr(asked), report, content, code)
            terminal.warn_if_old(report)
    for portion in unpacked(content):
        sys.stdout.write(portion)
    return code


def planned(context: "RunContext") -> RunReport:
    """The report of a run up to the guard. The program behind it is loaded here, when a person sees that it reads."""
    from sync.run.run import plan_run

    return plan_run(context)


def warn_if_empty(report: RunReport, context: "RunContext", terminal: Terminal) -> RunReport:
    """Warn on stderr if the backlog is empty, which is rarely intended."""
    if not report.snapshot.issues:
        terminal.warn(
            f"the backlog of {report.snapshot.product.name} has no open issue: check that [product] backlog is right "
            f"({' '.join(context.scope.backlog.split())}) and that the account may see these issues"
        )
    return report


def day_of(day: str, option: str) -> date:
    """The day that an option names. Raises `UsageError`."""
    try:
        return date.fromisoformat(day)
    except ValueError as error:
        raise UsageError(f'{option} "{day}": write a day such as 2026-03-02') from error


def verdict_on(report: RunReport, key: str) -> Verdict:
    """The verdict on an issue of the backlog, whatever the case of its key. Raises `UsageError`."""
    verdict = report.judgement.by_key.get(key_of(key, report.snapshot))
    if verdict is None:
        raise UsageError(f'"{key}" is not in the backlog of {report.snapshot.product.name}; check [product] backlog')
    return verdict


def team_named(report: RunReport, name: str) -> Team:
    """The team of this name. Raises `UsageError`."""
    teams = {team.name: team for team in report.snapshot.product.teams}
    if name not in teams:
        raise UsageError(f'there is no team "{name}"; the teams are {", ".join(teams)}')
    return teams[name]


def only_team(report: RunReport, team: str) -> RunReport:
    """The report with the capacity of one team. Raises `UsageError` where there is none of that name."""
    team_named(report, team)
    return replace(
        report,
        capacities=tuple(one for one in report.capacities if one.team.name == team),
        before=tuple(one for one in report.before if one.team.name == team),
    )
