"""The neural probabilistic language model (Bengio, Ducharme, Vincent, Jauvin 2003)."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

import jax.random as jr
from jaxtyping import PRNGKeyArray
from typing_extensions import Doc

from moregrad.configuration import Context, Depth, DropoutRate, Size
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Examples
from moregrad.data.stored_examples import windows
from moregrad.layers.activation import GAINS, Activation, ActivationName
from moregrad.layers.dropout import Dropout
from moregrad.layers.embedding import Embedding
from moregrad.layers.layer import Layer
from moregrad.layers.linear import Linear, TransposedLinear
from moregrad.layers.norm import NORMS
from moregrad.layers.sequential import FlattenConsecutive, Residual, Sequential
from moregrad.models.architecture import NAMES, Architecture
from moregrad.models.window_model import WindowModel
from moregrad.recipe import Recipe


@dataclass(frozen=True)
class MLP(Architecture):
    """Embeddings of the last `context` tokens, joined, then hidden layers and a softmax."""

    name: ClassVar[str] = "mlp"
    fitted_to: ClassVar[int | None] = NAMES
    recipe: ClassVar[Recipe] = Recipe(steps=6000, batch_size=256, learning_rate=3e-3, eval_every=600)
    tiny: ClassVar = {"context": 3, "embedding": 4, "hidden": 16, "depth": 2, "norm": "batch", "residual": True}

    context: Annotated[Context, Doc("Tokens seen; 0 sees the boundary and as many as the longest word has.")] = 3
    embedding: Annotated[Size, Doc("Size of the embedding.")] = 10
    hidden: Annotated[Size, Doc("Size of each hidden layer.")] = 200
    depth: Annotated[Depth, Doc("Number of hidden layers.")] = 1
    activation: Annotated[ActivationName, Doc("Activation of the hidden layers.")] = "tanh"
    norm: Annotated[Literal["none", "batch", "layer", "rms"], Doc("Normalisation before each activation.")] = "none"
    residual: Annotated[bool, Doc("Add a residual connection around each hidden layer after the first.")] = False
    dropout: Annotated[DropoutRate, Doc("Dropout rate of each hidden layer.")] = 0.0
    pad_token: Annotated[bool, Doc("Give positions before the word an embedding of their own.")] = False

    def build(self, vocab: int, block: int, *, key: PRNGKeyArray) -> WindowModel:
        context = self.context or block
        keys = jr.split(key, self.depth + 2)
        embedding = Embedding.init(vocab + self.pad_token, self.embedding, key=keys[0])
        sizes = [context * self.embedding] + [self.hidden] * (self.depth - 1)
        hidden = [
            self._hidden(size, first=number == 0, key=k)
            for number, (size, k) in enumerate(zip(sizes, keys[1:-1], strict=True))
        ]
        head = TransposedLinear.init(self.hidden, vocab, gain=0.1, key=keys[-1])
        layers = Sequential.of([FlattenConsecutive(context), *hidden, head])
        return WindowModel(embedding=embedding, layers=layers, context=context, padding=vocab if self.pad_token else 0)

    def examples(self, words: EncodedWords, vocab: int) -> Examples:
        return windows(words, self.context or words.longest + 1)

    def _hidden(self, size: int, *, first: bool, key: PRNGKeyArray) -> Layer:
        kind = TransposedLinear if size > self.hidden else Linear
        linear = kind.init(size, self.hidden, gain=GAINS[self.activation], bias=self.norm != "batch", key=key)
        norm = [NORMS[self.norm](self.hidden)] if self.norm != "none" else []
        layer = Sequential.of([linear, *norm, Activation(self.activation), Dropout.of(self.dropout)])
        return Residual(layer) if self.residual and not first else layer
