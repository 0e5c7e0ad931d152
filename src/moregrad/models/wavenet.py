"""The hierarchy of the fifth lecture, after WaveNet (van den Oord et al. 2016): neighbours join level by level."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

import jax.random as jr
from annotated_types import Ge, Le
from jaxtyping import PRNGKeyArray
from typing_extensions import Doc

from moregrad.configuration import Size
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Examples
from moregrad.data.stored_examples import windows
from moregrad.layers.activation import Activation
from moregrad.layers.embedding import Embedding
from moregrad.layers.linear import Linear, TransposedLinear
from moregrad.layers.norm import BatchNorm
from moregrad.layers.sequential import FlattenConsecutive, Sequential
from moregrad.models.architecture import NAMES, Architecture
from moregrad.models.window_model import WindowModel
from moregrad.recipe import Recipe


@dataclass(frozen=True)
class WaveNet(Architecture):
    """Joins neighbours two by two, `levels` times: Linear without bias, BatchNorm, tanh; then a softmax."""

    name: ClassVar[str] = "wavenet"
    fitted_to: ClassVar[int | None] = NAMES
    recipe: ClassVar[Recipe] = Recipe(steps=4000, batch_size=128, learning_rate=3e-3, eval_every=400)
    tiny: ClassVar = {"levels": 2, "embedding": 4, "hidden": 16}

    levels: Annotated[
        int, Ge(1), Le(10), Doc("How many times neighbours are joined; the model sees 2^levels tokens.")
    ] = 3
    embedding: Annotated[Size, Doc("Size of the embedding.")] = 24
    hidden: Annotated[Size, Doc("Size of each hidden vector.")] = 128

    @property
    def context(self) -> int:
        """Tokens seen: 2 to the power of `levels`."""
        return 2**self.levels

    def build(self, vocab: int, block: int, *, key: PRNGKeyArray) -> WindowModel:
        keys = jr.split(key, self.levels + 2)
        sizes = [self.embedding] + [self.hidden] * (self.levels - 1)
        layers = []
        for size, k in zip(sizes, keys[1:-1], strict=True):
            linear = Linear.init(2 * size, self.hidden, bias=False, key=k)
            layers += [FlattenConsecutive(2), linear, BatchNorm.init(self.hidden), Activation("tanh")]
        head = TransposedLinear.init(self.hidden, vocab, gain=0.1, key=keys[-1])
        embedding = Embedding.init(vocab, self.embedding, key=keys[0])
        stack = Sequential.of([*layers, head])
        return WindowModel(embedding=embedding, layers=stack, context=self.context, padding=0)

    def examples(self, words: EncodedWords, vocab: int) -> Examples:
        return windows(words, self.context)
