"""Checkpoints of makemore.py as models, against what makemore.py computed."""

from collections.abc import Callable
from pathlib import Path

import jax.numpy as jnp
import numpy as np
import pytest

from formats.makemore.checkpoints import FIGURES, KINDS, changed, checkpoint, entries, packed
from moregrad.errors import ConfigurationError, DataError
from moregrad.formats.makemore.reading import read_makemore

BLOCK = 6


def heads(kind: str) -> int | None:
    return 2 if kind == "transformer" else None


@pytest.mark.parametrize("kind", KINDS)
def test_a_checkpoint_computes_what_makemore_computes(kind: str):
    found = read_makemore(checkpoint(kind), heads=heads(kind))
    figures = FIGURES[kind]["tiny"]
    lead = found.model.lead
    tokens = np.zeros((len(figures["words"]), lead + BLOCK), np.int32)
    for row, word in enumerate(figures["words"]):
        tokens[row, lead + 1 : lead + 1 + len(word)] = word
    logits = np.asarray(found.model(jnp.asarray(tokens)))
    scored = np.concatenate([logits[row, : len(word) + 1] for row, word in enumerate(figures["words"])])
    np.testing.assert_allclose(scored, figures["logits"], rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("kind", KINDS)
def test_a_checkpoint_tells_its_tokens_and_where_it_can_its_longest_word(kind: str):
    found = read_makemore(checkpoint(kind), heads=heads(kind))
    assert (found.vocab, found.vocabulary) == (5, None)
    assert found.block == (BLOCK if kind in ("mlp", "bow", "transformer") else None)
    assert found.architecture.name == kind
    assert found.split == "makemore"


def test_heads_that_are_not_given_are_assumed_and_told():
    found = read_makemore(checkpoint("transformer"))
    assert "4 are assumed" in found.notes[0]
    assert read_makemore(checkpoint("transformer"), heads=2).notes == ()


def test_heads_that_cannot_be_are_refused():
    with pytest.raises(ConfigurationError, match="heads is 3"):
        read_makemore(checkpoint("transformer"), heads=3)
    with pytest.raises(ConfigurationError, match="gru has none"):
        read_makemore(checkpoint("gru"), heads=4)


def test_tensors_of_another_model_are_refused(file: Callable[[bytes], Path]):
    with pytest.raises(DataError, match="holds no model of makemore"):
        read_makemore(file(changed("bigram", name=(b"logits", b"widget"))))
    with pytest.raises(DataError, match=r"not those of makemore.py's gru: 'lm_head.weight'"):
        read_makemore(file(changed("gru", name=(b"lm_head.weight", b"lm_hand.weight"))))
    with pytest.raises(DataError, match=r"lm_hand.bias', which makemore.py's gru has not"):
        read_makemore(file(changed("gru", name=(b"lm_head.bias", b"lm_hand.bias"))))
    with pytest.raises(DataError, match="holds no real numbers"):
        read_makemore(file(changed("bigram", numbers=(b"FloatStorage", b"IntStorage"))))


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_numbers_that_are_not_finite_are_refused(bad: float, file: Callable[[bytes], Path]):
    files = entries(checkpoint("bigram"))
    numbers = np.frombuffer(files["data/0"], "<f4").copy()
    numbers[3] = bad
    with pytest.raises(DataError, match="not finite"):
        read_makemore(file(packed(files | {"data/0": numbers.tobytes()})))


def test_a_mask_that_is_not_causal_is_refused(file: Callable[[bytes], Path]):
    files = entries(checkpoint("bow"))
    masks = [name for name, content in files.items() if content == np.tri(BLOCK, dtype="<f4").tobytes()]
    assert len(masks) == 1
    with pytest.raises(DataError, match="no causal mask"):
        read_makemore(file(packed(files | {masks[0]: np.ones((BLOCK, BLOCK), "<f4").tobytes()})))
