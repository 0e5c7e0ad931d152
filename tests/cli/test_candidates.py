"""Candidates for the next word of a line, as the program in awk finds them in the table."""

import subprocess
from pathlib import Path
from shutil import which

import pytest
from cyclopts import App

from moregrad.cli import lrfind, sweep, train
from moregrad.cli.candidates import table
from moregrad.cli.completion import SHELLS
from moregrad.cli.options import as_option
from moregrad.models.catalogue import CATALOGUE, architecture
from moregrad.runs.starting import NOTHING

pytestmark = pytest.mark.skipif(which("awk") is None, reason="completion asks awk, which is not installed")

FORMS = {
    "train": lambda base: train.form(base, "", None, NOTHING),
    "lrfind": lambda base: lrfind.form(base, "", None),
    "sweep": lambda base: sweep.form(base, "", None, []),
}


@pytest.fixture(scope="module")
def candidates() -> bytes:
    """The table of all commands."""
    return table().encode()


def offered(candidates: bytes, typed: str) -> dict[str, str]:
    """The candidates that follow on the line `typed`, each with its help."""
    command = ["awk", (SHELLS / "answer.awk").read_text("utf-8"), *typed.split(" ")[1:]]
    answer = subprocess.run(command, input=candidates, capture_output=True, check=True, timeout=60)
    assert answer.stderr == b""
    return dict(line.split("\t") for line in answer.stdout.decode().splitlines())


@pytest.mark.parametrize("command", FORMS)
def test_the_options_offered_are_those_that_the_command_takes(candidates: bytes, command: str):
    app = App(version_flags=())
    app.default(FORMS[command](architecture("gru+ngram")))
    taken = {each.name for each in app.assemble_argument_collection() if each.index is None} - {"*"}
    assert offered(candidates, f"moregrad {command} --model gru+ngram -").keys() == taken | {"--help", "--config"}


@pytest.mark.parametrize(
    "model", [*CATALOGUE, "mlp+transformer", "stack:lstm", "stack:gru+lstm", "stack:stack", "ngram+stack:lstm"]
)
def test_the_options_offered_are_those_of_the_model(candidates: bytes, model: str):
    common = offered(candidates, "moregrad train --model bigram --").keys()
    own = offered(candidates, f"moregrad train --model {model} --").keys() - common
    assert own == {as_option(name) for name in architecture(model).options()}


def test_without_a_model_the_options_of_all_are_offered_with_the_models_that_have_them(candidates: bytes):
    assert offered(candidates, "moregrad train --")["--heads"].startswith("(transformer) Attention heads")
    assert offered(candidates, "moregrad train --model transformer --")["--heads"].startswith("Attention heads")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("moregrad data ", {"show", "list", "export"}),
        ("moregrad --config none data ", {"show", "list", "export"}),
        ("moregrad train ", {"first-names", "names", "@file"}),
        ("moregrad sample ", {"@directory"}),
        ("moregrad sample run ", {"--plain", "--temperature", "--help"}),
        ("moregrad sample run --count ", set()),
        ("moregrad sample run --count 5 --out ", {"@file"}),
        ("moregrad score run ", {"names", "@file"}),
        ("moregrad score run word ", {"names", "@file"}),
        ("moregrad score -- run --", {"names", "@file"}),
        ("moregrad train --start ", {"shipped", "none", "@directory"}),
        ("moregrad train --model gru --reset ", {"before", "after"}),
        ("moregrad train --model=gru --reset=", {"--reset=before", "--reset=after"}),
        ("moregrad train --model stack:l", {"stack:lstm", "stack:gru"}),
        ("moregrad train --model=gru+", {"--model=gru+ngram", "--model=gru+lstm"}),
        ("moregrad train --model stack --smoothing ", {"kneser-ney", "witten-bell"}),
        ("moregrad train --out=", {"@file"}),
        ("moregrad sweep --tied ", {"true", "false"}),
        ("moregrad sweep --optimizer sgd,", {"sgd,muon", "sgd,adamw"}),
        ("moregrad plot run ", {"losses", "heatmap", "compare", "@file"}),
        ("moregrad export run page.html --weights ", {"float16", "float32"}),
        ("moregrad reproduce ", {"moons"}),
        ("moregrad completion ", {"bash", "zsh", "fish"}),
        ("moregrad import --split ", {"words", "hash", "lecture"}),
    ],
)
def test_what_may_follow_is_offered(candidates: bytes, typed: str, words: set[str]):
    found = offered(candidates, typed).keys()
    assert words <= found
    assert words or not found
    assert "add-k" not in found


@pytest.mark.parametrize("typed", ["moregrad ", "moregrad train", "moregrad nothing x --", "moregrad --version "])
def test_a_line_of_which_little_is_known_is_answered_too(candidates: bytes, typed: str):
    assert offered(candidates, typed)


def test_a_line_of_the_table_has_five_fields(candidates: bytes):
    assert {line.count("\t") for line in candidates.decode().splitlines()} == {4}


def test_the_program_is_part_of_the_package():
    assert {path.suffix for path in Path(SHELLS).iterdir()} == {".awk", ".bash", ".zsh", ".fish"}
