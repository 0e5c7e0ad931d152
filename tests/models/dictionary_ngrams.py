"""Smoothed n-grams with dictionaries, straight from the formulas, to hold the vectorised ones against.

Chen & Goodman, An empirical study of smoothing techniques for language modeling (1998): Witten-Bell in section 2.5,
modified Kneser-Ney in section 3.4. Words are sequences of tokens 1, 2, ...; 0 is the boundary.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

Word = Sequence[int]
History = tuple[int, ...]
Followers = defaultdict[History, Counter]
Probability = Callable[[History, int], float]


def predictions(words: Sequence[Word], order: int) -> Iterator[tuple[History, int]]:
    """Every token and end of the words, with the tokens before it: its word's boundary and at most `order` - 1."""
    for word in words:
        tokens = (0, *word, 0)
        for position in range(1, len(tokens)):
            yield tokens[max(position - order + 1, 0) : position], tokens[position]


def followers(words: Sequence[Word], order: int) -> list[Followers]:
    """Counts how often each token follows each history of up to `order` - 1 tokens; nothing precedes a boundary."""
    counts = [defaultdict(Counter) for _ in range(order)]
    for history, token in predictions(words, order):
        for length in range(len(history) + 1):
            counts[length][history[len(history) - length :]][token] += 1
    return counts


def add_k(words: Sequence[Word], order: int, vocab: int, k: float) -> Probability:
    longest: Followers = defaultdict(Counter)
    for history, token in predictions(words, order):
        longest[history][token] += 1

    def probability(history: History, token: int) -> float:
        counts = longest.get(history, Counter())
        whole = counts.total() + k * vocab
        return (counts[token] + k) / whole if whole else 1 / vocab

    return probability


def witten_bell(words: Sequence[Word], order: int, vocab: int) -> Probability:
    counts = followers(words, order)

    def probability(history: History, token: int) -> float:
        p = 1 / vocab
        for length in range(len(history) + 1):
            if follow := counts[length].get(history[len(history) - length :]):
                p = (follow[token] + len(follow) * p) / (follow.total() + len(follow))
        return p

    return probability


def kneser_ney(words: Sequence[Word], order: int, vocab: int) -> Probability:
    counts = followers(words, order)
    adjusted = [_adjusted(*pair) for pair in pairwise(counts)] + counts[-1:]
    discounts = [_discounts(level) for level in adjusted]

    def probability(history: History, token: int) -> float:
        p = 1 / vocab
        for length in range(len(history) + 1):
            if follow := adjusted[length].get(history[len(history) - length :]):
                discount = discounts[length]
                freed = sum(discount[min(count, 3)] for count in follow.values())
                kept = follow[token] - discount[min(follow[token], 3)]
                p = (kept + freed * p) / follow.total()
        return p

    return probability


def _adjusted(counts: Followers, longer: Followers) -> Followers:
    """In how many longer grams each gram occurs; its plain count if it begins with the boundary."""
    adjusted: Followers = defaultdict(Counter)
    for history, follow in longer.items():
        for token in follow:
            adjusted[history[1:]][token] += 1
    return adjusted | {history: follow for history, follow in counts.items() if history[:1] == (0,)}


def _discounts(level: Followers) -> list[float]:
    """What grams counted 0, 1, 2, and 3 or more times give up."""
    times = Counter(count for follow in level.values() for count in follow.values())
    n = [times[count] for count in range(5)]
    if not all(n[1:4]):
        return [0, 0.5, 1, 1.5]
    y = n[1] / (n[1] + 2 * n[2])
    estimated = [count - (count + 1) * y * n[count + 1] / n[count] for count in (1, 2, 3)]
    sound = all(0 < discount <= count for count, discount in enumerate(estimated, 1))
    return [0, *estimated] if sound else [0, 0.5, 1, 1.5]
