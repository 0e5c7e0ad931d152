"""Completion: bash loads it and offers the options of each model."""

import subprocess
from pathlib import Path
from shutil import which

import pytest

from cli.calls import Call
from moregrad.cli.completion import script

pytestmark = pytest.mark.skipif(which("bash") is None, reason="bash is not installed")

ASK = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
"$(complete -p moregrad | sed 's/.*-F \\([^ ]*\\).*/\\1/')"
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture(scope="module")
def bash_script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The script that bash is to load."""
    path = tmp_path_factory.mktemp("completion") / "moregrad"
    path.write_text(script("bash"), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("moregrad tr", {"train"}),
        ("moregrad data ", {"show", "list", "export"}),
        ("moregrad train --model gru --h", {"--hidden", "--help"}),
        ("moregrad train --model = gru --h", {"--hidden", "--help"}),
        ("moregrad train --model bigram --h", {"--help"}),
        ("moregrad train names.txt --model transformer --hea", {"--heads"}),
        ("moregrad train --model gru+transformer --hea", {"--heads"}),
        ("moregrad lrfind --model mlp --conte", {"--context"}),
        ("moregrad train --optimizer ", {"sgd", "momentum", "adamw", "muon"}),
        ("moregrad sample run --temp", {"--temperature"}),
        ("moregrad score --conf", {"--config"}),
        ("moregrad completion ", {"bash", "zsh", "fish"}),
    ],
)
def test_bash_offers_what_may_follow(bash_script: Path, typed: str, offered: set[str]):
    words = ["bash", "-c", ASK, "bash", str(bash_script), *typed.split(" ")]
    asked = subprocess.run(words, capture_output=True, text=True, check=True)
    assert (set(asked.stdout.split()), asked.stderr) == (offered, "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_is_told_of_the_models_and_their_options(call: Call, shell: str):
    outcome = call("completion", shell)
    assert (outcome.code, outcome.err) == (0, "")
    assert all(word in outcome.out for word in ("lrfind", "transformer", "kernel-size", "config"))


def test_another_shell_is_refused_with_those_there_are(call: Call):
    assert '"bash", "zsh", "fish"' in call("completion", "tcsh").err


def test_the_function_of_zsh_is_called_as_the_file_that_it_is_read_from():
    assert "\n_moregrad() {\n" in script("zsh")
