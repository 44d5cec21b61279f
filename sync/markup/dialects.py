"""The dialect of a text, found by signs that only one dialect has."""

import json
import re

from rules.lazy_regex import holds_one, regex
from sync.markup.preprocess import SOFT_BREAK, is_flattened, unflatten

_SAMPLE_CHARS = 50_000
# Each sign begins with one certain character, at a line's start with the end of the line before: the engine jumps from
# one such character to the next.
_WIKI = regex(
    r"\n[ \t]*h[1-6]\.[ \t]*\S"
    r"|\{(?:code|noformat|quote|panel|color|html)(?::[^{}\n]*)?\}"
    r"|\{\{[^{}\n]+\}\}"
    r"|\n[ \t]*\|\|"
    r"|\[[^\[\]|\n]+\|[a-z]+:[^\[\]\n]+\]"
    r"|\[~[^\[\]\n]+\]"
    r"|!\w[^!|\s]*\.\w{3,4}[|!]"
    r"|\n[ \t]*bq\. "
    r"|\n[ \t]*\*[^\s*][^*\n]*\*:?[ \t]*$"
    r"|\n[ \t]*#[ \t]+[^\n]*\n[ \t]*#[#*]{0,2}[ \t]",
    re.MULTILINE,
)
_LINK = r"\]\((?:https?:|/|#|\.)"
_MARKDOWN = regex(
    r"\n(?:[ \t]*(?:#{2,6}[ \t]+\S|```|~~~|[-*+][ \t]+\[[ xX]\][ \t])"
    rf"|(?!{_LINK}|<!--)[^\s#*|-][^\n]{{0,100}}\n(?:={{3,}}|-{{3,}})[ \t]*$)"
    rf"|{_LINK}"
    r"|\*\*[^\s*]"
    r"|<!--"
    r"|`(?<!``)[^`\s][^`\n]*`",
    re.MULTILINE,
)
# Without one of these no sign of Markdown is there; to look for them is fast, above all for single characters.
_CHARACTERS_OF_MARKDOWN = ("#", "`", "~", "]", "*", "<!--", "\n===", "\n---")
_PARTS_OF_MARKDOWN = ("##", "`", "~~~", "[ ]", "[x]", "[X]", "](", "**", "<!--", "\n===", "\n---")
_NUMBERED = regex(r"^[ \t]*#[ \t]+\S", re.MULTILINE)
_NUMBERED_BELOW = regex(r"^[ \t]*##[ \t]+\S", re.MULTILINE)
_HTML = regex(r"</?(?:p|div|ul|ol|li|h[1-6]|br|table|tr|td|span|strong)\b[^<>]*>", re.IGNORECASE)


def looks_like_markdown(text: str) -> bool:
    """Whether there are more signs of Markdown than of wiki markup."""
    sample = _sample(text)
    if not holds_one(sample, _CHARACTERS_OF_MARKDOWN) or not holds_one(sample, _PARTS_OF_MARKDOWN):
        return False
    signs = _count(_MARKDOWN, sample)
    return signs > 0 and signs > _count(_WIKI, sample)


def detect(text: str) -> str:
    """The name of the dialect: a key of `sync.markup.READERS`; Markdown for text without any sign."""
    sample = _sample(text)
    start = sample.lstrip()
    if start.startswith("{") and _is_adf(text):
        return "adf"
    wiki, markdown = _count(_WIKI, sample), _count(_MARKDOWN, sample)
    if is_flattened(text[:_SAMPLE_CHARS]) and (numbered := _count(_NUMBERED, sample)):
        # Exports that lose their line ends come from Jira, where "#" numbers an item and "##" one below it.
        wiki, markdown = wiki + numbered, markdown - _count(_NUMBERED_BELOW, sample)
    if start.startswith("<") and _count(_HTML, sample) >= 2 and not wiki and not markdown:
        return "html"
    return "wiki" if wiki > markdown else "markdown"


def _sample(text: str) -> str:
    """The beginning of the text behind a line end, with one kind of these; a flattened text has its lines again."""
    sample = text[:_SAMPLE_CHARS]
    if is_flattened(sample):
        lines = unflatten(sample).replace(SOFT_BREAK, "\n")
    else:
        lines = sample.replace("\r\n", "\n").replace("\r", "\n")
    return f"\n{lines}"


def _count(pattern: re.Pattern[str], text: str) -> int:
    return len(pattern.findall(text))


def _is_adf(text: str) -> bool:
    try:
        node = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(node, dict) and node.get("type") == "doc"
