# `make demo` and `make test` set everything up themselves, in .venv.
PYTHON ?= python3
BIN := .venv/bin
ARTICLE := corpus/articles/seed.txt
REPORT := demo/seed.html

.PHONY: demo test training
.DELETE_ON_ERROR:

demo: .venv/installed
	$(BIN)/communique analyze --format table --quiet $(ARTICLE)
	@mkdir -p $(dir $(REPORT))
	@$(BIN)/communique analyze $(ARTICLE) --report $(REPORT) --overwrite --quiet
	@echo "The same as a page to read: $(CURDIR)/$(REPORT)"

test: .venv/installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m pytest

# What training needs beside that; the lock keeps what is installed already as it is.
training: .venv/installed
	$(BIN)/python -m pip install --quiet --constraint requirements.lock --no-build-isolation --editable '.[training]'

# setuptools comes with the lock, hence no build isolation: nothing is installed that the lock does not name.
.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
