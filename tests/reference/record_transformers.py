"""Records what transformers computes from folders that moregrad exports, as transformers.json beside this file.

pip install torch==2.13.0 transformers==5.24.0 && PYTHONPATH=tests python tests/reference/record_transformers.py

Of each tensor in a folder it keeps a number that any change of it shows in, and of each configuration all.
"""

import json
import tempfile
from pathlib import Path
from typing import Any

import torch  # pyright: ignore[reportMissingImports]
import transformers  # pyright: ignore[reportMissingImports]
from fixed_numbers import product
from safetensors.numpy import load_file
from transformers_models import MODELS, WORDS, made

from moregrad.formats import export


def figures(name: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model"
        export(made(name), path)
        model = transformers.AutoModelForCausalLM.from_pretrained(path)
        tokenizer = transformers.AutoTokenizer.from_pretrained(path)
        config = json.loads((path / "config.json").read_text(encoding="utf-8"))
        tensors = load_file(path / "model.safetensors")
    ids = [tokenizer(word)["input_ids"] for word in WORDS]
    with torch.no_grad():
        logits = [model(torch.tensor([each])).logits[0].tolist() for each in ids]
    return {
        "class": type(model).__name__,
        "config": config,
        "tensors": {name: [list(tensor.shape), product(name, tensor)] for name, tensor in sorted(tensors.items())},
        "ids": ids,
        "logits": [[[round(x, 7) for x in row] for row in rows] for rows in logits],
    }


if __name__ == "__main__":
    recorded = {"transformers": transformers.__version__, "figures": {name: figures(name) for name in MODELS}}
    Path(__file__).with_name("transformers.json").write_text(json.dumps(recorded) + "\n", encoding="utf-8")
