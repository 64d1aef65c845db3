# Type `make` to see what there is. CONTRIBUTING.md tells more.

PORT ?= 8000
SECONDS ?= 400
PYTHON := .venv/bin/python
# Starts the embedded PostgreSQL for one command, unless DATABASE_URL names a server.
DATABASE := $(PYTHON) -m coverage_site.embedded_database

.PHONY: help run test fuzz bench load growth format messages screenshots requirements clean

help:
	@echo 'make run           serve the site on this computer (PORT=8000)'
	@echo 'make test          every check, then every test'
	@echo 'make fuzz          100,000 odd inputs to everything that reads, and how many each got'
	@echo 'make bench         the measured speeds'
	@echo 'make load          how many visitors the site serves (SECONDS=400 of measuring; Linux)'
	@echo 'make growth        what each kind of work costs with more data (half an hour)'
	@echo 'make format        put code and templates in shape'
	@echo 'make messages      gather the texts to translate, and compile the Spanish'
	@echo 'make screenshots   pictures of every page, in var/screenshots'
	@echo 'make requirements  pin the newest dependencies pyproject.toml allows (UPGRADE=1), or only new ones'
	@echo 'make clean         remove what the other targets made, the data in var/ included'

run: .venv/requirements-local
	@$(DATABASE) .ci/serve $(PORT)

test: .venv/requirements-dev
	@$(DATABASE) .ci/checks

# Statistics tell how many inputs each test got, and how many of those it took as valid.
fuzz: .venv/requirements-dev
	@DEBUG=1 $(DATABASE) $(PYTHON) -m pytest --numprocesses auto --dist load \
	  --hypothesis-profile=fuzz --hypothesis-show-statistics tests/fuzzing

# Named file by file: the one beside other engines is left out of a folder that is named.
bench: .venv/requirements-dev .venv/requirements-bench
	@DEBUG=1 $(DATABASE) $(PYTHON) -m pytest --benchmark-enable --benchmark-only --benchmark-autosave tests/benchmarks/test_*.py

load: .venv/requirements-local .venv/requirements-load
	@DEBUG=1 $(DATABASE) $(PYTHON) -m tests.load $(SECONDS)

growth: .venv/requirements-dev
	@DEBUG=1 $(DATABASE) $(PYTHON) -m tests.growth

format: .venv/requirements-dev
	@$(PYTHON) -m ruff check --fix --quiet . ; $(PYTHON) -m ruff format .
	@$(PYTHON) -m djlint templates --reformat --quiet || true

messages: .venv/requirements-dev
	@$(PYTHON) -m coverage_site.messages

screenshots: .venv/requirements-dev
	@SCREENSHOTS=var/screenshots DEBUG=1 $(DATABASE) $(PYTHON) -m pytest -p no:randomly tests/pages/screenshots.py

requirements: .venv/requirements-dev
	@.ci/pin $(if $(UPGRADE),--upgrade)

clean:
	rm -rf .venv var staticfiles

.venv/%: %.txt .ci/prepare
	@.ci/prepare $*
