"""A causal bag of words: the mean of what came before, and a small network over it (makemore, Karpathy 2022)."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

import jax.random as jr
from jaxtyping import PRNGKeyArray
from typing_extensions import Doc

from moregrad.configuration import DropoutRate, Size
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Examples
from moregrad.layers.activation import Activation, ActivationName
from moregrad.layers.average import Average
from moregrad.layers.dropout import Dropout
from moregrad.layers.embedding import Embedding
from moregrad.layers.linear import Linear, TransposedLinear
from moregrad.layers.sequential import Residual, Sequential
from moregrad.models.architecture import NAMES, Architecture
from moregrad.models.sequence_model import SequenceModel, pack_rows
from moregrad.recipe import Recipe


@dataclass(frozen=True)
class BoW(Architecture):
    """Embeddings of tokens and positions, averaged over the word so far, through a residual MLP."""

    name: ClassVar[str] = "bow"
    fitted_to: ClassVar[int | None] = NAMES
    recipe: ClassVar[Recipe] = Recipe(steps=2000, batch_size=32, learning_rate=6e-3, eval_every=200)
    tiny: ClassVar = {"embedding": 16, "hidden": 16}

    embedding: Annotated[Size, Doc("Size of the embedding.")] = 64
    hidden: Annotated[Size, Doc("Size of the MLP's hidden layer.")] = 64
    activation: Annotated[ActivationName, Doc("Activation of the hidden layer.")] = "tanh"
    positions: Annotated[Literal["learned", "none"], Doc("Whether positions have an embedding too.")] = "learned"
    dropout: Annotated[DropoutRate, Doc("Dropout rate of the MLP's output.")] = 0.0

    def build(self, vocab: int, block: int, *, key: PRNGKeyArray) -> SequenceModel:
        keys = jr.split(key, 5)
        mlp = [
            Linear.init(self.embedding, self.hidden, key=keys[0]),
            Activation(self.activation),
            Linear.init(self.hidden, self.embedding, key=keys[1]),
            Dropout.of(self.dropout),
        ]
        return SequenceModel(
            Embedding.init(vocab, self.embedding, key=keys[2]),
            Embedding.init(block, self.embedding, key=keys[3]) if self.positions == "learned" else None,
            Sequential.of([Residual.around(Average(self.embedding)), Residual.around(*mlp)]),
            TransposedLinear.init(self.embedding, vocab, gain=0.1, key=keys[4]),
        )

    def examples(self, words: EncodedWords, vocab: int) -> Examples:
        return pack_rows(words)
