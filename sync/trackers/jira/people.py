"""What people did to our marks on an issue: who edited or answered our comments, who changed a label or the sprint.

Jira's API shows no threads: a comment answers ours if it mentions our account or quotes our comment.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field, ValidationError

from rules.commands.grammar import COMMAND
from rules.document import BlockKind, Document
from rules.model import Editor
from rules.plan.changes import SPRINT
from sync.markup import adf, wiki
from sync.trackers.jira.payloads import HistoryEntry, HistoryItem, Remark, User
from sync.trackers.tolerant import EPOCH, Payload

SHORTEST_QUOTE = 10  # characters; anything shorter may be a coincidence
_SIGNS_OF_QUOTE = ("blockquote", "{quote}", "bq. ")


class _Changelog(Payload):
    histories: list[HistoryEntry] = Field(default_factory=list)


def comments_changed(remarks: Sequence[Remark], account: str) -> dict[str, str]:
    """Who edited or answered each comment of our account, by its id; comments that nobody touched are missing."""
    changed: dict[str, str] = {}
    for place, remark in enumerate(remarks):
        if remark.author.account != account:
            continue
        editor = remark.updateAuthor
        if editor.account not in {"", account}:
            changed[remark.id] = f"{_name(editor)} edited it"
            continue
        answer = next((one for one in remarks[place + 1 :] if _answers(one, remark, account)), None)
        if answer is not None:
            changed[remark.id] = f"{_name(answer.author)} answered it"
    return changed


def marks_changed(changelog: object, account: str) -> dict[str, str]:
    """Who but our account changed a label or the sprint last, from an issue's history; our own changes are missing."""
    changed: dict[str, str] = {}
    for entry in _entries(changelog):
        for mark in (mark for item in entry.items for mark in _marks(item)):
            changed.pop(mark, None)
            if entry.author.account != account:
                changed[mark] = f"{_name(entry.author)} changed it"
    return changed


def description_editors(changelog: object, account: str) -> tuple[Editor, ...]:
    """The people who edited the description since our account did last, oldest first, from an issue's history."""
    editors: list[Editor] = []
    for entry in _entries(changelog):
        if any(item.field == "description" for item in entry.items):
            is_ours = entry.author.account == account
            editors = [] if is_ours else [*editors, Editor(entry.author.account, _name(entry.author))]
    return tuple(dict.fromkeys(editors))


def _entries(changelog: object) -> list[HistoryEntry]:
    """The entries of a history in time order; none where it cannot be read."""
    try:
        entries = _Changelog.model_validate(changelog or {}).histories
    except ValidationError:
        return []
    return sorted(entries, key=lambda entry: entry.created or EPOCH)


def _marks(item: HistoryItem) -> frozenset[str]:
    if item.field == "labels":
        return frozenset(item.fromString.split()) ^ frozenset(item.toString.split())
    return frozenset({SPRINT}) if item.field == "Sprint" else frozenset()


def _answers(remark: Remark, ours: Remark, account: str) -> bool:
    """Whether a person's comment is an answer to ours; a command is not: we answer that one."""
    if remark.author.account == account or remark.digest is not None:
        return False
    if _read(remark.body).prose.lstrip().lower().startswith(COMMAND):
        return False
    return _mentions(remark.body, account) or _quotes(remark.body, ours.body)


def _mentions(body: object, account: str) -> bool:
    match body:
        case str():
            return f"[~{account}]" in body or f"[~accountid:{account}]" in body
        case {"type": "mention", "attrs": {"id": name}}:
            return str(name) == account
        case {"content": list() as content}:
            return any(_mentions(node, account) for node in content)
        case _:
            return False


def _quotes(body: object, ours: object) -> bool:
    if not any(sign in str(body) for sign in _SIGNS_OF_QUOTE):
        return False
    text = _flat(" ".join(block.text for block in _read(ours).blocks))
    quotes = (_flat(block.text) for block in _read(body).blocks if block.kind is BlockKind.QUOTE)
    return any(len(quote) >= SHORTEST_QUOTE and quote in text for quote in quotes)


def _flat(text: str) -> str:
    return " ".join(text.split()).casefold()


def _read(body: Any) -> Document:
    return adf.read(body) if isinstance(body, Mapping) else wiki.read(str(body or ""))


def _name(user: User) -> str:
    return user.shown or "a person"
