"""Commands in notes, which GitLab executes with the rights of their author; and what a note names.

Only what a hostile text may try is here. Every one that is found is remembered, so that a test sees a leak.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_COMMAND = re.compile(
    r"/(?P<verb>assign|approve|award|clear_weight|close|confidential|copy_metadata|create_merge_request|delete|done|due"
    r"|duplicate|epic|estimate|iteration|label|lock|milestone|move|promote|reassign|relabel|remove_\w+|reopen|spend"
    r"|subscribe|title|todo|unassign|unlabel|unlock|unsubscribe|weight|zoom)\b(?P<rest>.*)",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_MENTION = re.compile(r"(?<![\w/])@(?P<name>[a-z][\w.-]*)", re.IGNORECASE)
_REFERENCE = re.compile(r"(?:(?<!\w)|(?<=[\w-]))[#!$%&~^](?=[\w\"])\S+|\b[0-9a-f]{7,40}\b|\bGL-\d+|\[[a-z_]+:\d+\]")


@dataclass(slots=True)
class Reading:
    """What was found in notes: commands, names of accounts, references."""

    commands: list[tuple[str, str]] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)


def split(body: str) -> tuple[str, list[tuple[str, str]]]:
    """The text without its commands, and these: verb and the rest of the line. Code and quotes hold none."""
    kept: list[str] = []
    commands: list[tuple[str, str]] = []
    in_code = False
    for line in body.splitlines():
        in_code ^= line.lstrip().startswith("```")
        command = None if in_code else _COMMAND.match(line)
        if command:
            commands.append((command["verb"].lower(), command["rest"].strip()))
        else:
            kept.append(line)
    return "\n".join(kept).strip(), commands


def named_in(body: str) -> Iterator[tuple[str, str]]:
    """The kinds and names of everything that a text mentions. A backslash does not prevent it, code does."""
    text = _ESCAPED.sub(r"\1", _CODE.sub("", re.sub(r"<!--.*?-->", "", body, flags=re.DOTALL)))
    yield from (("mention", name["name"]) for name in _MENTION.finditer(text))
    yield from (("reference", one[0]) for one in _REFERENCE.finditer(text))
