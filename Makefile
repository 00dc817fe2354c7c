# `make run` starts Netwerk with the demo; `make test` checks everything. Both set up what they need.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 5000

PAPER := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0

.PHONY: help run paper test check lint types system requirements translations screenshots clean

help: ## Say what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile

run: $(VENV)/.run paper ## Start Netwerk with the demo neighbourhood on 127.0.0.1:5000
	@$(BIN)/netwerk init
	@$(BIN)/netwerk demo --if-empty
	@exec $(BIN)/netwerk serve --port $(PORT)

test: system $(VENV)/.test check ## Install what the tests need, then check everything
	$(BIN)/python -m pytest -n 2 -m "not rules"
	@echo "The tests of the rules must reach every line and branch of them:"
	$(BIN)/python -m pytest -n 2 -m rules --cov

check: $(VENV)/.test ## Style, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

system: ## Install Chromium, Java and Maven with apt-get, or say what is missing
	@sh tests/system_packages.sh

paper: $(VENV)/.run ## Install what makes a PDF with apt-get, or say what is missing: all else works without
	@$(BIN)/python -c "import weasyprint" >/dev/null 2>&1 && exit 0; \
	if command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ]; then \
	  echo "Installing $(PAPER) ..."; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
	    --no-install-recommends $(PAPER) >/dev/null; } && exit 0; fi; \
	echo "Letters can be printed; saving them as PDF needs: $(PAPER)." >&2

requirements: $(VENV)/.test ## Pin the newest versions, with hashes
	$(BIN)/pip install --quiet uv
	for each in requirements requirements-dev; do \
	  $(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url \
	    --no-emit-find-links --no-header --no-annotate --allow-unsafe --python-version 3.11 \
	    $$each.in -o $$each.txt; done

translations: $(VENV)/.test ## Gather the texts of the screens, and compile the Dutch ones
	@mkdir -p var
	$(BIN)/pybabel --quiet extract -F babel.cfg --no-location --sort-output -o var/messages.pot \
	  -k _l -k NetwerkError -k InvalidInputError -k InvalidRecordError -k ConflictError \
	  -k StoreUnavailableError -k StoreVersionError -k StoreFullError -k AuditBrokenError -k NamesInTextError -k MaybeNamesError -k __init__ -k _Wrong \
	  --project=Netwerk .
	$(BIN)/pybabel --quiet update -N --omit-header --no-wrap -i var/messages.pot -d netwerk/translations -l nl
	$(BIN)/pybabel --quiet compile --use-fuzzy -d netwerk/translations

screenshots: $(VENV)/.test ## Take the pictures that the guides show, at three widths
	$(BIN)/python -m tests.browser.screenshots docs/screenshots \
	  $$(sed -n 's|.*(screenshots/\(.*\)-[0-9]*\.png).*|\1|p' docs/*.md | sort -u)

clean: ## Remove what was made, not what was stored
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

# The lists are complete, so pip need not resolve: --no-deps takes each as it is pinned.
$(VENV)/.run: requirements.txt setup.py setup.cfg
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is missing: install python3.11." >&2; exit 1; }
	@test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	@echo "Setting up Netwerk (the first time takes a minute) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements-dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.txt
	@$(BIN)/pip check --disable-pip-version-check >/dev/null
	@touch $@
