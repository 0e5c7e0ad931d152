"""Records what makemore.py's six models compute from weights made here, as makemore.json beside this file.

Its smaller models are saved in checkpoints/ too, as makemore.py saves them.

pip install torch==2.13.0 && python tests/reference/record_makemore.py MAKEMORE.PY
"""

import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import torch  # pyright: ignore[reportMissingImports]
from fixed_numbers import fixed_numbers, product
from record_makemore_split import load

TYPES = {
    "bigram": lambda makemore, config: makemore.Bigram(config),
    "mlp": lambda makemore, config: makemore.MLP(config),
    "rnn": lambda makemore, config: makemore.RNN(config, cell_type="rnn"),
    "gru": lambda makemore, config: makemore.RNN(config, cell_type="gru"),
    "bow": lambda makemore, config: makemore.BoW(config),
    "transformer": lambda makemore, config: makemore.Transformer(config),
}
SIZES = {
    "tiny": {"vocab_size": 5, "block_size": 6, "n_layer": 2, "n_embd": 4, "n_embd2": 6, "n_head": 2},
    "default": {"vocab_size": 27, "block_size": 16, "n_layer": 4, "n_embd": 64, "n_embd2": 64, "n_head": 4},
}
SCALE = 0.2
CHECKPOINTS = Path(__file__).with_name("checkpoints")
WORDS = {"tiny": [[1, 2, 3, 4, 4], [3], [4, 1]], "default": [[5, 13, 13, 1], [15, 12, 9, 22, 9, 1]]}


def rows(words: list[list[int]], block: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Tokens and targets as makemore.py's CharDataset lays them out."""
    tokens, targets = torch.zeros(len(words), block).long(), torch.full((len(words), block), -1)
    for row, word in enumerate(words):
        tokens[row, 1 : len(word) + 1] = torch.tensor(word)
        targets[row, : len(word) + 1] = torch.tensor([*word, 0])
    return tokens, targets


def record_model(model: torch.nn.Module, words: list[list[int]], block: int) -> dict[str, Any]:
    """Logits where something is scored, loss, and of each parameter's gradient the product with fixed numbers."""
    named = dict(model.named_parameters())
    with torch.no_grad():
        for name, parameter in named.items():
            parameter.copy_(torch.from_numpy(fixed_numbers(name, *parameter.shape)) * SCALE)
    tokens, targets = rows(words, block)
    logits, loss = model(tokens, targets)
    loss.backward()
    products = {name: product(name, parameter.grad.numpy()) for name, parameter in named.items()}  # pyright: ignore[reportOptionalMemberAccess]
    return {
        "parameters": sum(parameter.numel() for parameter in named.values()),
        "shapes": {name: list(parameter.shape) for name, parameter in named.items()},
        "logits": [[round(x, 7) for x in row] for row in logits[targets >= 0].tolist()],
        "loss": loss.item(),
        "gradients": products,
    }


def record(makemore: ModuleType) -> dict[str, Any]:
    figures = {}
    for kind, make in TYPES.items():
        figures[kind] = {}
        for size, sizes in SIZES.items():
            model = make(makemore, makemore.ModelConfig(**sizes))
            figures[kind][size] = {"words": WORDS[size], **record_model(model, WORDS[size], sizes["block_size"])}
            if size == "tiny":
                torch.save(model.state_dict(), CHECKPOINTS / f"{kind}.pt")
    return {"torch": torch.__version__, "scale": SCALE, "sizes": SIZES, "figures": figures}


if __name__ == "__main__":
    text = json.dumps(record(load(sys.argv[1])))
    Path(__file__).with_name("makemore.json").write_text(text + "\n", encoding="utf-8")
