"""The gated recurrent unit (Cho et al. 2014)."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from jaxtyping import PRNGKeyArray
from typing_extensions import Doc

from moregrad.layers.cells import Cell, GRUCell, Reset, ResetFirstGRUCell
from moregrad.models.architecture import NAMES
from moregrad.models.recurrent import RecurrentArchitecture
from moregrad.recipe import Recipe


@dataclass(frozen=True)
class GRU(RecurrentArchitecture):
    """A state that gates keep, reset and update (Cho et al. 2014)."""

    name: ClassVar[str] = "gru"
    fitted_to: ClassVar[int | None] = NAMES
    recipe: ClassVar[Recipe] = Recipe(steps=600, batch_size=32, learning_rate=6e-3, eval_every=60)
    tiny: ClassVar = {"embedding": 8, "hidden": 16}

    reset: Annotated[Reset, Doc("Apply the reset gate before or after the recurrent product; after is faster.")] = (
        "after"
    )

    def cell(self, *, key: PRNGKeyArray) -> Cell:
        kind = GRUCell if self.reset == "after" else ResetFirstGRUCell
        return kind.init(self.hidden, key=key)
