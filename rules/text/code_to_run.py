"""Code and commands that reproduce a defect, as opposed to logs, data, quoted sources and remedies.

What a piece of code is for is seen in its form and in the words before it.
"""

# ruff: noqa: E501 - a pattern is found and read more easily on one line

import re
from collections.abc import Iterable, Iterator

from rules.document import CODE, Block
from rules.lazy_regex import caseless, regex
from rules.text.bug_patterns import shows_log
from rules.text.model import Section

_CODE_CHARS = 4000
_LEAD_CHARS = 160
_CODE_LINES = 3

# A statement separates code from data; the signs separate it from prose.
_STATEMENT = regex(r";|\bfunction\b|=>|\(\)|\bvar ")
_SIGNS = regex(
    r"[;{}=]|\w\(|\bfunction\b|\b(?:var|let|const|def|class|import|return|require)[ (]|</?\w+|^\s*[$>#] ?\w+|\$ \w+",
    re.MULTILINE,
)
_ONE_LINER = regex(r"\s*(?:(?:var|let|const) \w+ ?=|function\b ?\w*\(|[\w.$]+\([^\n]*\);\s*$)")
# Lines of test runs and of logs with a short date, and data in JSON.
_OUTPUT_LINES = regex(
    r"^\s*(?:[IWEF]\d{4} \d\d:\d\d|\[\s*(?:RUN|OK|FAILED|PASSED)\s*\]|\[\d\d:\d\d:\d\d\]|@\s+0x)", re.MULTILINE
)
_JSON = regex(r"\s*[{\[]\s*(?:[{\[]\s*)?\"[\w.@-]+\"\s*[:,]")
# The root of a piece of configuration or data.
_DATA = regex(
    r"\s*<(?:\?xml|!DOCTYPE plist|plist|manifest|project|dependenc|propert|errors?\b|response|ti:app|uses-|configuration|key>)",
    re.IGNORECASE,
)
# A method of a source file.
_SOURCE = regex(r"\s*(?:[-+] ?\(\w|procedure T?\w+\.|(?:\w+ )?\w+::\w+\([^)]*\)\s*\{)")
# Words before code to run, before a remedy, before what a program wrote, and before code that is quoted or proposed.
_SNIPPET = caseless(
    r"\b(?:code|reproduc|sample|example|test|try|run|snippet|app\.js|index|html|alloy|usage|project|repro)"
)
# What is introduced so is an example, whatever else is said before it.
_EXAMPLE = caseless(
    r"\b(?:following|below|this) (?:example|code|sample|snippet|test case|app)\b[^.:\n]{0,40}\b(?:shows?|reproduces?|demonstrates?|will show|crash\w*|fails?)\b"
)
_REMEDY = caseless(r"work-?around|\bsolution|\bfix(?:es|ed)?\b|\bpatch|resolved? by|proposal")
_OUTPUT = caseless(
    r"output|\blog|error|trace|thrown|response|returns?|\breports\b|prints?|manifest|diff|patch|console|crash|proposal|implement|cause|(?<!as a )result"
)
_QUOTED = caseless(
    r"\b(?:diff|patch|propos\w+|implement\w*|manifest|chang\w+ (?:it|this|that|the code))\b|\bin [\w/.-]+\.[a-z]\w{0,4}\b|\bline \d+"
)
_LOOKS_AROUND = r"(?!(?:sudo )?(?:ls|cat|date|grep|df|ps|top|uname|tail|head|find|less|du|stat)\b)"
# A command with its options.
_COMMAND = regex(
    rf"(?:^|[`'\":(>$#|]\s?|- ){_LOOKS_AROUND}(?:sudo )?[a-z./~][\w./\\-]{{1,60}}(?: [\w./@:=-]{{1,120}}){{0,3}} --?[A-Za-z][\w-]*(?=[\s='\"`]|$)",
    re.MULTILINE,
)
# A command of a well-known tool or behind a prompt, or the address of a request.
_TYPED = regex(
    r"^(?:https?://(?:localhost|[\w.-]+:\d{2,5})/\S+"
    r"|\W{0,3}(?:curl|wget|git (?:clone|push|pull|fetch|checkout|commit)|npm|yarn|docker|kubectl|mvn|gradle|pip3?|ssh|\./[\w./-]+|xd:>)\s+\S"
    rf"|(?:\$|[\w-]+@[\w.-]+[^\n$#]{{0,40}}[$#]|[\w.-]+:\S{{1,40}} \w+\$) ?{_LOOKS_AROUND}[\w\"/.]+ \S+)",
    re.MULTILINE,
)


def code_to_run(sections: Iterable[Section], *, is_order: bool) -> Iterator[Block]:
    """Code that reproduces the defect; `is_order`: the title is a command, so only code that is introduced counts."""
    for section in sections:
        before = section.heading.text if section.heading is not None else ""
        for block in section.blocks:
            if not is_code(block):
                before = block.text
            elif _is_to_run(block.text, before, is_order=is_order):
                yield block


def is_code(block: Block) -> bool:
    """Whether a block is code, marked as such or not."""
    if block.kind is CODE:
        return True
    if _ONE_LINER.match(block.text):
        return True
    lines = block.text[:_CODE_CHARS].split("\n") if ";" in block.text else ()
    return sum(line.rstrip().endswith((";", "{", "}")) for line in lines) >= _CODE_LINES


def _is_to_run(code: str, before: str, *, is_order: bool) -> bool:
    if _EXAMPLE.search(before[-_CODE_CHARS:]):
        return is_runnable(code)
    lead = before[-_LEAD_CHARS:]
    if _REMEDY.search(lead):
        return False
    if _SNIPPET.search(lead):
        return is_runnable(code)
    if is_order or not is_program(code):
        return False
    quoted = _QUOTED if _STATEMENT.search(code[:_CODE_CHARS]) else _OUTPUT
    first_line = code[:_LEAD_CHARS].strip().partition("\n")[0]
    return quoted.search(lead) is None and _QUOTED.search(first_line) is None


def is_runnable(code: str) -> bool:
    """Whether a piece of code is something to run, rather than a log, a trace or a piece of data."""
    sample = code[:_CODE_CHARS]
    if shows_log(sample) or _OUTPUT_LINES.search(sample) or _JSON.match(sample):
        return False
    if sample.lstrip()[:1] in "{[" and not _STATEMENT.search(sample):
        return False
    return _SIGNS.search(sample) is not None


def is_program(code: str) -> bool:
    """The same for code without an introduction: a manifest is data then, and a method of a class is quoted."""
    return is_runnable(code) and _DATA.match(code) is None and _SOURCE.match(code) is None


def shows_command(text: str) -> bool:
    """Whether a text shows a command as it was typed."""
    sample = text[:_CODE_CHARS]
    typed = _TYPED.search(sample) is not None or (" -" in sample and _COMMAND.search(sample) is not None)
    return typed and _REMEDY.search(sample[:_LEAD_CHARS]) is None
