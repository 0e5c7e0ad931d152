"""Options from a TOML file: what is typed wins, what is taken is told, and what is wrong is told with its file."""

from pathlib import Path

import pytest

import moregrad
from cli.calls import Call

TRAINING = '[train]\nmodel = "mlp"\nhidden = 8\nembedding = 4\nbatch_size = 8\nsteps = 20\nschedule = "constant"\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(text: str, name: str = "moregrad.toml") -> str:
    Path(name).write_text(text)
    return name


def test_a_training_takes_the_options_of_its_model_from_a_file(call: Call, names_file: Path):
    outcome = call("train", names_file, "--config", write(TRAINING, "mine.toml"), "--steps", 10, "--out", "run")
    assert outcome.code == 0
    told = "note: mine.toml sets --model=mlp --hidden=8 --embedding=4 --batch-size=8 --schedule=constant\n"
    assert outcome.err.startswith(told)
    run = moregrad.load("run")
    assert (run.architecture.options()["hidden"].default, run.recipe.steps) == (8, 10)


def test_a_file_of_this_folder_is_taken_unless_it_is_told_not_to(call: Call, run_folder: Path):
    write("[sample]\ncount = 2\nplain = true\nnovel = false\n")
    assert len(call("sample", run_folder).out.split()) == 2
    assert len(call("sample", run_folder, "--count", 3).out.split()) == 3
    assert call("sample", run_folder, "--config", "none").out.startswith("word ")
    assert call("sample", run_folder, f"--config={write('', 'empty.toml')}").err == ""


def test_a_resumed_training_takes_none_of_the_settings_that_it_has(call: Call, names_file: Path):
    write(TRAINING + "samples = 3\n")
    assert call("train", names_file, "--out", "run").code == 0
    outcome = call("train", "--resume", "run")
    assert outcome.code == 0
    assert outcome.err.startswith("note: moregrad.toml sets --samples=3\n")


def test_a_list_gives_an_option_several_times(call: Call, run_folder: Path):
    write('[classify]\nword = ["ada", "lea"]\n')
    rows = call("classify", run_folder, run_folder, "--csv")
    assert "given twice" in rows.err
    assert "--word=ada --word=lea" in rows.err


def test_a_command_within_a_command_has_a_table_within_a_table(call: Call, names_file: Path):
    write("[data.show]\nmax-length = 3\n")
    assert "note: moregrad.toml sets --max-length=3" in call("data", "show", names_file).err


def test_of_forms_that_exclude_each_other_the_one_typed_wins(call: Call, run_folder: Path):
    write("[score]\njson = true\n")
    assert call("score", run_folder, "ada").out.startswith("{")
    assert call("score", run_folder, "ada", "--csv").out.startswith("word,")
    write("[score]\ncsv = true\n")
    assert call("score", run_folder, "ada").out.startswith("word,")
    assert call("score", run_folder, "ada", "--out", "a.parquet").code == 0


def test_help_comes_whatever_the_file_holds(call: Call):
    write("[")
    assert "moregrad.toml" in call("sample", "--help").out
    assert "moregrad.toml" in call("train", "--model", "mlp", "--help").out
    assert call("--help").code == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[sample\n", "moregrad.toml is no TOML: Expected ']'"),
        ("count = 3\n", "count stands in no table of a command; write it below [train]"),
        ("[smple]\ncount = 3\n", "there is no command smple; did you mean [sample]?"),
        ("[sample]\ncuont = 3\n", "moregrad.toml: sample has no option cuont; did you mean count?"),
        ("[sample]\ncount = {}\n", "count of [sample] is {}; give a text, a number, true, false"),
        ("[sample]\ncount = 'x'\n", "moregrad.toml: --count is 'x'; it must be a whole number"),
        ("[sample]\ntemperature = -1\n", "moregrad.toml: sampling: --temperature is -1.0"),
        ("[sample]\ntop_k = 1\ntop-k = 2\n", "[sample] gives --top-k twice"),
        ("[sample]\nrun = 'names'\n", "run is an argument of sample, not an option; type it"),
    ],
)
def test_what_is_wrong_in_a_file_is_one_line_that_names_it(call: Call, run_folder: Path, text: str, told: str):
    write(text)
    outcome = call("sample", run_folder)
    assert outcome.code == (2 if told else 0)
    assert told in outcome.err
    assert outcome.err.count("moregrad: ") <= 1


def test_a_setting_that_the_model_does_not_have_is_answered_with_the_nearest(call: Call, names_file: Path):
    write("[train]\nhiden = 3\n")
    told = "moregrad.toml: the model stack has no option --hiden; did you mean --hidden?"
    assert told in call("train", names_file).err
    write("[train]\nhidden = 3\n")
    assert "moregrad.toml: the model bigram has no option --hidden" in call("train", "--model", "bigram").err


def test_a_search_takes_settings_of_its_model_from_a_file(call: Call, names_file: Path):
    write("[sweep]\nmodel = 'ngram'\norder = '2,3'\nout = 'best'\n")
    outcome = call("sweep", names_file)
    assert (outcome.code, "sets --model=ngram --order=2,3 --out=best" in outcome.err) == (0, True)
    write("[sweep]\nsource = 'names.txt'\n")
    assert "source is an argument of sweep" in call("sweep").err


def test_a_command_without_options_takes_none_from_a_file(call: Call):
    write("[completion]\ncolour = 'red'\n")
    outcome = call("completion", "bash")
    assert (outcome.code, "completion has no option colour, as it has none" in outcome.err) == (2, True)


def test_an_error_in_what_was_typed_does_not_name_the_file(call: Call, run_folder: Path):
    write("[sample]\ncount = 3\n")
    assert "\nmoregrad: sampling: --temperature is -1.0" in call("sample", run_folder, "--temperature", -1).err


@pytest.mark.parametrize("words", [["--config"], ["--config", "a.toml", "--config=b.toml"], ["--config="]])
def test_one_file_is_named_once(call: Call, words: list[str]):
    assert "--config takes one file" in call("sample", "run", *words).err


def test_a_file_that_is_missing_or_endless_is_told(call: Call):
    assert "there is no file a.toml; give --config one that exists" in call("sample", "run", "--config", "a.toml").err
    assert "holds no settings" in call("sample", "run", "--config", "/dev/zero").err
    assert "cannot be read: Is a directory; give --config a file" in call("sample", "run", "--config", ".").err


def test_a_table_of_no_command_within_a_command_is_answered_with_the_nearest(call: Call, names_file: Path):
    write("[data.shwo]\nlower = true\n")
    told = "there is no command data shwo; did you mean [data.show]?"
    assert told in call("data", "show", names_file).err
