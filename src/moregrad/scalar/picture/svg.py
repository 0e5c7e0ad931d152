"""A sheet as SVG.

Without style sheet and without references to names, which pictures that share a page would get mixed up.
"""

from collections.abc import Iterable

from moregrad.scalar.picture.shapes import Box, Curve, Group, Head, Shape, Sheet, Words
from moregrad.scalar.picture.style import SIZE

FONTS = "DejaVu Sans Mono, Menlo, Consolas, Liberation Mono, monospace"


def svg(sheet: Sheet) -> str:
    """The text of an SVG file."""
    width, height = _figure(sheet.width), _figure(sheet.height)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' role="img" font-family="{FONTS}" font-size="{_figure(SIZE)}">',
        f"<title>{_escape(sheet.title)}</title>",
        *map(_group, sheet.groups),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _group(group: Group) -> str:
    title = [f"<title>{_escape(group.title)}</title>"] if group.title else []
    return "\n".join(["<g>", *title, *map(_shape, group.shapes), "</g>"])


def _shape(shape: Shape) -> str:
    match shape:
        case Box():
            return _box(shape)
        case Curve():
            return _curve(shape)
        case Head():
            return f'<path d="M{_points(shape.corners)}Z" fill="{shape.colour}"/>'
        case Words():
            return _words(shape)


def _box(box: Box) -> str:
    return (
        f'<rect x="{_figure(box.x)}" y="{_figure(box.y)}" width="{_figure(box.width)}" height="{_figure(box.height)}"'
        f' rx="{_figure(box.radius)}" fill="{box.fill}"{_stroke(box.edge, box.thickness, box.dashed)}/>'
    )


def _curve(curve: Curve) -> str:
    path = "".join(f"{letter}{_points(part)}" for letter, part in zip(_letters(curve), curve.parts, strict=True))
    return f'<path d="{path}" fill="none"{_stroke(curve.colour, curve.thickness, curve.dashed)}/>'


def _letters(curve: Curve) -> list[str]:
    return ["M", *("L" if len(part) == 1 else "C" for part in curve.parts[1:])]


def _words(words: Words) -> str:
    anchor = "" if words.anchor == "start" else f' text-anchor="{words.anchor}"'
    weight = ' font-weight="bold"' if words.bold else ""
    place = f'x="{_figure(words.x)}" y="{_figure(words.y)}"'
    return f'<text {place}{anchor}{weight} fill="{words.colour}">{_escape(words.text)}</text>'


def _stroke(colour: str, thickness: float, dashed: bool) -> str:
    dashes = ' stroke-dasharray="4 3"' if dashed else ""
    return f' stroke="{colour}" stroke-width="{_figure(thickness)}"{dashes}'


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{_figure(x)},{_figure(y)}" for x, y in points)


def _figure(x: float) -> str:
    """At most two decimals, and none that are 0."""
    return f"{x:.2f}".rstrip("0").rstrip(".")


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
