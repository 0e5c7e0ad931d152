"""Docstrings of this package, which are plain text with `code`, as the reStructuredText that Sphinx reads."""

import re
from typing import Any

QUOTED = re.compile(r"(`[^`]+`)")
SPECIAL = re.compile(r"([*|_\\])")


def to_restructured(app: Any, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:
    """Rewrites the lines of a docstring in place: code in backticks, indented blocks as they are."""
    converted: list[str] = []
    for line in lines:
        indented = line.startswith("    ")
        begins = indented and converted and not converted[-1].strip()
        if begins and not line.strip().startswith(">>>") and not _in_block(converted):
            converted += ["::", ""]
        converted.append(line if indented else "".join(map(_convert, QUOTED.split(line))))
    lines[:] = converted


def _in_block(lines: list[str]) -> bool:
    """True if the last line with text belongs to an indented block."""
    return next((line.startswith("    ") for line in reversed(lines) if line.strip()), False)


def _convert(part: str) -> str:
    return f"`{part}`" if QUOTED.fullmatch(part) else SPECIAL.sub(r"\\\1", part)
