"""The hierarchy of the fifth lecture, after WaveNet (van den Oord et al. 2016): neighbours join level by level."""

from dataclasses import dataclass
from typing import ClassVar

import jax.random as jr
from jaxtyping import PRNGKeyArray

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Windows
from moregrad.layers.activation import Activation
from moregrad.layers.embedding import Embedding
from moregrad.layers.linear import Linear, TransposedLinear
from moregrad.layers.norm import BatchNorm
from moregrad.layers.sequential import FlattenConsecutive, Sequential
from moregrad.models.architecture import Architecture, Size
from moregrad.models.window_model import WindowModel


@dataclass(frozen=True)
class WaveNet(Architecture):
    """`levels` times: join each two neighbours, Linear without bias, BatchNorm, tanh; then a softmax."""

    name: ClassVar[str] = "wavenet"

    levels: Size = 3  # times neighbours are joined; 2 to that power is the number of tokens seen
    embedding: Size = 24  # numbers per token
    hidden: Size = 128  # numbers per hidden vector

    @property
    def context(self) -> int:
        """Symbols seen: 2 to the power of `levels`."""
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

    def examples(self, encoded: EncodedWords) -> Windows:
        return Windows.of(encoded, self.context)
