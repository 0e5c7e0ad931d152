"""Records what torch's CPU generator yields, draw after draw, as torch_random.json beside this file.

    pip install torch==2.13.0 && python tests/reference/record_torch_random.py

The multinomial draws were recorded on a processor where MKL does not draw the waiting times.
"""

import json
from pathlib import Path
from typing import Any

import torch  # pyright: ignore[reportMissingImports]

SEEDS = (0, 42, 2147483647, 2**40 + 5)
DRAWS = (
    ("randn", (3,)),
    ("randn", (4, 16)),
    ("randn", (2,)),
    ("randn", (7, 10)),
    ("rand", (3, 5)),
    ("randn", (5, 3)),
    ("randint", (2, 32)),
    ("rand_double", (6,)),
    ("randperm", (20,)),
    ("randint", (5,)),
)
HIGH = 182_625
DECK = 32_033


def drawn(kind: str, shape: tuple[int, ...], generator: torch.Generator) -> list:
    match kind:
        case "randint":
            return torch.randint(0, HIGH, shape, generator=generator).tolist()
        case "rand_double":
            return torch.rand(shape, generator=generator, dtype=torch.float64).tolist()
        case "randperm":
            return torch.randperm(*shape, generator=generator).tolist()
    return getattr(torch, kind)(shape, generator=generator).tolist()


def sequence(seed: int) -> list[dict[str, Any]]:
    generator = torch.Generator().manual_seed(seed)
    return [{"kind": kind, "shape": shape, "values": drawn(kind, shape, generator)} for kind, shape in DRAWS]


def multinomial() -> dict[str, list]:
    generator = torch.Generator().manual_seed(2147483647)
    probabilities = torch.rand(3, generator=generator)
    probabilities /= probabilities.sum()
    many = torch.multinomial(probabilities, 100, replacement=True, generator=generator)
    single = [torch.multinomial(probabilities, 1, replacement=True, generator=generator).item() for _ in range(100)]
    return {"probabilities": probabilities.tolist(), "many": many.tolist(), "single": single}


def main() -> None:
    shuffled = torch.randperm(DECK, generator=torch.Generator().manual_seed(3407)).tolist()
    figures = {
        "torch": torch.__version__,
        "high": HIGH,
        "sequences": {str(seed): sequence(seed) for seed in SEEDS},
        "multinomial": multinomial(),
        "randperm": {"seed": 3407, "size": DECK, "first": shuffled[:20], "last": shuffled[-20:]},
    }
    Path(__file__).with_name("torch_random.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
