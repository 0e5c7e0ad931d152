"""A sheet as SVG, without style sheets, classes or ids, which pictures on the same page would share."""

from collections.abc import Iterable

from moregrad.drawing.shapes import Box, Curve, Group, Head, Shape, Sheet, Text
from moregrad.drawing.style import SIZE

FONTS = "DejaVu Sans Mono, Menlo, Consolas, Liberation Mono, monospace"


def write_svg(sheet: Sheet) -> str:
    """The text of an SVG file."""
    width, height = _format(sheet.width), _format(sheet.height)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' role="img" font-family="{FONTS}" font-size="{_format(SIZE)}">',
        f"<title>{_escape(sheet.title)}</title>",
        *map(_write_group, sheet.groups),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _write_group(group: Group) -> str:
    title = [f"<title>{_escape(group.title)}</title>"] if group.title else []
    return "\n".join(["<g>", *title, *map(_write_shape, group.shapes), "</g>"])


def _write_shape(shape: Shape) -> str:
    match shape:
        case Box(x, y, width, height, radius, fill, edge, thickness, dashed):
            frame = f'x="{_format(x)}" y="{_format(y)}" width="{_format(width)}" height="{_format(height)}"'
            stroke = _write_stroke(edge, thickness, dashed)
            return f'<rect {frame} rx="{_format(radius)}" fill="{fill}"{stroke}/>'
        case Curve(parts, colour, thickness, dashed):
            commands = ["M", *("L" if len(part) == 1 else "C" for part in parts[1:])]
            path = "".join(command + _write_points(part) for command, part in zip(commands, parts, strict=True))
            return f'<path d="{path}" fill="none"{_write_stroke(colour, thickness, dashed)}/>'
        case Head(corners, colour):
            return f'<path d="M{_write_points(corners)}Z" fill="{colour}"/>'
        case Text(x, y, text, colour, anchor, bold):
            anchored = "" if anchor == "start" else f' text-anchor="{anchor}"'
            weight = ' font-weight="bold"' if bold else ""
            return f'<text x="{_format(x)}" y="{_format(y)}"{anchored}{weight} fill="{colour}">{_escape(text)}</text>'


def _write_stroke(colour: str, thickness: float, dashed: bool) -> str:
    dashes = ' stroke-dasharray="4 3"' if dashed else ""
    return f' stroke="{colour}" stroke-width="{_format(thickness)}"{dashes}'


def _write_points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{_format(x)},{_format(y)}" for x, y in points)


def _format(x: float) -> str:
    """At most two decimals, without trailing zeros."""
    return f"{x:.2f}".rstrip("0").rstrip(".")


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
