PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SECONDS := 60
TARGETS :=
EACH := 25

.DEFAULT_GOAL := help
.PHONY: help package demo test test-elsewhere test-long coverage check docs site messages golden faults fuzz train score score-ledgers load bench bench-postgres clean

help: ## Show what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

demo: $(BIN)/tracker ## Set up and list what is overdue, and kept, of the commitments of 10 March 2021
	@$(BIN)/tracker --file milestones.json overdue --format table
	@echo && $(BIN)/tracker --file milestones.json list --status completed --format table

test: $(VENV)/dev check ## Set up and run every check and test
	$(BIN)/pytest -n auto

test-elsewhere: $(VENV)/long ## What may differ elsewhere, on a leap day, without what only Unix has, as nobody
	tests/long.sh short

test-long: $(VENV)/long ## The same in full: every test there and as nobody, with more examples (half an hour)
	tests/long.sh

coverage: $(VENV)/long ## Which lines and branches the tests reach, child processes counted
	# Some tests become another user, who writes what was counted there too.
	rm -rf .coverage && mkdir -m 777 .coverage
	# A process each, since pytest-xdist kills a worker that is slow to write what it counted; the
	# commands take longest, and what is counted of a process that is ended before its end is lost.
	-printf '%s\n' $(wildcard tests/test_*.py tests/cli/test_*.py) \
	  $(filter-out tests/cli/ tests/without/,$(wildcard tests/*/)) | \
	  xargs -P "$$(nproc)" -n 1 $(BIN)/coverage run -m pytest -n 0
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

check: $(VENV)/dev ## Style, types and generated docs
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

docs: $(VENV)/dev ## Write the generated pages anew
	$(BIN)/python -m tests.generated

site: $(VENV)/docs ## Build the documentation as a site in build/site, which needs no network to be read
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet
	@! grep -rlE '<(script|link|img)[^>]+(src|href)="https?://' build/site --include='*.html' || \
	  { echo "These pages load something from elsewhere." >&2; exit 1; }

messages: $(VENV)/dev ## Bring the catalogues up to date, and show what has no words yet
	$(BIN)/python -m tests.locale.messages

golden: $(VENV)/dev ## Write the golden screens anew; look at the diff
	TRACKER_GOLDEN=write $(BIN)/pytest -q -k golden

faults: $(VENV)/dev ## The long form of the fault bench: the table of docs/reliability.md
	$(BIN)/python -m tests.faults

bench: $(VENV)/dev ## Time it beside other programs: the tables of docs/performance.md
	$(BIN)/python -m benchmarks

bench-postgres: $(VENV)/dev ## Measure PostgreSQL with a million milestones: the tables of docs/postgresql.md
	$(BIN)/python -m benchmarks.postgres

fuzz: $(VENV)/dev ## Look for inputs that break a reader: make fuzz SECONDS=60 TARGETS="due ics"
	$(BIN)/pip install --quiet --group fuzz
	$(BIN)/python -m tests.fuzz --seconds $(SECONDS) $(TARGETS)

mutants: $(VENV)/long ## Change the inner rooms a little, and see whether their tests notice: make mutants EACH=25
	$(BIN)/python -m tests.mutants --each $(EACH)

train: $(VENV)/dev ## Learn the verdict of `extract` from the marked documents: the same bytes each time
	$(BIN)/pip install --quiet --group train
	$(BIN)/python -m tests.extract.train

score: $(VENV)/dev ## Hold `extract` against the measured documents: the table of docs/extract.md
	$(BIN)/pip install --quiet --group baselines
	$(BIN)/python -m tests.extract.score --baselines

score-ledgers: $(VENV)/dev ## Hold `import` against the ledgers of strangers: the figures of docs/ledger.md
	$(BIN)/python -m tests.exchange.strangers.score --measured

package: $(VENV)/dev ## A wheel, a Debian package and a container, as far as this machine can
	rm -rf dist && $(BIN)/python -m build --quiet --outdir dist .
	@if command -v dpkg-deb >/dev/null; then BUILDER=$(BIN)/python deploy/debian.sh dist/*.whl dist; \
	  else echo "No Debian package: there is no dpkg-deb here."; fi
	@if command -v podman >/dev/null; then podman build --quiet -f deploy/Containerfile -t tracker . || \
	  echo "No container: its base image cannot be had here."; \
	  else echo "No container: there is no podman here."; fi

load: $(VENV)/dev ## Serve a thousand subscribers for ten minutes: the table of docs/serving.md
	$(BIN)/python -m benchmarks.load

$(VENV)/docs: $(VENV)/dev
	$(BIN)/pip install --quiet --group docs
	@touch $@

$(VENV)/long: $(VENV)/dev
	$(BIN)/pip install --quiet --group long
	@touch $@

clean: ## Remove what was built
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .fuzz .coverage

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; name one with: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip

$(BIN)/tracker: $(BIN)/python pyproject.toml
	$(BIN)/pip install --quiet --editable .
	@touch $@

$(VENV)/dev: $(BIN)/tracker pyproject.toml
	$(BIN)/pip install --quiet --editable '.[documents,spreadsheet,sync,notify,postgresql,mcp,evidence]' --group dev
	@touch $@
