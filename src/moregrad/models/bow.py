"""A bag of words, causal: the mean of what came before, and a small network over it (makemore, Karpathy 2022)."""

from dataclasses import dataclass
from typing import ClassVar, Literal

import jax.random as jr
from jaxtyping import PRNGKeyArray

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import PackedRows
from moregrad.layers.activation import Activation, ActivationName
from moregrad.layers.average import Average
from moregrad.layers.dropout import Dropout
from moregrad.layers.embedding import Embedding
from moregrad.layers.linear import Linear, TransposedLinear
from moregrad.layers.mixer import Chain, Skip
from moregrad.models.architecture import Architecture, Share, Size
from moregrad.models.sequence_model import SequenceModel, packed_rows


@dataclass(frozen=True)
class BoW(Architecture):
    """Embeddings of tokens and their places, averaged over the word so far, through a residual MLP."""

    name: ClassVar[str] = "bow"

    embedding: Size = 64  # numbers per token
    hidden: Size = 64  # numbers in the MLP's hidden layer
    activation: ActivationName = "tanh"  # of the hidden layers
    positions: Literal["learned", "none"] = "learned"  # "none" sees which tokens came, not where
    dropout: Share = 0.0  # share of the MLP's output zeroed while training

    def build(self, vocab: int, block: int, *, key: PRNGKeyArray) -> SequenceModel:
        keys = jr.split(key, 5)
        mlp = [
            Linear.init(self.embedding, self.hidden, key=keys[0]),
            Activation(self.activation),
            Linear.init(self.hidden, self.embedding, key=keys[1]),
            Dropout(self.dropout),
        ]
        return SequenceModel(
            Embedding.init(vocab, self.embedding, key=keys[2]),
            Embedding.init(block, self.embedding, key=keys[3]) if self.positions == "learned" else None,
            Chain.of([Skip.around(Average(self.embedding)), Skip.around(*mlp)]),
            TransposedLinear.init(self.embedding, vocab, gain=0.1, key=keys[4]),
        )

    def examples(self, encoded: EncodedWords) -> PackedRows:
        return packed_rows(encoded)
