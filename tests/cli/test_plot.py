"""`moregrad plot`."""

import json
import re
from pathlib import Path

import pytest

from cli.calls import Call


def size(path: Path) -> list[int]:
    content = path.read_bytes()
    assert content.startswith(b"\x89PNG")
    return [int.from_bytes(content[at : at + 4], "big") for at in (16, 20)]


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_picture_of_a_run_is_named_after_its_kind_and_told(call: Call, run_folder: Path):
    outcome = call("plot", run_folder, "losses")
    assert (outcome.code, outcome.out) == (0, "Saved losses.png\n")
    assert size(Path("losses.png"))[0] > 500


def test_a_picture_of_a_list_is_drawn_without_a_run(call: Call, names_file: Path):
    assert call("plot", names_file, "bigrams", "--out", "pairs.svg", "--smoothing", 1).out == "Saved pairs.svg\n"
    assert b"<svg" in Path("pairs.svg").read_bytes()


def test_a_picture_of_the_list_of_a_run_is_drawn_from_the_run(call: Call, run_folder: Path):
    assert call("plot", run_folder, "heatmap").code == 0


def test_runs_are_compared(call: Call, run_folder: Path):
    assert call("plot", run_folder, run_folder, "compare").out == "Saved compare.png\n"


def test_machines_get_the_file_and_the_kind(call: Call, run_folder: Path):
    outcome = call("plot", run_folder, "surprisal", "--word", "lina", "--json")
    assert json.loads(outcome.out) == {"file": "surprisal.png", "kind": "surprisal"}


def test_the_size_is_the_one_asked_for_and_a_side_left_out_keeps_the_proportion(call: Call, run_folder: Path):
    call("plot", run_folder, "losses", "--width", 4, "--height", 3, "--dpi", 100)
    assert size(Path("losses.png")) == [400, 300]
    call("plot", run_folder, "probabilities", "--out", "a.png", "--dpi", 100)
    call("plot", run_folder, "probabilities", "--out", "b.png", "--dpi", 100, "--width", 4)
    (width, height), (other, low) = size(Path("a.png")), size(Path("b.png"))
    assert other == 400
    assert low == pytest.approx(400 * height / width, abs=2)


def test_nothing_is_overwritten(call: Call, run_folder: Path):
    Path("losses.png").write_text("mine")
    outcome = call("plot", run_folder, "losses")
    assert (outcome.code, outcome.out) == (2, "")
    assert "losses.png exists, and nothing is overwritten; name another file with --out" in outcome.err
    assert Path("losses.png").read_text() == "mine"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["losses"], "give what to draw, such as: moregrad plot runs/mine losses"),
        (["RUN", "RUN", "losses"], "losses is a picture of one run or list, and 2 are given"),
        (["RUN", "losess"], "there is no picture 'losess'; did you mean 'losses'"),
        (["RUN", "attention"], "mlp has nothing to show as attention; it has bigrams,"),
        (["RUN", "losses", "--word", "a"], "the picture losses has no word"),
        (["RUN", "losses", "--dpi", "5"], "--dpi is 5; it must be a whole number of at least 10"),
        (["RUN", "losses", "--out", "a.gif"], "a figure is saved as .png or .svg"),
        (["RUN", "losses", "--out", "nowhere/a.png"], "there is no folder nowhere"),
        (["nothing", "losses"], "nothing is no run folder"),
        (["LIST", "embeddings"], "embeddings is a picture of a run; of a list there are bigrams, "),
        (["LIST", "lenghts"], "there is no picture 'lenghts'; did you mean 'lengths'"),
        (["RUN", "bigrams", "--lower"], "is a run, which has its words already; leave out how a list is read"),
        (["RUN", "surprisal", "--word", "zz"], "is not in the vocabulary"),
    ],
)
def test_a_mistake_is_told_on_one_line(call: Call, run_folder: Path, names_file: Path, words, message):
    known = {"RUN": run_folder, "LIST": names_file}
    outcome = call("plot", *(known.get(word, word) for word in words))
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err
    assert outcome.err.count("\n") == 1
    assert not list(Path().iterdir())


def test_help_names_every_picture(call: Call):
    from moregrad.runs.plotting import OF_LISTS, OF_RUNS

    text = re.sub(r"[^\w-]+", " ", call("plot", "--help").out)
    assert {*OF_RUNS, *OF_LISTS, "compare"} <= set(text.split())
