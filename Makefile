# make demo    install into .venv and run the main job on samples/lai-chau
# make test    every check: ruff, mypy --strict, import contracts, pytest
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
PROJECT := pyproject.toml constraints.txt
SAMPLE := samples/lai-chau

.PHONY: demo test quality clean

demo: $(VENV)/.installed
	$(BIN)/feedback-synth synthesize $(SAMPLE)/sources \
	  --draft project=$(SAMPLE)/drafts/project-v1.docx --revised project=$(SAMPLE)/drafts/project-v2.docx \
	  --draft resolution=$(SAMPLE)/drafts/resolution-v1.docx --revised resolution=$(SAMPLE)/drafts/resolution-v2.docx \
	  --output out/lai-chau
	@echo "Open out/lai-chau/report.html in a browser, out/lai-chau/absorption-table.docx in Word."

test: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest

quality: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/quality.py

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "feedback-synth needs Python 3.11 or newer.")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python $(PROJECT)
	$(PIP) --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(PIP) --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) out
