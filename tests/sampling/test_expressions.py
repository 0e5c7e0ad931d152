"""Regular expressions over ids, against sets of words."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.errors import ModelError
from moregrad.sampling.expressions import (
    MOST_PARTS,
    Chain,
    Choice,
    Expression,
    Letters,
    Repeat,
    any_letter,
    anything,
    compile_expression,
    literal,
)
from sampling.automata import ALL, LETTERS, language

VOCAB = len(LETTERS)


def one_of(letters: str) -> Letters:
    return Letters(np.isin(np.arange(VOCAB), LETTERS.encode(letters)))


def as_written(expression: Expression) -> str:
    """The expression as Python's `re` reads it."""
    match expression:
        case Letters(allowed):
            return f"[{''.join(LETTERS.characters[id - 1] for id in np.flatnonzero(allowed))}]"
        case Chain(parts):
            return "".join(map(as_written, parts))
        case Choice(parts):
            return f"(?:{'|'.join(map(as_written, parts))})"
        case Repeat(part, least, most):
            return f"(?:{as_written(part)}){{{least},{'' if most is None else most}}}"


def lengthened(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    parts = st.lists(inner, max_size=3).map(tuple)
    more = st.none() | st.integers(0, 2)
    repeats = st.builds(repeat, inner, st.integers(0, 2), more)
    return parts.map(Chain) | parts.filter(len).map(Choice) | repeats


def repeat(part: Expression, least: int, more: int | None) -> Repeat:
    return Repeat(part, least, None if more is None else least + more)


letters = st.sets(st.sampled_from("abc"), min_size=1).map("".join).map(one_of)
expressions = st.recursive(letters, lengthened, max_leaves=8)


@given(expressions)
def test_an_expression_accepts_what_the_same_accepts_in_python(expression: Expression):
    wanted = re.compile(as_written(expression))
    assert language(compile_expression(expression, VOCAB)) == {word for word in ALL if wanted.fullmatch(word)}


def test_parts_by_name():
    assert language(compile_expression(any_letter(VOCAB), VOCAB)) == {"a", "b", "c"}
    assert language(compile_expression(anything(VOCAB), VOCAB)) == set(ALL)
    assert language(compile_expression(literal(LETTERS.encode("cab"), VOCAB), VOCAB)) == {"cab"}
    assert language(compile_expression(Chain(()), VOCAB)) == {""}


def test_a_character_that_nothing_allows_leaves_no_word():
    nothing_allowed = Letters(np.zeros(VOCAB, bool))
    assert compile_expression(nothing_allowed, VOCAB).is_empty
    assert language(compile_expression(Choice((nothing_allowed, any_letter(VOCAB))), VOCAB)) == {"a", "b", "c"}


@pytest.mark.parametrize("part", [any_letter(VOCAB), Chain(())])
def test_repetition_without_measure_is_refused(part: Expression):
    with pytest.raises(ModelError, match="more than 4,000 parts; repeat less"):
        compile_expression(Repeat(Repeat(part, 0, MOST_PARTS // 50), 100, 100), VOCAB)
