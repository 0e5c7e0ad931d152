"""The neural probabilistic language model (Bengio, Ducharme, Vincent, Jauvin 2003)."""

from dataclasses import dataclass
from typing import ClassVar, Literal

import jax.random as jr
from jaxtyping import PRNGKeyArray

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Windows
from moregrad.layers.activation import GAINS, Activation, ActivationName
from moregrad.layers.dropout import Dropout
from moregrad.layers.embedding import Embedding
from moregrad.layers.layer import Layer
from moregrad.layers.linear import Linear, TransposedLinear
from moregrad.layers.norm import NORMS
from moregrad.layers.sequential import FlattenConsecutive, Residual, Sequential
from moregrad.models.architecture import Architecture, Count, Share, Size
from moregrad.models.window_model import WindowModel


@dataclass(frozen=True)
class MLP(Architecture):
    """Embeddings of the last `context` tokens, joined, then hidden layers and a softmax."""

    name: ClassVar[str] = "mlp"

    context: Count = 3  # tokens seen; 0 sees as many as the longest word has, and its boundary
    embedding: Size = 10  # numbers per token
    hidden: Size = 200  # numbers per hidden layer
    depth: Size = 1  # hidden layers
    activation: ActivationName = "tanh"  # of the hidden layers
    norm: Literal["none", "batch", "layer", "rms"] = "none"  # before each activation
    residual: bool = False  # whether inputs pass around the hidden layers after the first
    dropout: Share = 0.0  # share of each hidden layer zeroed while training
    blank: bool = False  # whether places before the word have an embedding of their own

    def build(self, vocab: int, block: int, *, key: PRNGKeyArray) -> WindowModel:
        context = self.context or block
        keys = jr.split(key, self.depth + 2)
        embedding = Embedding.init(vocab + self.blank, self.embedding, key=keys[0])
        sizes = [context * self.embedding] + [self.hidden] * (self.depth - 1)
        hidden = [
            self._hidden(size, first=number == 0, key=k)
            for number, (size, k) in enumerate(zip(sizes, keys[1:-1], strict=True))
        ]
        head = TransposedLinear.init(self.hidden, vocab, gain=0.1, key=keys[-1])
        layers = Sequential.of([FlattenConsecutive(context), *hidden, head])
        return WindowModel(embedding=embedding, layers=layers, context=context, padding=vocab if self.blank else 0)

    def examples(self, encoded: EncodedWords) -> Windows:
        return Windows.of(encoded, self.context or encoded.longest + 1)

    def _hidden(self, size: int, *, first: bool, key: PRNGKeyArray) -> Layer:
        kind = TransposedLinear if size > self.hidden else Linear
        linear = kind.init(size, self.hidden, gain=GAINS[self.activation], bias=self.norm != "batch", key=key)
        norm = [NORMS[self.norm](self.hidden)] if self.norm != "none" else []
        layer = Sequential.of([linear, *norm, Activation(self.activation), Dropout(self.dropout)])
        return Residual(layer) if self.residual and not first else layer
