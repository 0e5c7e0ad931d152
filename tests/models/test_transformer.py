"""The Transformer; tests/reference holds it against makemore's."""

import jax.random as jr
import numpy as np
import pytest

from models.reach import build, logits, reach
from moregrad.errors import ConfigurationError
from moregrad.layers.layer import parameters
from moregrad.models.transformer import Transformer

TWO_ORDERS = [[0, 1, 2, 3, 4], [0, 3, 1, 2, 4]]


def tiny(**settings: object) -> Transformer:
    return Transformer(**{"embedding": 8, "depth": 1, "heads": 2, **settings})


@pytest.mark.parametrize(("depth", "context", "tokens"), [(1, 3, 3), (2, 3, 5), (1, 0, 12)])
def test_attention_reaches_as_far_as_the_context_in_every_block(depth: int, context: int, tokens: int):
    assert reach(build(tiny(depth=depth, context=context))) == tokens


@pytest.mark.parametrize(("positions", "told_apart"), [("none", False), ("rotary", True), ("learned", True)])
def test_only_position_encodings_tell_the_order_of_the_characters_before(positions: str, told_apart: bool):
    one, other = np.asarray(logits(build(tiny(positions=positions)), TWO_ORDERS))
    assert (abs(one - other).max() > 1e-5) == told_apart


def test_it_has_the_parameters_of_gpt():
    """Karpathy's nanoGPT without biases: 12 n^2 per block, its norms, the embedding, the last norm and the head."""
    size, depth, vocab = 16, 3, 27
    block = 12 * size**2 + 2 * size
    model = Transformer(embedding=size, depth=depth, heads=2).build(vocab, 16, key=jr.key(0))
    assert parameters(model) == depth * block + size + 2 * vocab * size


def test_a_tied_model_decodes_with_its_embedding():
    assert parameters(build(tiny())) - parameters(build(tiny(tied=True))) == 5 * 8
    assert build(tiny(tied=True)).head is None


@pytest.mark.parametrize(
    ("settings", "allowed"),
    [({"heads": 5}, "a divisor of embedding, 64"), ({"embedding": 12, "heads": 4}, "if positions are rotary")],
)
def test_heads_share_out_the_embedding_evenly(settings: dict, allowed: str):
    with pytest.raises(ConfigurationError, match=allowed):
        Transformer(**settings)
