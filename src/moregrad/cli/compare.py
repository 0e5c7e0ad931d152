"""`moregrad compare`."""

import math
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

import moregrad
from moregrad.cli.options import Json
from moregrad.cli.screen import print_json, say, show, table

COLUMNS = ("run", "model", "parameters", "steps", "seconds", "train", "validation", "test", "unseen test")


def compare(
    *runs: Annotated[Path, Parameter(help="Folders of runs.")],
    json: Json = False,
) -> None:
    """Put several runs in one table, the best on validation first; losses are nats per character."""
    if not runs:
        raise moregrad.MoregradError("give the folders of the runs to compare, such as: moregrad compare runs/*")
    loaded = {folder: moregrad.load(folder) for folder in runs}
    rows = sorted((_row(folder, run) for folder, run in loaded.items()), key=_place)
    if len({run.record.get("fingerprint") for run in loaded.values()}) > 1:
        say("these runs were not made from the same words, so that their losses cannot be compared")
    elif len({run.record.get("split") for run in loaded.values()}) > 1:
        say("these runs were not split in the same way, so that their losses cannot be compared")
    if json:
        print_json(rows)
    else:
        show(table(COLUMNS, [list(row.values()) for row in rows]))


def _place(row: dict[str, Any]) -> float:
    return math.inf if row["validation"] is None else row["validation"]


def _row(folder: Path, run: "moregrad.Run") -> dict[str, Any]:
    from moregrad.runs.experiment import losses

    found = run.record.get("losses") or losses(run.evaluate())
    facts = (
        str(folder),
        run.architecture.name,
        run.record.get("parameters"),
        int(run.progress.step),
        run.record.get("seconds"),
        *(found[split]["all"]["nats"] for split in ("train", "validation", "test")),
        found["test"]["unseen"]["nats"],
    )
    return dict(zip(COLUMNS, facts, strict=True))
