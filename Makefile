# make run    set up and open the chat in the terminal
# make test   set up and run the tests
# make help   all targets
#
# Everything is installed into .venv from wheels pinned by hash; nothing is done twice.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
ARTICLES ?= $(wildcard ../shared/articles)
VENV := .venv
BIN := $(VENV)/bin
SOURCES := $(shell find knowledge answers bot -name '*.py')
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --only-binary :all: --require-hashes

.DELETE_ON_ERROR:
.PHONY: run test long lint check bench docs lock clean help

run: $(VENV)/run $(VENV)/compiled
	@echo "modu: opening the chat (the same as $(BIN)/modu run)"
	@$(BIN)/modu run

test: $(VENV)/test $(VENV)/compiled
	@echo "modu: running the tests"
	$(BIN)/python -m pytest -W error

long: $(VENV)/test $(VENV)/compiled
	$(BIN)/python -m pytest -W error --full tests/bot/telegram/test_runs.py
	$(BIN)/python -m tests.bot.telegram.cost

lint: $(VENV)/lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

check: $(VENV)/run $(VENV)/compiled
	$(BIN)/modu facts check $(if $(ARTICLES),--articles $(ARTICLES))

bench: $(VENV)/run $(VENV)/compiled
	$(BIN)/modu bench

# The second world of the READMEs is the pack of the tests, built as they say.
docs: $(VENV)/run $(VENV)/compiled
	$(BIN)/modu facts build --pack tests/packs/alpine-huts --out huts.sqlite
	env -u MODU_BASE $(BIN)/python -m bot.reference; status=$$?; rm -f huts.sqlite; exit $$status

# Each stage holds the ones before it: run, then test, then lint.
$(VENV)/run $(VENV)/test $(VENV)/lint: $(VENV)/%: requirements/%.txt | $(VENV)/made
	@echo "modu: installing the libraries of requirements/$*.txt"
	@$(INSTALL) -r $<
	@touch $@

$(VENV)/made:
	@test -n "$(PYTHON)" || { echo "modu: Python 3.11 or newer is needed; make PYTHON=/path/to/python3 names one" >&2; exit 1; }
	@echo "modu: making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "modu: no virtual environment could be made; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@touch $@

# The program runs from this tree. Compiling it here spares each command half of its start.
$(VENV)/compiled: $(SOURCES) $(BIN)/modu | $(VENV)/made
	@$(BIN)/python -m compileall -q knowledge answers bot
	@touch $@

$(BIN)/modu: Makefile | $(VENV)/made
	@printf '%s\n' '#!/bin/sh' \
		'PYTHONPATH="$(CURDIR)" exec "$(CURDIR)/$(BIN)/python" -P -c "from bot.start import main; main()" "$$@"' > $@
	@chmod +x $@

# Needs uv. The files name no index and no host: pip takes the wheels from wherever it is set up to.
lock:
	for part in "run" "test --group test" "lint --group test --group lint"; do \
		set -- $$part; name=$$1; shift; \
		uv pip compile pyproject.toml "$$@" --universal --python-version 3.11 --only-binary :all: --upgrade --quiet \
			--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
			--output-file requirements/$$name.txt || exit 1; \
	done
	! grep -rE '://|--index|--find-links' requirements

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help:
	@echo "make run     set up and open the chat; a pipe is answered a line at a time"
	@echo "make test    set up and run the tests"
	@echo "make long    the Telegram bot killed and flooded at full size, and what a question costs (some minutes)"
	@echo "make lint    ruff, mypy, import contracts"
	@echo "make check   check the bundled pack, against the articles' texts if they are at hand (ARTICLES=DIR)"
	@echo "make bench   measure speed on this machine"
	@echo "make docs    write docs/commands.md and the transcripts of the READMEs anew"
	@echo "make lock    pin the newest versions of all libraries (needs uv)"
	@echo "make clean   remove everything that was made"
