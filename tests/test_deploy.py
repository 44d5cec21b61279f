"""The files of docs/deploy: each command is one that readyline has, each variable an option, and one worker only."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml

from sync.cli.commands import app
from sync.config.settings import Settings

DEPLOY = Path(__file__).parents[1] / "docs" / "deploy"
COMMAND = re.compile(r"(?<![\w-])readyline (?!readyline)((?:[\w./-]+ ?)+)")
VARIABLE = re.compile(r"READYLINE__[A-Z_]+")
FILES = sorted(path.name for path in DEPLOY.iterdir())


def code_of(name: str) -> Iterator[str]:
    """The lines of a file that are no comment; of a page, those of its consoles."""
    text = (DEPLOY / name).read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL) if name.endswith(".md") else [text]
    for line in "\n".join(blocks).splitlines():
        if not line.lstrip().startswith(("#", "//")):
            yield line


def commands_of(name: str) -> Iterator[list[str]]:
    """The words behind `readyline` where these begin with one of its commands."""
    known = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    for line in code_of(name):
        words = [match.split() for match in COMMAND.findall(line)]
        yield from (one for one in words if one and one[0] in known)


EACH = [(name, words) for name in FILES for words in commands_of(name)]


@pytest.mark.parametrize("words", [words for _, words in EACH], ids=[f"{name}: {' '.join(one)}" for name, one in EACH])
def test_each_command_is_one_that_readyline_has(words: list[str]) -> None:
    group: Any = typer.main.get_command(app)
    context = None
    while hasattr(group, "commands"):
        context = type(group).context_class(group, parent=context)
        group, words = group.commands[words[0]], words[1:]
    group.make_context("readyline", words, parent=context)


def test_commands_are_found_in_each_file_that_starts_readyline() -> None:
    found = {name for name in FILES if list(commands_of(name))}
    assert set(FILES) - found == {"Dockerfile", "kubernetes.yaml"}  # these name the words apart


@pytest.mark.parametrize("name", FILES)
def test_each_variable_is_an_option(name: str) -> None:
    for variable in VARIABLE.findall("\n".join(code_of(name))):
        *tables, option = variable.lower().split("__")[1:]
        model: Any = Settings
        for table in tables:
            model = model.model_fields[table].annotation
        assert option in model.model_fields


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_the_unit_is_valid(tmp_path: Path) -> None:
    program = shutil.which("true") or ""
    text = (DEPLOY / "readyline.service").read_text(encoding="utf-8")
    unit = tmp_path / "readyline.service"
    unit.write_text(re.sub(r"(?m)^ExecStart=\S+", f"ExecStart={program}", text), encoding="utf-8")
    checked = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize(
    ("name", "schema"), [("gitlab-ci.yml", "vendor.gitlab-ci"), ("github-workflow.yml", "vendor.github-workflows")]
)
def test_the_jobs_are_valid(name: str, schema: str) -> None:
    program = ["check_jsonschema", "--builtin-schema", schema, str(DEPLOY / name)]
    checked = subprocess.run([sys.executable, "-m", *program], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def manifest(kind: str) -> Any:
    documents = yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8"))
    (found,) = (document for document in documents if document["kind"] == kind)
    return found["spec"]


def test_kubernetes_runs_one_worker_and_ends_it_before_the_next_one() -> None:
    deployment = manifest("Deployment")
    assert (deployment["replicas"], deployment["strategy"]) == (1, {"type": "Recreate"})
    assert manifest("PersistentVolumeClaim")["accessModes"] == ["ReadWriteOnce"]


def test_kubernetes_takes_secrets_from_a_secret_and_the_store_from_the_disk() -> None:
    (container,) = manifest("Deployment")["template"]["spec"]["containers"]
    values = {one["name"]: one.get("value") for one in container["env"]}
    assert values["READYLINE_TOKEN"] is None
    assert values["READYLINE_PAGES_TOKEN"] is None
    mounted = {one["mountPath"] for one in container["volumeMounts"] if one["name"] == "store"}
    assert mounted == {str(Path(values["READYLINE__STORE__PATH"]).parent)}


def test_kubernetes_does_not_end_a_worker_whose_tracker_is_down() -> None:
    (container,) = manifest("Deployment")["template"]["spec"]["containers"]
    assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"


def test_the_image_holds_what_the_package_is_made_of() -> None:
    copied = {word for line in code_of("Dockerfile") if line.startswith("COPY ") for word in line.split()[1:-1]}
    assert copied == {"constraints.txt", "pyproject.toml", "README.md", "LICENSE", "rules", "sync"}
