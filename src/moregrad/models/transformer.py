"""The Transformer (Vaswani et al. 2017), decoder only and with the norm first, as in GPT-2 (Radford et al. 2019)."""

from dataclasses import dataclass
from typing import ClassVar, Literal

import jax.random as jr
from jaxtyping import PRNGKeyArray

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import PackedRows
from moregrad.layers.activation import Activation, ActivationName
from moregrad.layers.attention import Attention
from moregrad.layers.dropout import Dropout
from moregrad.layers.embedding import Embedding
from moregrad.layers.linear import Linear, TransposedLinear
from moregrad.layers.mixer import Chain, Skip
from moregrad.layers.norm import NORMS
from moregrad.models.architecture import Architecture, Count, Share, Size
from moregrad.models.sequence_model import SequenceModel, packed_rows


@dataclass(frozen=True)
class Transformer(Architecture):
    """Blocks of attention to the word so far and an MLP at each position, both residual."""

    name: ClassVar[str] = "transformer"

    embedding: Size = 64  # numbers per token and per position in every block
    depth: Size = 4  # blocks
    heads: Size = 4  # attention heads; they share out the embedding
    multiple: Size = 4  # how many times wider than the embedding the MLP's hidden layer is
    context: Count = 128  # how many tokens attention reaches at most; 0 reaches as many as the longest word has
    positions: Literal["rotary", "learned", "none"] = "rotary"  # "learned" cannot tell places beyond the longest word
    activation: ActivationName = "gelu"  # of the hidden layers
    norm: Literal["layer", "rms"] = "rms"  # before each half of a block and before the head
    bias: bool = False  # whether linear layers add one
    tied: bool = False  # whether the embeddings decode as well
    dropout: Share = 0.0  # share of the embeddings and of each half block's output zeroed while training

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
            Chain.of([Dropout(self.dropout), *blocks, NORMS[self.norm](self.embedding)]),
            None if self.tied else TransposedLinear.init(self.embedding, vocab, gain=0.1, bias=False, key=head),
        )

    def examples(self, encoded: EncodedWords) -> PackedRows:
        return packed_rows(encoded)

    def _block(self, window: int, key: PRNGKeyArray) -> tuple[Skip, Skip]:
        size, hidden = self.embedding, self.multiple * self.embedding
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
        dropout = Dropout(self.dropout)
        return Skip.around(norms[0], attention, dropout), Skip.around(norms[1], *mlp, dropout)
