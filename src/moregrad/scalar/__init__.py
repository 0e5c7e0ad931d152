"""Automatic differentiation of single numbers: micrograd's heir.

Read it in this order: `ops`, the table of operations; `value`, a number that remembers where it came from; `graph`, the
sweep that gives every number its gradient; `nn`, networks made of them. Then `gradient` (gradients of gradients),
`gradcheck` (backward against differences), `losses` and `optim` (training), `program` (a graph replayed without
building it) and `draw` (the picture of a graph).

    >>> from moregrad.scalar import Value
    >>> a, b = Value(2.0), Value(3.0)
    >>> c = a * b + b**2
    >>> c.backward()
    >>> c.data, a.grad, b.grad
    (15.0, 3.0, 8.0)
"""

from moregrad.scalar.gradcheck import GradientCheck as GradientCheck
from moregrad.scalar.gradcheck import check_gradient as check_gradient
from moregrad.scalar.draw import Drawing as Drawing
from moregrad.scalar.draw import draw as draw
from moregrad.scalar.gradient import gradient as gradient
from moregrad.scalar.nn import MLP as MLP
from moregrad.scalar.nn import Layer as Layer
from moregrad.scalar.nn import Neuron as Neuron
from moregrad.scalar.losses import cross_entropy as cross_entropy
from moregrad.scalar.losses import hinge as hinge
from moregrad.scalar.losses import logsumexp as logsumexp
from moregrad.scalar.losses import softmax as softmax
from moregrad.scalar.losses import squared_error as squared_error
from moregrad.scalar.losses import weight_penalty as weight_penalty
from moregrad.scalar.ops import Op as Op
from moregrad.scalar.ops import cos as cos
from moregrad.scalar.ops import exp as exp
from moregrad.scalar.ops import gelu as gelu
from moregrad.scalar.ops import leaky_relu as leaky_relu
from moregrad.scalar.ops import log as log
from moregrad.scalar.ops import maximum as maximum
from moregrad.scalar.ops import minimum as minimum
from moregrad.scalar.ops import relu as relu
from moregrad.scalar.ops import sigmoid as sigmoid
from moregrad.scalar.ops import sin as sin
from moregrad.scalar.ops import softplus as softplus
from moregrad.scalar.ops import sqrt as sqrt
from moregrad.scalar.ops import tanh as tanh
from moregrad.scalar.optim import SGD as SGD
from moregrad.scalar.optim import Adam as Adam
from moregrad.scalar.program import Program as Program
from moregrad.scalar.value import Value as Value
