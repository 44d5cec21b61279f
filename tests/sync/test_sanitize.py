"""Text from outside cannot steer a terminal, a viewer or a log, and cannot hide in it."""

import json
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from sync.sanitize import (
    clip,
    encodable,
    escaped,
    escaped_in_json,
    is_invisible,
    one_line,
    printable,
    readable,
    visible,
)

STEERING = "\x00\x07\x1b\x7f\x85\x9b\xad\u061c\u200b\u200e\u202e\u2028\u2060\u2066\ufeff\ufff9\U000e0041\u3164\ufe00"
EMOJI = "\N{FAMILY}\u200d\N{HEAVY BLACK HEART}\ufe0f"


def test_every_control_format_and_separator_character_of_unicode_is_invisible() -> None:
    """And nothing that has a shape is."""
    wrong = [
        f"U+{code:04X}"
        for code in range(sys.maxunicode + 1)
        if (unicodedata.category(chr(code)) in {"Cc", "Cf", "Cs", "Zl", "Zp"}) and not is_invisible(chr(code))
    ]
    shapes = [
        f"U+{code:04X}"
        for code in range(sys.maxunicode + 1)
        if is_invisible(chr(code)) and unicodedata.category(chr(code))[0] in "PSN"
    ]

    assert (wrong, shapes) == ([], [])


def test_a_report_shows_controls_as_pictures_and_no_invisible_characters() -> None:
    assert visible("a\x1b[31m\tb\r\n c\u202e\U000e0041d\x9b\ud800") == "a␛[31m b cd␡\N{REPLACEMENT CHARACTER}"


def test_an_emoji_stays_in_one_piece_in_a_report() -> None:
    assert visible(EMOJI) == EMOJI


@pytest.mark.parametrize(("text", "clipped"), [("abcdef", "abcdef"), ("abcdefg", "abcde…"), ("abcd  efg", "abcd…")])
def test_a_long_text_is_cut_in_a_report(text: str, clipped: str) -> None:
    assert clip(text, 6) == clipped


def test_a_log_writes_invisible_characters_out() -> None:
    assert escaped("one\x1b[2J\u202e\n") == r"one\x1b[2J\x202e\x0a"


def test_a_sentence_has_a_mark_for_what_cannot_be_printed() -> None:
    assert printable("a\u202e\xa0b\ue000", "?") == "a??b?"
    assert one_line(" a\u202e\n\n b\xa0c ") == "a b c"


def test_json_stays_the_same_document_with_its_invisible_characters_escaped() -> None:
    text = json.dumps({"title": f"{STEERING}{EMOJI} é"}, ensure_ascii=False, indent=1)

    assert json.loads(escaped_in_json(text)) == json.loads(text)
    assert not [char for char in escaped_in_json(text) if is_invisible(char) and char not in "\n\u200d"]
    assert "é" in escaped_in_json(text)


def test_half_an_emoji_becomes_a_mark_and_a_whole_one_in_two_halves_stays() -> None:
    assert encodable("a\ud83d b \ud83d\ude00 é") == "a\N{REPLACEMENT CHARACTER} b \N{GRINNING FACE} é"


def test_a_text_is_read_without_invisible_characters_but_with_its_lines() -> None:
    assert readable(f"a{STEERING}\n\tb") == "a\n\tb"


@given(st.text(st.characters() | st.sampled_from(STEERING)))
@hypothesis_settings(deadline=None)
def test_nothing_invisible_is_left_of_any_text(text: str) -> None:
    assert not [char for char in visible(text) if is_invisible(char) and char not in "\u200c\u200d"]
    assert not [char for char in escaped(text) + one_line(text) + printable(text, "?") if is_invisible(char)]
    assert one_line(text).isprintable()
