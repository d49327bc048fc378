.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help install demo test promise long control check fuzz bench clean

help:  ## Show these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "make needs Python 3.11 or newer as '$(PYTHON)'; name another with PYTHON=…"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "offboard needs Python 3.11 or newer; name one with PYTHON=…"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

install: $(READY)  ## Set up .venv with the offboard command and everything that tests need

demo: install  ## Watch a whole goodbye on a pretend Google account
	@$(BIN)/offboard demo

test: install  ## Run every test, offline
	@$(BIN)/pytest -n $$($(BIN)/python -c 'import os; print(os.cpu_count() + 2)')

promise: install  ## Try every fault at every request, and 500 walks of a person's acts
	@$(BIN)/python -m tests.promise --only 'amiss|walks'

long: install  ## Play an edit at every request, 300 orders of runs at once, the model to its end, a whole day; search longer
	@$(BIN)/python -m tests.promise --only 'by hand|at once|model|time'
	@$(BIN)/pytest -n auto -m every

control: install  ## The same mischief for offboard and for an honest script: counts of damage
	@$(BIN)/python -m benchmarks.control

check: install  ## Lint and types
	@$(BIN)/ruff check .
	@$(BIN)/mypy

fuzz: install  ## Ask the sandbox 20,000 malformed questions, over HTTP
	@$(BIN)/python -m tests.fuzz --requests 20000 --seed 1

bench: install  ## Print counts and ratios: requests, round trips, imports, how the sandbox grows
	@$(BIN)/python -m benchmarks

clean:  ## Remove what these targets made
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .coverage*
