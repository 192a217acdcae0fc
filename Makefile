# Two commands matter: `make run` and `make test`. Each says what it does.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin

# What is installed was built before its hash was taken: building it here would fetch tools that have none. So
# the build tool that Python puts into each new environment goes too.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes

.DEFAULT_GOAL := help
.PHONY: help run playground install test soak search check bench pictures profile python

help: ## say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/.installed ## start the bot; without a BOT_TOKEN in .env, the playground
	@$(BIN)/python -m bot

playground: $(VENV)/.installed ## try everything in the browser, without an account
	@$(BIN)/python -m bot playground

install: $(VENV)/.installed ## make .venv, nothing else

# Where stories run: on SQLite; `dealt`, each on one of the two; before a release on `both`.
DATABASES ?= sqlite
# What tests write lies in memory, where there is room and programs may lie: each commit of a database waits for
# the disk, and no test cuts the power.
MEMORY := $(shell grep -s ' /dev/shm ' /proc/mounts | grep -qv noexec \
	&& df -Pk /dev/shm | awk 'END { if ($$4 > 6000000) print "TMPDIR=/dev/shm" }')
# Three at a time also on two cores: tests wait as much as they work. Hundreds of processes load the bot, so what
# Python has compiled is kept, whatever the environment says.
PYTEST := PYTHONDONTWRITEBYTECODE= $(MEMORY) $(BIN)/python -m pytest -n 3 --dist worksteal -q --databases=$(DATABASES)

test: $(VENV)/.installed-dev ## install what the tests need and run them, some seven minutes
	@echo "Running the tests…"
	@$(PYTEST)

# All of it stands there; to look for it everywhere takes as long as half of it.
soak: $(VENV)/.installed-dev ## kill the bot again and again, about a minute
	@echo "Killing the bot…"
	@$(PYTEST) -m soak tests/intake

search: $(VENV)/.installed-dev ## try new examples until one fails or you stop it; what fails becomes an @example
	@echo "Searching for examples…"
	@while $(PYTEST) -m hypothesis --hypothesis-profile=searching --timeout=0; do :; done

check: $(VENV)/.installed-dev ## lint, format, types
	@echo "Checking the code…"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: $(VENV)/.installed-dev ## measure speed beside bare bots that store nothing, some half an hour
	@$(BIN)/python -m benchmarks

pictures: $(VENV)/.installed-dev ## draw and print all that the bot does, into docs/pictures/
	@$(BIN)/python -m tests.album

profile: $(VENV)/.installed-dev ## say where the time of a tap goes
	@$(BIN)/python -m benchmarks.profile_tap

python:
	@test -n "$(PYTHON)" || { echo "Dvor needs Python 3.11 or newer. Install it (for example: apt install python3), then try again."; exit 1; }

$(VENV)/bin/python: | python
	@echo "Making $(VENV) with $(PYTHON)…"
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing. Install it (for example: apt install python3-venv), then try again."; exit 1; }

$(VENV)/.installed: requirements.lock | $(VENV)/bin/python
	@echo "Installing what the bot needs (about a minute the first time)…"
	@$(INSTALL) -r requirements.lock
	@$(BIN)/python -m pip uninstall --quiet --yes setuptools 2>/dev/null || true
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "Installing what the tests need…"
	@$(INSTALL) -r requirements-dev.lock
	@touch $@
