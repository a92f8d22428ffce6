# Everything works in a fresh clone with Python 3.11–3.13, git and make: each target sets up .venv first.
# Another Python:  make test PYTHON=python3.12
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check
READY  := $(VENV)/.ready

# Where bytecode isn't kept, hundreds of processes compile the same files again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo test format nbgrader environments hub lab build site verify verify-full weights bench lock wheel clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "%-8s %s\n", $$1, $$2}' Makefile

setup: $(READY)  ## install everything into .venv, from the lock file

demo: $(READY)  ## make a class of 24, grade it, write the class page
	$(BIN)/grader demo

test: $(READY)  ## run the tests
	$(BIN)/python -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

nbgrader: $(READY)  ## run nbgrader's own tests with our configuration, and its autograde beside ours
	$(BIN)/python -m pytest -m nbgrader --numprocesses 2 tests/nbgrader_suite tests/e2e

environments: $(READY)  ## try the learners' wheel with its oldest and newest packages
	$(BIN)/python -m pytest -m environments tests/e2e/test_environments.py

hub: $(READY)  ## try docs/hub.md: JupyterHub, two learners, an instructor; by root, on Linux
	$(BIN)/uv pip install --quiet --system-certs --python $(BIN)/python --target build/hub --no-deps -r tests/hub/requirements.txt
	$(BIN)/python -m pytest -m hub tests/hub

format: $(READY)  ## format and lint all that people write
	$(BIN)/ruff format --quiet
	$(BIN)/ruff check --fix

lab: $(READY)  ## open the notebooks in JupyterLab
	$(BIN)/unrolled lab

build: $(READY)  ## build notebooks/ from lessons/ and solutions/
	$(BIN)/grader build

site: $(READY)  ## build the course as static pages, to read before anything is installed: site/index.html
	$(BIN)/grader site

verify: $(READY)  ## prove the course consistent, and its notebooks up to date
	$(BIN)/grader verify

verify-full: $(READY)  ## the same, with answers, attacks and faults by the hundred
	$(BIN)/grader verify --full
	$(BIN)/python -m pytest -m full

weights: $(READY)  ## train the networks of lessons 04 to 07 anew: three quarters of an hour
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m solutions.task_types.train
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m solutions.vanishing_gradients.train
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m solutions.gated_cells.train
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m solutions.capstone.train

bench: $(READY)  ## measure against stock nbgrader
	$(BIN)/python -m benchmarks

wheel: $(READY)  ## build the learners' package into dist/
	$(BIN)/grader build --check
	cd unrolled && ../$(BIN)/python -m hatchling build -t wheel -d ../dist

lock: $(READY)  ## write requirements.lock anew from pyproject.toml
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --group test pyproject.toml --custom-compile-command "make lock" -o requirements.lock

clean:  ## remove what was set up and built; course/ stays
	rm -rf $(VENV) build dist site

# pip is asked for its Python's version: a .venv of another version, or without pip, is made anew.
$(READY): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { \
	  echo "Unrolled needs Python 3.11, 3.12 or 3.13; $(PYTHON) is $$($(PYTHON) --version 2>&1)."; \
	  echo "Name another one:  make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; } >&2
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make virtual environments."; \
	  echo "On Debian and Ubuntu:  sudo apt-get install python3-venv"; exit 1; } >&2
	@version=$$($(PYTHON) -c 'import sys; print("(python %d.%d)" % sys.version_info[:2])'); \
	case "$$($(BIN)/python -m pip --version 2>/dev/null)" in \
	  *"$$version") ;; *) echo "Making $(VENV) $$version"; $(PYTHON) -m venv --clear $(VENV) ;; esac
	@echo "Installing from requirements.lock"
	@awk '/^uv==/ {p=1} p {print} p && !/\\$$/ {exit}' requirements.lock > $(VENV)/uv.txt
	@{ $(PIP) --require-hashes -r $(VENV)/uv.txt && $(BIN)/uv pip install --quiet --system-certs \
	  --compile-bytecode --python $(BIN)/python --no-deps --require-hashes -r requirements.lock; } || { \
	  echo "uv could not install; trying pip, which takes longer"; \
	  $(PIP) --no-deps --require-hashes -r requirements.lock; }
	@$(PIP) --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q unrolled solutions grader  # the confined process never writes bytecode
	@touch $@
