"""The words and the shape of the figures that the scripts record for runs of earlier formats."""

import json
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import moregrad

WORDS = [first + rest for first in "bdlmnrst" for rest in ("ada", "ea", "ina")]
SCORED = ["bada", "lea", "tina"]


def figures(run: Any, folder: Path, losses: Callable[[Any], list[float]]) -> dict[str, Any]:
    """Returns the figures of the `run` in `folder`; `losses` takes the last two from a run that went on."""
    (folder / "samples.txt").unlink()
    return {
        "surprisal": {score.word: score.surprisal for score in run.score(SCORED)},
        "sampled": [sample.word for sample in run.sample(5, seed=3)],
        "resumed": losses(resume(folder)) if run.recipe.steps else [],
    }


def resume(folder: Path) -> Any:
    """Returns a copy of the run after ten more steps."""
    copy = shutil.copytree(folder, folder.with_name("copy"))
    longer = moregrad.resume(copy, steps=30)
    shutil.rmtree(copy)
    return longer


def main(names: Iterable[str], record: Callable[[Path, str], dict[str, Any]]) -> None:
    """Records each run into the folder given on the command line, and their figures beside them."""
    target = Path(sys.argv[1])
    recorded = {name: record(target, name) for name in names}
    (target / "figures.json").write_text(json.dumps(recorded, indent=1) + "\n")
