"""The published figures of every run, and their comparison with what came out.

They stand in the folder `published`, a JSON file per run, which holds series of figures by name. A series has the
`measure`, the `tolerance`, the `values`, and says `by` which places its values are listed: a list is numbered from 1, a
dictionary has the places as keys, one level per place. `at` names places that all its values share. A value of null is
one that nobody published.
"""

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from moregrad.lectures.row import NUMBER, Row

Place = dict[str, int | str]


def published(name: str) -> dict[str, Any]:
    """Returns the published series of the run `name`."""
    return _read(name)["series"]


def source(name: str) -> str:
    """Says who published the figures of the run `name`."""
    return _read(name)["about"]


def _read(name: str) -> dict[str, Any]:
    return json.loads(files("moregrad.lectures").joinpath("published", f"{name}.json").read_text("utf-8"))


def compare(name: str, obtained: Mapping[str, Any]) -> list[Row]:
    """Puts every published figure of the run `name` beside the one in the series of the same name in `obtained`."""
    rows = []
    for title, series in published(name).items():
        by = series.get("by", NUMBER)
        places = [by] if isinstance(by, str) else by
        for place, figure, ours in _pairs(series["values"], obtained[title], places):
            at = {**series.get("at", {}), **place}
            rows.append(Row(series["measure"], at, figure, _plain(ours), float(series.get("tolerance", 0))))
    return rows


def _pairs(figures: Any, ours: Any, places: list[str]) -> Iterator[tuple[Place, Any, Any]]:
    """Yields every published figure with its place and the obtained one."""
    if isinstance(figures, list):
        pairs = zip(figures, ours[: len(figures)], strict=True)
        found = [(number, *pair) for number, pair in enumerate(pairs, start=1)]
    elif isinstance(figures, dict):
        keyed = {str(key): own for key, own in (ours.items() if isinstance(ours, Mapping) else enumerate(ours))}
        found = [(int(key) if key.isdecimal() else key, figure, keyed[key]) for key, figure in figures.items()]
    else:
        yield {}, figures, ours
        return
    for key, figure, own in found:
        for place, inner, its in _pairs(figure, own, places[1:]):
            yield {places[0]: key, **place}, inner, its


def _plain(value: Any) -> Any:
    """Returns a number or text of Python in place of one of NumPy or JAX."""
    return value.item() if hasattr(value, "item") else value
