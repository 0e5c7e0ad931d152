"""micrograd's tests and trace_graph, and the first lecture's notebooks, as micrograd.json has their figures."""

import json
import random
from pathlib import Path

import pytest

from moregrad.scalar import Neuron, Value

FIGURES = json.loads(Path(__file__).with_name("micrograd.json").read_text())


def test_the_readme_expression():
    figures = FIGURES["readme"]
    a, b = Value(figures["a"]), Value(figures["b"])
    c = a + b
    d = a * b + b**3
    c += c + 1
    c += 1 + c + (-a)
    d += d * 2 + (b + a).relu()
    d += 3 * d + (b - a).relu()
    e = c - d
    f = e**2
    g = f / 2.0
    g += 10.0 / f
    g.backward()
    assert [g.data, a.grad, b.grad] == pytest.approx([figures["g"], figures["da"], figures["db"]], rel=1e-15)
    assert (f"{g.data:.4f}", f"{a.grad:.4f}", f"{b.grad:.4f}") == ("24.7041", "138.8338", "645.5773")


def test_the_sanity_check():
    x = Value(FIGURES["sanity check"]["x"])
    z = 2 * x + 2 + x
    q = z.relu() + z * x
    h = (z * z).relu()
    y = h + q + q * x
    y.backward()
    assert (y.data, x.grad) == (FIGURES["sanity check"]["y"], FIGURES["sanity check"]["dx"])


def test_the_neuron_of_trace_graph():
    figures = FIGURES["neuron of trace_graph"]
    random.seed(figures["seed"])
    neuron, x = Neuron(2), [Value(number) for number in figures["inputs"]]
    y = neuron(x)
    y.backward()
    assert [w.data for w in neuron.w] == figures["weights"]
    assert [round(w.data * v.data, 4) for w, v in zip(neuron.w, x, strict=True)] == figures["products"]
    assert round(y.data, 4) == figures["output"]
    assert [w.grad for w in neuron.w] == figures["gradient of weights"]
    assert [round(v.grad, 4) for v in x] == figures["gradient of inputs"]
    assert neuron.b.grad == figures["gradient of bias"]


def test_the_tanh_neuron():
    figures = FIGURES["tanh neuron"]
    x, w, b = *([Value(n) for n in figures[name]] for name in ("inputs", "weights")), Value(figures["bias"])
    n = x[0] * w[0] + x[1] * w[1] + b
    o = n.tanh()
    o.backward()
    assert (n.data, o.data) == (figures["sum"], pytest.approx(figures["output"], rel=1e-15))
    assert [v.grad for v in x] == pytest.approx(figures["gradient of inputs"], rel=1e-14)
    assert [v.grad for v in w] == pytest.approx(figures["gradient of weights"], rel=1e-14)
    assert b.grad == pytest.approx(figures["gradient of bias"], rel=1e-14)


def test_tanh_taken_apart_into_exponentials():
    figures = FIGURES["tanh from exp"]
    n, two = Value(FIGURES["tanh neuron"]["sum"]), Value(2.0)
    twice = two * n
    e = twice.exp()
    above, below = e - 1, e + 1
    inverse = below**-1
    o = above * inverse
    o.backward()
    assert [round(v.data, 4) for v in (e, below, inverse)] == [figures["e"], figures["e + 1"], figures["inverse"]]
    named = {"inverse": inverse, "e - 1": above, "e + 1": below, "e": e, "2n": twice, "2": two}
    assert {name: round(v.grad, 4) for name, v in named.items()} == figures["gradients"]
    assert o.data == pytest.approx(n.tanh().data, rel=1e-14)


def expression(a: Value, b: Value, c: Value, f: Value) -> dict[str, Value]:
    e = a * b
    d = e + c
    return {"a": a, "b": b, "c": c, "e": e, "d": d, "f": f, "L": d * f}


def test_the_expression_of_the_first_lecture_and_a_step_along_its_gradient():
    figures = FIGURES["expression"]
    leaves = [Value(figures[name]) for name in "abcf"]
    nodes = expression(*leaves)
    nodes["L"].backward()
    assert nodes["L"].data == figures["L"]
    assert {name: v.grad for name, v in nodes.items()} == figures["gradient"]
    for v in leaves:
        v.data += 0.01 * v.grad
    assert expression(*leaves)["L"].data == pytest.approx(figures["L after a step of 0.01 up"], rel=1e-12)


def test_a_value_used_twice():
    figures = FIGURES["reuse"]
    a, b = Value(figures["a"]), Value(figures["b"])
    d, e = a * b, a + b
    f = d * e
    f.backward()
    assert f.data == figures["f"]
    assert {"a": a.grad, "b": b.grad, "d": d.grad, "e": e.grad} == figures["gradient"]
