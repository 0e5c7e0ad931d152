"""Records small runs in format 1, as moregrad wrote them before format 2, with the figures they gave.

    python record_format_1.py FOLDER

Runs with the moregrad of commit bc87527. For each run `figures.json` holds the surprisals of a few words, five words
that it made, and its losses after ten more steps.
"""

from pathlib import Path
from typing import Any

from moregrad.experiment import train  # pyright: ignore[reportMissingImports]
from recording import WORDS, figures, main

from moregrad.models.catalogue import architecture

COMMON = {"steps": 20, "every": 10, "batch": 8, "patience": 3}
RUNS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "ngram": ({"order": 3}, {"steps": 0}),
    "bigram": ({}, {"optimizer": "momentum", "decay": 0.01}),
    "mlp": (
        {"context": 2, "embedding": 2, "hidden": 4, "depth": 2, "norm": "batch", "residual": True, "dropout": 0.1},
        {"optimizer": "muon", "decay": 0.01},
    ),
    "mlp-blank": (
        {"context": 0, "embedding": 2, "hidden": 4, "blank": True, "norm": "layer"},
        {"optimizer": "sgd", "clip": 1.0},
    ),
    "wavenet": ({"levels": 2, "embedding": 2, "hidden": 4}, {"optimizer": "sgd"}),
    "cnn": (
        {"embedding": 4, "depth": 2, "taps": 3, "dropout": 0.1},
        {"warmup": 3, "clip": 0.5, "smoothing": 0.1},
    ),
    "rnn": ({"embedding": 4, "hidden": 4}, {"optimizer": "momentum"}),
    "gru": (
        {"embedding": 4, "hidden": 4, "reset": "before", "tied": True, "depth": 2, "dropout": 0.2},
        {"schedule": "step", "drop_at": 0.5},
    ),
    "lstm": ({"embedding": 4, "hidden": 4}, {"schedule": "constant"}),
    "bow": ({"embedding": 4, "hidden": 4}, {}),
    "transformer": (
        {
            "embedding": 8,
            "depth": 1,
            "heads": 2,
            "multiple": 2,
            "positions": "learned",
            "norm": "layer",
            "bias": True,
        },
        {"optimizer": "muon", "clip": 1.0},
    ),
    "mixture": ({"embedding": 4, "hidden": 4, "order": 3, "share": 0.3}, {"decay": 0.01}),
}


def record(folder: Path, name: str) -> dict[str, Any]:
    """Trains a run into `folder` and returns its figures."""
    settings, recipe = RUNS[name]
    shape = architecture({"name": name.split("-")[0], **settings})
    run = train(WORDS, shape, **{**COMMON, **recipe}, out=folder / name)
    return figures(run, folder / name, lambda run: [run.metrics[-1]["train"], run.metrics[-1]["validation"]])


if __name__ == "__main__":
    main(RUNS, record)
