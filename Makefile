# Two commands do everything: `make demo` and `make test`. Both set up .venv by themselves.
#
# PYTHON=python3.13       the Python to use
# RESOLUTION=lowest       the oldest versions that pyproject.toml admits, in .venv-lowest;
#           =highest      the newest;
#           =intel-mac    what an Intel Mac gets, =arm-linux a Raspberry Pi (tried on Linux)
# TESTS="tests/io"        some of the tests
SHELL := /bin/sh
RESOLUTION ?= tested
VENV ?= .venv$(if $(filter-out tested,$(RESOLUTION)),-$(RESOLUTION))
BIN := $(VENV)/bin
PYTHON ?=
TESTS ?=
SETUP := @PYTHON="$(PYTHON)" RESOLUTION="$(RESOLUTION)" sh setup.sh $(VENV)

.PHONY: demo test check benchmark lock clean

demo: $(VENV)/.ready
	$(BIN)/formcheck lunge-stretch samples/lunge-stretch-good.mp4

test: $(VENV)/.ready-test
	$(BIN)/python -m pytest -q $(TESTS)

check: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Each is made again only when what it is made from changes; the second time costs nothing.
$(VENV)/.ready: pyproject.toml constraints.txt setup.sh
	$(SETUP)
	@touch $@

$(VENV)/.ready-%: pyproject.toml constraints.txt setup.sh
	$(SETUP) $*
	@touch $@ $(VENV)/.ready

# Names, versions and hashes alone, for every system and Python; needs uv. Later ones of these two
# work as well (RESOLUTION=highest takes them), but weigh 30 MB more each.
lock:
	printf 'av<19\nopencv-python<4.12\n' | $$(command -v uv || echo .uv/bin/uv) pip compile --constraint - --quiet --universal --python-version 3.11 --all-extras --generate-hashes --upgrade \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		pyproject.toml --output-file constraints.txt

clean:
	rm -rf .venv .venv-* .uv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
