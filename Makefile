# Every target sets up what it needs in .venv; a second run finds it there.

VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
RUN := $(BIN)/python
NPM_STAMP := tests/node_modules/.installed

# The first interpreter that runs and is new enough; `make PYTHON=/path/to/python` chooses another.
CANDIDATES := python3 python python3.14 python3.13 python3.12 python3.11
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in $(CANDIDATES); do \
	"$$name" -c '$(NEW_ENOUGH)' >/dev/null 2>&1 && echo "$$name" && break; done)

# An environment whose interpreter is gone, or is not the one it was made with, is made again.
ifneq ($(wildcard $(VENV)/.made),)
ifneq ($(shell $(RUN) -c 'import pip' >/dev/null 2>&1 && echo sound),sound)
$(shell rm -f $(VENV)/.made)
endif
endif

# Tests start the program hundreds of times: its modules are compiled once, whatever the environment says.
unexport PYTHONDONTWRITEBYTECODE

# Added to the command of site, serve, check, links, test-fast and bench, as in `make check ARGS=--strict`.
ARGS ?=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site serve check links test test-fast lint format bench clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: $(VENV)/.for-site ## Build the site into site/
	$(RUN) build.py build $(ARGS)

serve: $(VENV)/.for-site ## Serve the site here and rebuild it on every change
	$(RUN) build.py serve $(ARGS)

check: $(VENV)/.for-site ## Check the content and write nothing
	$(RUN) build.py check $(ARGS)

links: $(VENV)/.for-site ## Try the web addresses in open postings and in pages
	$(RUN) build.py links $(ARGS)

test: lint $(NPM_STAMP) ## Run every check and every test, including those in a real browser
	$(RUN) -m tests.browser --ensure
	$(RUN) -m pytest --cov --cov-report=term --numprocesses=logical --dist=loadfile
	$(RUN) -m coverage report --include='hiringhall/policies/*,hiringhall/publish*,hiringhall/staging*,hiringhall/engine/manifests*,hiringhall/engine/trees*' --fail-under=100

test-fast: $(VENV)/.for-tests $(NPM_STAMP) ## Run the tests that are quick and need no browser
	$(RUN) -m pytest -m 'not browser and not slow' --numprocesses=logical --dist=loadfile $(ARGS)

lint: $(VENV)/.for-tests ## Check style, types and the layers of the package
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(VENV)/.for-tests ## Format the code in the project's style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(VENV)/.for-tests ## Measure the speed of builds
	$(RUN) -m benchmarks $(ARGS)

clean: ## Remove everything that make has made
	rm -rf $(VENV) site .site.* .cache tests/node_modules .coverage .coverage.* .hypothesis .import_linter_cache \
		.mypy_cache .pytest_cache .ruff_cache
	find build.py hiringhall tests benchmarks .github -name __pycache__ -type d -prune -exec rm -rf {} + \
		2>/dev/null || true

INSTALL := $(RUN) -m pip install --quiet --disable-pip-version-check

# The compiled Markdown renderer makes builds faster and changes no byte; everything works without it, too.
$(VENV)/.for-site: pyproject.toml $(VENV)/.made
	$(INSTALL) --only-binary comrak --editable '.[fast]' || $(INSTALL) --editable .
	@touch $@

$(VENV)/.for-tests: pyproject.toml $(VENV)/.made
	$(INSTALL) --editable '.[fast,cluster,test,dev]'
	@touch $@ $(VENV)/.for-site

# npm skips the part of TypeScript that is specific to a system if it cannot be fetched: then try once more.
$(NPM_STAMP): tests/package.json tests/package-lock.json tests/.npmrc $(VENV)/.for-tests
	cd tests && export PATH="$(abspath $(BIN)):$$PATH" && npm ci --loglevel=error \
		&& { node_modules/.bin/tsc --version > /dev/null 2>&1 || npm ci --loglevel=error; }
	@touch $@

# Debian has venv in a separate package: root may install it, and others are told to.
$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo 'Python 3.11 or newer is needed: install it, or name it with PYTHON=' >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) \
		|| { test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -qq -y python3-venv \
			&& $(PYTHON) -m venv --clear $(VENV); } \
		|| { rm -rf $(VENV); echo 'This Python cannot make environments: install python3-venv' >&2; exit 1; }
	@touch $@
