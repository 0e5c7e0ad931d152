"""A list of any length, cleaned, split and encoded on disk."""

import polars as pl
import pytest

from moregrad.data import pieces, read_corpus, split
from moregrad.data.pieces import LIST, SIFTED, store
from moregrad.data.reading import Reading
from moregrad.errors import DataError

WORDS = [f"{first}{last}" for first in ("Anna", "Zoë", "emma", "ole ") for last in map(str, range(200))]
RAW = [*WORDS, "", "a\tb", "x" * 60, "anna1", "emma7", "Zoe\u0308 1", "in\u200bvisible", *WORDS[:40], None]


def cut(words, size):
    """So many words at a time."""
    return [pl.Series(words[at : at + size], dtype=pl.String) for at in range(0, len(words), size)]


def in_pieces(words, folder, reading=None, *, size=50):
    return store(cut(words, size), reading or Reading(), folder, notes=["a note"])


@pytest.fixture(autouse=True)
def few_buckets(monkeypatch):
    """Four buckets, which is quicker than 256."""
    monkeypatch.setattr(pieces, "BITS", 2)


def interrupt(*arguments):
    """Ends the work as Ctrl-C does."""
    raise KeyboardInterrupt


def refuse():
    """A source that must not be read."""
    raise AssertionError("read again")
    yield


def damage(path):
    """Changes a bit in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("reading", [Reading(), Reading(lower=True, max_length=20), Reading(keep_duplicates=True)])
def test_a_list_in_pieces_is_the_list_in_memory_split_by_hash(tmp_path, reading):
    stored = in_pieces(RAW, tmp_path, reading)
    corpus = read_corpus(pl.Series(RAW), **vars(reading))
    splits = split(corpus, "hash")
    assert stored.vocabulary == corpus.vocabulary
    for name, words in stored.words.items():
        assert words.tokens.tolist() == corpus.encode(getattr(splits, name)).tokens.tolist()
    mine, theirs = stored.report.to_dict(), corpus.report.to_dict()
    assert mine.pop("notes") == ["a note", *theirs.pop("notes")]
    # Repeated words are met in another order.
    assert len(mine["duplicate"].pop("examples")) == len(theirs["duplicate"].pop("examples"))
    assert mine == theirs


def test_the_order_of_the_source_and_the_pieces_it_comes_in_change_nothing(tmp_path):
    first, second = in_pieces(RAW, tmp_path / "first"), in_pieces(RAW[::-1], tmp_path / "second", size=7)
    names = ("words.safetensors", "list.json")
    one, other = ((tmp_path / each / names[0]).read_bytes() for each in ("first", "second"))
    assert one == other
    assert first.fingerprint == second.fingerprint
    assert in_pieces(WORDS, tmp_path / "third").fingerprint != first.fingerprint


def test_pieces_that_are_finished_are_not_made_again(tmp_path, monkeypatch):
    whole = in_pieces(RAW, tmp_path / "whole")
    assert store(refuse(), Reading(), tmp_path / "whole", notes=[]).report == whole.report
    monkeypatch.setattr(pieces, "find_invisible", interrupt)
    with pytest.raises(KeyboardInterrupt):
        in_pieces(RAW, tmp_path / "half")
    monkeypatch.undo()
    monkeypatch.setattr(pieces, "BITS", 2)
    assert (tmp_path / "half" / SIFTED).exists()
    assert not (tmp_path / "half" / LIST).exists()
    again = store(refuse(), Reading(), tmp_path / "half", notes=[])
    assert (again.report, again.fingerprint) == (whole.report, whole.fingerprint)
    assert sorted(path.name for path in (tmp_path / "half").iterdir()) == [LIST, SIFTED, "words.safetensors"]


def test_reading_that_was_broken_off_begins_anew(tmp_path):
    def broken():
        yield from cut(RAW, 300)[:2]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store(broken(), Reading(), tmp_path / "broken", notes=[])
    again, whole = in_pieces(RAW, tmp_path / "broken"), in_pieces(RAW, tmp_path / "whole")
    assert (again.report, again.fingerprint) == (whole.report, whole.fingerprint)


@pytest.mark.parametrize("name", [LIST, "words.safetensors"])
def test_finished_pieces_that_are_damaged_are_made_again(tmp_path, name):
    whole = in_pieces(RAW, tmp_path)
    damage(tmp_path / name)
    with pytest.raises(DataError, match=f"{name} in .*: damaged, and removed; give the same command once more"):
        store(refuse(), Reading(), tmp_path, notes=[])
    again = in_pieces(RAW, tmp_path)
    assert (again.report, again.fingerprint) == (whole.report, whole.fingerprint)


@pytest.mark.parametrize("name", [SIFTED, "words.bucket/001.txt"])
def test_half_finished_pieces_that_are_damaged_are_made_again(tmp_path, name, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(pieces, "find_invisible", interrupt)
        with pytest.raises(KeyboardInterrupt):
            in_pieces(RAW, tmp_path)
    damage(tmp_path / name)
    with pytest.raises(DataError, match="damaged, and removed"):
        store(refuse(), Reading(), tmp_path, notes=[])
    assert in_pieces(RAW, tmp_path).report == in_pieces(RAW, tmp_path / "whole").report


def test_what_killed_processes_left_is_removed(tmp_path):
    (tmp_path / ".words.safetensors.0123456789abcdef.part").touch()
    in_pieces(RAW, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [LIST, SIFTED, "words.safetensors"]


def test_words_that_share_a_hash_are_all_kept(tmp_path, monkeypatch):
    real = pieces.hash_text
    monkeypatch.setattr(pieces, "hash_text", lambda words: real(words) & 0xF0000000000000FF)
    stored = in_pieces(WORDS, tmp_path)
    assert stored.report.kept == len(WORDS)
    assert stored.report.duplicate.count == 0


def test_the_work_is_told_as_it_is_done(tmp_path):
    heard = []
    store(cut(RAW, 300), Reading(), tmp_path, notes=[], total=lambda: len(RAW), tell=lambda *told: heard.append(told))
    assert heard[:2] == [("reading", 300, len(RAW)), ("reading", 600, len(RAW))]
    work, done, whole = heard[-1]
    assert (work, done) == ("sorting", whole)
