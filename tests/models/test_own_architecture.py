"""An architecture of a user's own: trained, saved and loaded like those of the package."""

import sys
from dataclasses import dataclass
from pathlib import Path
from subprocess import run as call
from typing import Annotated, ClassVar

import jax.random as jr
import pytest
from jaxtyping import PRNGKeyArray
from typing_extensions import Doc

import moregrad
from moregrad.configuration import Size
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Windows
from moregrad.errors import ConfigurationError, ModelError, StorageError
from moregrad.layers import Activation, Embedding, FlattenConsecutive, Linear, Sequential
from moregrad.models import CATALOGUE, Architecture, WindowModel
from moregrad.recipe import Recipe

NAMES = [first + rest for first in "bdlmnrst" for rest in ("ada", "ea", "ina")]


@dataclass(frozen=True)
class Mine(Architecture):
    """Two tokens, one hidden layer."""

    name: ClassVar[str] = "mine"
    recipe: ClassVar[Recipe] = Recipe(steps=20, batch_size=8, eval_every=10)

    hidden: Annotated[Size, Doc("Size of the hidden layer.")] = 8

    def build(self, vocab: int, block: int, *, key: PRNGKeyArray) -> WindowModel:
        keys = jr.split(key, 3)
        embedding = Embedding.init(vocab, 4, key=keys[0])
        hidden = Linear.init(8, self.hidden, key=keys[1])
        head = Linear.init(self.hidden, vocab, gain=0.1, key=keys[2])
        layers = Sequential.of([FlattenConsecutive(2), hidden, Activation("tanh"), head])
        return WindowModel(embedding=embedding, layers=layers, context=2, padding=0)

    def examples(self, words: EncodedWords, vocab: int) -> Windows:
        return Windows.of(words, 2)


def test_it_trains_by_its_own_recipe_with_settings_and_is_loaded_again(tmp_path: Path):
    run = moregrad.train(NAMES, Mine(), hidden=6, out=tmp_path / "run")
    assert (run.architecture, run.step) == (Mine(hidden=6), 20)
    loaded = moregrad.load(tmp_path / "run")
    assert loaded.architecture == Mine(hidden=6)
    assert loaded.score(["ada"]) == run.score(["ada"])


def test_it_is_known_by_its_name():
    assert CATALOGUE["mine"] is Mine
    assert moregrad.train(NAMES, "mine", steps=0).architecture == Mine()
    assert moregrad.train(NAMES, "mine+ngram", steps=0).architecture.name == "mixture"


def test_a_run_of_an_architecture_that_was_not_imported_says_what_to_import(tmp_path: Path):
    moregrad.save(moregrad.train(NAMES, Mine(), steps=0), tmp_path / "run")
    code = (
        f"import moregrad\ntry: moregrad.load({str(tmp_path / 'run')!r})\nexcept moregrad.StorageError as e: print(e)"
    )
    told = call([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "is a run of the model 'mine', which is not known here" in told
    assert f"import {__name__}" in told


def test_a_mixture_with_a_member_that_was_not_imported_says_what_to_import(tmp_path: Path):
    moregrad.save(moregrad.train(NAMES, "mine+ngram", steps=0), tmp_path / "run")
    folder = str(tmp_path / "run")
    code = f"import moregrad\ntry: moregrad.load({folder!r})\nexcept moregrad.StorageError as error: print(error)"
    told = call([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "is a run of the model 'mine', which is not known here: import the module that defines it" in told


def test_a_name_that_is_taken_is_refused():
    with pytest.raises(ModelError, match="GRU is called 'gru' already"):

        class Another(Architecture):
            name = "gru"


def test_a_field_called_as_a_setting_of_the_recipe_or_of_reading_is_refused():
    for field, owner in (("seed", "recipe"), ("lower", "reading")):
        kind = type("Clash", (Architecture,), {"__annotations__": {field: int}, field: 1, "title": "clash"})
        with pytest.raises(ConfigurationError, match=f"clash: {field} is 1; .* {owner} has a setting of this name"):
            dataclass(frozen=True)(kind)()


def test_a_damaged_header_is_still_told_as_damage(tmp_path: Path):
    moregrad.save(moregrad.train(NAMES, Mine(), steps=0), tmp_path / "run")
    path = tmp_path / "run" / "model.safetensors"
    path.write_bytes(path.read_bytes().replace(rb"\"hidden\": 8", rb"\"hiddem\": 8"))
    with pytest.raises(StorageError, match="damaged"):
        moregrad.load(tmp_path / "run")
