"""A first look at a local Jira over HTTP, through the command line: what is written must load and be sound."""

import json
import os
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from rules.model import Sprint as TeamSprint
from rules.model import SprintState, TeamFilter
from sync.cli import first_steps
from sync.cli.commands import app
from sync.config import Settings, load, vocabulary_of
from sync.fake_jira import faults
from sync.fake_jira.records import Account, Board, Body
from sync.fake_jira.server import FakeJira
from sync.fake_jira.state import State
from sync.init.discover import discover_site, sprint_days
from sync.init.template import NOBODY, toml
from sync.init.wanted import Wanted
from sync.init.write_file import write_config
from sync.trackers.jira.filters import takes_of
from sync.trackers.jira.settings import CloudSettings
from tests.journeys.app_harness import EACH_DAY, Ended, small

pytestmark = pytest.mark.journey

HOSTILE = (
    '"]\n[write_back]\nenabled = true\n#',
    "'''\nkind = \"x\"",
    "\\u0022, \\",
    "\x00\x1b[31m\u202eboard\x7f",
    "{{ 7 * 7 }} {% raw %}",
    "# [[teams]]",
    " \t\n ",
    "Twice",
    "Twice",
)


@dataclass
class Newcomer:
    """Somebody with a token and an empty folder."""

    jira: FakeJira
    folder: Path
    environ: dict[str, str] = field(default_factory=dict)

    @property
    def out(self) -> Path:
        return self.folder / "config.toml"

    def init(self, *words: str) -> Ended:
        """What `init` does up to the first report."""
        return self.run("init", "--url", self.jira.url, "--out", str(self.out), *self.login, "--no-report", *words)

    @property
    def login(self) -> tuple[str, ...]:
        return ("--email", self.jira.email) if self.jira.dialect == "cloud" else ()

    def run(self, *words: str) -> Ended:
        ended = CliRunner().invoke(app, [*words], env=self.environ)
        if ended.exception is not None and not isinstance(ended.exception, SystemExit):
            raise ended.exception
        return Ended(ended.exit_code, ended.stdout, ended.stderr)

    def settings(self) -> Settings:
        """What was written, as the program reads it."""
        return load(self.out, self.environ)


@contextmanager
def newcomer(dialect: str, folder: Path, company: Any = small) -> Iterator[Newcomer]:
    with FakeJira(dialect, company) as jira:
        yield Newcomer(jira, folder, {"READYLINE_TOKEN": jira.token})


@pytest.fixture(params=EACH_DAY)
def new(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Newcomer]:
    """A newcomer to a small shop, in each dialect."""
    with newcomer(request.param, tmp_path) as person:
        yield person


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[Newcomer]:
    """A newcomer to a small shop on Jira Cloud."""
    with newcomer("cloud", tmp_path) as person:
        yield person


@pytest.fixture
def datacenter(tmp_path: Path) -> Iterator[Newcomer]:
    """A newcomer to a small shop on Jira Data Center."""
    with newcomer("datacenter", tmp_path) as person:
        yield person


def test_what_is_written(new: Newcomer) -> None:
    """The file holds what the site tells: teams, boards, what each takes, sprint lengths, owner, zone, backlog."""
    ended = new.init()
    settings = new.settings()
    assert (ended.code, ended.err) == (0, "")
    assert settings.tracker.url == new.jira.url
    assert [(team.name, team.board, team.sprint_days) for team in settings.teams] == [
        ("Payments", 11, 10),
        ("Storefront", 12, 10),
        ("Search", 13, 10),
    ]
    assert [team.takes.components for team in settings.teams] == [{"payments"}, {"storefront"}, {"search"}]
    assert settings.product.name == "Web shop"
    assert settings.product.owner == "Ana Alvarez"
    assert settings.product.backlog == 'project = "SHOP" AND statusCategory != Done ORDER BY Rank ASC'
    assert settings.schedule.timezone == "Europe/Berlin"
    assert not settings.write_back.enabled


def test_doctor_passes(new: Newcomer) -> None:
    """The doctor finds nothing wrong with what was written, and asks for nothing else."""
    new.init()
    ended = new.run("doctor", "-c", str(new.out), "--format", "json")
    checks = ended.document["checks"]
    assert ended.code == 0
    assert [check["name"] for check in checks if check["state"] == "warning"] == []


def test_first_report(new: Newcomer) -> None:
    """With nothing changed in it, the file is enough for a first report that writes nothing to the tracker."""
    new.init()
    ended = new.run("check", "-c", str(new.out), "--format", "json")
    assert ended.code == 0
    assert ended.document["issues"]
    assert not new.jira.writes


def test_fields_are_written_as_comments(new: Newcomer) -> None:
    """Which field was found for what stands in the file, taken by no one until its comment sign goes."""
    new.init()
    text = new.out.read_text(encoding="utf-8")
    assert "# [tracker.fields]" in text
    assert ": boards 11, 12, 13 estimate by it" in text
    assert new.settings().tracker.fields.points == ""
    uncommented = text.replace("# [tracker.fields]", "[tracker.fields]")
    for role in ("points", "sprint", "rank", "epic", "team", "flagged", "acceptance"):
        uncommented = uncommented.replace(f"# {role} =", f"{role} =")
    new.out.write_text(uncommented, encoding="utf-8")
    assert new.settings().tracker.fields.points.startswith("customfield_")


def test_no_token_in_it(new: Newcomer) -> None:
    """Neither the file nor what is said holds the token."""
    ended = new.init("-vv")
    assert new.jira.token not in new.out.read_text(encoding="utf-8") + ended.out + ended.err


def test_document(new: Newcomer) -> None:
    """With --format json the answer is one document."""
    document = new.init("--format", "json").document
    assert document == {
        "schema": "readyline/init/1",
        "path": str(new.out),
        "kind": f"jira-{new.jira.dialect}",
        "projects": ["SHOP"],
        "boards": [11, 12, 13],
        "template": "",
        "absences": str(new.folder / "absences.csv"),
        "people": 13,
        "state": "",
        "pages": [],
    }


def test_never_overwrites(new: Newcomer) -> None:
    """A file that is there stays as it is, and the site is not even asked."""
    new.out.write_text("mine", encoding="utf-8")
    ended = new.init()
    assert ended.code == 2
    assert ended.err.count("\n") == 1
    assert str(new.out) in ended.err
    assert new.out.read_text(encoding="utf-8") == "mine"
    assert not new.jira.requests


def test_a_file_made_meanwhile_stays(new: Newcomer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that somebody else makes while the site is asked is not overwritten either."""
    real = os.link

    def too_late(source: Path, target: Path) -> None:
        target.write_text("theirs", encoding="utf-8")
        real(source, target)

    monkeypatch.setattr(os, "link", too_late)
    ended = new.init()
    assert ended.code == 2
    assert new.out.read_text(encoding="utf-8") == "theirs"
    assert sorted(path.name for path in new.folder.iterdir()) == ["config.toml"]


def test_a_disk_without_links(new: Newcomer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file system has no links, the file is written all the same."""

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert new.init().code == 0
    assert len(new.settings().teams) == 3


def test_folder_that_is_not_there(new: Newcomer) -> None:
    """A folder that does not exist is named, and not made."""
    ended = new.run("init", "--url", new.jira.url, "--out", str(new.folder / "no" / "config.toml"))
    assert ended.code == 2
    assert "is not a folder" in ended.err


def hostile(new: Newcomer, *names: str) -> None:
    """Give the site these boards, and a title, a project and a lead that are up to no good."""
    state = new.jira.state
    state.boards.clear()
    state.projects["SHOP"] = state.title = HOSTILE[0]
    state.leads["SHOP"] = Account(id="x", name="x", display='Ann"\n[write_back]\nenabled = true\n# & Bob')
    for number, name in enumerate(names, start=21):
        state.add_board(Board(id=number, name=name, project="SHOP", components=(f"{name}-part",)))


def test_hostile_names(new: Newcomer) -> None:
    """No name on the site can close a string, end a comment, open a table, or make two teams one."""
    hostile(new, *HOSTILE)
    ended = new.init()
    assert ended.code == 0, ended.err
    settings, text = new.settings(), new.out.read_text(encoding="utf-8")
    assert [team.board for team in settings.teams] == list(range(21, 21 + len(HOSTILE)))
    assert len({team.name for team in settings.teams}) == len(HOSTILE)
    assert settings.teams[0].name == '"] [write_back] enabled = true #'
    assert settings.teams[1].takes.components == {"''' kind = \"x\"-part"}
    assert settings.product.name == settings.teams[0].name
    assert settings.product.owner == NOBODY
    assert not settings.write_back.enabled
    tables = "tracker product teams capacity rules write_back schedule store reports"
    assert set(tomllib.loads(text)) == set(tables.split())
    assert not {"\x1b", "\x00", "\u202e", "\x7f"} & set(text + ended.out)


def test_names_that_look_like_secrets(new: Newcomer) -> None:
    """A name that the configuration would take for a secret gives way to the board's number."""
    hostile(new, "ATATT3xyz", "Plain")
    assert new.init().code == 0
    assert [team.name for team in new.settings().teams] == ["Board 21", "Board 22"]


def test_project_that_is_two(new: Newcomer) -> None:
    """With --project only that project's boards become teams; without it all projects make one backlog."""
    new.jira.state.projects["APP"] = "App"
    new.jira.state.add_board(Board(id=31, name="Mobile", project="APP", points="team_points"))
    new.init("--project", "APP")
    assert [team.board for team in new.settings().teams] == [31]
    assert new.settings().product.backlog.startswith('project = "APP" AND')
    new.out.unlink()
    new.init()
    assert len(new.settings().teams) == 4
    assert new.settings().product.backlog.startswith('project in ("SHOP", "APP") AND')


def test_too_many_boards(new: Newcomer) -> None:
    """A site with more boards than one product can have asks for the project."""
    for number in range(40, 62):
        new.jira.state.add_board(Board(id=number, name=f"Board {number}", project="SHOP"))
    ended = new.init()
    assert ended.code == 2
    assert "--project KEY" in ended.err
    assert not new.out.exists()


def test_unknown_project(new: Newcomer) -> None:
    """A project that does not exist is one sentence and exit 2."""
    ended = new.init("--project", "NIX")
    assert ended.code == 2
    assert ended.err.startswith("--project NIX: the project does not exist")


def test_no_board(new: Newcomer) -> None:
    """A site without a scrum board is reported, with what to do."""
    new.jira.state.boards.clear()
    ended = new.init()
    assert ended.code == 2
    assert "create one, or ask for Browse Projects" in ended.err


def test_boards_without_sprints_are_left_out(cloud: Newcomer) -> None:
    """A Kanban board is not a team; neither is a team-managed one that has no sprints."""
    cloud.jira.state.boards[12].kind = "kanban"
    cloud.init()
    assert [team.board for team in cloud.settings().teams] == [11, 13]


def test_wrong_token(new: Newcomer) -> None:
    """A wrong token ends with exit 4 and no file."""
    new.environ["READYLINE_TOKEN"] = "wrong"
    ended = new.init()
    assert ended.code == 4
    assert "READYLINE_TOKEN" in ended.err
    assert not list(new.folder.iterdir())


def test_no_token(new: Newcomer) -> None:
    """Without a token the variable is named, with exit 2."""
    new.environ["READYLINE_TOKEN"] = ""
    ended = new.init()
    assert ended.code == 2
    assert "READYLINE_TOKEN" in ended.err


def test_cloud_needs_an_address(cloud: Newcomer) -> None:
    """Cloud without --email says so; Data Center needs none."""
    ended = cloud.run("init", "--url", cloud.jira.url, "--out", str(cloud.out))
    assert ended.code == 2
    assert "--email" in ended.err


def test_scoped_token(cloud: Newcomer) -> None:
    """With --cloud-id the file says it, and requests go through the gateway."""
    found = discover_site(Wanted(url=cloud.jira.url, email=cloud.jira.email), cloud.jira.token)
    scoped = CloudSettings(url=cloud.jira.url, email=cloud.jira.email, cloud_id="1122-aa")
    write_config(replace(found, settings=scoped), cloud.out)
    assert cloud.settings().tracker.base == "https://api.atlassian.com/ex/jira/1122-aa"


def test_bad_options(cloud: Newcomer) -> None:
    """A value that cannot be right is reported by its option."""
    assert cloud.init("--cloud-id", "my site").err == '--cloud-id: "my site" is not valid\n'
    assert cloud.init("--email", "nobody").err == '--email: "nobody" is not valid\n'


def test_site_that_says_nothing_without_login(new: Newcomer) -> None:
    """Where only a log-in tells which Jira it is, --kind is asked for, and then enough."""
    new.jira.faults.on(faults.logged_out(), path="/serverInfo$", times=None)
    ended = new.init()
    assert ended.code == 2
    assert "--kind jira-cloud or --kind jira-datacenter" in ended.err
    assert new.init("--kind", f"jira-{new.jira.dialect}").code == 0
    assert len(new.settings().teams) == 3


def test_wrong_kind(datacenter: Newcomer) -> None:
    """A --kind that is not what answers is reported."""
    ended = datacenter.init("--kind", "jira-cloud")
    assert ended.code == 2
    assert "Jira Data Center" in ended.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--url", "ftp://x"), "is not a web address"),
        (("--url", "http://jira.example"), "would send the token unencrypted"),
    ],
)
def test_bad_address(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    """A bad address is one sentence and exit 2."""
    ended = CliRunner().invoke(app, ["init", *words, "--out", str(tmp_path / "c.toml")])
    assert ended.exit_code == 2
    assert said in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_several_leads(new: Newcomer) -> None:
    """Where projects have different leads, the owner is left to a person, and the leads are named."""
    state = new.jira.state
    state.projects["APP"] = "App"
    state.leads["APP"] = Account(id="712020:bo", name="bo", display="Bo Berg")
    state.add_board(Board(id=31, name="Mobile", project="APP"))
    new.init()
    assert new.settings().product.owner == NOBODY
    assert "Project leads: Ana Alvarez, Bo Berg." in new.out.read_text(encoding="utf-8")


def test_account_without_zone(new: Newcomer) -> None:
    """A zone that is none becomes UTC, marked to be checked."""
    me = new.jira.state.me
    new.jira.state.me = Account(id=me.id, name=me.name, display=me.display, email=me.email, zone="")
    for record in new.jira.state.issues.values():
        assert record.reporter != new.jira.state.me
    new.init()
    assert new.settings().schedule.timezone == "UTC"
    assert "CHECK: the account has no time zone" in new.out.read_text(encoding="utf-8")


def closed(number: int, start: datetime, days: float) -> TeamSprint:
    return TeamSprint(
        id=str(number), name="S", state=SprintState.CLOSED, board=1, start=start, end=start + timedelta(days=days)
    )


MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "length"),
    [(14, 10), (11.3, 10), (7, 5), (4.3, 5), (21, 15), (28, 20), (2, 5), (60, 23)],
    ids=["two weeks", "Monday to Friday after next", "a week", "Monday to Friday", "three", "four", "short", "long"],
)
def test_sprint_days(days: float, length: int) -> None:
    """The length is counted in weekdays, and kept within what a sprint may be."""
    assert sprint_days([closed(1, MONDAY, days)], "UTC") == (length, 1)


def test_usual_sprint() -> None:
    """One odd sprint among many does not count, and only the newest do."""
    old = [closed(number, MONDAY - timedelta(days=200 + number), 28) for number in range(9)]
    new = [closed(20 + number, MONDAY - timedelta(days=14 * number), 14) for number in range(5)]
    assert sprint_days([*old, *new, closed(90, MONDAY + timedelta(days=1), 30)], "UTC") == (10, 6)


def test_no_sprint_with_dates() -> None:
    """Without any dated sprint nothing is claimed."""
    assert sprint_days([TeamSprint(id="1", name="S", state=SprintState.FUTURE, board=1)], "UTC") == (None, 0)


@pytest.mark.parametrize(
    ("jql", "takes"),
    [
        (
            'project = X AND component in ("pay ments", search) ORDER BY Rank',
            TeamFilter(components=frozenset({"pay ments", "search"})),
        ),
        ("project = X AND component = pay", TeamFilter(components=frozenset({"pay"}))),
        ("labels = 'a-b' AND project = X", TeamFilter(labels=frozenset({"a-b"}))),
        ("component = pay OR project = X", TeamFilter()),
        ("component != pay", TeamFilter()),
        ("component not in (pay)", TeamFilter()),
        ("component in componentsLeadByUser()", TeamFilter()),
        ("component = pay AND labels = x", TeamFilter()),
        ('summary ~ "component = pay"', TeamFilter()),
        ("component", TeamFilter()),
        ("component in (", TeamFilter()),
        ("", TeamFilter()),
    ],
)
def test_takes_of(jql: str, takes: TeamFilter) -> None:
    """Only one plain clause joined by AND tells whose an issue is."""
    assert takes_of(jql) == takes


@pytest.mark.parametrize("text", ['a"b', "a'b", "a\"b'c", "\\", "\n\t", "é😀", "", "]]>", "\ud800"])
def test_toml(text: str) -> None:
    """Any text becomes a TOML string that reads back as the visible text."""
    read = tomllib.loads(f"value = {toml(text)}")["value"]
    assert read == json.loads(json.dumps(read))
    assert set(text) & set("\"'\\") <= set(read)


def with_template(state: State, now: datetime) -> None:
    """The small shop, whose issues were all begun from one template."""
    small(state, now)
    for record in state.issues.values():
        own = record.description.wiki
        record.description = Body(
            f"{own}\n\nh2. Acceptance criteria\n\nSay what must hold when it is done\n\n* Criterion 1"
        )


@pytest.mark.parametrize("dialect", EACH_DAY)
def test_lines_that_many_issues_share_are_proposed_as_the_template(dialect: str, tmp_path: Path) -> None:
    """They are written next to the configuration, which names them in a comment that can be switched on."""
    with newcomer(dialect, tmp_path, with_template) as new:
        ended = new.init()
        text = new.out.read_text(encoding="utf-8")
        new.out.write_text(text.replace("# [reading]", "[reading]").replace("# templates", "templates"), "utf-8")
        vocabulary = vocabulary_of(new.settings())

    assert (tmp_path / "issue-template.md").read_text(encoding="utf-8") == (
        "## Acceptance criteria\n\nSay what must hold when it is done\n\n"
    )
    assert "issue-template.md" in ended.out
    assert vocabulary.is_help("Say what must hold when it is done")


def test_a_template_file_that_is_there_stays(tmp_path: Path) -> None:
    """And the configuration does not name it."""
    (tmp_path / "issue-template.md").write_text("mine", encoding="utf-8")
    with newcomer("cloud", tmp_path, with_template) as new:
        new.init()

    assert (tmp_path / "issue-template.md").read_text(encoding="utf-8") == "mine"
    assert "[reading]" not in new.out.read_text(encoding="utf-8")


def test_a_list_of_absences_that_is_there_stays(cloud: Newcomer) -> None:
    """The new one is read without a complaint, and has no rows."""
    ended = cloud.init()
    path = cloud.folder / "absences.csv"
    assert path.read_text(encoding="utf-8") == "name,from,to,fraction,kind\n"
    assert "absences.csv: enter who is away" in " ".join(ended.out.split())
    assert cloud.run("config", "check", "-c", str(cloud.out)).code == 0
    path.write_text("mine", encoding="utf-8")
    cloud.out.unlink()
    assert cloud.init("--format", "json").document["absences"] == ""
    assert path.read_text(encoding="utf-8") == "mine"


def test_texts_that_may_not_be_read_give_no_template(cloud: Newcomer) -> None:
    cloud.jira.faults.on(faults.refused(403, "No."), path="/search/jql$", times=None)
    assert cloud.init().code == 0
    assert {path.name for path in cloud.folder.iterdir()} == {"config.toml", "absences.csv"}


def test_the_people_of_a_team_are_those_who_were_assigned_its_latest_issues(new: Newcomer) -> None:
    """With their accounts, each in one team only; nobody is absent yet."""
    new.init()
    people = {team.name: [person.name for person in team.people] for team in new.settings().teams}
    assert sorted(people["Storefront"]) == ["Dana Whitfield", "Lena Brandt", "Marcus Lee", "Paul Huber"]
    assert len({name for names in people.values() for name in names}) == sum(map(len, people.values()))
    assert all(person.account for team in new.settings().teams for person in team.people)
    assert (new.folder / "absences.csv").read_text(encoding="utf-8") == "name,from,to,fraction,kind\n"
    assert new.run("absences", "check", "-c", str(new.out)).code == 0


def test_the_site_says_what_it_estimates_and_which_priorities_it_has(new: Newcomer) -> None:
    new.init()
    text = new.out.read_text(encoding="utf-8")
    assert "issues of the latest sprints have an estimate: counted in points" in text
    assert "# Priorities of the site, the most urgent first: Highest, High" in text
    assert "[tracker.types]" not in text


def test_an_issue_may_not_be_searched_and_the_rest_is_proposed(cloud: Newcomer) -> None:
    cloud.jira.faults.on(faults.refused(403, "No."), path="/search/jql$", times=None)
    assert cloud.init().code == 0
    assert [team.people for team in cloud.settings().teams] == [(), (), ()]


def test_the_first_report_is_made_and_three_commands_follow(cloud: Newcomer) -> None:
    """Its pages are where the configuration wants them, and nothing is written to the tracker."""
    ended = cloud.run("init", "--url", cloud.jira.url, "--out", str(cloud.out), *cloud.login)
    assert (ended.code, ended.err) == (0, "")
    assert (cloud.folder / "reports" / "readyline.html").exists()
    assert "First report: " in ended.out
    assert [line.split()[:2] for line in ended.out.splitlines() if line.startswith("  readyline")] == [
        ["readyline", "doctor"],
        ["readyline", "check"],
        ["readyline", "plan"],
    ]
    assert not cloud.jira.writes


class Asked:
    """A person at a terminal who answers in this order."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
        self.questions: list[str] = []
        self.answers = list(answers)
        monkeypatch.setattr(first_steps, "is_asked", lambda _: True)
        monkeypatch.setattr(typer, "prompt", self.prompt)

    def prompt(self, text: str, default: str | None = None, *, hide_input: bool = False) -> str:
        """The next answer; "" takes what is proposed."""
        assert hide_input == text.startswith("Token")
        self.questions.append(text)
        return self.answers.pop(0) or default or ""


def test_on_a_terminal_what_is_missing_is_asked(datacenter: Newcomer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Address and token, the teams of the product, and its owner; Enter takes what is proposed."""
    monkeypatch.delenv("READYLINE_TOKEN", raising=False)
    asked = Asked(monkeypatch, datacenter.jira.url, datacenter.jira.token, "1, 3", "")
    datacenter.environ.clear()
    ended = datacenter.run("init", "--out", str(datacenter.out), "--no-report")
    assert ended.code == 0, ended.err
    assert [question.split()[0] for question in asked.questions] == ["Address", "Token", "Teams", "Product"]
    settings = datacenter.settings()
    assert [team.name for team in settings.teams] == ["Payments", "Search"]
    assert settings.product.owner == "Ana Alvarez"
    assert datacenter.jira.token not in datacenter.out.read_text(encoding="utf-8") + ended.out


def test_a_cloud_site_with_its_own_domain_is_asked_about_the_account(
    cloud: Newcomer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("READYLINE_TOKEN", raising=False)
    email = cloud.login[cloud.login.index("--email") + 1]
    asked = Asked(monkeypatch, cloud.jira.url, email, cloud.jira.token, "1", "")
    cloud.environ.clear()
    ended = cloud.run("init", "--out", str(cloud.out), "--no-report")
    assert ended.code == 0, ended.err
    assert [question.split()[0] for question in asked.questions] == ["Address", "E-mail", "Token", "Teams", "Product"]


@pytest.mark.parametrize("answer", ["4", "0", "all of them"])
def test_an_answer_that_names_no_team_is_an_error(
    answer: str, cloud: Newcomer, monkeypatch: pytest.MonkeyPatch
) -> None:
    Asked(monkeypatch, answer)
    ended = cloud.init()
    assert ended.code == 2
    assert "names no teams" in ended.err
    assert not cloud.out.exists()


def test_without_a_terminal_the_site_must_be_named(cloud: Newcomer) -> None:
    ended = cloud.run("init", "--out", str(cloud.out))
    assert (ended.code, ended.err) == (2, "name the site: add --url with its address, as in a browser\n")
