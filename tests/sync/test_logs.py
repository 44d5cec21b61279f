"""Logs hold no secret, and text from outside cannot write a line of its own into them."""

import io
import json
import subprocess
import sys
from typing import Any

import pytest
import structlog

from sync.logs import hidden, set_up

SECRET = "s3cr3t-token"


def logged(verbosity: int = 2, **facts: Any) -> list[dict[str, Any]]:
    stream = io.StringIO()
    set_up(verbosity=verbosity, secrets=[SECRET, ""], stream=stream)
    log = structlog.get_logger()
    log.debug("a.detail", **facts)
    log.info("a.pass", **facts)
    log.warning("a.warning", **facts)
    log.error("an.error", **facts)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize("fact", [f"x {SECRET} y", {"deep": [SECRET]}, (SECRET,)], ids=["text", "nested", "tuple"])
def test_a_secret_never_reaches_the_log(fact: object) -> None:
    assert SECRET not in json.dumps(logged(fact=fact))


def _knock(token: str) -> None:
    raise ValueError(f"refused: {token}")


def test_a_secret_in_an_error_or_a_local_variable_never_reaches_the_log() -> None:
    stream = io.StringIO()
    set_up(verbosity=2, secrets=[SECRET], stream=stream)
    try:
        _knock(SECRET)
    except ValueError:
        structlog.get_logger().exception("broken")
    assert "broken" in stream.getvalue()
    assert SECRET not in stream.getvalue()


def test_a_secret_that_is_learnt_later_is_hidden_from_then_on() -> None:
    stream, secrets = io.StringIO(), {SECRET}
    set_up(verbosity=2, secrets=secrets, stream=stream)
    secrets.add("second-secret")
    structlog.get_logger().info("a.pass", fact="x second-secret y")
    assert "second-secret" not in stream.getvalue()


def test_a_secret_in_the_text_of_an_object_never_reaches_the_log() -> None:
    assert SECRET not in json.dumps(logged(fact=ValueError(f"refused: {SECRET}")))
    assert SECRET not in json.dumps(logged(fact={SECRET: 1}))


def test_a_secret_that_holds_another_one_is_hidden_whole() -> None:
    assert hidden("key-and-more", {"key", "key-and-more"}) == "[secret]"


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_too_an_error_is_shown_without_its_secret() -> None:
    stream = Screen()
    set_up(verbosity=2, secrets={SECRET}, stream=stream)
    try:
        _knock(SECRET)
    except ValueError:
        structlog.get_logger().exception("broken")
    assert "ValueError" in stream.getvalue()
    assert SECRET not in stream.getvalue()


def test_text_from_outside_stays_within_its_line() -> None:
    (line, *_) = logged(fact='harmless\n{"event": "forged"}\x1b[2J\u202e')
    assert line["event"] == "a.detail"
    assert not set("\n\x1b\u202e") & set(line["fact"])


@pytest.mark.parametrize(("verbosity", "lines"), [(-1, 1), (0, 2), (1, 3), (2, 4), (9, 4)])
def test_the_verbosity_decides_how_much_is_logged(verbosity: int, lines: int) -> None:
    assert len(logged(verbosity)) == lines


def test_the_library_is_loaded_and_set_up_with_the_first_logger() -> None:
    """Short commands log nothing: loading it would be a fifth of their start."""
    program = """
import sys
from sync.logs import get_logger, set_up
set_up(verbosity=0, secrets={"s3cret"})
assert "structlog" not in sys.modules
get_logger().warning("a.pass", fact="x s3cret y")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert json.loads(done.stderr)["fact"] == "x [secret] y"
    assert done.stdout == ""
