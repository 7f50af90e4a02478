# Two commands do everything: `make demo` and `make test`. Both set up .venv by themselves.
#
# PYTHON=python3.13       the Python to use
# RESOLUTION=lowest       the oldest versions that pyproject.toml admits, in .venv-lowest;
#           =highest      the newest;
#           =intel-mac    what an Intel Mac gets, =arm-linux a Raspberry Pi (tried on Linux)
# TESTS="tests/io"        these tests, those among them that are as long as a session too
# WORKERS=4               so many tests at once; as many as there are processors without it
SHELL := /bin/sh
# What is compiled is kept: tests start the program some hundred times.
unexport PYTHONDONTWRITEBYTECODE
RESOLUTION ?= tested
VENV ?= .venv$(if $(filter-out tested,$(RESOLUTION)),-$(RESOLUTION))
BIN := $(VENV)/bin
PYTHON ?=
TESTS ?=
WORKERS ?= logical
# A file stays together: its tests share what takes long to make.
PYTEST = $(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile
SETUP := @PYTHON="$(PYTHON)" RESOLUTION="$(RESOLUTION)" sh setup.sh $(VENV)

.PHONY: demo test test-all check benchmark lock clean

demo: $(VENV)/.ready
	$(BIN)/formcheck lunge-stretch samples/lunge-stretch-good.mp4

test: $(VENV)/.ready-test
	$(PYTEST) $(if $(TESTS),$(TESTS),-m "not long")

# What is long runs one after the other: each is a session in real time before a camera, or MediaPipe
# with all processors.
test-all: test
	$(if $(TESTS),,$(BIN)/python -m pytest -q -m long)

# The same as before each commit: .pre-commit-config.yaml.
check: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/pose
	$(BIN)/python -m pytest -q tests/project/test_layers.py tests/project/test_papers.py

# Each is made again only when what it is made from changes; the second time costs nothing.
$(VENV)/.ready: pyproject.toml constraints.txt setup.sh
	$(SETUP)
	@touch $@

$(VENV)/.ready-%: pyproject.toml constraints.txt setup.sh
	$(SETUP) $*
	@touch $@ $(VENV)/.ready

INTEL_MAC = sys_platform == 'darwin' and platform_machine == 'x86_64'
# Names, versions and hashes alone, for every system and Python; needs uv. Later ones of the first
# two work as well (RESOLUTION=highest takes them), but weigh 30 MB more each; what MediaPipe needs
# of jax on an Intel Mac has no later wheels there.
lock:
	printf "av<19\nopencv-python<4.12\njax<0.5; $(INTEL_MAC)\njaxlib<0.5; $(INTEL_MAC)\n" | $$(command -v uv || echo .uv/bin/uv) pip compile --constraint - --quiet --universal --python-version 3.11 --all-extras --generate-hashes --upgrade \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		pyproject.toml --output-file constraints.txt

clean:
	rm -rf .venv .venv-* .uv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
