"""The plain recurrent network (Elman 1990; Mikolov et al. 2010)."""

from dataclasses import dataclass
from typing import ClassVar

from jaxtyping import PRNGKeyArray

from moregrad.layers.cells import TanhCell
from moregrad.models.architecture import NAMES
from moregrad.models.recurrent import RecurrentArchitecture
from moregrad.recipe import Recipe


@dataclass(frozen=True)
class RNN(RecurrentArchitecture):
    """A state that each token overwrites through a tanh (Elman 1990; Mikolov et al. 2010)."""

    name: ClassVar[str] = "rnn"
    fitted_to: ClassVar[int | None] = NAMES
    recipe: ClassVar[Recipe] = Recipe(steps=1000, batch_size=32, learning_rate=3e-3, eval_every=100)
    tiny: ClassVar = {"embedding": 8, "hidden": 16}

    def cell(self, *, key: PRNGKeyArray) -> TanhCell:
        return TanhCell.init(self.hidden, key=key)
