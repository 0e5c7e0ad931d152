"""Dilated causal convolutions, after WaveNet (van den Oord et al. 2016)."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

import jax.random as jr
from annotated_types import Ge, Le
from jaxtyping import PRNGKeyArray
from typing_extensions import Doc

from moregrad.configuration import Depth, DropoutRate, Size, shorten
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Examples
from moregrad.layers.convolution import Convolution, Gate
from moregrad.layers.dropout import Dropout
from moregrad.layers.embedding import Embedding
from moregrad.layers.linear import Linear, TransposedLinear
from moregrad.layers.norm import RMSNorm
from moregrad.layers.sequential import Residual, Sequential
from moregrad.models.architecture import NAMES, Architecture
from moregrad.models.sequence_model import SequenceModel, pack_rows
from moregrad.recipe import Recipe

FURTHEST = 1024
"""The most positions that one convolution may reach back, all of which sampling keeps in memory."""


@dataclass(frozen=True)
class CNN(Architecture):
    """Gated causal convolutions, each reaching further back than the one below; residual."""

    name: ClassVar[str] = "cnn"
    fitted_to: ClassVar[int | None] = NAMES
    recipe: ClassVar[Recipe] = Recipe(steps=600, batch_size=32, learning_rate=6e-3, eval_every=60)
    tiny: ClassVar = {"embedding": 16, "depth": 2}

    embedding: Annotated[Size, Doc("Size of the embedding and of every layer.")] = 64
    depth: Annotated[Depth, Doc("Number of convolutions.")] = 4
    kernel_size: Annotated[int, Ge(1), Le(64), Doc("Positions that each convolution reads.")] = 2
    growth: Annotated[int, Ge(1), Le(64), Doc("Factor by which the dilation grows from layer to layer.")] = 2
    dropout: Annotated[DropoutRate, Doc("Dropout rate of each layer's output.")] = 0.0

    def __post_init__(self) -> None:
        super().__post_init__()
        reach = (self.kernel_size - 1) * self.growth ** (self.depth - 1)
        far = f"(kernel_size - 1) x growth^(depth - 1) = {shorten(reach)}"
        self.require("depth", reach <= FURTHEST, f"lower: the last convolution reaches {far} back, over {FURTHEST:,}")

    def build(self, vocab: int, block: int, *, key: PRNGKeyArray) -> SequenceModel:
        table, head, *keys = jr.split(key, self.depth + 2)
        layers = [self._layer(self.growth**level, k) for level, k in enumerate(keys)]
        return SequenceModel(
            Embedding.init(vocab, self.embedding, key=table),
            None,
            Sequential.of([*layers, RMSNorm.init(self.embedding)]),
            TransposedLinear.init(self.embedding, vocab, gain=0.1, key=head),
        )

    def examples(self, words: EncodedWords, vocab: int) -> Examples:
        return pack_rows(words)

    def _layer(self, dilation: int, key: PRNGKeyArray) -> Residual:
        first, second = jr.split(key)
        size = self.embedding
        return Residual.around(
            RMSNorm.init(size),
            Convolution.init(size, 2 * size, kernel_size=self.kernel_size, dilation=dilation, key=first),
            Gate(),
            Linear.init(size, size, gain=(2 * self.depth) ** -0.5, key=second),
            Dropout.of(self.dropout),
        )
