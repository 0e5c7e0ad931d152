"""Models of other programs as runs."""

import dataclasses
from pathlib import Path

import jax.numpy as jnp
import numpy as np
import pytest
from runs.prepared import prepared

import moregrad
from formats.hugging_face.folders import written
from formats.makemore.checkpoints import KINDS, checkpoint
from moregrad.errors import ConfigurationError, DataError, StorageError
from moregrad.formats.arpa.writing import write_arpa
from moregrad.formats.readers import LONGEST, import_run
from moregrad.runs import Run

WORDS = ["abcd", "dcba", "aab", "bca", "cad", "dab", "bad", "cab", "dad", "add", "baa", "dada", "abcda"]
"""Words of the four characters that the checkpoints are about, the longest as long as they read."""

HEADS = {"transformer": 2}


def imported(kind: str, **settings: object) -> Run:
    return import_run(checkpoint(kind), heads=HEADS.get(kind), **settings)  # pyright: ignore[reportArgumentType]


@pytest.mark.filterwarnings("ignore:the model does worse")
@pytest.mark.parametrize("kind", KINDS)
def test_a_checkpoint_with_its_words_is_a_run_like_any_other(kind: str, tmp_path: Path):
    run = imported(kind, words=WORDS, out=tmp_path / "run")
    again = moregrad.load(tmp_path / "run")
    assert again.score(WORDS) == run.score(WORDS)
    assert again.record.losses == run.record.losses is not None
    assert again.record.split == "makemore"
    assert again.record.words["train"] == len(WORDS) - 1
    assert all(sample.word for sample in again.sample(5, max_length=4))
    assert again.evaluate()["test"].all.nats == run.evaluate()["test"].all.nats
    assert "makemore.py's checkpoint" in again.record.origin


@pytest.mark.parametrize("kind", KINDS)
def test_a_checkpoint_with_its_alphabet_alone_is_a_run_without_words(kind: str, tmp_path: Path):
    run = imported(kind, alphabet="a-d", out=tmp_path / "run")
    again = moregrad.load(tmp_path / "run")
    assert again.block == run.block == (6 if kind in ("mlp", "bow", "transformer") else LONGEST + 1)
    assert again.score(["abcd", "x"])[0] == run.score(["abcd"])[0]
    assert "not in the vocabulary 'abcd'" in (again.score(["x"])[0].problem or "")
    assert len(again.sample(3)) == 3
    assert sum(again.record.words.values()) == 0
    assert again.record.losses is None


def test_an_imported_run_goes_on_training(tmp_path: Path):
    imported("gru", words=WORDS, out=tmp_path / "run")
    run = moregrad.resume(tmp_path / "run", steps=3)
    assert run.step == 3


@pytest.mark.filterwarnings("ignore:the model does worse")
def test_words_may_be_shorter_than_those_the_model_was_made_for(tmp_path: Path):
    run = imported("transformer", words=[word[:4] for word in WORDS], out=tmp_path / "run")
    assert moregrad.load(tmp_path / "run").block == run.block == 6


def test_n_grams_are_a_run_again(tmp_path: Path):
    run = prepared("ngram", order=4)
    write_arpa(run, tmp_path / "names.arpa")
    words = [word for part in run.splits.values() for word in part.words(run.vocabulary)]
    again = import_run(tmp_path / "names.arpa", words=words, out=tmp_path / "run")
    assert again.vocabulary == run.vocabulary
    nats = [score.nats for score in moregrad.load(tmp_path / "run").score(words)]
    np.testing.assert_allclose(nats, [score.nats for score in run.score(words)], rtol=1e-6)


def test_a_folder_is_a_run_again(tmp_path: Path):
    run, folder = written("gpt2", tmp_path)
    again = import_run(folder, out=tmp_path / "run")
    tokens = jnp.asarray([[0, 1, 2]])
    np.testing.assert_array_equal(moregrad.load(tmp_path / "run").model(tokens), run.model(tokens))
    assert dataclasses.replace(again.architecture) == run.architecture


def test_what_a_checkpoint_leaves_open_is_a_warning_on_record():
    with pytest.warns(UserWarning, match="4 are assumed"):
        run = import_run(checkpoint("transformer"), alphabet="a-d")
    assert "4 are assumed" in run.record.warnings[0]


REFUSED = {
    "no characters": ({}, "does not tell its 4 characters; give the words .* or its --alphabet"),
    "too few characters": (
        {"words": [f"{'a' * n}b" for n in range(12)]},
        "4 characters, and there are 2",
    ),
    "too long an alphabet": ({"alphabet": "a-e"}, "4 characters, and there are 5"),
    "too long words": ({"words": [*WORDS, "abcdab"]}, "up to 5 characters, and one has 6; give a max_length"),
    "too few words": ({"words": ["abcd"]}, "too few for three splits"),
}


@pytest.mark.parametrize(("settings", "said"), REFUSED.values(), ids=REFUSED)
def test_words_that_do_not_fit_are_refused(settings: dict, said: str):
    with pytest.raises(DataError, match=f"transformer.pt cannot be imported: .*{said}|{said}"):
        imported("transformer", **settings)


def test_words_with_other_characters_than_an_arpa_file_are_refused_or_left_out(tmp_path: Path):
    run = prepared("ngram", order=2)
    write_arpa(run, tmp_path / "names.arpa")
    words = [word for part in run.splits.values() for word in part.words(run.vocabulary)]
    with pytest.raises(DataError, match=r"'x' at position 1 of 'xa' .*give an alphabet"):
        import_run(tmp_path / "names.arpa", words=[*words, "xa"])
    again = import_run(tmp_path / "names.arpa", words=[*words, "xa"], alphabet="a-t")
    assert sum(again.record.words.values()) == len(words)


def test_what_is_no_model_is_refused(tmp_path: Path, names_words: list[str]):
    (tmp_path / "names.txt").write_text("\n".join(names_words))
    (tmp_path / "empty").mkdir()
    moregrad.save(prepared("bigram"), tmp_path / "run")
    for path, said in (
        ("names.txt", "of no kind that is known"),
        ("empty", "it has no config.json"),
        ("run", "a run of moregrad already"),
        ("nowhere", "No such file"),
        ("null\0byte", "null byte"),
    ):
        with pytest.raises(DataError, match=said):
            import_run(tmp_path / path)


def test_settings_that_cannot_be_are_refused(tmp_path: Path):
    run, folder = written("gpt2", tmp_path)
    for settings, said in (
        ({"heads": 2}, "only makemore.py's Transformer"),
        ({"label": "gender"}, "no labels"),
        ({"alphabit": "a-z"}, "did you mean 'alphabet'"),
    ):
        with pytest.raises(ConfigurationError, match=said):
            import_run(folder, **settings)  # pyright: ignore[reportArgumentType]
    with pytest.raises(DataError, match="there is no split 'word'"):
        import_run(folder, split="word")
    with pytest.raises(StorageError, match="is not empty"):
        import_run(folder, out=folder)
    assert run.step == 0
