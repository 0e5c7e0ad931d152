"""The step of a model, as JAX traces it for a number of rows that is not known, as an ONNX graph."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import onnx
from jax.extend.core import Literal, Var
from jaxtyping import PyTree
from onnx import TensorProto, helper

from moregrad.errors import ModelError
from moregrad.formats.onnx.graph import BATCH, IR, OPSET, Graph, Value, evaluate
from moregrad.formats.onnx.operators import OPERATORS
from moregrad.models.model import Model

INLINED = {"jit": "jaxpr", "pjit": "jaxpr", "closed_call": "call_jaxpr", "custom_jvp_call": "call_jaxpr"}
INLINED |= {"custom_vjp_call": "call_jaxpr", "remat": "jaxpr", "checkpoint": "jaxpr"}
"""Operations that call a program, and where they keep it."""

MOST_ROUNDS = 1000
"""Rounds of a loop that are written out."""


def to_onnx(model: Model) -> onnx.ModelProto:
    """Returns the graph of `model.advance` for any number of rows.

    It takes `token` and `state_0`, `state_1`, ..., and returns `logits` and `next_state_0`, `next_state_1`, ... Before
    the boundary that begins a word any state will do, such as zeros. Raises ModelError for a step that has an operation
    which is not translated, or that needs to know the number of rows.
    """
    rows: Any = jax.export.symbolic_shape("b")[0]
    try:
        state = _any_number(rows, *(jax.eval_shape(partial(model.begin, few)) for few in (2, 3)))
        traced = jax.make_jaxpr(model.advance)(state, jax.ShapeDtypeStruct((rows,), jnp.int32))
    except (TypeError, jax.errors.JAXTypeError, jax.errors.InconclusiveDimensionOperation) as error:
        reason = str(error).splitlines()[0]
        raise ModelError(
            f"its step needs to know the number of rows: {reason}; use x.shape[0] in place of len(x)"
        ) from error
    graph = Graph(rows, "token")
    leaves: list[Any] = traced.in_avals[:-1]
    names = [f"state_{number}" for number in range(len(leaves))]
    inputs: list[Value] = [*names, graph.cast("token", np.int32)]
    results = _run(graph, traced.jaxpr, [np.asarray(const) for const in traced.consts], inputs)
    outputs = ["logits", *(f"next_{name}" for name in names)]
    for name, value in zip(outputs, results, strict=True):
        graph.nodes.append(helper.make_node("Identity", [graph.name(value)], [name]))
    token = helper.make_tensor_value_info("token", TensorProto.INT64, [BATCH])
    takes = [token, *(graph.declare(name, aval) for name, aval in zip(names, leaves, strict=True))]
    gives = [graph.declare(name, aval) for name, aval in zip(outputs, traced.out_avals, strict=True)]
    built = helper.make_graph(graph.nodes, "step", takes, gives, graph.initializers)
    opsets = [helper.make_opsetid("", OPSET)]
    return helper.make_model(built, opset_imports=opsets, ir_version=IR, producer_name="moregrad")


def _any_number(rows: Any, two: PyTree, three: PyTree) -> PyTree:
    """Returns the shapes of any number of rows, from those of two and of three."""

    def shape(few: Any, more: Any) -> jax.ShapeDtypeStruct:
        sizes = [size if size == other else size // 2 * rows for size, other in zip(few.shape, more.shape, strict=True)]
        return jax.ShapeDtypeStruct(sizes, few.dtype)

    return jax.tree.map(shape, two, three)


def _run(graph: Graph, jaxpr: Any, consts: Sequence[Value], inputs: Sequence[Value]) -> list[Value]:
    """Adds a program to the graph; what depends on constants alone is computed here."""
    values: dict[Var, Value] = {}
    values.update(zip(jaxpr.constvars, consts, strict=True))
    values.update(zip(jaxpr.invars, inputs, strict=True))

    def read(atom: Any) -> Value:
        return np.asarray(atom.val, jnp.result_type(atom.val)) if isinstance(atom, Literal) else values[atom]

    for equation in jaxpr.eqns:
        results = _apply(graph, equation, [read(atom) for atom in equation.invars])
        values.update(zip(equation.outvars, results, strict=True))
    return [read(atom) for atom in jaxpr.outvars]


def _apply(graph: Graph, equation: Any, arguments: list[Value]) -> list[Value]:
    name, params = equation.primitive.name, equation.params
    if name in INLINED:
        called = params[INLINED[name]]
        return _run(graph, called.jaxpr, [np.asarray(const) for const in called.consts], arguments)
    if name == "scan":
        return _scan(graph, params, arguments)
    if name == "while":
        return _while(graph, params, arguments)
    static = all(isinstance(size, int) for variable in equation.outvars for size in variable.aval.shape)
    known = [value for value in arguments if isinstance(value, np.ndarray)]
    if static and name != "dim_as_value" and len(known) == len(arguments):
        return [*evaluate(equation.primitive, known, params)]
    if name not in OPERATORS:
        raise ModelError(f"its step has the operation {name}, which moregrad does not translate to ONNX")
    return OPERATORS[name](graph, equation, arguments)


def _scan(graph: Graph, params: dict[str, Any], arguments: list[Value]) -> list[Value]:
    """Writes every round out."""
    consts, carried = params["num_consts"], params["num_carry"]
    fixed, state, rows = arguments[:consts], arguments[consts : consts + carried], arguments[consts + carried :]
    if params["length"] > MOST_ROUNDS or rows or len(params["jaxpr"].out_avals) > carried:
        raise ModelError("its step goes through rows in a loop, which moregrad does not translate to ONNX")
    for _ in range(params["length"]):
        state = _call(graph, params["jaxpr"], [*fixed, *state])
    return state


def _while(graph: Graph, params: dict[str, Any], arguments: list[Value]) -> list[Value]:
    """Writes every round out, of a loop whose end does not depend on the input."""
    asked, done = params["cond_nconsts"], params["body_nconsts"]
    asking, doing, state = arguments[:asked], arguments[asked : asked + done], arguments[asked + done :]
    for _ in range(MOST_ROUNDS):
        (again,) = _call(graph, params["cond_jaxpr"], [*asking, *state])
        if isinstance(again, str):
            break
        if not again:
            return state
        state = _call(graph, params["body_jaxpr"], [*doing, *state])
    raise ModelError("its step has a loop whose end depends on the input, which moregrad does not translate to ONNX")


def _call(graph: Graph, program: Any, arguments: list[Value]) -> list[Value]:
    return _run(graph, program.jaxpr, [np.asarray(const) for const in program.consts], arguments)
