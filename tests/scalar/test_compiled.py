"""The engine is one source: compiled or not, it passes the same tests and gives the same bits."""

import os
import re
import subprocess
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

import moregrad.scalar
from moregrad.scalar import evaluate, graph, optim, program, value

TESTS = Path(__file__).parents[1]
BITS = """
import random
from moregrad.scalar import MLP, Adam, Program, Value, cross_entropy, value
model = MLP(3, [5, 4], activation="tanh", rng=random.Random(0))
optimizer = Adam(model.parameters(), 0.1)
x = [Value(0.0) for _ in range(3)]
program = Program(cross_entropy(model(x), 2), x)
for step in range(20):
    cross_entropy(model([0.1 * step, -0.5, 1 / (step + 1)]), step % 4).backward()
    print(program([[0.3, step, -1.0], [0.0, 0.5, 0.25]]).tolist())
    program.backward()
    optimizer.step()
print(*(number.hex() for p in model.parameters() for number in (p.data, p.grad)))
print(value.__file__)
"""


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a process that finds moregrad as plain Python."""
    folder = tmp_path_factory.mktemp("plain")
    package = Path(moregrad.__file__).parent
    left_out = ignore_patterns("__pycache__", *(f"*{suffix}" for suffix in EXTENSION_SUFFIXES))
    copytree(package, folder / "moregrad", ignore=left_out)
    return {**os.environ, "PYTHONPATH": str(folder)}


def run(environment: dict[str, str] | None, *arguments: str) -> str:
    command = [sys.executable, *arguments]
    done = subprocess.run(command, env=environment, cwd=TESTS.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_all_hot_modules_are_compiled_or_none():
    files = [str(module.__file__) for module in (evaluate, value, graph, optim, program)]
    assert len({file.endswith(tuple(EXTENSION_SUFFIXES)) for file in files}) == 1


def test_compiled_says_how_the_engine_runs(plain: dict[str, str]):
    assert str(value.__file__).endswith(tuple(EXTENSION_SUFFIXES)) == moregrad.scalar.COMPILED
    assert run(plain, "-c", "import moregrad.scalar; print(moregrad.scalar.COMPILED)") == "False\n"


def test_plain_python_gives_the_same_bits(plain: dict[str, str]):
    *here, _ = run(None, "-c", BITS).splitlines()
    *there, file = run(plain, "-c", BITS).splitlines()
    assert file.endswith("value.py")
    assert there == here


ABUSE = str(Path(__file__).with_name("abuse.py"))
REFUSED = {"TypeError", "AttributeError", "ScalarError"}
PYTHONS_OWN = {
    ("OverflowError", "of"),  # a property set to a whole number beyond floats
    ("OverflowError", "__reduce_ex__"),
    ("NotImplementedError", "del"),
    ("ValueError", "__format__"),  # a format that floats do not have
    ("ValueError", "ones(3)"),  # NumPy's arrays have fields and comparisons of their own
}


@pytest.fixture(scope="module")
def outcomes(plain: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The outcome of every call with wrong receivers and arguments, compiled and in plain Python.

    Methods for the engine's own use, which cannot be reached where it is compiled, are left out.
    """
    watched = {**os.environ, "PYTHONMALLOC": "debug"}
    here, there = (
        dict(line.split("\t") for line in run(environment, "-u", ABUSE).splitlines())  # pyright: ignore
        for environment in (watched, plain)
    )
    return here, {call: told for call, told in there.items() if call in here}


def is_refusal(call: str, outcome: str) -> bool:
    kind = outcome.removeprefix("raised ")
    return kind in REFUSED or any(kind == allowed and part in call for allowed, part in PYTHONS_OWN)


def test_wrong_receivers_and_arguments_are_refused_by_every_method(outcomes: tuple[dict[str, str], ...]):
    assert len(outcomes[0]) > 50_000
    for tried in outcomes:
        wrong = {c: told for c, told in tried.items() if told.startswith("raised") and not is_refusal(c, told)}
        assert wrong == {}


def test_compiled_methods_return_for_wrong_arguments_what_plain_python_returns(outcomes: tuple[dict[str, str], ...]):
    here, there = outcomes
    # Fields that no constructor has filled in are 0 in C; the slot of `**` takes a third argument if it is None.
    left_out = re.compile(r"bare|pow__.*, None\)$")
    answered = {call: told for call, told in here.items() if told.startswith("returned") and not left_out.search(call)}
    assert {call: (told, there[call]) for call, told in answered.items() if there.get(call, told) != told} == {}


def test_plain_python_passes_the_tests_of_the_engine(plain: dict[str, str]):
    chosen = ["tests/scalar", "tests/reference/test_micrograd.py", f"--ignore={Path(__file__)}"]
    run(plain, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", *chosen)
