"""Exercises of lesson 4: counting."""

from itertools import pairwise

import numpy as np

from moregrad.lessons.exercise import exercise

COUNTS = np.array([[0, 3, 1], [2, 0, 6], [4, 4, 2]])
EMPTY_ROW = np.array([[1, 2, 1], [0, 0, 0], [5, 0, 0]])
TABLE = np.array([[0.1, 0.6, 0.3], [0.25, 0.25, 0.5], [0.7, 0.2, 0.1]])


def _random_tables() -> tuple[np.ndarray, np.ndarray]:
    """Two tables of probabilities, of the fourth token by three and by two, that the same seed gives each time."""
    rng = np.random.default_rng(4)
    return rng.dirichlet(np.ones(4), (4, 4)), rng.dirichlet(np.ones(4), 4)


@exercise(
    trials=lambda: [(COUNTS,), (EMPTY_ROW,)],
    hints=[
        "Divide each row by its own sum. Which shape must the sums have?",
        "counts.sum(axis=1, keepdims=True) has the shape (rows, 1). np.where chooses between two arrays, row by row.",
    ],
)
def normalise(counts):
    """Return each row of counts divided by its sum; a row without any count becomes equal probabilities."""
    sums = counts.sum(axis=1, keepdims=True)
    return np.where(sums > 0, counts / np.maximum(sums, 1), 1 / counts.shape[1])


@normalise.mistake("The sums are spread over the columns. Keep their shape (rows, 1): sum with keepdims=True.")
def _(counts):
    sums = counts.sum(axis=1)
    return np.where(sums[:, None] > 0, counts / np.maximum(sums, 1), 1 / counts.shape[1])


@normalise.mistake("The sums are spread over the columns. Keep their shape (rows, 1): sum with keepdims=True.")
def _(counts):
    with np.errstate(invalid="ignore", divide="ignore"):
        return counts / counts.sum(axis=1)


@normalise.mistake("You divided by the sums of the columns. Each row is to add up to 1, so sum along axis 1.")
def _(counts):
    return counts / np.maximum(counts.sum(axis=0, keepdims=True), 1)


@normalise.mistake("You divided by the sum of the whole table. Each row has a sum of its own.")
def _(counts):
    return counts / counts.sum()


@normalise.mistake("A row without counts is 0 divided by 0, which is not a number. Give it equal probabilities.")
def _(counts):
    with np.errstate(invalid="ignore"):
        return counts / counts.sum(axis=1, keepdims=True)


@normalise.mistake("A row without counts stays 0 and adds up to 0. Give it equal probabilities.")
def _(counts):
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)


@exercise(
    trials=lambda: [
        (np.array([0.2, 0.5, 0.3]), 0.1),
        (np.array([0.2, 0.5, 0.3]), 0.65),
        (np.array([0.2, 0.5, 0.3]), 0.95),
        (np.array([0.7, 0.2, 0.1]), 0.5),
        (np.array([0.0, 0.5, 0.5]), 0.0),
    ],
    hints=[
        "np.cumsum(probabilities) tells where each piece ends: 0.2, 0.7, 1.0 for 0.2, 0.5, 0.3.",
        "The answer is the number of ends that are not above `number`: count them.",
    ],
)
def draw(probabilities, number):
    """Return the index of the piece that number falls in; a number on a bound is in the piece that begins there."""
    return int((np.cumsum(probabilities) <= number).sum())


@draw.mistake("This is the likeliest index each time. Names drawn so would all be the same; use `number`.")
def _(probabilities, number):
    return int(np.argmax(probabilities))


@draw.mistake("Off by one: a number below the first probability falls in piece 0.")
def _(probabilities, number):
    return int((np.cumsum(probabilities) <= number).sum()) + 1


@draw.mistake("You compared `number` with each probability by itself. Lay them end to end first: np.cumsum.")
def _(probabilities, number):
    return int((probabilities <= number).sum())


@draw.mistake("Here all pieces are equally long. Each is as long as its probability.")
def _(probabilities, number):
    return int(number * len(probabilities))


@draw.mistake("A number on a bound belongs to the piece that begins there; else a probability of 0 could be drawn.")
def _(probabilities, number):
    return int((np.cumsum(probabilities) < number).sum())


@exercise(
    trials=lambda: [(TABLE, [1, 2, 2]), (TABLE, [2]), (TABLE, [1, 1, 2, 1])],
    hints=[
        "Put the boundary 0 before the first token and after the last. Which pairs are there then?",
        "probabilities[ids[:-1], ids[1:]] takes the probability of every pair. Then logarithm, mean, sign.",
    ],
)
def loss(probabilities, word):
    """Return the mean negative log likelihood of the pairs of word, boundaries included."""
    ids = [0, *word, 0]
    return -np.log(probabilities[ids[:-1], ids[1:]]).mean()


@loss.mistake("The end of the word is missing: the boundary follows the last token, and is a pair too.")
def _(probabilities, word):
    ids = [0, *word]
    return -np.log(probabilities[ids[:-1], ids[1:]]).mean()


@loss.mistake("The start of the word is missing: the boundary and the first token are a pair too.")
def _(probabilities, word):
    ids = [*word, 0]
    return -np.log(probabilities[ids[:-1], ids[1:]]).mean()


@loss.mistake("This is the logarithm of the mean probability. Take the logarithm of each, then the mean.")
def _(probabilities, word):
    ids = [0, *word, 0]
    return -np.log(probabilities[ids[:-1], ids[1:]].mean())


@loss.mistake("The sign is missing: the log likelihood is negative, the loss is minus that.")
def _(probabilities, word):
    ids = [0, *word, 0]
    return np.log(probabilities[ids[:-1], ids[1:]]).mean()


@loss.mistake("This is the sum over the pairs; the loss is their mean.")
def _(probabilities, word):
    ids = [0, *word, 0]
    return -np.log(probabilities[ids[:-1], ids[1:]]).sum()


@loss.mistake("You divided by the number of characters; a word of n characters has n + 1 pairs.")
def _(probabilities, word):
    ids = [0, *word, 0]
    return -np.log(probabilities[ids[:-1], ids[1:]]).sum() / len(word)


@loss.mistake("This is in bits. The loss is in nats: use the natural logarithm, np.log.")
def _(probabilities, word):
    ids = [0, *word, 0]
    return -np.log2(probabilities[ids[:-1], ids[1:]]).mean()


@loss.mistake("Rows and columns are exchanged: the row is the first character of a pair, the column the second.")
def _(probabilities, word):
    ids = [0, *word, 0]
    return -np.log(probabilities[ids[1:], ids[:-1]]).mean()


@exercise(
    trials=lambda: [(COUNTS, 1), (COUNTS, 0.5), (EMPTY_ROW, 2)],
    hints=["Add first, then divide.", "What is the sum of a row after k was added to each of its counts?"],
)
def smooth(counts, k):
    """Return the probabilities of every row after k was added to every count."""
    raised = counts + k
    return raised / raised.sum(axis=1, keepdims=True)


@smooth.mistake("You divided by the sums before k was added, so the rows add up to more than 1.")
def _(counts, k):
    with np.errstate(divide="ignore"):
        return (counts + k) / counts.sum(axis=1, keepdims=True)


@smooth.mistake("Each count of a row grew by k, so its sum grew by k times the number of columns, not by k.")
def _(counts, k):
    return (counts + k) / (counts.sum(axis=1, keepdims=True) + k)


@smooth.mistake("k was added only where nothing was counted. It is added to every count.")
def _(counts, k):
    raised = np.where(counts == 0, k, counts)
    return raised / raised.sum(axis=1, keepdims=True)


@smooth.mistake("The sums are spread over the columns. Keep their shape (rows, 1): sum with keepdims=True.")
def _(counts, k):
    return (counts + k) / (counts + k).sum(axis=1)


@exercise(
    trials=lambda: [
        (*_random_tables(), 0.7, np.array([[0, 0, 1], [0, 1, 3], [1, 3, 2], [3, 2, 0]])),
        (*_random_tables(), 0.2, np.array([[2, 1, 1]])),
    ],
    hints=[
        "Mix the probabilities, not the losses: the logarithm comes last.",
        "Split the triples into three columns: first, second, third = triples.T. Then long[first, second, third].",
    ],
)
def mixture_loss(long, short, share, triples):
    """Return the mean negative log likelihood of triples under share * long + (1 - share) * short."""
    first, second, third = triples.T
    mixed = share * long[first, second, third] + (1 - share) * short[second, third]
    return -np.log(mixed).mean()


@mixture_loss.mistake("You mixed the logarithms. Mix the probabilities, and take the logarithm of the mixture.")
def _(long, short, share, triples):
    first, second, third = triples.T
    return -(share * np.log(long[first, second, third]) + (1 - share) * np.log(short[second, third])).mean()


@mixture_loss.mistake("The shares are exchanged: `share` belongs to the long context.")
def _(long, short, share, triples):
    first, second, third = triples.T
    return -np.log((1 - share) * long[first, second, third] + share * short[second, third]).mean()


@mixture_loss.mistake("The short context is the second character of the triple, the nearest to the third.")
def _(long, short, share, triples):
    first, second, third = triples.T
    return -np.log(share * long[first, second, third] + (1 - share) * short[first, third]).mean()


@mixture_loss.mistake("The short context predicts the third character from the second: short[second, third].")
def _(long, short, share, triples):
    first, second, third = triples.T
    return -np.log(share * long[first, second, third] + (1 - share) * short[first, second]).mean()


@mixture_loss.mistake("This is the sum over the triples; the loss is their mean.")
def _(long, short, share, triples):
    first, second, third = triples.T
    return -np.log(share * long[first, second, third] + (1 - share) * short[second, third]).sum()


@mixture_loss.mistake("The short table needs the rest, 1 - share; otherwise the mixture adds up to more than 1.")
def _(long, short, share, triples):
    first, second, third = triples.T
    return -np.log(share * long[first, second, third] + short[second, third]).mean()


@exercise(
    trials=lambda: [
        (["anna"], "n"),
        (["anna", "hanna", "nina"], "n"),
        (["anna", "hanna", "nina"], "nn"),
        (["emma", "mia"], "m"),
        (["otto", "toto"], "to"),
        (["emma"], "q"),
    ],
    hints=[
        "Write the boundary around each word, and look at every place where gram begins, except the very first.",
        "Collect the characters before those places in a set; its length is the answer.",
    ],
)
def continuations(words, gram):
    """Return how many different characters occur before gram in the words, the boundary included."""
    padded = [f".{word}." for word in words]
    places = [(word, i) for word in padded for i in range(1, len(word)) if word.startswith(gram, i)]
    return len({word[i - 1] for word, i in places})


@continuations.mistake("This is the plain count. Count different characters before it, each once.")
def _(words, gram):
    return sum(f".{word}.".startswith(gram, i) for word in words for i in range(1, len(word) + 2))


@continuations.mistake("The boundary is missing: at the start of a word it is the character before the gram.")
def _(words, gram):
    return len({word[i - 1] for word in words for i in range(1, len(word)) if word.startswith(gram, i)})


@continuations.mistake("These are the characters after it. The continuation count is of those before it.")
def _(words, gram):
    padded = [f".{word}." for word in words]
    n = len(gram)
    return len({word[i + n] for word in padded for i in range(len(word) - n) if word.startswith(gram, i)})


@continuations.mistake("You found only the first place in each word; a gram may occur in it more than once.")
def _(words, gram):
    padded = [f".{word}." for word in words if gram in word]
    return len({word[word.index(gram, 1) - 1] for word in padded})


@continuations.mistake("These are the words that hold it. Count different characters before it.")
def _(words, gram):
    return sum(gram in word for word in words)


@continuations.mistake("These are pairs of neighbours in which it is the second; count only those that are different.")
def _(words, gram):
    return sum(b == gram for word in words for _, b in pairwise(f".{word}."))
