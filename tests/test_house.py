"""The house's own rules: what may import what, what the core must not touch, and what every rule comes with."""

import ast
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from rules.agent import RULES as AGENT_RULES
from rules.backlog.cycles import find_cycles
from rules.ready import RULES
from rules.rule import ReadyRule
from rules.rule_page import page_of

pytestmark = pytest.mark.xdist_group("house")  # each file is read once

ROOT = Path(__file__).parents[1]
CORE_MAY_IMPORT = {"rules", "pydantic", "scipy", "holidays", *sys.stdlib_module_names} - {"logging", "os", "subprocess"}
ROOMS = {
    "apprise": ("sync.notifiers",),
    "apscheduler": ("sync.worker",),
    "atlassian": ("sync.trackers.jira", "sync.confluence"),
    "filelock": ("sync.store.sqlite",),
    "gitlab": ("sync.trackers.gitlab",),
    "holidays": ("rules.workdays", "sync.config.parse_time"),
    "icalendar": ("sync.absences", "sync.reports.refinement"),
    "jinja2": ("sync.reports", "sync.init"),
    "jira": ("sync.trackers.jira",),
    "mcp": ("sync.cli.assistant",),
    "recurring_ical_events": ("sync.absences",),
    "redminelib": ("sync.trackers.redmine",),
    "requests": ("sync.trackers", "sync.notifiers", "sync.confluence"),
    "rich": ("sync.cli", "sync.cluster.overview", "sync.reports", "sync.doctor", "sync.init"),
    "scipy": ("sync.solver",),
    "sqlite3": ("sync.store.sqlite",),
    "typer": ("sync.cli",),
    "procrastinate": ("sync.cluster",),
    "prometheus_client": ("sync.web",),
    "psycopg": ("sync.cluster", "sync.store.postgresql"),
    "psycopg_pool": ("sync.cluster",),
    "waitress": ("sync.web",),
    "werkzeug": ("sync.fake_github", "sync.fake_gitlab", "sync.fake_http", "sync.fake_jira", "sync.web"),
}
LOGS = (
    "sync.cli",
    "sync.logs",
    "sync.run",
    "sync.trackers",
    "sync.turns",
    "sync.web",
    "sync.worker",
    "sync.store",
    "sync.cluster",
)
# The rooms, lowest layer first. A module may import from lower layers and from its own room, and two rooms of one layer
# do not import each other. A module that is named here counts as a room of its own.
LAYERS = (
    ("rules.lazy_regex",),
    ("rules.audience", "rules.document", "rules.options", "rules.promise", "rules.wording"),
    ("rules.model", "rules.translations"),
    ("rules.issue_kinds", "rules.release", "rules.text", "rules.workdays"),
    ("rules.history",),
    ("rules.capacity",),
    ("rules.backlog",),
    ("rules.rule",),
    ("rules.measured", "rules.text.words", "rules.text.ticks"),  # what a rule says of a text, not how it is read
    ("rules.measured_figures",),
    ("rules.agent_rule", "rules.causes"),
    ("rules.ready", "rules.rule_page", "rules.techniques", "rules.verdict"),
    ("rules.agent", "rules.asked", "rules.commands"),
    ("rules.evaluate", "rules.deep", "rules.planning", "rules.inventory"),
    ("rules.refinement",),
    ("rules.plan", "rules.messages", "rules.review"),
    ("rules.learning", "rules.living_page"),
    (
        "sync.collector",
        "sync.errors",
        "sync.extras",
        "sync.fake_http",
        "sync.program",
        "sync.progress",
        "sync.sanitize",
    ),
    ("sync.fake_github", "sync.fake_gitlab", "sync.fake_jira", "sync.logs"),
    (
        "sync.absences",
        "sync.markup",
        "sync.plugins",
        "sync.solver",
        "sync.stopping",
        "sync.store",
    ),
    ("sync.web",),
    ("sync.lint_input", "sync.reports", "sync.trackers"),
    ("sync.notifiers", "sync.confluence", "sync.turns"),
    ("sync.config",),
    ("sync.demo", "sync.doctor", "sync.init", "sync.run", "sync.worker"),
    ("sync.cluster",),
    ("sync.cli",),
    ("sync.__main__",),
)
TOP = {"rules", "sync"}  # the packages themselves, which import nothing


def module_name(path: Path) -> str:
    """The dotted name under which a file is imported."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> Mapping[str, ast.Module]:
    """Every module of the product, parsed."""
    files = (path for package in ("rules", "sync") for path in sorted((ROOT / package).rglob("*.py")))
    return {module_name(path): ast.parse(path.read_text(encoding="utf-8")) for path in files}


def imports_in(tree: ast.AST) -> Iterator[str]:
    """The modules that are imported anywhere in it; a module taken out of its package counts as itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "the house imports by full names"
            assert node.module is not None
            whole = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from (name if name in modules() else node.module for name in whole)


def imports_at_load(tree: ast.Module) -> Iterator[str]:
    """What is imported when the module is: not what functions import when called, nor what only type checkers see."""
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from imports_in(node)


def is_within(name: str, package: str) -> bool:
    """Whether a module is a package or lies in it."""
    return name == package or name.startswith(f"{package}.")


@cache
def imports_of() -> Mapping[str, tuple[str, ...]]:
    """What each module imports, anywhere in it."""
    return {name: tuple(sorted(set(imports_in(tree)))) for name, tree in modules().items()}


def offenders(inside: str, forbidden: str, *, but: tuple[str, ...] = ()) -> list[str]:
    """Modules in one package that import from another, those in `but` left out."""
    return sorted(
        f"{name} imports {imported}"
        for name, imports in imports_of().items()
        if is_within(name, inside) and not any(is_within(name, exempt) for exempt in but)
        for imported in imports
        if is_within(imported, forbidden)
    )


def test_the_core_imports_nothing_but_itself_and_pure_calculators() -> None:
    """The standard library's own ways to the outside are forbidden as well."""
    wrong = [
        f"{name} imports {imported}"
        for name, imports in imports_of().items()
        if is_within(name, "rules")
        for imported in imports
        if imported.partition(".")[0] not in CORE_MAY_IMPORT
    ]
    assert wrong == []


def test_the_core_touches_neither_clock_nor_files_nor_environment() -> None:
    """Time comes with the snapshot; everything else is the shell's."""
    forbidden = {"now", "today", "utcnow", "getenv", "environ", "open", "print", "input", "read_text", "write_text"}
    wrong = [
        f"{name}:{node.lineno} {called}"
        for name, tree in modules().items()
        if is_within(name, "rules")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and (called := _called(node)) in forbidden
    ]
    assert wrong == []


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


@pytest.mark.parametrize("ending", ["sync.cli", "sync.worker"])
def test_nothing_imports_the_ends_of_the_house(ending: str) -> None:
    """But the command line, which is the door to the worker, and `python -m sync`, which is the door to that."""
    assert offenders("rules", ending) + offenders("sync", ending, but=("sync.__main__", "sync.cli", ending)) == []


def test_a_tracker_knows_neither_another_nor_the_configuration() -> None:
    """Adapters own their settings; the configuration only joins them."""
    trackers = {"github", "gitlab", "jira", "memory", "redmine"}
    wrong = offenders("sync.trackers", "sync.config")
    for tracker in trackers:
        for other in trackers - {tracker}:
            wrong += offenders(f"sync.trackers.{tracker}", f"sync.trackers.{other}")
    assert wrong == []
    assert offenders("sync.trackers.jira.cloud", "sync.trackers.jira.datacenter") == []
    assert offenders("sync.trackers.jira.datacenter", "sync.trackers.jira.cloud") == []


def test_the_core_does_not_know_the_shell() -> None:
    """The one border that matters."""
    assert offenders("rules", "sync") == []


def test_the_reading_of_texts_knows_only_documents_and_the_model() -> None:
    """What decides about findings is the rules' business."""
    allowed = ("rules.text", "rules.document", "rules.lazy_regex", "rules.model")
    wrong = [line for line in offenders("rules.text", "rules") if not line.rpartition(" ")[2].startswith(allowed)]
    assert wrong == []


def test_the_folder_of_ready_rules_holds_nothing_else() -> None:
    """One rule a file."""
    files = {name for name in modules() if is_within(name, "rules.ready")} - {"rules.ready"}
    assert files == {rule.__module__ for rule in RULES}


def test_no_modules_import_each_other_in_a_circle() -> None:
    """At load; a package's face counts as one of its modules."""
    known = modules()
    graph = {
        name: tuple(sorted({imported for imported in imports_at_load(tree) if imported in known and imported != name}))
        for name, tree in known.items()
    }
    assert find_cycles(graph) == {}


@pytest.mark.parametrize("library", ROOMS)
def test_a_library_keeps_to_its_room(library: str) -> None:
    """So that a replacement touches one place."""
    assert offenders("sync", library, but=ROOMS[library]) + offenders("rules", library, but=ROOMS[library]) == []


def test_only_what_runs_writes_log_lines() -> None:
    """Reports, notifiers, the store and the configuration return or raise; only a damaged mirror has a line."""
    assert offenders("sync", "structlog", but=LOGS) == []


def layer(name: str) -> tuple[int, str]:
    """The layer and the room of a module: the longest name in LAYERS that contains it."""
    rooms = [
        (len(room), height, room) for height, rooms in enumerate(LAYERS) for room in rooms if is_within(name, room)
    ]
    assert rooms, f"{name} is in no layer of LAYERS"
    return max(rooms)[1:]


def test_no_import_points_upwards() -> None:
    """Also not inside a function; a room knows those below it and itself."""
    wrong = [
        f"{name} imports {imported}"
        for name, imports in imports_of().items()
        if name not in TOP
        for imported in sorted(set(imports) & set(modules()) - TOP)
        if layer(imported)[1] != layer(name)[1] and layer(imported)[0] >= layer(name)[0]
    ]
    assert wrong == []


def test_the_local_jira_does_not_know_the_invented_company() -> None:
    """Who fills it, and whose account it is, are its arguments."""
    assert offenders("sync.fake_jira", "sync.demo") == []


def test_only_the_demo_needs_the_simulators() -> None:
    """They are an extra: nothing else imports them, and nothing loads the demo before it is asked for."""
    simulators = ("sync.fake_github", "sync.fake_gitlab", "sync.fake_http", "sync.fake_jira")
    for simulator in simulators:
        assert offenders("sync", simulator, but=(*simulators, "sync.demo")) == []
    loaded = [
        f"{name} imports {imported}"
        for name, tree in modules().items()
        if not is_within(name, "sync.demo")
        for imported in imports_at_load(tree)
        if is_within(imported, "sync.demo")
    ]
    assert loaded == []


def test_every_module_says_what_it_is_for() -> None:
    """In its first lines."""
    assert [name for name, tree in modules().items() if not ast.get_docstring(tree)] == []


def test_every_public_name_of_a_module_has_a_docstring() -> None:
    """Classes, functions, and what public classes let others call."""
    assert [f"{name}.{where}" for name, tree in modules().items() for where in _undocumented(tree, "")] == []


def _undocumented(tree: ast.Module | ast.ClassDef, prefix: str) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            overrides = any(isinstance(d, ast.Name) and d.id in {"override", "overload"} for d in node.decorator_list)
            if not overrides and ast.get_docstring(node) is None:
                yield f"{prefix}{node.name}"
            if isinstance(node, ast.ClassDef):
                yield from _undocumented(node, f"{prefix}{node.name}.")


every_rule = pytest.mark.parametrize("rule", [*RULES, *AGENT_RULES], ids=lambda rule: f"{rule.group}.{rule.name}")


@every_rule
def test_every_rule_has_a_file_a_page_and_cases_of_its_own_name(rule: type[ReadyRule]) -> None:
    """One identity: path, table, file, cases."""
    assert rule.__module__ == f"rules.{rule.group}.{rule.name}"
    assert page_of(rule).name == rule.name
    assert (ROOT / "tests" / "rules" / "cases" / rule.group / f"{rule.name}.toml").exists()


@every_rule
def test_every_option_of_a_rule_is_in_the_example_configuration(rule: type[ReadyRule]) -> None:
    """In the rule's own table, set or commented out."""
    lines = (ROOT / "config.example.toml").read_text(encoding="utf-8").splitlines()
    bare = [line.lstrip("# ") for line in lines]
    table = f"[{page_of(rule).table}]"
    assert table in bare
    start = bare.index(table) + 1
    end = next((i for i in range(start, len(bare)) if bare[i].startswith("[")), len(bare))
    shown = {line.partition("=")[0].strip() for line in bare[start:end] if "=" in line}
    # The one option that every rule has and most leave out is explained once.
    left_out = {"within_sprints"} if rule.model_fields["within_sprints"].default is None else set()
    assert set(rule.model_fields) - left_out <= shown
    assert any(line.startswith("within_sprints") for line in bare)


def test_the_names_of_rules_are_written_once() -> None:
    """And in plain words."""
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    assert all(name.replace("_", "").isalpha() and name.islower() for name in names)


def test_the_two_packages_are_named_in_the_build() -> None:
    """Automatic discovery refuses a flat layout with both."""
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert build["tool"]["setuptools"]["packages"]["find"]["include"] == ["rules*", "sync*"]


def test_every_test_folder_is_a_package() -> None:
    """Else `import rules` in a test would find the tests' own folder of that name."""
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    assert [str(folder.relative_to(ROOT)) for folder in folders if not (folder / "__init__.py").exists()] == []
