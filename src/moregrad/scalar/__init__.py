"""Automatic differentiation of single numbers: micrograd's heir.

Read it in this order: `ops`, the table of operations; `value`, a number that remembers where it came from; `graph`, the
sweep that gives every number its gradient; `nn`, networks made of them. Then `gradient` (gradients of gradients),
`gradcheck` (backward against finite differences), `losses` and `optim` (training), `program` (a graph replayed without
rebuilding it) and `draw` (the picture of a graph).

    >>> from moregrad.scalar import Value
    >>> a, b = Value(2.0), Value(3.0)
    >>> c = a * b + b**2
    >>> c.backward()
    >>> c.data, a.grad, b.grad
    (15.0, 3.0, 8.0)

Where a C compiler was found at installation, `COMPILED` is True and the engine runs as machine code.
"""

from moregrad.public import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
