"""A site where every name, title, text and comment is hostile: whole passes leave nothing active anywhere."""

import json
import os
import random
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from sync.fake_jira.records import Account, Body
from sync.fake_jira.state import State
from sync.reports import RENDERERS
from tests.hostile import detectors as signs
from tests.hostile.texts import EVIL, SEEDS, mixtures
from tests.journeys.app_harness import Office, office, small
from tests.sync.reports.page import Page
from tests.thorough import SEED, share

pytestmark = [pytest.mark.journey, pytest.mark.uncovered]  # many runs over the same lines

ALL = (*SEEDS, *mixtures(11))
TEXTS = ALL if share() else tuple(random.Random(os.environ[SEED]).sample(ALL, len(ALL) // 2))
"""Half of all texts, all of them in long runs; the seed of the run chooses which."""
TITLE = 255  # what Jira allows


def everything_hostile(dialect: str) -> Callable[[State, datetime], None]:
    """The small shop with an issue for each text, and the text in every place that Jira lets people write in."""

    def company(state: State, now: datetime) -> None:
        small(state, now)
        for number, sprint in enumerate(state.sprints.values()):
            sprint.name, sprint.goal = TEXTS[number * 5 % len(TEXTS)], TEXTS[number * 7 % len(TEXTS)]
        for number, text in enumerate(TEXTS):
            _issue(state, dialect, number, text)

    return company


def _issue(state: State, dialect: str, number: int, text: str) -> None:
    who = state.enrol(Account(id=f"evil:{number}", name=f"evil{number}", display=text, email="x@shop.example"))
    label = "".join(text.split())[:TITLE] or "x"
    state.components["SHOP"].add(text)
    record = state.create(
        "SHOP",
        ("Story", "Bug", "Task", "Spike")[number % 4],
        text[:TITLE],
        by=who.id,
        description=_body(dialect, text),
        labels=[label],
        components=["payments", text],
        environment=text,
        assignee=who,
        points=3.0 if number % 3 else None,
    )
    state.comment(record.key, _body(dialect, text), by=who.id)
    # Nobody of the shop: it is refused, and the refusal names them.
    state.comment(record.key, "/ready recheck", by=who.id)


def _body(dialect: str, text: str) -> Body:
    """The text on its own and wherever a rule looks for something to quote."""
    lines = (f"As a {text}, I want {text} and {text} so that {text}.", f"Is {text} open?", f"TBD {text}", text)
    items = (f"{text} is fast", f"[ ] {text}", text)
    if dialect == "cloud":
        return Body(adf={"type": "doc", "version": 1, "content": [*map(_paragraph, lines), *_list(items, text)]})
    criteria = "\n".join(f"* {item}" for item in items)
    return Body("\n\n".join(lines) + f"\n\nh3. Acceptance criteria\n{criteria}\n\nh3. {text}\n{text}")


def _paragraph(text: str) -> dict[str, Any]:
    return {"type": "paragraph", "content": [{"type": "text", "text": text}]}


def _list(items: tuple[str, ...], text: str) -> list[dict[str, Any]]:
    heading = {"type": "heading", "attrs": {"level": 3}, "content": [{"type": "text", "text": "Acceptance criteria"}]}
    rows = [{"type": "listItem", "content": [_paragraph(item)]} for item in items]
    active = [
        {"type": "mention", "attrs": {"id": "712020:0001", "text": text}},
        {"type": "inlineCard", "attrs": {"url": f"https://{EVIL}"}},
        {"type": "text", "text": text, "marks": [{"type": "link", "attrs": {"href": "javascript:alert(1)"}}]},
    ]
    return [heading, {"type": "bulletList", "content": rows}, {"type": "paragraph", "content": active}]


@dataclass
class Hooks:
    """What channels were sent: the bodies by path, and where it listens."""

    port: int = 0
    bodies: dict[str, list[Any]] = field(default_factory=dict)


@contextmanager
def hooks() -> Iterator[Hooks]:
    """A web server on this machine that takes every message."""
    found = Hooks()

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            found.bodies.setdefault(self.path, []).append(body)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's own word
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Taker)
    found.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Aftermath:
    """A hostile shop after one run: what the run said, what channels got, which hosts it called."""

    place: Office
    out: str
    err: str
    code: int
    hooks: Hooks
    called: set[str]


@pytest.fixture(
    params=[
        pytest.param("cloud", marks=pytest.mark.xdist_group("hostile on Cloud")),
        pytest.param("datacenter", marks=[pytest.mark.xdist_group("hostile on Data Center"), pytest.mark.thorough]),
    ],
    scope="module",
)
def after(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aftermath]:
    """One run over everything hostile; looking at it costs no second one."""
    folder = tmp_path_factory.mktemp(request.param)
    called: set[str] = set()
    with hooks() as taken, office(folder, request.param, company=everything_hostile(request.param)) as place:
        _configure(place, taken)
        with _watching(called):
            ended = place.run("run", "--format", "json", "-vv")
        yield Aftermath(place, ended.out, ended.err, ended.code, taken, called)


def _configure(place: Office, taken: Hooks) -> None:
    place.write_config('comments = "near"', 'comments = "all"')
    place.write_config("mails_per_week = 100", "mails_per_week = 0")
    place.write_config('owner = "Ana Alvarez"', 'owner = "Ana Alvarez"\naccount = "712020:1"')
    text = place.config.read_text(encoding="utf-8")
    channels = ['[[notify]]\nkind = "webhook"\nurl_env = "HOOK"', '[[notify]]\nkind = "slack"\nurl_env = "CHAT"']
    channels += ['[[notify]]\nkind = "file"\npath = "messages.jsonl"']
    lead_time = text.replace(
        'timezone = "Europe/Berlin"\n\n[store]',
        'timezone = "Europe/Berlin"\nbefore_planning = "20 working days before sprint start at 00:00"\n\n[store]',
    )
    place.config.write_text("\n\n".join((lead_time, *channels)) + "\n", encoding="utf-8")
    place.write_reports(*RENDERERS)
    place.environ["HOOK"] = f"http://127.0.0.1:{taken.port}/hook"
    place.environ["CHAT"] = f"http://127.0.0.1:{taken.port}/chat"


@contextmanager
def _watching(called: set[str]) -> Iterator[None]:
    """Note the host of every connection and of every look-up of a name."""
    with pytest.MonkeyPatch.context() as patch:
        connect, look_up = socket.socket.connect, socket.getaddrinfo

        def noted(self: socket.socket, address: Any) -> None:
            called.add(str(address[0]))
            connect(self, address)

        def noted_name(host: Any, *args: Any, **kwargs: Any) -> Any:
            called.add(str(host))
            return look_up(host, *args, **kwargs)

        patch.setattr(socket.socket, "connect", noted)
        patch.setattr(socket, "getaddrinfo", noted_name)
        yield


def test_the_run_ends_well_and_every_issue_was_written_to(after: Aftermath) -> None:
    assert after.code == 0, after.err
    document = json.loads(after.out)
    assert {outcome["outcome"] for outcome in document["outcomes"]} == {"done"}
    assert len(document["outcomes"]) > len(TEXTS)


def test_every_comment_of_ours_is_inert(after: Aftermath) -> None:
    state, found = after.place.jira.state, 0
    for record in state.issues.values():
        for remark in record.remarks:
            if remark.author.id == state.me.id:
                found += 1
                body = remark.body
                active = signs.in_adf(body.adf) if body.adf is not None else signs.in_wiki(body.wiki)
                assert active == [], (record.key, active)
    assert found >= len(TEXTS)


def test_the_site_received_nothing_but_our_labels_comments_properties_and_moves(after: Aftermath) -> None:
    for request in after.place.jira.writes:
        verbs = [verb for one in (request.body or {}).get("update", {}).values() for verb in one]
        assert all(label.startswith("readyline-") for verb in verbs for label in verb.values())
        assert set(request.body or {}) <= {"update", "properties", "body", "issues", "rankBeforeIssue", "value"} or (
            "/properties/readyline" in request.path
        )
        assert EVIL not in request.path


def test_the_log_holds_only_lines_of_ours(after: Aftermath) -> None:
    events = [json.loads(line) for line in after.err.splitlines()]
    assert all({"event", "level", "timestamp"} <= event.keys() for event in events)
    assert not [event for event in events if "forged" in str(event["event"])]
    assert signs.steering(after.err) == []


def test_every_report_is_inert(after: Aftermath) -> None:
    folder, site = after.place.folder / "reports", after.place.jira.url
    made = {path.name: path.read_bytes().decode() for path in folder.iterdir()}
    for name, text in made.items():
        assert signs.steering(text.replace("\N{WORD JOINER}", "")) == [], name
    pages = {name: Page(text) for name, text in made.items() if name.endswith(".html")}
    assert pages.keys() > {"readyline.html", "readyline-admin.html", "readyline-team-payments.html", "index.html"}
    for name, page in pages.items():
        assert (signs.in_elements(page, site), page.faults, page.open) == ([], [], []), name
    assert signs.in_marks(made["readyline.md"], site) == []
    assert signs.in_csv(made["readyline.csv"]) == []
    assert len(json.loads(made["readyline.json"])["issues"]) >= len(TEXTS)


def test_every_message_is_inert(after: Aftermath) -> None:
    bodies = after.hooks.bodies
    assert bodies.keys() == {"/hook", "/chat"}
    for document in bodies["/chat"]:
        assert signs.in_slack(document) == []
    lines = (after.place.folder / "messages.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == bodies["/hook"]


def test_nobody_but_the_configured_hosts_was_called(after: Aftermath) -> None:
    assert after.called == {"127.0.0.1"}


def test_the_second_run_plans_nothing(after: Aftermath) -> None:
    writes = len(after.place.jira.writes)
    second = after.place.run("run", "--format", "json")
    assert (second.code, second.document["changes"]) == (0, [])
    assert len(after.place.jira.writes) == writes


@pytest.mark.parametrize(
    "words", [("check",), ("capacity",), ("plan",), ("check", "--format", "json"), ("plan", "--format", "json")]
)
def test_every_answer_on_the_terminal_is_inert(after: Aftermath, words: tuple[str, ...]) -> None:
    ended = after.place.run(*words)
    assert ended.code == 0, ended.err
    assert signs.steering(ended.out) == []
    assert signs.steering(ended.err) == []
    if "json" in words:
        assert ended.document


@pytest.mark.parametrize("number", range(0, len(TEXTS), 29))
def test_why_explains_a_hostile_issue_inertly(after: Aftermath, number: int) -> None:
    key = next(r.key for r in after.place.jira.state.issues.values() if r.summary == TEXTS[number][:TITLE])
    ended = after.place.run("why", key)
    assert ended.code == 0, ended.err
    assert signs.steering(ended.out) == []


@pytest.mark.parametrize("text", SEEDS[::13])
def test_an_error_that_quotes_what_was_typed_is_inert(after: Aftermath, text: str) -> None:
    ended = after.place.run("why", "--", text.replace("\x00", " ") or "x")
    assert ended.code == 2
    assert signs.steering(ended.err) == []
    assert ended.err.count("\n") <= 1 + text.count("\n")


def test_the_store_can_be_read_back_whole(after: Aftermath, tmp_path: Path) -> None:
    """`undo` works from what the store kept of hostile notes."""
    run = json.loads(after.out)["run"]
    for form in ("text", "json", "csv"):
        told = after.place.run("history", run, "--format", form)
        assert (told.code, signs.steering(told.out)) == (0, [])
        assert form != "csv" or signs.in_csv(told.out) == []
    ended = after.place.run("undo", run)
    assert ended.code == 0, ended.err
    assert not any(after.place.ours().values())
    assert signs.steering(ended.out) == []
