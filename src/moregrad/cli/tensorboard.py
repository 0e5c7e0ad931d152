"""Losses as TensorBoard event files."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import moregrad
from moregrad.cli.progress import Callback
from moregrad.errors import MoregradError


@contextmanager
def event_files(run: "moregrad.Run", folder: Path) -> Iterator[Callback]:
    """Yields a callback that writes the losses of each evaluation; a resumed run replaces those after its step."""
    try:
        from tensorboardX import SummaryWriter
    except ImportError as error:
        raise MoregradError("--tensorboard needs tensorboardX: pip install 'moregrad[tensorboard]'") from error

    with SummaryWriter(str(folder / "tensorboard"), purge_step=run.step + 1) as writer:

        def write(run: "moregrad.Run") -> None:
            metrics = run.metrics[-1]
            writer.add_scalar("loss/train", metrics.train, metrics.step)
            writer.add_scalar("loss/validation", metrics.validation, metrics.step)

        yield write
