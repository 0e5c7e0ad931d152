"""The recurrent networks: one model, three cells."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import jax.random as jr
from jaxtyping import PRNGKeyArray

from moregrad.data.examples import Lines
from moregrad.data.tape import Tape
from moregrad.layers.cells import Cell, GRUCell, LSTMCell, Reset, TanhCell
from moregrad.layers.dropout import Dropout
from moregrad.layers.embedding import Embedding
from moregrad.layers.layer import Layer
from moregrad.layers.linear import Linear
from moregrad.layers.mixer import Chain, Mixer
from moregrad.layers.recurrent import Recurrent
from moregrad.models.architecture import Architecture, Share, Size
from moregrad.models.mixer_stack import MixerStack, packed_rows


@dataclass(frozen=True)
class RecurrentArchitecture(Architecture):
    """Layers of cells, each hearing the one below."""

    embedding: Size = 64  # numbers per symbol
    hidden: Size = 64  # numbers per state
    depth: Size = 1  # layers of cells
    dropout: Share = 0.0  # share of the embeddings and of each layer's output zeroed while training
    tied: bool = False  # whether the embeddings decode as well; needs embedding = hidden

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.tied:
            self.require("embedding", self.embedding == self.hidden, f"hidden, {self.hidden}, if tied")

    @abstractmethod
    def cell(self, size: int, *, key: PRNGKeyArray) -> Cell:
        """A new cell for inputs of `size` numbers."""

    def build(self, vocab: int, block: int, *, key: PRNGKeyArray) -> MixerStack:
        table, head, *keys = jr.split(key, self.depth + 2)
        sizes = [self.embedding] + [self.hidden] * (self.depth - 1)
        parts: list[Mixer | Layer] = [Dropout(self.dropout)]
        for size, k in zip(sizes, keys, strict=True):
            parts += [Recurrent.of(self.cell(size, key=k)), Dropout(self.dropout)]
        scale = 0.1 if self.tied else 1.0
        return MixerStack(
            Embedding.init(vocab, self.embedding, scale=scale, key=table),
            None,
            Chain.of(parts),
            None if self.tied else Linear.init(self.hidden, vocab, gain=0.1, key=head),
        )

    def examples(self, tape: Tape) -> Lines:
        return packed_rows(tape)


@dataclass(frozen=True)
class RNN(RecurrentArchitecture):
    """A state that each symbol overwrites through a tanh (Elman 1990; Mikolov et al. 2010)."""

    name: ClassVar[str] = "rnn"

    def cell(self, size: int, *, key: PRNGKeyArray) -> TanhCell:
        return TanhCell.init(size, self.hidden, key=key)


@dataclass(frozen=True)
class GRU(RecurrentArchitecture):
    """A state that gates keep, reset and update (Cho et al. 2014)."""

    name: ClassVar[str] = "gru"

    reset: Reset = "after"  # whether the reset gate acts before or after the product with the state

    def cell(self, size: int, *, key: PRNGKeyArray) -> GRUCell:
        return GRUCell.init(size, self.hidden, reset=self.reset, key=key)


@dataclass(frozen=True)
class LSTM(RecurrentArchitecture):
    """A memory that gates write, forget and read (Hochreiter & Schmidhuber 1997)."""

    name: ClassVar[str] = "lstm"

    def cell(self, size: int, *, key: PRNGKeyArray) -> LSTMCell:
        return LSTMCell.init(size, self.hidden, key=key)
