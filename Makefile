# Two commands do everything: `make demo` and `make test`. Both set up .venv by themselves.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PYTHON ?=

.PHONY: demo test check benchmark clean

demo: $(READY)
	$(BIN)/formcheck lunge-stretch samples/lunge-stretch-good.mp4

test: $(READY)
	$(BIN)/python -m pytest -q

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Made again only when the dependencies change; the second time costs nothing.
$(READY): pyproject.toml setup.sh
	@PYTHON="$(PYTHON)" sh setup.sh $(VENV)
	@touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
