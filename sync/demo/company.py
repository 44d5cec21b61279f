"""An invented company for the local Jira: a web shop with one Product Owner, one ranked backlog and three teams.

All dates are relative to `now`, so that the shop is always current. Besides the site there are the two
files that the shop would write for readyline: its configuration and the list of absences.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sync.demo.people import CREWS, EMAIL, OWNER, Crew, Member
from sync.demo.site_builder import PROJECT, SPRINT_DAYS, SiteBuilder, sprint_start
from sync.fake_jira.records import Body
from sync.fake_jira.state import State

BACKLOG = f"project = {PROJECT} AND statusCategory != Done"
GOAL = "Guests check out without an account"

# Absences: first and last day relative to the start of the active sprint, part of the day, reason. The shop
# has two people off for much of Payments' next sprint, a half day, days over a sprint's end, and a free weekend.
AWAY = (
    ("Jonas Weber", 14, 23, 1.0, "vacation"),
    ("Grace Okafor", 15, 21, 1.0, "vacation"),
    ("Deniz Kaya", 16, 16, 0.5, "training"),
    ("Marcus Lee", 10, 15, 1.0, "vacation"),
    ("Lena Brandt", 19, 20, 1.0, "climbing"),
    ("Priya Nair", 14, 18, 1.0, "conference"),
    ("Sofia Rossi", 28, 39, 1.0, "vacation"),
    ("Owen Hughes", -20, -16, 1.0, "vacation"),
)


def fill(state: State, now: datetime | None = None) -> None:
    """Fill an empty site with the shop as it is at `now`."""
    SiteBuilder(state, (now or state.clock()).astimezone(UTC)).build()


def criteria_in_field(state: State) -> None:
    """Add a field for acceptance criteria to the site, and move the criteria there from the descriptions."""
    state.acceptance_field = True
    for record in state.issues.values():
        before, heading, after = record.description.wiki.partition("h3. Acceptance criteria\n")
        if heading:
            criteria, next_heading, rest = after.partition("\nh3. ")
            record.description = Body((before + next_heading + rest).strip())
            record.acceptance = Body(criteria.strip())


def config_toml(
    url: str,
    dialect: str,
    *,
    email: str = EMAIL,
    absences: str = "absences.csv",
    store: str = "readyline.db",
    reports: str = "reports/",
) -> str:
    """A configuration for the shop on a Jira."""
    login = f'email = "{email}"\n' if dialect == "cloud" else ""
    tracker = f"""\
kind = "jira-{dialect}"
url = "{url}"
{login}"""
    return shop_toml(
        tracker,
        BACKLOG,
        lambda crew: f'components = ["{crew.component}"]',
        absences=absences,
        store=store,
        reports=reports,
    )


def shop_toml(  # noqa: PLR0913 - what differs between trackers, and where files are
    tracker: str,
    backlog: str,
    takes: Callable[[Crew], str],
    board: Callable[[Crew], int] = lambda crew: crew.board,
    *,
    absences: str = "absences.csv",
    store: str = "readyline.db",
    reports: str = "reports/",
) -> str:
    """A configuration for the shop on any tracker: write-back on, limits high enough for a first run over everything.

    `tracker` is the content of its table, `backlog` the query, `takes` how the issues of a team are recognised, and
    `board` the number of its board.
    """
    return f"""\
[tracker]
{tracker}
[product]
name = "Shop"
owner = "{OWNER.name}"
backlog = "{backlog}"
goal = "{GOAL}"

{"".join(_team(crew, takes(crew), board(crew)) for crew in CREWS)}\
[capacity]
absences = ["{absences}"]
timezone = "Europe/Berlin"

[write_back]
enabled = true
comments = "near"
sprints = "assign"
mails_per_week = 100
[write_back.limits]
max_changes = 1000
max_share = 1.0

[schedule]
pass = "every 15 minutes"
timezone = "Europe/Berlin"

[store]
path = "{store}"

[[reports]]
kind = "html"
path = "{reports}"
"""


def absences_csv(now: datetime) -> str:
    """Absences around the active and the next sprint, with reasons, as people write them."""
    start = sprint_start(now.astimezone(UTC)).date()
    rows = ["name,from,to,fraction,kind"]
    for name, first, last, part, kind in AWAY:
        days = (start + timedelta(days=offset) for offset in (first, last))
        rows.append(",".join([name, *(day.isoformat() for day in days), f"{part:g}", kind]))
    return "\n".join(rows) + "\n"


def _team(crew: Crew, takes: str, board: int) -> str:
    people = "".join(f"  {_person(member)},\n" for member in crew.members)
    return f"""\
[[teams]]
name = "{crew.name}"
board = {board}
takes = {{ {takes} }}
sprint_days = {SPRINT_DAYS * 5 // 7}
people = [
{people}]

"""


def _person(member: Member) -> str:
    days = f', days = "{member.days}"' if member.days else ""
    where = f'country = "{member.country}", region = "{member.region}"'
    return f'{{ name = "{member.name}", share = {member.share:g}{days}, {where} }}'
