"""A table that stays readable on a narrow screen."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.table import Table
from rich.text import Text

GAP = 2
LEAST_TEXT = 12
"""Columns of the screen that text needs to be wrapped in."""


class Grid(Table):
    """Rows under column names. Where numbers and names do not fit beside each other, the first cell of a row gets a
    line of its own above the others, or, on a screen narrower still, every cell does."""

    def __init__(self, names: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool]) -> None:
        super().__init__(box=None, header_style="bold", pad_edge=False, padding=(0, GAP, 0, 0))
        self.cells = [list(names), *map(list, rows)]
        self.numeric = list(numeric)
        for index, (name, number) in enumerate(zip(names, numeric, strict=True)):
            whole = number or index == 0
            self.add_column(name, justify="right" if number else "left", no_wrap=whole, overflow="fold")
        for row in rows:
            self.add_row(*row)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Any]:
        for gap in (GAP, GAP - 1):
            self.padding = (0, gap, 0, 0)
            if self._fits(0, options.max_width, gap):
                yield from super().__rich_console__(console, options)
                return
        if self._fits(1, options.max_width, GAP):
            yield from self._rows_below_names()
        else:
            yield from self._cells_one_by_one()

    def _widths(self) -> list[int]:
        return [max(map(cell_len, column)) for column in zip(*self.cells, strict=True)]

    def _fits(self, first: int, width: int, gap: int) -> bool:
        whole = [number or index == 0 for index, number in enumerate(self.numeric)]
        needs = [x if keep else min(x, LEAST_TEXT) for x, keep in zip(self._widths(), whole, strict=True)][first:]
        return sum(needs) + gap * (len(needs) - 1) <= width

    def _rows_below_names(self) -> Iterator[Any]:
        for number, (name, *others) in enumerate(self.cells):
            parts = zip(others, self._widths()[1:], self.numeric[1:], strict=True)
            line = (" " * GAP).join(_justify(part, width, right=right) for part, width, right in parts)
            # A string passes through the screen, which makes escape sequences visible.
            yield Text(f"{name}\n{line}", style="bold") if number == 0 else f"{name}\n{line}"

    def _cells_one_by_one(self) -> Iterator[str]:
        names, *rows = self.cells
        width = max(map(cell_len, names)) + GAP
        for row in rows:
            yield "\n".join(_justify(name, width) + cell for name, cell in zip(names, row, strict=True)) + "\n"


def _justify(cell: str, width: int, *, right: bool = False) -> str:
    space = " " * (width - cell_len(cell))
    return space + cell if right else cell + space
