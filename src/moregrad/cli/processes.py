"""A training of several processes as the command line has it: joining, errors, and what only process 0 prints."""

import ctypes
import os
import signal
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from typing import Annotated, Any

import jax
from annotated_types import Ge
from cyclopts import Parameter

from moregrad.cli.interruption import Interruption
from moregrad.cli.options import Number, Text
from moregrad.cli.screen import say
from moregrad.cli.terminal import Terminal, commanded
from moregrad.configuration import shorten
from moregrad.errors import ConfigurationError
from moregrad.runs.experiment import Experiment
from moregrad.runs.run import Run
from moregrad.training.processes import AUTOMATIC, HEARTBEAT, JOINING, LOST, Place, await_failing, join, leave

KINDS = ("cpu", "gpu", "tpu")

LOST_CODE = 3
"""The exit code where another process was lost."""

Coordinator = Annotated[
    Text | None,
    Parameter(
        help="Train in several processes at once, here or on many hosts: HOST:PORT of process 0, the same for all, or "
        "auto in a cluster that JAX knows, such as Slurm. Process 0 writes the run. A process that is lost ends all "
        f"within {HEARTBEAT} seconds, exit code {LOST_CODE}, and any number of them can resume."
    ),
]
Processes = Annotated[int | None, Number("How many processes there are.", Ge(1))]
Process = Annotated[int | None, Number("Which of them this is, from 0.", Ge(0))]
Wait = Annotated[int, Number("Seconds to wait for the other processes at the start.", Ge(1))]
Device = Annotated[Text | None, Parameter(help="Kind of device to train on: cpu, gpu or tpu; by default the fastest.")]


@dataclass(frozen=True)
class Together:
    """The options of the processes and devices of a training, as typed."""

    coordinator: Coordinator = None
    processes: Processes = None
    process: Process = None
    wait: Wait = JOINING
    device: Device = None

    @property
    def place(self) -> Place | None:
        """The place of this process; None if it trains alone. Raises ConfigurationError for one that cannot be."""
        counted = self.processes is not None and self.process is not None
        if self.coordinator not in (None, AUTOMATIC) and not counted:
            raise ConfigurationError(
                f"--coordinator {self.coordinator} needs --processes N and --process, from 0 to N-1"
            )
        if self.coordinator is not None:
            return Place(self.coordinator, self.processes, self.process)
        if self.processes is not None or self.process is not None:
            raise ConfigurationError("several processes need --coordinator: HOST:PORT of process 0, or auto")
        return None


Processing = Annotated[Together | None, Parameter(name="*", group="Processes and devices")]

_kept: list[Any] = []
"""The handler of an abort, which C calls."""


@contextmanager
def taking_part(typed: Together | None, tokens: Sequence[str]) -> Iterator[None]:
    """Within its `with`, this process is one of those that were asked for, on the device that was; not for help."""
    typed = typed or Together()
    place = typed.place
    others = nullcontext() if place is None or {"--help", "-h"} & {*tokens} else joined(place, typed.wait)
    with chosen_device(typed.device), others:
        yield


@contextmanager
def joined(place: Place, wait: int = JOINING) -> Iterator[None]:
    """Joins the other processes, and parts from them in the end. Raises what `join` raises."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    with _own_output():
        errors = os.dup(2)
        missing = f"the {place.processes or ''} processes did not all come to {place.coordinator} within {wait} seconds"
        start = "start each with the same --coordinator and --processes, and --process from 0 on"
        _tell_at_abort(f"{missing}; {start}", 2, errors)
        with _silent():
            join(place, wait=wait)
        _tell_at_abort(LOST, LOST_CODE, errors)
        yield
        leave()
        signal.signal(signal.SIGABRT, signal.SIG_DFL)


@contextmanager
def chosen_device(kind: str | None) -> Iterator[None]:
    """Within its `with`, JAX computes on devices of `kind`; raises ConfigurationError if there is none."""
    if kind is None:
        yield
        return
    if kind not in KINDS:
        raise ConfigurationError(f"--device is {shorten(kind)}; it must be one of {', '.join(KINDS)}")
    before = jax.config.values["jax_platforms"]
    jax.config.update("jax_platforms", kind)
    try:
        yield
    except RuntimeError as error:
        if "Unable to initialize backend" not in str(error):
            raise
        raise ConfigurationError(f"--device {kind}: JAX finds none; leave it out, or install JAX for it") from error
    finally:
        jax.config.update("jax_platforms", before)


def train_beside(run: Run) -> int:
    """Trains `run` with process 0, which writes and shows it; returns the exit code."""
    say(f"process {jax.process_index()} of {jax.process_count()}: trains along; process 0 writes the run")
    experiment = Experiment(run)
    with Interruption(experiment.stop) as interruption:
        for _ in experiment:
            pass
    return 0 if experiment.finished else stopped_code(interruption)


def stopped_code(interruption: Interruption) -> int:
    """Returns the exit code of a training that a signal stopped, to this process or to another."""
    return interruption.code if interruption.signal else 128 + signal.SIGINT


def end_if_joined(code: int) -> None:
    """Ends a process that failed among others, once those that fail alike have told so.

    Python's own way to exit would wait for the others, while they wait for this one.
    """
    if jax.distributed.is_initialized():
        if error := sys.exception():
            traceback.print_exception(error)
        sys.stdout.flush()
        await_failing()
        os._exit(code)


@contextmanager
def _own_output() -> Iterator[None]:
    """Discards what libraries print to standard output, such as Gloo's greeting; Python's own goes where it went."""
    sys.stdout.flush()
    before, stream = sys.stdout, commanded(sys.stdout)
    kept = os.dup(1)
    with open(os.devnull, "wb") as nothing:
        os.dup2(nothing.fileno(), 1)
    with open(kept, "w", encoding=stream.encoding, errors=stream.errors) as own:
        sys.stdout = Terminal(own) if isinstance(before, Terminal) else own
        try:
            yield
        finally:
            sys.stdout.flush()
            sys.stdout = before
            os.dup2(kept, 1)


@contextmanager
def _silent() -> Iterator[None]:
    """Discards what libraries print to standard error; JAX says in fifteen lines that nobody came."""
    kept = os.dup(2)
    with open(os.devnull, "wb") as nothing:
        os.dup2(nothing.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _tell_at_abort(message: str, code: int, stream: int) -> None:
    """Has the process say `message` and end with `code` where JAX aborts it, as it does when another is lost."""

    def tell(number: int) -> None:
        with suppress(OSError):
            os.write(stream, f"moregrad: {message}\n".encode())
        os._exit(code)

    kind = ctypes.CFUNCTYPE(None, ctypes.c_int)
    _kept.append(kind(tell))
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).signal(int(signal.SIGABRT), _kept[-1])
