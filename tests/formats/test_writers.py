"""The table of formats."""

from pathlib import Path

import pytest
from runs.prepared import prepared

from moregrad.errors import MoregradError
from moregrad.formats.writers import FORMATS, choose, export


def test_every_format_has_an_ending_of_its_own_and_a_writer_that_exists():
    assert len({each.ending for each in FORMATS.values()}) == len(FORMATS)
    for name, each in FORMATS.items():
        module, _, function = each.writer.partition(":")
        assert module.startswith("moregrad.formats."), name
        assert function.startswith("write_"), name


def test_the_ending_names_the_format_unless_it_is_named(tmp_path: Path):
    assert choose(tmp_path / "words.C") is FORMATS["c"]
    assert choose(tmp_path / "words.txt", "c") is FORMATS["c"]


def test_an_ending_of_no_format_says_which_there_are(tmp_path: Path):
    with pytest.raises(MoregradError, match=r"words\.txt has the ending of no format: there are .*c \(\.c\).*--to"):
        choose(tmp_path / "words.txt")


def test_an_unknown_format_says_which_there_are(tmp_path: Path):
    with pytest.raises(MoregradError, match="the format 'fortran' is unknown; choose one of arpa, c"):
        choose(tmp_path / "words.c", "fortran")


def test_a_folder_that_is_missing_is_told(tmp_path: Path):
    with pytest.raises(MoregradError, match=r"there is no folder .*/missing; make it, or name another destination"):
        export(prepared("ngram"), tmp_path / "missing" / "words.c")


def test_nothing_is_overwritten(tmp_path: Path):
    path = tmp_path / "words.c"
    export(prepared("ngram"), path)
    written = path.read_bytes()
    with pytest.raises(MoregradError, match="exists, and nothing is overwritten"):
        export(prepared("ngram"), path)
    assert path.read_bytes() == written
