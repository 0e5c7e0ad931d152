"""`moregrad train`: the options are those of the chosen model."""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated, Any

from annotated_types import Ge, Le, Lt
from cyclopts import Parameter

from moregrad.cli.choice import Model, Preset, Split, Tokens, changed, chosen, following, parse, tuned, unknown_option
from moregrad.cli.options import Flag, Json, ListName, Number, NumberOf, Place, Source, Text, takes, values
from moregrad.cli.processes import Processing, taking_part, train_beside
from moregrad.cli.progress import work_done
from moregrad.cli.screen import tell
from moregrad.cli.show_training import train_in
from moregrad.cli.tensorboard import check_tensorboard
from moregrad.configuration import shorten
from moregrad.data.corpus import Corpus
from moregrad.data.many_files import Files
from moregrad.data.pieces import Tell
from moregrad.data.reading import Reading
from moregrad.data.splits import check_method
from moregrad.errors import ModelError
from moregrad.models.architecture import Architecture
from moregrad.models.transfer import Start
from moregrad.parts.counting import counted_on
from moregrad.runs.experiment import DEFAULT_MODEL, DEFAULT_SOURCE, SAMPLES, extend, join_sources, prepare_any
from moregrad.runs.experiment import read as read_words
from moregrad.runs.folder import check_free, free_folder
from moregrad.runs.growing import MINUTES, check_minutes, grow
from moregrad.runs.planning import FOLLOWING, TUNED
from moregrad.runs.run import Run
from moregrad.runs.starting import AUTOMATIC, NOTHING, Starting, find_start
from moregrad.runs.storage import load_run
from moregrad.runs.streamed import AUTO, MEMORY, announce, tell_kept
from moregrad.training.processes import writes

Samples = Annotated[int, Number("How many new words to make in the end.", Ge(0), Le(10**6))]
Steps = Annotated[int | None, Number("Train up to this step instead of where it was to end.", Ge(0), Lt(2**31))]
Minutes = Annotated[
    float | None,
    NumberOf(MINUTES, "Train as many networks, to be averaged, as these minutes allow, from start to end."),
]
More = Annotated[ListName, Parameter(help="More files of the same list.")]
Way = Annotated[
    Text,
    Parameter(
        help="Whether the list is read into memory, or as a stream into pieces on disk, which are split by hash; "
        "by default a stream if files would take more than half of the memory: auto, memory, stream."
    ),
]
Scratch = Annotated[
    Place | None,
    Parameter(help="Folder for the pieces of a list read as a stream; the user's cache by default."),
]
Begin = Annotated[
    Text,
    Parameter(
        help="Begin with the weights of the run in this folder, of the network that moregrad ships (shipped), or with "
        "new ones (none); a short list begins with the shipped ones."
    ),
]
Cluster = Annotated[
    Text | None,
    Parameter(help="Count n-grams on the workers of the Dask scheduler at this address, or local:4 for 4 processes."),
]
TensorBoard = Annotated[bool, Flag("Write event files for TensorBoard as well.")]


def train(
    *tokens: Tokens,
    model: Text | None = None,
    preset: Text | None = None,
    resume: Place | None = None,
    start: Text | None = None,
    together: Processing = None,
) -> int:
    """Joins other processes if need be, and parses all other words by the form of the command that is asked for."""
    with taking_part(together, tokens):
        return _train(tokens, model, preset, resume, start)


def _train(tokens: Sequence[str], model: str | None, preset: str | None, resume: Path | None, start: str | None) -> int:
    if resume and (model is not None or preset is not None):
        raise ModelError(f"{resume} has its model already; resume it without --model and --preset")
    if resume and start is not None:
        raise ModelError(f"{resume} has its weights already; resume it without --start")
    begun = find_start(AUTOMATIC if start is None else start)
    if model is None and preset is None and isinstance(begun, Start):
        base, name = begun.architecture, begun.architecture.name
    else:
        name = DEFAULT_MODEL if model is None else model
        base = chosen(name, preset)

    def explain(option: str, known: list[str]) -> str:
        if resume:
            return f"a run that goes on has its settings, and only --steps can be raised; it takes {' '.join(known)}"
        return unknown_option(option, "train", "training", base, known)

    return parse(_resume(resume) if resume else form(base, name, preset, begun), "train", tokens, explain)


def form(base: Architecture, chosen_model: str, chosen_preset: str | None, begun: Starting) -> Callable[..., int]:
    """Returns the command for a model whose settings are those of `base`, and for what training begins with."""
    course = tuned(base.recipe.options()) if begun != NOTHING and chosen_preset is None else base.recipe.options()

    @takes(
        reading=("The list of words", Reading.settings()),
        settings=(f"The model {chosen_model}", following(base.options(), base, chosen_preset)),
        recipe=("The training", following(course, base, chosen_preset)),
    )
    def start(
        source: Source = DEFAULT_SOURCE,
        /,
        *more: More,
        model: Model = chosen_model,
        preset: Preset = chosen_preset,
        split: Split = "words",
        read: Way = AUTO,
        scratch: Scratch = None,
        out: Annotated[Place | None, Parameter(help="Folder of the run; a new one in runs/ by default.")] = None,
        resume: Annotated[Place | None, Parameter(help="Go on with the run in this folder instead.")] = None,
        start: Begin = AUTOMATIC,
        minutes: Minutes = None,
        samples: Samples = SAMPLES,
        cluster: Cluster = None,
        tensorboard: TensorBoard = False,
        json: Json = False,
        together: Processing = None,
        reading: Any = None,
        settings: Any = None,
        recipe: Any = None,
    ) -> int:
        """Train a model on a list of words and save it in a folder."""
        called = time.monotonic()
        typed = {name: value for name, value in values(recipe).items() if value is not None}
        shape = base.replace(**changed(values(settings), base))
        given = _given(preset, typed, values(settings))
        folder = check_free(out) if out and writes() else None
        _check(shape, split=split, minutes=minutes, tensorboard=tensorboard)
        rules, recipes = Reading().replace(**values(reading)), base.recipe.replace(**typed)
        options = {"split": split, "given": given, "start": begun}
        if cluster:
            corpus = _read_for_cluster([source, *more], rules, split, read, scratch)
            run = counted_on(cluster, shape, begun)(corpus, shape, recipes, **options)
        else:
            ways = {"way": read, "scratch": scratch, "watch": _watch}
            run = prepare_any([source, *more], rules, shape, recipes, **options, **ways)
        run = run if minutes is None else grow(run, 60 * minutes - (time.monotonic() - called))
        return _take_part(folder, run, samples=samples, tensorboard=tensorboard, json=json)

    return start


def _check(shape: Architecture, *, split: str, minutes: float | None, tensorboard: bool) -> None:
    """Raises MoregradError, before a list is read, for what cannot be done with any."""
    check_method(split)
    if minutes is not None:
        check_minutes(minutes, shape)
    if tensorboard:
        check_tensorboard()


def _read_for_cluster(sources: Sequence[str], rules: Reading, split: str, read: str, scratch: Path | None) -> Corpus:
    """Reads a list into memory; raises ModelError if it is to be read in pieces, which no cluster counts."""
    if scratch is not None or read not in (AUTO, MEMORY):
        given = "--scratch" if scratch is not None else f"--read {shorten(read)}"
        raise ModelError(f"a cluster counts lists in memory: leave {given} out, or --cluster")
    return read_words(join_sources(sources), rules, split=split)


def _given(preset: str | None, typed: Collection[str], settings: dict[str, Any]) -> Collection[str]:
    """Returns the settings that do not follow from the number of words: those typed, or all of a preset."""
    dropout = ["dropout"] if settings.get("dropout") is not None else []
    return (*FOLLOWING, *TUNED) if preset else {*typed, *dropout}


@contextmanager
def _watch(files: Files, folder: Path) -> Iterator[Tell]:
    """Says why a list is read in pieces, where they are and how large, and shows how far that is."""
    tell(announce(files, folder))
    with work_done() as show:
        yield show
    tell(tell_kept(folder))


def _resume(folder: Path) -> Callable[..., int]:
    def resume(
        source: Annotated[Text | None, Parameter(show=False)] = None,
        /,
        *,
        resume: Annotated[Place, Parameter(help="Folder of the run.")] = folder,
        steps: Steps = None,
        samples: Samples = SAMPLES,
        tensorboard: TensorBoard = False,
        json: Json = False,
        together: Processing = None,
    ) -> int:
        """Go on with a run that was interrupted, to the very same result; or, with more --steps, beyond its end."""
        if source is not None:
            raise ModelError(f"{folder} has its words already; resume it without {shorten(source)}")
        run = extend(load_run(folder), steps)
        return _take_part(folder, run, samples=samples, tensorboard=tensorboard, json=json)

    return resume


def _take_part(folder: Path | None, run: Run, **shown: Any) -> int:
    """Trains `run` in `folder`, or a new one, if this process writes it, or else beside the one that does."""
    if not writes():
        return train_beside(run)
    with nullcontext(folder) if folder else free_folder(run.architecture.name, run.record.source) as taken:
        return train_in(taken, run, **shown)
