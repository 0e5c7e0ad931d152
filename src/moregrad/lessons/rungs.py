"""The ladder: the loss of every model of the road on the same words."""

import json
from dataclasses import dataclass
from html import escape
from pathlib import Path

from moregrad.errors import MoregradError
from moregrad.suggestion import nearest

RECORDED = Path(__file__).parent / "ladder.json"
"""The figures that `tests/reference/record_ladder.py` recorded."""

CAPTION = "names.txt, lecture split; losses in nats per character, the end of a name counted; lower is better"

HEADS = ("lesson", "model", "parameters", "validation", "test", "")
SIDES = ("right", "left", "right", "right", "right", "left")

# From the palette of Okabe and Ito; a mark and bold type say the same without colour.
BAR, MARKED = "#A3CBE3", "#E69F00"


@dataclass(frozen=True)
class Rung:
    """A model of the road: its lesson, its losses on validation and test words, and how it was trained."""

    name: str
    lesson: int
    parameters: int | None
    validation: float
    test: float
    recipe: str


@dataclass(frozen=True)
class Ladder:
    """Models from the worst to the best on validation words; `marked` is the one that stands out."""

    rungs: tuple[Rung, ...]
    marked: Rung | None = None

    def compare(self) -> str:
        """Tells where the marked model stands, in one or two sentences; empty if none is marked."""
        if self.marked is None:
            return ""
        place = self.rungs.index(self.marked)
        told = [f"{self.marked.name}: {self.marked.validation:.4f} on validation words"]
        if place:
            below = self.rungs[place - 1]
            told.append(f"{below.validation - self.marked.validation:.4f} better than {below.name}")
        if place < len(self.rungs) - 1:
            best = self.rungs[-1]
            told.append(f"{self.marked.validation - best.validation:.4f} worse than the best, {best.name}")
        return ", ".join(told) + "."

    def __repr__(self) -> str:
        width = max(len(rung.name) for rung in self.rungs)
        lines = [CAPTION, f"  lesson  {'model':<{width}}  parameters  validation    test"]
        for rung in self.rungs:
            mark = ">" if rung is self.marked else " "
            lines.append(
                f"{mark} {rung.lesson:>6}  {rung.name:<{width}}  {_count(rung):>10}  "
                f"{rung.validation:>10.4f}  {rung.test:>6.4f}"
            )
        return "\n".join([*lines, self.compare()]).rstrip()

    def _repr_html_(self) -> str:
        heads = "".join(
            f'<th style="text-align: {side}; padding: 0 0.5em">{head}</th>'
            for head, side in zip(HEADS, SIDES, strict=True)
        )
        rows = "".join(self._row(rung) for rung in self.rungs)
        caption = f'<caption style="text-align: left; white-space: normal">{escape(CAPTION)}</caption>'
        table = f'<table style="white-space: nowrap">{caption}<tr>{heads}</tr>{rows}</table>'
        return f'<div style="overflow-x: auto">{table}</div><p>{escape(self.compare())}</p>'

    def _row(self, rung: Rung) -> str:
        marked = rung is self.marked
        bar = f"background: {MARKED if marked else BAR}; width: {rung.validation / self.rungs[0].validation * 7:.2f}em"
        cells = (rung.lesson, escape(rung.name), _count(rung), f"{rung.validation:.4f}", f"{rung.test:.4f}")
        bold = [f"<b>{cell}</b>" if marked else cell for cell in cells]
        shown = "".join(
            f'<td style="text-align: {side}; padding: 0 0.5em">{cell}</td>'
            for cell, side in zip(bold, SIDES, strict=False)
        )
        return f'<tr title="{escape(rung.recipe)}">{shown}<td><div style="{bar}; height: 0.8em"></div></td></tr>'


def ladder(highlight: str | None = None) -> Ladder:
    """Returns the ladder of losses with the model `highlight` marked.

    Losses are nats per character of names.txt in the lecture split, on its validation and test words. Raises
    MoregradError for a model that is not on the ladder.
    """
    rungs = [Rung(**facts) for facts in json.loads(RECORDED.read_text("utf-8"))]
    rungs.sort(key=lambda rung: -rung.validation)
    names = {rung.name: rung for rung in rungs}
    if highlight is not None and highlight not in names:
        raise MoregradError(
            f"{highlight!r} is not on the ladder; did you mean {nearest(highlight, names)!r}? Give {', '.join(names)}"
        )
    return Ladder(tuple(rungs), names.get(highlight or ""))


def _count(rung: Rung) -> str:
    return "-" if rung.parameters is None else f"{rung.parameters:,}"
