"""Records small runs in formats 2 and 3, as moregrad wrote them, with the figures they gave.

    python record_formats_2_and_3.py FOLDER

Runs with the moregrad of commit 142fcbd for format 2, of fc1fecc for format 3. For each run `figures.json` holds the
surprisals of a few words, five words that it made, and its losses after ten more steps.
"""

from pathlib import Path
from typing import Any

from recording import WORDS, figures, main

import moregrad

RUNS: dict[str, dict[str, Any]] = {
    "ngram": {"order": 3, "smoothing": "witten-bell", "steps": 0},
    "mlp": {"context": 2, "embedding": 2, "hidden": 4, "norm": "batch", "optimizer": "muon"},
    "mixture": {"embedding": 4, "hidden": 4, "order": 4, "weight_decay": 0.01},
}


def record(folder: Path, name: str) -> dict[str, Any]:
    """Trains a run into `folder` and returns its figures."""
    settings = {"steps": 20, "eval_every": 10, "batch_size": 8, **RUNS[name]}
    run = moregrad.train(WORDS, name, **settings, out=folder / name)
    return figures(run, folder / name, lambda run: [run.metrics[-1].train, run.metrics[-1].validation])


if __name__ == "__main__":
    main(RUNS, record)
