"""The pages of rules and measures as Markdown files."""

from pathlib import Path

from rules.agent import RULES as AGENT_RULES
from rules.deep.measure_page import measure_page_of
from rules.deep.measures import MEASURES
from rules.ready import RULES
from rules.rule_page import page_of
from rules.techniques import TECHNIQUES
from sync.cli.rule_list import INDEX, TIPS, AnyPage, as_files, as_page, pages, write_pages

DOCS = Path(__file__).parents[3] / "docs" / "rules"
PAGES: tuple[AnyPage, ...] = (*map(page_of, (*RULES, *AGENT_RULES)), *map(measure_page_of, MEASURES))


def test_the_files_in_the_repository_are_what_the_command_writes() -> None:
    """`make docs` was run after the last change of a page."""
    assert {path.name: path.read_text(encoding="utf-8") for path in DOCS.iterdir()} == as_files(PAGES)


def test_every_page_has_a_link_in_the_index() -> None:
    """By its path."""
    files = as_files(PAGES)

    assert all(f"[ready.{rule.name}]({rule.name}.md)" in files[INDEX] for rule in RULES)
    assert all(f"[agent.{rule.name}](agent.{rule.name}.md)" in files[INDEX] for rule in AGENT_RULES)
    assert all(f"[deep.{one.name}](deep.{one.name}.md)" in files[INDEX] for one in MEASURES)


def test_the_page_of_a_rule_or_measure_ends_with_its_technique_and_the_page_of_all_links_to_it() -> None:
    files = as_files(PAGES)

    for one in TECHNIQUES:
        assert one.text in files[TIPS]
        for rule in one.rules:
            [page] = pages(rule)
            assert as_page(page).plain.endswith(f"Technique: {one.whole}\n")
            assert files[f"{rule.removeprefix('ready.')}.md"].endswith(f"## Technique\n\n{one.whole}\n")
            assert f"[{rule}]({rule.removeprefix('ready.')}.md)" in files[TIPS]
    assert "Technique" not in as_page(pages("ready.titled")[0]).plain


def test_the_pages_are_written_into_a_folder(tmp_path: Path) -> None:
    """Which need not exist."""
    write_pages(tmp_path / "docs" / "rules")

    written = {path.name for path in (tmp_path / "docs" / "rules").iterdir()}
    assert {INDEX, *(f"{rule.name}.md" for rule in RULES), *(f"deep.{one.name}.md" for one in MEASURES)} <= written
