"""The forms of requests and answers about single numbers."""

from typing import Annotated

import msgspec

Rate = Annotated[float, msgspec.Meta(gt=0, le=10)]


class Expression(msgspec.Struct, forbid_unknown_fields=True):
    """Lines of arithmetic, such as "a = 2", "b = -3" and "tanh(a * b)"; the last one is the result."""

    text: str


class Pictured(msgspec.Struct):
    """A step of the backward sweep: what was done, and the graph then as SVG."""

    told: str
    svg: str


class Graph(msgspec.Struct):
    """The result of an expression, the gradient by every name, and the steps of the sweep."""

    result: float
    gradients: dict[str, float]
    steps: list[Pictured]


class Moons(msgspec.Struct, forbid_unknown_fields=True):
    """A training of the moons: parameters so far, by default new ones by `seed`, the step they are at, and how many."""

    parameters: list[float] | None = None
    step: Annotated[int, msgspec.Meta(ge=0, le=10**6)] = 0
    steps: Annotated[int, msgspec.Meta(ge=0, le=20)] = 1
    hidden: Annotated[int, msgspec.Meta(ge=1, le=32)] = 16
    learning_rate: Rate = 1.0
    seed: Annotated[int, msgspec.Meta(ge=0, lt=2**32)] = 1337


class MoonsState(msgspec.Struct):
    """A network of single numbers at a step: its loss, how many points it tells right, and its scores on a field.

    `points` are x, y and class; `edges` are left, right, bottom and top of the field, `field` its scores row by row
    from the top, `side` in a row. Class 1 is where the score is above 0.
    """

    parameters: list[float]
    step: int
    loss: float
    right: int
    count: int
    points: list[tuple[float, float, int]]
    edges: tuple[float, float, float, float]
    side: int
    field: list[float]
