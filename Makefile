# `make demo` and `make test` need Python 3.11 or newer and nothing else.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin

# Dozens of processes are started here; each would compile the whole house anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test torture fuzz check lint types bench bench-end-to-end bench-web bench-ledger bench-billing bench-bills bench-report way model quality screenshots bill-pictures report-pictures clean

demo: $(VENV)/run
	$(BIN)/mailbot demo --once

test: $(VENV)/test
	$(BIN)/python -m pytest -n 3 --dist worksteal

torture: $(VENV)/test
	MAILBOT_TESTS_LONG=1 $(BIN)/python -m pytest -n 2 --dist worksteal -o timeout=1800

fuzz: $(VENV)/test
	MAILBOT_TESTS_EXAMPLES=searching $(BIN)/python -m pytest -n 2 --dist worksteal -k "not end_to_end"

check: lint types test

lint: $(VENV)/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/test
	$(BIN)/mypy

bench: $(VENV)/test
	$(BIN)/python -m benchmarks

bench-end-to-end: $(VENV)/test
	$(BIN)/python -m benchmarks.end_to_end

bench-web: $(VENV)/test
	$(BIN)/python -m benchmarks.web

bench-ledger: $(VENV)/test
	$(BIN)/python -m benchmarks.register
	$(BIN)/python -m benchmarks.known_register

bench-billing: $(VENV)/test
	$(BIN)/python -m benchmarks.billing

bench-bills: $(VENV)/test
	$(BIN)/python -m benchmarks.bills

bench-report: $(VENV)/test
	$(BIN)/python -m benchmarks.report

way: $(VENV)/test
	$(BIN)/python -m benchmarks.way_of_a_letter samples/letters/17*.eml samples/letters/53*.eml

bill-pictures: $(VENV)/test
	$(BIN)/python -m benchmarks.bill_pictures docs/bills

report-pictures: $(VENV)/test
	$(BIN)/python -m benchmarks.report_pictures docs/report

screenshots: $(VENV)/test
	$(BIN)/python -m benchmarks.screenshots docs/screenshots
	$(BIN)/python -m benchmarks.bill_mail docs/bills

model: $(VENV)/test
	$(BIN)/mailbot train

quality: $(VENV)/test
	$(BIN)/python -m benchmarks.quality evaluation $(wildcard ../shared/letters)

clean:
	rm -rf $(VENV)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "mailbot needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/run: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/test: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	touch $@
