# Everything a newcomer types. Each target installs what it needs first; a second time that takes no time.
PYTHON ?= python3
SETUP = $(PYTHON) setup/bootstrap.py
BIN = .venv/bin
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate --override overrides.txt

.DEFAULT_GOAL := help
.PHONY: help demo test long bench freeze lock clean

help: ## show this · показать эту справку
	@sed -n 's/^\([a-z]*\):.* ## \(.*\)/make \1	\2/p' Makefile

demo: ## start with demonstration data · запустить с показательными данными
	@$(SETUP) run
	@$(BIN)/enduse demo

test: export ENDUSE_DATA = $(CURDIR)/.mypy_cache/enduse
test: ## all checks and tests · все проверки и тесты
	@$(SETUP) test
	@failed=; \
	for check in 'ruff check' 'ruff format --check' mypy 'lint-imports --no-logo'; do \
		echo "== $$check"; $(BIN)/$$check || failed="$$failed [$$check]"; \
	done; \
	test -z "$$failed" || echo "== failed so far:$$failed"; \
	echo '== pytest'; $(BIN)/python -m pytest -n 2 || failed="$$failed [pytest]"; \
	echo '== pytest on PostgreSQL'; \
	ENDUSE_TEST_DATABASE=postgresql $(BIN)/python -m pytest -n 2 -m 'database and not long' || failed="$$failed [pytest on PostgreSQL]"; \
	test -z "$$failed" || { echo "== failed:$$failed"; exit 1; }

long: ## the tests that take minutes · долгие тесты
	@$(SETUP) test
	@$(BIN)/python -m pytest -m long -n0 -s --timeout=3600

bench: ## speed and accuracy beside others · скорость и точность рядом с другими
	@$(SETUP) bench
	@failed=0; for part in benchmarks benchmarks.casework benchmarks.ledger benchmarks.matching; do .venv-bench/bin/python -m $$part || failed=3; done; exit $$failed

freeze: ## freeze an edition while it is being written (EDITION=2026-1) · заморозить редакцию
	@$(SETUP) run
	@$(BIN)/python -m enduse.stores.freeze $(or $(EDITION),2026-1)

lock: ## write the locks anew (UPGRADE=--upgrade for newer versions) · обновить замки зависимостей
	@$(SETUP) test
	cd requirements && for name in run test bench; do ../$(COMPILE) $(UPGRADE) $$name.in -o $$name.lock || exit 1; done

clean: ## remove all that make made here · убрать всё, что создал make
	rm -rf .venv .venv-bench .venv*.lock .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist
	find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +
