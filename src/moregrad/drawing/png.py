"""A sheet painted by matplotlib, which is imported when the first PNG is written."""

from io import BytesIO
from typing import Any

from moregrad.drawing.shapes import Box, Curve, Head, Parts, Shape, Sheet, Text
from moregrad.drawing.style import SIZE

SCALE = 2.0  # pixels for each unit of the sheet
MOST_PIXELS = 25e6  # of the whole sheet, to bound memory and time
LONGEST_SIDE = 60_000  # pixels; matplotlib's limit is 65,535
CIRCLE = 0.5523  # the distance, in radii, of the control points of a quarter of a circle from its ends
ALIGNMENTS = {"start": "left", "middle": "center", "end": "right"}
FONT = "DejaVu Sans Mono"  # comes with matplotlib


def write_png(sheet: Sheet) -> bytes:
    """The content of a PNG file, with two pixels for each unit of the sheet, fewer where it would become too large."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    width, height = sheet.width, sheet.height
    scale = min(SCALE, (MOST_PIXELS / (width * height)) ** 0.5, LONGEST_SIDE / max(width, height))
    # At 72 dots per inch a point, in which matplotlib measures letters and lines, is one unit of the sheet.
    figure = Figure(figsize=(width / 72, height / 72), dpi=72 * scale, facecolor="none")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    for order, shape in enumerate(shape for group in sheet.groups for shape in group.shapes):
        axes.add_artist(_make_artist(shape)).set_zorder(order)
    file = BytesIO()
    FigureCanvasAgg(figure).print_png(file)
    return file.getvalue()


def _make_artist(shape: Shape) -> Any:
    match shape:
        case Box():
            return _make_path(_trace_outline(shape), shape.fill, shape.edge, shape.thickness, shape.dashed)
        case Curve():
            return _make_path(shape.parts, "none", shape.colour, shape.thickness, shape.dashed)
        case Head():
            from matplotlib.patches import Polygon

            return Polygon(shape.corners, facecolor=shape.colour, edgecolor="none", snap=False)
        case Text():
            return _make_text(shape)


def _trace_outline(box: Box) -> Parts:
    """The outline clockwise from the upper left; the cubic curve of a corner is all but a quarter of a circle."""
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


def _make_path(parts: Parts, fill: str, edge: str, thickness: float, dashed: bool) -> Any:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    points = [point for part in parts for point in part]
    codes = [Path.MOVETO]
    for part in parts[1:]:
        codes += [Path.LINETO] if len(part) == 1 else [Path.CURVE4] * 3
    dashes = (0, (4 / thickness, 3 / thickness)) if dashed else "solid"  # matplotlib counts in thicknesses
    look = {"facecolor": fill, "edgecolor": edge, "linewidth": thickness, "linestyle": dashes, "capstyle": "butt"}
    return PathPatch(Path(points, codes), snap=False, **look)  # snapped to pixels, lines would miss the middle of boxes


def _make_text(shape: Text) -> Any:
    from matplotlib import text

    look = {"color": shape.colour, "horizontalalignment": ALIGNMENTS[shape.anchor], "verticalalignment": "baseline"}
    font = {"fontfamily": FONT, "fontsize": SIZE, "fontweight": "bold" if shape.bold else "normal"}
    return text.Text(shape.x, shape.y, shape.text, parse_math=False, usetex=False, **look, **font)
