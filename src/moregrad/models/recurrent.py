"""The common part of recurrent networks: one model, whatever the cell."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import Annotated

import jax.random as jr
from jaxtyping import PRNGKeyArray
from typing_extensions import Doc

from moregrad.configuration import Depth, DropoutRate, Size
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Examples
from moregrad.layers.cells import GAIN, Cell
from moregrad.layers.dropout import Dropout
from moregrad.layers.embedding import Embedding, ProjectedEmbedding
from moregrad.layers.layer import Layer
from moregrad.layers.linear import Linear, TransposedLinear
from moregrad.layers.recurrent import Recurrent
from moregrad.layers.sequential import Sequential
from moregrad.models.architecture import Architecture
from moregrad.models.sequence_model import SequenceModel, pack_rows


@dataclass(frozen=True)
class RecurrentArchitecture(Architecture):
    """Layers of cells, each reading the outputs of the one below."""

    embedding: Annotated[Size, Doc("Size of the embedding.")] = 64
    hidden: Annotated[Size, Doc("Size of the hidden state.")] = 64
    depth: Annotated[Depth, Doc("Layers of cells.")] = 1
    dropout: Annotated[DropoutRate, Doc("Dropout rate of each layer's output.")] = 0.0
    tied: Annotated[bool, Doc("Decode with the embedding; needs embedding = hidden.")] = False

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.tied:
            self.require("embedding", self.embedding == self.hidden, f"hidden, {self.hidden}, if tied")

    @abstractmethod
    def cell(self, *, key: PRNGKeyArray) -> Cell:
        """Returns a new cell."""

    def build(self, vocab: int, block: int, *, key: PRNGKeyArray) -> SequenceModel:
        table, head, *keys = jr.split(key, 2 * self.depth + 2)
        cells = [self.cell(key=k) for k in keys[: self.depth]]
        sizes = [self.embedding] + [self.hidden] * (self.depth - 1)
        linears = [
            Linear.init(size, cell.gates * self.hidden, gain=GAIN, key=k)
            for size, cell, k in zip(sizes, cells, keys[self.depth :], strict=True)
        ]
        layers = [layer for linear, cell in zip(linears, cells, strict=True) for layer in self._layers(linear, cell)]
        embedding = Embedding.init(vocab, self.embedding, scale=0.1 if self.tied else 1.0, key=table)
        return SequenceModel(
            ProjectedEmbedding(embedding, linears[0]),
            None,
            Sequential.of(layers[1:]),
            None if self.tied else TransposedLinear.init(self.hidden, vocab, gain=0.1, key=head),
        )

    def examples(self, words: EncodedWords, vocab: int) -> Examples:
        return pack_rows(words)

    def _layers(self, linear: Linear, cell: Cell) -> tuple[Layer, ...]:
        return linear, Recurrent.of(cell), Dropout.of(self.dropout)
