"""What an installation without extras holds, and that it works."""

import subprocess
import sys
import tomllib
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from typer.testing import CliRunner

from sync.cli.commands import app
from tests.journeys.app_harness import office

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("plain installation")]

ROOT = Path(__file__).parents[1]
WEB_FRAMEWORKS = {"werkzeug", "flask", "django", "fastapi", "starlette", "aiohttp", "tornado", "bottle", "sanic"}
ISSUE = "# Refund a payment\n\nAs a clerk, I want to refund a payment so that the guest is happy.\n"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment into which only the product itself was installed."""
    folder = tmp_path_factory.mktemp("plain")
    # A copy, because building leaves files in the source folder.
    source = copytree(ROOT, folder / "source", ignore=ignore_patterns(".*", "build", "*.egg-info", "tests"))
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    python, constraints = folder / "venv" / "bin" / "python", source / "constraints.txt"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "-c", constraints, source], check=True)
    return folder / "venv" / "bin"


@pytest.mark.ci
def test_a_plain_install_has_no_web_framework(plain: Path) -> None:
    listed = subprocess.run(
        [plain / "python", "-m", "pip", "list", "--format=freeze"], check=True, capture_output=True, text=True
    )
    assert "readyline" in listed.stdout
    assert {line.partition("==")[0].lower() for line in listed.stdout.splitlines()} & WEB_FRAMEWORKS == set()


@pytest.mark.ci
def test_a_plain_install_checks_a_backlog(plain: Path, tmp_path: Path) -> None:
    with office(tmp_path, "cloud") as place:
        ended = subprocess.run(
            [plain / "readyline", "check", "-c", place.config],
            env=place.environ,
            capture_output=True,
            text=True,
            check=False,
        )
    assert ended.returncode == 0, ended.stderr
    assert "SHOP-" in ended.stdout


@pytest.mark.ci
def test_a_plain_install_checks_a_text(plain: Path, tmp_path: Path) -> None:
    (tmp_path / "issue.md").write_text(ISSUE, encoding="utf-8")
    ended = subprocess.run(
        [plain / "readyline", "lint", tmp_path / "issue.md"], env={}, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert "Refund a payment" in ended.stdout


@pytest.mark.ci
def test_the_demo_of_a_plain_install_says_in_one_sentence_what_to_install(plain: Path) -> None:
    ended = subprocess.run([plain / "readyline", "demo"], env={}, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == [
        "The demo needs its local Jira; install it in your checkout with: pip install -c constraints.txt '.[demo]'"
    ]


def test_the_demo_without_its_extra_says_in_one_sentence_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "werkzeug", None)
    ended = CliRunner().invoke(app, ["demo"])
    assert ended.exit_code == 2
    assert ended.stderr.splitlines() == [
        "The demo needs its local Jira; install it in your checkout with: pip install -c constraints.txt '.[demo]'"
    ]


def test_the_tests_are_given_all_that_the_demo_needs() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    demo = set(build["project"]["optional-dependencies"]["demo"])
    assert demo <= set(build["dependency-groups"]["dev"])
    assert demo.isdisjoint(build["project"]["dependencies"])
