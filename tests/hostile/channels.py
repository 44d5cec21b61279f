"""Every output that can hold the text of an issue: the output for a text, and what in it would be active."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from io import StringIO
from typing import Any

import structlog

from rules.messages import Message
from rules.model import TeamFilter
from rules.plan.comment import CommentBody, Fix, in_language
from rules.translations import TRANSLATIONS
from rules.wording import ENGLISH, Wording
from sync.errors import ReadylineError
from sync.init.discover import Findings, TeamFound
from sync.init.template import config_text
from sync.logs import hidden, set_up
from sync.markup import adf, wiki
from sync.notifiers.mail import MailSettings, as_mail
from sync.notifiers.slack import as_blocks
from sync.notifiers.webhook import as_document
from sync.reports import RENDERERS, as_json, as_text
from sync.reports.base import RunReport
from sync.reports.issue.page import IssuePage
from sync.reports.json_models import dump
from sync.reports.planning import as_html as planning_html
from sync.reports.planning import as_json as planning_json
from sync.reports.planning import as_markdown as planning_markdown
from sync.reports.planning import as_text as planning_text
from sync.reports.planning import team_as_json
from sync.reports.planning.part_one import part_one_page
from sync.reports.planning.team import team_page
from sync.trackers.jira.fields import discover
from sync.trackers.jira.settings import CloudSettings, FieldNames
from sync.trackers.jira.site_info import Account, BoardLook, ProjectLook, Server
from tests.hostile import detectors as signs
from tests.hostile.commands import in_markdown as commands
from tests.hostile.meetings import in_calendar, meetings
from tests.hostile.texts import TAME
from tests.sync.notifiers.messages import message
from tests.sync.reports.page import made
from tests.sync.reports.sample import hostile

SITE = "https://shop.example.net"
MAIL = MailSettings(host="mail.example.net", sender="readyline@shop.example", to=("ana@shop.example",))
HEADERS = (
    "From",
    "To",
    "Subject",
    "Date",
    "Auto-Submitted",
    "Message-ID",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
)
_COLOUR = re.compile(r"\x1b\[\d+m")
TABLES = {"tracker", "product", "teams", "capacity", "rules", "write_back", "schedule", "store", "reports"}


@dataclass(frozen=True, slots=True)
class Channel:
    """One output: `made` gives it for a text, `active` lists what in it is not plain text.

    `is_report` where it shows a whole run, which takes a hundred times as long as a comment or a message.
    """

    made: Callable[[str], str]
    active: Callable[[str], list[str]]
    is_report: bool = False


def note(text: str) -> CommentBody:
    """Our comment with the text in every field."""
    fixes = (Fix(text, text, must=True, name=text), Fix(text, text, must=False))
    return CommentBody(headline=text, summary=text, fixes=fixes, passed=(text, text), footer=text, answers=(text, text))


def note_in(language: str, text: str) -> CommentBody:
    """Our comment in another language, with the text as every value of its templates."""
    message = Wording("{words!q} {words:is|are} vague.", words=(text, text))
    hint = Wording("Set a component or label that a team takes ({names}).", names=(text,))
    answer = Wording("{who} waived {rule} until {until}: {reason}", who=text, rule=text, until=text, reason=text)
    english = CommentBody(
        headline=Wording("Not ready: {reasons}.", reasons=(Wording("blocked by {issue}", issue=text), text)),
        summary=Wording("Smallest fix: {hint}", hint=Wording('Link {issue} as "is blocked by".', issue=text)),
        fixes=(Fix(message, hint, must=True),),
        passed=(text,),
        footer=Wording("To opt out, add the label {label}.", label=text),
        answers=(answer,),
    )
    return in_language(english, language)


def message_of(text: str) -> Message:
    """A message with the text in every text field."""
    return message(title=text, lines=(text, text), team=text, link="")


@lru_cache(maxsize=64)
def reports(text: str) -> Mapping[str, str]:
    """Every kind of report with the text in every field."""
    report = hostile(text)
    return {kind: made(kind, report) for kind in RENDERERS}


@cache
def _tame() -> Mapping[str, str]:
    return reports(TAME)


@lru_cache(maxsize=64)
def planning(text: str) -> Mapping[str, str]:
    """The pages of Sprint Planning in every format, with the text in every field."""
    report = hostile(text)
    page, team = part_one_page(report), team_page(report, report.capacities[0].team.name)
    assert team is not None
    return {
        "html": planning_html.part_one(page),
        "markdown": planning_markdown.part_one(page) + planning_markdown.team(team),
        "text": as_text.plain(planning_text.part_one(page)) + as_text.plain(planning_text.team(team)),
        "json": f"[{dump(planning_json.part_one(page))},{dump(team_as_json.team(team))}]",
    }


@cache
def _tame_planning() -> Mapping[str, str]:
    return planning(TAME)


def terminal(text: str) -> str:
    """The terminal pages, one after the other."""
    report: RunReport = hostile(text)
    pages = (as_text.summary, as_text.check, as_text.capacity, as_text.plan)
    why = as_text.why(IssuePage(report.judgement.verdicts[5]))
    return "".join(as_text.plain(page(report)) for page in pages) + as_text.plain(why)


def documents(text: str) -> str:
    """The JSON documents of the commands, as one list."""
    report = hostile(text)
    makers = (as_json.check_document, as_json.plan_document, as_json.capacity_document, as_json.run_document)
    return f"[{','.join(dump(make(report)) for make in makers)}]"


@cache
def _tame_documents() -> Any:
    return json.loads(documents(TAME))


def logged(text: str) -> str:
    """Three lines of the log as a pipe gets them: a fact, a nested fact, and an error with its cause."""
    return _logged(text, StringIO())


def logged_on_screen(text: str) -> str:
    """The same as a terminal shows them, without the colours, which are the log's own."""
    return _COLOUR.sub("", _logged(text, _Screen()))


class _Screen(StringIO):
    def isatty(self) -> bool:
        return True


def _logged(text: str, stream: StringIO) -> str:
    with _restored():
        set_up(verbosity=2, secrets=(), stream=stream)
        log = structlog.get_logger()
        log.info("change.written", key=text, why=text)
        log.warning("tracker.odd", facts={text: [text]})
        log.error("change.failed", why=ValueError(text))
    return stream.getvalue()


@contextmanager
def _restored() -> Iterator[None]:
    before = structlog.get_config()
    try:
        yield
    finally:
        structlog.configure(**before)


def sentence(text: str) -> str:
    """An error that quotes the text, as stderr gets it."""
    return hidden(str(ReadylineError(f'"{text}" is not in the backlog')), ()) + "\n"


def first_config(text: str) -> str:
    """The configuration that `init` writes for a site where every name is the text."""
    board = BoardLook(
        id=7,
        name=text,
        kind="scrum",
        projects=("SHOP",),
        takes=TeamFilter(components=frozenset({text}), labels=frozenset({text})),
    )
    return config_text(
        Findings(
            settings=CloudSettings(url=SITE, email="bot@shop.example"),
            server=Server("jira-cloud", text, text),
            account=Account("1", text, text),
            projects=(ProjectLook("SHOP", text, text),),
            teams=(TeamFound(board=board, sprint_days=10, sprints=3),),
            fields=discover([{"id": "customfield_1", "name": text, "schema": {}}], FieldNames(), boards={}),
        )
    )


def _as_text(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False)


def _comments(language: str) -> Mapping[str, Channel]:
    return {
        f"comment, Cloud, {language}": Channel(
            lambda text: _as_text(adf.write(note_in(language, text))),
            lambda text: signs.in_adf(adf.write(note_in(language, text))),
        ),
        f"comment, Data Center, {language}": Channel(
            lambda text: wiki.write(note_in(language, text)),
            lambda text: signs.in_wiki(wiki.write(note_in(language, text))),
        ),
    }


CHANNELS: Mapping[str, Channel] = {
    "comment, Cloud": Channel(
        lambda text: _as_text(adf.write(note(text))), lambda text: signs.in_adf(adf.write(note(text)))
    ),
    "comment, Data Center": Channel(
        lambda text: wiki.write(note(text)), lambda text: signs.in_wiki(wiki.write(note(text)))
    ),
    **{name: one for code in TRANSLATIONS if code != ENGLISH.code for name, one in _comments(code).items()},
    "HTML": Channel(
        lambda text: reports(text)["html"],
        lambda text: signs.in_html(reports(text)["html"], _tame()["html"], SITE),
        is_report=True,
    ),
    "Markdown": Channel(
        lambda text: reports(text)["markdown"],
        lambda text: signs.in_markdown(reports(text)["markdown"], _tame()["markdown"], SITE),
        is_report=True,
    ),
    "CSV": Channel(lambda text: reports(text)["csv"], lambda text: signs.in_csv(reports(text)["csv"]), is_report=True),
    "text": Channel(
        lambda text: reports(text)["text"], lambda text: signs.steering(reports(text)["text"]), is_report=True
    ),
    "terminal": Channel(terminal, lambda text: signs.steering(terminal(text)), is_report=True),
    "JSON": Channel(documents, lambda text: signs.in_json(documents(text), _tame_documents()), is_report=True),
    "planning, HTML": Channel(
        lambda text: planning(text)["html"],
        lambda text: signs.in_html(planning(text)["html"], _tame_planning()["html"], SITE),
        is_report=True,
    ),
    "planning, Markdown": Channel(
        lambda text: planning(text)["markdown"],
        lambda text: signs.in_markdown(planning(text)["markdown"], _tame_planning()["markdown"], SITE),
        is_report=True,
    ),
    "planning, terminal": Channel(
        lambda text: planning(text)["text"], lambda text: signs.steering(planning(text)["text"]), is_report=True
    ),
    "planning, JSON": Channel(
        lambda text: planning(text)["json"],
        lambda text: signs.in_json(planning(text)["json"], json.loads(_tame_planning()["json"])),
        is_report=True,
    ),
    "meetings, HTML": Channel(
        lambda text: meetings(text)["html"],
        lambda text: signs.in_html(meetings(text)["html"], meetings(TAME)["html"], SITE),
        is_report=True,
    ),
    "meetings, Markdown": Channel(
        lambda text: meetings(text)["markdown"],
        lambda text: signs.in_markdown(meetings(text)["markdown"], meetings(TAME)["markdown"], SITE),
        is_report=True,
    ),
    "meetings, terminal": Channel(
        lambda text: meetings(text)["text"], lambda text: signs.steering(meetings(text)["text"]), is_report=True
    ),
    "meetings, JSON": Channel(
        lambda text: meetings(text)["json"],
        lambda text: signs.in_json(meetings(text)["json"], json.loads(meetings(TAME)["json"])),
        is_report=True,
    ),
    "meetings, calendar": Channel(
        lambda text: meetings(text)["calendar"], lambda text: in_calendar(meetings(text)["calendar"]), is_report=True
    ),
    "commands, Markdown": Channel(
        commands, lambda text: signs.in_markdown(commands(text), commands(TAME), SITE), is_report=True
    ),
    "log": Channel(logged, lambda text: signs.in_lines(logged(text), 3)),
    "log, terminal": Channel(logged_on_screen, lambda text: signs.in_lines(logged_on_screen(text), 3)),
    "error sentence": Channel(sentence, lambda text: signs.steering(sentence(text))),
    "Slack": Channel(
        lambda text: _as_text(as_blocks(message_of(text))), lambda text: signs.in_slack(as_blocks(message_of(text)))
    ),
    "mail": Channel(
        lambda text: as_mail(message_of(text), MAIL).as_string(),
        lambda text: signs.in_mail(as_mail(message_of(text), MAIL).as_bytes(), HEADERS),
    ),
    "webhook": Channel(
        lambda text: json.dumps(as_document(message_of(text))),
        lambda text: signs.in_json(json.dumps(as_document(message_of(text))), as_document(message_of(TAME))),
    ),
    "init's TOML": Channel(first_config, lambda text: signs.in_toml(first_config(text), TABLES)),
}
