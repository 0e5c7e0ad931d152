"""Dilated causal convolutions, after WaveNet (van den Oord et al. 2016)."""

from dataclasses import dataclass
from typing import ClassVar

import jax.random as jr
from jaxtyping import PRNGKeyArray

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import PackedRows
from moregrad.layers.convolution import Convolution, Gate
from moregrad.layers.dropout import Dropout
from moregrad.layers.embedding import Embedding
from moregrad.layers.linear import Linear, TransposedLinear
from moregrad.layers.mixer import Chain, Skip
from moregrad.layers.norm import RMSNorm
from moregrad.models.architecture import Architecture, Share, Size
from moregrad.models.sequence_model import SequenceModel, packed_rows


@dataclass(frozen=True)
class CNN(Architecture):
    """Gated causal convolutions, each reaching further back than the one below; residual."""

    name: ClassVar[str] = "cnn"

    embedding: Size = 64  # numbers per token and per position in every layer
    depth: Size = 4  # convolutions
    taps: Size = 2  # positions each convolution reads
    growth: Size = 2  # how many times wider apart the taps of each layer are than those of the one below
    dropout: Share = 0.0  # share of each layer's output zeroed while training

    def build(self, vocab: int, block: int, *, key: PRNGKeyArray) -> SequenceModel:
        table, head, *keys = jr.split(key, self.depth + 2)
        layers = [self._layer(self.growth**level, k) for level, k in enumerate(keys)]
        return SequenceModel(
            Embedding.init(vocab, self.embedding, key=table),
            None,
            Chain.of([*layers, RMSNorm.init(self.embedding)]),
            TransposedLinear.init(self.embedding, vocab, gain=0.1, key=head),
        )

    def examples(self, encoded: EncodedWords) -> PackedRows:
        return packed_rows(encoded)

    def _layer(self, dilation: int, key: PRNGKeyArray) -> Skip:
        first, second = jr.split(key)
        size = self.embedding
        return Skip.around(
            RMSNorm.init(size),
            Convolution.init(size, 2 * size, taps=self.taps, dilation=dilation, key=first),
            Gate(),
            Linear.init(size, size, gain=(2 * self.depth) ** -0.5, key=second),
            Dropout(self.dropout),
        )
