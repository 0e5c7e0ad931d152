"""The Transformer (Vaswani et al. 2017), decoder only and with the norm first, as in GPT-2 (Radford et al. 2019)."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

import jax.random as jr
from annotated_types import Ge, Le
from jaxtyping import PRNGKeyArray
from typing_extensions import Doc

from moregrad.configuration import Context, Depth, DropoutRate, Size
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Examples
from moregrad.layers.activation import Activation, ActivationName
from moregrad.layers.attention import Attention
from moregrad.layers.dropout import Dropout
from moregrad.layers.embedding import Embedding
from moregrad.layers.linear import Linear, TransposedLinear
from moregrad.layers.norm import NORMS
from moregrad.layers.sequential import Residual, Sequential
from moregrad.models.architecture import NAMES, Architecture
from moregrad.models.sequence_model import SequenceModel, pack_rows
from moregrad.recipe import Recipe


@dataclass(frozen=True)
class Transformer(Architecture):
    """Blocks of causal attention within the word and an MLP at each position, both residual."""

    name: ClassVar[str] = "transformer"
    fitted_to: ClassVar[int | None] = NAMES
    recipe: ClassVar[Recipe] = Recipe(steps=400, batch_size=32, learning_rate=3e-3, warmup_steps=20, eval_every=40)
    tiny: ClassVar = {"embedding": 16, "depth": 1, "heads": 2, "mlp_ratio": 2}

    embedding: Annotated[Size, Doc("Size of the embedding and of every block.")] = 64
    depth: Annotated[Depth, Doc("Number of blocks.")] = 4
    heads: Annotated[Size, Doc("Attention heads; they share out the embedding.")] = 4
    mlp_ratio: Annotated[int, Ge(1), Le(64), Doc("Size of the MLP's hidden layer, as a multiple of the embedding.")] = 4
    context: Annotated[Context, Doc("Tokens that attention reaches; 0 reaches as many as the longest word has.")] = 128
    positions: Annotated[
        Literal["rotary", "learned", "none"],
        Doc("Position encoding; learned positions cannot tell apart those beyond the longest word."),
    ] = "rotary"
    activation: Annotated[ActivationName, Doc("Activation of the MLP.")] = "gelu"
    norm: Annotated[Literal["layer", "rms"], Doc("Normalisation before attention, MLP and head.")] = "rms"
    bias: Annotated[bool, Doc("Add a bias in linear layers.")] = False
    tied: Annotated[bool, Doc("Decode with the embedding.")] = False
    dropout: Annotated[DropoutRate, Doc("Dropout rate of the embedding, attention and MLP outputs.")] = 0.0

    def __post_init__(self) -> None:
        super().__post_init__()
        self.require("heads", self.embedding % self.heads == 0, f"a divisor of embedding, {self.embedding}")
        if self.positions == "rotary":
            even = self.embedding // self.heads % 2 == 0
            self.require("embedding", even, f"twice a multiple of heads, {self.heads}, if positions are rotary")

    def build(self, vocab: int, block: int, *, key: PRNGKeyArray) -> SequenceModel:
        table, rows, head, *keys = jr.split(key, self.depth + 3)
        blocks = [half for k in keys for half in self._block(min(block, self.context or block), k)]
        learned = self.positions == "learned"
        return SequenceModel(
            Embedding.init(vocab, self.embedding, scale=0.02 if self.tied else 1.0, key=table),
            Embedding.init(block, self.embedding, scale=0.02 if self.tied else 1.0, key=rows) if learned else None,
            Sequential.of([Dropout.of(self.dropout), *blocks, NORMS[self.norm](self.embedding)]),
            None if self.tied else TransposedLinear.init(self.embedding, vocab, gain=0.1, bias=False, key=head),
        )

    def examples(self, words: EncodedWords, vocab: int) -> Examples:
        return pack_rows(words)

    def _block(self, window: int, key: PRNGKeyArray) -> tuple[Residual, Residual]:
        size, hidden = self.embedding, self.mlp_ratio * self.embedding
        keys = jr.split(key, 3)
        gain = (2 * self.depth) ** -0.5
        attention = Attention.init(
            size,
            heads=self.heads,
            window=window,
            rotary=self.positions == "rotary",
            bias=self.bias,
            gain=gain,
            key=keys[0],
        )
        mlp = [
            Linear.init(size, hidden, bias=self.bias, key=keys[1]),
            Activation(self.activation),
            Linear.init(hidden, size, gain=gain, bias=self.bias, key=keys[2]),
        ]
        norms = NORMS[self.norm](size), NORMS[self.norm](size)
        dropout = Dropout.of(self.dropout)
        return Residual.around(norms[0], attention, dropout), Residual.around(norms[1], *mlp, dropout)
