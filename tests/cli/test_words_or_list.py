"""Words typed, or a list that one of them names."""

from pathlib import Path

import pytest

from moregrad.cli.words_or_list import words_or_list
from moregrad.errors import DataError


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in, with a list, a file without an ending, and a folder."""
    (tmp_path / "towns.txt").write_text("ulm\n")
    (tmp_path / "rivers").write_text("po\n")
    (tmp_path / "emma").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "name", ["towns.txt", "./towns.txt", "rivers", "names", "-", "https://a.b/c", "faker:city:de_DE"]
)
def test_one_argument_that_names_a_list_is_one(name: str, capsys: pytest.CaptureFixture[str]):
    assert words_or_list([name], as_words=False) == name
    assert words_or_list([name], as_words=True) == [name]
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("typed", [["springfield"], ["Ζωή", "🙂", "St. Louis", "a.", ""], ["-", "x"], ["a" * 5000]])
def test_everything_else_is_words(typed: list[str], capsys: pytest.CaptureFixture[str]):
    assert words_or_list(typed, as_words=False) == typed
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("name", ["candidates.txt", "no/such", "example.com", "x.csv.gz", "emma/"])
def test_what_looks_like_a_file_that_there_is_not_is_refused(name: str):
    for typed in ([name], ["ulm", name]):
        with pytest.raises(DataError, match=r"there is no file .* --as-words to take it for a word"):
            words_or_list(typed, as_words=False)
    assert words_or_list(["ulm", name], as_words=True) == ["ulm", name]


@pytest.mark.parametrize("name", ["towns.txt", "https://a.b/c"])
def test_a_list_among_words_is_refused(name: str):
    with pytest.raises(DataError, match="give one list or several words"):
        words_or_list(["ulm", name], as_words=False)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["rivers", "po"], "note: 'rivers' is taken for a word; given alone, it is the list of that name\n"),
        (["ulm", "names"], "note: 'names' is taken for a word; given alone, it is the list of that name\n"),
        (["emma"], "note: 'emma' is taken for a word, not for the folder of that name\n"),
        (["towns"], "note: 'towns' is taken for a word, not for the list 'towns.txt'\n"),
        (["first-name"], "note: 'first-name' is taken for a word, not for the list 'first-names'\n"),
    ],
)
def test_what_could_be_both_is_told(typed: list[str], told: str, capsys: pytest.CaptureFixture[str]):
    assert words_or_list(typed, as_words=False) == typed
    assert capsys.readouterr().err == told
