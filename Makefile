# Everything that a fresh machine needs, in two commands: `make run` and `make test`.
# The environment is made from pinned requirements with checksums; nothing else is installed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
ENGINES ?= not soak
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

.DEFAULT_GOAL := help
.PHONY: help run check quick programs test test-engines test-gis soak test-lowest test-newest test-install test-container mutate bench bench-quick lint lint-style lint-types format gallery lock wheel \
	data release clean

help: ## Say what each target does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 13

$(VENV)/run.stamp: requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed, got $$($(PYTHON) --version)."; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements/dev.txt
	touch $@

# As pip would, one package after the other, but beside other work; tests of packages are left out.
$(VENV)/%-compiled.stamp: $(VENV)/%.stamp
	-$(BIN)/python -m compileall -qq -x '/(tests?|pyspark)/' $(VENV)/lib
	touch $@

# Half a gigabyte, of which pip makes a package first, and Python what few tests load of it.
$(VENV)/spark.stamp: $(VENV)/dev.stamp requirements/spark.txt requirements/spark.cfg
	DIST_EXTRA_CONFIG="$(CURDIR)/requirements/spark.cfg" $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements/spark.txt
	touch $@

# Node itself comes with the requirements; the checks of the scripts are npm packages.
$(VENV)/scripts.stamp: $(VENV)/dev.stamp package-lock.json
	$(BIN)/npm ci --no-progress
	touch $@

run: $(VENV)/run-compiled.stamp ## Start the app on the shipped records (PORT=8501)
	$(BIN)/mapview serve --port $(PORT)

check: $(VENV)/scripts.stamp ## Check what a change may break, without what takes long: lint and quick
	@$(MAKE) --no-print-directory --jobs=3 --output-sync=target lint quick

# Hundreds of processes of the tests read what one has compiled, also where nothing else may keep it.
lint-style lint-types quick test test-engines: export PYTHONDONTWRITEBYTECODE :=

quick: $(VENV)/dev-compiled.stamp ## Run the tests that are not in tests/slow.txt
	$(BIN)/python -m pytest --ignore=tests/browser -m "not slow and not soak and not spark and not gis" --numprocesses=logical --dist=worksteal

programs: $(VENV)/dev.stamp ## Install the programs that tests need, with Java, and run nothing
	$(BIN)/python tests/install_programs.py
	$(BIN)/python tests/install_programs.py java

test: $(VENV)/scripts.stamp $(VENV)/dev-compiled.stamp ## Install what the tests need and run them all
	$(BIN)/python tests/install_programs.py
	@# Browsers come first and wait for most of their time, so one process more than there are cores.
	$(BIN)/python -m pytest --numprocesses=$(WORKERS) --dist=worksteal

test-engines: $(VENV)/spark.stamp $(VENV)/dev-compiled.stamp ## Run what other engines must answer alike: PostgreSQL, and Spark with a master and two workers (ENGINES=spark)
	$(BIN)/python tests/install_programs.py java $(if $(filter spark,$(ENGINES)),,postgresql chromium)
	$(BIN)/python -m pytest -m "$(ENGINES)" --numprocesses=$(WORKERS) --dist=loadfile tests/geodata/engines tests/mapview/web/test_engine.py tests/mapview/web/test_spark.py tests/browser/test_engine.py

test-gis: $(VENV)/dev-compiled.stamp ## Open what a pack hands over in QGIS, LibreOffice and Inkscape (1.5 GB, which it installs)
	$(BIN)/python tests/install_programs.py qgis libreoffice inkscape
	$(BIN)/python -m pytest tests/gis -m gis

soak: $(VENV)/dev-compiled.stamp ## Run the tests that take minutes each: two thousand pages drawn at once, a walk over a million
	$(BIN)/python -m pytest tests -m soak

test-lowest: ## Run the quick tests with the lowest versions that are allowed
	$(PYTHON) tools/run_lane.py lowest

test-newest: ## Run the quick tests on the newest Python of this machine
	$(PYTHON) tools/run_lane.py newest

test-install: $(VENV)/dev.stamp ## Install the wheel with uv and with pipx, and use it
	$(BIN)/python tools/try_install.py

test-container: $(VENV)/dev.stamp ## Build the container with podman and use it without a network
	$(BIN)/python tools/try_container.py $(CONTAINER)

mutate: $(VENV)/dev-compiled.stamp ## Make known mistakes in a copy and see that tests notice
	$(BIN)/python tools/mutate.py

bench: $(VENV)/dev-compiled.stamp ## Measure all, beside what others would use, and write benchmarks/results.md
	$(BIN)/python tests/install_programs.py chromium
	$(BIN)/python benchmarks/run_all.py

bench-quick: $(VENV)/dev-compiled.stamp ## Measure a little of it, and write nothing
	$(BIN)/python benchmarks/run_all.py --quick

lint: lint-style lint-types ## Check style, types, layers, scripts and records

lint-style: $(VENV)/scripts.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/node node_modules/eslint/bin/eslint.js .
	$(BIN)/node node_modules/typescript/bin/tsc
	$(BIN)/python tools/check_scripts.py
	$(BIN)/lint-imports --no-cache
	$(BIN)/mapview validate

# It takes longer than all else of lint.
lint-types: $(VENV)/dev.stamp
	$(BIN)/mypy

format: $(VENV)/dev.stamp ## Bring the code into the one format
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .

gallery: $(VENV)/dev.stamp ## Make docs/gallery.md anew (needs LibreOffice and pdftoppm)
	$(BIN)/python tools/make_gallery.py

lock: ## Pin the requirements anew, with checksums and without addresses
	$(PYTHON) tools/lock_requirements.py

wheel: $(VENV)/dev.stamp ## Build the wheel into dist/
	$(BIN)/python -m build --wheel --no-isolation

data: $(VENV)/run.stamp ## Bring in line what is made from records, model and cartography
	$(BIN)/python -m geodata.account.summary
	$(BIN)/python -m geodata.checks.schema
	$(BIN)/python -m geodata.account.package
	$(BIN)/python -m mapview.layer.handover

release: $(VENV)/dev.stamp ## Commit and tag a release (VERSION=0.2.0)
	$(BIN)/python tools/release.py $(VERSION)

clean: ## Remove the environment and everything that was built
	rm -rf $(VENV) .venv-lowest .venv-newest node_modules dist build *.egg-info .mypy_cache .ruff_cache .hypothesis
