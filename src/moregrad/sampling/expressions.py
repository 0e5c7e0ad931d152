"""Regular expressions over the ids of a vocabulary, and their automata."""

from dataclasses import dataclass, field
from functools import reduce
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, UInt

from moregrad.errors import ModelError
from moregrad.sampling.automaton import Automaton, from_nfa

MOST_PARTS = 4000
"""Parts of an expression when all that is repeated is written out."""


@dataclass(frozen=True, eq=False)
class Letters:
    """One character out of those that are `allowed`."""

    allowed: Bool[np.ndarray, " vocab"]


@dataclass(frozen=True)
class Chain:
    """Parts one after the other."""

    parts: "tuple[Expression, ...]"


@dataclass(frozen=True)
class Choice:
    """Any one of the parts."""

    parts: "tuple[Expression, ...]"


@dataclass(frozen=True)
class Repeat:
    """A part `least` to `most` times, without an upper limit if None."""

    part: "Expression"
    least: int
    most: int | None


Expression = Letters | Chain | Choice | Repeat


def any_letter(vocab: int) -> Letters:
    """Returns the expression of any one character."""
    return Letters(np.arange(vocab) > 0)


def anything(vocab: int) -> Repeat:
    """Returns the expression of any number of any characters."""
    return Repeat(any_letter(vocab), 0, None)


def literal(ids: UInt[np.ndarray, " length"], vocab: int) -> Chain:
    """Returns the expression of these characters."""
    return Chain(tuple(Letters(np.arange(vocab) == id) for id in ids))


def compile_expression(expression: Expression, vocab: int) -> Automaton:
    """Returns the automaton of the words that are wholly `expression`; raises ModelError if it is too large."""
    positions = _Positions(vocab)
    whole = positions.read(expression)
    positions.follow[0] = whole.first
    return from_nfa(np.array(positions.letters), positions.follow, whole.last | whole.nullable)


class _Part(NamedTuple):
    """A part of an expression: if it may be empty, and the bit sets of the positions where it may begin and end."""

    nullable: bool
    first: int
    last: int


EMPTY = _Part(True, 0, 0)


@dataclass
class _Positions:
    """Every place of a character in an expression, and the bit set of those that may follow it (Glushkov 1961)."""

    vocab: int
    letters: list[Bool[np.ndarray, " vocab"]] = field(default_factory=list)
    follow: list[int] = field(default_factory=list)
    parts: int = 0

    def __post_init__(self) -> None:
        self._add(np.zeros(self.vocab, bool))

    def _add(self, allowed: Bool[np.ndarray, " vocab"]) -> int:
        self.letters.append(allowed)
        self.follow.append(0)
        return 1 << (len(self.follow) - 1)

    def read(self, expression: Expression) -> _Part:
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise ModelError(f"written out, it has more than {MOST_PARTS:,} parts; repeat less")
        match expression:
            case Letters(allowed):
                position = self._add(allowed)
                return _Part(False, position, position)
            case Chain(parts):
                return reduce(self._join, map(self.read, parts), EMPTY)
            case Choice(parts):
                return reduce(_either, map(self.read, parts))
            case Repeat():
                return self._repeat(expression)

    def _repeat(self, expression: Repeat) -> _Part:
        part, least, most = expression.part, expression.least, expression.most
        needed = reduce(self._join, (self.read(part) for _ in range(least)), EMPTY)
        if most is None:
            return self._join(needed, self._loop(self.read(part)))
        optional = EMPTY
        for _ in range(most - least):
            optional = self._join(self.read(part), optional)._replace(nullable=True)
        return self._join(needed, optional)

    def _loop(self, part: _Part) -> _Part:
        self._let_follow(part.last, part.first)
        return part._replace(nullable=True)

    def _join(self, left: _Part, right: _Part) -> _Part:
        self._let_follow(left.last, right.first)
        first = left.first | right.first if left.nullable else left.first
        last = left.last | right.last if right.nullable else right.last
        return _Part(left.nullable and right.nullable, first, last)

    def _let_follow(self, last: int, first: int) -> None:
        while last:
            lowest = last & -last
            self.follow[lowest.bit_length() - 1] |= first
            last ^= lowest


def _either(left: _Part, right: _Part) -> _Part:
    return _Part(left.nullable or right.nullable, left.first | right.first, left.last | right.last)
