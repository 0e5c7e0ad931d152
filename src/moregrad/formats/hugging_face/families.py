"""The models of transformers that a Transformer may be, and their configurations.

One with learned positions and LayerNorm is GPT-2 (Radford et al. 2019). One with rotary positions and RMSNorm is Arcee,
which is Llama with an MLP of two matrices. Neither knows words: where moregrad begins afresh at each boundary, a row of
theirs must hold one word.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from moregrad.errors import DataError, ModelError
from moregrad.layers.attention import BASE
from moregrad.models.architecture import Architecture
from moregrad.models.model import Model
from moregrad.models.sequence_model import SequenceModel
from moregrad.models.transformer import Transformer

EPSILON = 1e-5
"""The number that every norm of moregrad adds to the variance."""


@dataclass(frozen=True)
class Family:
    """A model of transformers that a Transformer may be.

    `block` names the module of a block by its number, `parts` those in it in the order of moregrad's layers: norm,
    queries with keys and values, output, norm, and the two of the MLP. The weights of linear layers are stored
    `transposed`, or as moregrad has them.
    """

    name: str
    title: str
    needs: Mapping[str, Any]
    embedding: str
    positions: str | None
    block: str
    parts: tuple[tuple[str, ...], ...]
    norm: str
    transposed: bool
    activations: Mapping[str, str]
    sizes: Mapping[str, str]
    fixed: Mapping[str, Any]


GPT2 = Family(
    "gpt2",
    "GPT2LMHeadModel",
    {"positions": "learned", "norm": "layer"},
    "transformer.wte",
    "transformer.wpe",
    "transformer.h.{}",
    (("ln_1",), ("attn.c_attn",), ("attn.c_proj",), ("ln_2",), ("mlp.c_fc",), ("mlp.c_proj",)),
    "transformer.ln_f",
    False,
    {"gelu": "gelu_new", "relu": "relu", "tanh": "tanh"},
    {
        "vocab": "vocab_size",
        "block": "n_positions",
        "embedding": "n_embd",
        "depth": "n_layer",
        "heads": "n_head",
        "hidden": "n_inner",
        "activation": "activation_function",
    },
    {
        "layer_norm_epsilon": EPSILON,
        "scale_attn_weights": True,
        "scale_attn_by_inverse_layer_idx": False,
        "add_cross_attention": False,
    },
)
ARCEE = Family(
    "arcee",
    "ArceeForCausalLM",
    {"positions": "rotary", "norm": "rms"},
    "model.embed_tokens",
    None,
    "model.layers.{}",
    (
        ("input_layernorm",),
        ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
        ("self_attn.o_proj",),
        ("post_attention_layernorm",),
        ("mlp.up_proj",),
        ("mlp.down_proj",),
    ),
    "model.norm",
    True,
    {"gelu": "gelu_pytorch_tanh", "relu": "relu", "tanh": "tanh"},
    {
        "vocab": "vocab_size",
        "block": "max_position_embeddings",
        "embedding": "hidden_size",
        "depth": "num_hidden_layers",
        "heads": "num_attention_heads",
        "hidden": "intermediate_size",
        "activation": "hidden_act",
    },
    {"rms_norm_eps": EPSILON},
)
FAMILIES = (GPT2, ARCEE)


def family_of(architecture: Architecture, model: Model, block: int) -> tuple[Family, Transformer, SequenceModel]:
    """Returns the family that `model` is of, and both; raises ModelError if there is none."""
    if isinstance(model, SequenceModel) and isinstance(architecture, Transformer):
        for family in FAMILIES:
            if all(getattr(architecture, name) == value for name, value in family.needs.items()):
                if 0 < architecture.context < block:
                    raise ModelError(
                        f"its context of {architecture.context} is shorter than the longest word and its boundary, "
                        f"{block}, and {family.title} has no such limit; train with --context 0"
                    )
                return family, architecture, model
    raise ModelError(
        f"transformers has no model like this run of {architecture.name}; export those of --model transformer "
        "with rotary positions and the norm rms, or learned positions and the norm layer, whose words have no labels"
    )


def to_config(family: Family, architecture: Transformer, vocab: int, block: int) -> dict[str, Any]:
    """Returns the configuration by which transformers builds the model."""
    sizes = {
        "vocab": vocab,
        "block": block,
        "embedding": architecture.embedding,
        "depth": architecture.depth,
        "heads": architecture.heads,
        "hidden": architecture.mlp_ratio * architecture.embedding,
        "activation": family.activations[architecture.activation],
    }
    config = {
        "architectures": [family.title],
        "model_type": family.name,
        "dtype": "float32",
        "bos_token_id": 0,
        "eos_token_id": 0,
        "pad_token_id": 0,
        "tie_word_embeddings": architecture.tied,
        **{family.sizes[name]: value for name, value in sizes.items()},
        **family.fixed,
    }
    if family is GPT2:
        return config | {"embd_pdrop": architecture.dropout, "resid_pdrop": architecture.dropout, "attn_pdrop": 0.0}
    rope = {"rope_type": "default", "rope_theta": BASE}
    return config | {
        "attention_bias": architecture.bias,
        "mlp_bias": architecture.bias,
        "rope_parameters": rope,
        "rope_theta": BASE,
    }


def from_config(config: Mapping[str, Any]) -> tuple[Family, Transformer, int, int]:
    """Returns the family, the architecture, the size of the vocabulary and that of a row that `to_config` was given.

    Raises DataError for a configuration that no model of moregrad has, ConfigurationError for sizes out of range.
    """
    family = next((each for each in FAMILIES if each.name == config.get("model_type")), None)
    if family is None:
        kinds = " or ".join(each.name for each in FAMILIES)
        raise DataError(f"its config.json is of {config.get('model_type')!r:.60}; moregrad reads {kinds}")
    sizes: dict[str, Any] = {name: config.get(called) for name, called in family.sizes.items()}
    activation = {theirs: ours for ours, theirs in family.activations.items()}.get(str(sizes.pop("activation")))
    whole = all(type(size) is int and 0 < size < 2**31 for size in sizes.values())
    if not whole or sizes["hidden"] % sizes["embedding"] or activation is None:
        raise DataError(f"its config.json describes no model of moregrad: {sizes!s:.200}, activation {activation}")
    wanted = {**family.fixed, **(_fixed_by_size(config, sizes) if family is ARCEE else {})}
    for name, value in wanted.items():
        if config.get(name, value) != value:
            raise DataError(f"its config.json has {name} {config[name]!s:.60}; moregrad has {value}")
    architecture = Transformer().replace(
        embedding=sizes["embedding"],
        depth=sizes["depth"],
        heads=sizes["heads"],
        mlp_ratio=sizes["hidden"] // sizes["embedding"],
        context=0,
        activation=activation,
        bias=config.get("attention_bias", family is GPT2),
        tied=config.get("tie_word_embeddings", family is GPT2),
        **family.needs,
    )
    return family, architecture, sizes["vocab"], sizes["block"]


def _fixed_by_size(config: Mapping[str, Any], sizes: Mapping[str, int]) -> dict[str, Any]:
    """Returns what Arcee's configuration must have beside sizes, where it has it at all."""
    rope = {"rope_type": "default", "rope_theta": BASE}
    given = config.get("rope_parameters")
    return {
        "num_key_value_heads": sizes["heads"],
        "head_dim": sizes["embedding"] // sizes["heads"],
        "mlp_bias": config.get("attention_bias", False),
        "rope_theta": BASE,
        "rope_parameters": rope if given is None else {**given, **rope},
    }
