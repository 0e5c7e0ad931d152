"""Losses as TensorBoard event files."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import moregrad
from moregrad.cli.progress import Callback
from moregrad.errors import MoregradError


def check_tensorboard() -> None:
    """Raises MoregradError if the package that writes event files is missing."""
    try:
        import tensorboardX  # noqa: F401
    except ImportError as error:
        raise MoregradError("--tensorboard needs tensorboardX: pip install 'moregrad[tensorboard]'") from error


@contextmanager
def event_files(run: "moregrad.Run", folder: Path) -> Iterator[Callback]:
    """Yields a callback that writes the losses of each evaluation; a resumed run replaces those after its step."""
    check_tensorboard()
    from tensorboardX import SummaryWriter

    with ExitStack() as stack:

        @cache
        def writer() -> SummaryWriter:
            """Makes the files at the first evaluation: a training that fails before it leaves none."""
            return stack.enter_context(SummaryWriter(str(folder / "tensorboard"), purge_step=run.step + 1))

        def write(latest: "moregrad.Run") -> None:
            metrics = latest.metrics[-1]
            writer().add_scalar("loss/train", metrics.train, metrics.step)
            writer().add_scalar("loss/validation", metrics.validation, metrics.step)

        yield write
