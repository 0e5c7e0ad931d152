"""`moregrad export`."""

import json
from pathlib import Path

from data.labelled_table import write_table

from cli.calls import Call


def test_a_run_is_written_in_the_format_of_the_ending(call: Call, run_folder: Path, tmp_path: Path):
    outcome = call("export", run_folder, tmp_path / "words.c")
    # A long path stands on a line of its own.
    assert (outcome.code, outcome.out.split()) == (0, ["Saved", str(tmp_path / "words.c")])
    assert "moregrad_advance" in (tmp_path / "words.c").read_text()


def test_the_format_can_be_named_and_json_tells_the_file(call: Call, run_folder: Path, tmp_path: Path):
    outcome = call("export", run_folder, tmp_path / "words", "--to", "c", "--json")
    assert json.loads(outcome.out) == {"file": str(tmp_path / "words")}


def test_what_cannot_be_written_is_one_line_before_the_run_is_read(call: Call, tmp_path: Path):
    outcome = call("export", "no-run", tmp_path / "words.txt")
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert "the ending of no format" in outcome.err


def test_a_folder_that_does_not_exist_is_told(call: Call, run_folder: Path, tmp_path: Path):
    outcome = call("export", run_folder, tmp_path / "nowhere" / "words.c")
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert "there is no folder" in outcome.err


def test_words_are_given_a_label(call: Call, tmp_path: Path):
    run, table = tmp_path / "run", write_table(tmp_path / "table.csv")
    read = ("--column", "word", "--label", "kind")
    assert call("train", table, *read, "--model", "ngram", "--out", run).code == 0
    assert call("export", run, tmp_path / "soft.c", "--label", "soft").code == 0
    assert call("export", run, tmp_path / "all.c").code == 0
    assert (tmp_path / "soft.c").read_text() != (tmp_path / "all.c").read_text()
    for label, choice in {"soft": [], None: ["hard", "soft"]}.items():
        page = tmp_path / f"{label}.html"
        assert call("export", run, page, *(("--label", label) if label else ())).code == 0
        assert f'"labels": {json.dumps(choice)}' in page.read_text()
    outcome = call("export", run, tmp_path / "wet.c", "--label", "wet")
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)


def test_the_weights_of_a_page_are_kept_in_16_bits_or_32(call: Call, run_folder: Path, tmp_path: Path):
    for weights in ("float16", "float32"):
        assert call("export", run_folder, tmp_path / f"{weights}.html", "--weights", weights).code == 0
    assert call("export", run_folder, tmp_path / "page.html").code == 0
    size = {path.stem: path.stat().st_size for path in tmp_path.glob("*.html")}
    assert size["page"] == size["float16"] < size["float32"]
    outcome = call("export", run_folder, tmp_path / "words.c", "--weights", "float16")
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert "only a page" in outcome.err
