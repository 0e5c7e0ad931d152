"""The cost of a training, told before it begins when that is out of all proportion."""

import jax

from moregrad.models.architecture import Architecture
from moregrad.models.model import Model
from moregrad.models.window_model import WindowModel
from moregrad.runs.run import Run

SPACIOUS = 4
"""A context so many times as long as the longest word is mostly padding."""
SPEED = 1e11
"""Operations a second of an ordinary processor, to say a duration in words."""
LONG = 3600


def forecast(run: Run) -> list[str]:
    """Returns a line for every cost of training `run` that is out of proportion; none for most trainings."""
    notes = []
    context, longest = _context(run.model), run.block - 1
    if context > SPACIOUS * run.block:
        notes.append(
            f"a context of {context:,} characters for words of at most {longest:,}: most of it is padding"
            + _smaller(run.architecture, run.block)
        )
    seconds = operations(run) / SPEED
    if seconds > LONG:
        notes.append(
            f"training takes about {operations(run):.0e} operations, which is {seconds / LONG:,.1f} hours on an "
            "ordinary processor; a smaller model, fewer steps or a smaller batch_size take less"
        )
    return notes


def operations(run: Run) -> float:
    """Estimates the operations of all steps yet to take: six for each parameter and token, forward and backward."""
    tokens = run.recipe.batch_size * max(_context(run.model), run.block)
    return 6.0 * run.record.parameters * tokens * max(run.recipe.steps - run.step, 0)


def _context(model: Model) -> int:
    """Returns the tokens of the longest window that a part of `model` sees; 0 if none sees windows."""
    parts = jax.tree.leaves(model, is_leaf=lambda part: isinstance(part, WindowModel))
    return max((part.context for part in parts if isinstance(part, WindowModel)), default=0)


def _smaller(architecture: Architecture, block: int) -> str:
    setting, value = ("levels", (block - 1).bit_length()) if "levels" in architecture.options() else ("context", block)
    return f"; {setting} {max(value, 1)} would hold every word"
