# Each target sets up what it needs: a virtual environment in .venv, from pyproject.toml.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint check oldest newest pythons audit dist wheels docs pictures bench clients conformance faults soak clean

# The guide's tour of an embedded engine.
demo: $(VENV)/.installed
	$(BIN)/python examples/tutorial.py

# The tests, in some processes since many of them wait. What needs a linter, a peer or recordings is
# skipped where there are none.
IN_PROCESSES := --numprocesses 3
test: $(VENV)/.test
	$(BIN)/python -m pytest $(IN_PROCESSES)

# What can be said without running anything: style, types, generated files that are up to date.
lint: $(VENV)/.test $(VENV)/.lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/python -m codegen --check

# Before a commit. CI (.ci/run) asks for the same, and for a new environment and the wheel.
check: lint test

# The tests with the oldest versions that pyproject.toml allows of what rhev requires, and with the
# newest that the index has (PIP_PRE=1: pre-releases, too). Each has an environment of its own, made
# anew. What type checkers say hangs on the newest; a consumer's environment is always of the newest.
# What old versions of others leave to the garbage collector is theirs: our own is in make test. What
# hangs on no dependency's version is left out.
NOT_OF_VERSIONS := clients conformance consumer facts rules search typing test_layers.py \
	$(addprefix simulator/test_,methods.py paths.py invariants.py search.py)
oldest newest:
	$(PYTHON) -m venv --clear $(VENV)-$@
	$(VENV)-$@/bin/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(VENV)-$@/bin/python -m release.versions $@ >$(VENV)-$@/constraints.txt
	$(VENV)-$@/bin/python -m pip install --quiet --editable . --group test \
		--constraint $(VENV)-$@/constraints.txt
	$(VENV)-$@/bin/python -m release.versions
	$(VENV)-$@/bin/python -m pytest $(addprefix --ignore tests/,$(NOT_OF_VERSIONS)) -p no:anyio \
		-m "not lasting" $(IN_PROCESSES) \
		-W ignore::pytest.PytestUnraisableExceptionWarning

# The tests with each Python that is installed, or is named: make pythons PYTHONS=python3.14
PYTHONS ?= $(foreach minor,11 12 13 14 15,$(shell python3.$(minor) -c 'print("python3.$(minor)")' 2>&-))
pythons: $(PYTHONS:%=test-%)
test-%:
	$(MAKE) test PYTHON=$* VENV=$(VENV)-$*

# Known vulnerabilities of what is installed, as an advisory service has them: see release/audit.py.
audit: $(VENV)/.audit
	$(BIN)/python -m release.audit

# The sdist and, from it, the wheel; and whether they hold what they should.
dist: $(VENV)/.test $(VENV)/.dist
	rm -rf dist
	$(BIN)/python -m build
	RHEV_DIST=dist $(BIN)/python -m pytest tests/test_distributions.py

# The documentation's site, in build/site: what leads nowhere is an error.
docs: $(VENV)/.docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build

# The pictures of a terminal in docs/pictures, drawn anew from real runs.
pictures: $(VENV)/.docs
	$(BIN)/python -m codegen.pictures

# The table of docs/start/install.md: which dependency has wheels for which platform, as the index has them now.
wheels: $(VENV)/.installed
	$(BIN)/python -m release.wheels

# Speed and memory beside the vendor's SDK, and those of the embedded engine.
bench: $(VENV)/.bench
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.concurrency
	$(BIN)/python -m benchmarks.engine
	$(BIN)/python -m benchmarks.command
	$(BIN)/python -m benchmarks.inventory

# How much of what a real engine answered the embedded one answers alike, where there are recordings.
conformance: $(VENV)/.test
	$(BIN)/python -m tests.conformance

# Other people's clients at work on an embedded engine, over HTTPS: what is no Python package is
# installed where that is possible, and the tests of what is missing are skipped.
clients: $(VENV)/.test $(VENV)/.ovirt
	$(BIN)/python -m tests.clients.install
	$(BIN)/python -m pytest tests/clients --durations 10

# Two minutes of each way to use a connection by many at a time, and what must not come of it.
soak: $(VENV)/.test
	$(BIN)/python -m soak
	$(BIN)/python -m soak.memory

# Every operation under every fault that a wire has, over real sockets: some minutes.
faults: $(VENV)/.test
	$(BIN)/python -m faults

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[cli,serve]'
	touch $@

$(VENV)/.test $(VENV)/.lint $(VENV)/.audit $(VENV)/.dist $(VENV)/.docs $(VENV)/.bench $(VENV)/.clients: $(VENV)/.%: pyproject.toml $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --group $*
	touch $@

$(VENV)/.ovirt: $(VENV)/.clients
	$(BIN)/python -m tests.clients.ansible.install
	touch $@

clean:
	rm -rf $(VENV) $(VENV)-* build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
