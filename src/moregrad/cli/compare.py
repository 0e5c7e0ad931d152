"""`moregrad compare`."""

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

import moregrad
from moregrad.cli.options import Json, Place
from moregrad.cli.screen import print_json, say, show, table, tell
from moregrad.errors import StorageError

COLUMNS = ("run", "model", "parameters", "steps", "seconds", "train", "validation", "test", "unseen test")


def compare(
    *runs: Annotated[Place, Parameter(help="Folders of runs.")],
    json: Json = False,
) -> None:
    """Put several runs in one table, the best on validation first; losses are nats per character, with the digits that
    their standard error supports."""
    if not runs:
        raise moregrad.MoregradError("give the folders of the runs to compare, such as: moregrad compare runs/*")
    loaded = _load(runs)
    rows = sorted((_row(folder, run) for folder, run in loaded.items()), key=_rank)
    tell_differences(loaded.values())
    if json:
        print_json(rows)
    else:
        show(table(COLUMNS, [list(row.values()) for row in rows]))


def tell_differences(runs: "Iterable[moregrad.Run]") -> None:
    """Says if runs have losses that cannot be compared, since their words are not the same."""
    listed = list(runs)
    if len({run.record.fingerprint for run in listed}) > 1:
        tell("these runs were not made from the same words, so their losses cannot be compared")
    elif len({run.record.split for run in listed}) > 1:
        tell("these runs were not split in the same way, so their losses cannot be compared")


def _load(folders: Sequence[Path]) -> "dict[Path, moregrad.Run]":
    """Reads the runs, saying which folders are left out and why; raises StorageError if none can be read."""
    loaded = {}
    for folder in folders:
        try:
            loaded[folder] = moregrad.load(folder)
        except StorageError as error:
            say(f"left out: {error}")
    if not loaded:
        raise StorageError("no run in the folders given; `moregrad train` makes runs")
    return loaded


def _rank(row: dict[str, Any]) -> float:
    return math.inf if row["validation"] is None else row["validation"]


def _row(folder: Path, run: "moregrad.Run") -> dict[str, Any]:
    from moregrad.cli.losses import estimate

    losses = run.record.losses or run.evaluate()
    facts = (
        str(folder),
        run.architecture.name,
        run.record.parameters,
        run.step,
        run.record.seconds,
        *(estimate(losses[split].all) for split in ("train", "validation", "test")),
        estimate(losses["test"].unseen),
    )
    return dict(zip(COLUMNS, facts, strict=True))
