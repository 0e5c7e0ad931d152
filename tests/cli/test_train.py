"""`moregrad train`."""

import json
import os
import re
import resource
from pathlib import Path

import pytest

import moregrad
from cli.calls import NAMES, SHAPE, SMALL, Call
from moregrad.configuration import Configuration
from moregrad.data.reading import Reading
from moregrad.models.catalogue import CATALOGUE
from moregrad.recipe import Recipe
from moregrad.sampling.options import Sampling

SCRIPTS = (
    *("Αθηνά", "Ελένη", "Μαρία", "Σοφία", "Ειρήνη", "Άννα", "Ζωή"),
    *("आशा", "गीता", "मीरा", "राधा", "सीता", "उषा", "प्रिया"),
    *("Núñez", "Peña", "de la Cruz", "Jean-Luc", "Íñigo", "Begoña", "Ana-Sol"),
)


def test_a_run_leaves_its_files_and_tells_what_came_of_it(call: Call, names_file: Path, tmp_path: Path):
    outcome = call("train", names_file, "--out", tmp_path / "run", *SMALL)
    assert outcome.code == 0
    files = {path.name for path in (tmp_path / "run").iterdir()}
    assert files == {"model.safetensors", "words.safetensors", "run.json", "metrics.jsonl", "samples.txt"}
    assert "24 read, 24 kept" in outcome.err
    assert "parameters" in outcome.err
    assert "step 20 of 20: train " in outcome.err
    assert "perplexity" in outcome.out
    assert f"moregrad sample {tmp_path / 'run'}" in outcome.out


def test_json_tells_everything_in_one_object(call: Call, names_file: Path, tmp_path: Path):
    outcome = call("train", names_file, "--out", tmp_path / "run", *SMALL, "--samples", 5, "--json")
    told = json.loads(outcome.out)
    assert told["folder"] == str(tmp_path / "run")
    assert len(told["samples"]) == 5
    assert set(told["losses"]) == {"train", "validation", "test"}
    assert (tmp_path / "run" / "samples.txt").read_text().split() == told["samples"]


def test_a_run_without_a_folder_goes_to_a_new_one_in_runs(
    call: Call, names_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    for number in (1, 2):
        assert call("train", names_file, *SMALL).code == 0
        assert Path(f"runs/mlp-names-txt-{number}/model.safetensors").is_file()


def test_a_folder_with_something_in_it_is_left_alone(call: Call, names_file: Path, run_folder: Path):
    outcome = call("train", names_file, "--out", run_folder, *SMALL)
    assert outcome.code == 2
    assert "not empty" in outcome.err


def test_words_that_leak_are_counted(call: Call, tmp_path: Path):
    (tmp_path / "twice.txt").write_text("\n".join(NAMES * 2))
    words = ("--split", "lecture", "--out", tmp_path / "run", *SHAPE, "--steps", 0)
    err = call("train", tmp_path / "twice.txt", *words).err
    assert "in validation and" in err
    assert "in test as well" in err


def test_help_shows_the_options_of_the_chosen_model(call: Call):
    out = call("train", "--model", "transformer", "--help").out
    assert "--heads" in out
    assert "Attention heads" in out
    assert "--levels" not in out


def test_help_explains_what_a_model_has_from_its_kin(call: Call):
    assert "Layers of cells." in call("train", "--model", "mixture", "--help").out


def test_an_option_that_is_the_default_of_one_member_goes_to_the_others_too(
    call: Call, names_file: Path, tmp_path: Path
):
    words = ("--model", "mlp+gru", "--hidden", 200, "--embedding", 4, "--steps", 0, "--out", tmp_path / "run")
    assert call("train", names_file, *words).code == 0
    members = moregrad.load(tmp_path / "run").architecture.to_dict()["members"]
    assert [member["hidden"] for member in members] == [200, 200]


def test_a_preset_changes_the_defaults(call: Call):
    published, own = (call("train", "--model", "gru", "--help", *more).out for more in (("--preset", "makemore"), ()))
    assert "[default: before]" in " ".join(published.split())
    assert "[default: before]" not in " ".join(own.split())


@pytest.mark.parametrize("kind", [*CATALOGUE.values(), Recipe, Reading, Sampling])
def test_every_setting_is_explained(kind: type[Configuration]):
    assert [name for name, setting in kind().options().items() if not setting.help.endswith(".")] == []


def test_a_list_of_three_words_is_too_short(call: Call, tmp_path: Path):
    (tmp_path / "three.txt").write_text("ada\nbea\ncleo\n")
    outcome = call("train", tmp_path / "three.txt")
    assert outcome.code == 2
    assert "3 different words" in outcome.err


def test_a_loss_that_is_not_a_number_is_told_with_step_and_cause(call: Call, names_file: Path, tmp_path: Path):
    outcome = call(
        "train", names_file, "--out", tmp_path / "run", *SMALL, "--optimizer", "sgd", "--learning-rate", "1e38"
    )
    assert outcome.code == 2
    assert "not a number at step" in outcome.err
    assert "learning rate" in outcome.err


def test_any_script_trains_and_prints(call: Call, tmp_path: Path):
    (tmp_path / "list.txt").write_text("\n".join(SCRIPTS), encoding="utf-8")
    counts = ("--model", "ngram", "--order", 2)
    outcome = call("train", tmp_path / "list.txt", *counts, "--out", tmp_path / "run", "--json")
    assert outcome.code == 0
    assert set("".join(json.loads(outcome.out)["samples"])) <= set("".join(SCRIPTS))
    scored = call("score", tmp_path / "run", tmp_path / "list.txt").out
    assert all(f"{word} " in scored for word in SCRIPTS)


def test_a_full_disk_is_told_and_the_earlier_file_kept(call: Call, run_folder: Path, tmp_path: Path):
    before = (run_folder / "model.safetensors").read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) // 2, hard))
    try:
        outcome = call("train", "--resume", run_folder, "--steps", 30)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert outcome.code == 2
    assert "cannot write" in outcome.err
    assert (run_folder / "model.safetensors").read_bytes() == before
    assert not [name for name in os.listdir(run_folder) if name.endswith(".part")]


@pytest.mark.parametrize(("option", "typed"), [("--optimizer", "SGD"), ("--schedule", "Constant")])
def test_choices_are_taken_in_capitals_as_well(call: Call, names_file: Path, tmp_path: Path, option: str, typed: str):
    words = ("--model", "mlp", "--hidden", 4, "--steps", 0, option, typed, "--out", tmp_path / "run")
    assert call("train", names_file, *words).code == 0
    assert getattr(moregrad.load(tmp_path / "run").recipe, option.strip("-")) == typed.lower()


@pytest.mark.parametrize(
    "wrong", [("--samples", "-1"), ("--optimizer", "sdg"), ("--steps", "a"), ("--split", "halves"), ("--column", "x")]
)
def test_what_fails_before_the_first_step_leaves_nothing(call: Call, names_file: Path, tmp_path: Path, wrong):
    assert call("train", names_file, *wrong, "--out", tmp_path / "run").code == 2
    assert not (tmp_path / "run").exists()


def test_event_files_are_written_on_request(call: Call, names_file: Path, tmp_path: Path):
    assert call("train", names_file, "--out", tmp_path / "run", *SMALL, "--tensorboard").code == 0
    assert list((tmp_path / "run" / "tensorboard").glob("events.*"))


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda folder: (folder / "model.safetensors").unlink(), "no run folder"),
        (lambda folder: _truncate(folder / "model.safetensors"), "damaged"),
        (lambda folder: (folder / "model.safetensors").write_bytes(b"nonsense"), "damaged"),
        (lambda folder: (folder / "words.safetensors").unlink(), "No such file"),
        (lambda folder: _make_newer(folder / "model.safetensors"), "upgrade moregrad"),
    ],
)
def test_a_run_folder_that_cannot_be_read_is_one_line(call: Call, run_folder: Path, tmp_path: Path, damage, told: str):
    folder = tmp_path / "copy"
    folder.mkdir()
    for path in run_folder.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    damage(folder)
    outcome = call("sample", folder)
    assert outcome.code == 2
    assert outcome.err.count("\n") == 1
    assert told in outcome.err


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _make_newer(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(rb"\"format\": 4,", rb"\"format\": 9,"))


def test_the_names_of_the_list_are_all_used(run_folder: Path):
    record = json.loads((run_folder / "run.json").read_text())
    assert sum(record["words"].values()) == len(NAMES)


def test_a_model_beyond_all_memory_is_refused_before_it_is_built(call: Call, names_file: Path, tmp_path: Path):
    big = ("--model", "gru", "--hidden", "65536", "--embedding", "65536", "--depth", "100")
    outcome = call("train", names_file, "--out", tmp_path / "run", *big)
    assert (outcome.code, outcome.out) == (2, "")
    assert re.match(
        r"moregrad: gru: training 2,577,\d{3},\d{3},\d{3} parameters .* GB of memory, and there", outcome.err
    )
    assert outcome.err.count("\n") == 1
    assert not (tmp_path / "run").exists()


def test_bad_samples_splits_and_words_beside_resume_are_told_before_anything_is_read(call: Call, run_folder: Path):
    assert "--samples is -1" in call("train", "/nowhere", "--samples", -1).err
    assert "no split 'nope'" in call("train", "/nowhere", "--split", "nope").err
    assert "has its words already" in call("train", "x.txt", "--resume", run_folder).err


def test_a_list_read_as_a_stream_says_where_its_pieces_are(
    call: Call, names_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("moregrad.data.pieces.BITS", 1)
    command = (
        "train",
        names_file,
        "--model",
        "ngram",
        "--order",
        2,
        "--read",
        "stream",
        "--scratch",
        tmp_path / "pieces",
    )
    outcome = call(*command, "--out", tmp_path / "run")
    (pieces,) = (tmp_path / "pieces").iterdir()
    assert outcome.code == 0
    told = " ".join(outcome.err.split())
    assert f"its pieces go to {pieces}" in told
    assert "MB of pieces stay there for the next time" in told
    refused = call(*command, "--cluster", "local:2")
    assert (refused.code, refused.err) == (
        2,
        "moregrad: a cluster counts lists in memory: leave --scratch out, or --cluster\n",
    )


def test_the_makemore_split_says_that_it_tests_on_the_words_it_validates_on(
    call: Call, names_file: Path, tmp_path: Path
):
    outcome = call("train", names_file, *SHAPE, "--steps", 0, "--split", "makemore", "--out", tmp_path / "run")
    assert "validation and test are the same 2 words" in outcome.err


@pytest.mark.parametrize("typed", [("--rate", "1e6"), ("--rate=1e6",), ("names", "--rate", "1e6"), ("--rate",)])
def test_an_option_that_does_not_exist_is_named_with_the_one_meant(call: Call, typed: tuple[str, ...]):
    outcome = call("train", "--model", "mlp", *typed)
    assert outcome.code == 2
    assert outcome.err.startswith("moregrad: the model mlp has no option --rate; did you mean --learning-rate? ")


def test_choices_are_taken_in_any_case(call: Call, names_file: Path, tmp_path: Path):
    words = ("--optimizer", "SGD", "--schedule", "Constant", "--activation", "ReLU", "--steps", 0)
    assert call("train", names_file, "--model", "mlp", *words, "--out", tmp_path / "run").code == 0
    run = moregrad.load(tmp_path / "run")
    assert (run.recipe.optimizer, run.recipe.schedule) == ("sgd", "constant")
    assert run.architecture.to_dict()["activation"] == "relu"
    outcome = call("train", names_file, "--optimizer", "nope")
    assert outcome.err == "moregrad: --optimizer is 'nope'; it must be one of sgd, momentum, adamw, muon\n"


def test_a_training_that_explodes_is_told_at_its_end_and_why_no_words_were_found(
    call: Call, names_file: Path, tmp_path: Path
):
    outcome = call("train", names_file, *SMALL, "--optimizer", "sgd", "--learning-rate", "1e6", "--out", tmp_path / "x")
    assert outcome.code == 0
    assert "warning: the training went wrong: its loss ends at" in outcome.err.replace("\n  ", " ")
    assert "0 new words" not in outcome.out
