# Everything a user or developer does; CI runs the same targets.
SHELL := /bin/bash
SOURCES ?=
NIGHT ?=
UV := $(or $(shell command -v uv),.uv/bin/uv)
PYTHON ?= python3
RUN := .venv/bin/python -m extractors
READY := .venv/.ready
export UV_NO_PROGRESS = 1

.PHONY: help run test setup airflow newsroom lint types format corpus train evaluate bench-code bench-parse bench-fetch bench-duplicates clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  \1\t\2/' | expand -t 16

run: $(READY)  ## run last night through Airflow on the demo newsroom; SOURCES=sources.yml for the real web
	$(RUN) run --airflow $(if $(SOURCES),--sources $(SOURCES),--demo) $(if $(NIGHT),--night $(NIGHT))

test: $(READY)  ## the whole test suite
	.venv/bin/python -m pytest -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

setup: $(READY)  ## set up the environment only

$(READY): pyproject.toml uv.lock | $(UV)
	$(UV) sync --frozen --all-extras --compile-bytecode
	@touch $@

.uv/bin/uv:
	$(PYTHON) -m venv .uv
	.uv/bin/python -m pip install --quiet uv

airflow: $(READY)  ## scheduler and UI with the nightly schedule; COMMUNIQUE_AIRFLOW_DATABASE=postgresql+psycopg2://... for PostgreSQL
	$(RUN) airflow $(if $(SOURCES),--sources $(SOURCES),--demo)

newsroom: $(READY)  ## serve the demo newsroom
	$(RUN) newsroom $(if $(NIGHT),--night $(NIGHT))

lint: $(READY)  ## ruff and sqlfluff
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	COMMUNIQUE_BUILD_DB=.venv/lint.duckdb .venv/bin/sqlfluff lint dbt/models dbt/tests

types: $(READY)  ## mypy, strict
	.venv/bin/mypy

format: $(READY)  ## let ruff and sqlfluff format
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	COMMUNIQUE_BUILD_DB=.venv/lint.duckdb .venv/bin/sqlfluff fix dbt/models dbt/tests

corpus: $(READY)  ## split the corpus and write its generated pages anew
	.venv/bin/python -m extractors.events.corpus

train: $(READY)  ## train the judge on the train part of the corpus
	.venv/bin/python -m extractors.events.judge.train

evaluate: $(READY)  ## accuracy of the coder on the development sets, where they are
	.venv/bin/python benchmarks/evaluate.py

bench-code: $(READY)  ## speed of the coder; the figures go to docs/speed.md
	.venv/bin/python benchmarks/code_speed.py --write docs/speed.md

bench-parse: $(READY)  ## speed and merit of the parsers
	.venv/bin/python benchmarks/parse.py

bench-fetch: $(READY)  ## speed, memory and manners of the crawler against 200 local hosts; takes some ten minutes
	.venv/bin/python benchmarks/fetch.py

bench-duplicates: $(READY)  ## which copies of an article are taken for one story
	.venv/bin/python benchmarks/duplicates.py

clean:  ## remove what the targets made, the home folder apart
	rm -rf .venv .uv .mypy_cache .pytest_cache .ruff_cache dbt/target dbt/logs
