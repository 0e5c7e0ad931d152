"""The neural probabilistic language model (Bengio, Ducharme, Vincent, Jauvin 2003)."""

from dataclasses import dataclass
from typing import ClassVar, Self

import equinox as eqx
import jax.random as jr
from jaxtyping import Array, Float, Int, PRNGKeyArray

from moregrad.data.examples import Windows
from moregrad.data.tape import Tape
from moregrad.layers.activation import GAINS, Activation
from moregrad.layers.dropout import Dropout
from moregrad.layers.embedding import Embedding
from moregrad.layers.layer import Layer
from moregrad.layers.linear import Linear
from moregrad.layers.norm import BatchNorm
from moregrad.layers.sequential import FlattenConsecutive, Residual, Sequential
from moregrad.models.architecture import Architecture
from moregrad.models.model import WindowModel, windows


class WindowStack(WindowModel):
    """Embeds a window of tokens and passes it through layers."""

    embedding: Embedding
    layers: Sequential
    context: int = eqx.field(static=True)
    padding: int = eqx.field(static=True)

    def __call__(self, tokens: Int[Array, "batch time"]) -> Float[Array, "batch position vocab"]:
        return self.layers(self._embedded(tokens)).squeeze(-2)

    def observe(
        self, tokens: Int[Array, "batch time"], *, key: PRNGKeyArray
    ) -> tuple[Float[Array, "batch position vocab"], Self]:
        logits, layers = self.layers.observe(self._embedded(tokens), key=key)
        return logits.squeeze(-2), eqx.tree_at(lambda model: model.layers, self, layers)

    def _embedded(self, tokens: Int[Array, "batch time"]) -> Float[Array, "batch position context size"]:
        return self.embedding(windows(tokens, self.context, padding=self.padding))


@dataclass(frozen=True)
class MLP(Architecture):
    """Embeddings of the last `context` symbols, joined, then hidden layers and a softmax."""

    name: ClassVar[str] = "mlp"

    context: int = 3
    embedding: int = 10
    hidden: int = 200
    depth: int = 1
    activation: str = "tanh"
    norm: str = "none"
    residual: bool = False
    dropout: float = 0.0
    blank: bool = False

    def build(self, vocab: int, block: int, *, key: PRNGKeyArray) -> WindowStack:
        keys = jr.split(key, self.depth + 2)
        embedding = Embedding.init(vocab + self.blank, self.embedding, key=keys[0])
        sizes = [self.context * self.embedding] + [self.hidden] * self.depth
        hidden = [
            self._hidden(size, first=place == 0, key=k)
            for place, (size, k) in enumerate(zip(sizes[:-1], keys[1:-1], strict=True))
        ]
        head = Linear.init(self.hidden, vocab, gain=0.1, key=keys[-1])
        layers = Sequential.of([FlattenConsecutive(self.context), *hidden, head])
        return WindowStack(embedding, layers, self.context, vocab if self.blank else 0)

    def examples(self, tape: Tape) -> Windows:
        return Windows.of(tape, self.context)

    def _hidden(self, size: int, *, first: bool, key: PRNGKeyArray) -> Layer:
        normed = self.norm == "batch"
        linear = Linear.init(size, self.hidden, gain=GAINS[self.activation], bias=not normed, key=key)
        norm = [BatchNorm.init(self.hidden)] if normed else []
        layer = Sequential.of([linear, *norm, Activation(self.activation), Dropout(self.dropout)])
        return Residual(layer) if self.residual and not first else layer
