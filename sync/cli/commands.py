"""The commands. Each opens a context, gets a report, and gives it to a renderer."""

import os
import sys
import webbrowser
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.text import Text

from rules.plan.outcome import Result
from rules.rule import Severity
from rules.verdict import Verdict
from sync.cli.terminal import Form, Terminal, command, common_options
from sync.cli.usage_errors import PlainUsageErrors
from sync.cli.what_if import Assumptions, assume
from sync.config import vocabulary_of
from sync.errors import UsageError
from sync.reports import as_json, as_markdown, as_text, view_model
from sync.reports import what_if as comparison
from sync.reports.base import CutRun, RunReport
from sync.reports.selection import Order, Selection, select
from sync.run.context import RunContext, now, open_context
from sync.run.run import execute_run, plan_run, with_learned
from sync.sanitize import clip
from sync.stopping import StopRequest, asked_by_signals, heeding

app = typer.Typer(
    name="readyline",
    cls=PlainUsageErrors,
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
config_app = typer.Typer(help="Check the configuration, show its values, or print its schema.", no_args_is_help=True)
app.add_typer(config_app, name="config")
absences_app = typer.Typer(help="Show what the absence files hold.", no_args_is_help=True)
app.add_typer(absences_app, name="absences")

REFUSED, PARTLY_FAILED, FINDINGS = 3, 5, 1


class Level(StrEnum):
    """The lowest severity of a finding that makes a command fail."""

    MUST = "must"
    SHOULD = "should"


class Dialect(StrEnum):
    """The kind of Jira that the local one simulates."""

    CLOUD = "cloud"
    DATACENTER = "datacenter"


class TrackerName(StrEnum):
    """The kinds of Jira."""

    CLOUD = "jira-cloud"
    DATACENTER = "jira-datacenter"


FailOn = Annotated[Level | None, typer.Option(help="Exit with 1 if a finding has at least this severity.")]
Keep = Annotated[bool, typer.Option("--keep", help="Keep the local Jira running until Ctrl-C.")]
Force = Annotated[bool, typer.Option("--force", help="Undo also while write_back.enabled is false.")]
Out = Annotated[Path, typer.Option("--out", help="The folder for the reports.")]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="Of this earlier day, without asking the tracker.", metavar="DAY"),
]


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - what typer calls
    if wanted:
        from importlib.metadata import version

        sys.stdout.write(f"readyline {version('readyline')}\n")
        raise typer.Exit


@app.callback()
@common_options
def readyline(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Check a Jira backlog against the Definition of Ready and DEEP, and plan what each team can take."""


@app.command()
@command
def demo(
    terminal: Terminal,
    dialect: Annotated[Dialect, typer.Option(help="The kind of Jira to simulate.")] = Dialect.CLOUD,
    out: Out = Path("demo-reports"),
    keep: Keep = False,  # noqa: FBT002 - a switch of the command line
) -> None:
    """Run twice against a local Jira with an invented company."""
    if find_spec("werkzeug") is None:
        raise UsageError("The demo needs its local Jira; install it in your checkout with: pip install '.[demo]'")
    from sync.demo.tour import as_document, shop_at_work
    from sync.reports import RENDERERS, make_room, write

    make_room(out)
    reports = []
    with shop_at_work(dialect.value) as place:
        for name, heading in (("first", "First run"), ("second", "Second run, nothing changed in between")):
            terminal.heading(heading)
            with open_context(place.settings()) as context, terminal.busy("Working"):
                report = execute_run(context)
            reports.append(report)
            paths = write(report, RENDERERS, out / f"{name}-run")
            terminal.aside(as_text.summary(report, paths))
        terminal.aside(Text(f"\nOpen this page first: {out / 'first-run' / 'readyline.html'}"))
        if terminal.form is Form.JSON:
            terminal.say(as_document(reports))
        if keep:
            terminal.aside(Text(place.directions()))
            place.wait()
    _exit_by(report)


@app.command()
@command
def init(  # noqa: PLR0913, PLR0917 - one parameter an option
    terminal: Terminal,
    url: Annotated[str, typer.Option(help="The address of the site, as in a browser.")],
    out: Annotated[Path, typer.Option("--out", help="The file to write; it must not exist.")] = Path("config.toml"),
    kind: Annotated[TrackerName | None, typer.Option(help="The kind of Jira, if the site does not say it.")] = None,
    email: Annotated[str, typer.Option(help="Jira Cloud only: the e-mail address of the token's account.")] = "",
    cloud_id: Annotated[
        str, typer.Option(help="Only for scoped tokens: the cloudId in https://SITE/_edge/tenant_info.")
    ] = "",
    project: Annotated[str, typer.Option(help="Only the boards of this project.", metavar="KEY")] = "",
) -> None:
    """Read a Jira site and write a commented, valid configuration file."""
    from sync.init import Wanted, run_init
    from sync.init.output import as_document, as_text

    kind_name = kind.value if kind else ""
    wanted = Wanted(url=url, kind=kind_name, email=email, cloud_id=cloud_id, project=project)
    with terminal.busy("Reading the site"):
        placed = run_init(wanted, out, os.environ)
    terminal.answer(text=lambda: as_text(placed), json=lambda: as_json.dump(as_document(placed)))


@app.command()
@command
def doctor(terminal: Terminal) -> None:
    """Check connection, permissions, fields and boards."""
    from sync.doctor import examine
    from sync.doctor.output import as_document, as_table

    with terminal.busy("Reading the site"):
        checks = examine(terminal.settings(), os.environ, now())
    terminal.answer(text=lambda: as_table(checks), json=lambda: as_json.dump(as_document(checks)))
    raise typer.Exit(checks.exit_code)


@app.command()
@command
def check(  # noqa: PLR0913, PLR0917 - one parameter an option
    terminal: Terminal,
    keys: Annotated[list[str] | None, typer.Argument(help="Only these issues.", metavar="[KEY]...")] = None,
    not_ready: Annotated[bool, typer.Option("--not-ready", help="Only issues that are not ready.")] = False,  # noqa: FBT002
    near: Annotated[bool, typer.Option("--near", help="Only issues in the ready horizon.")] = False,  # noqa: FBT002
    team: Annotated[str, typer.Option(help="Only issues that this team may take.")] = "",
    rule: Annotated[list[str] | None, typer.Option(help="Only issues with a finding of this rule.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many issues.")] = None,
    sort: Annotated[Order, typer.Option(help="The lowest score or the oldest first.")] = Order.RANK,
    fail_on: FailOn = None,
    as_of: AsOf = None,
) -> None:
    """Show the verdict and findings of each issue, and the DEEP measures."""
    from sync.cli.rule_list import rule_paths

    terminal.refuse_parts(keys, not_ready, near, team, rule, limit, sort is not Order.RANK)
    wanted = Selection(not_ready=not_ready, near=near, team=team, rules=rule_paths(rule or ()), limit=limit, order=sort)
    report = _look(terminal, as_of)
    if team:
        _only_team(report, team)  # one that does not exist is named
    selection = replace(wanted, keys=frozenset(_verdict(report, key).issue.key for key in keys or ()))
    terminal.answer(
        text=lambda: as_text.check(report, selection),
        json=lambda: as_json.dump(as_json.check_document(report, selection)),
        markdown=lambda: as_markdown.render(report),
    )
    _fail_on(select(report, selection).verdicts, fail_on)


@app.command()
@command
def lint(  # noqa: PLR0913, PLR0917 - one parameter an option
    terminal: Terminal,
    sources: Annotated[
        list[str],
        typer.Argument(
            help="Files (.md, .txt, .csv, .json, .jsonl), folders or patterns, or - for standard input.",
            metavar="SOURCE...",
        ),
    ],
    split: Annotated[bool, typer.Option("--split", help="One issue below each first-level heading.")] = False,  # noqa: FBT002
    select: Annotated[list[str] | None, typer.Option(help="Only these rules.", metavar="RULE")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="All rules but these.", metavar="RULE")] = None,
    statistics: Annotated[bool, typer.Option("--statistics", help="Only how often each rule complains.")] = False,  # noqa: FBT002
    fail_on: FailOn = None,
) -> None:
    """Check the issue texts in files, without a tracker."""
    from sync.cli import lint as texts

    checked = texts.check_files(terminal, sources, select=select or (), ignore=ignore or (), split=split)
    _fail_on(texts.show(terminal, checked, statistics=statistics), fail_on)


@app.command()
@command
def capacity(
    terminal: Terminal,
    team: Annotated[str | None, typer.Option(help="Only this team.")] = None,
    off: Annotated[
        list[str] | None, typer.Option(help="What if this person is away, too?", metavar="NAME:FROM..TO")
    ] = None,
    add: Annotated[
        list[str] | None, typer.Option(help="What if this person works for the team, too?", metavar="NAME:SHARE")
    ] = None,
    without_issue: Annotated[
        list[str] | None, typer.Option(help="What if this issue is left out?", metavar="KEY")
    ] = None,
    as_of: AsOf = None,
) -> None:
    """Show person-days, hours, points and warnings for each team's next sprint."""
    wanted = Assumptions(off=off or (), add=add or (), without=without_issue or (), team=team)
    if not wanted:
        terminal.refuse_parts(team)
    report = _what_if(terminal, wanted, as_of) if wanted else _look(terminal, as_of)
    if team is not None:
        report = _only_team(report, team)
    terminal.answer(
        text=lambda: as_text.capacity(report),
        json=lambda: as_json.dump(as_json.capacity_document(report)),
        markdown=lambda: (
            comparison.as_markdown(report, report.what_if) if report.what_if else as_markdown.render(report)
        ),
    )


@app.command()
@command
def forecast(
    terminal: Terminal,
    keys: Annotated[
        list[str] | None, typer.Argument(help="When are these issues or epics done?", metavar="[KEY]...")
    ] = None,
    team: Annotated[str | None, typer.Option(help="Only this team.")] = None,
) -> None:
    """Show what each team finishes in several sprints, or when issues are done."""
    from sync.cli import ahead as pages

    if keys and team is not None:
        raise UsageError("--team limits the forecast of teams; leave it out where issues are named")
    report = _look(terminal)
    pages.show(terminal, report if team is None else _only_team(report, team), keys or ())


@app.command()
@command
def plan(terminal: Terminal, as_of: AsOf = None) -> None:
    """Show the exact changes a run would write, and their digest."""
    report = _look(terminal, as_of)
    if report.earlier is not None and not report.earlier.run:
        day = report.earlier.day
        raise UsageError(f"there is no plan of {day}: no run of that day is stored, so what was written is not known")
    terminal.answer(
        text=lambda: as_text.plan(report),
        json=lambda: as_json.dump(as_json.plan_document(report)),
        markdown=lambda: as_markdown.plan(report),
    )
    if report.refused:
        raise typer.Exit(REFUSED)


@app.command()
@command
def planning(
    terminal: Terminal,
    team: Annotated[str | None, typer.Option(help="The page of this team: its sprint, tasks and hours.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write the pages to this folder, also as HTML.")] = None,
) -> None:
    """Show the page of Sprint Planning: part one of the product, or the page of one team."""
    from sync.cli import planning as pages

    report = _look(terminal)
    if team is not None:
        pages.show_team(terminal, _only_team(report, team), team, out)
    else:
        pages.show_part_one(terminal, report, out)


@app.command()
@command
def sprint(
    terminal: Terminal,
    team: Annotated[str | None, typer.Option(help="Only this team's sprint.")] = None,
) -> None:
    """Show the running sprints: changes of scope, what is left, what to renegotiate, what is blocked."""
    from sync.cli import planning as pages

    report = _look(terminal)
    pages.show_sprint(terminal, report if team is None else _only_team(report, team), team)


@app.command()
@command
def accept(
    terminal: Terminal,
    keys: Annotated[list[str], typer.Argument(help="The issues whose proposal is accepted.", metavar="KEY...")],
    team: Annotated[str, typer.Option(help="The team that takes them, where several or none may.")] = "",
    by: Annotated[str, typer.Option(help="Who decides; without it, your login.", metavar="NAME")] = "",
) -> None:
    """Record that the proposal for these issues is accepted; a run then moves them."""
    from sync.cli import decisions

    decisions.accept(terminal, keys, team=team, by=by.strip() or decisions.login())


@app.command()
@command
def reject(
    terminal: Terminal,
    key: Annotated[str, typer.Argument(help="The issue.")],
    because: Annotated[str, typer.Option(help="Why the team does not take it.", metavar="TEXT")] = "",
    team: Annotated[str, typer.Option(help="The team; without it, the one it is proposed for.")] = "",
    by: Annotated[str, typer.Option(help="Who decides; without it, your login.", metavar="NAME")] = "",
) -> None:
    """Record that a team does not take an issue into its next sprint, and why."""
    from sync.cli import decisions

    decisions.reject(terminal, key, because=because, team=team, by=by.strip() or decisions.login())


@app.command()
@command
def keep(
    terminal: Terminal,
    keys: Annotated[list[str], typer.Argument(help="The old issues.", metavar="KEY...")],
    until: Annotated[str, typer.Option(help="The last day without the question.", metavar="YYYY-MM-DD")] = "",
    by: Annotated[str, typer.Option(help="Who decides; without it, your login.", metavar="NAME")] = "",
) -> None:
    """Record that the Product Owner keeps these old issues."""
    from sync.cli import decisions, old_issues

    old_issues.keep(terminal, keys, until=until, by=by.strip() or decisions.login())


@app.command()
@command
def release(
    terminal: Terminal,
    keys: Annotated[list[str], typer.Argument(help="The old issues.", metavar="KEY...")],
    because: Annotated[str, typer.Option(help="Why they are released.", metavar="TEXT")] = "",
    by: Annotated[str, typer.Option(help="Who decides; without it, your login.", metavar="NAME")] = "",
) -> None:
    """Record that the Product Owner releases these issues; a run then labels them, and none is closed."""
    from sync.cli import decisions, old_issues

    old_issues.release(terminal, keys, because=because, by=by.strip() or decisions.login())


@app.command()
@command
def run(
    terminal: Terminal,
    expect: Annotated[
        str | None, typer.Option(help="Write only if the plan has this digest.", metavar="DIGEST")
    ] = None,
) -> None:
    """Run once, and write only if write_back.enabled is true."""
    terminal.make_room()
    stop = StopRequest()
    with asked_by_signals(stop), heeding(stop), terminal.context(stopping=stop) as context:
        run_report = execute_run(context, expect=expect, on_cut=lambda cut: _show_cut(cut, terminal))
        report = _warn_if_empty(run_report, context, terminal)
    terminal.answer(
        text=lambda: as_text.summary(report),
        json=lambda: as_json.dump(as_json.run_document(report)),
        markdown=lambda: as_markdown.render(report),
    )
    _exit_by(report)


@app.command()
@command
def serve(terminal: Terminal) -> None:
    """Run by the schedule until SIGTERM or SIGINT."""
    from sync.cli import serve as steps

    steps.serve(terminal)


@app.command()
@command
def report(
    terminal: Terminal,
    out: Out = Path("reports"),
    as_of: AsOf = None,
    open_: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,  # noqa: FBT002
) -> None:
    """Write reports of the current backlog to files, with the trend of earlier runs."""
    from sync.reports import RENDERERS, make_room, write

    make_room(out)
    made = write(_look(terminal, as_of, with_learned), tuple(RENDERERS), out)
    files = [str(path) for path in made]
    terminal.print_result("\n".join(files), "files", files=files)
    page = next(path for path in made if path.suffix == ".html")
    if open_ and not webbrowser.open(page.resolve().as_uri()):
        terminal.warn(f"no browser could be opened; open {page}")


@app.command()
@command
def rules(terminal: Terminal, name: Annotated[str | None, typer.Argument(help="A rule or measure.")] = None) -> None:
    """List the rules and measures, or show the page of one."""
    from sync.cli.rule_list import as_document, as_page, as_table, pages

    shown = pages(name)
    terminal.answer(text=lambda: as_page(*shown) if name else as_table(shown), json=lambda: as_document(shown))


@app.command()
@command
def why(
    terminal: Terminal,
    key: Annotated[str, typer.Argument(help="The key of the issue.")],
    rule: Annotated[str, typer.Argument(help="Only what this rule says about the issue.")] = "",
) -> None:
    """Explain the verdict of one issue: its data, the thresholds and their origin, and the smallest fix."""
    from sync.cli.rule_list import rule_paths

    path = next(iter(rule_paths((rule,))), "") if rule else ""
    report = _look(terminal)
    verdict = _verdict(report, key)
    key = verdict.issue.key
    rank = 1 + [one.issue.key for one in report.judgement.verdicts].index(key)
    teams = [team.name for team in report.snapshot.teams_of(verdict.issue)]
    thresholds = terminal.thresholds(verdict, teams, rule=path)
    note = report.plan.left_alone.get(key, "")
    place = view_model.place(report, verdict)
    terminal.answer(
        text=lambda: (
            as_text.why_rule(verdict, path, thresholds)
            if path
            else as_text.why(
                verdict,
                site=report.site,
                rank=rank,
                place=place,
                teams=teams,
                thresholds=thresholds,
                left_alone=note,
                unit=report.snapshot.unit,
            )
        ),
        json=lambda: as_json.dump(as_json.why_document(report, key, thresholds, path)),
    )


@app.command()
@command
def baseline(
    terminal: Terminal,
    because: Annotated[str, typer.Option(help="Why today's findings are accepted.", metavar="TEXT")] = "",
    list_: Annotated[bool, typer.Option("--list", help="Only list what is accepted.")] = False,  # noqa: FBT002
    clear: Annotated[bool, typer.Option("--clear", help="Accept nothing any more.")] = False,  # noqa: FBT002
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,  # noqa: FBT002
) -> None:
    """Accept today's findings, so that only new ones are reported."""
    from sync.cli import baseline as steps

    if list_ and (clear or because):
        raise UsageError("--list only shows what is accepted; leave the other options out")
    if list_:
        steps.show(terminal)
    elif clear:
        steps.clear(terminal, dry_run=dry_run)
    else:
        steps.accept(terminal, because.strip(), dry_run=dry_run)


@app.command()
@command
def undo(
    terminal: Terminal,
    run: Annotated[str, typer.Argument(help="The id of the run.")],
    pause_until: Annotated[
        str | None,
        typer.Option(help="Write nothing of it again before this day; without it, until `resume`.", metavar="DAY"),
    ] = None,
    force: Force = False,  # noqa: FBT002 - a switch of the command line
) -> None:
    """Undo what a run wrote, except where somebody changed it since, and pause what was undone."""
    from sync.run.undo import undo_run

    until = _pause_end(terminal, pause_until) if pause_until else None
    with terminal.context() as context:
        taken = undo_run(context, run, pause_until=until, force=force)
    terminal.answer(
        text=lambda: as_text.undo(taken.undoes, taken.plan, taken.outcomes),
        json=lambda: as_json.dump(as_json.undo_document(taken.run, taken.undoes, taken.plan, taken.outcomes)),
    )
    if any(outcome.result is Result.FAILED for outcome in taken.outcomes):
        raise typer.Exit(PARTLY_FAILED)


@app.command()
@command
def resume(terminal: Terminal) -> None:
    """End the pauses that an undo left, so that runs write there again."""
    with terminal.context() as context:
        paused = context.store.pauses.end(context.clock())
    text = f"Pauses ended: {paused}. The next run writes there again." if paused else "Nothing was paused."
    terminal.print_result(text, "resume", resumed=paused)


@app.command()
@command
def history(
    terminal: Terminal,
    run: Annotated[str, typer.Argument(help="The id of a run; without one, the latest runs are listed.")] = "",
    last: Annotated[int, typer.Option(min=1, help="How many runs to list.")] = 20,
) -> None:
    """Show what a run wrote and did not write: rule, evidence, before, after, HTTP status and decision."""
    from sync.reports import run_history as made
    from sync.run.history import history_of, past_runs

    with terminal.store() as store:
        if run:
            record = history_of(store, run)
            terminal.answer(
                text=lambda: made.page(record),
                json=lambda: as_json.dump(as_json.history_document(record)),
                csv=lambda: made.csv_of(record),
            )
        else:
            runs = past_runs(store, last)
            terminal.answer(
                text=lambda: made.list_page(runs),
                json=lambda: as_json.dump(as_json.runs_document(runs)),
                csv=lambda: made.csv_of_runs(runs),
            )


@app.command()
@command
def preview(
    terminal: Terminal,
    against: Annotated[
        str | None, typer.Option(help="The stored day to compare with; without it, the newest.", metavar="DAY")
    ] = None,
    max_flips: Annotated[
        int | None, typer.Option(min=0, help="Exit with 1 if more issues than this change their verdict.")
    ] = None,
) -> None:
    """Show which verdicts the file in --config would change, and what it would write."""
    from sync.reports import preview as pages
    from sync.run.preview import preview as compared

    day = _day(against, "--against") if against is not None else None
    comparison = compared(terminal.settings(), day)
    name = str(terminal.config)
    terminal.answer(
        text=lambda: pages.page(comparison, name),
        json=lambda: as_json.dump(as_json.preview_document(comparison, name, max_flips)),
        markdown=lambda: pages.markdown(comparison, name),
    )
    if max_flips is not None and len(comparison.flips) > max_flips:
        sys.stderr.write(f"{pages.summary(comparison)} --max-flips allows {max_flips}.\n")
        raise typer.Exit(FINDINGS)


@config_app.command("check")
@command
def config_check(terminal: Terminal) -> None:
    """Check the configuration, the files it extends, its absence files and templates; all errors are listed."""
    from sync.config import absences_of, partial_holidays_of

    settings, today = terminal.settings(), now().date()
    vocabulary_of(settings)  # an unreadable template is an error
    files = [str(source.file) for source in settings.layers.sources]
    left_out = sorted(absences_of(settings, today).left_out, key=lambda one: one.is_meant)
    holidays = partial_holidays_of(settings, today)
    lines = (f"{', '.join(files)}: no error found", *(clip(one.text) for one in left_out), *map(clip, holidays))
    terminal.print_result(
        "\n".join(lines),
        "config-check",
        config=str(terminal.config),
        files=files,
        faults=[],
        absences_left_out=[part.model_dump() for part in as_json.uncounted_parts(left_out)],
        partial_holidays=list(holidays),
    )


@absences_app.command("check")
@command
def absences_check(terminal: Terminal) -> None:
    """List every entry of the absence files: who, how many working days, and why it counts or not."""
    from sync.config import absences_of
    from sync.reports import absence_list

    settings = terminal.settings()
    files = [str(path) for path in settings.capacity.absences]
    if not files:
        raise UsageError("no absence file is configured; name files in [capacity] absences")
    entries = absences_of(settings, now().date()).entries
    listing = {file: [one for one in entries if one.file == file] for file in files}
    terminal.answer(
        text=lambda: absence_list.as_text(listing),
        json=lambda: as_json.dump(absence_list.document(listing)),
        markdown=lambda: absence_list.as_markdown(listing),
    )


@config_app.command("show")
@command
def config_show(
    terminal: Terminal, team: Annotated[str | None, typer.Option(help="The values for this team.")] = None
) -> None:
    """Show every effective value, and the file and line it came from."""
    rows = terminal.effective(team)
    terminal.answer(text=lambda: as_text.settings(rows), json=lambda: as_json.dump(as_json.settings_document(rows)))


@config_app.command("schema")
@command
def config_schema(terminal: Terminal) -> None:
    """Print the JSON Schema of the configuration, for editors."""
    from sync.config import schema_json

    terminal.say(schema_json())


def _look(
    terminal: Terminal,
    as_of: str | None = None,
    finish: Callable[[RunReport, RunContext], RunReport] = lambda report, _: report,
) -> RunReport:
    """The report of a run up to the guard, or of an earlier day; `finish` adds what only whole reports show."""
    if as_of is not None:
        return _of_day(terminal, as_of, finish)
    with terminal.look(reshape=lambda product: product) as context:
        report = finish(_warn_if_empty(plan_run(context), context, terminal), context)
    terminal.warn_if_old(report)
    return report


def _of_day(terminal: Terminal, day: str, finish: Callable[[RunReport, RunContext], RunReport]) -> RunReport:
    from sync.run.as_of import open_day

    with open_day(terminal.settings(), _day(day, "--as-of")) as earlier:
        return finish(earlier.report(), earlier.context)


def _what_if(terminal: Terminal, wanted: Assumptions, as_of: str | None) -> RunReport:
    """The report under the assumptions, with each team's capacity without them."""
    if as_of is not None:
        return _of_day(terminal, as_of, lambda report, context: assume(report, context, wanted))
    with terminal.look(reshape=lambda product: product) as context:
        report = assume(_warn_if_empty(plan_run(context), context, terminal), context, wanted)
    terminal.warn_if_old(report)
    return report


def _warn_if_empty(report: RunReport, context: RunContext, terminal: Terminal) -> RunReport:
    """Warn on stderr if the backlog is empty, which is rarely intended."""
    if not report.snapshot.issues:
        terminal.warn(
            f"the backlog of {report.snapshot.product.name} has no open issue: check that [product] backlog is right "
            f"({' '.join(context.scope.backlog.split())}) and that the account may see these issues"
        )
    return report


def _pause_end(terminal: Terminal, day: str) -> datetime:
    return datetime.combine(_day(day, "--pause-until"), time(), ZoneInfo(terminal.settings().schedule.timezone))


def _day(day: str, option: str) -> date:
    try:
        return date.fromisoformat(day)
    except ValueError as error:
        raise UsageError(f'{option} "{day}": write a day such as 2026-03-02') from error


def _verdict(report: RunReport, key: str) -> Verdict:
    verdict = report.judgement.by_key.get(key) or report.judgement.by_key.get(key.upper())
    if verdict is None:
        raise UsageError(f'"{key}" is not in the backlog of {report.snapshot.product.name}; check [product] backlog')
    return verdict


def _only_team(report: RunReport, team: str) -> RunReport:
    names = [one.name for one in report.snapshot.product.teams]
    if team not in names:
        raise UsageError(f'there is no team "{team}"; the teams are {", ".join(names)}')
    return replace(
        report,
        capacities=tuple(one for one in report.capacities if one.team.name == team),
        before=tuple(one for one in report.before if one.team.name == team),
    )


def _show_cut(cut: CutRun, terminal: Terminal) -> None:
    """Print what a run had done when it was cut short."""
    terminal.answer(
        text=lambda: as_text.cut_run(cut),
        json=lambda: as_json.dump(as_json.cut_run_document(cut)),
        markdown=lambda: as_text.plain(as_text.cut_run(cut)),
    )


def _exit_by(report: RunReport) -> None:
    if report.refused:
        sys.stderr.write(f"{report.refused}\n")
        raise typer.Exit(REFUSED)
    if report.snapshot.stopped or any(outcome.result is Result.FAILED for outcome in report.outcomes):
        raise typer.Exit(PARTLY_FAILED)


def _fail_on(verdicts: Sequence[Verdict], level: Level | None) -> None:
    if level is None:
        return
    counting = {Severity.MUST} if level is Level.MUST else {Severity.MUST, Severity.SHOULD}
    if any(finding.severity in counting for verdict in verdicts for finding in verdict.open_findings):
        raise typer.Exit(FINDINGS)


def main() -> None:
    """Start the program."""
    app()
