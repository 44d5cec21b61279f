"""Logging: pretty on a terminal, one JSON object a line elsewhere, always on stderr, never a secret in it.

Event names are short, static and dotted; facts are keys. Text from a tracker is never part of an event name, and
control characters in values are made visible so that nobody writes a second log line into ours.
"""

import logging
import re
import sys
from collections.abc import Collection, Iterable
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

HIDDEN = "[secret]"
LEVELS = (logging.ERROR, logging.WARNING, logging.INFO, logging.DEBUG)
# Control, direction and invisible characters, and halves of surrogate pairs.
_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
    r"|[\U000e0000-\U000e007f]"
)


def set_up(*, verbosity: int, secrets: Collection[str], stream: TextIO | None = None) -> None:
    """Configure logging for this process.

    `verbosity` -1 shows errors only, 0 warnings too, 1 the one line a pass, 2 and more the details. Every
    occurrence of one of `secrets` in any value is replaced, whatever it came through; a secret that is added to them
    later is hidden from then on.
    """
    out = stream or sys.stderr
    level = LEVELS[min(max(verbosity, -1), 2) + 1]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *_tracebacks(out),
            _redactor(secrets),
            _renderer(out),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(out),
        cache_logger_on_first_use=False,
    )


def _tracebacks(out: TextIO) -> tuple[Processor, ...]:
    """Tracebacks without local variables: a token may be one."""
    if out.isatty():
        return (structlog.processors.format_exc_info, _in_lines)
    plain = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    return (structlog.processors.ExceptionRenderer(plain),)


def _in_lines(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A traceback keeps its lines on a terminal, each of them set in, so that none can pass for a line of the log."""
    if isinstance(event.get("exception"), str):
        event["exception"] = [f"  {line}" for line in event["exception"].split("\n")]
    return event


def _on_terminal(logger: WrappedLogger, method: str, event: EventDict) -> str:
    if isinstance(event.get("exception"), list):
        event["exception"] = "\n".join(event["exception"])
    return str(structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)(logger, method, event))


def _renderer(out: TextIO) -> Processor:
    if out.isatty():
        return _on_terminal
    return structlog.processors.JSONRenderer(sort_keys=True, default=str)


def hidden(text: str, secrets: Iterable[str]) -> str:
    """The text without the secrets, and with control characters made visible; several lines stay several lines."""
    return "\n".join(_clean_text(line, tuple(secrets)) for line in _without(text, secrets).split("\n"))


def _redactor(secrets: Iterable[str]) -> Processor:
    def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        known = tuple(secrets)
        return {key: _clean(value, known) for key, value in event.items()}

    return redact


def _clean(value: object, secrets: tuple[str, ...]) -> object:
    match value:
        case None | bool() | int() | float():
            return value
        case dict():
            return {_clean_text(str(key), secrets): _clean(part, secrets) for key, part in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_clean(part, secrets) for part in value]
        case _:
            return _clean_text(str(value), secrets)


def _clean_text(text: str, secrets: tuple[str, ...]) -> str:
    return _CONTROL.sub(lambda found: f"\\x{ord(found.group()):02x}", _without(text, secrets))


def _without(text: str, secrets: Iterable[str]) -> str:
    """The text without the secrets, the longest first: one may begin like another."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return text
