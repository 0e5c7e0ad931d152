"""`moregrad plot`."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from annotated_types import Ge, Gt, Le
from cyclopts import Parameter
from typing_extensions import Doc

import moregrad
from moregrad.cli.compare import tell_differences
from moregrad.cli.lowering import lower_prefix
from moregrad.cli.options import Json, ListName, Place, takes, values
from moregrad.cli.out_file import check_new
from moregrad.cli.screen import print_json, say, show
from moregrad.configuration import Configuration
from moregrad.data.reading import Reading
from moregrad.errors import MoregradError
from moregrad.runs.plotting_options import Plotting

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COMPARE = "compare"
WHAT = (
    "A run and a picture: losses, probabilities, surprisal, lengths, letters, embeddings, attention, receptive-field, "
    "activations, gradients, weight-gradients, update-ratios, dead-units, logits-gradient. A list, or a run for its "
    "words, and a picture: bigrams, bigram-probabilities, heatmap, lengths, letters. Several runs and compare."
)


READING = {name: setting for name, setting in Reading.settings().items() if name != "label"}


@dataclass(frozen=True)
class Paper(Configuration):
    """The size of a picture."""

    title: ClassVar[str] = "picture"

    width: Annotated[float | None, Gt(0), Le(40), Doc("Width in inches, by default as wide as is legible.")] = None
    height: Annotated[float | None, Gt(0), Le(40), Doc("Height in inches, likewise.")] = None
    dpi: Annotated[int, Ge(10), Le(400), Doc("Pixels per inch of a .png.")] = 150


@takes(
    plotting=("What is drawn", Plotting.settings()),
    paper=("The size", Paper.settings()),
    reading=("The list of words", READING),
)
def plot(
    *what: Annotated[ListName, Parameter(help=WHAT)],
    out: Annotated[Place | None, Parameter(help="File, a .png or .svg; by default KIND.png in this folder.")] = None,
    json: Json = False,
    plotting: Any = None,
    paper: Any = None,
    reading: Any = None,
) -> None:
    """Draw a run, a list, or several runs."""
    if len(what) < 2:
        raise MoregradError("give what to draw, such as: moregrad plot runs/mine losses; the pictures are in --help")
    *subjects, kind = what
    file = check_file(Path(f"{kind}.png") if out is None else out)
    size = Paper().replace(**values(paper))
    axes = _draw(subjects, kind, values(plotting), values(reading))
    _resize(axes, size)
    moregrad.plots.save(axes, file, dpi=size.dpi)
    if json:
        print_json({"file": str(file), "kind": kind})
    else:
        show(f"Saved {file}")


def check_file(file: Path) -> Path:
    """Returns `file`; raises MoregradError if it exists, DrawingError if nothing can be saved there."""
    from moregrad.plots.saving import check_path

    return check_path(check_new(file))


def _draw(subjects: Sequence[str], kind: str, settings: dict[str, Any], reading: dict[str, Any]) -> "Axes":
    from moregrad.runs.plotting import OF_LISTS, plot_list, plot_run, plot_runs
    from moregrad.runs.storage import holds_run

    if kind == COMPARE:
        runs = {subject: moregrad.load(subject) for subject in subjects}
        tell_differences(runs.values())
        return plot_runs(runs)
    if len(subjects) > 1:
        raise MoregradError(f"{kind} is a picture of one run or list, and {len(subjects)} are given; give one")
    (subject,) = subjects
    place = Path(subject)
    if holds_run(place) or (kind not in OF_LISTS and not place.is_file()):
        run = moregrad.load(place)
        if reading:
            raise MoregradError(f"{subject} is a run, which has its words already; leave out how a list is read")
        prefix = settings.get("prefix")
        return plot_run(run, kind, **settings | ({"prefix": lower_prefix(run, prefix, asked=False)} if prefix else {}))
    corpus = moregrad.read_corpus(subject, **reading)
    for note in corpus.report.notes:
        say(f"note: {note}")
    return plot_list(corpus.words, kind, **settings)


def _resize(axes: "Axes", size: Paper) -> None:
    """Gives the figure the size asked for; a side that is not given keeps the proportion."""
    figure = axes.get_figure(root=True)
    if figure:
        width, height = figure.get_size_inches()
        scale = (size.width or width) / width if size.width else (size.height or height) / height
        figure.set_size_inches(size.width or width * scale, size.height or height * scale)
