"""Records PyTorch's gradients of operations and of the fourth lecture's network, as backprop.json beside this file.

pip install torch==2.13.0 && python tests/reference/record_backprop.py NAMES.TXT

Operations in float64; linear maps, embedding, norms, tanh and attention are in layers.json. The network in float32, as
the lecture has it, but with a gain of 1 and a bias of 0, which it draws without a seed.
"""

import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch  # pyright: ignore[reportMissingImports]
from fixed_numbers import product
from record_layers import record
from torch import Tensor  # pyright: ignore[reportMissingImports]
from torch.nn import functional as F  # pyright: ignore[reportMissingImports]

BATCH, IN, OUT, VOCAB = 3, 4, 6, 7
TARGETS = [1, 6, 0]


def softmax(x: Tensor) -> Tensor:
    return torch.softmax(x, -1)


def cross_entropy(logits: Tensor) -> Tensor:
    return F.cross_entropy(logits, torch.tensor(TARGETS))


def flatten_consecutive(x: Tensor) -> Tensor:
    """Two by two."""
    return x.unflatten(1, (-1, 2)).flatten(2)


def tanh_cell(x: Tensor, before: Tensor, w: Tensor, u: Tensor, b: Tensor) -> Tensor:
    return step(torch.nn.RNNCell(IN, OUT), (x, before), (w, u, b, torch.zeros(OUT)))


def gru_cell(x: Tensor, before: Tensor, w: Tensor, u: Tensor, b: Tensor, c: Tensor) -> Tensor:
    return step(torch.nn.GRUCell(IN, OUT), (x, before), (w, u, b, c))


def lstm_cell(x: Tensor, before: Tensor, memory: Tensor, w: Tensor, u: Tensor, b: Tensor) -> Tensor:
    return torch.stack(step(torch.nn.LSTMCell(IN, OUT), (x, (before, memory)), (w, u, b, torch.zeros(4 * OUT))))


def step(cell: torch.nn.Module, given: tuple[Any, ...], weights: tuple[Tensor, ...]) -> Any:
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    return torch.func.functional_call(cell, dict(zip(names, weights, strict=True)), given)


def cell(gates: int, *more: str) -> dict[str, tuple[int, ...]]:
    shapes = {"x": (BATCH, IN), "before": (BATCH, OUT), "memory": (BATCH, OUT)}
    weights = {"w": (gates * OUT, IN), "u": (gates * OUT, OUT), "b": (gates * OUT,), "c": (gates * OUT,)}
    return {name: shape for name, shape in (shapes | weights).items() if name in ("x", "before", "w", "u", "b", *more)}


OPERATIONS: dict[str, tuple[Callable[..., Tensor], dict[str, tuple[int, ...]]]] = {
    "softmax": (softmax, {"x": (BATCH, VOCAB)}),
    "cross_entropy": (cross_entropy, {"logits": (BATCH, VOCAB)}),
    "flatten_consecutive": (flatten_consecutive, {"x": (BATCH, 6, IN)}),
    "tanh_cell": (tanh_cell, cell(1)),
    "gru_cell": (gru_cell, cell(3, "c")),
    "lstm_cell": (lstm_cell, cell(4, "memory")),
}


def first_batch(path: str, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """The first 32 examples that the lecture draws from the training words."""
    words = Path(path).read_text().split()
    random.seed(42)
    random.shuffle(words)
    contexts, targets = [], []
    for word in words[: int(0.8 * len(words))]:
        tokens = [0, 0, 0, *(ord(letter) - ord("a") + 1 for letter in word), 0]
        contexts += [tokens[place - 3 : place] for place in range(3, len(tokens))]
        targets += tokens[3:]
    chosen = torch.randint(0, len(contexts), (32,), generator=generator)
    return torch.tensor(contexts)[chosen], torch.tensor(targets)[chosen]


def network(path: str) -> tuple[Tensor, dict[str, Tensor]]:
    """The loss and the 26 named tensors."""
    generator = torch.Generator().manual_seed(2147483647)
    c = torch.randn((27, 10), generator=generator)
    w1 = torch.randn((30, 64), generator=generator) * (5 / 3) / 30**0.5
    b1 = torch.randn(64, generator=generator) * 0.1
    w2 = torch.randn((64, 27), generator=generator) * 0.1
    b2 = torch.randn(27, generator=generator) * 0.1
    tokens, targets = first_batch(path, generator)
    t = {"C": c, "W1": w1, "b1": b1, "W2": w2, "b2": b2, "bngain": torch.ones(64), "bnbias": torch.zeros(64)}
    for parameter in t.values():
        parameter.requires_grad = True
    t["emb"] = c[tokens]
    t["embcat"] = t["emb"].flatten(1)
    t["hprebn"] = t["embcat"] @ w1 + b1
    t["bnmeani"] = t["hprebn"].mean(0, keepdim=True)
    t["bndiff"] = t["hprebn"] - t["bnmeani"]
    t["bndiff2"] = t["bndiff"].square()
    t["bnvar"] = t["bndiff2"].sum(0, keepdim=True) / 31
    t["bnvar_inv"] = torch.rsqrt(t["bnvar"] + 1e-5)
    t["bnraw"] = t["bndiff"] * t["bnvar_inv"]
    t["hpreact"] = t["bngain"] * t["bnraw"] + t["bnbias"]
    t["h"] = t["hpreact"].tanh()
    t["logits"] = t["h"] @ w2 + b2
    t["logit_maxes"] = t["logits"].max(1, keepdim=True).values
    t["norm_logits"] = t["logits"] - t["logit_maxes"]
    t["counts"] = t["norm_logits"].exp()
    t["counts_sum"] = t["counts"].sum(1, keepdim=True)
    t["counts_sum_inv"] = t["counts_sum"].reciprocal()
    t["probs"] = t["counts"] * t["counts_sum_inv"]
    t["logprobs"] = t["probs"].log()
    return F.nll_loss(t["logprobs"], targets), t


def record_network(path: str) -> dict[str, Any]:
    """The loss; of every named tensor the shape, its gradient's greatest number and its product with fixed ones."""
    loss, tensors = network(path)
    for tensor in tensors.values():
        tensor.retain_grad()
    loss.backward()
    gradients = {name: tensor.grad.numpy() for name, tensor in tensors.items()}  # pyright: ignore[reportOptionalMemberAccess]
    described = {
        name: {"shape": list(g.shape), "greatest": float(abs(g).max()), "product": product(name, g)}
        for name, g in gradients.items()
    }
    return {"loss": loss.item(), "gradients": described}


if __name__ == "__main__":
    recorded = record_network(sys.argv[1])
    torch.set_default_dtype(torch.float64)
    operations = {name: record(name, *operation) for name, operation in OPERATIONS.items()}
    figures = {"torch": torch.__version__, "operations": operations, "network": recorded}
    Path(__file__).with_name("backprop.json").write_text(json.dumps(figures) + "\n", encoding="utf-8")
