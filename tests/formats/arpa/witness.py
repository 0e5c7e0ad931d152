"""ARPA's format read as its definition says, to test what moregrad writes."""

import math
from collections.abc import Sequence

Gram = tuple[str, ...]


class Witness:
    """Logarithms to the base of ten, of probabilities and of back-off weights."""

    def __init__(self, text: str) -> None:
        self.probability: dict[Gram, float] = {}
        self.backoff: dict[Gram, float] = {}
        for line in text.split("\n"):
            probability, *rest = line.split("\t")
            if rest:
                gram = tuple(rest[0].split(" "))
                assert gram not in self.probability
                self.probability[gram] = float(probability)
                self.backoff[gram] = float(rest[1]) if len(rest) > 1 else 0.0
        self.order = max(map(len, self.probability))

    def log10(self, history: Gram, token: str) -> float:
        """The logarithm of p(token | history), by the longest n-gram that the file has."""
        history = history[max(0, len(history) - self.order + 1) :]
        if (*history, token) in self.probability:
            return self.probability[*history, token]
        return self.backoff.get(history, 0.0) + self.log10(history[1:], token)

    def nats(self, tokens: Sequence[str]) -> list[float]:
        """The log probability of every token of a word and of its end."""
        word = ("<s>", *tokens, "</s>")
        return [math.log(10) * self.log10(word[:at], word[at]) for at in range(1, len(word))]
