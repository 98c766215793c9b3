# What a developer runs, and CI too. Each target sets up what it needs.
#
#   make demo ARGS="--port 9000"     arguments for `tutorbot demo`
#   make test ARGS="-k exam -n 0"    arguments for pytest
#   make test PYTHON=python3.12      which Python a new .venv is made with

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALLED := $(VENV)/installed
UV := uv

SUITABLE := import ensurepip, sys; sys.exit(sys.version_info < (3, 11))
RECENT := import sys; sys.exit(sys.version_info < (3, 11))

# The newest Python that can make an environment; only asked when one has to be made.
PYTHON ?= $(firstword $(foreach name,python3.14 python3.13 python3.12 python3.11 python3,\
	$(shell $(name) -c '$(SUITABLE)' 2>/dev/null && echo $(name))))

.PHONY: help demo test check format bench lock python clean

help:
	@echo 'make demo    try it in the browser: a small Slack on this machine, with the bot in it'
	@echo 'make test    run all tests'
	@echo 'make check   look at format, lint, types and import rules'
	@echo 'make format  put the code into the house format'
	@echo 'make bench   measure'
	@echo 'make lock    renew requirements.lock and requirements-run.lock (needs uv)'
	@echo 'make clean   remove what these commands made'

demo: $(INSTALLED)
	@$(BIN)/tutorbot demo $(ARGS)

test: $(INSTALLED)
	$(BIN)/python -m pytest --numprocesses=auto --timeout=300 $(ARGS)

check: $(INSTALLED)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(INSTALLED)
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

bench: $(INSTALLED)
	$(BIN)/python -m benchmarks $(ARGS)

lock:
	$(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--upgrade --group dev pyproject.toml --output-file requirements.lock
	$(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--constraint requirements.lock pyproject.toml --output-file requirements-run.lock

# The environment holds what requirements.lock names; made once, brought up to date when that changes.
$(INSTALLED): requirements.lock pyproject.toml
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(MAKE) --no-print-directory $(VENV)
	@echo 'Installing what requirements.lock names into $(VENV) …'
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@touch $@

.PHONY: $(VENV)
$(VENV): python
	@$(PYTHON) -m venv --clear $(VENV)

python:
	@test -n "$(PYTHON)" || { \
		if python3 -c '$(RECENT)' 2>/dev/null; \
		then echo 'Python is here, but not its venv. This mends it: sudo apt install python3-venv'; \
		else echo 'tutorbot needs Python 3.11 or newer. Name one if it is not on the PATH: make PYTHON=/path/to/python3'; \
		fi >&2; exit 1; }
	@$(PYTHON) -c '$(SUITABLE)' || { \
		echo '$(PYTHON) is older than 3.11 or lacks venv (on Debian: sudo apt install python3-venv).' >&2; exit 1; }

clean:
	rm -rf $(VENV) artifacts build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
