"""Records which words makemore.py itself holds out at its default seed, as makemore_split.json beside this file.

pip install torch==2.13.0 && python tests/reference/record_makemore_split.py MAKEMORE.PY NAMES.TXT
"""

import importlib.util
import json
import sys
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

import torch  # pyright: ignore[reportMissingImports]

SEED = 3407


def load(path: str) -> ModuleType:
    """makemore.py as a module; its writer of TensorBoard files is not needed here."""
    sys.modules["torch.utils.tensorboard"] = ModuleType("tensorboard")
    vars(sys.modules["torch.utils.tensorboard"])["SummaryWriter"] = None
    spec = importlib.util.spec_from_file_location("makemore", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def described(words: list[str]) -> dict[str, Any]:
    """Enough of a list to know it again."""
    listed = "".join(f"{word}\n" for word in words)
    return {"count": len(words), "first": words[:5], "last": words[-5:], "sha256": sha256(listed.encode()).hexdigest()}


def main(makemore: str, names: str) -> None:
    """Lets makemore.py part the list and writes down what it held out."""
    module = load(makemore)
    torch.manual_seed(SEED)
    train, test = module.create_datasets(names)
    figures = {"seed": SEED, "torch": torch.__version__, "train": described(train.words), "test": described(test.words)}
    Path(__file__).with_name("makemore_split.json").write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
