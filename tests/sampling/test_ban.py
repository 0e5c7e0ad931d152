"""Words that are not to be made."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import ConfigurationError, DataError
from moregrad.sampling import ban
from moregrad.sampling.ban import Ban, read_ban
from sampling.automata import ALL, ENCODED, LETTERS, language


def banned(*entries: str) -> set[str]:
    """The words of at most six letters that are banned, told by the automaton and by the tests of words."""
    found = Ban.of(pl.Series("word", entries, dtype=pl.String)).within(LETTERS)
    left = language(found.automaton(LETTERS))
    assert left == {word for word, each in zip(ALL, found.test(LETTERS)(ENCODED), strict=True) if each}
    return set(ALL) - left


def starred(text: str, before: bool, behind: bool) -> str:
    return "*" * before + text + "*" * behind


entries = st.builds(starred, st.text("abc", min_size=1, max_size=3), st.booleans(), st.booleans())


@given(st.lists(entries, max_size=4))
def test_words_beginnings_ends_and_parts_are_banned(listed: list[str]):
    def is_banned(word: str, entry: str) -> bool:
        text = entry.strip("*")
        if entry.startswith("*"):
            return text in word if entry.endswith("*") else word.endswith(text)
        return word.startswith(text) if entry.endswith("*") else word == text

    assert banned(*listed) == {word for word in ALL if any(is_banned(word, entry) for entry in listed)}


def test_a_star_alone_bans_everything():
    assert banned("*") == banned("**") == set(ALL)


def test_what_cannot_occur_is_left_out():
    assert banned("xyz", "*x*", "añb") == set()


def test_words_are_separated_by_commas():
    assert read_ban("anna, *bad*,, pre* ,van dyk").to_list() == ["anna", "*bad*", "pre*", "van dyk"]


def test_commas_and_stars_can_be_escaped():
    vocabulary = Vocabulary("*,a")
    entries = Ban.of(read_ban(r"a\,a,\*a,a\*,\*,*\**,a\**"))
    assert entries.text.to_list() == ["a,a", "*a", "a*", "*", "*", "a*"]
    assert entries.before.to_list() == [False, False, False, False, True, False]
    assert entries.behind.to_list() == [False, False, False, False, True, True]
    assert entries.within(vocabulary).text.to_list() == entries.text.to_list()


@pytest.mark.parametrize("text", [",", " ", "a*b", "anna,b*d", "a,*,**a"])
def test_what_bans_no_words_is_told(text: str):
    with pytest.raises(ConfigurationError, match="words: ban is ") as caught:
        read_ban(text)
    assert caught.value.setting == "ban"


def test_a_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "bad.txt"
    path.write_text("anna\n*bad*\n\nf**k\nSmith, Inc.\n")
    found = Ban.of(read_ban(str(path)))
    assert found.text.to_list() == ["anna", "bad", "f**k", "Smith, Inc."]
    assert found.before.to_list() == [False, True, False, False]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "emma").mkdir()
    assert read_ban("bad.txt").to_list()[0] == "anna"
    assert read_ban("emma").to_list() == ["emma"]


@pytest.mark.parametrize("name", ["bad.txt", "lists/bad", "BAD.CSV"])
def test_a_file_that_is_missing_is_told(name: str):
    with pytest.raises(DataError, match="cannot read"):
        read_ban(name)


def test_long_lists_have_no_automaton():
    words = pl.Series("word", [f"{number:06}" for number in range(ban.MOST_CHARACTERS)])
    assert not Ban.of(words).is_small
    assert Ban.of(words[:10]).is_small
