"""Every row of the table, by name, with inputs at which it is smooth."""

from hypothesis import strategies as st

from moregrad.scalar import Op, ops

ROWS: dict[str, Op] = {row.name: row for row in vars(ops).values() if isinstance(row, Op)}
ROWS |= {row.name: row for row in (ops.leaky_relu_of(0.01), *map(ops.power_of, (-1.0, 0.0, 0.5, 2.0, 3.0)))}

_LARGEST = 4.0
_ANY = st.floats(-_LARGEST, _LARGEST)
_POSITIVE = st.floats(0.1, _LARGEST)
_APART_FROM_0 = st.one_of(st.floats(-_LARGEST, -0.01), st.floats(0.01, _LARGEST))


def _distinct(least: int, most: int) -> st.SearchStrategy[tuple[float, ...]]:
    """Numbers no two of which are near each other."""
    whole = st.lists(st.integers(-40, 40), min_size=least, max_size=most, unique=True)
    return whole.map(lambda numbers: tuple(0.1 * number for number in numbers))


_SPECIAL: dict[str, st.SearchStrategy[tuple[float, ...]]] = {
    "+": st.tuples(_ANY, _ANY),
    "-": st.tuples(_ANY, _ANY),
    "*": st.tuples(_ANY, _ANY),
    "/": st.tuples(_ANY, st.one_of(st.floats(-_LARGEST, -0.1), _POSITIVE)),
    "**": st.tuples(_POSITIVE, st.floats(-3, 3)),
    "max": _distinct(2, 6),
    "min": _distinct(2, 6),
    "logsumexp": st.lists(_ANY, min_size=1, max_size=6).map(tuple),
    **dict.fromkeys(("log", "sqrt", "**0.5", "**-1"), st.tuples(_POSITIVE)),
    **dict.fromkeys(("abs", "ReLU", "leaky ReLU"), st.tuples(_APART_FROM_0)),
}
SMOOTH = {name: _SPECIAL.get(name, st.tuples(_ANY)) for name in ROWS}
"""For each row, strategies of inputs a little away from every kink and pole."""
