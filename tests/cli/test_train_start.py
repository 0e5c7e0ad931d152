"""`moregrad train --start`."""

import json
from pathlib import Path

from cli.calls import NAMES, SMALL, Call


def test_training_goes_on_from_a_run_with_other_symbols(call: Call, names_file: Path, tmp_path: Path):
    call("train", names_file, "--out", tmp_path / "first", *SMALL)
    words = tmp_path / "words.txt"
    words.write_text("\n".join(name.title() + "é" for name in NAMES))
    outcome = call("train", words, "--start", tmp_path / "first", "--out", tmp_path / "second", "--steps", 5, "--json")
    assert outcome.code == 0
    assert f"begins with the weights of {tmp_path / 'first'}: " in " ".join(outcome.err.split())
    assert "mlp: " in outcome.err
    told = json.loads((tmp_path / "second" / "run.json").read_text())["start"]
    assert told["name"] == str(tmp_path / "first")
    assert told["alike"] == 9


def test_a_start_that_is_none_or_does_not_fit_is_told(call: Call, names_file: Path, tmp_path: Path):
    call("train", names_file, "--out", tmp_path / "first", *SMALL)
    for words, told in (
        (["--start", tmp_path / "nowhere"], "to start from; give that of a run, shipped or none"),
        (["--start", tmp_path / "first", "--model", "gru"], "is a mlp and no gru; leave the model out"),
        (["--start", tmp_path / "first", "--hidden", "9"], "has hidden 8, and 9 is asked for"),
        (["--start", "shipped", "--resume", tmp_path / "first"], "has its weights already"),
    ):
        outcome = call("train", *([] if "--resume" in words else [names_file]), *words)
        assert outcome.code == 2
        assert told in outcome.err


def test_help_says_what_a_start_is(call: Call):
    told = " ".join(call("train", "--help").out.split())
    assert "--start" in told
    assert "By default muon, or what" in told
