"""Exercises of lesson 10: memory and attention."""

import numpy as np

from moregrad.lessons.exercise import exercise


def _normal(*shape, seed=0):
    """Numbers that are the same at every call."""
    return np.random.default_rng(seed).normal(size=shape)


@exercise(
    trials=lambda: [
        (np.tanh(_normal(5, 3)), _normal(3, 3, seed=1), np.ones(3)),
        (np.tanh(_normal(1, 2)), _normal(2, 2, seed=1), np.array([1.0, -1.0])),
    ],
    hints=[
        "Begin with the last state, and go back to the first: for h in reversed(states).",
        "A state h is tanh of a sum, and the slope of tanh there is 1 - h**2. Multiply by it first.",
        "Forward, the state before was multiplied as `before @ recurrent`; back, it is `recurrent @ gradient`.",
    ],
)
def pass_back(states, recurrent, gradient):
    """Carry the gradient by the last of some states back through all of them, to the state before the first.

    Each row of `states` is h = tanh(... + before @ recurrent).
    """
    for h in reversed(states):
        gradient = recurrent @ (gradient * (1 - h**2))
    return gradient


@pass_back.mistake("The slope of tanh is missing: multiply the gradient by 1 - h**2 first.")
def _(states, recurrent, gradient):
    for _h in states:
        gradient = recurrent @ gradient
    return gradient


@pass_back.mistake("The transpose is missing: what was `before @ recurrent` is `recurrent @ gradient` on the way back.")
def _(states, recurrent, gradient):
    for h in reversed(states):
        gradient = (gradient * (1 - h**2)) @ recurrent
    return gradient


@pass_back.mistake("The states are h, tanh already taken: its slope there is 1 - h**2, not 1 - np.tanh(h)**2.")
def _(states, recurrent, gradient):
    for h in reversed(states):
        gradient = recurrent @ (gradient * (1 - np.tanh(h) ** 2))
    return gradient


@pass_back.mistake("One step is missing: the first state too was made from the one before it.")
def _(states, recurrent, gradient):
    for h in states[:0:-1]:
        gradient = recurrent @ (gradient * (1 - h**2))
    return gradient


@pass_back.mistake("This begins with the first state; the gradient comes from the last one.")
def _(states, recurrent, gradient):
    for h in states:
        gradient = recurrent @ (gradient * (1 - h**2))
    return gradient


@pass_back.mistake("The slope comes after the product: back through tanh first, then through the matrix.")
def _(states, recurrent, gradient):
    for h in reversed(states):
        gradient = (recurrent @ gradient) * (1 - h**2)
    return gradient


@exercise(
    trials=lambda: [
        ([np.array([3.0, 0.0]), np.array([[0.0], [4.0]])], 1.0),
        ([np.array([0.3, -0.4])], 1.0),
        ([np.array([6.0, -8.0]), np.array([0.5])], 2.0),
    ],
    hints=[
        "One norm for all arrays together: the root of the sum of all squares.",
        "If the norm is larger than the largest allowed, multiply every array by largest / norm; if not, by 1.",
    ],
)
def clip(gradients, largest):
    """Shorten a list of arrays so that the norm of all their numbers together is at most `largest`."""
    norm = np.sqrt(sum((gradient**2).sum() for gradient in gradients))
    return [gradient * min(1.0, largest / norm) for gradient in gradients]


@clip.mistake(
    "This cuts each number by itself, which turns the gradient into another direction. Scale all by one factor."
)
def _(gradients, largest):
    return [np.clip(gradient, -largest, largest) for gradient in gradients]


@clip.mistake("Each array has a norm of its own here. Take one norm of all numbers together.")
def _(gradients, largest):
    return [gradient * min(1.0, largest / np.sqrt((gradient**2).sum())) for gradient in gradients]


@clip.mistake("The root is missing: the norm is the root of the sum of all squares.")
def _(gradients, largest):
    return [gradient * min(1.0, largest / sum((each**2).sum() for each in gradients)) for gradient in gradients]


@clip.mistake("This makes the norm 1; it may be as long as `largest`.")
def _(gradients, largest):
    norm = np.sqrt(sum((gradient**2).sum() for gradient in gradients))
    return [gradient / max(1.0, norm) for gradient in gradients]


@clip.mistake("A gradient that is short enough must stay as it is; this stretches it.")
def _(gradients, largest):
    norm = np.sqrt(sum((gradient**2).sum() for gradient in gradients))
    return [gradient * largest / norm for gradient in gradients]


@exercise(
    trials=lambda: [
        tuple(_normal(4, seed=seed).round(2) for seed in range(3)),
        (np.array([0.5]), np.array([20.0]), np.array([0.1])),
    ],
    hints=[
        "Turn `update` into a gate between 0 and 1 with the sigmoid first.",
        "Where the gate is 0 the old state stays, where it is 1 the candidate takes its place.",
    ],
)
def update_state(state, update, candidate):
    """Return the next state of a GRU: the old one where the gate is closed, the candidate where it is open.

    The gate is the sigmoid of `update`; between closed and open it mixes the two.
    """
    gate = 1 / (1 + np.exp(-update))
    return (1 - gate) * state + gate * candidate


@update_state.mistake("The gate works the other way round: an open gate must let the candidate in.")
def _(state, update, candidate):
    gate = 1 / (1 + np.exp(-update))
    return gate * state + (1 - gate) * candidate


@update_state.mistake("The gate is missing its sigmoid: it must lie between 0 and 1.")
def _(state, update, candidate):
    return (1 - update) * state + update * candidate


@update_state.mistake("The candidate is ready to be taken in; it needs no tanh here.")
def _(state, update, candidate):
    gate = 1 / (1 + np.exp(-update))
    return (1 - gate) * state + gate * np.tanh(candidate)


@update_state.mistake("A gate is not only open or closed: between the two it mixes the old state and the candidate.")
def _(state, update, candidate):
    return np.where(update > 0, candidate, state)


@update_state.mistake("The old state is not let go: what the gate takes in, it must give up of the old, (1 - gate).")
def _(state, update, candidate):
    return state + candidate / (1 + np.exp(-update))


def _weigh(scores, value, axis=-1):
    powers = np.exp(scores - scores.max(axis, keepdims=True))
    return powers / powers.sum(axis, keepdims=True) @ value


def _mask(scores):
    return np.where(np.tri(len(scores)), scores, -np.inf)


@exercise(
    trials=lambda: [
        (_normal(4, 3), _normal(4, 3, seed=1), _normal(4, 2, seed=2)),
        (_normal(6, 4), _normal(6, 4, seed=3), _normal(6, 5, seed=4)),
    ],
    hints=[
        "query @ key.T has a row for each position that asks and a column for each that is asked.",
        "Divide the scores by the root of the size, put -np.inf where np.tri(time) is 0, take the softmax of each row.",
        "The result is weights @ value.",
    ],
)
def attend(query, key, value):
    """Return causal attention: at each position, the mean of the values so far, weighted by a softmax.

    The scores are query times key, divided by the root of the size of a query. All are [time size].
    """
    scores = query @ key.T / query.shape[-1] ** 0.5
    scores = np.where(np.tri(len(scores)), scores, -np.inf)
    weights = np.exp(scores - scores.max(-1, keepdims=True))
    return weights / weights.sum(-1, keepdims=True) @ value


@attend.mistake("The scores are not divided by the root of the size of a query.")
def _(query, key, value):
    return _weigh(_mask(query @ key.T), value)


@attend.mistake("The scores are divided by the size of a query; divide by its root.")
def _(query, key, value):
    return _weigh(_mask(query @ key.T / query.shape[-1]), value)


@attend.mistake("The mask is missing: each position sees those after it.")
def _(query, key, value):
    return _weigh(query @ key.T / query.shape[-1] ** 0.5, value)


@attend.mistake("A position sees itself too: the mask is 1 on the diagonal and below.")
def _(query, key, value):
    scores = query @ key.T / query.shape[-1] ** 0.5
    with np.errstate(invalid="ignore"):  # The first row has nothing to look at: its shares are 0 / 0.
        return _weigh(np.where(np.tri(len(scores), k=-1), scores, -np.inf), value)


@attend.mistake("The softmax is missing: scores are not shares, which are above 0 and add up to 1.")
def _(query, key, value):
    return np.tril(query @ key.T / query.shape[-1] ** 0.5) @ value


@attend.mistake("The masked scores are 0 in place of -inf, and exp(0) is 1: each position still sees those after it.")
def _(query, key, value):
    return _weigh(np.tril(query @ key.T / query.shape[-1] ** 0.5), value)


@attend.mistake("The mask comes after the softmax, so the rows no longer add up to 1; mask the scores before it.")
def _(query, key, value):
    scores = query @ key.T / query.shape[-1] ** 0.5
    powers = np.exp(scores)
    return np.tril(powers / powers.sum(-1, keepdims=True)) @ value


@attend.mistake("Queries and keys have changed places: the rows of the scores belong to the queries.")
def _(query, key, value):
    return _weigh(_mask(key @ query.T / query.shape[-1] ** 0.5), value)


@attend.mistake("The softmax runs down the columns; the weights of each row must add up to 1.")
def _(query, key, value):
    return _weigh(_mask(query @ key.T / query.shape[-1] ** 0.5), value, axis=0)


@exercise(
    trials=lambda: [
        (np.array([0.5, 0.1, 0.3, 0.1]), 0.75),
        (np.array([0.4, 0.3, 0.2, 0.1]), 0.65),
        (np.array([0.2, 0.2, 0.6]), 0.5),
        (np.array([0.1, 0.2, 0.3, 0.4]), 1.0),
    ],
    hints=[
        "np.argsort(-p) orders the characters from the likeliest on; np.cumsum adds their probabilities up.",
        "A character is kept if the likelier ones before it add up to less than the share. Keep at least one.",
        "Set the others to 0, then divide by what is left.",
    ],
)
def top_p(probabilities, share):
    """Keep the likeliest characters that together reach `share`, set the others to 0, and make the sum 1 again.

    The character that crosses the share is kept.
    """
    order = np.argsort(-probabilities, kind="stable")
    before = np.cumsum(probabilities[order]) - probabilities[order]
    kept = np.zeros_like(probabilities)
    kept[order] = np.where(before < share, probabilities[order], 0)
    return kept / kept.sum()


@top_p.mistake("The character that crosses the share is cut off; keep it.")
def _(probabilities, share):
    order = np.argsort(-probabilities, kind="stable")
    kept = np.zeros_like(probabilities)
    kept[order] = np.where(np.cumsum(probabilities[order]) <= share, probabilities[order], 0)
    return kept / (kept.sum() or 1)


@top_p.mistake("The least likely are kept: begin with the likeliest, np.argsort(-probabilities).")
def _(probabilities, share):
    order = np.argsort(probabilities, kind="stable")
    before = np.cumsum(probabilities[order]) - probabilities[order]
    kept = np.zeros_like(probabilities)
    kept[order] = np.where(before < share, probabilities[order], 0)
    return kept / kept.sum()


@top_p.mistake("The rest is divided by the share; divide it by its own sum, which may be larger.")
def _(probabilities, share):
    return np.where(top_p.answer(probabilities, share) > 0, probabilities, 0) / share


@top_p.mistake("The rest must add up to 1 again: divide by its sum.")
def _(probabilities, share):
    order = np.argsort(-probabilities, kind="stable")
    before = np.cumsum(probabilities[order]) - probabilities[order]
    kept = np.zeros_like(probabilities)
    kept[order] = np.where(before < share, probabilities[order], 0)
    return kept


@top_p.mistake("The characters are added up in their own order; begin with the likeliest.")
def _(probabilities, share):
    before = np.cumsum(probabilities) - probabilities
    kept = np.where(before < share, probabilities, 0)
    return kept / kept.sum()


@top_p.mistake("This compares each probability with the share; add up from the likeliest on.")
def _(probabilities, share):
    kept = np.where(probabilities >= 1 - share, probabilities, 0)
    return kept / (kept.sum() or 1)
