"""Long short-term memory (Hochreiter & Schmidhuber 1997)."""

from dataclasses import dataclass
from typing import ClassVar

from jaxtyping import PRNGKeyArray

from moregrad.layers.cells import LSTMCell
from moregrad.models.architecture import NAMES
from moregrad.models.recurrent import RecurrentArchitecture
from moregrad.recipe import Recipe


@dataclass(frozen=True)
class LSTM(RecurrentArchitecture):
    """A memory that gates write, forget and read (Hochreiter & Schmidhuber 1997)."""

    name: ClassVar[str] = "lstm"
    fitted_to: ClassVar[int | None] = NAMES
    recipe: ClassVar[Recipe] = Recipe(steps=600, batch_size=32, learning_rate=6e-3, eval_every=60)
    tiny: ClassVar = {"embedding": 8, "hidden": 16}

    def cell(self, *, key: PRNGKeyArray) -> LSTMCell:
        return LSTMCell.init(self.hidden, key=key)
