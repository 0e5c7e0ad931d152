"""From the jaxpr of one step of a model to a program of loops, primitive by primitive."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, TypeAlias, TypeVar

import jax.numpy as jnp
import numpy as np
from jax.extend.core import ClosedJaxpr, Jaxpr, Var

from moregrad.errors import ModelError
from moregrad.formats.translation.expressions import INDEX, ZERO, Expression, constant, read
from moregrad.formats.translation.program import Buffer, Let, Program, Store
from moregrad.formats.translation.values import Value, laid_out, position, stored, uniform

Values: TypeAlias = list[Value]
Shapes: TypeAlias = list[Any]
Emitter: TypeAlias = Callable[..., Value | Values]
E = TypeVar("E", bound=Emitter)

EMITTERS: dict[str, Emitter] = {}
"""The functions that make the values of primitives, of the translation, the operands, the shapes of the results, and
the parameters by name."""

DTYPES = ("float32", "int32", "uint32", "uint16", "uint8", "bool")
CALLS = ("jit", "closed_call", "core_call", "custom_jvp_call", "custom_vjp_call", "remat2")
FOLDED, SMALL = 2**16, 16
"""The most elements of an array that is computed here of nothing, and of what has fewer."""

PALETTE = 2**12
"""Elements from which on an array of few different numbers is kept as these numbers and their places among them."""


def emitter(*names: str) -> Callable[[E], E]:
    """Registers the emitter of primitives."""

    def register(function: E) -> E:
        EMITTERS.update(dict.fromkeys(names, function))
        return function

    return register


class Translation:
    """A program in the making."""

    def __init__(self) -> None:
        self.program = Program()
        self._kept: dict[tuple[Any, ...], Buffer] = {}

    def run(self, jaxpr: Jaxpr, operands: Sequence[Value]) -> Values:
        """Adds the equations of `jaxpr`; returns its results. Raises ModelError for a primitive that is not known."""
        live, uses = _used(jaxpr)
        values: dict[Var, Value] = {}

        def look(atom: Any) -> Value:
            literal = not isinstance(atom, Var)
            return self.known(np.asarray(atom.val, atom.aval.dtype)) if literal else values[atom]

        def bind(variables: Iterable[Var], found: Iterable[Value]) -> None:
            for variable, value in zip(variables, found, strict=True):
                values[variable] = self.settled(value) if (uses[variable] - 1) * value.cost > 1 else value

        bind([*jaxpr.constvars, *jaxpr.invars], operands)
        for equation in live:
            bind(equation.outvars, self._emit(equation, [look(atom) for atom in equation.invars]))
        return [look(atom) for atom in jaxpr.outvars]

    def _emit(self, equation: Any, operands: list[Value]) -> Values:
        name, parameters = equation.primitive.name, equation.params
        if name in CALLS:
            return self.call(parameters.get("jaxpr") or parameters["call_jaxpr"], operands)
        if folded := _fold(equation, operands):
            return [self.known(array, rounds=any(each.rounds for each in operands)) for array in folded]
        if name not in EMITTERS:
            raise ModelError(f"the model computes {name}, which cannot be translated; write `advance` without it")
        shapes = [variable.aval for variable in equation.outvars]
        for each in shapes:
            if str(each.dtype) not in DTYPES:
                raise ModelError(f"the model computes {name} in {each.dtype}; only {', '.join(DTYPES)} are translated")
        made = EMITTERS[name](self, operands, shapes, **{key: _plain(each) for key, each in parameters.items()})
        return made if isinstance(made, list) else [made]

    def call(self, jaxpr: ClosedJaxpr | Jaxpr, operands: Sequence[Value]) -> Values:
        """Adds the equations of a jaxpr with its constants."""
        if isinstance(jaxpr, Jaxpr):
            return self.run(jaxpr, operands)
        return self.run(jaxpr.jaxpr, [*(self.known(np.asarray(each)) for each in jaxpr.consts), *operands])

    def known(self, array: np.ndarray, *, rounds: bool = False) -> Value:
        """Returns numbers as a value; they are kept only if they are read. `rounds` says that they may be rounded."""
        shape, dtype = array.shape, str(array.dtype)
        reader = cache(lambda: self._reader(array.ravel(), rounds=rounds))
        found = laid_out(lambda place: reader()(place), shape, dtype)
        return replace(found, known=array, rounds=rounds)

    def _reader(self, numbers: np.ndarray, *, rounds: bool) -> Callable[[Expression], Expression]:
        dtype = str(numbers.dtype)
        if numbers.size == 0 or (numbers == numbers[0]).all():
            value = constant(numbers[0].item() if numbers.size else 0, dtype)
            return lambda place: value
        if dtype == "int32" and (numbers == np.arange(numbers.size)).all():
            return lambda place: place
        if dtype == "float32" and numbers.size >= PALETTE:
            different, places = np.unique(numbers, return_inverse=True)
            if len(different) <= min(2**16, numbers.size // 2):
                palette, kept = self._keep(different), self._keep(places)
                return lambda place: read(palette, read(kept, place, INDEX), dtype)
        buffer = self._keep(numbers, rounds=rounds)
        return lambda place: read(buffer, place, dtype)

    def _keep(self, numbers: np.ndarray, *, rounds: bool = False) -> Buffer:
        """Keeps numbers once, whole ones in the smallest type that has them."""
        if numbers.dtype != np.float32:
            small = [np.uint8, np.uint16, np.int32, np.uint32]
            numbers = next(numbers.astype(each) for each in small if (numbers.astype(each) == numbers).all())
        key = (str(numbers.dtype), numbers.tobytes(), rounds)
        if key not in self._kept:
            self._kept[key] = self.program.buffer("constant", str(numbers.dtype), numbers.size)
            self.program.constants[self._kept[key]] = numbers
            if rounds and numbers.dtype == np.float32:
                self.program.weights.add(self._kept[key])
        return self._kept[key]

    def settled(self, value: Value) -> Value:
        """Returns `value` stored, unless its elements cost nothing."""
        return self.stored(value) if value.cost else value

    def stored(self, value: Value) -> Value:
        """Stores `value`; a single number becomes a variable."""
        if value.size == 1:
            variable = self.program.variable(value.dtype)
            self.program.add(Let(variable, value.element([ZERO] * len(value.shape))))
            return uniform(variable, value.shape)
        return self.store(value, self.program.buffer("temporary", value.dtype, value.size))

    def store(self, value: Value, buffer: Buffer) -> Value:
        """Stores `value` in `buffer`."""
        self.program.store(value.shape, lambda index: Store(buffer, position(index, value.shape), value.element(index)))
        return stored(buffer, value.shape, value.dtype)


def _plain(parameter: Any) -> Any:
    """Returns a parameter with numbers of Python in place of NumPy's."""
    if type(parameter) in (tuple, list):
        return type(parameter)(map(_plain, parameter))
    if isinstance(parameter, tuple) and hasattr(parameter, "_replace"):
        return type(parameter)(*map(_plain, parameter))
    return int(parameter) if isinstance(parameter, np.integer) else parameter


def _used(jaxpr: Jaxpr) -> tuple[list[Any], Counter[Var]]:
    """Returns the equations of which something is used, and how often each variable is used in them."""
    uses = Counter(atom for atom in jaxpr.outvars if isinstance(atom, Var))
    live = []
    for equation in reversed(jaxpr.eqns):
        if any(variable in uses for variable in equation.outvars):
            live.append(equation)
            uses.update(atom for atom in equation.invars if isinstance(atom, Var))
    return live[::-1], uses


def _fold(equation: Any, operands: Sequence[Value]) -> list[np.ndarray]:
    """Returns the results of an equation whose operands are all known, unless they would take much more room."""
    known = [each.known for each in operands]
    size = max(math.prod(variable.aval.shape) for variable in equation.outvars)
    room = max([each.size for each in operands], default=FOLDED)
    if any(each is None for each in known) or size > max(room, SMALL):
        return []
    results = equation.primitive.bind(*map(jnp.asarray, known), **equation.params)
    return [np.asarray(each) for each in (results if equation.primitive.multiple_results else [results])]
