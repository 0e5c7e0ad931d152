"""Losses as TensorBoard event files."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import moregrad
from moregrad.cli.progress import Watch
from moregrad.errors import MoregradError


@contextmanager
def event_files(run: "moregrad.Run", folder: Path) -> Iterator[Watch]:
    """What is to be called with the run after every evaluation; a resumed run replaces what came after its step."""
    try:
        from tensorboardX import SummaryWriter
    except ImportError as error:
        raise MoregradError("--tensorboard needs tensorboardX: pip install 'moregrad[tensorboard]'") from error

    with SummaryWriter(str(folder / "tensorboard"), purge_step=int(run.progress.step) + 1) as writer:

        def watch(run: "moregrad.Run") -> None:
            line = run.metrics[-1]
            for name in ("train", "validation"):
                writer.add_scalar(f"loss/{name}", line[name], line["step"])

        yield watch
