"""What `readyline lint` checks and prints: issue texts in files, without a tracker."""

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace

from rules.evaluate import judge_text
from rules.issue_kinds import kind_of_type
from rules.rule import ReadyRule
from rules.text import STANDARD
from rules.verdict import Ruleset, Verdict
from sync.cli.formats import Form
from sync.cli.terminal import Terminal
from sync.config import default_ruleset, ruleset_of, vocabulary_of
from sync.lint_input import files_of, read_texts
from sync.markup import read
from sync.reports import lint
from sync.reports.lint import Linted
from sync.reports.redact import shared_verdict


def check_files(
    terminal: Terminal, sources: Sequence[str], *, select: Sequence[str], ignore: Sequence[str], split: bool
) -> tuple[Linted, ...]:
    """Every text of the files with its verdict. Raises `UsageError` for a broken file and for an unknown rule."""
    # A person may be typing the text.
    with nullcontext() if "-" in sources else terminal.busy("Checking the texts"):
        return _checked(terminal, sources, select=select, ignore=ignore, split=split)


def _checked(
    terminal: Terminal, sources: Sequence[str], *, select: Sequence[str], ignore: Sequence[str], split: bool
) -> tuple[Linted, ...]:
    settings = terminal.settings() if terminal.has_config() else None
    ruleset = default_ruleset() if settings is None else ruleset_of(settings)
    vocabulary = STANDARD if settings is None else vocabulary_of(settings)
    asked = _only(ruleset, _paths(select), _paths(ignore))
    return tuple(
        Linted(
            judge_text(
                text.title,
                read(text.text, text.markup),
                kind_of_type(text.type),
                asked,
                None if text.acceptance is None else read(text.acceptance, text.markup),
                key=text.id,
                vocabulary=vocabulary,
            ),
            file,
            text.line,
            text.is_whole_file,
        )
        for file in files_of(sources)
        for text in read_texts(file, sys.stdin.buffer, split=split)
    )


def show(terminal: Terminal, checked: Sequence[Linted], *, statistics: bool) -> tuple[Verdict, ...]:
    """Print the findings, or how often each rule complains; returns the verdicts."""
    shared = tuple(replace(one, verdict=shared_verdict(one.verdict)) for one in checked)
    if terminal.form is Form.JSON:
        from sync.reports.as_json import lint_document
        from sync.reports.json_models import dump

        terminal.say(dump(lint_document(shared)))
    elif terminal.form is Form.MARKDOWN:
        terminal.say(lint.statistics_markdown(shared) if statistics else lint.markdown(shared))
    elif statistics:
        terminal.show(lint.statistics(shared))
    else:
        terminal.show_lines(lint.findings(shared))
    return tuple(one.verdict for one in checked)


def _paths(options: Sequence[str]) -> frozenset[str]:
    """The paths of rules, from options that may each hold several names with commas between. Raises `UsageError`."""
    names = [name.strip() for option in options for name in option.split(",") if name.strip()]
    if not names:
        return frozenset()
    from sync.cli.rule_list import rule_paths

    return rule_paths(names)


def _only(ruleset: Ruleset, selected: frozenset[str], ignored: frozenset[str]) -> Ruleset:
    """The rules that are selected (all, if none is) and not ignored."""

    def left(rules: tuple[ReadyRule, ...]) -> tuple[ReadyRule, ...]:
        return tuple(rule for rule in rules if (not selected or rule.path in selected) and rule.path not in ignored)

    narrowed = {scope: left(rules) for scope, rules in ruleset.narrowed.items()}
    return replace(ruleset, product=left(ruleset.product), narrowed=narrowed, agent=left(ruleset.agent))
