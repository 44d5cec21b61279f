"""Logging: pretty on a terminal, one JSON object a line elsewhere, always on stderr, without secrets.

Event names are short, static and dotted; facts are keys. Text from a tracker is never part of an event name. Control
characters in values are written out, so that no value can add a line of its own.
"""

import logging
import sys
from collections.abc import Callable, Collection, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, TextIO

from sync.sanitize import escaped

if TYPE_CHECKING:
    from structlog.typing import EventDict, Processor, WrappedLogger

HIDDEN = "[secret]"
LEVELS = (logging.ERROR, logging.WARNING, logging.INFO, logging.DEBUG)

_waiting: list[Callable[[], None]] = []
"""What configures logging with the first logger: loading the library takes a fifth of the start of a short command."""


def get_logger() -> Any:
    """A logger, by the set-up of this process."""
    import structlog

    while _waiting:
        _waiting.pop()()
    return structlog.get_logger()


def forget_facts() -> None:
    """Forget the facts that are bound to log lines, such as the run."""
    if "structlog" in sys.modules:
        import structlog

        structlog.contextvars.clear_contextvars()


def set_up(*, verbosity: int, secrets: Collection[str], stream: TextIO | None = None) -> None:
    """Configure logging for this process.

    `verbosity` -1 shows errors only, 0 also warnings, 1 also one line a run, 2 the details. Every occurrence of
    one of `secrets` in any value is replaced; a secret that is added to them later is hidden from then on.
    """
    configure = partial(_configure, LEVELS[min(max(verbosity, -1), 2) + 1], secrets, stream or sys.stderr)
    if "structlog" in sys.modules:
        configure()
    else:
        _waiting[:] = [configure]


def _configure(level: int, secrets: Collection[str], out: TextIO) -> None:
    import structlog

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


def _tracebacks(out: TextIO) -> "tuple[Processor, ...]":
    """Tracebacks without local variables: a token may be one."""
    import structlog

    if out.isatty():
        return (structlog.processors.format_exc_info, _in_lines)
    plain = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    return (structlog.processors.ExceptionRenderer(plain),)


def _in_lines(_logger: "WrappedLogger", _method: str, event: "EventDict") -> "EventDict":
    """A traceback keeps its lines on a terminal, each indented, so that none looks like a line of the log."""
    if isinstance(event.get("exception"), str):
        event["exception"] = [f"  {line}" for line in event["exception"].split("\n")]
    return event


def _on_terminal(logger: "WrappedLogger", method: str, event: "EventDict") -> str:
    import structlog

    if isinstance(event.get("exception"), list):
        event["exception"] = "\n".join(event["exception"])
    return str(structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)(logger, method, event))


def _renderer(out: TextIO) -> "Processor":
    import structlog

    if out.isatty():
        return _on_terminal
    return structlog.processors.JSONRenderer(sort_keys=True, default=str)


def hidden(text: str, secrets: Iterable[str]) -> str:
    """The text without the secrets and with invisible characters written out; line feeds stay."""
    return "\n".join(_clean_text(line, tuple(secrets)) for line in _without(text, secrets).split("\n"))


def _redactor(secrets: Iterable[str]) -> "Processor":
    def redact(_logger: "WrappedLogger", _method: str, event: "EventDict") -> "EventDict":
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
    return escaped(_without(text, secrets))


def _without(text: str, secrets: Iterable[str]) -> str:
    """The text without the secrets, the longest first: one may begin like another."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return text
