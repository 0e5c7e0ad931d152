"""A sheet painted by matplotlib, which is only loaded when a picture is asked for."""

from io import BytesIO
from typing import Any, Literal

from moregrad.scalar.picture.shapes import Box, Curve, Head, Parts, Shape, Sheet, Words
from moregrad.scalar.picture.style import SIZE

SCALE = 2.0  # dots for each unit of the sheet
MOST_DOTS = 25e6  # on the whole sheet, for the sake of memory and time
LONGEST_SIDE = 60_000  # dots; matplotlib's limit is 65,535
CIRCLE = 0.5523  # how far, in radii, the control points of a quarter of a circle are from its ends
ENDS: dict[str, Literal["left", "center", "right"]] = {"start": "left", "middle": "center", "end": "right"}
FONT = "DejaVu Sans Mono"  # comes with matplotlib


def png(sheet: Sheet) -> bytes:
    """The content of a PNG file, with two dots for each unit, fewer where the picture would become too large."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    scale = _scale(sheet.width, sheet.height)
    # At 72 dots to the inch a point, in which matplotlib measures letters and lines, is a unit.
    figure = Figure(figsize=(sheet.width / 72, sheet.height / 72), dpi=72 * scale, facecolor="none")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, sheet.width)
    axes.set_ylim(sheet.height, 0)
    order = 0
    for group in sheet.groups:
        for shape in group.shapes:
            axes.add_artist(_artist(shape)).set_zorder(order)
            order += 1
    file = BytesIO()
    FigureCanvasAgg(figure).print_png(file)
    return file.getvalue()


def _scale(width: float, height: float) -> float:
    return min(SCALE, (MOST_DOTS / (width * height)) ** 0.5, LONGEST_SIDE / max(width, height))


def _artist(shape: Shape) -> Any:
    match shape:
        case Box():
            return _box(shape)
        case Curve():
            return _path(shape.parts, "none", shape.colour, shape.thickness, shape.dashed)
        case Head():
            return _head(shape)
        case Words():
            return _words(shape)


def _box(box: Box) -> Any:
    return _path(_outline(box), box.fill, box.edge, box.thickness, box.dashed)


def _outline(box: Box) -> Parts:
    """Round the box from its upper left, with a cubic curve for each corner, as close to a circle as one comes."""
    left, top, right, bottom = box.x, box.y, box.x + box.width, box.y + box.height
    radius = min(box.radius, box.width / 2, box.height / 2)
    short = radius * (1 - CIRCLE)
    return (
        ((left + radius, top),),
        ((right - radius, top),),
        ((right - short, top), (right, top + short), (right, top + radius)),
        ((right, bottom - radius),),
        ((right, bottom - short), (right - short, bottom), (right - radius, bottom)),
        ((left + radius, bottom),),
        ((left + short, bottom), (left, bottom - short), (left, bottom - radius)),
        ((left, top + radius),),
        ((left, top + short), (left + short, top), (left + radius, top)),
    )


def _path(parts: Parts, fill: str, edge: str, thickness: float, dashed: bool) -> Any:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    points = [point for part in parts for point in part]
    codes = [Path.MOVETO]
    for part in parts[1:]:
        codes += [Path.LINETO] if len(part) == 1 else [Path.CURVE4] * 3
    dashes = (0, (4 / thickness, 3 / thickness)) if dashed else "solid"  # matplotlib counts in thicknesses
    look = {"facecolor": fill, "edgecolor": edge, "linewidth": thickness, "linestyle": dashes, "capstyle": "butt"}
    return PathPatch(Path(points, codes), snap=False, **look)  # snapped to dots, lines would miss the middle of boxes


def _head(head: Head) -> Any:
    from matplotlib.patches import Polygon

    return Polygon(head.corners, facecolor=head.colour, edgecolor="none", snap=False)


def _words(words: Words) -> Any:
    from matplotlib.text import Text

    return Text(
        words.x,
        words.y,
        words.text,
        color=words.colour,
        horizontalalignment=ENDS[words.anchor],
        verticalalignment="baseline",
        fontfamily=FONT,
        fontsize=SIZE,
        fontweight="bold" if words.bold else "normal",
        parse_math=False,
        usetex=False,
    )
