"""What a configuration teaches the reader of texts: headings, and the site's own templates."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from rules.model import Kind
from rules.text import read_issue
from sync.cli.commands import app
from sync.config import vocabulary_of
from sync.errors import ConfigError
from sync.markup import read
from tests.sync.config.files import RIGHT, settings, written

TEMPLATE = "## Mitä saavutetaan\n\n## Kriteerit\n\n- Sivu tekee mitä sovittiin\n"
TAUGHT = '[reading]\ntemplates = ["story.md"]\n[reading.headings]\nacceptance = ["Kriteerit"]\n'


def test_taught_headings_and_templates_are_read(tmp_path: Path) -> None:
    (tmp_path / "story.md").write_text(TEMPLATE, encoding="utf-8")
    vocabulary = vocabulary_of(settings(tmp_path, TAUGHT))

    def acceptance(text: str) -> str:
        return read_issue("Maksu", read(text, "markdown"), Kind.STORY, None, vocabulary).facts.acceptance

    assert acceptance(TEMPLATE) == "empty"
    assert acceptance(TEMPLATE + "- Kortti kelpaa\n") == "present"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("story.wiki", "h2. Why\nh3. Kriteerit\n* The page does what we agreed on"),
        ("story.txt", "h2. Why\nh3. Kriteerit\n* The page does what we agreed on"),
        ("story.html", "<h2>Why</h2><ul><li>The page does what we agreed on</li></ul>"),
        (
            "story.json",
            '{"type": "doc", "content": [{"type": "text", "text": "The page does what we agreed on"}]}',
        ),
    ],
)
def test_a_template_may_be_in_any_markup(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    vocabulary = vocabulary_of(settings(tmp_path, f'[reading]\ntemplates = ["{name}"]'))

    assert vocabulary.is_help("The page does what we agreed on")


def test_nothing_taught_is_the_standard(tmp_path: Path) -> None:
    assert not vocabulary_of(settings(tmp_path)).is_help("The page does what we agreed on")


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xff"])
def test_a_template_that_cannot_be_read_is_an_error_with_its_path(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "story.md").write_bytes(content)

    with pytest.raises(ConfigError, match=r"reading\.templates: .*story\.md: .*(no such file|UTF-8)"):
        vocabulary_of(settings(tmp_path, '[reading]\ntemplates = ["story.md"]'))


def test_an_unknown_meaning_is_an_error_that_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as raised:
        settings(tmp_path, '[reading.headings]\nacceptence = ["Kriteerit"]')

    assert any("reading.headings" in fault and "acceptance" in fault for fault in raised.value.faults)


def test_lint_reads_a_text_as_the_configuration_teaches(tmp_path: Path) -> None:
    (tmp_path / "story.md").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "one.md").write_text(f"# Maksu\n\n{TEMPLATE}- Kortti kelpaa\n", encoding="utf-8")
    config = written(tmp_path, RIGHT, TAUGHT)

    taught = CliRunner().invoke(app, ["lint", str(tmp_path / "one.md"), "-c", str(config), "--format", "json"])

    assert '"acceptance": "present"' in taught.stdout
    assert '"criteria": 1' in taught.stdout


def test_config_check_finds_a_missing_template(tmp_path: Path) -> None:
    config = written(tmp_path, RIGHT, TAUGHT)
    checked = CliRunner().invoke(app, ["config", "check", "-c", str(config)])

    assert checked.exit_code == 2
    assert "story.md" in checked.stderr
