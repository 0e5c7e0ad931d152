"""Exercises of lesson 6: a network that reads three characters."""

from collections import Counter, defaultdict

import numpy as np

from moregrad.lessons.exercise import exercise

FIVE = ["emma", "olivia", "ava", "isabella", "sophia"]


@exercise(
    trials=lambda: [(["emma"], 3), (["emma", "ava"], 3), (["emma", "ava"], 8), ([], 3)],
    hints=["Print windows('ava') and count its lines.", "Does a longer context give more lines?"],
)
def count_examples(words, length):
    """Return the number of windows that a list of words gives, without making them."""
    return sum(len(word) + 1 for word in words)


@count_examples.mistake("The end of each word is a target too.")
def _(words, length):
    return sum(len(word) for word in words)


@count_examples.mistake("A longer context gives no more windows: each has one target, a letter or the end.")
def _(words, length):
    return sum(len(word) + length for word in words)


@count_examples.mistake("Windows that begin before the word count too: dots fill them.")
def _(words, length):
    return sum(max(len(word) + 1 - length, 0) for word in words)


@count_examples.mistake("A window of three characters is one example, not three.")
def _(words, length):
    return length * sum(len(word) + 1 for word in words)


def _tokens_and_table():
    tokens = np.array([[0, 0, 0], [0, 0, 2], [0, 2, 1], [2, 1, 3]])
    return [(tokens, np.arange(8.0).reshape(4, 2)), (tokens[:2], np.arange(12.0).reshape(4, 3) ** 2)]


@exercise(
    trials=_tokens_and_table,
    hints=[
        "table[tokens] looks up all rows at once. Look at its shape.",
        "reshape keeps the order of the numbers; for one axis it may be given -1, which it works out.",
    ],
)
def embed(tokens, table):
    """Return the rows of table that tokens name, joined per window: an array of shape (windows, length * size)."""
    return table[tokens].reshape(len(tokens), -1)


@embed.mistake("The rows are looked up, but not joined: reshape them to one row per window.")
def _(tokens, table):
    return table[tokens]


@embed.mistake("All first numbers stand before all second ones: do not exchange the axes before you reshape.")
def _(tokens, table):
    return table[tokens].transpose(0, 2, 1).reshape(len(tokens), -1)


@embed.mistake("You add the rows up; then the network cannot tell which character comes first.")
def _(tokens, table):
    return table[tokens].sum(axis=1)


@exercise(
    trials=lambda: [(3, 2, 100), (3, 10, 200), (8, 10, 200)],
    hints=[
        "There are five arrays: a table, two matrices, two rows of biases.",
        "The table has a row per character; the first matrix a row per number that it is given.",
    ],
)
def count_parameters(length, size, hidden):
    """Return the number of parameters of the network: contexts of `length`, embeddings of `size`, 27 characters."""
    return 27 * size + (length * size + 1) * hidden + (hidden + 1) * 27


@count_parameters.mistake("The biases are missing: one per hidden neuron and one per logit.")
def _(length, size, hidden):
    return 27 * size + length * size * hidden + hidden * 27


@count_parameters.mistake("The biases of the hidden layer are missing, one per neuron.")
def _(length, size, hidden):
    return 27 * size + length * size * hidden + (hidden + 1) * 27


@count_parameters.mistake("The biases of the last layer are missing, one per logit.")
def _(length, size, hidden):
    return 27 * size + (length * size + 1) * hidden + hidden * 27


@count_parameters.mistake("The table of embeddings is missing: it is learned as the matrices are.")
def _(length, size, hidden):
    return (length * size + 1) * hidden + (hidden + 1) * 27


@count_parameters.mistake("There is one table for all places of the context, not one for each.")
def _(length, size, hidden):
    return length * 27 * size + (length * size + 1) * hidden + (hidden + 1) * 27


@count_parameters.mistake("The hidden layer is given the numbers of all characters in the context, not of one.")
def _(length, size, hidden):
    return 27 * size + (size + 1) * hidden + (hidden + 1) * 27


def _pairs(words):
    pairs = []
    for word in words:
        padded = "..." + word + "."
        pairs += [(padded[i : i + 3], padded[i + 3]) for i in range(len(word) + 1)]
    return pairs


@exercise(
    trials=lambda: [(_pairs(FIVE),), (_pairs(["ann", "ann", "anna", "amy"]),), ([("...", "a")],)],
    hints=[
        "The best model of all gives each target the share with which it follows its context in the list.",
        "Count the pairs, count the contexts, and average -log(pair count / context count) over all pairs.",
    ],
)
def least_loss(pairs):
    """Return the least mean loss, in nats, that any model of contexts can reach on (context, target) pairs."""
    contexts = [context for context, _ in pairs]
    shares = [pairs.count(pair) / contexts.count(pair[0]) for pair in pairs]
    return -np.mean(np.log(shares))


@least_loss.mistake("Contexts that come more often weigh more: average over all pairs, not over the contexts.")
def _(pairs):
    followers = defaultdict(list)
    for context, target in pairs:
        followers[context].append(target)
    entropies = []
    for targets in followers.values():
        shares = np.array(list(Counter(targets).values())) / len(targets)
        entropies.append(-np.sum(shares * np.log(shares)))
    return float(np.mean(entropies))


@least_loss.mistake("The targets of a context are not equally frequent: each has its own share.")
def _(pairs):
    followers = defaultdict(set)
    for context, target in pairs:
        followers[context].add(target)
    return np.mean([np.log(len(followers[context])) for context, _ in pairs])


@least_loss.mistake("A pair that comes twice counts twice in the mean.")
def _(pairs):
    contexts = [context for context, _ in pairs]
    return -np.mean([np.log(pairs.count(pair) / contexts.count(pair[0])) for pair in set(pairs)])


@least_loss.mistake("Divide by how often the context comes, not by the number of all pairs.")
def _(pairs):
    return -np.mean([np.log(pairs.count(pair) / len(pairs)) for pair in pairs])


@least_loss.mistake("These are bits; the loss is in nats, from the natural logarithm.")
def _(pairs):
    contexts = [context for context, _ in pairs]
    return -np.mean([np.log2(pairs.count(pair) / contexts.count(pair[0])) for pair in pairs])


@least_loss.mistake("This is the sum over all pairs; the loss is their mean.")
def _(pairs):
    contexts = [context for context, _ in pairs]
    return -np.sum([np.log(pairs.count(pair) / contexts.count(pair[0])) for pair in pairs])


@least_loss.mistake(
    "A context with several targets always costs something: no model gives each of them probability one."
)
def _(pairs):
    return 0.0


@exercise(
    trials=lambda: [
        ([100, 200, 300, 400], [2.4, 2.1, 1.8, 1.6], [2.5, 2.3, 2.35, 2.9]),
        ([50, 100, 150], [2.4, 2.2, 2.3], [2.4, 2.35, 2.3]),
    ],
    hints=["Which of the two losses tells how the model does on names that it has not seen?", "np.argmin finds where."],
)
def best_step(steps, train_losses, validation_losses):
    """Return the step whose model you keep, given both losses at each of the steps."""
    return steps[int(np.argmin(validation_losses))]


@best_step.mistake("The training loss is least there, and the model has begun to learn the names by heart.")
def _(steps, train_losses, validation_losses):
    return steps[int(np.argmin(train_losses))]


@best_step.mistake("The last model is not always the best: validation losses may rise again.")
def _(steps, train_losses, validation_losses):
    return steps[-1]


@best_step.mistake("The training loss must not count: it also falls when names are learned by heart.")
def _(steps, train_losses, validation_losses):
    return steps[int(np.argmin(np.add(train_losses, validation_losses)))]


@best_step.mistake("This is the loss itself; return the step at which it was measured.")
def _(steps, train_losses, validation_losses):
    return min(validation_losses)


@best_step.mistake("This is the place in the list; return the step that stands there.")
def _(steps, train_losses, validation_losses):
    return int(np.argmin(validation_losses))


@best_step.mistake("Both losses are closest together there, but that says nothing about how low they are.")
def _(steps, train_losses, validation_losses):
    return steps[int(np.argmin(np.abs(np.subtract(train_losses, validation_losses))))]


@exercise(
    trials=lambda: [(0.001, 1.0, 4), (0.5, 8.0, 5), (0.001, 1.0, 200)],
    hints=[
        "Four rates from 0.001 to 1 are 0.001, 0.01, 0.1 and 1. How often is the factor applied?",
        "steps - 1 equal factors lead from the lowest to the highest: each is (highest / lowest) ** (1 / (steps - 1)).",
    ],
)
def rising_rates(lowest, highest, steps):
    """Return `steps` rates from lowest to highest, both included, each the same factor times the one before."""
    return lowest * (highest / lowest) ** (np.arange(steps) / (steps - 1))


@rising_rates.mistake("These rise by the same difference; most of them are large. They must rise by the same factor.")
def _(lowest, highest, steps):
    return np.linspace(lowest, highest, steps)


@rising_rates.mistake("The last rate is not the highest: between `steps` rates there are steps - 1 factors.")
def _(lowest, highest, steps):
    return lowest * (highest / lowest) ** (np.arange(steps) / steps)


@rising_rates.mistake("The lowest rate is left out: begin with the factor to the power of 0.")
def _(lowest, highest, steps):
    return lowest * (highest / lowest) ** (np.arange(1, steps + 1) / steps)


@rising_rates.mistake("np.logspace takes exponents of 10: give it the log10 of both rates, or use np.geomspace.")
def _(lowest, highest, steps):
    return np.logspace(lowest, highest, steps)


@rising_rates.mistake("These are the exponents; the rates are 10 to the power of them.")
def _(lowest, highest, steps):
    return np.linspace(np.log10(lowest), np.log10(highest), steps)
