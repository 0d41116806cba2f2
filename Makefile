# Targets that others rely on; see docs/reference/interface.md.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest

.PHONY: install demo test test-all check fix bench docs clean

# A virtual environment with everything that tests and benchmarks need. pip refuses
# hashes and an editable install in one step, so there are two.
$(VENV)/.installed: constraints.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed: $(PYTHON) was not found. Try: make PYTHON=python3"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

install: $(VENV)/.installed

# The synthetic borough, made, loaded, built and served on http://127.0.0.1:8000
demo: install
	$(BIN)/openscrutiny demo --dir demo-workspace --own-figures

# The slow folders come first by name, so that the many quick unit tests fill both cores
# to the end. Each room is held to its floor of lines and branches that were run.
test: install
	$(PYTEST) -q -p tools.room_coverage -n 2 --dist loadscope --no-loadscope-reorder -m "not long"

test-all: install
	$(PYTEST) -q -n 2 --dist loadscope --no-loadscope-reorder

# Every check runs, and every failure is told, not the first alone.
check: install
	@failed=0; \
	echo "== formatting"; $(BIN)/ruff format --check src tests bench tools || failed=1; \
	echo "== linting"; $(BIN)/ruff check src tests bench tools || failed=1; \
	echo "== types"; $(BIN)/mypy || failed=1; \
	echo "== generated files"; $(BIN)/python -m tools.generate --check || failed=1; \
	echo "== pins"; $(BIN)/python -m pip check || failed=1; \
	echo "== dependency audit"; $(BIN)/python -m tools.audit || failed=1; \
	exit $$failed

fix: install
	$(BIN)/ruff check --fix src tests bench tools
	$(BIN)/ruff format src tests bench tools

docs: install
	$(BIN)/python -m tools.generate

bench: install
	$(BIN)/python -m bench.run

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache
