"""Backward passes written by hand: each operation returns its value and its pullback, in NumPy or JAX arrays.

`y, pullback = operation(x, *weights)` computes the value. `pullback(dy)` takes the gradient of the loss by `y` and
returns those by the arguments, in their order; None stands for an argument of integers. Gradients are returned, never
accumulated. In the docstrings d before a name is the gradient of the loss by it.
"""

from moregrad.public import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
