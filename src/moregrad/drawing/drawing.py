"""From nodes to a picture, and from a picture to a file."""

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from os import PathLike
from pathlib import Path
from typing import Literal, NamedTuple

from moregrad.atomic import write_bytes
from moregrad.drawing.dot import write_dot
from moregrad.drawing.graph import TITLE, Graph, Node, make_cards, prepare
from moregrad.drawing.shapes import Sheet
from moregrad.drawing.sheet import compose
from moregrad.drawing.svg import write_svg
from moregrad.drawing.text import count_nouns
from moregrad.errors import DrawingError

DIRECTIONS = ("LR", "TB")
SUFFIXES = (".svg", ".dot", ".png")

LEAST = 0.6
"""The scale below which letters are too small, and a notebook scrolls the picture instead."""
SHOWN = """\
<div style="overflow-x: auto"><img alt="{alt}" src="data:image/svg+xml;base64,{data}"
style="display: block; width: 100%; max-width: {most:.0f}px; min-width: {least:.0f}px"></div>"""


class Drawing(NamedTuple):
    """A finished picture: `svg` and `dot` are texts, `contents` says in words what is drawn.

    Jupyter shows it on its own.
    """

    svg: str
    dot: str
    sheet: Sheet
    contents: str

    def save(self, path: str | PathLike[str]) -> Path:
        """Writes the picture to `path` in the format that its suffix names (.svg, .dot or .png), and returns the path.

        A .png has two pixels for each unit of the .svg. Raises DrawingError for another suffix, and for a path that
        cannot be written.
        """
        path = Path(path)
        suffix = path.suffix.lower()
        if suffix not in SUFFIXES:
            raise DrawingError(f"{path}: a picture is saved as {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}")
        if not path.parent.is_dir():
            raise DrawingError(f"{path}: there is no folder {path.parent}; make it first")
        try:
            write_bytes(path, self._encode(suffix))
        except OSError as error:
            raise DrawingError(f"{path}: cannot be written: {error.strerror or error}") from error
        return path

    def _encode(self, suffix: str) -> bytes:
        if suffix == ".png":
            from moregrad.drawing.png import write_png

            return write_png(self.sheet)
        return (self.svg if suffix == ".svg" else self.dot).encode()

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_html_(self) -> str:
        """Returns the picture scaled to the room that a page has; a notebook would cut off what is wider."""
        width = self.sheet.width
        data = b64encode(self.svg.encode()).decode()
        return SHOWN.format(alt=escape(self.contents), data=data, most=width, least=LEAST * width)

    def __repr__(self) -> str:
        return f"Drawing of {self.contents}"


def draw_graph(
    nodes: Sequence[Node],
    *,
    direction: Literal["LR", "TB"] = "LR",
    title: str = "Graph",
    contents: str = "",
    notes: Sequence[str] = (),
) -> Drawing:
    """Draws `nodes`, from left to right ("LR") or from top to bottom ("TB").

    Every node comes after its inputs, and those on one level are kept in their order where that costs no crossings.
    `contents` says what is drawn, by default the number of nodes, and `notes` are written under the picture. Raises
    DrawingError for no nodes at all, a node before its inputs, and another direction.
    """
    if direction not in DIRECTIONS:
        raise DrawingError(f"direction {direction!r}: it is {' or '.join(map(repr, DIRECTIONS))}")
    if not nodes:
        raise DrawingError("draw_graph of no nodes: it takes at least one")
    contents = contents or count_nouns(len(nodes), "node")
    graph = Graph(make_cards(nodes), prepare(f"{title}: {contents}", most=TITLE), tuple(map(prepare, notes)))
    sheet = compose(graph, direction)
    return Drawing(write_svg(sheet), write_dot(graph, direction), sheet, contents)
