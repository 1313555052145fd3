# `make demo` and `make test` set everything up themselves, in .venv.
PYTHON ?= python3
BIN := .venv/bin
ARTICLE := corpus/articles/seed.txt
REPORT := demo/seed.html

.PHONY: demo test training evaluation mutations
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

# The stored results, the reports of them, and the figures in the documents. DATA holds polnear/ and the texts of the
# corpus's real articles.
DATA ?= ../shared/data
evaluation: .venv/installed
	$(BIN)/communique evaluate --polnear $(DATA)/polnear --split dev --json eval/results/polnear-dev.json \
		--report docs/reports/polnear-dev.html
	$(BIN)/communique evaluate-corpus --texts $(DATA) --split test --json eval/results/corpus-test.json \
		--report docs/reports/corpus-test.html
	$(BIN)/communique contrast --json eval/results/contrast.json
	$(BIN)/python -m eval.documents

# Changes the measures one by one; their tests must notice.
mutations: .venv/installed
	$(BIN)/python -m eval.mutate

# What training needs beside that; the lock keeps what is installed already as it is.
training: .venv/installed
	$(BIN)/python -m pip install --quiet --constraint requirements.lock --no-build-isolation --editable '.[training]'

# setuptools comes with the lock, hence no build isolation: nothing is installed that the lock does not name.
.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
