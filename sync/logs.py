"""Logging: pretty on a terminal, one JSON object a line elsewhere, always on stderr, never a secret in it.

Event names are short, static and dotted; facts are keys. Text from a tracker is never part of an event name, and
control characters in values are made visible so that nobody writes a second log line into ours.
"""

import logging
import re
import sys
from collections.abc import Iterable
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

HIDDEN = "[secret]"
LEVELS = (logging.ERROR, logging.WARNING, logging.INFO, logging.DEBUG)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def set_up(*, verbosity: int, secrets: Iterable[str], stream: TextIO | None = None) -> None:
    """Configure logging for this process.

    `verbosity` -1 shows errors only, 0 warnings too, 1 the one line a pass, 2 and more the details. Every
    occurrence of one of `secrets` in any value is replaced, whatever it came through.
    """
    out = stream or sys.stderr
    level = LEVELS[min(max(verbosity, -1), 2) + 1]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            # Not dict_tracebacks: it shows local variables, and a token may be one.
            structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False)),
            _redactor(tuple(secret for secret in secrets if secret)),
            _renderer(out),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(out),
        cache_logger_on_first_use=False,
    )


def _renderer(out: TextIO) -> Processor:
    if out.isatty():
        return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    return structlog.processors.JSONRenderer(sort_keys=True, default=str)


def _redactor(secrets: tuple[str, ...]) -> Processor:
    def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        return {key: _clean(value, secrets) for key, value in event.items()}

    return redact


def _clean(value: object, secrets: tuple[str, ...]) -> object:
    if isinstance(value, str):
        for secret in secrets:
            value = value.replace(secret, HIDDEN)
        return _CONTROL.sub(lambda found: f"\\x{ord(found.group()):02x}", value)
    if isinstance(value, dict):
        return {key: _clean(part, secrets) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(part, secrets) for part in value]
    return value
