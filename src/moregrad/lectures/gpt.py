"""A GPT of single numbers, trained on names: what microgpt computes, written for moregrad.scalar.

One layer of width 16 with four heads over at most 16 characters, RMS normalisation, no biases: 4,192 parameters.
`train` builds the graph of every name anew; `replay` records one Program for each length of name and replays it. Both
yield the same losses.
"""

from collections.abc import Callable, Iterator, Sequence
from random import Random

from moregrad.scalar import Adam, Program, Value, cross_entropy, logsumexp, softmax

Row = list[Value]

WIDTH, HEADS, BLOCK = 16, 4, 16
SPREAD, EPSILON = 0.08, 1e-5
STEPS, RATE, BETAS, TEMPERATURE = 1000, 0.01, (0.85, 0.99), 0.5


class GPT:
    """The model; its parameters are drawn from `rng`. Token `vocab` - 1 is the boundary of names."""

    def __init__(self, vocab: int, rng: Random) -> None:
        def matrix(rows: int, columns: int) -> list[Row]:
            return [[Value(rng.gauss(0, SPREAD)) for _ in range(columns)] for _ in range(rows)]

        self.vocab = vocab
        self.token_embedding, self.position_embedding = matrix(vocab, WIDTH), matrix(BLOCK, WIDTH)
        self.head = matrix(vocab, WIDTH)
        self.query, self.key, self.value, self.mix = (matrix(WIDTH, WIDTH) for _ in range(4))
        self.widen, self.narrow = matrix(4 * WIDTH, WIDTH), matrix(WIDTH, 4 * WIDTH)

    def parameters(self) -> Row:
        """All 4,192, in the order in which they were drawn."""
        embeddings = (self.token_embedding, self.position_embedding, self.head)
        layer = (self.query, self.key, self.value, self.mix, self.widen, self.narrow)
        return [p for matrix in (*embeddings, *layer) for row in matrix for p in row]

    def logits(self, embedded: Row, past: list[tuple[Row, Row]]) -> Row:
        """Logits of the token after an embedded one; its key and value are appended to `past`."""
        x = normalize([e + p for e, p in zip(embedded, self.position_embedding[len(past)], strict=True)])
        x = add(x, product(self.mix, self.attention(normalize(x), past)))
        hidden = [h.relu() for h in product(self.widen, normalize(x))]
        return product(self.head, add(x, product(self.narrow, hidden)))

    def attention(self, x: Row, past: list[tuple[Row, Row]]) -> Row:
        """For each head, the mean of the values so far, weighted by the softmax of query times keys."""
        queries = product(self.query, x)
        past.append((product(self.key, x), product(self.value, x)))
        size = WIDTH // HEADS
        heads = [slice(start, start + size) for start in range(0, WIDTH, size)]
        return [mean for head in heads for mean in attend(queries[head], [(k[head], v[head]) for k, v in past])]

    def loss(self, embedded: Sequence[Row], surprisal: Callable[[int, Row], Value]) -> Value:
        """The mean over positions of `surprisal(position, logits)`."""
        past: list[tuple[Row, Row]] = []
        losses = [surprisal(t, self.logits(e, past)) for t, e in enumerate(embedded)]
        return sum(losses[1:], losses[0]) / len(losses)

    def sample(self, rng: Random) -> list[int]:
        """The tokens of a new name."""
        token, made, past = self.vocab - 1, [], []
        while len(made) < BLOCK:
            logits = self.logits(self.token_embedding[token], past)
            weights = [p.data for p in softmax([logit / TEMPERATURE for logit in logits])]
            token = rng.choices(range(self.vocab), weights)[0]
            if token == self.vocab - 1:
                break
            made.append(token)
        return made


def dot(weights: Sequence[Value], x: Sequence[Value]) -> Value:
    """Their inner product."""
    return sum(w * xi for w, xi in zip(weights, x, strict=True))  # pyright: ignore[reportReturnType]


def product(matrix: Sequence[Row], x: Row) -> Row:
    """Matrix times vector."""
    return [dot(row, x) for row in matrix]


def add(x: Row, y: Row) -> Row:
    """Their sum."""
    return [a + b for a, b in zip(x, y, strict=True)]


def normalize(x: Row) -> Row:
    """x with a mean square of about 1."""
    scale = (dot(x, x) / len(x) + EPSILON) ** -0.5
    return [xi * scale for xi in x]


def attend(query: Row, past: Sequence[tuple[Row, Row]]) -> Row:
    """One head's mean of the values in `past`."""
    weights = softmax([dot(query, key) / len(query) ** 0.5 for key, _ in past])
    return [dot(weights, column) for column in zip(*(value for _, value in past), strict=True)]


def encode(name: str, vocabulary: str) -> list[int]:
    """The tokens of a name between two boundaries."""
    boundary = len(vocabulary)
    return [boundary, *map(vocabulary.index, name), boundary][: BLOCK + 1]


def prepare(names: Sequence[str]) -> tuple[list[list[int]], str, GPT, Random]:
    """The shuffled names as tokens, the vocabulary, the model and the random numbers, all from seed 42."""
    rng = Random(42)
    shuffled = list(names)
    rng.shuffle(shuffled)
    vocabulary = "".join(sorted(set("".join(shuffled))))
    model = GPT(len(vocabulary) + 1, rng)
    return [encode(name, vocabulary) for name in shuffled[:STEPS]], vocabulary, model, rng


def train(model: GPT, names: Sequence[list[int]]) -> Iterator[float]:
    """A step for each name, its graph built anew; yields losses in nats per token."""

    def loss(tokens: list[int]) -> float:
        embedded = [model.token_embedding[s] for s in tokens[:-1]]
        total = model.loss(embedded, lambda t, logits: cross_entropy(logits, tokens[t + 1]))
        total.backward()
        return total.data

    return optimize(model, names, loss)


def replay(model: GPT, names: Sequence[list[int]]) -> Iterator[float]:
    """The same steps, by a Program for each length of name.

    A graph cannot look a token up, so the inputs of a program are the rows looked up, which get their gradient back,
    and, for each position, 1 at the token that follows and 0 elsewhere.
    """
    programs: dict[int, Program] = {}

    def loss(tokens: list[int]) -> float:
        length = len(tokens) - 1
        if length not in programs:
            programs[length] = record(model, length)
        looked_up = [x for s in tokens[:-1] for x in model.token_embedding[s]]
        following = [float(s == token) for s in tokens[1:] for token in range(model.vocab)]
        total = programs[length]([*looked_up, *following])
        programs[length].backward()
        return total

    return optimize(model, names, loss)


def record(model: GPT, length: int) -> Program:
    """The program of a name's loss."""
    embedded = [[Value(0.0) for _ in range(WIDTH)] for _ in range(length)]
    following = [[Value(0.0) for _ in range(model.vocab)] for _ in range(length)]
    total = model.loss(embedded, lambda t, logits: logsumexp(logits) - dot(following[t], logits))
    return Program(total, [x for row in (*embedded, *following) for x in row])


def optimize(model: GPT, names: Sequence[list[int]], loss: Callable[[list[int]], float]) -> Iterator[float]:
    """A step of Adam after each `loss`, which leaves gradients; the learning rate falls to 0 over all steps."""
    optimizer = Adam(model.parameters(), RATE, betas=BETAS)
    for step, tokens in enumerate(names):
        value = loss(tokens)
        optimizer.learning_rate = RATE * (1 - step / STEPS)
        optimizer.step()
        optimizer.zero_grad()
        yield value
