"""The published runs by name, and their replay beside the published figures."""

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event

from moregrad.errors import MoregradError, SourceError
from moregrad.lectures.figures import compare
from moregrad.lectures.lists import Lists
from moregrad.lectures.replays import (
    backprop,
    bigrams,
    deep_network,
    first_mlp,
    indian_names,
    initialization,
    lecture_split,
    microgpt,
    moons,
    one_layer,
    rate_range,
    torch_names,
    wavenet,
)
from moregrad.lectures.replays.training import Obtained, Show
from moregrad.lectures.row import Row
from moregrad.suggestion import nearest


@dataclass(frozen=True)
class Reproduction:
    """A published run: what it is, what to know about its figures, and how to have them again."""

    title: str
    replay: Callable[[Lists, Show], Obtained]
    note: str = ""
    seconds: float = 1.0
    """About how long it takes on one core: the longest begin first."""


REPRODUCTIONS = {
    "bigrams": Reproduction(
        "part 1: pairs of characters counted",
        bigrams.replay,
        "A sum in single precision, added pair by pair, is wrong in the fourth digit, and so are the losses that "
        "notebooks print.",
    ),
    "torch-names": Reproduction(
        "part 1: the names that one seed gives in three builds of PyTorch",
        torch_names.replay,
        "torch.multinomial has drawn a single sample in three ways. Up to 1.10 it looked up one number in the "
        "cumulative distribution. Since 1.11 every character draws a waiting time, and the shortest, divided by its "
        "probability, wins; the waiting times come from PyTorch's own generator or, where PyTorch is built with "
        "Intel's MKL, from MKL's. So names that differ from the video's are no mistake.",
    ),
    "one-layer": Reproduction("part 1: the network of one layer", one_layer.replay),
    "range-test": Reproduction("part 2: the learning-rate range test", rate_range.replay),
    "first-mlp": Reproduction("part 2 in an earlier notebook: 3,481 parameters", first_mlp.replay, seconds=20),
    "lecture-split": Reproduction("part 3: the names cut in three", lecture_split.replay),
    "initialization": Reproduction(
        "part 3: one network with five initialisations, 200,000 steps each",
        initialization.replay,
        "With its original weights the network saturates and its training is chaotic: the last bits of the arithmetic "
        "decide its third digit. The notebook's own loss of the network with BatchNorm, in its table, is of an earlier "
        "run; the one it prints in the end is compared here.",
        seconds=70,
    ),
    "deep-network": Reproduction("part 3: six layers, and the tables of step 1,000", deep_network.replay),
    "backprop": Reproduction(
        "part 4: 26 gradients by hand, and a training by them",
        backprop.replay,
        "The notebook draws the gain and the bias of BatchNorm without a seed, so nobody gets its losses to the last "
        "digit; its author had 2.0719 and 2.1162 in another run. Here they begin as 1 and 0.",
        seconds=15,
    ),
    "wavenet": Reproduction("part 5: the WaveNet, 200,000 steps", wavenet.replay, seconds=40),
    "moons": Reproduction("micrograd's demo: two moons, 100 steps", moons.replay),
    "microgpt": Reproduction("microgpt: a GPT of single numbers, 1,000 steps", microgpt.replay, seconds=4),
    "indian-names": Reproduction(
        "an earlier project's Indian names: counts, and one layer at four rates",
        indian_names.replay,
        "The sum in single precision depends on the order of the names, which that project shuffled without a seed.",
    ),
}
"""In the order of the lectures."""


WORKERS = 2
"""Runs replayed at once; each of the small programs that they are keeps one core busy."""


class _Stopped(MoregradError):
    """The one who asked for a replay no longer wants it."""


@dataclass(frozen=True)
class Result:
    """The result of a replay: its rows, or the reason why it was left out."""

    name: str
    rows: Sequence[Row] = ()
    left_out: str = ""

    @property
    def reproduced(self) -> bool:
        """True if no figure differs."""
        return all(row.verdict != "differs" for row in self.rows)


def reproduce(name: str, *, lists: Lists | None = None, show: Show = lambda share: None) -> list[Row]:
    """Replays the published run called `name`, one of REPRODUCTIONS, and puts its figures beside the published ones.

    `show` is told which share of the work is done. Raises MoregradError for an unknown name, SourceError if a list
    that the run was made from is out of reach.
    """
    check_name(name)
    return compare(name, REPRODUCTIONS[name].replay(lists or Lists(), show))


def reproduce_all(
    names: Sequence[str], *, lists: Lists | None = None, show: Callable[[str, float], None] = lambda name, share: None
) -> Generator[Result, None, None]:
    """Replays several runs, two at a time, and yields their results in the order of `names`.

    A run whose list is out of reach is left out. `show` is called from two threads.
    """
    for name in names:
        check_name(name)
    lists, stopping = lists or Lists(), Event()

    def work(name: str) -> Result:
        def tell(share: float) -> None:
            if stopping.is_set():
                raise _Stopped(f"{name} was stopped")
            show(name, share)

        tell(0.0)
        try:
            rows = reproduce(name, lists=lists, show=tell)
        except SourceError as error:
            return Result(name, left_out=str(error))
        tell(1.0)
        return Result(name, rows)

    with ThreadPoolExecutor(WORKERS) as executor:
        try:
            futures: dict[str, Future[Result]] = {}
            for name in sorted(names, key=lambda name: -REPRODUCTIONS[name].seconds):
                futures[name] = executor.submit(work, name)
            for name in names:
                yield futures[name].result()
        finally:
            stopping.set()
            executor.shutdown(cancel_futures=True)


def check_name(name: str) -> None:
    """Raises MoregradError if no published run is called `name`."""
    if name not in REPRODUCTIONS:
        raise MoregradError(
            f"there is no published run {name!r}; did you mean {nearest(name, REPRODUCTIONS)!r}? "
            f"Give one of {', '.join(REPRODUCTIONS)}"
        )
