"""Records small runs in format 2, as moregrad wrote them before format 3, with the figures they gave.

    python record_format_2.py FOLDER

Runs with the moregrad of commit 142fcbd. For each run `figures.json` holds the surprisals of a few words, five words
that it made, and its losses after ten more steps.
"""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import moregrad

WORDS = [first + rest for first in "bdlmnrst" for rest in ("ada", "ea", "ina")]
SCORED = ["bada", "lea", "tina"]
RUNS: dict[str, dict[str, Any]] = {
    "ngram": {"order": 3, "smoothing": "witten-bell", "steps": 0},
    "mlp": {"context": 2, "embedding": 2, "hidden": 4, "norm": "batch", "optimizer": "muon"},
    "mixture": {"embedding": 4, "hidden": 4, "order": 4, "weight_decay": 0.01},
}


def record(folder: Path, name: str) -> dict[str, Any]:
    """Trains a run into `folder` and returns its figures."""
    settings = {"steps": 20, "eval_every": 10, "batch_size": 8, **RUNS[name]}
    run = moregrad.train(WORDS, name, **settings, out=folder / name)
    (folder / name / "samples.txt").unlink()
    return {
        "surprisal": {score.word: score.surprisal for score in run.score(SCORED)},
        "sampled": [sample.word for sample in run.sample(5, seed=3)],
        "resumed": resume(folder, name) if run.recipe.steps else [],
    }


def resume(folder: Path, name: str) -> list[float]:
    """Returns the losses of a copy of the run after ten more steps."""
    copy = shutil.copytree(folder / name, folder / "copy")
    last = moregrad.resume(copy, steps=30).metrics[-1]
    shutil.rmtree(copy)
    return [last.train, last.validation]


if __name__ == "__main__":
    target = Path(sys.argv[1])
    figures = {name: record(target, name) for name in RUNS}
    (target / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
