"""The only list of architectures."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from moregrad.errors import ModelError
from moregrad.models.architecture import Architecture
from moregrad.models.bigram import Bigram
from moregrad.models.bow import BoW
from moregrad.models.cnn import CNN
from moregrad.models.mixture import Mixture
from moregrad.models.mlp import MLP
from moregrad.models.ngram import NGram
from moregrad.models.recurrent import GRU, LSTM, RNN
from moregrad.models.transformer import Transformer
from moregrad.models.wavenet import WaveNet
from moregrad.suggestion import nearest

CATALOGUE: dict[str, type[Architecture]] = {
    kind.name: kind for kind in (NGram, Bigram, MLP, WaveNet, CNN, RNN, GRU, LSTM, BoW, Transformer, Mixture)
}


def architecture(record: Mapping[str, Any]) -> Architecture:
    """The architecture that `Architecture.record` describes; fields left out have their defaults.

    Raises ModelError for an unknown name, an unknown field or a value that is not allowed.
    """
    kind = _named(record["name"])
    given = {field: value for field, value in record.items() if field != "name"}
    allowed = [field.name for field in fields(kind)]
    for field in given:
        if field not in allowed:
            raise ModelError(f"{kind.name} has no field {field!r}; it has {', '.join(allowed) or 'none'}")
    return kind(**given)


def _named(name: str) -> type[Architecture]:
    if name not in CATALOGUE:
        meant = nearest(name, CATALOGUE)
        raise ModelError(f"no model {name!r}; did you mean {meant}? Known are {', '.join(CATALOGUE)}")
    return CATALOGUE[name]
