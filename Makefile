# Each command does everything on a fresh machine with Python 3.11+, pip, git and make:
#   make demo        the main job against a local Jira
#   make test        the tests
#   make test-fast   the tests that need no tracker, database or browser, and no seconds
#   make test-all    the tests with all long runs, and a plain installation from the package index
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.installed
PYTEST := $(BIN)/python -m pytest -n auto --dist loadgroup

.PHONY: demo test test-fast test-all lint bench format docs clean

demo: $(READY)
	$(BIN)/readyline demo $(ARGS)

test: $(READY)
	$(PYTEST) $(ARGS)

test-fast: $(READY)
	$(PYTEST) -m "not journey and not slow" $(ARGS)

test-all: $(READY)
	READYLINE_THOROUGH=1 $(PYTEST) $(ARGS)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY)
	$(BIN)/python -m tests.benchmarks $(ARGS)

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(READY)
	$(BIN)/python -m sync.cli.rule_list --write docs/rules
	$(BIN)/python -m sync.cli.command_list --write docs/commands.md
	$(BIN)/python -m sync.cli.schemas --write docs/schemas

clean:
	rm -rf $(VENV) demo-reports .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("readyline needs Python 3.11 or newer; name one with PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "pip>=25.1" -c constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --group dev -e '.[demo,planner,serve]'
	touch $@
