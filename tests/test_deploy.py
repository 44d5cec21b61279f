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
    apart = {"Dockerfile", "compose.yaml", "kubernetes.yaml", "kubernetes-cluster.yaml"}  # these name the words apart
    assert set(FILES) - found == apart


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
    ("name", "schema"),
    [
        ("compose.yaml", "vendor.compose-spec"),
        ("gitlab-ci.yml", "vendor.gitlab-ci"),
        ("github-workflow.yml", "vendor.github-workflows"),
    ],
)
def test_the_jobs_are_valid(name: str, schema: str) -> None:
    program = ["check_jsonschema", "--builtin-schema", schema, str(DEPLOY / name)]
    checked = subprocess.run([sys.executable, "-m", *program], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def manifest(kind: str, name: str = "kubernetes.yaml") -> Any:
    documents = yaml.safe_load_all((DEPLOY / name).read_text(encoding="utf-8"))
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


CLUSTER = "kubernetes-cluster.yaml"


def worker_of_the_cluster() -> Any:
    (container,) = manifest("Deployment", CLUSTER)["template"]["spec"]["containers"]
    return container


def composed() -> Any:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]


def test_a_cluster_has_three_workers_that_always_come_back() -> None:
    assert manifest("Deployment", CLUSTER)["replicas"] == 3
    assert composed()["worker"]["deploy"] == {"replicas": 3}
    assert composed()["worker"]["restart"] == "always"


@pytest.mark.parametrize(
    "words", [worker_of_the_cluster()["args"], composed()["worker"]["command"]], ids=[CLUSTER, "compose.yaml"]
)
def test_the_workers_of_a_cluster_are_started_with_options_that_exist(words: list[str]) -> None:
    command = typer.main.get_command(app).commands[words[0]]  # type: ignore[attr-defined]
    command.make_context("worker", words[1:])


def test_the_workers_of_a_cluster_read_the_products_that_are_mounted() -> None:
    container = worker_of_the_cluster()
    mounted = {one["mountPath"]: one["name"] for one in container["volumeMounts"]}
    assert mounted[container["args"][2]] == "products"
    mounts = [mount.split(":")[1] for mount in composed()["worker"]["volumes"]]
    assert composed()["worker"]["command"][2] in mounts


def test_a_cluster_takes_the_address_and_the_password_of_its_database_from_a_secret() -> None:
    (database,) = manifest("StatefulSet", CLUSTER)["template"]["spec"]["containers"]
    values = {one["name"]: one.get("value") for one in [*worker_of_the_cluster()["env"], *database["env"]]}
    secrets = {name for name, value in values.items() if value is None}
    assert secrets == {"READYLINE_DATABASE", "READYLINE_TOKEN", "POSTGRES_PASSWORD"}
    assert {composed()[name]["env_file"] for name in ("database", "worker")} == {"secrets.env"}


def test_the_image_holds_what_the_package_is_made_of() -> None:
    copied = {word for line in code_of("Dockerfile") if line.startswith("COPY ") for word in line.split()[1:-1]}
    assert copied == {"constraints.txt", "pyproject.toml", "README.md", "LICENSE", "rules", "sync"}
