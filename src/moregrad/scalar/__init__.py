"""Automatic differentiation of single numbers: micrograd's heir.

Read it in the order ops, value, graph, nn.
"""

from moregrad.scalar.check import GradientCheck as GradientCheck
from moregrad.scalar.check import check_gradient as check_gradient
from moregrad.scalar.gradient import gradient as gradient
from moregrad.scalar.nn import MLP as MLP
from moregrad.scalar.nn import Layer as Layer
from moregrad.scalar.nn import Neuron as Neuron
from moregrad.scalar.objective import cross_entropy as cross_entropy
from moregrad.scalar.objective import hinge as hinge
from moregrad.scalar.objective import logsumexp as logsumexp
from moregrad.scalar.objective import softmax as softmax
from moregrad.scalar.objective import squared_error as squared_error
from moregrad.scalar.objective import weight_penalty as weight_penalty
from moregrad.scalar.ops import Op as Op
from moregrad.scalar.optimize import SGD as SGD
from moregrad.scalar.optimize import Adam as Adam
from moregrad.scalar.program import Program as Program
from moregrad.scalar.value import Value as Value
