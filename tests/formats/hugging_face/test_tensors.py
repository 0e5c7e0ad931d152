"""Arrays by the names that transformers has for them."""

import equinox as eqx
import jax
import numpy as np
import pytest
from runs.prepared import prepared

from formats.hugging_face.folders import KINDS
from moregrad.errors import DataError
from moregrad.formats.hugging_face.families import Family, family_of
from moregrad.formats.hugging_face.tensors import from_tensors, to_tensors
from moregrad.models.sequence_model import SequenceModel
from moregrad.models.transformer import Transformer


def made(kind: str) -> tuple[Family, Transformer, SequenceModel, int, int]:
    run = prepared("transformer", **KINDS[kind])
    family, architecture, model = family_of(run.architecture, run.model, run.block)
    return family, architecture, model, len(run.vocabulary), run.block


@pytest.mark.parametrize("kind", ["arcee", "arcee, tied, with biases", "gpt2"])
def test_every_array_is_found_again(kind: str):
    family, architecture, model, vocab, block = made(kind)
    again = from_tensors(family, architecture, vocab, block, to_tensors(family, model))
    assert eqx.tree_equal(eqx.filter(again, eqx.is_array), eqx.filter(model, eqx.is_array))


def test_gpt_2_has_biases_of_nought_where_a_model_has_none():
    family, architecture, model, vocab, block = made("gpt2, tied, without biases")
    tensors = to_tensors(family, model)
    assert not tensors["transformer.h.0.attn.c_attn.bias"].any()
    again = from_tensors(family, architecture.replace(bias=True, dropout=0.0), vocab, block, tensors)
    assert sum(leaf.size for leaf in jax.tree.leaves(again)) == sum(tensor.size for tensor in tensors.values())


def test_a_tied_head_that_is_there_all_the_same_is_left_out():
    family, architecture, model, vocab, block = made("arcee, tied, with biases")
    tensors = to_tensors(family, model)
    assert "lm_head.weight" not in tensors
    from_tensors(family, architecture, vocab, block, tensors | {"lm_head.weight": tensors["model.embed_tokens.weight"]})


def test_tensors_that_do_not_fit_are_refused():
    family, architecture, model, vocab, block = made("arcee")
    tensors = to_tensors(family, model)
    name = "model.layers.0.self_attn.k_proj.weight"
    for other, said in (
        ({key: tensor for key, tensor in tensors.items() if key != name}, f"have no {name}"),
        (tensors | {name: tensors[name][:, :4]}, "config.json says"),
        (tensors | {"model.norm.weight": np.full(8, np.nan, np.float32)}, "not finite"),
        (tensors | {"model.layers.1.input_layernorm.weight": np.ones(8, np.float32)}, "no model of moregrad has"),
    ):
        with pytest.raises(DataError, match=said):
            from_tensors(family, architecture, vocab, block, other)
