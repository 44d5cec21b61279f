"""More than a hundred hostile texts in every output: none of them becomes active."""

import json
import os
import random
from collections.abc import Callable, Sequence

import pytest

from sync.notifiers.slack import as_blocks
from tests.hostile import detectors as signs
from tests.hostile.channels import CHANNELS, SITE
from tests.hostile.texts import CLASSES, SEEDS, mixtures, sound
from tests.sync.notifiers.messages import message
from tests.sync.reports.page import made
from tests.sync.reports.sample import hostile
from tests.thorough import SEED, scaled

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]  # the same lines for each text

ALL = {**CLASSES, "mixtures": mixtures(scaled(8, 20))}


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("kind", [pytest.param(kind, marks=pytest.mark.xdist_group(kind)) for kind in ALL])
def test_nothing_that_comes_out_is_active(channel: str, kind: str) -> None:
    """`kind` varies last and stays in one process: a report is made once for all channels that show it."""
    texts = some_of(kind) if CHANNELS[channel].is_report else ALL[kind]
    found = {text: signs for text in texts if (signs := CHANNELS[channel].active(text))}
    assert found == {}


def some_of(kind: str) -> Sequence[str]:
    """One text of a third of the kinds, or the wanted share where that is more; the seed of the run chooses which."""
    texts, kinds = ALL[kind], sorted(ALL)
    today = random.Random(os.environ[SEED]).sample(kinds, scaled(len(kinds) // 3, len(kinds)))
    return random.Random(f"{os.environ[SEED]} {kind}").sample(texts, scaled(kind in today, len(texts)))


@pytest.mark.parametrize("channel", CHANNELS)
def test_what_comes_out_can_be_written_as_utf_8(channel: str) -> None:
    """A lone surrogate would stop a report in the middle of its file. The shortest come first: a long text is cut."""
    text = " ".join(sorted(CLASSES["broken and odd letters"], key=len))
    assert CHANNELS[channel].made(text).encode()


def test_there_are_more_than_a_hundred_texts_and_no_two_alike() -> None:
    assert len(set(SEEDS)) == len(SEEDS) > 100


@pytest.mark.parametrize("text", [text for kind in ("broken json", "quotes", "queries") for text in CLASSES[kind]])
def test_json_holds_the_exact_text(text: str) -> None:
    """The document is read back with the exact text, and everything else is in its place."""
    found = json.loads(made("json", hostile(text)))
    assert found["product"] == sound(text)
    assert len(found["issues"]) == 25


@pytest.mark.parametrize(
    ("check", "active"),
    [
        (signs.in_adf, {"type": "doc", "content": [{"type": "mention", "attrs": {"id": "1"}}]}),
        (signs.in_adf, {"type": "doc", "content": [{"type": "text", "text": "x", "marks": [{"type": "link"}]}]}),
        (signs.in_wiki, "* hello [~admin]"),
        (signs.in_wiki, "see https://evil.example"),
        (signs.in_wiki, "{include:Page}"),
        (signs.in_wiki, "*bold* and !x.png!"),
        (signs.in_wiki, "h1. Big"),
        (signs.in_csv, "a,b\n=1+1,c\n"),
        (signs.in_csv, "a,b\nx;@SUM(1),c\n"),
        (signs.steering, "a\x1b[2J"),
        (signs.steering, "a\u202eb"),
    ],
)
def test_the_detectors_find_active_content(check: Callable[[object], list[str]], active: object) -> None:
    assert check(active)


@pytest.mark.parametrize("active", ["<b>x</b>", "<i onclick=x>", '<a href="https://evil.example">x</a>'])
def test_the_detector_for_pages_finds_elements_handlers_and_addresses(active: str) -> None:
    assert signs.in_html(f"<p>{active}</p>", "<p>x</p>", SITE)


@pytest.mark.parametrize("active", ["[x](https://evil.example)", "@ana", "# Heading", "<b>", "www.evil.example"])
def test_the_detector_for_markdown_finds_markup_mentions_and_links(active: str) -> None:
    assert signs.in_markdown(active, "x", SITE)


@pytest.mark.parametrize("active", ["<!channel>", "@here", "<https://evil.example|x>", "\x07"])
def test_the_detector_for_slack_finds_mentions_and_links(active: str) -> None:
    document = as_blocks(message())
    document["blocks"][1]["text"]["text"] = active
    assert signs.in_slack(document)
