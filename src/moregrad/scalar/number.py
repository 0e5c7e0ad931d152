"""The number in a Value: converted, rounded, compared, shown. Compiled where there is a C compiler."""

from numbers import Real
from typing import Any

import cython


@cython.no_gc
@cython.cclass
class Scalar:
    """A number with a gradient and a label, the base class of Value.

    `<`, `<=`, `>` and `>=` compare numbers; `==` is that of objects, so that lists find the one which is meant.
    """

    __slots__ = ("data", "grad", "label")

    data: float
    grad: float
    label: str

    def __float__(self) -> float:
        return self.data

    def __int__(self) -> int:
        return int(self.data)

    def __trunc__(self) -> int:
        return int(self.data)

    def __round__(self, digits: int | None = None) -> Any:
        return round(self.data, digits)

    def __lt__(self, other: Any) -> bool:
        return self.data < _unwrap(other) if _is_number(other) else NotImplemented

    def __le__(self, other: Any) -> bool:
        return self.data <= _unwrap(other) if _is_number(other) else NotImplemented

    def __gt__(self, other: Any) -> bool:
        return self.data > _unwrap(other) if _is_number(other) else NotImplemented

    def __ge__(self, other: Any) -> bool:
        return self.data >= _unwrap(other) if _is_number(other) else NotImplemented

    def __hash__(self) -> int:
        return id(self)

    def __repr__(self) -> str:
        label = f", label={self.label!r}" if self.label else ""
        return f"Value(data={self.data}, grad={self.grad}{label})"

    def __format__(self, spec: str) -> str:
        return repr(self) if isinstance(spec, str) and not spec else float.__format__(self.data, spec)


def _is_number(x: object) -> bool:
    return isinstance(x, (Scalar, float, int, Real))


def _unwrap(x: Any) -> Any:
    """The number to compare; others than Values stay as they are, since Python compares floats with any integer."""
    return x.data if isinstance(x, Scalar) else x
