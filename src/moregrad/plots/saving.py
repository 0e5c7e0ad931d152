"""Figures as PNG and SVG, in memory and in files."""

from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from moregrad.atomic import write_bytes
from moregrad.errors import DrawingError

SUFFIXES = (".png", ".svg")
DPI = 150


def save(axes: Axes, path: str | PathLike[str], *, dpi: float = DPI) -> Path:
    """Writes the figure of `axes` to `path` in the format that its suffix names (.png or .svg), and returns the path.

    A .png has `dpi` pixels per inch. Raises DrawingError for another suffix, and for a path that cannot be written.
    """
    path = check_path(path)
    try:
        write_bytes(path, to_png(axes, dpi=dpi) if path.suffix.lower() == ".png" else to_svg(axes))
    except OSError as error:
        raise DrawingError(f"{path}: cannot be written: {error.strerror or error}") from error
    return path


def check_path(path: str | PathLike[str]) -> Path:
    """Returns `path`; raises DrawingError if no figure can be saved there for its suffix or its folder."""
    path = Path(path)
    if path.suffix.lower() not in SUFFIXES:
        raise DrawingError(f"{path}: a figure is saved as {' or '.join(SUFFIXES)}; end its name so")
    if not path.parent.is_dir():
        raise DrawingError(f"{path}: there is no folder {path.parent}; make it first")
    return path


def to_png(axes: Axes, *, dpi: float = DPI) -> bytes:
    """Returns the figure of `axes` as a PNG file of `dpi` pixels per inch."""
    return _render(axes, "png", dpi=dpi)


def to_svg(axes: Axes) -> bytes:
    """Returns the figure of `axes` as an SVG file, in UTF-8; the same figure gives the same file."""
    with matplotlib.rc_context({"svg.hashsalt": "moregrad"}):
        return _render(axes, "svg", metadata={"Date": None})


def _render(axes: Axes, form: str, **options: Any) -> bytes:
    figure = axes.get_figure(root=True)
    assert isinstance(figure, Figure)
    file = BytesIO()
    figure.savefig(file, format=form, **options)
    return file.getvalue()
