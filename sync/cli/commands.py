"""The commands of the program, with their options and helps. What they do is loaded once one of them runs."""

import atexit
import gc
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sync.cli.options import command, common_options
from sync.cli.usage_errors import PlainUsageErrors

if TYPE_CHECKING:
    from sync.cli.terminal import Terminal

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
store_app = typer.Typer(help="Move the store to another place.", no_args_is_help=True)
app.add_typer(store_app, name="store")


class Level(StrEnum):
    """The lowest severity of a finding that makes a command fail."""

    MUST = "must"
    SHOULD = "should"


class Sort(StrEnum):
    """The order of the issues."""

    RANK = "rank"
    SCORE = "score"
    AGE = "age"


class LayerName(StrEnum):
    """A layer of refinement."""

    OVERALL = "overall"
    MULTI_TEAM = "multi-team"
    TEAM = "team"


class MeetingName(StrEnum):
    """A meeting with an agenda."""

    OVERALL = "overall"
    MULTI_TEAM = "multi-team"
    TEAM = "team"
    PLANNING = "planning"


class Dialect(StrEnum):
    """The kind of Jira that the local one simulates."""

    CLOUD = "cloud"
    DATACENTER = "datacenter"


class DemoTracker(StrEnum):
    """The trackers that there is a demo of."""

    JIRA = "jira"
    GITLAB = "gitlab"
    GITHUB = "github"
    REDMINE = "redmine"


class TrackerName(StrEnum):
    """The trackers that `init` can read."""

    CLOUD = "jira-cloud"
    DATACENTER = "jira-datacenter"
    GITLAB = "gitlab"
    GITHUB = "github"
    REDMINE = "redmine"


FailOn = Annotated[Level | None, typer.Option(help="Exit with 1 if a finding has at least this severity.")]
Keep = Annotated[bool, typer.Option("--keep", help="Keep the local tracker running until Ctrl-C.")]
Force = Annotated[bool, typer.Option("--force", help="Undo also while write_back.enabled is false.")]
DatabaseVariable = Annotated[
    str, typer.Option(help="The environment variable with the address of the queue's database.", metavar="NAME")
]
Out = Annotated[Path, typer.Option("--out", help="The folder for the reports.", metavar="DIR")]
PageOut = Annotated[
    Path | None, typer.Option("--out", help="Write the page to this folder, also as HTML.", metavar="DIR")
]
OnlyTeam = Annotated[str | None, typer.Option(help="Only this team.", metavar="NAME")]
OldIssues = Annotated[list[str], typer.Argument(help="The old issues.", metavar="KEY...")]
DecidedBy = Annotated[str, typer.Option(help="Who decides; without it, your login.", metavar="NAME")]
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
    terminal: "Terminal",
    tracker: Annotated[DemoTracker, typer.Option(help="The tracker to simulate.")] = DemoTracker.JIRA,
    dialect: Annotated[Dialect, typer.Option(help="The kind of Jira to simulate.")] = Dialect.CLOUD,
    url: Annotated[str, typer.Option(help="Redmine only: the address of a server.", metavar="URL")] = "",
    out: Out = Path("demo-reports"),
    keep: Keep = False,  # noqa: FBT002 - a switch of the command line
) -> None:
    """Run twice against a local tracker with an invented company."""
    from sync.cli import runs

    runs.demo(terminal, tracker.value, dialect.value, url, out, keep=keep)


@app.command()
@command
def init(  # noqa: PLR0913, PLR0917 - one parameter an option
    terminal: "Terminal",
    url: Annotated[str, typer.Option(help="The address of the site, as in a browser.", metavar="URL")] = "",
    out: Annotated[Path, typer.Option("--out", help="The file to write; it must not exist.", metavar="FILE")] = Path(
        "config.toml"
    ),
    kind: Annotated[
        TrackerName | None,
        typer.Option(help="Needed for GitLab, GitHub and Redmine, and for a Jira that hides its kind."),
    ] = None,
    email: Annotated[
        str, typer.Option(help="Jira Cloud only: the e-mail address of the token's account.", metavar="ADDRESS")
    ] = "",
    cloud_id: Annotated[
        str, typer.Option(help="Only for scoped tokens: the cloudId in https://SITE/_edge/tenant_info.", metavar="ID")
    ] = "",
    project: Annotated[
        str,
        typer.Option(
            help="Only this project; GitLab: a path, GitHub: acme/7 or acme/shop, Redmine: shop.",
            metavar="KEY",
        ),
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing, and take what is proposed.")] = False,  # noqa: FBT002
    first_report: Annotated[bool, typer.Option("--report/--no-report", help="Make the first report.")] = True,  # noqa: FBT002
) -> None:
    """Read a site, write a valid configuration file, and make the first report."""
    from sync.cli import first_steps
    from sync.init.wanted import Wanted

    wanted = Wanted(url=url, kind=kind.value if kind else "", email=email, cloud_id=cloud_id, project=project)
    first_steps.init(terminal, wanted, out, yes=yes, first_report=first_report)


@app.command()
@command
def doctor(terminal: "Terminal") -> None:
    """Check connection, permissions, fields and boards."""
    from sync.cli import settings

    settings.doctor(terminal)


@app.command()
@command
def check(  # noqa: PLR0913, PLR0917 - one parameter an option
    terminal: "Terminal",
    keys: Annotated[list[str] | None, typer.Argument(help="Only these issues.", metavar="[KEY]...")] = None,
    not_ready: Annotated[bool, typer.Option("--not-ready", help="Only issues that are not ready.")] = False,  # noqa: FBT002
    near: Annotated[bool, typer.Option("--near", help="Only issues in the ready horizon.")] = False,  # noqa: FBT002
    team: Annotated[str, typer.Option(help="Only issues that this team may take.", metavar="NAME")] = "",
    rule: Annotated[
        list[str] | None, typer.Option(help="Only issues with a finding of this rule.", metavar="NAME")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many issues.", metavar="N")] = None,
    sort: Annotated[Sort, typer.Option(help="The lowest score or the oldest first.")] = Sort.RANK,
    fail_on: FailOn = None,
    as_of: AsOf = None,
) -> None:
    """Show the verdict and findings of each issue, and the DEEP measures."""
    from sync.cli import backlog, exit_codes
    from sync.reports.selection import Order, Selection

    selection = Selection(not_ready=not_ready, near=near, team=team, limit=limit, order=Order(sort.value))
    level = fail_on.value if fail_on is not None else None
    exit_codes.end(backlog.check(terminal, keys or (), selection, rule or (), as_of, level))


@app.command()
@command
def lint(  # noqa: PLR0913, PLR0917 - one parameter an option
    terminal: "Terminal",
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
    from sync.cli import exit_codes
    from sync.cli import lint as texts

    checked = texts.check_files(terminal, sources, select=select or (), ignore=ignore or (), split=split)
    verdicts = texts.show(terminal, checked, statistics=statistics)
    exit_codes.end(exit_codes.findings_code(verdicts, fail_on.value if fail_on is not None else None))


@app.command()
@command
def capacity(
    terminal: "Terminal",
    team: OnlyTeam = None,
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
    from sync.cli import backlog
    from sync.cli.what_if import Assumptions

    wanted = Assumptions(off=off or (), add=add or (), without=without_issue or (), team=team)
    backlog.capacity(terminal, wanted, as_of)


@app.command()
@command
def forecast(
    terminal: "Terminal",
    keys: Annotated[
        list[str] | None, typer.Argument(help="When are these issues or epics done?", metavar="[KEY]...")
    ] = None,
    team: OnlyTeam = None,
) -> None:
    """Show what each team finishes in several sprints, or when issues are done."""
    from sync.cli import backlog

    backlog.forecast(terminal, keys or (), team)


@app.command()
@command
def plan(terminal: "Terminal", as_of: AsOf = None) -> None:
    """Show the exact changes a run would write, and their digest."""
    from sync.cli import backlog

    backlog.plan(terminal, as_of)


@app.command()
@command
def planning(
    terminal: "Terminal",
    team: Annotated[
        str | None, typer.Option(help="The page of this team: its sprint, tasks and hours.", metavar="NAME")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the pages to this folder, also as HTML.", metavar="DIR")
    ] = None,
) -> None:
    """Show the page of Sprint Planning: part one of the product, or the page of one team."""
    from sync.cli.looking import look, only_team

    report = look(terminal)
    from sync.cli import planning as pages

    if team is not None:
        pages.show_team(terminal, only_team(report, team), team, out)
    else:
        pages.show_part_one(terminal, report, out)


@app.command()
@command
def sprint(
    terminal: "Terminal",
    team: Annotated[str | None, typer.Option(help="Only this team's sprint.", metavar="NAME")] = None,
) -> None:
    """Show the running sprints: changes of scope, what is left, what to renegotiate, what is blocked."""
    from sync.cli.looking import look, only_team

    report = look(terminal)
    from sync.cli import planning as pages

    pages.show_sprint(terminal, report if team is None else only_team(report, team), team)


@app.command()
@command
def refinement(
    terminal: "Terminal",
    layer: Annotated[LayerName, typer.Option(help="All teams, the dependencies between them, or one team.")],
    team: Annotated[str, typer.Option(help="The team, for the layer of one team.", metavar="NAME")] = "",
    minutes: Annotated[
        int | None, typer.Option(min=5, max=480, help="The time box of the session.", metavar="N")
    ] = None,
    at: Annotated[str, typer.Option(help="When the session is; its agenda is then kept.", metavar="TIME")] = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the agenda to this folder, also as HTML.", metavar="DIR")
    ] = None,
) -> None:
    """Show the agenda of one layer of refinement, packed into its time box."""
    from sync.cli import refinement as pages

    pages.show(terminal, layer.value, team, minutes, at, out)


@app.command()
@command
def seen(
    terminal: "Terminal",
    team: Annotated[str, typer.Argument(help="The team; without it, the only one.", metavar="TEAM")] = "",
    by: Annotated[str, typer.Option(help="Who says so; without it, your login.", metavar="NAME")] = "",
) -> None:
    """Record that a team has seen its next sprints."""
    from sync.cli import refinement as pages
    from sync.cli.decisions import named

    pages.keep_seen(terminal, team, by=named(by))


@app.command()
@command
def discuss(
    terminal: "Terminal",
    text: Annotated[str, typer.Argument(help="What to discuss; without it, the open topics are listed.")] = "",
    meeting: Annotated[MeetingName, typer.Option(help="The meeting whose agenda gets it.")] = MeetingName.PLANNING,
    team: Annotated[str, typer.Option(help="The team, for the refinement of one team.", metavar="NAME")] = "",
    minutes: Annotated[int, typer.Option(min=1, max=240, help="How long it takes.", metavar="N")] = 10,
    by: Annotated[str, typer.Option(help="Who asks; without it, your login.", metavar="NAME")] = "",
) -> None:
    """Put a topic on the agenda of a meeting, next to the issues, until somebody closes it."""
    from rules.refinement.topics import TopicMeeting
    from sync.cli import discuss as topics
    from sync.cli.decisions import named

    if text.strip():
        topics.add(terminal, text, TopicMeeting(meeting.value), team=team, minutes=minutes, by=named(by))
    else:
        topics.show(terminal)


@app.command()
@command
def discussed(
    terminal: "Terminal",
    number: Annotated[int, typer.Argument(help="The number of the topic.")],
    result: Annotated[str, typer.Argument(help="What came of it.")] = "",
    by: Annotated[str, typer.Option(help="Who closes it; without it, your login.", metavar="NAME")] = "",
) -> None:
    """Close a topic: it is on no agenda any more."""
    from sync.cli import discuss as topics
    from sync.cli.decisions import named

    topics.close(terminal, number, result=result, by=named(by))


@app.command()
@command
def review(
    terminal: "Terminal",
    out: PageOut = None,
) -> None:
    """Show the page of the Sprint Review of all teams: what was done for which goal and outcome."""
    from sync.cli import review as pages

    pages.show(terminal, out)


@app.command()
@command
def epics(
    terminal: "Terminal",
    keys: Annotated[list[str] | None, typer.Argument(help="Only these epics.", metavar="[KEY]...")] = None,
    out: PageOut = None,
) -> None:
    """Show epics by readiness, planned sprint and done, and the capacity of the increment."""
    from sync.cli import epics as pages

    pages.show(terminal, keys or (), out)


@app.command()
@command
def accept(
    terminal: "Terminal",
    keys: Annotated[list[str], typer.Argument(help="The issues whose proposal is accepted.", metavar="KEY...")],
    team: Annotated[
        str, typer.Option(help="The team that takes them, where several or none may.", metavar="NAME")
    ] = "",
    by: DecidedBy = "",
) -> None:
    """Record that the proposal for these issues is accepted, so that a run may move them."""
    from sync.cli import decisions

    decisions.accept(terminal, keys, team=team, by=decisions.named(by))


@app.command()
@command
def reject(
    terminal: "Terminal",
    key: Annotated[str, typer.Argument(help="The issue.")],
    because: Annotated[str, typer.Option(help="Why the team does not take it.", metavar="TEXT")] = "",
    team: Annotated[str, typer.Option(help="The team; without it, the one it is proposed for.", metavar="NAME")] = "",
    by: DecidedBy = "",
) -> None:
    """Record that a team does not take an issue into its next sprint, and why."""
    from sync.cli import decisions

    decisions.reject(terminal, key, because=because, team=team, by=decisions.named(by))


@app.command()
@command
def promise(
    terminal: "Terminal",
    key: Annotated[str, typer.Argument(help="The issue that another team needs.")],
    sprint: Annotated[str, typer.Argument(help="The name of an open sprint of the team that takes it.")],
    by: Annotated[str, typer.Option(help="Who promises; without it, your login.", metavar="NAME")] = "",
) -> None:
    """Record that the team of an issue promises to finish it in a sprint."""
    from sync.cli import decisions

    decisions.promise(terminal, key, sprint, by=decisions.named(by))


@app.command()
@command
def keep(
    terminal: "Terminal",
    keys: OldIssues,
    until: Annotated[str, typer.Option(help="The last day without the question.", metavar="YYYY-MM-DD")] = "",
    by: DecidedBy = "",
) -> None:
    """Record that the Product Owner keeps these old issues."""
    from sync.cli import decisions, old_issues

    old_issues.keep(terminal, keys, until=until, by=decisions.named(by))


@app.command()
@command
def release(
    terminal: "Terminal",
    keys: OldIssues,
    because: Annotated[str, typer.Option(help="Why they are released.", metavar="TEXT")] = "",
    by: DecidedBy = "",
) -> None:
    """Record that the Product Owner releases these issues; a run then labels them, and none is closed."""
    from sync.cli import decisions, old_issues

    old_issues.release(terminal, keys, because=because, by=decisions.named(by))


@app.command()
@command
def run(
    terminal: "Terminal",
    expect: Annotated[
        str | None, typer.Option(help="Write only if the plan has this digest.", metavar="DIGEST")
    ] = None,
) -> None:
    """Run once, and write only if write_back.enabled is true."""
    from sync.cli import runs

    runs.run(terminal, expect)


@app.command()
@command
def serve(
    terminal: "Terminal",
    products: Annotated[
        Path | None,
        typer.Option(help="A folder of configurations, one product each, in place of --config.", metavar="DIR"),
    ] = None,
) -> None:
    """Run by the schedule until SIGTERM or SIGINT."""
    from sync.cli import serve as steps

    steps.serve(terminal, products)


@app.command()
@command
def worker(
    terminal: "Terminal",
    products: Annotated[
        Path, typer.Option(help="The folder of configurations, the same for each worker.", metavar="DIR")
    ],
    places: Annotated[int, typer.Option(min=1, max=64, help="How many runs of products may be under way at once.")] = 4,
    database_env: DatabaseVariable = "READYLINE_DATABASE",
) -> None:
    """Take runs of many products from the queue of a cluster until SIGTERM or SIGINT."""
    from sync.cli import cluster

    cluster.worker(terminal, products, places, database_env)


@app.command()
@command
def queue(
    terminal: "Terminal",
    run: Annotated[
        str, typer.Option("--run", help="Ask for a run of this product now, also if it was stopped.", metavar="NAME")
    ] = "",
    database_env: DatabaseVariable = "READYLINE_DATABASE",
) -> None:
    """Show the products of a cluster: which run, which wait, and what was wrong."""
    from sync.cli import cluster

    cluster.queue(terminal, run, database_env)


@app.command()
@command
def report(
    terminal: "Terminal",
    out: Out = Path("reports"),
    as_of: AsOf = None,
    open_: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,  # noqa: FBT002
) -> None:
    """Write reports of the current backlog to files, with the trend of earlier runs."""
    from sync.cli import backlog

    backlog.write_reports(terminal, out, as_of, opened=open_)


@app.command()
@command
def rules(terminal: "Terminal", name: Annotated[str | None, typer.Argument(help="A rule or measure.")] = None) -> None:
    """List the rules and measures, or show the page of one."""
    from sync.cli.rule_list import as_json, as_markdown, as_page, as_table, pages

    shown = pages(name)
    terminal.answer(
        text=lambda: as_page(*shown) if name else as_table(shown),
        json=lambda: as_json(shown),
        markdown=lambda: as_markdown(shown),
    )


@app.command()
@command
def why(
    terminal: "Terminal",
    key: Annotated[str, typer.Argument(help="The key of the issue.")],
    rule: Annotated[str, typer.Argument(help="Only what this rule says about the issue.")] = "",
) -> None:
    """Explain the verdict of one issue: its data, the thresholds and their origin, and the smallest fix."""
    from sync.cli import backlog

    backlog.why(terminal, key, rule)


@app.command()
@command
def baseline(
    terminal: "Terminal",
    because: Annotated[str, typer.Option(help="Why today's findings are accepted.", metavar="TEXT")] = "",
    list_: Annotated[bool, typer.Option("--list", help="Only list what is accepted.")] = False,  # noqa: FBT002
    clear: Annotated[bool, typer.Option("--clear", help="Accept nothing any more.")] = False,  # noqa: FBT002
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,  # noqa: FBT002
) -> None:
    """Accept today's findings, so that only new ones are reported."""
    from sync.cli import baseline as steps
    from sync.errors import UsageError

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
    terminal: "Terminal",
    run: Annotated[str, typer.Argument(help="The id of the run.")],
    pause_until: Annotated[
        str | None,
        typer.Option(help="Write nothing of it again before this day; without it, until `resume`.", metavar="DAY"),
    ] = None,
    force: Force = False,  # noqa: FBT002 - a switch of the command line
) -> None:
    """Undo what a run wrote, except where somebody changed it since, and pause what was undone."""
    from sync.cli import runs

    runs.undo(terminal, run, pause_until, force=force)


@app.command()
@command
def resume(terminal: "Terminal") -> None:
    """End the pauses that an undo left, so that runs write there again."""
    from sync.cli import runs

    runs.resume(terminal)


@app.command()
@command
def history(
    terminal: "Terminal",
    run: Annotated[str, typer.Argument(help="The id of a run; without one, the latest runs are listed.")] = "",
    last: Annotated[int, typer.Option(min=1, help="How many runs to list.", metavar="N")] = 20,
) -> None:
    """Show what a run wrote and did not write: rule, evidence, before, after, HTTP status and decision."""
    from sync.cli import history as steps

    steps.show(terminal, run, last)


@app.command()
@command
def mcp(terminal: "Terminal") -> None:
    """Answer a person's assistant about the last run, over standard input and output."""
    from sync.cli import assistant

    assistant.serve(terminal)


@app.command()
@command
def preview(
    terminal: "Terminal",
    against: Annotated[
        str | None, typer.Option(help="The stored day to compare with; without it, the newest.", metavar="DAY")
    ] = None,
    max_flips: Annotated[
        int | None,
        typer.Option(min=0, help="Exit with 1 if more issues than this change their verdict.", metavar="N"),
    ] = None,
) -> None:
    """Show which verdicts the file in --config would change, and what it would write."""
    from sync.cli import backlog

    backlog.preview(terminal, against, max_flips)


@config_app.command("check")
@command
def config_check(terminal: "Terminal") -> None:
    """Check the configuration, the files it extends, its absence files and templates; all errors are listed."""
    from sync.cli import settings

    settings.check(terminal)


@absences_app.command("check")
@command
def absences_check(terminal: "Terminal") -> None:
    """List every entry of the absence files: who, how many working days, and why it counts or not."""
    from sync.cli import settings

    settings.absences(terminal)


@store_app.command("copy")
@command
def store_copy(
    terminal: "Terminal",
    file: Annotated[Path, typer.Argument(help="The SQLite file of a store.", show_default=False)],
) -> None:
    """Copy the store in a file, with its earlier days, into the empty one of the configuration."""
    from sync.cli import settings

    settings.copy_store(terminal, file)


@config_app.command("show")
@command
def config_show(
    terminal: "Terminal",
    team: Annotated[str | None, typer.Option(help="The values for this team.", metavar="NAME")] = None,
) -> None:
    """Show every effective value, and the file and line it came from."""
    from sync.cli import settings

    settings.show(terminal, team)


@config_app.command("schema")
@command
def config_schema(terminal: "Terminal") -> None:
    """Print the JSON Schema of the configuration, for editors."""
    from sync.cli import settings

    settings.schema(terminal)


def main() -> None:
    """Start the program."""
    # The system takes all memory back at the end; without this the collector first walks through the whole backlog.
    atexit.register(gc.freeze)
    app()
