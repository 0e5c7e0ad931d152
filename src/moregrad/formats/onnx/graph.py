"""An ONNX graph under construction: nodes, constants, and shapes in which the number of rows is not known."""

from collections.abc import Sequence
from typing import Any

import jax
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from moregrad.errors import ModelError

OPSET, IR = 18, 10
BATCH = "batch"
"""The name of the number of rows."""

KINDS = {"f": np.float32, "i": np.int32, "u": np.int32, "b": np.bool_}
"""The type that the numbers of each kind have in a graph."""

CODES = {
    np.dtype(np.float32): TensorProto.FLOAT,
    np.dtype(np.int32): TensorProto.INT32,
    np.dtype(np.int64): TensorProto.INT64,
    np.dtype(np.bool_): TensorProto.BOOL,
}

Value = str | np.ndarray
"""A value that the graph computes, by its name, or an array that is known already."""


def kind_of(dtype: Any) -> np.dtype:
    """Returns the type that numbers of `dtype` have in a graph; raises ModelError if there is none."""
    dtype = np.dtype(dtype)
    if dtype.kind not in KINDS or dtype.itemsize > 4 or dtype == np.uint32:
        raise ModelError(f"its step has numbers of the type {dtype}, which an ONNX graph of moregrad has not")
    return np.dtype(KINDS[dtype.kind])


class Graph:
    """The nodes and constants so far; `rows` is the symbol that JAX has for the number of rows."""

    def __init__(self, rows: Any, counted: str) -> None:
        self.rows = rows
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[int, tuple[str, np.ndarray]] = {}
        self.initializers: list[onnx.TensorProto] = []
        self._made = 0
        (shape,) = self.add("Shape", counted)
        self.length = shape
        """The name of the number of rows, a vector of one whole number."""

    def add(self, operator: str, *inputs: Value, outputs: int = 1, **attributes: Any) -> list[str]:
        """Adds a node and returns the names of its outputs."""
        names = [self._name(operator) for _ in range(outputs)]
        self.nodes.append(helper.make_node(operator, [self.name(each) for each in inputs], names, **attributes))
        return names

    def name(self, value: Value) -> str:
        """Returns the name of `value`, which becomes a constant if it is known."""
        if isinstance(value, str):
            return value
        if id(value) not in self.constants:
            name = self._name("constant")
            stored = value if value.dtype == np.int64 else value.astype(kind_of(value.dtype))
            self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(stored).reshape(value.shape), name))
            # The value is kept, lest another take its identity.
            self.constants[id(value)] = name, value
        return self.constants[id(value)][0]

    def whole(self, *numbers: int) -> np.ndarray:
        """Returns a vector of whole numbers, such as axes and shapes are."""
        return np.array(numbers, np.int64)

    def multiple(self, size: Any) -> int:
        """Returns how many times the number of rows the symbolic `size` is; raises ModelError for any other."""
        times = size // self.rows
        if isinstance(times, int) and times * self.rows == size:
            return times
        raise ModelError(f"its step has a size of {size} for {self.rows} rows, which no ONNX graph of moregrad has")

    def size(self, size: Any) -> Value:
        """Returns a size as a vector of one whole number."""
        if isinstance(size, int | np.integer):
            return self.whole(int(size))
        times = self.multiple(size)
        return self.length if times == 1 else self.add("Mul", self.length, self.whole(times))[0]

    def shape(self, sizes: Sequence[Any]) -> Value:
        """Returns a shape as a vector."""
        if all(isinstance(size, int | np.integer) for size in sizes):
            return self.whole(*map(int, sizes))
        return self.add("Concat", *map(self.size, sizes), axis=0)[0]

    def reshape(self, value: Value, sizes: Sequence[Any]) -> str:
        """Gives `value` other axes of the same sizes."""
        symbolic = [not isinstance(size, int | np.integer) for size in sizes]
        if sum(symbolic) > 1:
            return self.add("Reshape", value, self.shape(sizes))[0]
        told = self.whole(*(-1 if unknown else int(size) for size, unknown in zip(sizes, symbolic, strict=True)))
        return self.add("Reshape", value, told)[0]

    def cast(self, value: Value, dtype: Any) -> str:
        """Converts `value`."""
        return self.add("Cast", value, to=CODES[np.dtype(dtype)])[0]

    def transpose(self, value: Value, order: Sequence[int]) -> Value:
        """Puts the axes of `value` in another order."""
        order = [int(axis) for axis in order]
        if order == sorted(order):
            return value
        return (
            np.transpose(value, order) if isinstance(value, np.ndarray) else self.add("Transpose", value, perm=order)[0]
        )

    def declare(self, name: str, aval: Any, dtype: Any = None) -> onnx.ValueInfoProto:
        """Returns the declaration of an input or output."""
        sizes = [int(size) if isinstance(size, int) else self._dimension(size) for size in aval.shape]
        return helper.make_tensor_value_info(name, CODES[np.dtype(dtype or kind_of(aval.dtype))], sizes)

    def _dimension(self, size: Any) -> str:
        times = self.multiple(size)
        return BATCH if times == 1 else f"{times}_{BATCH}"

    def _name(self, stem: str) -> str:
        self._made += 1
        return f"{stem.lower()}_{self._made}"


def evaluate(primitive: Any, values: Sequence[np.ndarray], params: dict[str, Any]) -> list[np.ndarray]:
    """Computes what depends on nothing but constants."""
    found = primitive.bind(*map(jax.numpy.asarray, values), **params)
    return [np.asarray(each) for each in (found if primitive.multiple_results else [found])]
