"""The expression graph of a Value as a picture, with nothing to install for it."""

from typing import TYPE_CHECKING, NamedTuple

from moregrad.errors import ScalarError
from moregrad.scalar.value import Value

if TYPE_CHECKING:
    from os import PathLike
    from pathlib import Path

    from moregrad.scalar.picture.shapes import Sheet

DIRECTIONS = ("LR", "TB")
SUFFIXES = (".svg", ".dot", ".png")


class Drawing(NamedTuple):
    """A picture of a graph as it was when `draw` was called: `svg` and `dot` are texts; Jupyter shows it on its own."""

    svg: str
    dot: str
    sheet: "Sheet"
    counts: str

    def save(self, path: "str | PathLike[str]") -> "Path":
        """Writes the picture to `path` in the format that its suffix names: .svg, .dot or .png.

        A .png has two dots for each unit of the .svg. Raises ScalarError for another suffix, and for a path that cannot
        be written.
        """
        from pathlib import Path

        path = Path(path)
        suffix = path.suffix.lower()
        if suffix not in SUFFIXES:
            raise ScalarError(f"{path}: a picture is saved as {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}")
        if not path.parent.is_dir():
            raise ScalarError(f"{path}: there is no folder {path.parent}; make it first")
        try:
            self._write(path, suffix)
        except OSError as error:
            raise ScalarError(f"{path}: cannot be written: {error.strerror or error}") from error
        return path

    def _write(self, path: "Path", suffix: str) -> None:
        if suffix == ".png":
            from moregrad.scalar.picture.png import png

            path.write_bytes(png(self.sheet))
        else:
            text = self.svg if suffix == ".svg" else self.dot
            path.write_text(text, encoding="utf-8", newline="\n")

    def _repr_svg_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"Drawing of {self.counts}"


def draw(value: Value, *, direction: str = "LR", limit: int = 150) -> Drawing:
    """The graph that `value` was computed from, from left to right ("LR") or from top to bottom ("TB").

    Each Value is a card with its label, `data` and, once backward has been called, `grad`; a round node before it names
    the operation that made it. Leaves are blue, `value` itself is amber. Of a graph with more than `limit` Values the
    nearest to `value` are drawn, and a note says so.

        >>> a, b = Value(2.0, label="a"), Value(-3.0, label="b")
        >>> draw(a * b + a)
        Drawing of 4 values and 2 operations

    In a notebook that is the picture. Elsewhere, `draw(x).save("graph.png")`; .svg and .dot will do as well.
    """
    from moregrad.scalar.picture.dot import dot
    from moregrad.scalar.picture.scene import scene
    from moregrad.scalar.picture.sheet import compose
    from moregrad.scalar.picture.svg import svg

    _check(value, direction, limit)
    seen = scene(value, limit)
    sheet = compose(seen, direction)
    return Drawing(svg(sheet), dot(seen, direction), sheet, seen.counts)


def _check(value: object, direction: object, limit: object) -> None:
    if not isinstance(value, Value):
        raise ScalarError(f"draw takes a Value, not {type(value).__name__}: {value!r:.60}")
    if direction not in DIRECTIONS:
        raise ScalarError(f"direction {direction!r}: it is {' or '.join(map(repr, DIRECTIONS))}")
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
        raise ScalarError(f"limit {limit!r}: it is a whole number from 1 on")
