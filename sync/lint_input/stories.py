"""A Markdown file with one issue below each first-level heading."""

from collections.abc import Iterator

from rules.document import BlockKind
from sync.errors import UsageError
from sync.lint_input.markdown import read_prose
from sync.lint_input.model import LintText


def read_stories(text: str, source: str) -> Iterator[LintText]:
    """The issues of a file in order; each keeps the line numbers of the file, and is named `FILE:LINE` without an id.

    Raises `UsageError` for text before the first heading, and for a file without one.
    """
    from sync.markup import read

    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    starts = [
        block.line
        for block in read("\n".join(lines), "markdown").blocks
        if block.kind is BlockKind.HEADING and block.level == 1
    ]
    if not starts:
        raise UsageError(f"{source}: the file has no first-level heading (# Title) to split it at")
    before = next((number for number, line in enumerate(lines[: starts[0] - 1], start=1) if line.strip()), None)
    if before is not None:
        raise UsageError(
            f"{source}, line {before}: this text is above the first heading and would belong to no issue; move it below"
        )
    for start, end in zip(starts, [*(start - 1 for start in starts[1:]), len(lines)], strict=True):
        part = "\n" * (start - 1) + "\n".join(lines[start - 1 : end])
        yield read_prose(part, f"{source}:{start}", "markdown")
