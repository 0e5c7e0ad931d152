"""Answers about single numbers: graphs of expressions, and the moons."""

import re

from moregrad.web.expressions import read
from moregrad.web.moons import advance
from moregrad.web.playground import Playground
from moregrad.web.scalar_forms import Expression, Graph, Moons, MoonsState, Pictured
from moregrad.web.sweep import draw, sweep


async def graph(playground: Playground, asked: Expression) -> Graph:
    """Computes an expression and its gradients, with a picture of every step of the backward sweep."""
    return await playground.compute(_graph, asked.text)


async def train_moons(playground: Playground, asked: Moons) -> MoonsState:
    """Takes some steps of training on the moons; nothing is kept here between two requests."""
    return await playground.compute(advance, asked)


def _graph(text: str) -> Graph:
    root = read(text)
    nodes, steps = sweep(root)
    found = {v.label: gradient or 0.0 for v, gradient in zip(nodes, steps[-1].gradients, strict=True) if v.label}
    # In the order in which they were typed; Python normalises names, so that some may not stand in the text.
    places = {name: re.search(rf"\b{re.escape(name)}\b", text) for name in found}
    typed = sorted(found, key=lambda name: place.start() if (place := places[name]) else len(text))
    gradients = {name: found[name] for name in typed}
    pictures = [Pictured(step.told, svg) for step, svg in zip(steps, draw(nodes, steps), strict=True)]
    return Graph(root.data, gradients, pictures)
