# Two commands do everything: `make run` and `make test`. Each sets up what it needs, and only what is missing.

HOST := 127.0.0.1
PORT ?= 8000
VENV := .venv
PYTHON := $(VENV)/bin/python
# The first of these that is Python 3.12 or newer makes the virtual environment.
PYTHONS := python3.13 python3.14 python3.12 python3 python

# Tests run on all processors; pytest-benchmark would say at each start that it does not measure then. They are handed
# out in their order: those that empty the database come last, which --dist=worksteal would not keep.
PYTEST := $(PYTHON) -m pytest
# Three at once for each processor, and two of those that start no processes to wait for: see tests/conftest.py.
# With --dist=loadfile, tests that share a server through their file run in one process of the tests.
EVERYWHERE := -n auto --maxprocesses 8 -p no:benchmark
ALONE := -n logical --maxprocesses 8 -p no:benchmark
WITHOUT_PROCESSES := "(not served or walk) and not other_languages and not load"

# Some machines forbid Python to keep what it compiles; the tests start hundreds of Pythons.
export PYTHONDONTWRITEBYTECODE :=

NODE_MODULES := tests/clients/javascript/node_modules
SWAGGER_UI := tests/benchmarks/swagger_ui/node_modules
LIGHTHOUSE := tests/lighthouse/node_modules

TESTS := tests/submissions tests/local tests/pages tests/people tests/personalize tests/fuzz

.DEFAULT_GOAL := help
.PHONY: help install run serve demo-reset test test-served test-all test-postgresql test-clients test-load test-fuzz test-people check bench format ledger lock vendor browser aws-cli \
	screenshots lighthouse clean

help: ## Show the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(PYTHON):
	@for python in $(PYTHONS); do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then echo "Python 3.12 or newer is needed, and none was found." >&2; exit 1; fi; \
	echo "Making the virtual environment with $$($$found --version)"; \
	$$found -m venv $(VENV) || { echo "The virtual environment could not be made: see above. On Debian, install python3-venv." >&2; rm -rf $(VENV); exit 1; }

$(VENV)/run-installed: requirements/run.txt | $(PYTHON)
	@echo "Installing what the console needs"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/test-installed: requirements/test.txt | $(PYTHON)
	@echo "Installing what the tests need"
	@# Most of it is never imported, and would take a minute to compile.
	@$(PYTHON) -m pip install --quiet --no-compile --disable-pip-version-check --require-hashes -r $<
	@touch $(VENV)/run-installed $@

install: $(VENV)/run-installed ## Set up what the console needs, and start nothing

run: $(VENV)/run-installed ## Set up and serve the console with the demo (PORT=9000 for another port)
	@$(PYTHON) manage.py prepare_demo
	@exec $(PYTHON) manage.py serve --host=$(HOST) --port=$(PORT)

serve: $(VENV)/run-installed ## Serve in production, behind a proxy with TLS: see docs/deploy.md
	@DJANGO_SETTINGS_MODULE=console.production $(PYTHON) manage.py migrate --verbosity=0
	@DJANGO_SETTINGS_MODULE=console.production exec $(PYTHON) manage.py serve --host=$(HOST) --port=$(PORT)

demo-reset: $(VENV)/run-installed ## Restore the demo data; nothing else is changed
	@$(PYTHON) manage.py reset_demo

browser: $(VENV)/test-installed
	@sh scripts/install_browser.sh $(PYTHON)

check: $(VENV)/test-installed ## Run the linters, the type checker and Django's checks
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/djade --check $$(git ls-files 'templates/*.html')
	$(VENV)/bin/django-upgrade --target-version 6.1 --check $$(git ls-files '*.py')
	$(PYTHON) manage.py check --fail-level WARNING
	$(PYTHON) manage.py makemigrations --check --dry-run

test: check browser ## Run all checks, the tests that start no processes, and a walk in a browser, in four minutes
ifdef COVERAGE
	@# Of these alone it is measured what they cover: that takes half as much time again.
	$(PYTEST) $(ALONE) tests/records --cov --cov-report=
	$(VENV)/bin/coverage report --skip-covered --fail-under 100
	$(PYTEST) $(ALONE) -m $(WITHOUT_PROCESSES) --ignore=tests/records --durations=10
else
	$(PYTEST) $(ALONE) -m $(WITHOUT_PROCESSES) --durations=10
endif

test-served: export CONSOLE_TEST_PROCESSES := 1
test-served: browser ## Run the tests that start servers, browsers and commands, in six minutes
	@# Those of the records start no processes; to collect them takes each process of the tests five seconds. In the
	@# order of the folders, files of few and long tests do not come last.
	$(PYTEST) $(EVERYWHERE) --dist=loadfile --no-loadscope-reorder -m "served and not walk and not other_languages and not load" --ignore=tests/records --durations=10

# Target-specific, and so for both of them.
test-all: export CONSOLE_TEST_WHOLE := 1
test-all: test test-served ## Run both of these with everything that they run in smaller numbers

# What Node.js packages there are is pinned beside them.
%/node_modules: %/package-lock.json
	@command -v npm >/dev/null || { echo "Node.js with npm is needed for this." >&2; exit 1; }
	cd $* && npm ci --silent --no-audit --no-fund --ignore-scripts
	@touch $@

aws-cli: $(VENV)/test-installed
	@sh scripts/install_aws_cli.sh $(PYTHON)

test-clients: $(VENV)/test-installed $(NODE_MODULES) aws-cli ## Run real AWS clients and the samples (needs Node.js, JDK, Maven, Go, Rust, curl)
	$(PYTEST) $(EVERYWHERE) tests/clients $(OPTIONS)
	@# What some of them have seen is no table.
	@$(if $(OPTIONS),:,$(PYTHON) -m tests.clients.table)

test-postgresql: $(VENV)/test-installed ## Run the tests that need no browser on a PostgreSQL of their own (TESTS for some)
	$(PYTHON) -m tests.support.postgresql $(PYTEST) $(EVERYWHERE) $(TESTS)

test-load: $(VENV)/test-installed ## Write from many clients at once, and kill the server under load
	@# Half of the time each waits for a clock.
	$(PYTEST) -n 2 -p no:benchmark tests/load

test-fuzz: $(VENV)/test-installed ## Send ten thousand bad requests to every address; OPTIONS=--hypothesis-seed=7 for the same ones again
	$(PYTEST) $(EVERYWHERE) tests/fuzz --hypothesis-profile=fuzz $(OPTIONS)
	@# The property tests of everything else, with all of their examples.
	$(PYTEST) $(ALONE) -m hypothesis --hypothesis-profile=whole --ignore=tests/fuzz $(OPTIONS)

test-people: $(VENV)/test-installed ## Have 100 people work at once for two minutes; each page must take less than 300 ms, without an error
	$(PYTEST) tests/benchmarks/bench_people.py -p no:randomly -s

bench: browser $(SWAGGER_UI) ## Measure what must be fast (needs Node.js)
	$(PYTEST) tests/benchmarks -o python_files='bench_*.py' -p no:randomly --benchmark-columns=min,median,max,rounds

format: $(VENV)/test-installed ## Format the code and the templates
	$(VENV)/bin/ruff check --fix --quiet || true
	$(VENV)/bin/ruff format
	$(VENV)/bin/djade $$(git ls-files 'templates/*.html') || true

screenshots: browser ## Make pictures of every page in docs/screenshots, and the one of the README
	$(PYTHON) -m scripts.screenshots docs/screenshots
	$(PYTHON) -m scripts.screenshots --readme docs/create-user-records.webp

lighthouse: browser $(LIGHTHOUSE) ## Have Lighthouse audit every page (needs Node.js)
	$(PYTHON) -m scripts.lighthouse

ledger: $(VENV)/test-installed ## Write docs/operations.md from the table in tests/local/ledger
	$(PYTHON) -m tests.local.ledger

lock: $(VENV)/test-installed ## Choose the newest allowed versions of all packages, and pin them with hashes
	$(PYTHON) -m pip install --quiet uv
	$(VENV)/bin/uv pip compile --upgrade --universal --python-version 3.12 --generate-hashes --no-strip-extras --no-emit-index-url --no-header --no-annotate --group build -o requirements/build.txt
	$(VENV)/bin/uv pip compile --upgrade --universal --python-version 3.12 --generate-hashes --no-strip-extras --no-emit-index-url --no-header --no-annotate --extra console pyproject.toml -o requirements/run.txt
	$(VENV)/bin/uv pip compile --upgrade --universal --python-version 3.12 --generate-hashes --no-strip-extras --no-emit-index-url --no-header --no-annotate --extra console --group test pyproject.toml -o requirements/test.txt

vendor: $(VENV)/test-installed ## Bring the front-end files of others into static/vendor (needs npm)
	$(PYTHON) -m scripts.vendor_front_end

clean: ## Remove the virtual environment and caches; the data in var/ stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
