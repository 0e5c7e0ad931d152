"""Exercises of lesson 11: a GPT of single numbers."""

import math

from moregrad.lessons.exercise import exercise

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@exercise(
    trials=lambda: [("emma", _LETTERS), ("ab", "abc")],
    hints=[
        "A letter's token is its place in the alphabet: letters.index(letter), from 0.",
        "The boundary comes after all letters, so its token is len(letters). It stands at both ends.",
    ],
)
def encode(name, letters):
    """Return the tokens of a name between two boundaries: letters count from 0, the boundary is the last token."""
    boundary = len(letters)
    return [boundary, *(letters.index(letter) for letter in name), boundary]


@encode.mistake("The closing boundary is missing: without it the model never learns where a name ends.")
def _(name, letters):
    return [len(letters), *map(letters.index, name)]


@encode.mistake("The opening boundary is missing: the first letter is predicted from it.")
def _(name, letters):
    return [*map(letters.index, name), len(letters)]


@encode.mistake("Both boundaries are missing: they say where a name begins and where it ends.")
def _(name, letters):
    return [letters.index(letter) for letter in name]


@encode.mistake("Token 0 is the first letter; the boundary has a token of its own, len(letters).")
def _(name, letters):
    return [0, *map(letters.index, name), 0]


@encode.mistake("There are len(letters) letters, numbered from 0: the next free number is len(letters).")
def _(name, letters):
    return [len(letters) + 1, *map(letters.index, name), len(letters) + 1]


@encode.mistake("The boundary is 26 only for 26 letters; it comes after those that are given, len(letters).")
def _(name, letters):
    return [26, *map(letters.index, name), 26]


@encode.mistake("Here letters count from 0 and the boundary comes last; this gives the boundary 0 and counts from 1.")
def _(name, letters):
    return [0, *(letters.index(letter) + 1 for letter in name), 0]


@exercise(
    trials=lambda: [([0.0, 0.0, 0.0], 1), ([2.0, -1.0, 0.5], 0), ([2.0, -1.0, 0.5], 1), ([1000.0, 999.0], 1)],
    hints=[
        "The softmax gives the token exp(logits[token]) / sum(exp(logits)). Take minus the logarithm of that.",
        "A logarithm of a quotient is a difference: log(sum(exp(logits))) - logits[token].",
        "exp(1000) overflows. Subtract the largest logit from all of them first; the result stays the same.",
    ],
)
def surprisal(logits, token):
    """Return minus the natural logarithm of the softmax's probability of a token; logits of 1000 must not overflow."""
    largest = max(logits)
    total = sum(math.exp(logit - largest) for logit in logits)
    return math.log(total) - (logits[token] - largest)


@surprisal.mistake("The sign is wrong: a surprisal is minus a logarithm, and never below 0.")
def _(logits, token):
    return -surprisal.answer(logits, token)


@surprisal.mistake("This is in bits, the logarithm to the base 2; nats take the natural one.")
def _(logits, token):
    return surprisal.answer(logits, token) / math.log(2)


@surprisal.mistake("This is the probability itself; take minus its logarithm.")
def _(logits, token):
    return math.exp(-surprisal.answer(logits, token))


@exercise(
    trials=lambda: [(1, 1), (16, 16), (64, 16), (27, 16)],
    hints=[
        "Each row takes as many products as it has numbers.",
        "Adding n numbers takes n - 1 additions.",
    ],
)
def count_operations(rows, columns):
    """How many multiplications and additions of two numbers does a product of a matrix and a vector take?"""
    return rows * columns + rows * (columns - 1)


@count_operations.mistake("Adding n numbers takes n - 1 additions, not n.")
def _(rows, columns):
    return 2 * rows * columns


@count_operations.mistake("These are the multiplications; the additions count too.")
def _(rows, columns):
    return rows * columns


@count_operations.mistake("Each row is as long as there are columns: its sum takes columns - 1 additions.")
def _(rows, columns):
    return rows * columns + columns * (rows - 1)


@count_operations.mistake("Each row adds up its own products only; the rows are not added to one another.")
def _(rows, columns):
    return rows * columns + rows * columns - 1


@exercise(
    trials=lambda: [
        (0.5, 0.2, 0.0, 0.0, 1, 0.01),
        (0.5, -0.2, 0.1, 0.3, 2, 0.01),
        (-1.0, 1e-4, 0.02, 0.5, 40, 0.1),
        (0.5, 1e-8, 0.0, 0.0, 1, 0.01),
    ],
    hints=[
        "mean = 0.85 * mean + 0.15 * gradient, and the same for the square with 0.99, 0.01 and gradient**2.",
        "Both begin at 0, so early on they are too small. Divide them by 1 - 0.85**step and 1 - 0.99**step.",
        "p -= rate * m / (s**0.5 + 1e-8), with m and s the mean and the square so divided.",
    ],
    tolerance=1e-9,
)
def adam(p, gradient, mean, square, step, rate):
    """Return a parameter, its mean gradient and its mean square after a step of Adam; steps count from 1.

    The two means keep 0.85 and 0.99 of themselves. Epsilon, 1e-8, is added to the root.
    """
    mean = 0.85 * mean + 0.15 * gradient
    square = 0.99 * square + 0.01 * gradient**2
    full_mean, full_square = mean / (1 - 0.85**step), square / (1 - 0.99**step)
    return p - rate * full_mean / (full_square**0.5 + 1e-8), mean, square


@adam.mistake("The means begin at 0 and are too small at first; divide each by 1 - its factor to the power step.")
def _(p, gradient, mean, square, step, rate):
    mean, square = 0.85 * mean + 0.15 * gradient, 0.99 * square + 0.01 * gradient**2
    return p - rate * mean / (square**0.5 + 1e-8), mean, square


@adam.mistake("The corrected means are returned; return the plain ones, which the next step goes on from.")
def _(p, gradient, mean, square, step, rate):
    mean = (0.85 * mean + 0.15 * gradient) / (1 - 0.85**step)
    square = (0.99 * square + 0.01 * gradient**2) / (1 - 0.99**step)
    return p - rate * mean / (square**0.5 + 1e-8), mean, square


@adam.mistake("The parameter moves uphill: subtract.")
def _(p, gradient, mean, square, step, rate):
    down, mean, square = adam.answer(p, gradient, mean, square, step, rate)
    return 2 * p - down, mean, square


@adam.mistake("Epsilon is missing: 1e-8 is added to the root.")
def _(p, gradient, mean, square, step, rate):
    mean, square = 0.85 * mean + 0.15 * gradient, 0.99 * square + 0.01 * gradient**2
    return p - rate * mean / (1 - 0.85**step) / (square / (1 - 0.99**step)) ** 0.5, mean, square


@adam.mistake("Epsilon is added before the root; take the root first.")
def _(p, gradient, mean, square, step, rate):
    mean, square = 0.85 * mean + 0.15 * gradient, 0.99 * square + 0.01 * gradient**2
    return p - rate * mean / (1 - 0.85**step) / (square / (1 - 0.99**step) + 1e-8) ** 0.5, mean, square


@adam.mistake("The factors have changed places: 0.85 and 0.99 go to the old means, the rest to what is new.")
def _(p, gradient, mean, square, step, rate):
    mean, square = 0.15 * mean + 0.85 * gradient, 0.01 * square + 0.99 * gradient**2
    return p - rate * mean / (1 - 0.15**step) / ((square / (1 - 0.01**step)) ** 0.5 + 1e-8), mean, square


@adam.mistake("The root is missing: divide by the root of the mean square.")
def _(p, gradient, mean, square, step, rate):
    mean, square = 0.85 * mean + 0.15 * gradient, 0.99 * square + 0.01 * gradient**2
    return p - rate * mean / (1 - 0.85**step) / (square / (1 - 0.99**step) + 1e-8), mean, square


@exercise(
    trials=lambda: [([0.2, 0.5, 0.3], u) for u in (0.0, 0.1, 0.3, 0.69, 0.71, 0.99)],
    hints=[
        "Lay the probabilities end to end on a line from 0 to 1. In which piece does u fall?",
        "Add the probabilities up one by one, and return the first index at which the sum is above u.",
    ],
)
def choose(probabilities, u):
    """Return the index that a random number u from 0 to 1 chooses: pieces as long as the probabilities, in order."""
    reached = 0.0
    for index, p in enumerate(probabilities):
        reached += p
        if u < reached:
            return index
    return len(probabilities) - 1


@choose.mistake("This always takes the likeliest.")
def _(probabilities, u):
    return probabilities.index(max(probabilities))


@choose.mistake("The probabilities are not added up: compare u with their sum so far.")
def _(probabilities, u):
    return next((index for index, p in enumerate(probabilities) if u < p), len(probabilities) - 1)


@choose.mistake("This begins with the likeliest; the pieces lie in the order of the tokens.")
def _(probabilities, u):
    order = sorted(range(len(probabilities)), key=lambda index: -probabilities[index])
    return order[choose.answer([probabilities[index] for index in order], u)]


@choose.mistake("All indices are equally likely here; each piece must be as long as its probability.")
def _(probabilities, u):
    return int(u * len(probabilities))
