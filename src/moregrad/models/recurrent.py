"""The recurrent networks: one model, three cells."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import jax.random as jr
from jaxtyping import PRNGKeyArray

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import PackedRows
from moregrad.layers.cells import GAIN, Cell, GRUCell, LSTMCell, Reset, ResetFirstGRUCell, TanhCell
from moregrad.layers.dropout import Dropout
from moregrad.layers.embedding import Embedding, ProjectedEmbedding
from moregrad.layers.linear import Linear, TransposedLinear
from moregrad.layers.mixer import Chain
from moregrad.layers.recurrent import Recurrent
from moregrad.models.architecture import Architecture, Share, Size
from moregrad.models.model import Model
from moregrad.models.sequence_model import SequenceModel, packed_rows


@dataclass(frozen=True)
class RecurrentArchitecture(Architecture):
    """Layers of cells, each hearing the one below."""

    embedding: Size = 64  # numbers per token
    hidden: Size = 64  # numbers per state
    depth: Size = 1  # layers of cells
    dropout: Share = 0.0  # share of each layer's output zeroed while training
    tied: bool = False  # whether the embeddings decode as well; needs embedding = hidden

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.tied:
            self.require("embedding", self.embedding == self.hidden, f"hidden, {self.hidden}, if tied")

    @abstractmethod
    def cell(self, *, key: PRNGKeyArray) -> Cell:
        """A new cell."""

    def build(self, vocab: int, block: int, *, key: PRNGKeyArray) -> Model:
        table, head, *keys = jr.split(key, 2 * self.depth + 2)
        cells = [self.cell(key=k) for k in keys[: self.depth]]
        sizes = [self.embedding] + [self.hidden] * (self.depth - 1)
        inward = [
            Linear.init(size, cell.gates * self.hidden, gain=GAIN, key=k)
            for size, cell, k in zip(sizes, cells, keys[self.depth :], strict=True)
        ]
        parts = [part for linear, cell in zip(inward, cells, strict=True) for part in self._layer(linear, cell)]
        embedding = Embedding.init(vocab, self.embedding, scale=0.1 if self.tied else 1.0, key=table)
        return SequenceModel(
            ProjectedEmbedding(embedding, inward[0]),
            None,
            Chain.of(parts[1:]),
            None if self.tied else TransposedLinear.init(self.hidden, vocab, gain=0.1, key=head),
        )

    def examples(self, encoded: EncodedWords) -> PackedRows:
        return packed_rows(encoded)

    def _layer(self, inward: Linear, cell: Cell) -> tuple[Linear, Recurrent, Dropout]:
        return inward, Recurrent.of(cell), Dropout(self.dropout)


@dataclass(frozen=True)
class RNN(RecurrentArchitecture):
    """A state that each token overwrites through a tanh (Elman 1990; Mikolov et al. 2010)."""

    name: ClassVar[str] = "rnn"

    def cell(self, *, key: PRNGKeyArray) -> TanhCell:
        return TanhCell.init(self.hidden, key=key)


@dataclass(frozen=True)
class GRU(RecurrentArchitecture):
    """A state that gates keep, reset and update (Cho et al. 2014)."""

    name: ClassVar[str] = "gru"

    reset: Reset = "after"  # whether the reset gate acts before the product with the state, or after, which is faster

    def cell(self, *, key: PRNGKeyArray) -> Cell:
        kind = GRUCell if self.reset == "after" else ResetFirstGRUCell
        return kind.init(self.hidden, key=key)


@dataclass(frozen=True)
class LSTM(RecurrentArchitecture):
    """A state that gates write, forget and read (Hochreiter & Schmidhuber 1997)."""

    name: ClassVar[str] = "lstm"

    def cell(self, *, key: PRNGKeyArray) -> LSTMCell:
        return LSTMCell.init(self.hidden, key=key)
