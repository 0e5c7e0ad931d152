"""Published models as architectures."""

from moregrad.errors import ModelError
from moregrad.models.architecture import Architecture
from moregrad.models.bigram import Bigram
from moregrad.models.bow import BoW
from moregrad.models.gru import GRU
from moregrad.models.mlp import MLP
from moregrad.models.rnn import RNN
from moregrad.models.transformer import Transformer

MAKEMORE: dict[str, Architecture] = {
    "bigram": Bigram(),
    "mlp": MLP(context=0, embedding=64, hidden=64, pad_token=True),
    "rnn": RNN(embedding=64, hidden=64),
    "gru": GRU(embedding=64, hidden=64, reset="before"),
    "bow": BoW(embedding=64, hidden=64),
    "transformer": Transformer(
        embedding=64,
        depth=4,
        heads=4,
        mlp_ratio=4,
        context=0,
        positions="learned",
        activation="gelu",
        norm="layer",
        bias=True,
    ),
}
"""The six types of github.com/karpathy/makemore's makemore.py at their default sizes, by the name of their `--type`."""

PRESETS = {"makemore": MAKEMORE}


def published(preset: str) -> dict[str, Architecture]:
    """Returns the architectures of `preset` by name; raises ModelError if there is no such preset."""
    if preset not in PRESETS:
        raise ModelError(f"there is no preset {preset!r}; choose one of {', '.join(PRESETS)}")
    return PRESETS[preset]
