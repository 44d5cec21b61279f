"""Markdown of commands: each command that prints a page or a sentence has it."""

from dataclasses import replace
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from sync.cli import baseline
from sync.cli.commands import app
from sync.cli.formats import Form
from sync.cli.terminal import Terminal
from sync.doctor.check import Check, Examination, State
from sync.doctor.output import as_markdown
from sync.reports import run_history
from sync.reports.baseline import as_markdown as accepted_as_markdown
from sync.reports.issue import as_markdown as issue
from sync.reports.issue.page import IssuePage
from sync.reports.json_models.results import ResumeDocument
from sync.trackers.memory import MemoryTracker
from tests.sync.reports.sample import history_of_run, sample
from tests.sync.run_contexts import backlog, context

WITHOUT = {"mcp", "serve", "schema"}
"""Commands that print no page: a protocol, log lines, a JSON Schema."""


def in_markdown() -> Terminal:
    return Terminal(config=Path("config.toml"), form=Form.MARKDOWN, verbosity=0, colour=False)


def test_every_command_that_prints_has_markdown() -> None:
    found: dict[str, bool] = {}

    def visit(group: object) -> None:
        for name, one in group.commands.items():  # type: ignore[attr-defined]  # typer has its own classes of click
            if hasattr(one, "commands"):
                visit(one)
            else:
                (option,) = (each for each in one.params if each.name == "form")
                found[name] = "markdown" in {form.value for form in option.type_descriptor.annotation}

    visit(get_command(app))
    assert {name for name, has in found.items() if not has} == WITHOUT


def test_lint_prints_its_findings_and_its_counts_as_markdown() -> None:
    shown = [
        CliRunner().invoke(app, ["lint", "-", "--format", "markdown", *more], input="# Pay *soon*\n\nTBD\n").stdout
        for more in ((), ("--statistics",))
    ]
    assert shown[0].startswith("## Pay \\*soon\\*\n")
    assert "-:1: not ready, score" in shown[0]
    assert "| 1 | must | ready.described |" in shown[1]


def test_sentences_are_escaped_and_several_become_a_list(capsys: pytest.CaptureFixture[str]) -> None:
    in_markdown().print_result("a_b", lambda: ResumeDocument(resumed=0))
    in_markdown().print_result("one\n*two*", lambda: ResumeDocument(resumed=0))
    assert capsys.readouterr().out == "a\\_b\n- one\n- \\*two\\*\n"


def test_a_baseline_is_one_table_with_what_was_done_below(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with context(tmp_path, MemoryTracker(backlog())) as place:
        monkeypatch.setattr(Terminal, "context", lambda _: _Opened(place))
        baseline.accept(in_markdown(), "as we found it", dry_run=False)
    page = capsys.readouterr().out
    assert page.startswith("| Issue | Missing | Accepted |\n")
    assert page.endswith("What is not ready stays not ready.\n")


class _Opened:
    """A context that is open already."""

    def __init__(self, place: object) -> None:
        self.place = place

    def __enter__(self) -> object:
        return self.place

    def __exit__(self, *_: object) -> None: ...


def test_an_empty_baseline_has_no_table() -> None:
    assert accepted_as_markdown((), "accepted", "Nothing was changed.").startswith("0 findings on 0 issues accepted.")


def test_the_doctors_checks_are_a_table() -> None:
    page = as_markdown(Examination((Check("token", State.OK, "it works"), Check("rank", State.FAILED, "gone", "ask"))))
    assert "| failed | rank | gone | ask |\n\n1 ok, 1 failed.\n" in page


def test_a_history_without_runs_says_so_and_one_of_an_old_version_what_it_lacks() -> None:
    assert run_history.list_markdown(()) == f"{run_history.NO_RUN}\n"
    lacking = run_history.markdown(replace(history_of_run(), not_written=None))
    assert lacking.endswith(f"{run_history.NOT_KEPT}\n")


def test_a_rule_that_passes_has_its_result_in_the_markdown_of_an_issue() -> None:
    verdict = sample().judgement.by_key["SHOP-151"]
    page = issue.why_rule(IssuePage(verdict), verdict.passed[0])
    assert ": passed** (rule" in page
