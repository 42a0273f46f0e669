# The tasks of this project. `just NAME` runs one; without just, type the line below its name.
# All stand on uv (`pip install uv`), which sets up what they need.

# The tests, without the slow ones; `just test tests/pages` runs those of one package
test *paths:
    uv run pytest {{paths}}

# Lint, formatting and the floors that imports point down
lint:
    uv run ruff check && uv run ruff format --check && uv run lint-imports

# Types, strict below the window
types:
    uv run pyright

# How fast it is beside a bare chart, on an X display of its own
bench:
    bash .ci/display uv run python -m tests.benchmarks

# The packaged program, in dist/online-harms-explorer/
freeze:
    bash .ci/freeze

# The tables and rules that README takes from the program anew
readme:
    uv run python -m tests.readme_tables

# The pictures of the README anew, in resources/screenshots/
shots:
    uv run harms-explorer screenshots resources/screenshots
