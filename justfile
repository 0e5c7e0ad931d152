# The commands of a working day; `just` lists them.

default:
    @just --list

# Install moregrad for development into the current environment
install:
    pip install -e '.[dev]'

# Compile the scalar engine again after a change to one of the modules that setup.py names
compile:
    rm -rf build/cython src/moregrad/scalar/*.so
    pip install --no-deps -e .

# Run the tests
test *options:
    pytest {{options}}

# Lint, format, types, import contract
check:
    ruff check .
    ruff format --check .
    basedpyright
    lint-imports

# Everything that continuous integration runs, in a fresh environment
ci:
    .ci/run

# Thousands of hostile tries (files, options, kills, damage); their figures go to docs/reliability.md
campaigns *options:
    PYTHONPATH=tests python -m campaigns {{options}}

# The lessons executed, and the documentation built of them into build/docs
docs *options:
    pytest tests/lessons
    sphinx-build -W --keep-going -q -b html docs build/docs {{options}}

# One lesson executed, such as `just lesson names`
lesson name:
    pytest -n 0 tests/lessons -k {{name}}
