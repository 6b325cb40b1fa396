# The words people use here: make demo, make test; make check before every commit; make bench for tables.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
# Two test processes on two cores: threads of their own would only wait for each other.
ONE_THREAD := OMP_NUM_THREADS=1

# Prefect: no telemetry, patience on a slow first start.
export DO_NOT_TRACK := 1
export PREFECT_SERVER_ANALYTICS_ENABLED := false
export PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS := 300

.PHONY: demo test check bench bench-pains bench-people bench-signals bench-vocabulary bench-night chaos heads serve lock audit clean

demo: $(READY)
	$(BIN)/overheard run data/demo

# A file's tests go to one process, which makes once what is dear to make.
test: $(READY)
	$(ONE_THREAD) $(BIN)/pytest -n 2 --dist loadfile -m "not bench"

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(ONE_THREAD) $(BIN)/pytest -n 2 -m "not slow and not bench"

bench: $(READY)
	$(BIN)/pytest -m bench -s tests/benchmarks

# The marker is written last: an interrupted install goes on where it stopped.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "overheard needs Python 3.11 or newer: make $(MAKECMDGOALS) PYTHON=python3.11"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(READY)

# What the pains must show, with a table each; real data: OVERHEARD_SHARED=the folder that holds data/.
bench-pains: $(READY)
	$(BIN)/pytest -m bench -s tests/benchmarks/test_pain*.py tests/benchmarks/test_encoding.py

bench-people: $(READY)
	$(BIN)/pytest -m bench -s tests/benchmarks/test_people*.py tests/benchmarks/test_demo_market.py

bench-signals: $(READY)
	$(BIN)/pytest -m bench -s tests/benchmarks -k "signals or own_words or queue"

bench-vocabulary: $(READY)
	$(BIN)/pytest -m bench -s tests/benchmarks/test_vocabulary*.py

# A night from nothing, one after it and a plain script on the same posts: OVERHEARD_NIGHT_POSTS says how many.
bench-night: $(READY)
	$(BIN)/pytest -m bench -s tests/benchmarks/test_night.py tests/benchmarks/test_scale.py

# Kill and break whole nights at random and compare with nights left in peace: OVERHEARD_CHAOS_ROUNDS, OVERHEARD_CHAOS_SEED.
chaos: $(READY)
	$(ONE_THREAD) $(BIN)/pytest -m bench -s tests/chaos

# Ask the package registry which locked packages have known holes or were withdrawn; says plainly where it gave no answer.
audit: $(READY)
	$(BIN)/python -m tests.security.audit

# Fit the heads of the signals again: make heads CORPORA=the folder with the corpora that the labels point into.
heads: $(READY)
	$(BIN)/python -m flows.heads models $(CORPORA)

# Prefect's server and the deployments of prefect.yaml for one market, until Ctrl-C: make serve MARKET=folder
serve: $(READY)
	$(BIN)/overheard schedule $(or $(MARKET),$(error name a market: make serve MARKET=folder)) --all

# Resolve pyproject.toml anew, in an environment of its own, and pin every package.
lock:
	rm -rf .venv-lock && $(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet --upgrade pip
	.venv-lock/bin/python -m pip install --quiet ".[dev]"
	.venv-lock/bin/python -m pip freeze --exclude overheard | sed 's/+cpu$$//' > requirements.lock
	rm -rf .venv-lock

clean:
	rm -rf .venv data/demo/data data/demo/reports data/demo/private
