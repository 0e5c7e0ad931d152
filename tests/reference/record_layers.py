"""Records what PyTorch's layers compute in float64, and their gradients, as layers.json beside this file.

pip install torch==2.13.0 && python tests/reference/record_layers.py
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch  # pyright: ignore[reportMissingImports]
from fixed_numbers import fixed_numbers
from torch import Tensor  # pyright: ignore[reportMissingImports]
from torch.nn import functional as F  # pyright: ignore[reportMissingImports]

BATCH, TIME, SIZE, OUT, VOCAB = 3, 5, 4, 6, 7
TOKENS = [[1, 6, 0, 2], [1, 1, 3, 6]]


def linear(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    return F.linear(x, weight, bias)


def embedding(weight: Tensor) -> Tensor:
    return F.embedding(torch.tensor(TOKENS), weight)


def batchnorm_n(x: Tensor, gain: Tensor, bias: Tensor) -> Tensor:
    return F.batch_norm(x, torch.zeros(SIZE), torch.ones(SIZE), gain, bias, training=True)


def batchnorm_n_minus_1(x: Tensor, gain: Tensor, bias: Tensor) -> Tensor:
    """As the lectures have it."""
    return gain * (x - x.mean(0)) / torch.sqrt(x.var(0, unbiased=True) + 1e-5) + bias


def batchnorm_running(x: Tensor, gain: Tensor, bias: Tensor) -> Tensor:
    """Predicting, after one look at other rows."""
    norm = torch.nn.BatchNorm1d(SIZE)
    norm(tensor("seen", BATCH * TIME, SIZE))
    return F.batch_norm(x, norm.running_mean, norm.running_var, gain, bias, training=False)


def layernorm(x: Tensor, gain: Tensor, bias: Tensor) -> Tensor:
    return F.layer_norm(x, (SIZE,), gain, bias)


def rmsnorm(x: Tensor, gain: Tensor) -> Tensor:
    return F.rms_norm(x, (SIZE,), gain, eps=1e-5)


def gelu(x: Tensor) -> Tensor:
    return F.gelu(x, approximate="tanh")


def rnn(x: Tensor, w: Tensor, u: Tensor, b: Tensor, start: Tensor) -> Tensor:
    return run(torch.nn.RNN(SIZE, OUT, batch_first=True), x, (w, u, b, torch.zeros(OUT)), [start])


def gru(x: Tensor, w: Tensor, u: Tensor, b: Tensor, c: Tensor, start: Tensor) -> Tensor:
    return run(torch.nn.GRU(SIZE, OUT, batch_first=True), x, (w, u, b, c), [start])


def lstm(x: Tensor, w: Tensor, u: Tensor, b: Tensor, c: Tensor, start: Tensor, memory: Tensor) -> Tensor:
    return run(torch.nn.LSTM(SIZE, OUT, batch_first=True), x, (w, u, b, c), [start, memory])


def run(layer: torch.nn.Module, x: Tensor, weights: tuple[Tensor, ...], starts: list[Tensor]) -> Tensor:
    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    state = tuple(start.expand(1, len(x), OUT).contiguous() for start in starts)
    return torch.func.functional_call(
        layer, dict(zip(names, weights, strict=True)), (x, state[0] if len(state) == 1 else state)
    )[0]


def convolution(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """Kernel size three, dilation two."""
    return F.conv1d(F.pad(x.mT, (4, 0)), weight, bias, dilation=2).mT


def attention(x: Tensor, qkv: Tensor, b: Tensor, out: Tensor, c: Tensor) -> Tensor:
    """Two heads."""
    parts = F.linear(x, qkv, b).split(SIZE, dim=-1)
    query, key, value = (part.unflatten(-1, (2, -1)).transpose(1, 2) for part in parts)
    values = F.scaled_dot_product_attention(query, key, value, is_causal=True)
    return F.linear(values.transpose(1, 2).flatten(-2), out, c)


ROWS, STEPS = (BATCH, SIZE), (BATCH, TIME, SIZE)
LAYERS: dict[str, tuple[Callable[..., Tensor], dict[str, tuple[int, ...]]]] = {
    "linear": (linear, {"x": ROWS, "weight": (OUT, SIZE), "bias": (OUT,)}),
    "embedding": (embedding, {"weight": (VOCAB, SIZE)}),
    "batchnorm_n": (batchnorm_n, {"x": ROWS, "gain": (SIZE,), "bias": (SIZE,)}),
    "batchnorm_n_minus_1": (batchnorm_n_minus_1, {"x": ROWS, "gain": (SIZE,), "bias": (SIZE,)}),
    "batchnorm_running": (batchnorm_running, {"x": ROWS, "gain": (SIZE,), "bias": (SIZE,)}),
    "layernorm": (layernorm, {"x": ROWS, "gain": (SIZE,), "bias": (SIZE,)}),
    "rmsnorm": (rmsnorm, {"x": ROWS, "gain": (SIZE,)}),
    "tanh": (torch.tanh, {"x": ROWS}),
    "relu": (F.relu, {"x": ROWS}),
    "gelu": (gelu, {"x": ROWS}),
    "rnn": (rnn, {"x": STEPS, "w": (OUT, SIZE), "u": (OUT, OUT), "b": (OUT,), "start": (OUT,)}),
    "gru": (
        gru,
        {"x": STEPS, "w": (3 * OUT, SIZE), "u": (3 * OUT, OUT), "b": (3 * OUT,), "c": (3 * OUT,), "start": (OUT,)},
    ),
    "lstm": (
        lstm,
        {
            "x": STEPS,
            "w": (4 * OUT, SIZE),
            "u": (4 * OUT, OUT),
            "b": (4 * OUT,),
            "c": (4 * OUT,),
            "start": (OUT,),
            "memory": (OUT,),
        },
    ),
    "convolution": (convolution, {"x": STEPS, "weight": (OUT, SIZE, 3), "bias": (OUT,)}),
    "attention": (
        attention,
        {"x": STEPS, "qkv": (3 * SIZE, SIZE), "b": (3 * SIZE,), "out": (SIZE, SIZE), "c": (SIZE,)},
    ),
}


def record(name: str, function: Callable[..., Tensor], shapes: dict[str, tuple[int, ...]]) -> dict[str, Any]:
    """The output, and the gradients for a fixed cotangent."""
    given = {key: tensor(f"{name} {key}", *shape).requires_grad_() for key, shape in shapes.items()}
    output = function(**given) if len(given) > 1 else function(*given.values())
    output.backward(tensor(f"{name} cotangent", *output.shape))
    gradients = {key: rounded(argument.grad) for key, argument in given.items()}  # pyright: ignore[reportArgumentType]
    return {"shapes": shapes, "output": rounded(output), "gradients": gradients}


def tensor(name: str, *shape: int) -> Tensor:
    """The fixed numbers of `name` in float64."""
    return torch.from_numpy(fixed_numbers(name, *shape)).double()


def rounded(result: Tensor) -> list[Any]:
    return torch.round(result.detach(), decimals=13).tolist()


if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    figures = {"torch": torch.__version__, "layers": {name: record(name, *layer) for name, layer in LAYERS.items()}}
    Path(__file__).with_name("layers.json").write_text(json.dumps(figures) + "\n", encoding="utf-8")
