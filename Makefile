# Needs Python 3.11 or newer, make and pip; everything else comes from the lock files.

BIN := .venv/bin
export PYTHON
export MPLBACKEND := Agg
UPGRADE :=

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help maps test check scripts generated notebooks screenshots gallery browser runtime dev lock wheel clean

help: ## Show this list.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

maps: runtime ## Map the texts in seeds/ into maps/.
	$(BIN)/geo map seeds -o maps
	@echo
	@echo "Open maps/atlas.html in a browser (no network needed)."
	@echo "The tables are maps/claims.csv and maps/mentions.csv; figures for a report are in maps/figures/."

test: check scripts generated docs browser ## Run every check and every test, as CI does.
	$(BIN)/python -m pytest
	$(BIN)/python scripts/run_notebooks.py --check

check: dev ## Run the quick checks that execute nothing: style, types, import direction.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict
	$(BIN)/lint-imports

scripts: dev ## Check the scripts of the atlas: format, lint, types, unit tests (Node.js comes with the tools).
	@scripts/check_scripts.sh

generated: dev ## Rebuild the generated data and compare it with what is committed.
	$(BIN)/python scripts/build_boundaries.py --check
	$(BIN)/python scripts/build_gazetteer.py --check
	$(BIN)/python scripts/vendor_leaflet.py --check

.PHONY: docs examples
docs: dev ## Build the documentation into build/docs; warnings and links that lead nowhere are errors.
	$(BIN)/python -m sphinx -W -n --keep-going -q -E -b html -d build/doctrees docs build/docs
	@echo "Open build/docs/index.html in a browser (no network needed)."

examples: dev ## Run the examples of the documentation and write what they print into its pages.
	$(BIN)/python scripts/run_examples.py

notebooks: dev ## Run the notebooks and save their outputs.
	$(BIN)/python scripts/run_notebooks.py

screenshots: browser ## Draw the atlas of the seeds at three widths and its printed page into docs/img/.
	$(BIN)/python scripts/make_screenshots.py

gallery: runtime ## Draw the figures of docs/figures.md from the seeds into docs/img/figures/.
	$(BIN)/python scripts/make_figures_gallery.py

browser: dev ## Find a browser for the tests, or install one.
	@scripts/ensure_browser.sh

runtime: ## Make the environment that geo runs in (.venv).
	@scripts/environment.sh runtime

dev: ## Make the environment with the tools that check it (.venv).
	@scripts/environment.sh dev

LOCK = $(BIN)/uv pip compile pyproject.toml --quiet --no-config --universal --python-version 3.11 \
	--generate-hashes --only-binary :all: --no-annotate --no-header --no-emit-index-url \
	--no-emit-find-links $(UPGRADE)
HEADER = \# Made by "make lock" from pyproject.toml; not to be edited by hand.

lock: dev ## Write the lock files again (UPGRADE=--upgrade takes newer versions).
	$(LOCK) --group build --output-file requirements.lock
	$(LOCK) --group dev --constraints requirements.lock --output-file requirements-dev.lock
	@for lock in requirements.lock requirements-dev.lock; do \
		{ echo '$(HEADER)'; cat $$lock; } >$$lock.new && mv $$lock.new $$lock; \
	done

wheel: dev ## Build the wheel into dist/.
	$(BIN)/python -m build --wheel --no-isolation

clean: ## Remove the environment, builds and caches; maps/ stays.
	rm -rf .venv dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find geo tests scripts benchmarks docs -name __pycache__ -type d -prune -exec rm -rf {} +
