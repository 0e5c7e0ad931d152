"""Exercises of lesson 8: gradients by hand. In all of them d before a name is the gradient of the loss by it."""

import numpy as np

from moregrad.lessons.exercise import exercise


def _draw(*shape, seed=0):
    return np.random.default_rng([seed, *shape]).normal(size=shape).round(2)


@exercise(
    trials=lambda: [(_draw(4, 3),), (_draw(3, 3),)],
    hints=[
        "Nudge bias[0] by a little: which numbers of y change, and by how much?",
        "All of column 0 of y changes by the nudge. Which numbers of dy belong to it, and what is done with them?",
    ],
)
def bias_gradient(dy):
    """Return dbias for y = x + bias, where x has shape (batch, units) and bias (units,)."""
    return dy.sum(axis=0)


@bias_gradient.mistake("The sum over the batch is missing: bias is used once in every row, and all uses count.")
def _(dy):
    return dy


@bias_gradient.mistake("You average over the batch; the bias moves every row, so their gradients add up.")
def _(dy):
    return dy.mean(axis=0)


@bias_gradient.mistake("You sum over the units; each bias belongs to a column, whose rows are to be summed: axis 0.")
def _(dy):
    return dy.sum(axis=1)


@bias_gradient.mistake("You sum everything; each unit has a bias of its own: axis 0 alone.")
def _(dy):
    return dy.sum()


@exercise(
    # Square, so that wrong transpositions give wrong numbers and no errors of shape.
    trials=lambda: [(_draw(3, 3, seed=1), _draw(3, 3, seed=2), _draw(3, 3, seed=3))],
    hints=[
        "dx has the shape of x and is made of dy and weight. Try the shapes (32, 64) for dy and (30, 64) for weight.",
        "dweight is made of x and dy, and the sum over the batch happens within the matrix product.",
    ],
)
def linear_gradients(x, weight, dy):
    """Return (dx, dweight, dbias) for y = x @ weight + bias."""
    return dy @ weight.T, x.T @ dy, dy.sum(axis=0)


@linear_gradients.mistake("dx: weight must be transposed, dy @ weight.T; it is square here, so no shape told you.")
def _(x, weight, dy):
    return dy @ weight, x.T @ dy, dy.sum(axis=0)


@linear_gradients.mistake("dweight: x must be transposed, x.T @ dy; it is square here, so no shape told you.")
def _(x, weight, dy):
    return dy @ weight.T, x @ dy, dy.sum(axis=0)


@linear_gradients.mistake("Both transpositions are missing: dy @ weight.T and x.T @ dy.")
def _(x, weight, dy):
    return dy @ weight, x @ dy, dy.sum(axis=0)


@linear_gradients.mistake("dweight is transposed: its rows belong to the inputs, as those of weight do.")
def _(x, weight, dy):
    return dy @ weight.T, dy.T @ x, dy.sum(axis=0)


@linear_gradients.mistake("The order is dx, dweight, dbias; the first two are exchanged.")
def _(x, weight, dy):
    return x.T @ dy, dy @ weight.T, dy.sum(axis=0)


@linear_gradients.mistake("dx: its rows belong to the examples, as those of dy do, so dy stands first: dy @ weight.T.")
def _(x, weight, dy):
    return weight @ dy, x.T @ dy, dy.sum(axis=0)


@linear_gradients.mistake("dweight: its rows belong to the inputs, so x.T stands first: x.T @ dy.")
def _(x, weight, dy):
    return dy @ weight.T, dy @ x.T, dy.sum(axis=0)


@linear_gradients.mistake("dbias: sum over the batch, axis 0, not over the units.")
def _(x, weight, dy):
    return dy @ weight.T, x.T @ dy, dy.sum(axis=1)


@linear_gradients.mistake("dbias: the sum over the batch is missing.")
def _(x, weight, dy):
    return dy @ weight.T, x.T @ dy, dy


@linear_gradients.mistake("Nothing is to be divided by the size of the batch: that was done once, in the loss.")
def _(x, weight, dy):
    return dy @ weight.T, x.T @ dy / len(x), dy.mean(axis=0)


def _looked_up():
    return [(np.array([1, 0, 1, 3, 1]), _draw(5, 2), 4), (np.array([2, 2]), _draw(2, 3), 5)]


@exercise(
    trials=_looked_up,
    hints=[
        "A row of the table that is looked up three times has the sum of three gradients.",
        "Loop over the tokens and add, or use np.add.at, which adds once for every token.",
    ],
)
def table_gradient(tokens, dembedded, size):
    """Return dtable, with `size` rows, for embedded = table[tokens]; tokens are one row of whole numbers."""
    dtable = np.zeros((size, dembedded.shape[1]))
    for token, gradient in zip(tokens, dembedded, strict=True):
        dtable[token] += gradient
    return dtable


@table_gradient.mistake(
    "A token that comes twice keeps its last gradient only: dtable[tokens] += ... adds once per row."
)
def _(tokens, dembedded, size):
    dtable = np.zeros((size, dembedded.shape[1]))
    dtable[tokens] += dembedded
    return dtable


@table_gradient.mistake("The gradients of a token that comes several times add up; they are not averaged.")
def _(tokens, dembedded, size):
    dtable = np.zeros((size, dembedded.shape[1]))
    np.add.at(dtable, tokens, dembedded)
    return dtable / np.maximum(np.bincount(tokens, minlength=size), 1)[:, None]


@table_gradient.mistake("Characters that do not occur have a row too, of zeros: dtable has `size` rows.")
def _(tokens, dembedded, size):
    dtable = np.zeros((tokens.max() + 1, dembedded.shape[1]))
    np.add.at(dtable, tokens, dembedded)
    return dtable


@table_gradient.mistake("You have a row for every token; the gradient has the shape of the table.")
def _(tokens, dembedded, size):
    return dembedded


@exercise(
    trials=lambda: [(_draw(4, 5, seed=4), _draw(4, seed=5)), (_draw(3, 3, seed=6), _draw(3, seed=7))],
    hints=[
        "Nudge a number that is not the largest of its row: does the maximum change?",
        "logits.argmax(axis=1) tells where the largest logit of each row is. All others have gradient 0.",
    ],
)
def max_gradient(logits, dmax):
    """Return dlogits for the largest logit of each row; dmax has shape (batch,)."""
    dlogits = np.zeros_like(logits)
    dlogits[np.arange(len(logits)), logits.argmax(axis=1)] = dmax
    return dlogits


@max_gradient.mistake("Only the largest logit of a row moves the maximum; the others have gradient 0.")
def _(logits, dmax):
    return np.zeros_like(logits) + dmax[:, None]


@max_gradient.mistake("The gradient is not shared among the row: the largest logit has all of it.")
def _(logits, dmax):
    return np.zeros_like(logits) + dmax[:, None] / logits.shape[1]


@max_gradient.mistake("The slope by the largest logit is 1, not its value.")
def _(logits, dmax):
    largest = logits.max(axis=1, keepdims=True)
    return np.where(logits == largest, logits * dmax[:, None], 0)


@max_gradient.mistake("This is the slope alone; multiply it by dmax, the gradient that arrives.")
def _(logits, dmax):
    return np.eye(logits.shape[1])[logits.argmax(axis=1)]


@max_gradient.mistake("Each row has a largest logit of its own: take the maximum over axis 1.")
def _(logits, dmax):
    return (logits == logits.max(axis=0)) * dmax[:, None]


@max_gradient.mistake("dlogits[:, columns] writes into every row; give a row number with each column.")
def _(logits, dmax):
    dlogits = np.zeros_like(logits)
    for column, gradient in zip(logits.argmax(axis=1), dmax, strict=True):
        dlogits[:, column] = gradient
    return dlogits


def _softmax(logits):
    powers = np.exp(logits)
    return powers / powers.sum(axis=1, keepdims=True)


@exercise(
    trials=lambda: [
        (_softmax(_draw(4, 5, seed=8)), _draw(4, 5, seed=9)),
        (_softmax(_draw(3, 3, seed=8)), _draw(3, 3, seed=9)),
    ],
    hints=[
        "Through its own exponential l[j] gets dprobs[j] * p[j]. Through the sum it gets something from every p[k].",
        "Together: p[j] * (dprobs[j] - the sum of dprobs[k] * p[k] over the row). keepdims=True keeps it a column.",
    ],
)
def softmax_gradient(probs, dprobs):
    """Return dlogits for probs = softmax of each row of the logits."""
    return probs * (dprobs - (dprobs * probs).sum(axis=1, keepdims=True))


@softmax_gradient.mistake("The way through the sum is missing: a logit that grows makes all probabilities shrink.")
def _(probs, dprobs):
    return probs * dprobs


@softmax_gradient.mistake("This is the effect of each logit on its own probability alone; it moves the others too.")
def _(probs, dprobs):
    return probs * (1 - probs) * dprobs


@softmax_gradient.mistake("Each share of the sum is dprobs[k] times p[k]; you left p[k] out.")
def _(probs, dprobs):
    return probs * (dprobs - dprobs.sum(axis=1, keepdims=True))


@softmax_gradient.mistake("The sum is weighted by the probabilities; it is not the mean of dprobs.")
def _(probs, dprobs):
    return probs * (dprobs - dprobs.mean(axis=1, keepdims=True))


@softmax_gradient.mistake("The sum goes over a row, the characters, not over the batch: axis=1.")
def _(probs, dprobs):
    return probs * (dprobs - (dprobs * probs).sum(axis=0))


@softmax_gradient.mistake("The factor p[j] belongs to the way through the sum as well.")
def _(probs, dprobs):
    return probs * dprobs - (dprobs * probs).sum(axis=1, keepdims=True)


@softmax_gradient.mistake("The sum makes the probabilities shrink: subtract its share.")
def _(probs, dprobs):
    return probs * (dprobs + (dprobs * probs).sum(axis=1, keepdims=True))


@softmax_gradient.mistake("Nothing is to be divided by the size of the batch: that was done once, in the loss.")
def _(probs, dprobs):
    return probs * (dprobs - (dprobs * probs).sum(axis=1, keepdims=True)) / len(probs)


def _normalised():
    return [
        (_draw(4, 3, seed=10), np.array([1.0, 2.0, 0.5]), _draw(4, 3, seed=11)),
        (_draw(3, 3, seed=12), np.array([0.7, 1.0, 3.0]), _draw(3, 3, seed=13)),
    ]


def _parts(x, gain, dy):
    scale = 1 / np.sqrt(x.var(axis=0, ddof=1) + 1e-5)
    return scale, scale * (x - x.mean(axis=0)), gain * dy


@exercise(
    trials=_normalised,
    hints=[
        "Compute scale and normal first, as the forward pass does. g is gain * dy.",
        "Within the parentheses stand three terms: g, its mean over axis 0, and normal times a sum, divided.",
    ],
)
def norm_gradient(x, gain, dy):
    """Return dx of BatchNorm for y = gain * normal + bias: variance with n - 1, plus 1e-5."""
    scale = 1 / np.sqrt(x.var(axis=0, ddof=1) + 1e-5)
    normal, g = scale * (x - x.mean(axis=0)), gain * dy
    return scale * (g - g.mean(axis=0) - normal * (g * normal).sum(axis=0) / (len(x) - 1))


@norm_gradient.mistake("The sum along normal is divided by n; the variance was divided by n - 1, so this is too.")
def _(x, gain, dy):
    scale, normal, g = _parts(x, gain, dy)
    return scale * (g - g.mean(axis=0) - normal * (g * normal).mean(axis=0))


@norm_gradient.mistake("The variance divides by n - 1 here, in the forward pass as well: var(axis=0, ddof=1).")
def _(x, gain, dy):
    scale = 1 / np.sqrt(x.var(axis=0) + 1e-5)
    normal, g = scale * (x - x.mean(axis=0)), gain * dy
    return scale * (g - g.mean(axis=0) - normal * (g * normal).sum(axis=0) / (len(x) - 1))


@norm_gradient.mistake("The way through the mean is missing: subtract the mean of g over the batch.")
def _(x, gain, dy):
    scale, normal, g = _parts(x, gain, dy)
    return scale * (g - normal * (g * normal).sum(axis=0) / (len(x) - 1))


@norm_gradient.mistake("The way through the variance is missing: subtract normal * sum of g * normal / (n - 1).")
def _(x, gain, dy):
    scale, _, g = _parts(x, gain, dy)
    return scale * (g - g.mean(axis=0))


@norm_gradient.mistake("Mean and deviation depend on x as well: two ways are missing, only the direct one is there.")
def _(x, gain, dy):
    scale, _, g = _parts(x, gain, dy)
    return scale * g


@norm_gradient.mistake("The way through the variance is subtracted: its slope, -scale**3 / 2, is negative.")
def _(x, gain, dy):
    scale, normal, g = _parts(x, gain, dy)
    return scale * (g - g.mean(axis=0) + normal * (g * normal).sum(axis=0) / (len(x) - 1))


@norm_gradient.mistake("The factor scale in front is missing.")
def _(x, gain, dy):
    _, normal, g = _parts(x, gain, dy)
    return g - g.mean(axis=0) - normal * (g * normal).sum(axis=0) / (len(x) - 1)


@norm_gradient.mistake("Subtract the mean of g, not its sum: each number has a share of 1 / n in the mean.")
def _(x, gain, dy):
    scale, normal, g = _parts(x, gain, dy)
    return scale * (g - g.sum(axis=0) - normal * (g * normal).sum(axis=0) / (len(x) - 1))


@norm_gradient.mistake("The gain is missing: the gradient at normal is gain * dy.")
def _(x, gain, dy):
    scale, normal, _ = _parts(x, gain, dy)
    return scale * (dy - dy.mean(axis=0) - normal * (dy * normal).sum(axis=0) / (len(x) - 1))


@norm_gradient.mistake("The mean of g is over the batch, one for each unit: axis 0.")
def _(x, gain, dy):
    scale, normal, g = _parts(x, gain, dy)
    return scale * (g - g.mean() - normal * (g * normal).sum(axis=0) / (len(x) - 1))
