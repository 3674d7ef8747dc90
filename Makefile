# Everything that is done with this repository; `make` lists it. What is installed goes into .venv and, for what
# pip cannot bring, comes from Debian's packages in system/*.txt.

PYTHON ?= python3
APT ?= yes
BIN := .venv/bin
PO := $(wildcard campaign_app/translations/*/LC_MESSAGES/*.po)
MO := $(PO:.po=.mo)
POT := campaign_app/translations/messages.pot
PIN := $(BIN)/uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | awk -F '\t' '{ printf "  make %-14s %s\n", $$1, $$2 }'

# --- Setting up -----------------------------------------------------------------------------------------------------

.PHONY: install
install: system .venv/installed $(MO) ## .venv with everything in it, pinned by hash, and the Debian packages it needs

.PHONY: system
system:
	@[ $(APT) = no ] || system/install.sh system/run.txt

.PHONY: system-for-tests
system-for-tests:
	@[ $(APT) = no ] || system/install.sh system/run.txt system/test.txt

.venv/bin/python:
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || [ $(APT) = no ] || system/install.sh system/python.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name it with 'make PYTHON=python3.11'." >&2; exit 1; }
	@echo "Making .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python requirements-dev.txt pyproject.toml hatch_build.py
	@echo "Installing Python packages into .venv, each checked against its hash"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# --- Running --------------------------------------------------------------------------------------------------------

.PHONY: run
run: install ## the site with the demo section, on http://127.0.0.1:8000
	@exec $(BIN)/campaign-app run --demo

# --- Checking -------------------------------------------------------------------------------------------------------

.PHONY: test
test: system-for-tests install lint ## lint, then every test, with journeys through a real browser
	$(BIN)/pytest -n auto --dist worksteal

.PHONY: lint
lint: install ## ruff, mypy, import-linter and bandit
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --cache-dir .import_linter_cache
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml campaign_app

.PHONY: bench
bench: install ## measure speed beside peers, in the same run
	$(BIN)/python -m benchmarks.member
	$(BIN)/python -m benchmarks.letters
	$(BIN)/python -m benchmarks.letters_docx
	$(BIN)/python -m benchmarks.paper
	$(BIN)/python -m benchmarks.sheets
	$(BIN)/python -m benchmarks.scans
	$(BIN)/python -m benchmarks.tracking

# --- Keeping up -----------------------------------------------------------------------------------------------------

.PHONY: requirements
requirements: install ## pin the newest packages that pyproject.toml allows
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(PIN) --group dev --extra section --extra scans --output-file requirements-dev.txt
	$(PIN) --extra section --extra scans --constraint requirements-dev.txt --output-file requirements.txt

.PHONY: translations
translations: install ## gather strings for translators, and compile what they wrote
	$(BIN)/pybabel --quiet extract --mapping-file babel.cfg --keyword lazy_gettext --keyword lazy_ngettext:1,2 \
		--add-location file --sort-by-file --project "Campaign App" --output-file $(POT) campaign_app templates
	$(BIN)/pybabel --quiet update --input-file $(POT) --output-dir campaign_app/translations \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap
	$(BIN)/pybabel --quiet compile --directory campaign_app/translations

%.mo: %.po | .venv/installed
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

.PHONY: roles
roles: install ## write docs/roles.md from the table of permissions
	$(BIN)/campaign-app roles > docs/roles.md

.PHONY: wheel
wheel: install ## a wheel in dist/, with templates, letter templates, migrations and translations
	$(BIN)/hatchling build --target wheel

.PHONY: clean
clean: ## remove what was built and installed here; the instance folder stays
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find campaign_app -name '*.mo' -delete
