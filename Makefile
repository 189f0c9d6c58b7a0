# Each target does all it needs from a bare clone; a second run installs nothing.

PYTHON ?= python3
BIN := .venv/bin
PACKAGES := corpus indexes agent evals

# What the user typed, to the letter: never expanded by make, never spliced into a shell command.
override Q := $(value Q)
override F := $(value F)
export Q F

.DEFAULT_GOAL := help
.PHONY: help ask ingest eval bench test fuzz check lint types arrows fmt clean
.DELETE_ON_ERROR:

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s  %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

ask: .venv/installed ## Ask the shipped reports: make ask Q="What is CPO?"
	@if [ -z "$$Q" ]; then echo 'make: no question; try: make ask Q="What is co-packaged optics?"' >&2; exit 2; fi
	@$(BIN)/cpo ask -- "$$Q"

ingest: .venv/installed ## Index a folder of your own: make ingest F=reports
	@if [ -z "$$F" ]; then echo 'make: no folder; try: make ingest F=reports' >&2; exit 2; fi
	@$(BIN)/cpo ingest -- "$$F"

eval: .venv/installed ## Measure retrieval on a test set: make eval F=folder
	@if [ -z "$$F" ]; then echo 'make: no folder; try: make eval F=folder' >&2; exit 2; fi
	@$(BIN)/cpo eval retrieval -- "$$F"

bench: .venv/installed ## Put thousands of true and faulty claims to the gate, and list what it gets wrong
	@$(BIN)/cpo eval mutations --embedder built-in --jobs 2

test: .venv/installed-dev ## Run the tests
	@$(BIN)/python -m pytest

fuzz: .venv/installed-dev ## Try 40,000 hostile inputs on each group of formulas
	@CPO_FUZZ=40000 $(BIN)/python -m pytest tests/test_calculator_fuzz.py

check: lint types arrows test ## Lint, types, import arrows, tests

lint: .venv/installed-dev ## Check style and format
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

types: .venv/installed-dev ## Check types
	@$(BIN)/mypy

arrows: .venv/installed-dev ## Check that imports point one way
	@$(BIN)/lint-imports

fmt: .venv/installed-dev ## Format and sort imports
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

clean: ## Remove what was built here, the environment too
	rm -rf .venv indexes/built .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/installed: pyproject.toml
	@$(call create-environment)
	@echo 'make: installing into .venv, which takes a few minutes the first time' >&2
	@$(BIN)/python -m pip install -e . >&2
	@touch $@

.venv/installed-dev: pyproject.toml
	@$(call create-environment)
	@echo 'make: installing into .venv, which takes a few minutes the first time' >&2
	@$(BIN)/python -m pip install -e ".[dev]" >&2
	@touch .venv/installed $@

define create-environment
command -v $(PYTHON) >/dev/null \
	|| { echo "make: $(PYTHON) not found; install Python 3.11 or later, or name one: make PYTHON=python3.12 …" >&2; exit 2; }; \
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	|| { echo "make: $(PYTHON) is older than 3.11; name a later one: make PYTHON=python3.12 …" >&2; exit 2; }; \
$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	|| { echo "make: $(PYTHON) cannot create environments; install its venv module (Debian: apt install python3-venv)" >&2; exit 2; }; \
$(PYTHON) -m venv .venv
endef
