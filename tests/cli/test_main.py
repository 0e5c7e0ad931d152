"""The command line as a whole: help, exit codes, what is printed where."""

import io
import os
import re
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cli.calls import Call, start
from moregrad.cli import app, main

COMMANDS = [name for name in app if not name.startswith("-")]


def test_help_lists_every_command(call: Call):
    outcome = call("--help")
    assert outcome.code == 0
    assert all(command in outcome.out for command in COMMANDS)


@pytest.mark.parametrize("command", [*COMMANDS, "data show", "data list", "data export"])
def test_every_command_explains_itself_and_has_json(call: Call, command: str):
    outcome = call(*command.split(), "--help")
    assert outcome.code == 0
    assert "Usage: moregrad" in outcome.out
    assert "--json" in outcome.out or command in ("data", "completion")
    _, _, *further = outcome.out.partition("╭")[0].split("\n\n")
    assert " \n" not in "".join(further), "a line that is longer than 80 columns is broken where it should go on"


def test_the_help_of_a_command_says_more_than_its_line_in_the_list(call: Call):
    assert "The exit code is 1 if a figure differs." in call("reproduce", "--help").out
    assert "export" in call("data", "--help").out


def test_help_loads_nothing_heavy():
    """The help of `train`, `lrfind` and `sweep` shows the options of every model, and so loads them."""
    light = [command for command in COMMANDS if command not in ("train", "lrfind", "sweep")]
    words = [["--help"], ["--version"], *([command, "--help"] for command in light)]
    code = f"import sys; from moregrad.cli import main; [main(typed) for typed in {words}]; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "moregrad.cli.models" in loaded
    assert {"jax", "equinox", "numpy", "polars", "matplotlib", "moregrad.models"}.isdisjoint(loaded)


def test_help_comes_at_once():
    def seconds() -> float:
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime

    before = seconds()
    start("--help").communicate()
    # 0.3 s on a machine at rest; time of the processor, and room for a busy one.
    assert seconds() - before < 0.9


def test_the_version_is_that_of_the_package(call: Call):
    assert re.fullmatch(r"0\.1\.0 \(scalar engine (compiled|in plain Python)\)\n", call("--version").out)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["foo"], "foo"),
        (["sample"], "RUN"),
        (["sample", "run", "--tmperature", "1"], "--temperature"),
        (["sample", "run", "--count", "many"], "--count"),
        (["sample", "run", "--count"], "--count"),
        (["compare"], "moregrad compare runs/*"),
        (["train", "--model", "mpl"], "mlp"),
        (["train", "--hiden", "3"], "--hidden"),
        (["train", "--model", "bigram", "--hidden", "3"], "the model bigram has no option --hidden"),
        (["train", "--model", "mlp", "--activation", "sin"], "gelu"),
        (["train", "--learning-rate", "-1"], "above 0"),
        (["train", "--preset", "gpt"], "makemore"),
        (["train", "--split", "half"], "lecture"),
    ],
)
def test_a_wrong_word_is_one_line_on_standard_error(call: Call, words: list[str], told: str):
    outcome = call(*words)
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.startswith("moregrad: ")
    assert outcome.err.count("\n") == 1
    assert told in outcome.err


def test_a_reader_that_goes_away_is_no_error(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    reading, writing = os.pipe()
    os.close(reading)
    with monkeypatch.context() as patch, open(writing, "w") as stream:
        patch.setattr(sys, "stdout", stream)
        assert main(["data", "list"]) == 141
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_behind_standard_output_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as patch, open("/dev/full", "w") as stream:
        patch.setattr(sys, "stdout", stream)
        assert main(["data", "list"]) == 2
    assert "No space left on device" in capsys.readouterr().err


def test_an_interruption_is_told_without_a_traceback(call: Call, monkeypatch: pytest.MonkeyPatch):
    def interrupted(source: str, **rules: object) -> None:
        raise KeyboardInterrupt

    for place in ("moregrad", "moregrad.runs.experiment"):
        monkeypatch.setattr(f"{place}.read_corpus", interrupted)
    for command in (("data", "show", "first-names"), ("train", "first-names")):
        outcome = call(*command)
        assert (outcome.code, outcome.err) == (130, "moregrad: interrupted\n")


def test_a_setting_out_of_range_is_told_as_the_option_it_is(call: Call):
    told = call("train", "--model", "ngram", "--k", "-1").err
    assert told == "moregrad: ngram: --k is -1.0; it must be a finite number of at least 0 and at most 3e+38\n"


def test_output_is_utf_8_whatever_the_locale(tmp_path: Path):
    (tmp_path / "greek.txt").write_text("Αθηνά\nΕλένη\n", encoding="utf-8")
    process = start("data", "show", tmp_path / "greek.txt", LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    out, err = process.communicate()
    assert (process.returncode, err) == (0, "")
    assert "Αθηνά" in out


def test_a_word_that_is_not_utf_8_is_told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "argv", ["moregrad", "data", "show", os.fsdecode(b"b\xe9a.txt")])
    assert main() == 2
    assert "is not UTF-8" in capsys.readouterr().err


def test_words_come_from_standard_input(call: Call, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("señora\nniña\n".encode())))
    assert '"kept": 2' in call("data", "show", "-", "--json").out


def test_there_is_no_colour_but_on_a_terminal(call: Call):
    assert "\x1b" not in call("data", "list").out
    assert "\x1b" not in call("--help").out


@pytest.mark.parametrize(
    ("closed", "code", "told"),
    [
        (">&-", 2, "standard output is closed"),
        (">&- 2>&-", 2, ""),
        ("2>&-", 0, ""),
        ("2>/dev/full", 0, ""),
        (">/dev/full", 2, "No space left on device"),
    ],
)
def test_closed_and_full_outputs_end_without_a_traceback(closed: str, code: int, told: str):
    line = f"{sys.executable} -m moregrad data list {closed}"
    outcome = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert outcome.returncode == code
    assert told in outcome.stderr
    assert "Traceback" not in outcome.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["sample", "-"],
        ["evaluate", "-"],
        ["compare", "-"],
        ["train", "--resume", "-"],
        ["train", "--model", "-"],
        ["train", "--preset", "-"],
        ["train", "--split", "-"],
        ["models", "--preset", "-"],
    ],
)
def test_a_lone_hyphen_in_any_place_is_a_word(call: Call, words: list[str]):
    outcome = call(*words)
    assert (outcome.code, outcome.out) == (2, "")
    assert "\0" not in outcome.err
    assert "-" in outcome.err.removeprefix("moregrad: ")


@pytest.mark.parametrize("words", [["train", "--model", ""], ["train", "--preset", ""], ["models", "--preset", ""]])
def test_an_empty_name_is_not_a_name_left_out(call: Call, words: list[str]):
    assert "''" in call(*words).err


def test_a_value_that_nobody_would_read_to_its_end_is_cut(call: Call):
    for words in (("sample", "x" * 10_000), ("sample", "run", f"--novel={'9' * 5000}"), ("data", "show", "y" * 3000)):
        outcome = call(*words)
        assert outcome.code == 2
        assert len(outcome.err) < 500


@pytest.mark.parametrize("kind", [MemoryError, "JaxRuntimeError"])
def test_too_little_memory_is_told_in_one_line(call: Call, monkeypatch: pytest.MonkeyPatch, kind: Any):
    error = kind() if isinstance(kind, type) else type(kind, (RuntimeError,), {})("RESOURCE_EXHAUSTED: 9 bytes")

    def exhausted(source: str, **rules: object) -> None:
        raise error

    monkeypatch.setattr("moregrad.read_corpus", exhausted)
    outcome = call("data", "show", "first-names")
    assert outcome.code == 2
    assert outcome.err.startswith("moregrad: there is too little memory")
    assert outcome.err.count("\n") == 1


def test_another_error_is_no_lack_of_memory(call: Call, monkeypatch: pytest.MonkeyPatch):
    def broken(source: str, **rules: object) -> None:
        raise RuntimeError("a fault of moregrad")

    monkeypatch.setattr("moregrad.read_corpus", broken)
    with pytest.raises(RuntimeError, match="a fault"):
        call("data", "show", "first-names")
